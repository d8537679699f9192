"""Where a page repeats itself: seeds, chains of seeds, and the stretches of blocks that they join.

The way is that of seed-chain-extend aligners (minimap2: Li 2018, doi:10.1093/bioinformatics/bty191): block borders
differ between copies (merged, split, all on one line), characters do not. Every seed links to the *first* place on the
page that holds it. So the copies of a text all point to its first one, a chain never spans two copies, and a page
that holds a text 500 times costs no more links than it has seeds.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import accumulate, pairwise
from typing import TypeAlias

from cleanpage.draft import TextBlock
from cleanpage.similarity import Keyed, keyed, same_from, similarity
from cleanpage.text import units

EVIDENCE_UNITS = 40.0
"""An unfinished block of this length counts as running text too: truncated copies end in mid-sentence."""
VERSE = (3.0, 22.0)
"""Ideograms of the shortest and the longest line of a song."""
MIN_SEEDS = 8
"""Seeds that a stretch needs to be looked at: three sentences of which a fifth of the letters were changed."""
MIN_PART = 1 / 64
"""Share of the page's distinct seeds that all stretches need together: a copy that goes holds a tenth of the text, and
of its seeds a sixth agree where a fifth of the letters were changed."""
MIN_LENGTH = 30.0
"""Ideograms that it needs: phrases recur in every text."""
MIN_SEGMENT = 3
"""Seeds of the smallest segment: stock phrases recur with two."""
SAMPLE = 1500
"""Characters of a segment that are compared: what begins alike on one diagonal goes on so."""
MAX_SEEDS = 150_000
"""Seeds of one page; above, those that begin with one character in 2, 4, 8 … are taken (by code point)."""
MAX_SEGMENTS = 4000
"""Segments of one page that are chained, the first ones that hold most seeds."""
BAND = 16
"""Drift, in characters, between neighbouring seeds of one segment."""
REACH = 300
"""Characters without a common seed that do not end a segment, and that may lie between two on both sides."""
FAR = 40
"""Such gaps on the other side, for each character of the shorter segment: a stock phrase does not lead far."""
LOOKBACK = 24
"""Segments before one that may precede it in its chain …"""
STRONG, MAX_STRONG = 16, 8
"""… and so many of the last ones with so many seeds: within a long segment begin dozens of stock phrases."""
MAX_HEADING = 20.0
"""Ideograms of the longest line that introduces a quoted post: ``alice wrote on March 4:``."""

_QUOTE = re.compile(r"(?:>|引用|引文|原帖|回复 ?@|quote:|quoting |originally posted|[^.。]{1,30}\bwrote:)")
_NO_VERSE = re.compile(r"[:|>\d]")
_QUOTES_NEXT = re.compile(r"(?:\bwrote\b|\bsaid\b|写道|发表于|引用|schrieb|a écrit|escribió|писал)[^.。]{0,30}:$")

_Link: TypeAlias = tuple[int, int, int, int]
"""A seed or a run of equal blocks that stood before: its place, the place that it repeats, its length, its seeds."""


@dataclass(slots=True)
class Segment:
    """Seeds on one diagonal: key characters ``copy`` to ``copy_end`` are like ``first`` to ``first_end``."""

    first: int
    copy: int
    first_end: int
    copy_end: int
    seeds: int = 1


@dataclass(frozen=True, slots=True)
class Stream:
    """The running text of a page as one string of letters and digits."""

    text: str
    """The keys of ``blocks``, joined."""
    starts: tuple[int, ...]
    """Where each of them begins."""
    blocks: tuple[int, ...]
    """Their indices on the page."""
    pieces: tuple[Keyed, ...]
    """Their keys with the places of their seeds."""
    seeds: tuple[int, ...]
    """Place of every seed outside ``exact``, in order."""
    grams: tuple[str, ...]
    """What stands there: the seeds themselves."""
    exact: tuple[_Link, ...]
    """The runs of blocks that stood before, letter by letter; no seeds are read from them."""

    def position(self, place: int) -> int:
        """Return which of ``blocks`` holds the character at ``place``."""
        return bisect_right(self.starts, place) - 1

    def end(self, position: int) -> int:
        """Return where the block at ``position`` in ``blocks`` ends."""
        return self.starts[position + 1] if position + 1 < len(self.starts) else len(self.text)

    def part(self, wanted: Collection[int]) -> Stream:
        """Return the stream of those of ``blocks`` that are ``wanted``, as if there were no others."""
        chosen = [(piece, i) for piece, i in zip(self.pieces, self.blocks, strict=True) if i in wanted]
        return _stream([piece for piece, _ in chosen], [i for _, i in chosen])


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of running text whose content stood before: chained segments, in order."""

    segments: tuple[Segment, ...]

    @property
    def seeds(self) -> int:
        """Number of seeds."""
        return sum(segment.seeds for segment in self.segments)


def is_evidence(block: TextBlock) -> bool:
    """Tell whether a block is running text, on which alone a repetition is judged; headlines and menus are not."""
    return block.units >= EVIDENCE_UNITS or block.is_prose


