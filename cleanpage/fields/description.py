"""What the HTML head says of the page in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence, key
from cleanpage.text import fold, normalise, units

RULE = "description"
HEAD_DESCRIPTION = {"og:description": 1.0, "description": 0.9, "ld:description": 0.8, "twitter:description": 0.7}
"""Where it stands, and the score."""
MIN_UNITS = 5.0
"""Shorter ones are names, in ideograms."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield candidates for ``description``: no markup, more than the headline."""
    if not page.blocks:
        return
    for name, score in HEAD_DESCRIPTION.items():
        text = normalise(page.draft.source.meta.get(name, ""))
        titled = page.headline is not None and key(fold(text)) == page.headline.key
        if units(text) >= MIN_UNITS and "<" not in text and not titled:
            yield page.candidate(ELSEWHERE, "description", text, RULE, score)
