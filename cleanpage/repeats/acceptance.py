"""Whether a stretch that stands again is a copy of the body, or repetition that belongs to the text.

Refrains, clauses of a contract, answers of an FAQ, quoted posts and offers for three countries repeat as literally as
a print version does (TAXONOMY 4.3). What tells them apart is how much of the page they are, what stands between
them, and whether their numbers agree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from cleanpage.draft import TextBlock
from cleanpage.repeats.alignment import CORRUPT, NOISY, Fold
from cleanpage.repeats.token_stream import EVIDENCE_UNITS, MIN_UNITS, VERSE
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.similarity import difference, key, same_form

MIN_DENSITY = 0.6
"""Share of a copy's running text that must stand in what is kept (TAXONOMY 4.3) …"""
NOISE_DENSITY = 1.0
"""… and how much the least share rises for each share of letters that differ: a text retold in other words matches in
places, a corrupted copy everywhere …"""
MAX_DENSITY = 0.8
"""… and the most that it rises to."""
MIN_ORIGIN = 0.4
"""Share of the kept text between the first and last place of a copy that the copy must hold: pull quotes come from
here and there, and a third of the paragraphs may be missing from a copy."""
MIN_SHARE = (0.5, 0.3, 0.2)
"""Share of the page's distinct running text that a copy of 1, 2, 3 or more blocks must hold …"""
MIN_SHARE_ALONE = (0.15, 0.12, 0.1)
"""… and a copy with no other running text near it, literal if it is short: the start of a print version, an abstract
in a side bar."""
NEAR = 2
"""Blocks between two texts that stand side by side."""
MAX_VARIANTS = 0.2
"""Blocks that differ in numbers only, for each equal one: above this the text is a variant, not a copy."""
VERSE_SHARE = 0.7
"""``MIN_SHARE`` for texts in short blocks, which may be verse with a refrain."""
MIN_BODY = 0.5
"""Share of the page's distinct running text that a text of three or more copies must hold: a refrain or a clause
stands often too, but with other text between."""
MIN_COPY = 0.3
"""Share of that text that each of the copies must hold."""
MAX_HEADINGS = 1
"""Lines between two stanzas that are no running text: the refrain's title."""
MAX_QUOTE = 12
"""Paragraphs before a copy in which a quotation may have begun."""
_QUESTION = lazy(r"^(?:问|q|f|в)\d* ?[:.、]|[?؟;][^\w?؟;]*$")
"""A line that asks: ``问：``, ``Q1:``, or a question mark at its end (``;`` in Greek)."""


class Facts(NamedTuple):
    """What the verdict needs to know of the page."""

    blocks: Sequence[TextBlock]
    prose: frozenset[int]
    """Indices of the blocks of running text, quoted posts left out."""
    skip: frozenset[int]
    """Indices of blocks that are no body."""
    quoted: frozenset[int]
    """Indices of the quoted posts."""
    distinct: float
    """Ideograms of running text, copies not counted."""

    def units(self, inner: Iterable[int]) -> float:
        """Return the ideograms of running text in some blocks."""
        return sum(self.blocks[i].units for i in inner if i in self.prose)


def share_again(page: Facts, inner: range, folded: Fold) -> float:
    """Return the running text of a copy that was found again, as a share of the page's distinct running text."""
    return page.units(i for i in inner if i in folded.pairs) / page.distinct


def is_copy(page: Facts, ranges: Sequence[range], inner: range, folded: Fold) -> bool:
    """Tell whether ``inner`` can go, being a copy of the first of ``ranges``, which are all copies of one text."""
    again = [i for i in inner if i in page.prose and i in folded.pairs]
    units = page.units(again)
    density = min(MIN_DENSITY + NOISE_DENSITY * folded.noise, MAX_DENSITY)
    appended = _is_appended(page, ranges, inner, again, folded)
    return (
        units >= MIN_UNITS
        and units >= density * page.units(inner)
        and (appended or units >= _needed(page, ranges, inner, again, folded) * page.distinct)
        and folded.variants <= max(1.0, MAX_VARIANTS * len(again))
        and (_is_once_more(page, ranges, units) or _is_body(page, ranges[0], units))
        and _from_one_place(page, ranges[0], inner, folded)
        and not _goes_on_quoting(page, inner)
        and (appended or not _is_refrain(page, ranges[0], inner, units))
        and not _belongs_to_another(page, inner, folded)
    )


def _is_appended(page: Facts, ranges: Sequence[range], inner: range, again: Sequence[int], folded: Fold) -> bool:
    """Tell whether a copy is whole paragraphs, word for word, behind the text that it repeats, which ends there.

    So does a refrain in prose. But that is no beginning of the text, and has no element of its own.
    """
    best = ranges[0]
    if len(ranges) != 2 or inner.start < best.stop or page.units(range(inner.stop, inner.stop + NEAR)):
        return False
    size = page.units(again)
    if folded.noise or size < max(page.units(inner), VERSE[1] * len(again)):
        return False
    return not page.units(range(best.start - NEAR, best.start)) or _has_own_element(page, best, inner)


