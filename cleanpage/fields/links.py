"""Links and pictures of the body, and the address that the page gives itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanpage.draft import CANONICAL, Candidate, TextBlock
from cleanpage.fields.shared.addresses import may_lead, pictures, shown, whole, whole_of
from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence
from cleanpage.model import Link

RULE = "links"
FIRST_PICTURE = 0.5
"""Score of the first picture of the body as ``image``."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield ``links``, ``images`` of the body and the first as ``image``, and ``canonical_url``; none is relative."""
    if not page.blocks:
        return
    meta, own = page.draft.source.meta, page.draft.source.address
    base = next(whole(own, [meta.get("base", "")]), own)
    for name, score in CANONICAL.items():
        for address in whole(own, [meta.get(name, "")]):
            yield page.candidate(ELSEWHERE, "canonical_url", address, RULE, score)
    for i in shown(page) if page.has_elements else ():
        dom = page.blocks[i].dom
        if dom is not None and dom.links and page.in_body(i):
            yield from _block_links(page.blocks[i], dom.links, base)
    found = list(pictures(page, base))
    yield from (page.candidate(i, "images", image, RULE, 1.0) for i, image in found)
    for i, image in [(i, image) for i, image in found if may_lead(image.url)][:1]:
        yield page.candidate(i, "image", image.url, "image.first", FIRST_PICTURE)


def _block_links(block: TextBlock, links: Iterable[Link], base: str) -> Iterator[Claim]:
    first, end = block.start, block.end
    for link in links:
        # A long line is cut into several blocks, all of them in one place.
        if first <= link.start < end and (url := whole_of(base, link.url)) is not None:
            named = link if url == link.url else Link(url, link.text, link.start, link.end)
            yield Candidate("links", named, *block.content, RULE, 1.0)
