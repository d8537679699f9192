"""The tables of a run: their columns and Arrow types, those of an Article derived from its annotations."""

from __future__ import annotations

import types
from collections.abc import Iterable, Sequence
from dataclasses import is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from cleanpage.corpus.settings import MARKDOWN
from cleanpage.in_text import KEY, WITH_TEXT, Place, point
from cleanpage.model import Article, Paragraph, Post
from cleanpage.serialise import encode

_STR = pa.string()
PAGE_COLUMNS = pa.schema([("id", _STR), ("url", _STR), ("host", _STR), ("status", pa.int16())])
SCHEMAS: dict[str, pa.Schema] = {
    "ledger": pa.schema([
        ("id", _STR), ("start", pa.int64()), ("end", pa.int64()), ("label", _STR), ("rule", _STR),
        ("reason", _STR), ("score", pa.float64()), ("text", _STR),
    ]),
    "errors": pa.schema([*PAGE_COLUMNS, ("stage", _STR), ("reason", _STR)]),
    "measures": pa.schema([
        ("id", _STR), ("host", _STR), ("title", _STR), ("language", _STR), ("page_kind", _STR),
        ("confidence", pa.float64()), ("source_chars", pa.int64()), ("text_chars", pa.int64()),
        ("seconds", pa.float64()),
    ]),
    "prints": pa.schema([
        ("id", _STR), ("digest", _STR), ("size", pa.int64()), ("trace", pa.binary()), ("sketch", pa.binary()),
        ("grams", pa.binary()), ("words", _STR), ("published", _STR), ("named", pa.bool_()),
    ]),
}  # fmt: skip
"""Those that cleaning makes, by the folder that they lie in; ``articles`` has the columns that were asked for."""
_ARROW_TYPES = {str: _STR, bool: pa.bool_(), int: pa.int64(), float: pa.float64()}


def schemas(select: Sequence[str]) -> dict[str, pa.Schema]:
    """Return the schemas of the tables that cleaning makes, with these columns of ``articles``."""
    hints = {**get_type_hints(Article), MARKDOWN: str}
    return {"articles": pa.schema([*PAGE_COLUMNS, *((name, _type(hints[name])) for name in select)]), **SCHEMAS}


@cache
def _type(hint: Any) -> pa.DataType:
    """Return the Arrow type of an annotation: a string for a literal or an enum, a struct for a dataclass."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _type(inner[0])
    if origin is tuple:
        return pa.list_(_type(inner[0]))
    if is_dataclass(hint):
        hints = get_type_hints(hint) | ({KEY: Place} if hint in (Paragraph, Post) else {})
        return pa.struct([(name, _type(kind)) for name, kind in hints.items()])
    return _ARROW_TYPES.get(hint, _STR)


def row_of(article: Article, select: Sequence[str]) -> tuple[Any, ...]:
    """Return the values of these columns of an article."""
    return tuple(_value(article, name) for name in select)


def _value(article: Article, name: str) -> Any:
    if name == MARKDOWN:
        return article.to_markdown()
    value = _encoded(getattr(article, name))
    return point(value, article.text) if name in WITH_TEXT else value


def _encoded(value: Any) -> Any:
    """Return a value with dataclasses as dicts; encodes only those, as other values are most."""
    nested = value[0] if isinstance(value, tuple) and value else value
    return encode(value) if is_dataclass(nested) else value


def table_of(rows: Iterable[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Return rows, each the values in the order of the columns, as a table.

    Tuples, since the garbage collector need not visit those of strings and numbers, as it would dicts of them.
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table([_array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)


def _array(values: tuple[Any, ...], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:  # a lone surrogate, which Parquet cannot hold
        return pa.array([_printable(value) for value in values], kind)


def _printable(value: Any) -> Any:
    """Return a value with ``?`` for each lone surrogate in its texts."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, tuple | list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {name: _printable(item) for name, item in value.items()}
    return value
