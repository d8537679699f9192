"""Lines that name the site by where they lead or stand: a link to the first page, an element called after the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanpage.draft import TextBlock
from cleanpage.fields.shared.breadcrumb import home_names
from cleanpage.fields.shared.evidence import Evidence, address
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

MAX_SITE_LINE = 24.0
"""Longest line that may name the site, in ideograms."""
_FIRST_PAGE = lazy(r"(?:/|\./|/?(?:index|default|home|main)\.[a-z]{3,5})?")
"""The path of a site's first page."""
_CALLED_SITE = lazy(
    r"(?:blog|site|weblog)[_-]?(?:title|name|heading|header)|(?:title|name)[_-]?(?:blog|site)\b|\blogo\b|navbar-brand"
)
"""Names of elements with the name of the site."""


def site_lines(page: Evidence) -> Iterator[int]:
    """Yield the lines above the text that name the site; none of flattened text."""
    for i in range(min(page.lead + 1, len(page.blocks))):
        block = page.blocks[i]
        if block.dom is not None and 0 < block.units <= MAX_SITE_LINE and _names_site(page, block):
            yield i


def _names_site(page: Evidence, block: TextBlock) -> bool:
    dom = block.dom
    if dom is None or block.folded.replace(" ", "") in home_names():
        return False
    own = [link for link in dom.links if fold(link.text).strip() == block.folded]
    home = any(leads_home(link.url, page.draft.source.address) for link in own)
    return home or any(map(_is_called_site, dom.path[-2:]))


def leads_home(url: str, own: str) -> bool:
    """Tell whether an address is that of the first page of the site of the page at ``own`` (empty if not known)."""
    if not url or url.startswith(("#", "javascript:", "mailto:", "?")):
        return False
    host, path = address(url)
    here = address(own)[0]
    same = not host or not here or host.removeprefix("www.") == here.removeprefix("www.")
    return same and "?" not in url and _FIRST_PAGE.fullmatch((path if host else url).lower()) is not None


@lru_cache(maxsize=4096)
def _is_called_site(step: str) -> bool:
    return _CALLED_SITE.search(step) is not None
