"""The lead picture that the HTML head names; ``links`` has the first of the body."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.addresses import may_lead, whole
from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence

RULE = "image"
HEAD_IMAGE = {"og:image": 1.0, "og:image:url": 1.0, "ld:image": 0.9, "twitter:image": 0.8, "twitter:image:src": 0.8}
"""Where the HTML head names it, and the score."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield what the head gives for ``image``, whole addresses; the site's mark is no picture."""
    if not page.blocks:
        return
    own, meta = page.draft.source.address, page.draft.source.meta
    for name, score in HEAD_IMAGE.items():
        for address in whole(own, [meta.get(name, "").strip()]):
            if may_lead(address):
                yield page.candidate(ELSEWHERE, "image", address, RULE, score)
