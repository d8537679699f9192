"""The lead picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanpage.fields.shared.addresses import whole
from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence
from cleanpage.model import Image
from cleanpage.text.lazy_regex import lazy

RULE = "image"
HEAD_IMAGE = {"og:image": 1.0, "og:image:url": 1.0, "ld:image": 0.9, "twitter:image": 0.8, "twitter:image:src": 0.8}
"""Where the HTML head names it, and the score."""
FIRST_PICTURE = 0.5
"""Score of the first picture of the body."""
_NO_PICTURE = lazy(
    r"(?:^|[/_.-])(?:logo|favicon|icon|default|placeholder|blank|spacer|avatar|noimage|no[_-]image|share|dummy)"
    r"[^/]{0,40}$|^data:|\.svg(?:\?|$)"
)
"""Addresses, in lower case, of what a site shows for want of a picture."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield candidates for ``image``, whole addresses; the site's mark is no picture."""
    if not page.blocks:
        return
    own, meta = page.draft.source.address, page.draft.source.meta
    for name, score in HEAD_IMAGE.items():
        for address in whole(own, [meta.get(name, "").strip()]):
            if not _NO_PICTURE.search(address.lower()):
                yield page.candidate(ELSEWHERE, "image", address, RULE, score)


def first_picture(page: Evidence, pictures: Iterable[tuple[int, Image]]) -> Iterator[Claim]:
    """Yield the first of the body's pictures that may be the lead picture."""
    for i, image in pictures:
        if not _NO_PICTURE.search(image.url.lower()):
            yield page.candidate(i, "image", image.url, f"{RULE}.first", FIRST_PICTURE)
            return
