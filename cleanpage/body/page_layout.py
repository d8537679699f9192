"""The layout of a page: one long text in one element, or many short ones of one form, with links and days.

An article's paragraphs follow one another in one element. The beginnings of other texts alternate with their headlines,
days and buttons, line after line in the same order, and each stands in an element of its own.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, pairwise

from cleanpage._native import twin
from cleanpage.body.element_tree import NO_ELEMENT, Elements
from cleanpage.body.lines import BodyLines, Line
from cleanpage.body.text_features import CLEAR_PROSE, OWN, SHORT
from cleanpage.body.window_features import Column, total

LINES = (
    "longest_run", "prose_run", "prose_run_lines", "prose_paired", "prose_longest", "body_not_prose", "body_dense",
    "body_chance", "chance_left", "ninth_decile", "headline_like", "repeated_inside", "dated_inside", "from_headline",
)  # fmt: skip
"""Columns that the lines give, chosen or not; shares are of lengths, but for those of ``inside``: of the lines from the
first to the last of the body."""
PERIODS = ("page_period", "page_step", "body_period", "body_step")
"""Columns that say how far forms of lines come again in one order, on the page and inside the body, and how far a line
has the form of the one before."""
ELEMENTS = (
    "links_body", "links_inside", "links_headings", "outer_share", "outer_count", "second_share", "second_count",
    "prose_of_one", "code_body",
)  # fmt: skip
"""Columns that only HTML gives: links; how much of the body stands in one of the elements around its lines' own, and in
how many of equal size it would; the same for those one further out."""
LAYOUT = (*LINES, *PERIODS, *ELEMENTS)

HEADLINE = (4.0, 45.0)
"""Shortest and longest line that may be a headline, in ideograms."""
OFTEN = 3
"""A short line that stands so many times inside the body is a button."""
DECILE = 0.9  # share of the lines that are shorter
MOST_AFTER = 50.0
"""Most lines between headline and body that are counted, in either direction."""
SIZES = (3.0, 8.0, 20.0, 60.0)
"""Lengths, in ideograms, that part the forms of lines."""
MOST_PERIOD, FEWEST_LINES = 12, 8
"""Most lines of one item of a list, and fewest lines whose order says anything."""
ALL_LINKED = 0.9
"""Share of links from which on a line is one."""
_END, _PROSE, _DATED = (OWN.index(name) for name in ("end", "prose", "dated"))


def page_layout(
    page: BodyLines, own: Sequence[Column], kept: Sequence[bool], chances: Sequence[float]
) -> tuple[float, ...]:
    """Return the values of ``LAYOUT`` for a page, its lines' columns (``OWN``), chosen lines and their probabilities.

    Linear in the lines.
    """
    body = [i for i, keep in enumerate(kept) if keep]
    inside = range(body[0], body[-1] + 1) if body else range(0)
    forms = line_classes(page.lines, own[_END], own[_DATED])
    return (
        *_of_lines(page, own, body, inside, chances),
        *periods(forms), *periods(forms[inside.start : inside.stop]),
        *(_of_elements(page, page.elements, own[_PROSE], body, inside) if page.elements else [0.0] * len(ELEMENTS)),
    )  # fmt: skip


def _of_lines(
    page: BodyLines, own: Sequence[Column], body: Sequence[int], inside: range, chances: Sequence[float]
) -> Iterator[float]:
    """Yield the values of ``LINES``."""
    lines, units, prose = page.lines, page.units, own[_PROSE]
    size = max(1.0, total([units[i] for i in body]))
    is_prose = [value >= CLEAR_PROSE for value in prose]
    yield max(_lengths(units, _runs(body)), default=0.0) / size
    runs = _runs([*compress(range(len(lines)), is_prose)])
    sizes = [*_lengths(units, runs)]
    longest = max(sizes, default=0.0)
    yield longest
    yield float(len(runs[sizes.index(longest)])) if runs else 0.0
    clear = [i for i in body if is_prose[i]]
    yield sum([True in (*is_prose[max(0, i - 1) : i], *is_prose[i + 1 : i + 2]) for i in clear]) / max(1, len(clear))
    yield max([units[i] for i in clear], default=0.0)
    yield 1.0 - total([units[i] for i in clear]) / size
    yield len(body) / max(1, len(inside))
    expected = [chance * length for chance, length in zip(chances, units, strict=True)]
    chosen = total([expected[i] for i in body])
    yield chosen / size
    yield 1.0 - chosen / max(1.0, total(expected))
    yield sorted(units)[int(len(units) * DECILE)] if units else 0.0
    likely = [
        line.units
        for line, end in zip(lines, own[_END], strict=True)
        if HEADLINE[0] < line.units < HEADLINE[1] and not end and not line.labels
    ]
    yield total(likely) / max(1.0, total(units))
    times = Counter([lines[i].folded for i in inside if units[i] < SHORT])
    yield sum(n for n in times.values() if n >= OFTEN) / max(1, len(inside))
    yield total(own[_DATED][inside.start : inside.stop]) / max(1, len(inside))
    yield max(-MOST_AFTER, min(MOST_AFTER, float(inside.start - page.headline))) if page.headline is not None else -99.0


def _runs(places: Sequence[int]) -> list[range]:
    """Return the runs of neighbouring lines."""
    if not places:
        return []
    cuts = [0, *(at for at, (a, b) in enumerate(pairwise(places), 1) if b > a + 1), len(places)]
    return [range(places[a], places[b - 1] + 1) for a, b in pairwise(cuts)]


def _lengths(units: Column, runs: Sequence[range]) -> Iterator[float]:
    return (total(units[run.start : run.stop]) for run in runs)


@twin("measures")
def line_classes(lines: Sequence[Line], ends: Column, dated: Column) -> bytes:
    """Return for each line a number that lines of one form share, given how they end and whether they hold a date."""
    linked = (line.dom is not None and line.dom.link_share > ALL_LINKED for line in lines)
    return bytes([
        32 * bisect(SIZES, line.units) + (end > 0) + 2 * bool(line.labels) + 4 * (has_date > 0)
        + 8 * line.text[:1].isdigit() + 16 * is_link
        for line, end, has_date, is_link in zip(lines, ends, dated, linked, strict=True)
    ])  # fmt: skip


@twin("measures")
def periods(forms: bytes) -> tuple[float, float]:
    """Return how much more often than by chance a form comes again after some lines, and in the next line.

    1 for always, 0 for as often as by chance (autocorrelation of a series of classes).
    """
    n = len(forms)
    if n < FEWEST_LINES:
        return 0.0, 0.0
    usual = sum([times * times for times in Counter(forms).values()]) / (n * n)
    whole = int.from_bytes(forms, "little")
    found = []
    for step in range(1, min(MOST_PERIOD, n // 2) + 1):
        unlike = whole >> 8 * step ^ int.from_bytes(forms[: n - step], "little")  # a byte of zero for each like pair
        like = unlike.to_bytes(n - step, "little").count(0)
        found.append((like / (n - step) - usual) / (1.0 - usual + 1e-9))
    return max(0.0, *found[1:]), found[0]


def _of_elements(
    page: BodyLines, elements: Elements, prose: Sequence[float], body: Sequence[int], inside: range
) -> Iterator[float]:
    """Yield the values of ``ELEMENTS``."""
    doms, units, parent = page.doms, page.units, elements.parent
    size = max(1.0, total([units[i] for i in body]))
    yield total([units[i] * doms[i].link_share for i in body]) / size
    yield sum([doms[i].link_share > ALL_LINKED for i in inside]) / max(1, len(inside))
    headings = [doms[i].link_share > ALL_LINKED for i in inside if doms[i].heading]
    yield sum(headings) / max(1, len(headings))
    outer = elements.outer
    around = [outer[i] for i in body]
    for _ in range(2):
        sums: dict[int, float] = {}
        for i, at in zip(body, around, strict=True):
            sums[at] = sums.get(at, 0.0) + units[i]
        yield max(sums.values(), default=0.0) / size
        squares = total([value * value for value in sums.values()])
        yield size * size / squares if squares else 0.0
        around = [parent[at] if at != NO_ELEMENT else NO_ELEMENT for at in around]
    texts: dict[int, float] = {}
    for at, length, running in zip(outer, units, prose, strict=True):
        if running >= CLEAR_PROSE:
            texts[at] = texts.get(at, 0.0) + length
    yield max(texts.values(), default=0.0)
    yield total([units[i] for i in body if page.lines[i].kind == "code"]) / size
