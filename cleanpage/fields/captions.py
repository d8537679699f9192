"""Captions of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.evidence import Claim, Evidence

RULE = "captions"
MAX_DISTANCE = 6
"""Blocks between a caption and the text; pictures of other articles are further away."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the captions that stand in the body or beside it, each once."""
    seen = set()
    for i in page.labelled("caption"):
        # A hint of a caption rule inside the body has been overruled by the body stage.
        if "body" in page.labels[i] and "caption" not in page.sure[i]:
            continue
        if page.distance(i) <= MAX_DISTANCE and page.keys[i] and page.keys[i] not in seen:
            seen.add(page.keys[i])
            yield page.candidate(i, "captions", page.blocks[i].text, RULE, 1.0)
