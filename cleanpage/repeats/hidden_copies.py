"""Paragraphs that browsers do not show and the page shows elsewhere, word for word.

A refrain is shown each time. What is hidden is read once, so it is a copy however little of the page it is, and
wherever it stands: right behind the body too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate

from cleanpage.draft import TextBlock
from cleanpage.model import Span


def hidden_again(blocks: Sequence[TextBlock], skip: Collection[int], kept: Sequence[Span]) -> list[tuple[int, Span]]:
    """Return the hidden blocks of running text whose equal is shown, in page order, each with the span of the first.

    Blocks in ``skip`` are neither; what touches a span of ``kept`` stays: other copies point to it.
    """
    prose = [i for i, block in enumerate(blocks) if block.is_prose and i not in skip]
    hidden = [i for i in prose if _is_hidden(blocks[i])]
    if not hidden:
        return []
    shown = {blocks[i].folded: blocks[i].content for i in reversed(prose) if not _is_hidden(blocks[i])}
    spans = sorted(kept)
    ends = list(accumulate((end for _, end in spans), max))

    def is_kept(block: TextBlock) -> bool:
        before = bisect_right(spans, block.content[1], key=lambda span: span[0])
        return before > 0 and ends[before - 1] > block.content[0]

    return [(i, shown[blocks[i].folded]) for i in hidden if blocks[i].folded in shown and not is_kept(blocks[i])]


def _is_hidden(block: TextBlock) -> bool:
    return block.dom is not None and block.dom.hidden
