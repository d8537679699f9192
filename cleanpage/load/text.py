"""Raw text to blocks: undo what flattening did to lines.

A newline is not a paragraph break (TAXONOMY section 0). Pieces of a line that stand on lines of their own are joined,
several paragraphs in one line are cut apart, and long lines are cut at sentence ends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from cleanpage.draft import TextBlock, make_block
from cleanpage.load.blocks import listing, tiled
from cleanpage.load.clean_layout import listings_by_layout
from cleanpage.load.code_lines import code_spans
from cleanpage.load.cut_lines import Piece, cut_line, shaped
from cleanpage.load.lines import Line, split_lines
from cleanpage.load.rejoin_lines import joined_groups
from cleanpage.model import Span
from cleanpage.text import is_cjk, units

_CLOSERS = "，。、；：！？）》”’」』】,.;:!?)%"


def load_text(raw: str, code: Sequence[Span] | None = None) -> tuple[TextBlock, ...]:
    """Return the blocks of a flattened page; their tiles, joined, are ``raw``.

    ``code`` are the spans of whole lines that are listings, in order; they are looked for if None. Each is one block.
    """
    lines = split_lines(raw)
    if not lines:
        return (make_block(0, len(raw), (0, len(raw)), ""),) if raw else ()
    spans = listings_by_layout(raw, lines, code_spans(raw, lines)) if code is None else code
    spans = [(start, end) for start, end in spans if raw[start:end].strip()]
    pieces = [*_pieces(raw, lines, spans), *(listing(raw, *span) for span in spans)]
    return tuple(tiled(raw, sorted(pieces, key=itemgetter(0))))


def _pieces(raw: str, lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[Piece]:
    """Yield the pieces of the lines around listings, none of which reaches across one."""
    text = [line for line, inside in zip(lines, _are_within(lines, spans), strict=True) if not inside]
    total = sum([line.units for line in text])
    for group in joined_groups(text):
        for part in _parted(group, spans):
            if len(part) == 1:
                yield from cut_line(raw, part[0], total)
            else:
                whole = "".join(_stitched(part))
                yield shaped(raw, part[0].start, part[-1].end, whole, units(whole))


def _are_within(lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[bool]:
    """Yield for each line whether it stands in one of the spans; both are in order."""
    at = 0
    for line in lines:
        while at < len(spans) and spans[at][1] <= line.start:
            at += 1
        yield at < len(spans) and spans[at][0] <= line.start


def _parted(group: list[Line], spans: Sequence[Span]) -> list[list[Line]]:
    """Return a group of lines, parted where a listing stands between two of them."""
    if len(group) == 1:
        return [group]
    parts = [group[:1]]
    for before, line in pairwise(group):
        at = bisect_left(spans, before.end, key=itemgetter(0))
        if at < len(spans) and spans[at][0] < line.start:
            parts.append([])
        parts[-1].append(line)
    return parts


def _stitched(group: list[Line]) -> Iterator[str]:
    """Join lines that were one: with a blank only between letters that need one."""
    yield group[0].text
    for before, line in pairwise(group):
        tight = is_cjk(before.text[-1]) or is_cjk(line.text[0]) or line.text[0] in _CLOSERS
        yield line.text if tight else " " + line.text