def _has_own_element(page: Facts, best: range, inner: range) -> bool:
    """Tell whether a copy stands in an element that holds neither what it repeats nor what stands above the copy.

    A heading in it makes it a section, which may say the same as another one: of two sizes of one thing.
    """
    here, *others = (page.blocks[i].dom for i in (inner.start, inner.start - 1, best.start))
    return here is not None and here.outer > 0 and all(dom and here.outer not in dom.ids for dom in others)


def _is_once_more(page: Facts, ranges: Sequence[range], units: float) -> bool:
    """Tell whether a text of which ``units`` stand again stands twice only; slips of a copy are not counted."""
    holders = (inner for inner in ranges if 2 * page.units(inner) >= units)
    return len(ranges) == 2 or sum(1 for _ in islice(holders, 3)) <= 2  # no more are counted: there may be thousands


def _is_body(page: Facts, best: range, units: float) -> bool:
    """Tell whether a text that stands three times or more is the body, and a copy of ``units`` much of it."""
    body = page.units(best)
    return body >= MIN_BODY * page.distinct and units >= MIN_COPY * body


def _needed(page: Facts, ranges: Sequence[range], inner: range, again: Sequence[int], folded: Fold) -> float:
    """Return the share of the page's distinct running text that a copy must hold."""
    exact = folded.noise < CORRUPT or len(again) > len(MIN_SHARE)
    apart = exact and (_alone(page, inner) or (len(ranges) == 2 and _page_break(page, *ranges)))
    shares = MIN_SHARE_ALONE if apart else MIN_SHARE
    few = folded.noise >= CORRUPT and len(again) < len(MIN_SHARE)
    needed = shares[min(len(again), 1 if few else len(shares)) - 1]
    verse = page.units(again) < VERSE[1] * len(again)
    return max(needed, VERSE_SHARE) if verse else needed


def _alone(page: Facts, inner: range) -> bool:
    """Tell whether no other running text, or a sentence at most, stands near a copy."""
    around = (range(inner.start - NEAR, inner.start), range(inner.stop, inner.stop + NEAR))
    return sum(page.units(side) for side in around) < EVIDENCE_UNITS


def _page_break(page: Facts, one: range, other: range) -> bool:
    """Tell whether only chrome stands between two copies: page 2 begins with the last paragraph of page 1."""
    first, second = sorted((one, other), key=lambda r: r.start)
    between = range(first.stop, second.start)
    return len(between) >= NEAR and page.units(between) == 0.0


def _goes_on_quoting(page: Facts, inner: range) -> bool:
    """Tell whether a copy is the rest of a quoted post: of several paragraphs only the first says that it quotes."""
    for i in range(inner.start - 1, max(inner.start - 1 - MAX_QUOTE, -1), -1):
        if i in page.quoted:
            return True
        if not page.blocks[i].is_prose:
            break
    return False


def _is_refrain(page: Facts, best: range, inner: range, units: float) -> bool:
    """Tell whether a part of a text stands in it twice: no chrome between, but other running text there or above."""
    if units >= VERSE_SHARE * page.distinct:
        return False
    first, second = sorted((best, inner), key=lambda r: r.start)
    end = next((i for i in reversed(first) if i in page.prose), first.start)
    between = range(end + 1, second.start)
    headings = sum(1 for _ in islice((i for i in between if i not in page.prose), MAX_HEADINGS + 1))
    return headings <= MAX_HEADINGS and (len(between) > headings or first.start - 1 in page.prose)


def _belongs_to_another(page: Facts, inner: range, folded: Fold) -> bool:
    """Tell whether what stands right above a copy and above what is kept makes them parts of two texts.

    Those are two different questions, or paragraphs that differ in numbers alone: the terms for another country.
    """
    first = min(i for i in inner if i in folded.pairs)
    origin = bisect_right(page.blocks, folded.pairs[first][0], key=lambda block: block.start) - 1
    if not (first and origin) or (folded.noise >= NOISY and first > inner.start):
        return False
    above = (first - 1, origin - 1)
    one, other = (page.blocks[i].folded for i in above)
    if one == other:
        return False
    if all(map(_QUESTION.search, (one, other))):
        return key(one) != key(other)
    return (
        page.prose.issuperset(above) and same_form(key(one), key(other)) and difference(key(one), key(other)).digits > 0
    )


def _from_one_place(page: Facts, best: range, inner: range, folded: Fold) -> bool:
    """Tell whether a copy holds most of what stands between the first and the last place that it repeats."""
    low, high = page.blocks[best.start].start, page.blocks[best.stop - 1].end
    here = [(i, *folded.pairs[i]) for i in inner if i in folded.pairs and low <= folded.pairs[i][0] < high]
    if not here:
        return True
    start, end = min(h[1] for h in here), max(h[2] for h in here)
    origin = sum(b.units for b in (page.blocks[i] for i in best if i in page.prose) if start <= b.content[0] < end)
    return sum(page.blocks[i].units for i, _, _ in here) >= MIN_ORIGIN * origin
