"""Whether two articles are copies: a pure function of their two fingerprints."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.dedupe.fingerprint import Fingerprint, unpack
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
NUMBERS_AGREE, NUMBERS_APART = 0.7, 4
"""Two texts are variants of a form (weather, earnings), not copies, if the longer holds less than this share of the
numbers in the part of the shorter that it covers, and lacks so many of them; short texts, if it lacks any."""
SHORT_ALIKE = 0.8
"""Indel similarity of two short texts that are one."""
WEAK_COVERED = 0.3
"""From here on what the whole corpus knows decides: whether what two articles share stands in others as well."""

TEXTS_KEPT = 1024
"""Texts whose numbers are kept: one is compared with several others."""

_HOLDS_DIGIT = lazy(r"\d")
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


NOTHING = Match(0.0, 0.0, sure=False, is_variant=False)


class CopyLink(NamedTuple):
    """Two texts, by number, that have something in common."""

    one: int
    other: int
    match: Match


def _is_candidate(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether two sketches share enough to compare the texts."""
    for mine, yours in ((one.sketch, other.sketch), (one.grams, other.grams)):
        shared, of = shared_sketch(mine, yours)
        if shared >= LEAST_SHARED and shared >= LEAST_CONTAINED * of:
            return True
    return False


@twin("dedupe")
def shared_sketch(one: bytes, other: bytes) -> tuple[int, int]:
    """Return how many shingles two sketches share, and how many the smaller holds of those that both could hold.

    A sketch holds the lowest of its text's shingles: beyond the end of the one that ends first nothing can be shared.
    """
    if not one or not other:
        return 0, 0
    mine, yours = unpack("Q", one), unpack("Q", other)
    bound = min(mine[-1], yours[-1])
    mine, yours = mine[: bisect_right(mine, bound)], yours[: bisect_right(yours, bound)]
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
    short, long = sorted((one, other), key=lambda side: (side.size, side.digest))
    gaps, others = find_gaps(short.trace, short.size, long.trace, long.size)
    missing = _long_gaps(short, gaps)
    cover = _cover(short, missing)
    if cover < WEAK_COVERED:
        return NOTHING
    variant = _is_variant(short, missing if short.key else [*missing, *_end_gaps(short, gaps)], long)
    sure = not missing and not variant
    return Match(cover, _cover(long, _long_gaps(long, others)), sure, variant)


@twin("dedupe")
def find_gaps(one: bytes, size: int, other: bytes, other_size: int) -> tuple[array[int], array[int]]:
    """Return the stretches of tokens of two texts, by their traces and sizes, that are in no shingle of both.

    Of each text start and end of the first, of the second ...
    """
    sides = (unpack("I", one), size), (unpack("I", other), other_size)
    common = set(sides[0][0]).intersection(sides[1][0])
    mine, yours = (_gaps(trace, of, common) for trace, of in sides)
    return mine, yours


def _gaps(trace: array[int], size: int, common: Set[int]) -> array[int]:
    """Return the stretches of a text of so many tokens that are in no common shingle."""
    overlap = size - len(trace)  # a shingle reaches so many tokens beyond its first
    gaps = array("I")
    for run in _UNHELD.finditer(bytes(map(common.__contains__, trace))):
        start = run.start() + overlap if run.start() else 0
        end = run.end() + overlap if run.end() == len(trace) else run.end()
        gaps.extend((min(start, end), end))
    return gaps


def _long_gaps(side: Fingerprint, gaps: array[int]) -> list[Span]:
    """Return the gaps that are too long to count as covered."""
    bridge = max(min(BRIDGE, BRIDGE_SHORT * side.size), BRIDGE_SHARE * side.size)
    return [(start, end) for start, end in zip(gaps[::2], gaps[1::2], strict=True) if end - start > bridge]


def _end_gaps(side: Fingerprint, gaps: array[int]) -> Iterator[Span]:
    """Yield the gaps at the beginning and at the end of a text."""
    if gaps and gaps[0] == 0:
        yield gaps[0], gaps[1]
    if gaps and gaps[-1] == side.size:
        yield gaps[-2], gaps[-1]


def _cover(side: Fingerprint, apart: Sequence[Span]) -> float:
    """Return the share of a text's tokens that do not stand apart."""
    return 1.0 - sum(end - start for start, end in apart) / max(1, side.size)


def _is_variant(short: Fingerprint, apart: Sequence[Span], long: Fingerprint) -> bool:
    numbers = _numbers(short.words)
    inside = Counter(numbers.values())
    if apart:
        inside = Counter(n for place, n in numbers.items() if not any(start <= place < end for start, end in apart))
    of = inside.total()
    held = (inside & Counter(_numbers(long.words).values())).total() if of else 0
    if short.key:
        return held < of
    return held < NUMBERS_AGREE * of and of - held >= NUMBERS_APART


@lru_cache(maxsize=TEXTS_KEPT)
def _numbers(words: str) -> dict[int, str]:
    """Return the tokens that hold a digit, by their place; a word with a letter read as a digit is none."""
    return {place: token for place, token in digit_tokens(words) if not _MISREAD.fullmatch(token)}


@twin("dedupe")
def digit_tokens(words: str) -> list[tuple[int, str]]:
    """Return place and token of those of some words, parted by blanks, that hold a digit."""
    found: list[tuple[int, str]] = []
    place = end = 0
    for digit in _HOLDS_DIGIT.finditer(words):
        if digit.start() >= end:
            start = words.rfind(" ", end, digit.start()) + 1 or end
            place += words.count(" ", end, start)
            end = words.find(" ", start) % (len(words) + 1)
            found.append((place, words[start:end]))
    return found
