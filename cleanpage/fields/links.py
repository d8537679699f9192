"""Addresses in the body: its links and pictures; and the address that the page gives itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from cleanpage.fields.evidence import Claim, Evidence
from cleanpage.model import role_of

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
    chrome = set().union(*(page.sure[label] for label in page.sure if role_of(label) == "chrome"))
    for i in range(page.first, min(page.last + 2, len(page.blocks))):
        dom = page.blocks[i].dom
        if dom is None or i in chrome:
            continue
        # A picture belongs to the line behind it, which may be its caption.
        for name, addresses in (("links", dom.links if page.in_body(i) else ()), ("images", dom.images)):
            for address in _whole(base, addresses):
                yield page.candidate(i, name, address, RULE, 1.0)


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
