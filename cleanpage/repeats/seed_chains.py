"""Where a page repeats itself: seeds, chains of seeds, and the stretches of blocks that they join.

The way is that of seed-chain-extend aligners (minimap2: Li 2018, doi:10.1093/bioinformatics/bty191): block borders
differ between copies (merged, split, all on one line), characters do not. Every seed links to the *first* place on the
page that holds it, or to one in the text that the seeds before it repeat, never to a copy. So the copies of a text all
point to its first one, a chain never spans two copies, and a page that holds a text 500 times costs no more links than
it has seeds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from itertools import pairwise
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.repeats.token_stream import MIN_LENGTH, MIN_SEEDS, MIN_SEGMENT
from cleanpage.text import units
from cleanpage.text.similarity import same_from, similarity
from cleanpage.text.stream import GramLink, Stream

MIN_PART = 1 / 64
"""Share of the page's distinct seeds that all stretches need together: a copy that goes holds a tenth of the text, and
of its seeds a sixth agree where a fifth of the letters were changed."""
SEGMENT_SAMPLE = 1500
"""Characters of a segment that are compared: what begins alike on one diagonal goes on so."""
MAX_SEGMENTS = 4000
"""Segments of one page that are chained, the first ones that hold most seeds."""
BAND = 16
"""Drift, in characters, between neighbouring seeds of one segment."""
MAX_UNSEEDED = 300
"""Characters without a common seed that do not end a segment, and that may lie between two on both sides."""
CHAIN_GAP = 40
"""Characters without a common seed over which fewer than ``MIN_SEGMENT`` seeds go on only if they are alike: one stock
phrase before a copy would draw what stands between them into it."""
FAR = 40
"""Such gaps on the other side, for each character of the shorter segment: a stock phrase does not lead far."""
LOOKBACK = 24
"""Segments before one that may precede it in its chain …"""
STRONG, MAX_STRONG = 16, 8
"""… and so many of the last ones with so many seeds: within a long segment begin dozens of stock phrases."""


class Segment(NamedTuple):
    """Seeds on one diagonal: key characters ``copy`` to ``copy_end`` are like ``first`` to ``first_end``."""

    first: int
    copy: int
    first_end: int
    copy_end: int
    seeds: int = 1


class Stretch(NamedTuple):
    """A stretch of running text whose content stood before: chained segments, in order."""

    segments: tuple[Segment, ...]

    @property
    def seeds(self) -> int:
        """Number of seeds."""
        return sum(segment.seeds for segment in self.segments)


def stretches(stream: Stream) -> list[Stretch]:
    """Return the stretches that stood before, in page order; they do not overlap."""
    again = stream.seeds.again
    if not stream.exact and again < MIN_SEEDS:
        return []
    links = linked(stream.text, stream.exact, *stream.seeds[:3])
    needed = MIN_PART * (len(stream.seeds.places) - again)
    if not stream.exact and in_step(links) < max(MIN_SEEDS / 2, needed):
        return []
    segments = _segments(stream.text, links)
    if sum([segment.seeds for segment in segments]) < max(MIN_SEEDS, needed):
        return []
    segments = [segment for segment in _largest(segments) if _alike(stream.text, segment)]
    chains = _chained(sorted(segments, key=lambda s: (s.copy, s.first)))
    chains = [chain for chain in chains if chain.seeds >= MIN_SEEDS and _length(stream.text, chain) >= MIN_LENGTH]
    return _disjoint(chains) if sum(chain.seeds for chain in chains) >= needed else []


@twin("repeats")
def linked(
    text: str, exact: Sequence[GramLink], places: array[int], sizes: array[int], origins: array[int]
) -> list[GramLink]:
    """Return the links of the blocks and seeds that stood before.

    A seed links to the place on the diagonal of links before it if it stands there too, else to its first place on the
    page. So words that a text uses often do not tear its copies into pieces. No diagonal leads to what is a copy.
    """
    links: list[GramLink] = []
    copied: set[int] = set()
    ends = [copy + size for copy, _, size, _ in exact]
    last = older = 0

    def stands(gram: str, place: int) -> bool:
        if place in copied or not text.startswith(gram, place):
            return False
        at = bisect_right(ends, place)
        return at == len(ends) or place < exact[at][0]

    to_first = [(at, of, size, 1) for at, of, size in zip(places, origins, sizes, strict=True) if at != of]
    for place, first, size, weight in merge(exact, to_first) if exact else to_first:
        origin = first
        if weight == 1 and first != place - last:
            gram = text[place : place + size]
            origin = next((place - d for d in (last, older) if d and stands(gram, place - d)), first)
        diagonal = place - origin
        if diagonal in (last, older):
            copied.update((links[-1][0] if links else place, place))
        if diagonal != last:
            last, older = diagonal, last
        links.append((place, origin, size, weight))
    return links


@twin("repeats")
def in_step(links: list[GramLink]) -> int:
    """Return how many links lie on about the diagonal of the one before: few where only phrases recur."""
    diagonals = [place - origin for place, origin, _, _ in links]
    return sum([-2 * BAND <= there - here <= 2 * BAND for here, there in pairwise(diagonals)])


def _length(text: str, stretch: Stretch) -> float:
    """Return the ideograms that the copy's segments span."""
    return sum(units(text[segment.copy : segment.copy_end]) for segment in stretch.segments)


def _segments(text: str, links: list[GramLink]) -> list[Segment]:
    """Join links on about one diagonal; drop lone ones."""

    def alike(first: int, first_end: int, copy: int, copy_end: int) -> bool:
        here = text[copy:copy_end]
        return similarity(text[first:first_end], here, same_from(here)) > 0.0

    return [Segment(*ends) for ends in segmented(len(text), links, alike)]


