"""Lines that name the site by where they lead or stand: a link to the first page, an element called after the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from cleanpage.draft import TextBlock
from cleanpage.fields.shared.breadcrumb import home_names
from cleanpage.fields.shared.evidence import address
from cleanpage.model import Link
from cleanpage.text.lazy_regex import lazy

MAX_SITE_LINE = 24.0
"""Longest line that may name the site, in ideograms."""
MOST_SLASHES = 3
"""Slashes of an address that may be a site's first page: ``https://example.org/``."""
_FIRST_PAGE = lazy(r"(?:/|\./|/?(?:index|default|home|main)\.[a-z]{3,5})?")
"""The path of a site's first page."""
_MAY_LEAD_HOME = lazy(r"//[^/]*/?(?:$|#)|/(?:index|default|home|main)\.[a-z]{3,5}(?:$|#)", re.IGNORECASE)
_CALLED_SITE = lazy(
    r"(?:blog|site|weblog)[_-]?(?:title|name|heading|header)(?![\w-])|(?:title|name)[_-]?(?:blog|site)(?![\w-])|\blogo\b|navbar-brand"
)
"""Names of elements with the name of the site."""
_CALLED_ACCOUNT = lazy(r"[.\-_](?:media|source|account|meta)[-_]?(?:nick)?name(?:$|\.)|\.js_name(?:$|\.)")
"""Names of elements with the medium or account that published, on a platform of many."""


def site_lines(blocks: Sequence[TextBlock], lead: int, own: str) -> Iterator[int]:
    """Yield the lines above the text that name the site of the page at ``own``; none of flattened text."""
    here = address(own)[0].removeprefix("www.")
    for i, block in enumerate(blocks[: lead + 1]):
        dom = block.dom
        if dom is None or not 0 < block.units <= MAX_SITE_LINE:
            continue
        linked = len(dom.links) == 1 and _is_whole_name(dom.links[0], block) and leads_home(dom.links[0].url, here)
        if (linked or _are_called_site(dom.path[-2:])) and block.folded.replace(" ", "") not in home_names():
            yield i


def _is_whole_name(link: Link, block: TextBlock) -> bool:
    return link.url.count("/") <= MOST_SLASHES and link.text.strip() == block.text


def leads_home(url: str, here: str) -> bool:
    """Tell whether an address is that of the first page of the site ``here`` (a host without ``www.``; empty: any)."""
    if not url or url.startswith(("#", "javascript:", "mailto:", "?")) or "?" in url:
        return False
    if "//" in url and not _MAY_LEAD_HOME.search(url):  # asked first: taking an address apart is dear
        return False
    host, path = address(url) if "//" in url else ("", url)
    same = not host or not here or host.removeprefix("www.") == here
    return same and _FIRST_PAGE.fullmatch(path.lower()) is not None


@lru_cache(maxsize=4096)
def _are_called_site(steps: tuple[str, ...]) -> bool:
    return any(_CALLED_SITE.search(step) for step in steps)


@lru_cache(maxsize=4096)
def are_called_account(steps: tuple[str, ...]) -> bool:
    """Tell whether one of some steps of ``Dom.path`` is called after the account or medium that published."""
    return any(_CALLED_ACCOUNT.search(step) for step in steps)
