"""The elements of a parsed page that something looks for, found in one pass.

``index_of`` has a compiled twin, over the nodes of libxml2 themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cleanpage._native import twin
from cleanpage.load.bounds import MOST_COSTLY
from cleanpage.load.elements import PREFORMATTED, READINGS
from cleanpage.text.lazy_regex import lazy

MATH = ("math", "mml:math", "m:math")
"""The tags of MathML; HTML has no name spaces, prefixes are part of the tag."""
LISTINGS = ("pre", "listing", "xmp")
LINE_NAMES = ("line", "alt", "blob-code", "hljs-ln-code", "de1", "de2")
"""What the classes of elements hold that are lines of code."""
RELATIONS = ("author", "next")
"""What the ``rel`` of a link in the text holds that says something of the page."""
TEX_TYPE, JSON_LD = "math/tex", "ld+json"
"""What the type of a script begins with that holds TeX, and holds if it is JSON-LD."""
TELLING = {
    "meta": ("content",), "script": ("type",), "link": ("rel",), "a": ("rel",), "base": ("href",),
    "time": ("datetime", "content"),
}  # fmt: skip
"""Elements that say something of the page, and the attributes of which they have one then."""
DATED, DATED_PREFIX = ("title", "datetime", "content"), "data-"
"""Attributes that may begin with a day."""
_ONE = frozenset(("title", "heading"))
_DAY = lazy(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class TreeIndex(NamedTuple):
    """Elements of a page by what they are looked at for, each list in the order of the page."""

    title: list[Any]
    """The first ``title``, if there is one."""
    heading: list[Any]
    """The first ``h1``, if there is one."""
    forms: list[Any]
    """MathML, containers of formulas, scripts with the source of one, pictures that may show one."""
    bases: list[Any]
    """``rb``: the characters that a reading stands beside."""
    readings: list[Any]
    """``rt`` and what else ``elements.READINGS`` names: how the characters beside them are read."""
    shifted: list[Any]
    """``sup`` and ``sub``."""
    quoted: list[Any]
    """``q``."""
    lines: list[Any]
    """Elements whose class may be that of a line of code."""
    listings: list[Any]
    """``pre`` and its older forms."""
    breaks: list[Any]
    """``br``, and elements whose line feeds are kept."""
    frames: list[Any]
    """``frame``."""
    telling: list[Any]
    """Elements that say something of the page: ``meta``, ``link``, ``time``, scripts with a type …"""
    properties: list[Any]
    """Elements of the body with ``itemprop``, at most ``MOST_COSTLY``."""
    days: list[tuple[Any, str, str]]
    """Attributes of the body that begin with a day in ISO 8601: element, name, value; at most ``MOST_COSTLY``."""


_LISTS = {
    **dict.fromkeys((*MATH, "mjx-container", "script", "img"), ("forms",)), "rb": ("bases",), "q": ("quoted",),
    **dict.fromkeys(READINGS, ("readings",)),
    **dict.fromkeys(("sup", "sub"), ("shifted",)), "frame": ("frames",), "title": ("title",), "h1": ("heading",),
    **dict.fromkeys((*PREFORMATTED, "br"), ("breaks",)), **dict.fromkeys(LISTINGS, ("breaks", "listings")),
}  # fmt: skip
"""The lists that elements belong to, whatever their attributes are but for scripts and pictures."""
_KNOWN = {*_LISTS, *TELLING}


@twin("tree")
def index_of(root: Any) -> TreeIndex:
    """Return the index of a parsed page. Linear in the tree."""
    index = TreeIndex(*([] for _ in TreeIndex._fields))
    body = next(root.iter("body"), None)
    behind = _element_behind(body)
    in_body = False
    for node in root.iter():
        if node is behind:
            in_body = False
        items = node.items()
        if node.tag in _KNOWN:
            _add_known(index, node, node.tag, dict(items))
        if items:
            _add_named(index, node, items, in_body, in_body or node is body)
        in_body = in_body or node is body
    return index


def _element_behind(body: Any) -> Any:
    """Return the first element behind all that is in a body, None if there is none."""
    while body is not None and body.getnext() is None:
        body = body.getparent()
    return None if body is None else body.getnext()


def _add_named(index: TreeIndex, node: Any, items: Sequence[tuple[str, str]], below: bool, within: bool) -> None:
    """Add an element that its attributes put into lists; ``below`` the body or ``within`` it, the body too."""
    for name, value in items:
        if name == "class":
            if any(part in value for part in LINE_NAMES):
                index.lines.append(node)
        elif name == "itemprop":
            if below and len(index.properties) < MOST_COSTLY:
                index.properties.append(node)
        elif (
            within
            and value[4:5] == "-"
            and _is_dated_element(name)
            and _DAY.match(value)
            and len(index.days) < MOST_COSTLY
        ):
            index.days.append((node, name, value))


def _is_dated_element(name: str) -> bool:
    return name in DATED or name.startswith(DATED_PREFIX)


def _add_known(index: TreeIndex, node: Any, tag: str, attributes: Mapping[str, str]) -> None:
    """Add an element that its tag puts into lists."""
    if tag in TELLING and any(map(attributes.get, TELLING[tag])) and _tells_about_page(tag, attributes):
        index.telling.append(node)
    if tag == "script" and not attributes.get("type", "").startswith(TEX_TYPE):
        return
    if tag == "img" and not (attributes.get("alt") and attributes.get("class")):
        return
    for name in _LISTS.get(tag, ()):
        found = getattr(index, name)
        if not (found and name in _ONE):
            found.append(node)


def _tells_about_page(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether a script is JSON-LD, a link in the text one to the author or the next page; True for others."""
    if tag == "script":
        return JSON_LD in attributes["type"]
    return tag != "a" or any(relation in attributes["rel"].lower() for relation in RELATIONS)
