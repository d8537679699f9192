"""Whether two articles are copies: a pure function of their two fingerprints."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set
from functools import lru_cache
from operator import sub
from typing import NamedTuple

from cleanpage.dedupe.fingerprint import Fingerprint, pack, unpack
from cleanpage.model import Span
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.similarity import similarity

LEAST_SHARED = 3
"""Sketched shingles that two articles share before they are compared at all ..."""
LEAST_CONTAINED = 0.12
"""... and their share of those of the one that has fewer: with a fifth of all words edited half of them are left."""
BRIDGE, BRIDGE_SHARE = 12, 0.08
"""Tokens between two shared shingles that count as covered (an edited word, a changed clause), or so much of the
shorter text, if that is more (REPEATS B.5) ..."""
BRIDGE_SHORT = 0.1
"""... but in a short text no more than this share of it."""
COVERED = 0.9
"""Share of the shorter text that must be covered (REPEATS B.5)."""
NUMBERS_AGREE, NUMBERS_APART = 0.7, 4
"""Two texts are variants of a form (weather, earnings), not copies, if the longer holds less than this share of the
numbers in the part of the shorter that it covers, and lacks so many of them; short texts, if it lacks any."""
SHORT_ALIKE = 0.8
"""Indel similarity of two short texts that are one."""
WEAK_COVERED = 0.3
"""From here on what the whole corpus knows decides: whether what two articles share stands in others as well."""

TEXTS_KEPT = 1024
"""Texts whose numbers are kept: one is compared with several others."""

_DIGIT = lazy(r"\d")
_MISREAD = lazy(r"(?:[^\W\d]+[01356]|[01356](?=[^\W\d]{4}))(?:[^\W\d]+[01356])*[^\W\d]+")
_UNHELD = lazy(b"\x00+")


class Match(NamedTuple):
    """What two articles have in common."""

    cover: float
    """Share of the shorter text's tokens that the longer one covers."""
    back: float
    """Share of the longer text's tokens that the shorter one covers."""
    sure: bool
    """Whether the two alone show that one is a copy of the other, or of a part of it."""
    is_variant: bool
    """Whether they differ in their numbers, as two reports that one form was filled in for."""
    gaps: bytes = b""
    """Where they differ, for each difference four numbers, packed (``I``): start and end in the text that has fewer
    tokens, start and end in the other; empty if the texts are short, or if that cannot be told from their shingles."""


NOTHING = Match(0.0, 0.0, sure=False, is_variant=False)


class Link(NamedTuple):
    """Two texts, by number, that have something in common."""

    one: int
    other: int
    match: Match


class View(NamedTuple):
    """A fingerprint, and its trace unpacked."""

    print: Fingerprint
    trace: array[int]


def _is_candidate(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether two sketches share enough to compare the texts."""
    for mine, yours in ((one.sketch, other.sketch), (one.grams, other.grams)):
        shared, of = _shared_sketch(unpack("Q", mine), unpack("Q", yours))
        if shared >= LEAST_SHARED and shared >= LEAST_CONTAINED * of:
            return True
    return False


def _shared_sketch(one: array[int], other: array[int]) -> tuple[int, int]:
    """Return how many shingles two sketches share, and how many the smaller holds of those that both could hold.

    A sketch holds the lowest of its text's shingles: beyond the end of the one that ends first nothing can be shared.
    """
    if not one or not other:
        return 0, 0
    bound = min(one[-1], other[-1])
    mine, yours = one[: bisect_right(one, bound)], other[: bisect_right(other, bound)]
    return len(set(mine).intersection(yours)), min(len(mine), len(yours))


def compare(one: Fingerprint, other: Fingerprint) -> Match:
    """Return what two articles have in common; NOTHING if their sketches share too little, or the texts do."""
    mine, yours = one.key, other.key
    if mine and yours:
        alike = similarity(mine, yours, SHORT_ALIKE)
        if alike:
            apart = sorted(_numbers(one.words).values()) != sorted(_numbers(other.words).values())
            return Match(alike, alike, not apart, apart)
    if not _is_candidate(one, other):
        return NOTHING
    sides = sorted((one, other), key=lambda side: (side.size, side.digest))
    short, long = (View(side, unpack("I", side.trace)) for side in sides)
    common = set(short.trace).intersection(long.trace)
    gaps = _gaps(short, common)
    cover = _cover(short, gaps)
    if cover < WEAK_COVERED:
        return NOTHING
    others = _gaps(long, common)
    variant = _is_variant(short, gaps, long)
    whole = cover >= COVERED and all(end - start <= _bridge(short) for start, end in gaps)
    return Match(cover, _cover(long, others), whole and not variant, variant, _paired(gaps, others))


def _paired(gaps: Sequence[Span], others: Sequence[Span]) -> bytes:
    """Return the gaps of two texts side by side, if as much stands between them in both: there is one a difference."""
    if len(gaps) != len(others):
        return b""
    flat = [place for pair in zip(gaps, others, strict=True) for span in pair for place in span]
    between = (flat[4::4], flat[1::4]), (flat[6::4], flat[3::4])
    mine, yours = (list(map(sub, after, before)) for after, before in between)
    return pack(array("I", flat)) if mine == yours else b""


def _is_variant(short: View, gaps: Sequence[Span], long: View) -> bool:
    apart = list(_long_gaps(short, gaps))
    numbers = _numbers(short.print.words).items()
    inside = Counter(number for place, number in numbers if not any(start <= place < end for start, end in apart))
    held = (inside & Counter(_numbers(long.print.words).values())).total()
    of = inside.total()
    if short.print.key:
        return held < of
    return held < NUMBERS_AGREE * of and of - held >= NUMBERS_APART


@lru_cache(maxsize=TEXTS_KEPT)
def _numbers(words: str) -> dict[int, str]:
    """Return the tokens that hold a digit, by their place; a word with a letter read as a digit is none."""
    found: dict[int, str] = {}
    place = end = 0
    for digit in _DIGIT.finditer(words):
        if digit.start() >= end:
            start = words.rfind(" ", end, digit.start()) + 1 or end
            place += words.count(" ", end, start)
            end = words.find(" ", start) % (len(words) + 1)
            if not _MISREAD.fullmatch(words, start, end):
                found[place] = words[start:end]
    return found


def _cover(side: View, gaps: Sequence[Span]) -> float:
    """Return the share of a text's tokens that shared shingles cover, short gaps included."""
    return 1.0 - sum(end - start for start, end in _long_gaps(side, gaps)) / max(1, side.print.size)


def _long_gaps(side: View, gaps: Sequence[Span]) -> list[Span]:
    bridge = _bridge(side)
    return [(start, end) for start, end in gaps if end - start > bridge]


def _bridge(side: View) -> float:
    size = side.print.size
    return max(min(BRIDGE, BRIDGE_SHORT * size), BRIDGE_SHARE * size)


def _gaps(side: View, common: Set[int]) -> list[Span]:
    """Return the stretches of tokens that are in no shared shingle."""
    count = len(side.trace)
    overlap = side.print.size - count  # a shingle reaches so many tokens beyond its first
    gaps = []
    for run in _UNHELD.finditer(bytes(map(common.__contains__, side.trace))):
        start = run.start() + overlap if run.start() else 0
        end = run.end() + overlap if run.end() == count else run.end()
        gaps.append((min(start, end), end))
    return gaps
