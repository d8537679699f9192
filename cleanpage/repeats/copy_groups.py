"""Which stretches of a page are copies of one text, and which copy is the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from cleanpage.draft import Dom, TextBlock
from cleanpage.load.elements import is_comment_section
from cleanpage.repeats.alignment import CORRUPT
from cleanpage.repeats.seed_chains import Stretch
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.similarity import novelty
from cleanpage.text.stream import Stream
from cleanpage.union_find import UnionFind

SLIVER = 12
"""Characters by which a chain may reach into a block without counting as part of it: a seed over the border."""
MIN_COVERED = 0.2
"""Share of the first and of the last block of a copy that its segments must cover."""
AS_COMPLETE = 0.97
"""Copies of this share of the longest are equally complete: edits add and drop a few letters."""
AS_CLEAN = 0.02
"""Difference in novelty below which two copies are equally clean."""
MAX_BREAK = 2
"""Unfinished blocks in a row (subheadings, captions) that do not end a text."""
MAX_OVERHANG = 100
"""Blocks around a copy that are looked at to see how complete it is."""
HEAD = 4
"""Blocks above a copy in which its publish line stands."""
_DATE = lazy(r"(?:19|20)\d\d ?[-/.年] ?\d{1,2}(?!\d)|\d{1,2}[a-z]{0,2}[ ./][^\W\d]{3,10}\.?,? (?:19|20)\d\d")
_TAG_IN_TEXT = lazy(r"</?[a-z][a-z0-9]{0,9}(?: [^<>]*)?>")
TAGGED = 0.5
"""Share of its blocks with tags in their text from which on a copy is the page's source, offered to be copied."""


class Copy(NamedTuple):
    """One of the copies of a text: a stretch of running-text blocks."""

    first: int
    """Position in ``Stream.blocks`` of its first block."""
    last: int
    """Position of its last block."""


def clusters(stream: Stream, found: Sequence[Stretch]) -> list[list[Copy]]:
    """Return the texts that stand more than once: for each its copies, in page order."""
    owner = [-1] * len(stream.blocks)
    ranges = _ranges(stream, found)
    for number, (low, high) in enumerate(ranges):
        owner[low : high + 1] = [number] * (high + 1 - low)
    sets = UnionFind()
    origin = [-1] * len(stream.blocks)
    for number, stretch in enumerate(found):
        for segment in stretch.segments:
            low, high = _range(stream, segment.first, segment.first_end)
            for at in range(low, high + 1):
                if (other := owner[at] if owner[at] >= 0 else origin[at]) >= 0:
                    sets.join(number, other)
                origin[at] = number
    groups: dict[int, list[Copy]] = {}
    for number, (low, high) in enumerate(ranges):
        if low <= high:
            groups.setdefault(sets.root(number), []).append(Copy(low, high))
    for root, copy in _origins(owner, origin, sets):
        groups.setdefault(root, []).append(copy)
    return [sorted(group, key=lambda c: c.first) for group in groups.values() if len(group) > 1]


def _origins(owner: list[int], origin: list[int], sets: UnionFind) -> list[tuple[int, Copy]]:
    """Return the first copies: blocks that others point to, with what stands between them."""
    marks = [
        (at, -1 if owner[at] >= 0 else sets.root(origin[at]))
        for at in range(len(owner))
        if owner[at] >= 0 or origin[at] >= 0
    ]
    found = []
    for root, group in groupby(marks, key=lambda mark: mark[1]):
        places = [at for at, _ in group]
        if root >= 0:
            found.append((root, Copy(places[0], places[-1])))
    return found


