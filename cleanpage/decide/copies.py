"""A copy whose original was not kept is judged by itself.

Which copy of a text stays is settled before it is known which blocks are body. If the one that stays turns out to be a
comment, an abridged version in a side bar or hidden, its copies had gone for nothing: then they take its place, once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from cleanpage.draft import Draft, find
from cleanpage.labels import Label
from cleanpage.model import Finding, Span

MIN_UNITS = 50.0
"""Ideograms of running text for which it is done: a copy has as many at least."""
MIN_KEPT = 0.5
"""Share of them that must be body then."""
STAGE = "copies"
INSTEAD = "its copy is the article's text, this one is not"


def freed_copies(found: Draft, verdicts: Sequence[Finding]) -> tuple[Draft, list[int]] | None:
    """Return the page with the copies of what was not kept in its place, and their blocks; None if there are few.

    ``found`` is the page as the repeats stage leaves it, ``verdicts`` are those of the whole pipeline on its blocks.
    """
    copies = {f.start: f.duplicate_of for f in found.findings if f.duplicate_of and f.score >= 1.0}
    originals: dict[int, range] = {}
    for i, block in enumerate(found.blocks):
        of = copies.get(block.content[0])
        if of is not None and block.text and all(_is_gone(verdicts[at]) for at in _under(found, of)):
            originals[i] = _under(found, of)
    if sum(found.blocks[i].units for i in originals if found.blocks[i].is_prose) < MIN_UNITS:
        return None
    first = {found.blocks[i].folded: i for i in reversed(originals)}  # of equal ones the others stay copies
    freed = set(first.values())
    starts = {found.blocks[i].content[0] for i in freed}
    findings = [f for f in found.findings if not (f.duplicate_of and f.start in starts)]
    copy_of = {at: i for i in sorted(freed, reverse=True) for at in originals[i]}
    findings += [
        find(found.blocks[at], Label.DUPLICATE, STAGE, INSTEAD, of=found.blocks[i].content) for at, i in copy_of.items()
    ]
    return replace(found, findings=tuple(findings)), sorted(freed)


def _under(draft: Draft, span: Span) -> range:
    """Return the blocks that a span touches."""
    first = bisect_right(draft.blocks, span[0], key=lambda block: block.end)
    return range(first, bisect_left(draft.blocks, span[1], key=lambda block: block.start))


def _is_gone(verdict: Finding) -> bool:
    return verdict.label.role == "chrome"


def is_better(draft: Draft, verdicts: Sequence[Finding], freed: Sequence[int]) -> bool:
    """Tell whether most of what was freed is body."""
    kept = sum(draft.blocks[i].units for i in freed if verdicts[i].label == Label.BODY)
    return kept >= MIN_KEPT * sum(draft.blocks[i].units for i in freed)
