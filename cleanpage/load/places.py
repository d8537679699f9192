"""Give each block its place in the HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from cleanpage.draft import Dom, TextBlock
from cleanpage.model import ParagraphKind
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
_PLAIN = frozenset(("p", "div"))
_CALLED = lazy(
    r"\.(?:sub|section|cross|article|post|paragraph|block)?[-_]?(?:heading|headline|head|title)s?(?:[-_]?\w{1,9})?(?:\.|$)"
    r"|\.(?:zwischen(?:titel|ueberschrift)|crosshead|intertitre|ladillo|intertitulo|midashi)(?:\.|$)"
)
"""Names of elements that are headings: ``p.subheading``, ``div.section-title``, ``p.crosshead``."""
_CREDIT = lazy(
    r"(?:by|von|par|por|photos?|fotos?|images?|bild(?:er)?|sources?|quelle|text|autor|author|words|credits?) ?[:/] ?\S"
    r"|(?:by|von|par|por|words by|photos? by) [^\W\d_]|(?:文|图|作者|来源|记者|摄影|责编|编辑) ?[:/|]"
)
_DATED = lazy(r"(?:19|20)\d\d\W*$|\d ?日\W*$|\d:\d\d(?: ?[ap]\.?m\.?)?\W*$")
"""What stands where headings do and is none: credits, bylines, and lines that end with a date or a time."""


def placed(blocks: Iterable[TextBlock], rows: Iterable[tuple[str, Dom]]) -> Iterator[TextBlock]:
    """Yield the blocks of a text whose lines are ``rows``, with the place of the line in which each begins."""
    lines = list(rows)
    starts = list(accumulate((len(text) + 1 for text, _ in lines), initial=0))
    at = 0
    for block in blocks:
        while starts[at + 1] <= block.content[0]:
            at += 1
        dom = lines[at][1]
        kind = _kind(dom, block.kind)
        if kind == "paragraph" and _is_marked(block, dom) and _is_whole(lines, at):
            kind = "heading"
        yield block._replace(dom=dom, kind=kind)


def _kind(dom: Dom, seen: ParagraphKind) -> ParagraphKind:
    """Return the kind that the element says, otherwise the one that the text looks like."""
    if seen == "code":
        return seen
    kind = KINDS.get(dom.tag, seen)
    quoted = kind == "paragraph" and any(step.startswith("blockquote") for step in dom.path)
    return "quote" if quoted else kind


def _is_marked(block: TextBlock, dom: Dom) -> bool:
    """Tell whether a block is printed as a heading: short, and all bold or in an element that is called so."""
    if dom.tag not in _PLAIN or block.units > MAX_HEADING or block.glued or block.text[-1] in ".。,，;；、":
        return False
    called = bool(dom.path) and _CALLED.search(dom.path[-1]) is not None
    return (dom.bold or called) and any(map(str.isalpha, block.text)) and not is_credit(block.folded)


def is_credit(folded: str) -> bool:
    """Tell whether a short line, folded, is a credit, a byline or a dateline, which stand where headings do."""
    return _CREDIT.match(folded) is not None or _DATED.search(folded) is not None


def _is_whole(lines: Sequence[tuple[str, Dom]], at: int) -> bool:
    """Tell whether a line is all that stands in its element: no half of what a ``br`` parts."""
    ids = lines[at][1].ids
    around = (lines[i][1].ids[: len(ids)] for i in (at - 1, at + 1) if 0 <= i < len(lines))
    return bool(ids) and all(other != ids for other in around)
