"""Dates that only their place tells: with two digits for the year, and at the beginning of a text."""

from __future__ import annotations

from cleanpage.fields.shared.when import When, find_dates
from cleanpage.text.lazy_regex import lazy

EDITION = lazy(r"第 ?[a-z]?\d{1,3} ?版|(?<![a-z\d])[a-d]\d{1,2} ?版")
"""Which page of a printed paper this is."""
_DAY = lazy(
    r"(?<![\d./:-])(\d\d?)([./-])(\d\d?)\2['’]?([0-4]\d)"
    r"(?![\d./%€$£-]|:\d\d:|,\d| ?(?:€|(?:eur|kg|km|mm|cm)\b))"
)
_PARTED = lazy(r"\d[./-]\d\d?[./-]['’]?\d")
"""What each date in digits holds whose year is short."""
_DATELINE = lazy(r"(?:\(?[^\W\d_][^\W\d_.,' -]*(?:[.,' /-]{1,2}[^\W\d_.,' /-]+){0,4}[,:/]? {0,2}\(?)?$")
"""What may stand before the date of a dateline: a place, of up to five words, or nothing."""
_GOES_ON = lazy(r"\)? ?(?:\([^()]{2,30}\) ?)?[.:]?(?: ?[–—]|-{1,2}(?= )| -{1,2} )")
"""A dash closes a dateline, behind the agency in brackets."""
MAX_PLACE = 40
"""Characters of a text in which its dateline has begun."""


def find_two_digits(folded: str, *, day_first: bool | None = None) -> When | None:
    """Return the one date of a folded line whose year has two digits (``31.05.24``, ``5/31/24 10:15``).

    ``day_first`` tells how ``3/4/22`` is to be read; None leaves it unread, and so are lines with two such dates.
    """
    found = list(_DAY.finditer(folded))
    if len(found) != 1:
        return None
    match = found[0]
    start, end = match.span()
    whole = f"{match[1]}/{match[3]}/20{match[4]}"
    dates = find_dates(f"{whole}{folded[end:]}", day_first=day_first)
    if not dates or dates[0].start != 0:
        return None
    return When(dates[0].iso, start, dates[0].end - len(whole) + end)


def may_hold_two_digits(folded: str) -> bool:
    """Tell whether ``find_two_digits`` or ``find_short_date`` may find anything in one of several lines."""
    return _PARTED.search(folded) is not None


def find_dateline(folded: str, *, day_first: bool | None = None) -> When | None:
    """Return the date of the dateline that opens a folded paragraph: ``27.1.2024 - …``, ``Kyiv, 5 May 2024 – …``."""
    dates = find_dates(folded[: 2 * MAX_PLACE], day_first=day_first)
    if not dates or len(dates[0].iso) < 10 or dates[0].start > MAX_PLACE:
        return None
    when = dates[0]
    opens = _DATELINE.match(folded[: when.start]) is not None
    return when if opens and _GOES_ON.match(folded, when.end) else None
