"""Month names as they stand in dates (nominative, genitive, abbreviated), lower case, from the languages' files."""

from __future__ import annotations

from functools import cache

from cleanpage.languages import gathered


@cache
def months() -> dict[str, int]:
    """Return for each name its month, 1 to 12. No name means two months in two languages (a test sees to it)."""
    rows = gathered(lambda language: language.months)
    return {name.replace("_", " "): month for row in rows for month, name in enumerate(row, start=1)}
