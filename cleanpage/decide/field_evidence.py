"""Who proposed what for the fields of the Article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from cleanpage.draft import Candidate
from cleanpage.model import Article, Comment, Document, Image, Licence, Link, Post

_ORDER = {f.name: i for i, f in enumerate(fields(Article))}


def evidence_rows(candidates: Sequence[Candidate], values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the fields of a Witness for each candidate; ``values`` are the fields that were settled on.

    What one place says of a field in two ways is one Witness: the one that counts for more.
    """
    settled = {name: frozenset(_texts_in(value)) for name, value in values.items()}
    heard: set[tuple[str, tuple[str, ...], int, int]] = set()
    for candidate in sorted(candidates, key=lambda c: (_ORDER[c.field], c.start, -c.score)):
        said = _texts_in(candidate.value)
        if (place := (candidate.field, said, candidate.start, candidate.end)) in heard:
            continue
        heard.add(place)
        followed = not settled.get(candidate.field, frozenset()).isdisjoint(said)
        yield candidate.field, said, candidate.start, candidate.end, candidate.rule, candidate.score, followed


def _texts_in(value: object) -> tuple[str, ...]:
    """Return a field's value as text, item by item."""
    match value:
        case tuple():
            return tuple(text for item in value for text in _texts_in(item))
        case Licence() | Comment():
            return (value.number if isinstance(value, Licence) else value.text,)
        case Image() | Link():
            return (value.url,)
        case Post():
            return tuple(filter(None, (value.author, value.published)))
        case Document():
            return tuple(text for f in fields(value) if (text := getattr(value, f.name)))
        case _:
            return (str(value),)
