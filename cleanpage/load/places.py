"""Give each block its place in the HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from cleanpage.draft import Dom, TextBlock
from cleanpage.model import ParagraphKind

KINDS: dict[str, ParagraphKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list_item"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "tr": "table",
}
"""What a line is that stands in such an element; of rows, those that are written on one line."""


def placed(blocks: Iterable[TextBlock], rows: Iterable[tuple[str, Dom]]) -> Iterator[TextBlock]:
    """Yield the blocks of a text whose lines are ``rows``, with the place of the line in which each begins."""
    lines = list(rows)
    starts = list(accumulate((len(text) + 1 for text, _ in lines), initial=0))
    at = 0
    for block in blocks:
        while starts[at + 1] <= block.content[0]:
            at += 1
        dom = lines[at][1]
        yield block._replace(dom=dom, kind=_kind(dom, block.kind))


def _kind(dom: Dom, seen: ParagraphKind) -> ParagraphKind:
    """Return the kind that the element says, otherwise the one that the text looks like."""
    if seen == "code":
        return seen
    kind = KINDS.get(dom.tag, seen)
    quoted = kind == "paragraph" and any(step.startswith("blockquote") for step in dom.path)
    return "quote" if quoted else kind
