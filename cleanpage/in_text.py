"""Paragraphs and posts as dicts: of a text that stands in the Article's own, its place there in ``in_text``."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cleanpage.errors import CleanpageError
from cleanpage.serialise import decode_value

KEY = "in_text"
WITH_TEXT = ("paragraphs", "posts")
"""Fields of the Article whose items have a text that is a part of ``text``."""
Place = tuple[int, int]


def point(rows: Sequence[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Return rows with ``in_text``, first character and one past the last, for each ``text`` that stands in ``text``.

    It must begin a line there, behind the one before it. A row has one of the two keys, an empty text none of them or
    its own. Linear in both.
    """
    places: dict[str, list[int]] = defaultdict(list)
    at = 0
    for line in text.split("\n"):
        places[line].append(at)
        at += len(line) + 1
    pointed, end = [], 0
    for row in rows:
        own: str = row.get("text", "")
        keys = dict(row)
        found = places.get(own.partition("\n")[0], []) if own else []
        nearest = bisect_left(found, end)
        if nearest < len(found) and text.startswith(own, found[nearest]):
            end = found[nearest] + len(own)
            keys = {KEY if key == "text" else key: value for key, value in row.items()} | {KEY: [end - len(own), end]}
        pointed.append(keys)
    return pointed


def without_plain(paragraphs: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Return the rows of ``point`` but those that ``fill`` makes of lines of ``text``; all, if one has its own text."""
    if any(KEY not in row for row in paragraphs):
        return paragraphs
    return [row for row in paragraphs if len(row) > 1 or "\n" in text[slice(*row[KEY])]]


def fill(data: Any) -> Any:
    """Return the dict of an Article with the texts that ``in_text`` names, its parts unchecked; CleanpageError if none.

    The places must be in order: those of a small dict cannot name a text of any size. Without ``source_text`` a line
    that lies in no paragraph is one, if no paragraph has its own text.
    """
    if not isinstance(data, Mapping):
        return data
    text = data.get("text", "")
    lists = {name: data[name] for name in WITH_TEXT if isinstance(data.get(name), (list, tuple))}
    filled = {name: _filled(rows, text, f"article.{name}") for name, rows in lists.items()}
    if "source_text" not in data and isinstance(text, str) and ("paragraphs" in lists or "paragraphs" not in data):
        rows = lists.get("paragraphs", ())
        if all(isinstance(row, Mapping) and row.get(KEY) is not None for row in rows):
            filled["paragraphs"] = _with_lines(filled.get("paragraphs", []), [row[KEY] for row in rows], text)
    return {**data, **filled}


def _with_lines(paragraphs: Sequence[Any], places: Sequence[Place], text: str) -> list[Any]:
    """Return the paragraphs with the lines between their places as plain ones."""
    whole, end = [], 0
    for paragraph, (start, past) in zip(paragraphs, places, strict=True):
        whole += [*_lines(text[end:start]), paragraph]
        end = past
    return whole + _lines(text[end:])


def _lines(part: str) -> list[dict[str, str]]:
    return [{"text": line} for line in part.split("\n") if line]


def _filled(rows: Sequence[Any], text: Any, path: str) -> list[Any]:
    filled, end = [], 0
    for i, row in enumerate(rows):
        if not isinstance(row, Mapping) or KEY not in row:
            filled.append(row)
            continue
        own = {key: value for key, value in row.items() if key != KEY and (key != "text" or value is not None)}
        if row[KEY] is not None:
            where = f"{path}[{i}].{KEY}"
            start, past = decode_value(Place, row[KEY], where)
            if "text" in own or type(text) is not str or not end <= start <= past <= len(text):
                raise CleanpageError(f"{where}: expected a place in article.text behind the last, or text")
            own["text"], end = text[start:past], past
        filled.append(own)
    return filled


def require_text(names: Collection[str]) -> None:
    """Raise CleanpageError if of an Article's fields some are wanted that name places in ``text``, but not ``text``."""
    pointing = [name for name in WITH_TEXT if name in names]
    if pointing and "text" not in names:
        raise CleanpageError(f"{pointing[0]} name places in text (in_text): ask for text as well")
