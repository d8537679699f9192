"""Addresses of pictures and pages, made whole; where the body's pictures stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from cleanpage.fields.shared.evidence import Evidence
from cleanpage.labels import Label
from cleanpage.model import Image
from cleanpage.text.lazy_regex import lazy

SCHEMES = ("http", "https", "")
_WHOLE = lazy(r"https?://[A-Za-z\d][A-Za-z\d.-]*(?:/[!$-.\d:;=@A-Z_a-z~/]*)?(?:\?[!$-.\d:;=@A-Z_a-z~/]+)?")
"""Addresses that ``urljoin`` leaves as they are, as most of a page's: it takes fifty times as long to tell."""


def shown(page: Evidence) -> Iterator[int]:
    """Yield the blocks from the body's first to the one behind its last, without chrome."""
    chrome = set().union(*(page.sure[label] for label in page.sure if label.role == "chrome"))
    return (i for i in range(page.first, min(page.last + 2, len(page.blocks))) if i not in chrome)


def pictures(page: Evidence, base: str) -> Iterator[tuple[int, Image]]:
    """Yield the pictures of the body, each with the block that it stands in or before; that may be its caption."""
    for i in shown(page):
        block = page.blocks[i]
        caption = block.text if block.kind == "caption" or i in page.sure.get(Label.CAPTION, ()) else None
        for image in block.dom.images if block.dom is not None and not block.glued else ():
            for url in whole(base, [image.url]):
                yield i, replace(image, url=url, caption=caption)


def whole(base: str, addresses: Iterable[str]) -> Iterator[str]:
    """Yield the addresses that lead to another page or file, relative ones from ``base``."""
    for address in addresses:
        if _WHOLE.fullmatch(address):
            yield address
            continue
        try:
            found = urljoin(base, address)
            leads = urlsplit(found).scheme in SCHEMES
        except ValueError:
            continue
        if leads and address and not address.startswith("#"):
            yield found
