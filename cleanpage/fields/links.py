"""Addresses in the body: its links and pictures; and the address that the page gives itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from cleanpage.fields.evidence import Claim, Evidence

RULE = "links"
SCHEMES = ("http", "https", "")
CANONICAL = {"link:canonical": 1.0, "og:url": 0.9, "ld:url": 0.8}
"""Where a page gives its own address, and the score."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield ``links`` and ``images`` of the body in order, and ``canonical_url``; none of them relative."""
    if not page.blocks:
        return
    source = page.draft.source
    base = source.url or next((source.meta[name] for name in CANONICAL if name in source.meta), "")
    for name, score in CANONICAL.items():
        for address in _whole(base, [source.meta.get(name, "")]):
            yield page.candidate(0, "canonical_url", address, RULE, score)
    for i in page.body:
        dom = page.blocks[i].dom
        if dom is not None:
            for address in _whole(base, dom.links):
                yield page.candidate(i, "links", address, RULE, 1.0)
            for address in _whole(base, dom.images):
                yield page.candidate(i, "images", address, RULE, 1.0)


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
