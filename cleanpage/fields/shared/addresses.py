"""Addresses of pictures and pages, made whole; where the body's pictures stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from cleanpage.fields.shared.evidence import Evidence, blocks_of
from cleanpage.labels import Label
from cleanpage.model import Image
from cleanpage.text.lazy_regex import lazy

SCHEMES = ("http", "https", "")
_CHROME = frozenset(label for label in Label if label.role == "chrome")
_WHOLE = lazy(r"https?://[A-Za-z\d][A-Za-z\d.-]*(?:/[!$-.\d:;=@A-Z_a-z~/]*)?(?:\?[!$-.\d:;=@A-Z_a-z~/]+)?")
"""Addresses that ``urljoin`` leaves as they are, as most of a page's: it takes fifty times as long to tell."""
_SITE_ADDRESS = lazy(r"(https?://[A-Za-z\d][A-Za-z\d.-]*)(?:[/?#].*)?")
_ON_SITE = lazy(r"(?:/[!$-\-\d:=@A-Z_a-z~][!$-.\d:=@A-Z_a-z~]*)+/?(?:\?[!$-.\d:=@A-Z_a-z~/]+)?")
"""Addresses that begin at the first page of a site and have no ``..`` to follow: most of the others."""

_FURNITURE = lazy(
    r"[/.](?:gr)?avatars?/|/(?:(?:status|post)_?icons?|ico(?:ns?)?|buttons?|smil(?:ey|ie)s?|emojis?|badges?|profile_pics?|"
    r"user_avatars?)/|[/_-](?:avatar|badge|blank|spacer|pixel|(?:view)?icon|btn|button|chevron|arrow|spinner)"
    r"(?:[_-]?\w{1,20})?(?:\.[\da-f]+)?\.(?:gif|png|svg|webp)(?:\?|$)"
)
"""Addresses, in lower case, of what stands around posts and bylines: avatars, icons, buttons. One path a forum engine;
no .jpg by its name, which a photograph of an arrow has too."""
_NO_PICTURE = lazy(
    r"(?:^|[/_.-])(?:logo|favicon|icon|default|placeholder|blank|spacer|avatar|noimage|no[_-]image|share|dummy)"
    r"[^/]{0,40}$|^data:|\.svg(?:\?|$)"
)
"""Addresses, in lower case, of what a site shows for want of a picture."""
_MOST_COPIES = 2
"""How often a picture of the body stands on the page at most, once for the lightbox; icons stand at every post."""


def shown(page: Evidence) -> Iterator[int]:
    """Yield the blocks from the body's first to the one behind its last, without chrome."""
    chrome = blocks_of(page.sure, _CHROME)
    return (i for i in range(page.first, min(page.last + 2, len(page.blocks))) if i not in chrome)


def pictures(page: Evidence, base: str) -> Iterator[tuple[int, Image]]:
    """Yield the pictures of the body once, each with the block that it stands in or before; that may be its caption."""
    if not page.has_elements:
        return
    found = list(_pictures(page, base))
    copies = Counter(image.url for _, image in found)
    for i, image in found:
        if 0 < copies[image.url] <= _MOST_COPIES and not _FURNITURE.search(image.url.lower()):
            yield i, image
            copies[image.url] = 0


def may_lead(address: str) -> bool:
    """Tell whether a picture may be the lead picture of an article."""
    return not _NO_PICTURE.search(address.lower())


def _pictures(page: Evidence, base: str) -> Iterator[tuple[int, Image]]:
    for i in shown(page):
        block = page.blocks[i]
        if block.dom is None or not block.dom.images or block.glued:
            continue
        caption = block.text if block.kind == "caption" or i in page.sure.get(Label.CAPTION, ()) else None
        for image in block.dom.images:
            for url in whole(base, [image.url]):
                yield i, Image(url, image.text, caption, image.start)


def whole(base: str, addresses: Iterable[str]) -> Iterator[str]:
    """Yield the addresses that lead to another page or file, relative ones from ``base``."""
    for address in addresses:
        if (found := whole_of(base, address)) is not None:
            yield found


def whole_of(base: str, address: str) -> str | None:
    """Return one address made whole; None if it leads to no other page or file."""
    if _WHOLE.fullmatch(address):
        return address
    if address[:1] == "/" and (site := _SITE_ADDRESS.fullmatch(base)) and _ON_SITE.fullmatch(address):
        return site[1] + address
    if not address or address.startswith("#"):
        return None
    try:
        found = urljoin(base, address)
        return found if urlsplit(found).scheme in SCHEMES else None
    except ValueError:
        return None
