"""The lines of HTML to blocks: the borders that elements give are kept, and long lines cut.

The kind of a block is what its element is, what that is called, and how it is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cleanpage._native import twin
from cleanpage.draft import Dom, TextBlock
from cleanpage.load.blocks import listing, tiled
from cleanpage.load.cut_lines import Piece, cut_line
from cleanpage.load.lines import lines_of
from cleanpage.model import ParagraphKind
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

KINDS: dict[str, ParagraphKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list_item"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "tr": "table",
}
"""What a line is that stands in such an element; of rows, those that are written on one line."""
MAX_HEADING = 30.0
"""Longest block, in ideograms, that is a heading because it is bold or called so."""
PLAIN = frozenset(("p", "div"))
_CALLED = lazy(
    r"\.(?:sub|section|cross|article|post|paragraph|block)?[-_]?(?:heading|headline|head|title)s?(?:[-_]?\w{1,9})?(?:\.|$)"
    r"|\.(?:zwischen(?:titel|ueberschrift)|crosshead|intertitre|ladillo|intertitulo|midashi)(?:\.|$)"
)
"""Names of elements that are headings: ``p.subheading``, ``div.section-title``, ``p.crosshead``."""
_CREDIT = lazy(
    r"(?:by|von|par|por|photos?|fotos?|images?|bild(?:er)?|sources?|quelle|text|autor|author|words|credits?) ?[:/] ?\S"
    r"|(?:by|von|par|por|words by|photos? by) [^\W\d_]|(?:文|图|作者|来源|记者|摄影|责编|编辑) ?[:/|]"
)
_DATED_END = lazy(r"(?:19|20)\d\d\W*$|\d ?日\W*$|\d:\d\d(?: ?[ap]\.?m\.?)?\W*$")
"""What stands where headings do and is none: credits, bylines, and lines that end with a date or a time."""


@twin("blocks")
def blocks_of(raw: str, rows: Sequence[tuple[str, Dom]]) -> tuple[TextBlock, ...]:
    """Return the blocks of a text that is ``rows``, none of them blank, one a line; no block reaches into another row.

    Linear in the text.
    """
    lines = lines_of(raw, [f"{text}\n" for text, _ in rows])
    total = sum([line.units for line, (_, dom) in zip(lines, rows, strict=True) if dom.code is None])
    pieces: list[Piece] = []
    doms: list[Dom] = []
    at = 0
    for i, (line, (text, dom)) in enumerate(zip(lines, rows, strict=True)):
        if dom.code is None:
            found = [in_element(piece, rows, i) for piece in cut_line(raw, line, total)]
        else:
            found = [listing(raw, at, at + len(text.rstrip("\n")))]
        pieces += found
        doms += [dom] * len(found)
        at += len(text) + 1
    return tiled(raw, pieces, doms)


def in_element(piece: Piece, rows: Sequence[tuple[str, Dom]], at: int) -> Piece:
    """Return a piece of a row with its kind: its element decides, then blockquotes around it, then its form."""
    dom = rows[at][1]
    kind = KINDS.get(dom.tag, piece.kind)
    if kind == "paragraph":
        if " blockquote" in " ".join(dom.path):  # the outermost element is the page's own
            kind = "quote"
        elif _is_printed_heading(piece, dom) and _is_whole(rows, at):
            kind = "heading"
    return piece if kind == piece.kind else piece._replace(kind=kind)


def _is_printed_heading(piece: Piece, dom: Dom) -> bool:
    """Tell whether a piece is printed as a heading: short, and all bold or in an element that is called so."""
    if dom.tag not in PLAIN or piece.units > MAX_HEADING or piece.glued or piece.text[-1] in ".。,，;；、":
        return False
    heads = dom.bold or (dom.path and is_called(dom.path[-1]))
    return bool(heads) and any(map(str.isalpha, piece.text)) and not is_credit(fold(piece.text))


@lru_cache(maxsize=4096)
def is_called(step: str) -> bool:
    """Tell whether an element is called as headings are: ``p.subheading``."""
    return _CALLED.search(step) is not None


def is_credit(folded: str) -> bool:
    """Tell whether a short line, folded, is a credit, a byline or a dateline, which stand where headings do."""
    return _CREDIT.match(folded) is not None or _DATED_END.search(folded) is not None


def _is_whole(rows: Sequence[tuple[str, Dom]], at: int) -> bool:
    """Tell whether a row is all that stands in its element: no half of what a ``br`` parts."""
    ids = rows[at][1].ids
    around = (rows[i][1].ids[: len(ids)] for i in (at - 1, at + 1) if 0 <= i < len(rows))
    return bool(ids) and all(other != ids for other in around)
