"""Raw text to blocks: undo what flattening did to lines.

A newline is not a paragraph break (TAXONOMY section 0). Pieces of a line that stand on lines of their own are joined,
several paragraphs in one line are cut apart, and long lines are cut at sentence ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, islice, pairwise
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

LINES = 2
"""So many lines that show something are read at first for each block that is asked for: most lines are blocks."""
_CLOSERS = "，。、；：！？）》”’」』】,.;:!?)%"


def load_text(raw: str, *, most: int | None = None) -> tuple[TextBlock, ...]:
    """Return the blocks of a flattened page; their tiles, joined, are ``raw``. Each listing is one block.

    Of more than ``most`` the first ``most`` are those of the page, and one more holds the rest.
    """
    end = None if most is None else most + 1
    pieces = _first_pieces(raw, split_lines(raw, most=None if end is None else LINES * end), end)
    if end is not None and len(pieces) < end and raw[pieces[-1][1] if pieces else 0 :].strip():
        pieces = _first_pieces(raw, split_lines(raw), end)
    if not pieces:
        return (make_block(0, len(raw), (0, len(raw)), ""),) if raw else ()
    return tiled(raw, pieces)


def _first_pieces(raw: str, lines: Sequence[Line], end: int | None) -> list[Piece]:
    """Return the first pieces of the lines, listings among them, as many as ``end``, or all of them."""
    spans = listings_by_layout(raw, lines, code_spans(raw, lines))
    pieces = [*islice(_pieces(raw, lines, spans), end), *(listing(raw, *span) for span in spans[:end])]
    return sorted(pieces, key=itemgetter(0))[:end]


def _pieces(raw: str, lines: Sequence[Line], listings: Sequence[Span]) -> Iterator[Piece]:
    """Yield the pieces of the lines around listings, none of which reaches across one."""
    starts, ends = [start for start, _ in listings], [end for _, end in listings]

    def before(line: Line) -> int:
        return bisect_right(starts, line.start)

    text = [line for line in lines if before(line) == bisect_right(ends, line.start)] if listings else lines
    total = sum([line.units for line in text])
    for group in joined_groups(text):
        if len(group) == 1:
            yield from cut_line(raw, group[0], total)
            continue
        for part in [[*part] for _, part in groupby(group, before)]:
            if len(part) == 1:
                yield from cut_line(raw, part[0], total)
            else:
                whole = "".join(_stitched(part))
                yield shaped(raw, part[0].start, part[-1].end, whole, units(whole))


def _stitched(group: list[Line]) -> Iterator[str]:
    """Join lines that were one: with a blank only between letters that need one."""
    yield group[0].text
    for before, line in pairwise(group):
        tight = is_cjk(before.text[-1]) or is_cjk(line.text[0]) or line.text[0] in _CLOSERS
        yield line.text if tight else " " + line.text
