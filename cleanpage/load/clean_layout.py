"""The listings of a cleaned text, found by its layout: all else in it stands a paragraph a line, one blank a gap.

A cleaned text has blank lines, indentation and wide gaps in its listings alone. So where nearly all prose stands on
lines beside lines, and what does not looks like code, it is code, also where ``code_lines`` alone could not tell. A
flattened page has blank lines between its paragraphs, or around its menus. Of 3,993 real pages flattened in four ways,
15,972 texts, seven are taken for cleaned ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.draft import PROSE_UNITS
from cleanpage.load.code_lines import is_page_script, shows_code
from cleanpage.load.lines import BULLET, Line
from cleanpage.load.listing import is_listing
from cleanpage.model import Span
from cleanpage.text import ends_sentence

MOST_ODD_PROSE = 0.35
"""Most of the prose of a cleaned text, in ideograms, that stands inside its listings."""
LEAST_CODE = 0.4
"""Least share of the characters in what is laid out as listings that looks like code."""
SIGNS = 0.5
"""Share of the lines of a run from which on it looks like code: those that show a sign of it."""
MARKS = frozenset("/[]{}()<>|\\$#%&*+-=.:;,~^@!")
"""What a line right beside a listing begins with if it is one of it."""


class _OddRun(NamedTuple):
    """Lines in a row that are laid out as no paragraphs are."""

    first: int
    """Its first line."""
    last: int


def listings_by_layout(raw: str, lines: Sequence[Line], found: Sequence[Span]) -> list[Span]:
    """Return the spans of a cleaned text's listings, those ``found`` already among them; ``found`` for other texts.

    Linear in the text.
    """
    odd = odd_lines(raw, lines, found)
    if 1 not in odd or not _is_prose_even(lines, odd):
        return [*found]
    for run in list(_runs(odd)):  # lines at the margin belong to the listing that they stand beside
        _widen(lines, odd, range(run.first - 1, -1, -1))
        _widen(lines, odd, range(run.last + 1, len(lines)))
    runs = list(_runs(odd))
    if not _are_listings(raw, lines, runs):
        return [*found]
    return [(_line_start(raw, lines[run.first]), lines[run.last].end) for run in runs]


@twin("blocks")
def odd_lines(raw: str, lines: Sequence[Line], found: Sequence[Span]) -> bytearray:
    """Return 1 for each line that cannot be a paragraph of a cleaned text, 0 for the others."""
    odd = bytearray(raw[line.start : line.end] != line.text or BULLET.match(line.text) is not None for line in lines)
    spans = iter(found)
    span = next(spans, None)
    before = 0
    for i, line in enumerate(lines):
        while span and span[1] <= line.start:
            span = next(spans, None)
        gap = raw[before : line.start]
        if gap != ("\n" if i else "") or (span and span[0] <= line.start):
            odd[i] = 1
        if i and (gap[:1] != "\n" or gap.count("\n") > 1):  # blanks at its end, or a blank line
            odd[i - 1] = 1
        before = line.end
    return odd


def _is_prose_even(lines: Sequence[Line], odd: Sequence[int]) -> bool:
    """Tell whether nearly all prose stands on lines that may be paragraphs of a cleaned text."""
    prose = [
        (line.units, at)
        for line, at in zip(lines, odd, strict=True)
        if line.units >= PROSE_UNITS and ends_sentence(line.text)
    ]
    return bool(prose) and sum(size for size, at in prose if at) <= MOST_ODD_PROSE * sum(size for size, _ in prose)


def _runs(odd: Sequence[int]) -> Iterator[_OddRun]:
    """Yield the runs of odd lines."""
    first = None
    for i, is_odd in enumerate((*odd, 0)):
        if is_odd and first is None:
            first = i
        elif not is_odd and first is not None:
            yield _OddRun(first, i - 1)
            first = None


def _line_start(raw: str, line: Line) -> int:
    """Return where a line begins with its indentation."""
    start = raw.rfind("\n", 0, line.start) + 1
    return start if not raw[start : line.start].strip() else line.start


def _are_listings(raw: str, lines: Sequence[Line], runs: Sequence[_OddRun]) -> bool:
    """Tell whether runs of odd lines can be all of a text's listings: most look like code, at the text's ends too."""
    like = {run: _looks_like_code(raw, lines, run) for run in runs}
    if not all(like[run] for run in runs if run.first == 0 or run.last == len(lines) - 1):  # a page's menu, its footer
        return False
    sizes = {run: lines[run.last].end - lines[run.first].start for run in runs}
    return sum(size for run, size in sizes.items() if like[run]) >= LEAST_CODE * sum(sizes.values())


def _looks_like_code(raw: str, lines: Sequence[Line], run: _OddRun) -> bool:
    texts = [line.text for line in lines[run.first : run.last + 1]]
    if is_page_script(raw, lines[run.first].start, lines[run.last].end):
        return False
    if any("\u3000" in raw[line.start : line.end] for line in lines[run.first : run.last + 1]):
        return False  # what sets the parts of a publish line apart
    if 2 * sum(BULLET.match(text) is not None for text in texts) >= len(texts):  # a list
        return False
    if sum(map(shows_code, texts)) >= SIGNS * len(texts):
        return True
    return is_listing(raw[_line_start(raw, lines[run.first]) : lines[run.last].end], marked=False)


def _widen(lines: Sequence[Line], odd: bytearray, places: range) -> None:
    """Mark the lines beside a run, from the nearest on, that show signs of code or begin with a mark."""
    for i in places:
        text = lines[i].text
        if odd[i] or not (shows_code(text) or text[0] in MARKS):
            return
        odd[i] = 1
