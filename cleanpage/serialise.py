"""Frozen dataclasses to JSON-ready values and back, driven by their annotations."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence, Set
from dataclasses import MISSING, fields, is_dataclass
from enum import EnumType, StrEnum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from cleanpage.errors import CleanpageError

LARGEST_NUMBER = 2**63 - 1
"""The largest number: Python writes none of more than 4,300 digits."""


def encode(value: Any) -> Any:
    """Return ``value`` with dataclasses as dicts, tuples as lists and members of enums as their strings."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value


def encode_sparse(value: Any, without: Set[str]) -> Any:
    """Return ``value`` like ``encode``, but in dataclasses no field with its default, or named in ``without``.

    ``decode_value`` puts the defaults back, so the fields in ``without`` must have one.
    """
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f, getattr(value, f.name)) for f in fields(value) if f.name not in without)
        return {f.name: encode_sparse(item, without) for f, item in pairs if item != f.default}
    if isinstance(value, tuple):
        return [encode_sparse(item, without) for item in value]
    return encode(value)


def decode_value(kind: Any, data: Any, path: str) -> Any:  # noqa: PLR0911 - one return a kind of type
    """Return ``data`` as a value of type ``kind``; raise CleanpageError with the dotted path of what does not fit."""
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _decode_dataclass(kind, data, path)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        return decode_value(next(arg for arg in get_args(kind) if arg is not type(None)), data, path)
    if origin is tuple:
        return _decode_tuple(get_args(kind), data, path)
    if origin is Literal:
        return _decode_choice(get_args(kind), data, path)
    if isinstance(kind, EnumType):
        return kind(_decode_choice(sorted(kind), data, path))
    _check_number(data, path)
    if kind is float and type(data) is int:
        return float(data)
    if type(data) is not kind:
        raise CleanpageError(f"{path}: expected {kind.__name__}, got {type(data).__name__}")
    return data


def _check_number(data: Any, path: str) -> None:
    """Raise CleanpageError for a number that is too large to be written, or is none."""
    if type(data) is int and abs(data) > LARGEST_NUMBER:
        raise CleanpageError(f"{path}: a number of more than 64 bits")
    if data != data:  # noqa: PLR0124 - nan equals nothing, nor does what holds it
        raise CleanpageError(f"{path}: expected a number, got {data}")


def _decode_choice(choices: Sequence[Any], data: Any, path: str) -> Any:
    if data not in choices:
        raise CleanpageError(f"{path}: expected one of {', '.join(choices)}, got {_shown(data)}")
    return data


def _decode_dataclass(kind: Any, data: Any, path: str) -> Any:
    if not isinstance(data, Mapping):
        raise CleanpageError(f"{path}: expected an object, the fields of {kind.__name__}, got {type(data).__name__}")
    hints = _hints_of(kind)
    unknown = [name for name in data if name not in hints]
    if unknown:
        name = unknown[0][:80] if isinstance(unknown[0], str) else _shown(unknown[0])
        raise CleanpageError(f"{path}.{name}: {kind.__name__} has no such field")
    missing = [f.name for f in fields(kind) if f.default is MISSING and f.name not in data]
    if missing:
        raise CleanpageError(f"{path}.{missing[0]}: missing")
    return kind(**{name: decode_value(hints[name], value, f"{path}.{name}") for name, value in data.items()})


def _shown(data: Any) -> str:
    """Return what was given in few words, however large or deep it is."""
    return repr(data[:80]) if isinstance(data, str) else type(data).__name__


def _decode_tuple(args: tuple[Any, ...], data: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(data, (list, tuple)):
        raise CleanpageError(f"{path}: expected a list, got {type(data).__name__}")
    if args[-1] is Ellipsis:
        return tuple(decode_value(args[0], item, f"{path}[{i}]") for i, item in enumerate(data))
    if len(data) != len(args):
        raise CleanpageError(f"{path}: expected {len(args)} items, got {len(data)}")
    return tuple(decode_value(arg, item, f"{path}[{i}]") for i, (arg, item) in enumerate(zip(args, data, strict=True)))


@cache
def _hints_of(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