def _ranges(stream: Stream, found: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Return the positions of the first and last block of every stretch; the border block of two goes to the first."""
    ranges = []
    free = 0
    for stretch in found:
        low, high = _range(stream, stretch.segments[0].copy, stretch.segments[-1].copy_end)
        low = max(low, free)
        while low < high and not _is_covered(stream, stretch, low):
            low += 1
        while low < high and not _is_covered(stream, stretch, high):
            high -= 1
        ranges.append((low, high))
        free = max(free, high + 1)
    return ranges


def _is_covered(stream: Stream, stretch: Stretch, at: int) -> bool:
    """Tell whether segments of a stretch cover enough of the block at this position: stock phrases cover little."""
    start, end = stream.starts[at], stream.end(at)
    inside = [
        min(s.copy_end, end) - max(s.copy, start) for s in stretch.segments if s.copy < end and s.copy_end > start
    ]
    return sum(inside) >= MIN_COVERED * (end - start)


def _range(stream: Stream, start: int, end: int) -> tuple[int, int]:
    """Return the positions of the first and last block between two places, slivers left out."""
    low, high = stream.position(start), stream.position(end - 1)
    if low < high and stream.starts[low + 1] - start < SLIVER:
        low += 1
    if low < high and end - stream.starts[high] < SLIVER:
        high -= 1
    return low, high


def best_copy(blocks: Sequence[TextBlock], stream: Stream, copies: Sequence[Copy]) -> Copy:
    """Return the copy to keep: the most complete, then with fewest foreign lines, the cleanest, dated, the first.

    A hidden copy, or one among comments, is kept only if there is no other, however short: what its others lack stays
    by itself.
    A copy that is much noisier than another one is corrupted, and no match for it; nor is one written in HTML.
    """
    taken = {at for copy in copies for at in range(copy.first, copy.last + 1)}
    copies = [copy for copy in copies if not _is_source(blocks, stream, copy)] or copies
    copies = _copies_where(blocks, stream, copies, _is_shown) or copies
    copies = _copies_where(blocks, stream, copies, _is_no_comment) or copies
    sizes = [_completeness(blocks, stream, copy, taken) for copy in copies]
    longest = max(sizes)
    rest = [copy for copy, size in zip(copies, sizes, strict=True) if size >= AS_COMPLETE * longest]
    rest = _holding_all(stream, rest)
    noise = _noise(stream, rest)
    cleanest = min(noise.values())
    rest = [copy for copy in rest if noise[copy] <= cleanest + CORRUPT]
    foreign = {copy: _foreign_lines(blocks, stream, copy) for copy in rest}
    fewest = min(foreign.values())
    rest = [copy for copy in rest if foreign[copy] == fewest]
    cleanest = min(noise[copy] for copy in rest)
    rest = [copy for copy in rest if noise[copy] <= cleanest + AS_CLEAN]
    return next((copy for copy in rest if _is_dated_copy(blocks, stream, copy)), rest[0]) if len(rest) > 1 else rest[0]


def _is_source(blocks: Sequence[TextBlock], stream: Stream, copy: Copy) -> bool:
    """Tell whether a copy is written in HTML: its tags are in its text."""
    inside = stream.blocks[copy.first : copy.last + 1]
    return sum(_TAG_IN_TEXT.search(blocks[i].folded) is not None for i in inside) >= TAGGED * len(inside)


def _copies_where(
    blocks: Sequence[TextBlock], stream: Stream, copies: Sequence[Copy], test: Callable[[Dom], bool]
) -> list[Copy]:
    """Return the copies of which more than half stands where ``test`` is true; of text all."""
    found = []
    for copy in copies:
        doms = [blocks[i].dom for i in stream.blocks[copy.first : copy.last + 1]]
        if 2 * sum(dom is None or test(dom) for dom in doms) > len(doms):
            found.append(copy)
    return found


def _is_shown(dom: Dom) -> bool:
    return not dom.hidden


def _is_no_comment(dom: Dom) -> bool:
    return not any(map(is_comment_section, dom.path))


def _holding_all(stream: Stream, copies: list[Copy]) -> list[Copy]:
    """Return the copies that hold every block of all of them; all copies if none does."""
    keys = {copy: {piece.key for piece in stream.pieces[copy.first : copy.last + 1]} for copy in copies}
    every = set().union(*keys.values())
    return [copy for copy in copies if len(keys[copy]) == len(every)] or copies


def _noise(stream: Stream, copies: Sequence[Copy]) -> dict[Copy, float]:
    """Return the novelty of each copy; 0 if all are equal, letter by letter."""
    texts = {copy: _text(stream, copy) for copy in copies}
    distinct = set(texts.values())
    noise = {text: novelty(text) if len(distinct) > 1 else 0.0 for text in distinct}
    return {copy: noise[text] for copy, text in texts.items()}


def _is_dated_copy(blocks: Sequence[TextBlock], stream: Stream, copy: Copy) -> bool:
    """Tell whether a date stands right above a copy: the copy that the page prints with its metadata."""
    start = stream.blocks[copy.first]
    return any(_DATE.search(block.folded) for block in blocks[max(0, start - HEAD) : start] if not block.is_prose)


def _text(stream: Stream, copy: Copy) -> str:
    return stream.text[stream.starts[copy.first] : stream.end(copy.last)]


def _foreign_lines(blocks: Sequence[TextBlock], stream: Stream, copy: Copy) -> int:
    """Return how many lines inside a copy are not running text."""
    inside = range(stream.blocks[copy.first], stream.blocks[copy.last])
    return sum(not blocks[i].glued for i in inside) - sum(
        not blocks[stream.blocks[at]].glued for at in range(copy.first, copy.last)
    )


def _completeness(blocks: Sequence[TextBlock], stream: Stream, copy: Copy, taken: set[int]) -> float:
    """Return the ideograms of running text in a copy and directly around it."""
    units = [blocks[i].units for i in stream.blocks[copy.first : copy.last + 1]]
    for step, edge in ((-1, copy.first), (1, copy.last)):
        for at in range(edge + step, edge + step * MAX_OVERHANG, step):
            if not 0 <= at < len(stream.blocks) or at in taken:
                break
            if abs(stream.blocks[at] - stream.blocks[at - step]) > MAX_BREAK + 1:
                break
            units.append(blocks[stream.blocks[at]].units)
    return sum(units)
