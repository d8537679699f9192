"""Pieces of a page to blocks, whose tiles reach from each piece to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat

from cleanpage._native import twin
from cleanpage.draft import Dom, TextBlock, is_prose
from cleanpage.load.cut_lines import Piece
from cleanpage.text import fold, fold_all, units, verbatim


def listing(raw: str, start: int, end: int) -> Piece:
    """Return a span of whole lines that is code as one piece."""
    text = verbatim(raw[start:end])
    return Piece(start, end, text, units(text), "code")


@twin("blocks")
def tiled(raw: str, pieces: Sequence[Piece], doms: Sequence[Dom] | None = None) -> tuple[TextBlock, ...]:
    """Return a block for each piece of ``raw``, in order; ``doms`` are their places in HTML."""
    texts = [*dict.fromkeys([piece.text for piece in pieces if piece.kind != "code"])]
    folded = dict(zip(texts, fold_all(texts), strict=True))  # of equal ones, of which a page has many, one is folded
    ends = chain([piece.start for piece in pieces[1:]], (len(raw),))
    blocks: list[TextBlock] = []
    start = 0
    for (begin, stop, text, size, kind, glued), dom, end in zip(pieces, doms or repeat(None), ends, strict=False):
        code = kind == "code"
        prose, key = (False, fold(text)) if code else (is_prose(text, size), folded[text])
        blocks.append(TextBlock(start, end, (begin, stop), text, key, size, prose, kind, glued, dom))
        start = end
    return tuple(blocks)