def is_verse(block: TextBlock) -> bool:
    """Tell whether a block may be a line of a song: no label, no row of a table, no breadcrumb."""
    low, high = VERSE
    return low <= block.units <= high and block.kind == "paragraph" and not _NO_VERSE.search(block.folded)


def quotes(blocks: Sequence[TextBlock]) -> set[int]:
    """Return the indices of the blocks that say themselves, or whose heading says, that they quote another post."""
    found: set[int] = set()
    quoted = False
    heading: TextBlock | None = None
    for i, block in enumerate(blocks):
        if not block.glued:
            quoted = _QUOTE.match(block.folded) is not None
            if not quoted and heading and heading.units <= MAX_HEADING and heading.folded.endswith(":"):
                quoted = _QUOTES_NEXT.search(heading.folded) is not None
        if quoted:
            found.add(i)
        heading = block
    return found


def stream_of(blocks: Sequence[TextBlock], wanted: Sequence[int]) -> Stream:
    """Return the stream of the blocks with the ``wanted`` indices."""
    return _stream(list(keyed_blocks(blocks, wanted)), wanted)


def _stream(pieces: Sequence[Keyed], wanted: Sequence[int]) -> Stream:
    text = "".join([piece.key for piece in pieces])
    *starts, _ = accumulate([len(piece.key) for piece in pieces], initial=0)
    exact, settled = _equal_runs(pieces, starts)
    left = [(start, piece) for at, (start, piece) in enumerate(zip(starts, pieces, strict=True)) if at not in settled]
    step = _step(sum(len(piece.anchors) for _, piece in left))
    seeds: list[int] = []
    grams: list[str] = []
    for start, piece in left:
        places = [start + offset for offset in piece.anchors]
        if step > 1:
            places = [place for place in places if ord(text[place]) % step == 0]
        seeds += places
        size = piece.gram
        grams += [text[place : place + size] for place in places]
    return Stream(text, tuple(starts), tuple(wanted), tuple(pieces), tuple(seeds), tuple(grams), tuple(exact))


def _equal_runs(pieces: Sequence[Keyed], starts: Sequence[int]) -> tuple[list[_Link], set[int]]:
    """Return the runs of blocks that stood before, key by key, and the positions of their blocks.

    A block repeats the one after the block that the block before it repeats, else the first one with its key.
    """
    first: dict[str, int] = {}
    origin: dict[int, int] = {}
    for at, piece in enumerate(pieces):
        known = first.setdefault(piece.key, at)
        if known != at:
            following = origin.get(at - 1, at) + 1
            fits = following < at and following not in origin and pieces[following].key == piece.key
            origin[at] = following if fits else known
    exact: list[_Link] = []
    settled: set[int] = set()
    for run in _runs_in_step(origin):
        place, end, at = starts[run.start], starts[run.stop - 1] + len(pieces[run.stop - 1].key), origin[run.start]
        if len(run) > 1 or units(pieces[at].key) >= MIN_LENGTH:
            seeds = sum(len(pieces[i].anchors) for i in run)
            exact.append((place, starts[at], end - place, max(seeds, MIN_SEGMENT)))
            settled.update(run)
    return exact, settled


def _runs_in_step(origin: Mapping[int, int]) -> Iterator[range]:
    """Yield the ranges of consecutive positions whose origins are consecutive as well."""
    start = before = -1
    for at, known in origin.items():
        if at != before + 1 or known != origin.get(before, at) + 1:
            if before >= 0:
                yield range(start, before + 1)
            start = at
        before = at
    if before >= 0:
        yield range(start, before + 1)


def keyed_blocks(blocks: Sequence[TextBlock], wanted: Sequence[int]) -> Iterator[Keyed]:
    """Yield the keys and seeds of the blocks with the ``wanted`` indices."""
    return keyed([blocks[i].folded for i in wanted], [blocks[i].units for i in wanted])


def _step(seeds: int) -> int:
    """Return by how much to thin out the seeds of a long page: by what they begin with, so copies keep the same."""
    step = 1
    while seeds > MAX_SEEDS * step:
        step *= 2
    return step


def stretches(stream: Stream) -> list[Stretch]:
    """Return the stretches that stood before, in page order; they do not overlap."""
    distinct = len(set(stream.grams))
    if not stream.exact and len(stream.grams) - distinct < MIN_SEEDS:
        return []
    links = _links(stream)
    needed = MIN_PART * distinct
    if not stream.exact and _in_step(links) < max(MIN_SEEDS / 2, needed):
        return []
    segments = [segment for segment in _largest(_segments(links)) if _alike(stream.text, segment)]
    chains = _chained(sorted(segments, key=lambda s: (s.copy, s.first)))
    chains = [chain for chain in chains if chain.seeds >= MIN_SEEDS and _length(stream.text, chain) >= MIN_LENGTH]
    return _disjoint(chains) if sum(chain.seeds for chain in chains) >= needed else []


