"""Headings that stand one above the other over a text, as printed papers have them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from cleanpage.fields.headline_text import (
    MAX_BROKEN,
    MAX_HEADING,
    MIN_UNITS,
    SUBTITLE,
    is_readable,
    line_of,
)
from cleanpage.fields.reporters import REPORTER_WORD
from cleanpage.fields.shared.datelines import EDITION
from cleanpage.fields.shared.evidence import Evidence, Headline
from cleanpage.text.lazy_regex import lazy

STACKED_SCORE, _STACKED, MAX_MAIN = 14.0, 3, 0.75
"""Score of the main one of a paper's headings, above that of a good line; how many there are; share of the first one's
length below which the second is the main one."""
MIN_MAIN = 7.0
"""Shortest main heading of two, in ideograms."""
_TWO_CLAUSES = lazy(r"^[^|>_-]*[\u4e00-\u9fff] (?=[\u4e00-\u9fff])")


def above_subtitle(page: Evidence) -> Iterator[Headline]:
    """Yield the main one of the headings that stand one above the other over a text, as papers print them."""
    for main in stacked(page)[:1]:
        line = line_of(page, main)
        yield Headline(main, main, line.text, line.key, STACKED_SCORE)


def stacked(page: Evidence) -> tuple[int, ...]:
    """Return the main heading and the subtitle of those that stand one above the other over a text; none if none do.

    The main one is the one above ``——…``, of two the one in one clause, on a page of a printed paper the first unless
    the second is much shorter; of three there the second.
    """
    chrome = page.no_titles
    end = page.lead if page.draft.is_clean else page.first
    while end > 0 and (page.has_date(end - 1) or REPORTER_WORD.search(page.blocks[end - 1].folded)):
        end -= 1
    first = end
    while first > max(0, end - MAX_BROKEN - 1) and _may_be_stacked(page, first - 1, chrome):
        first -= 1
    if end - first < 2 or page.blocks[first].dom is not None:
        return ()
    if page.blocks[end - 1].folded.startswith(SUBTITLE):
        return end - 2, end - 1
    edition = any(EDITION.search(block.folded) for block in page.blocks[:first])
    if end - first == 2 and edition:
        one, other = page.blocks[first].units, page.blocks[first + 1].units
        return (first, first + 1) if other >= MAX_MAIN * one else (first + 1,)
    dated = any(i in page.dates for i in range(first - MAX_BROKEN, first))
    if end - first == 2 and end < page.first and not dated and (main := _without_gap(page, first)) is not None:
        return (main,) if main > first else (main, first + 1)
    return (first + 1, first + 2) if end - first == _STACKED and edition else ()


def _without_gap(page: Evidence, first: int) -> int | None:
    """Return which of two headings has no blank between clauses, as the main one; None if that tells nothing.

    A word or two beside it is the last item of a menu.
    """
    gaps = [_TWO_CLAUSES.search(page.blocks[i].folded) is not None for i in (first, first + 1)]
    main = first + gaps.index(False) if any(gaps) and not all(gaps) else None
    return main if main is not None and page.blocks[main].units >= MIN_MAIN else None


def _may_be_stacked(page: Evidence, i: int, chrome: AbstractSet[int]) -> bool:
    """Tell whether a line may be one of several headings."""
    block = page.blocks[i]
    plain = i not in chrome and i not in page.dates and not EDITION.search(block.folded) and not block.is_prose
    return plain and MIN_UNITS <= block.units <= MAX_HEADING and is_readable(block.text)
