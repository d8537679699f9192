"""Which lines of HTML are the contents box of a page: a heading that names it, and links to places in the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from cleanpage.body.lines import Line
from cleanpage.draft import Dom
from cleanpage.text.lazy_regex import lazy

LINKED_ENTRY = 0.8
"""Share of an entry's text that is a link; its number may stand outside."""
FEWEST_ENTRIES = 2
"""Entries of a box."""
_BOX = lazy(r"(?:^|[-_.])(?:toc|tocs|table-of-contents|tableofcontents|inhaltsverzeichnis|mulu)(?:$|[-_.\d])|\btoc_")
_TITLE = lazy(
    r"\W*(?:(?:table of |page )?contents|on this page|in this article|inhalt(?:sverzeichnis)?|sommaire"
    r"|table des matières|contenidos?|índice(?: de contenidos)?|indice|sommario|conteúdo|sumário|inhoud|spis treści"
    r"|содержание|оглавление|зміст|περιεχόμενα|目录|本文目录|目次|もくじ|목차|innehåll|indhold|innhold|sisällys"
    r"|içindekiler|obsah|mục lục)\W*"
)
"""What stands above such a box (on the folded line)."""


def without_contents(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body without contents boxes that are called so by a title or by an element's name.

    Other lists of links into the page stay: on labelled pages two thirds of them were text.
    """
    named = [
        (dom := line.dom) is not None and bool(dom.links) and dom.links[0].url[:1] == "#" and _is_entry(dom)
        for line in lines
    ]
    if sum(named) < FEWEST_ENTRIES:
        return kept
    found = list(kept)
    for is_entry, run in groupby(range(len(lines)), named.__getitem__):
        entries = list(run)
        if not is_entry or len(entries) < FEWEST_ENTRIES:
            continue
        titled = entries[0] > 0 and _TITLE.fullmatch(lines[entries[0] - 1].folded) is not None
        if titled or _is_box(lines[entries[0]].dom):
            for i in entries:
                found[i] = False
        if titled:
            found[entries[0] - 1] = False
    return found


def _is_entry(dom: Dom) -> bool:
    """Tell whether a line with links, the first one to a place in the page, is nothing but such."""
    if dom.heading or dom.link_share < LINKED_ENTRY:
        return False
    return all(link.url.startswith("#") and len(link.url) > 1 for link in dom.links)


def _is_box(dom: Dom | None) -> bool:
    return dom is not None and any(map(_names_box, dom.path))


@lru_cache(maxsize=4096)
def _names_box(step: str) -> bool:
    return _BOX.search(step) is not None
