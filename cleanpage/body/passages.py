"""What a page prints a second time in one piece belongs together: nested elements, each printed with all it holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby

from cleanpage.body.lines import Line
from cleanpage.draft import COPY_RULES, Draft
from cleanpage.model import Span
from cleanpage.text import ends_sentence

Passages = Sequence[Sequence[Span]]

MOSTLY = 0.5
"""Share of the sentences of a passage, in ideograms, that must be kept for the others to be …"""
LIKELY_PASSAGE = 0.5
"""… if their probability is at least this share of the page's threshold."""


def passages(draft: Draft) -> list[list[Span]]:
    """Return for each stretch of blocks that are printed again, level by level, the spans that they say again."""
    of = {finding.block: finding.duplicate_of for finding in draft.findings if finding.rule == COPY_RULES}
    if not of:
        return []
    spans = [of.get(i) for i in range(len(draft.blocks))]
    return [[span for span in run if span] for again, run in groupby(spans, lambda span: span is not None) if again]


def with_passages(
    lines: Sequence[Line], starts: Sequence[int], chances: Sequence[float], kept: list[bool], found: Passages
) -> list[bool]:
    """Add the sentences of a passage most of whose sentences are kept. Linear in the lines that the passages hold.

    ``starts`` is where the lines begin; ``chances`` are shares of the page's threshold. Of 4,198 sentences of pages
    printed level by level (``bench.nested_pages 3``) .0214 are lost.
    """
    sentences = [ends_sentence(line.text) and not line.labels for line in lines]
    added: set[int] = set()
    for passage in found:
        inside = {i for start, end in passage for i in range(bisect_left(starts, start), bisect_left(starts, end))}
        said = [i for i in inside if sentences[i]]
        taken = sum(lines[i].units for i in said if kept[i])
        if taken and taken >= MOSTLY * sum(lines[i].units for i in said):
            added.update(i for i in said if chances[i] >= LIKELY_PASSAGE)
    return [keep or i in added for i, keep in enumerate(kept)]
