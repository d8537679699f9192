"""Picture stories: what stands under the pictures is their text, photographer and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleanpage.body.lines import Line
from cleanpage.draft import Draft
from cleanpage.labels import Label
from cleanpage.text.lazy_regex import lazy

FEWEST_CAPTIONS = 2
"""Captions of a story."""
CAPTION_SHARE = 0.5
"""A story is one of pictures if it has that share of captions to running text. Of 854 labelled pages, in HTML and
flattened, none has more than a tenth in lines that end with their photographer."""
_SENTENCE_AND_CREDIT = lazy(r"\w[。.!?！？][”\"』」]? ?[(（\[]")
"""A sentence and what stands in brackets behind it."""


def with_stories(draft: Draft, lines: Sequence[Line], kept: Sequence[bool]) -> Draft:
    """Return the draft without the hints that sentences of a picture story, which the body holds, are captions.

    Elsewhere a caption is content of its own kind. No labelled page changes; it makes the kind hold.
    """
    shown = [line for line, keep in zip(lines, kept, strict=True) if keep and _is_caption(line)]
    if len(shown) < FEWEST_CAPTIONS:
        return draft
    told = sum(line.units for line, keep in zip(lines, kept, strict=True) if keep and not _is_caption(line))
    if sum(line.units for line in shown) < CAPTION_SHARE * told:
        return draft
    at = {line.first for line in shown}
    findings = (one for one in draft.findings if one.label != Label.CAPTION or one.block not in at)
    return replace(draft, findings=tuple(findings))


def _is_caption(line: Line) -> bool:
    return Label.CAPTION in line.hints and _SENTENCE_AND_CREDIT.search(line.text) is not None
