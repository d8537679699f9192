"""The title under which another paper printed it first (原标题)."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.evidence import Claim, Evidence, key
from cleanpage.labels import Label
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

AMONG_VALUES = 0.5
"""Score of one that stands among the labelled values of a line."""
RULE = "original_title"
MAX_UNITS = 90.0
"""Longest line, in ideograms, that is nothing but an original title."""

_LABEL = lazy(r"^[(\[]? ?(?:本文)?(?:原标题|原题|原文标题) ?(?:为 ?:?|:) ?")

_BEGINS = frozenset("原本([ ")
"""What such a line begins with."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the original title and take its line out of the body."""
    told = "原" in page.draft.source.text
    for i in [i for i, block in enumerate(page.blocks) if block.folded[:1] in _BEGINS] if told else ():
        block = page.blocks[i]
        match = _LABEL.match(block.folded)
        if match is None:
            continue
        # A title with a question mark in it has been cut there: "原标题：他来了？大家都在等".
        text, last = page.line(i, MAX_UNITS)
        value = _bare(text[match.end() :].strip(), bracketed=block.folded[0] in "([")
        if value:
            if page.headline is None or key(fold(value)) != page.headline.key:
                yield page.candidate(i, "original_title", value, RULE, 1.0)
            for j in range(i, last + 1):
                yield page.finding(j, Label.ORIGINAL_TITLE, RULE, "names the title that the text had elsewhere")


    for pair in page.paired("original_title"):
        labelled = page.place(pair.at) is not None and not _LABEL.match(page.blocks[pair.at].folded)
        value = _bare(pair.value, bracketed=False)
        other = page.headline is None or key(fold(value)) != page.headline.key
        if labelled and value and other and not page.in_body(pair.at):
            yield page.candidate(pair.block, "original_title", value, RULE, AMONG_VALUES)


def _bare(value: str, *, bracketed: bool) -> str:
    if bracketed and value[-1:] in "）)】]」":
        value = value[:-1].rstrip()
    return value[1:-1] if value.startswith("《") and value.endswith("》") else value