def _links(stream: Stream) -> list[_Link]:
    """Return the links of the blocks and seeds that stood before.

    A seed links to the place on the diagonal of links before it if it stands there too, else to its first place on the
    page. So words that a text uses often do not tear its copies into pieces. No diagonal leads to what is a copy.
    """
    links: list[_Link] = []
    copied: set[int] = set()
    ends = [copy + size for copy, _, size, _ in stream.exact]
    last = older = 0

    def stands(gram: str, place: int) -> bool:
        if place in copied or not stream.text.startswith(gram, place):
            return False
        at = bisect_right(ends, place)
        return at == len(ends) or place < stream.exact[at][0]

    for place, first, size, weight in merge(stream.exact, _to_first(stream)):
        origin = first
        if weight == 1 and first != place - last:
            gram = stream.text[place : place + size]
            origin = next((place - d for d in (last, older) if d and stands(gram, place - d)), first)
        diagonal = place - origin
        if diagonal in (last, older):
            copied.update((links[-1][0], place))
        if diagonal != last:
            last, older = diagonal, last
        links.append((place, origin, size, weight))
    return links


def _to_first(stream: Stream) -> Iterator[_Link]:
    """Yield for each seed that stood before a link to its first place."""
    first: dict[str, int] = {}
    for place, gram in zip(stream.seeds, stream.grams, strict=True):
        origin = first.setdefault(gram, place)
        if origin != place:
            yield place, origin, len(gram), 1


def _in_step(links: Sequence[_Link]) -> int:
    """Return how many links lie on about the diagonal of the one before: few where only phrases recur."""
    diagonals = [place - origin for place, origin, _, _ in links]
    return sum([-2 * BAND <= there - here <= 2 * BAND for here, there in pairwise(diagonals)])


def _length(text: str, stretch: Stretch) -> float:
    """Return the ideograms that the copy's segments span."""
    return sum(units(text[segment.copy : segment.copy_end]) for segment in stretch.segments)


def _segments(links: Iterable[_Link]) -> list[Segment]:
    """Join links on about one diagonal; drop lone ones."""
    open_: dict[int, Segment] = {}
    done: list[Segment] = []
    for place, origin, size, weight in links:
        band = (place - origin) // BAND
        for near in (band, band - 1, band + 1):
            segment = open_.get(near)
            if segment is not None and _extends(segment, place, origin, size):
                segment.first_end = max(segment.first_end, origin + size)
                segment.copy_end = place + size
                segment.seeds += weight
                if near != band:
                    del open_[near]
                    open_[band] = segment
                break
        else:
            open_[band] = segment = Segment(origin, place, origin + size, place + size, weight)
            done.append(segment)
    return [segment for segment in done if segment.seeds >= MIN_SEGMENT]


def _extends(segment: Segment, place: int, origin: int, size: int) -> bool:
    """Tell whether a seed continues a segment; the first side must end before the copy begins."""
    return place - segment.copy_end <= REACH and segment.first <= origin and origin + size <= segment.copy


def _alike(text: str, segment: Segment) -> bool:
    """Tell whether a segment is a copy, not a stretch where the same phrases come in the same order."""
    one = text[segment.first : min(segment.first_end, segment.first + SAMPLE)]
    other = text[segment.copy : min(segment.copy_end, segment.copy + SAMPLE)]
    return similarity(one, other, same_from(other)) > 0.0


def _largest(segments: list[Segment]) -> list[Segment]:
    if len(segments) > MAX_SEGMENTS:
        segments = sorted(segments, key=lambda s: (-s.seeds, s.copy))[:MAX_SEGMENTS]
    return segments


def _chained(segments: list[Segment]) -> list[Stretch]:
    """Chain segments in the same order on both sides, best chains first, each segment in one chain."""
    score = [segment.seeds for segment in segments]
    before = [-1] * len(segments)
    begin = [segment.copy for segment in segments]
    strong: deque[int] = deque(maxlen=MAX_STRONG)
    for i, segment in enumerate(segments):
        near = max(0, i - LOOKBACK)
        for j in (*(j for j in strong if j < near), *range(near, i)):
            # The first side must end before the copy begins, or a text would be its own copy.
            if score[j] + segment.seeds > score[i] and segment.first_end <= begin[j] and _follows(segments[j], segment):
                score[i], before[i], begin[i] = score[j] + segment.seeds, j, begin[j]
        if segment.seeds >= STRONG:
            strong.append(i)
    taken: set[int] = set()
    chains = []
    for end in sorted(range(len(segments)), key=lambda i: (-score[i], i)):
        chain = list(_trace(end, before, taken))
        taken.update(chain)
        chains.append(Stretch(tuple(segments[i] for i in reversed(chain))))
    return [chain for chain in chains if chain.segments]


def _trace(end: int, before: list[int], taken: set[int]) -> Iterator[int]:
    while end >= 0 and end not in taken:
        yield end
        end = before[end]


def _follows(one: Segment, other: Segment) -> bool:
    """Tell whether ``other`` comes after ``one`` on both sides, with little between them on one side at least."""
    near, far = sorted((other.first - one.first_end, other.copy - one.copy_end))
    shorter = min(one.copy_end - one.copy, other.copy_end - other.copy)
    in_order = other.first_end > one.first_end and other.copy_end > one.copy_end
    return in_order and -shorter <= 2 * near <= 2 * REACH and far <= max(REACH, FAR * shorter)


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
