"""Weekdays that stand before a date: ``Jane Doe Tuesday 4 March 2025``."""

from __future__ import annotations

from datetime import date
from functools import cache

from cleanpage.fields.shared.when import When, find_dates
from cleanpage.languages import gathered
from cleanpage.text import fold

MOST_BEFORE = 24
"""Characters before a date in which its weekday begins."""


@cache
def weekdays() -> tuple[frozenset[str], ...]:
    """Return for each day from Monday on what it is called, folded, the languages together."""
    rows = gathered(lambda language: language.weekdays)
    return tuple([frozenset(fold(row[day]).replace("_", " ") for row in rows) for day in range(7)])


def whole_dates(text: str) -> list[When]:
    """Return the dates of a text, each from its weekday on; another day's name may be a person's (``Domingo``)."""
    folded = fold(text)
    return [when._replace(start=from_weekday(folded, when)) for when in find_dates(folded)]


def from_weekday(folded: str, when: When) -> int:
    """Return where a date in a folded text begins, with the weekday before it."""
    if len(when.iso) < len("2024-01-01"):
        return when.start
    before = folded[max(0, when.start - MOST_BEFORE) : when.start].rstrip(" ,.|،·-–—")
    for name in weekdays()[date.fromisoformat(when.iso[:10]).weekday()]:
        at = len(before) - len(name)
        if before.endswith(name) and not (at and before[at - 1].isalnum()):
            return when.start - (min(MOST_BEFORE, when.start) - at)
    return when.start
