"""Links and pictures of the body, and the address that the page gives itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence
from cleanpage.labels import Label
from cleanpage.model import Image, Link

RULE = "links"
SCHEMES = ("http", "https", "")
CANONICAL = {"link:canonical": 1.0, "og:url": 0.9, "ld:url": 0.8}
"""Where a page gives its own address, and the score."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield ``links`` and ``images`` of the body in order, and ``canonical_url``; none of them relative."""
    if not page.blocks:
        return
    source = page.draft.source
    own = source.url or next((source.meta[name] for name in CANONICAL if name in source.meta), "")
    base = next(_whole(own, [source.meta.get("base", "")]), own)
    for name, score in CANONICAL.items():
        for address in _whole(own, [source.meta.get(name, "")]):
            yield page.candidate(ELSEWHERE, "canonical_url", address, RULE, score)
    chrome = set().union(*(page.sure[label] for label in page.sure if label.role == "chrome"))
    for i in range(page.first, min(page.last + 2, len(page.blocks))):
        dom = page.blocks[i].dom
        if dom is not None and i not in chrome:
            yield from _links(page, i, dom.links, base)
            yield from _images(page, i, dom.images, base)


def _links(page: Evidence, i: int, links: Iterable[Link], base: str) -> Iterator[Claim]:
    block = page.blocks[i]
    for link in links if page.in_body(i) else ():
        if block.start <= link.start < block.end:  # a long line is cut into several blocks, all of them in one place
            for url in _whole(base, [link.url]):
                yield page.candidate(i, "links", replace(link, url=url), RULE, 1.0)


def _images(page: Evidence, i: int, images: Iterable[Image], base: str) -> Iterator[Claim]:
    """Yield the pictures in a line and before it; the line may be their caption."""
    block = page.blocks[i]
    caption = block.text if block.kind == "caption" or i in page.sure.get(Label.CAPTION, ()) else None
    for image in images if not block.glued else ():
        for url in _whole(base, [image.url]):
            yield page.candidate(i, "images", replace(image, url=url, caption=caption), RULE, 1.0)


def _whole(base: str, addresses: Iterable[str]) -> Iterator[str]:
    """Yield the addresses that lead to another page or file, relative ones from ``base``."""
    for address in addresses:
        try:
            found = urljoin(base, address)
            leads = urlsplit(found).scheme in SCHEMES
        except ValueError:
            continue
        if leads and address and not address.startswith("#"):
            yield found
