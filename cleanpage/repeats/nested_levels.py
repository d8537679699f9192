"""Levels of nested elements that are printed line by line: the whole page, then its halves, then each paragraph.

Every line stands as often as there are levels, letter by letter, so no line is longer than its copy and what goes is
found by order alone: the page begins (or ends, if what is inside is printed first) with a text that holds each of its
paragraphs once, and nearly all the rest is parts of that text again, more than once over. Whole copies of it, one
behind the other, are the business of ``copy_groups``. Linear in the blocks.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import accumulate
from typing import NamedTuple

from cleanpage.draft import TextBlock
from cleanpage.model import Span
from cleanpage.repeats.token_stream import MIN_LABEL, MIN_UNITS, TITLE_ABOVE, quotes
from cleanpage.text.stream import Stream

MIN_BLOCKS = 3
"""Paragraphs of the shortest text: fewer are a refrain."""
MIN_TIMES_AGAIN = 1.5
"""Ideograms that stand again for each of the text; up to one is a second copy, which ``acceptance`` judges."""
HEAD_SHARE, MIN_INNER = 0.15, 0.03
"""Share of the text before which copies begin that are cut off or have lost a paragraph; and the share of what stands
again that must stand in parts that begin behind it: the second half, the last paragraphs."""
MAX_OTHER = 0.1
"""Share of the rest of the page's running text that may be another text: a side bar."""


class _KeptText(NamedTuple):
    """The text that stays: positions in the stream, and the blocks of the page."""

    inside: range
    blocks: range


def levels(blocks: Sequence[TextBlock], skip: Set[int], stream: Stream) -> list[tuple[int, Span]]:
    """Return the blocks that say a level of the page again, each with the span that says the same and stays."""
    text = _whole_text(blocks, stream) if stream.exact else None
    if text is None or not quotes(blocks).isdisjoint(stream.blocks):
        return []
    prose = {stream.pieces[at].key: blocks[stream.blocks[at]].content for at in text.inside}
    labels = {blocks[i].folded: blocks[i].content for i in text.blocks if blocks[i].units >= MIN_LABEL}
    keys = dict(zip(stream.blocks, (piece.key for piece in stream.pieces), strict=True))
    found = []
    for i, block in enumerate(blocks):
        if i not in skip and i not in text.blocks:
            of = prose.get(keys[i]) if i in keys else labels.get(block.folded)
            if of is not None:
                found.append((i, of))
    return found


def _whole_text(blocks: Sequence[TextBlock], stream: Stream) -> _KeptText | None:
    """Return the text that the page begins or ends with, if the rest prints it level by level."""
    keys = [piece.key for piece in stream.pieces]
    size = _distinct_start(keys)
    head = range(size)
    if _is_rest_again(blocks, stream, keys, head):
        return _KeptText(head, range(stream.blocks[size - 1] + 1))
    start = len(keys) - _distinct_start(keys[::-1])
    tail = range(start, len(keys))
    if not _is_rest_again(blocks, stream, keys, tail):
        return None
    before = stream.blocks[start - 1] if start else -1
    return _KeptText(tail, range(max(before + 1, stream.blocks[start] - TITLE_ABOVE), len(blocks)))


def _distinct_start(keys: Sequence[str]) -> int:
    """Return how many keys come before the first that stood before."""
    seen: set[str] = set()
    for at, key in enumerate(keys):
        if key in seen:
            return at
        seen.add(key)
    return len(keys)


def _is_rest_again(blocks: Sequence[TextBlock], stream: Stream, keys: Sequence[str], inside: range) -> bool:
    """Tell whether what stands outside a part of the running text says it again, more than once over."""
    sizes = [blocks[i].units for i in stream.blocks]
    text = sum(sizes[at] for at in inside)
    before = dict(zip((keys[at] for at in inside), accumulate((sizes[at] for at in inside), initial=0.0), strict=False))
    again = other = inner = last = start = 0.0
    for at in (at for at in range(len(keys)) if at not in inside):
        here = before.get(keys[at])
        if here is None:
            other += sizes[at]
            continue
        start, last = here if here <= last else start, here
        again += sizes[at]
        inner += sizes[at] if start > HEAD_SHARE * text else 0.0
    return (
        len(inside) >= MIN_BLOCKS
        and text >= MIN_UNITS
        and again >= MIN_TIMES_AGAIN * text
        and other <= MAX_OTHER * (again + other)
        and inner >= MIN_INNER * again
    )
