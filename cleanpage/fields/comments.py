"""Readers' comments, apart from the body."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.evidence import Claim, Evidence

RULE = "comments"
MIN_UNITS = 6.0
"""Shorter lines are user names, votes and buttons."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the texts under a comments heading."""
    for i in page.run_items("comments"):
        if page.blocks[i].units >= MIN_UNITS:
            yield page.candidate(i, "comments", page.blocks[i].text, RULE, 1.0)