@twin("repeats")
def segmented(
    length: int, links: list[GramLink], alike: Callable[[int, int, int, int], bool]
) -> list[tuple[int, int, int, int, int]]:
    """Return the fields of the segments of a text of that length; ``alike`` compares two spans of it."""
    open_: dict[int, list[int]] = {}
    done: list[list[int]] = []
    for place, origin, size, weight in links:
        band = (place - origin) // BAND
        for near in (band, band - 1, band + 1):
            segment = open_.get(near)
            if segment is not None and _extends(segment, place, origin, size, alike):
                segment[2] = max(segment[2], origin + size)
                segment[3] = place + size
                segment[4] += weight
                if near != band:
                    del open_[near]
                    open_[band] = segment
                break
        else:
            open_[band] = segment = [origin, place, origin + size, place + size, weight]
            done.append(segment)
    return [(first, copy, ends, end, seeds) for first, copy, ends, end, seeds in done if seeds >= MIN_SEGMENT]


def _extends(
    segment: Sequence[int], place: int, origin: int, size: int, alike: Callable[[int, int, int, int], bool]
) -> bool:
    """Tell whether a seed continues a segment; the first side must end before the copy begins."""
    first, copy, first_end, copy_end, seeds = segment
    gap = place - copy_end
    if not (gap <= MAX_UNSEEDED and first <= origin and origin + size <= copy):
        return False
    return gap <= CHAIN_GAP or seeds >= MIN_SEGMENT or alike(first_end, origin, copy_end, place)


def _alike(text: str, segment: Segment) -> bool:
    """Tell whether a segment is a copy, not a stretch where the same phrases come in the same order."""
    one = text[segment.first : min(segment.first_end, segment.first + SEGMENT_SAMPLE)]
    other = text[segment.copy : min(segment.copy_end, segment.copy + SEGMENT_SAMPLE)]
    return similarity(one, other, same_from(other)) > 0.0


def _largest(segments: list[Segment]) -> list[Segment]:
    if len(segments) > MAX_SEGMENTS:
        segments = sorted(segments, key=lambda s: (-s.seeds, s.copy))[:MAX_SEGMENTS]
    return segments


def _chained(segments: list[Segment]) -> list[Stretch]:
    """Chain segments in the same order on both sides, best chains first, each segment in one chain."""
    score, before = chain_scores(segments)
    taken: set[int] = set()
    chains = []
    for end in sorted(range(len(segments)), key=lambda i: (-score[i], i)):
        if end not in taken:
            chain = list(_trace(end, before, taken))
            taken.update(chain)
            chains.append(Stretch(tuple([segments[i] for i in reversed(chain)])))
    return chains


@twin("repeats")
def chain_scores(segments: list[Segment]) -> tuple[list[int], list[int]]:
    """Return for each segment the seeds of the best chain that ends with it, and the segment before it, -1 if none."""
    score = [segment.seeds for segment in segments]
    before = [-1] * len(segments)
    begin = [segment.copy for segment in segments]
    strong: deque[int] = deque(maxlen=MAX_STRONG)
    for i, segment in enumerate(segments):
        near = max(0, i - LOOKBACK)
        for j in (*(j for j in strong if j < near), *range(near, i)):
            # The first side must end before the copy begins, or a text would be its own copy.
            if (
                score[j] + segment.seeds > score[i]
                and segment.first_end <= begin[j]
                and _follows_seed(segments[j], segment)
            ):
                score[i], before[i], begin[i] = score[j] + segment.seeds, j, begin[j]
        if segment.seeds >= STRONG:
            strong.append(i)
    return score, before


def _trace(end: int, before: list[int], taken: set[int]) -> Iterator[int]:
    while end >= 0 and end not in taken:
        yield end
        end = before[end]


def _follows_seed(one: Segment, other: Segment) -> bool:
    """Tell whether ``other`` comes after ``one`` on both sides, with little between them on one side at least."""
    near, far = sorted((other.first - one.first_end, other.copy - one.copy_end))
    shorter = min(one.copy_end - one.copy, other.copy_end - other.copy)
    in_order = other.first_end > one.first_end and other.copy_end > one.copy_end
    return in_order and -shorter <= 2 * near <= 2 * MAX_UNSEEDED and far <= max(MAX_UNSEEDED, FAR * shorter)


class _Spans:
    """A set of disjoint spans."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def add(self, start: int, end: int) -> None:
        """Add a span, joined with those that it touches."""
        low = bisect_left(self._spans, start, key=lambda s: s[1])
        high = bisect_right(self._spans, end, key=lambda s: s[0])
        if low < high:
            start, end = min(start, self._spans[low][0]), max(end, self._spans[high - 1][1])
        self._spans[low:high] = [(start, end)]

    def covers(self, start: int, end: int) -> int:
        """Return how many places of a span are in the set."""
        low = bisect_right(self._spans, start, key=lambda s: s[1])
        high = bisect_left(self._spans, end, key=lambda s: s[0])
        return sum(min(end, right) - max(start, left) for left, right in self._spans[low:high])


def _disjoint(chains: list[Stretch]) -> list[Stretch]:
    """Return the chains, given best first, that say something new, in page order.

    Left out is a chain whose copy side lies in that of a better one, and one within a text that better chains
    point to: there a text resembles itself.
    """
    kept: list[Stretch] = []
    copied, pointed = _Spans(), _Spans()
    for chain in chains:
        start, end = chain.segments[0].copy, chain.segments[-1].copy_end
        if copied.covers(start, end) > 2 * BAND or 2 * pointed.covers(start, end) > end - start:
            continue
        kept.append(chain)
        copied.add(start, end)
        pointed.add(chain.segments[0].first, chain.segments[-1].first_end)
    return sorted(kept, key=lambda c: c.segments[0].copy)
