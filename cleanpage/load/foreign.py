"""Where drawings and formulas (``<svg>``, ``<math>``) end, which hold no elements of HTML.

To browsers an element of HTML ends them, and scripts and titles in them are elements as others, in which tags may
stand. libxml2 knows nothing of that: a script that has no end there goes on up to the end tag of the next one on the
page, and behind ``</svg>`` the drawing is open still if a ``<div>`` in it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from cleanpage.load.bounds import DEEPEST
from cleanpage.load.html_tokens import BOGUS, RAW, TAG, run_of
from cleanpage.text.lazy_regex import lazy

OF_NO_HTML = ("svg", "math")
POINTS = {
    "svg": ("foreignobject", "desc", "title"),
    "math": ("mi", "mo", "mn", "ms", "mtext"),
}
"""Elements in them that may hold HTML again."""
UNTAGGED = ("script", "style", "title", "desc")
"""Elements that everybody reads in one way if no tag stands in their text."""
BREAKING = (
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "font",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p",
    "pre", "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var",
)  # fmt: skip
"""Elements of HTML that end a drawing or a formula, as the HTML standard lists them (13.2.6.5)."""
STAYING = ("div", "table", "thead", "tbody", "tfoot", "tr", "td", "th")
"""Elements that an end tag of what they stand in does not end for libxml2."""
TEXTS = (*(name for name in RAW if name not in UNTAGGED), "noframes", "plaintext")
"""Elements whose text libxml2 does not read as browsers do there, tags in it or not."""
STRANGE = tuple(sorted({*BREAKING, *STAYING, *TEXTS, "foreignobject"}))
"""What a drawing or formula does not hold that needs no mending."""
NEAR = 200
"""Bytes behind an element of HTML within which the end tag of a drawing shows that it was meant to hold the element:
pages of scripts have such names of icons, ``<svg><use/><div class="visually-hidden">menu</div></svg>``."""

_UNMARKED = lazy(
    run_of(
        rf"/?(?:{'|'.join(dict.fromkeys((*OF_NO_HTML, *POINTS['svg'], *POINTS['math'], *UNTAGGED, *STRANGE)))})[\s/>]",
        "".join(rf"{name}(?=[\s>])[^<>\"'/]*+>[^<]*+</{name}>|" for name in (*UNTAGGED, *POINTS["math"])),
        rf"(?!!\[CDATA\[){BOGUS}",
    ),
    re.IGNORECASE,
)
_FONT_LOOKS = lazy(rb"\s(?:color|face|size)[\s=/>]", re.IGNORECASE)
"""A ``font`` without these is none of HTML."""
_DRAWING_TAG = lazy(rb"</?svg(?=[\s/>])", re.IGNORECASE)
_PLAIN_TEXT = lazy(rb"[^<]*+</(\w++)")
_CDATA = b"<![C"
_UNPARSED = {b"<!--": lazy(rb"--!?>"), _CDATA: lazy(rb"\]\]>")}
"""Comments and sections of characters, and how they end."""


class ForeignEnd(NamedTuple):
    """Where a drawing or a formula ends."""

    at: int
    """Where the tag stands that ends it."""
    closed: bool
    """Whether that is its own end tag."""
    odd: bool
    """Whether libxml2 reads it otherwise than browsers do."""


def foreign_end(data: bytes, name: str, at: int, text_end: Callable[[str, int], int]) -> ForeignEnd | None:
    """Return where the drawing or formula ends whose start tag ends at ``at``; None if it does not.

    ``text_end`` says where the end tag of an element of ``RAW`` stands, below 0 if it has none. Linear in what is read.
    """
    inside = _Inside(data, name, text_end)
    while (run := _UNMARKED.match(data, at)) and (start := run.end()) < len(data) and len(inside.open) <= DEEPEST:
        begins = data[start : start + 4].upper()
        mark = _UNPARSED[begins].search(data, start + 2) if begins in _UNPARSED else TAG.match(data, start)
        if mark is None:
            return None
        at = mark.end()
        if begins in _UNPARSED:
            inside.odd = inside.odd or begins == _CDATA
        elif (found := inside.end_at(mark)) is not None:
            return found
        else:
            at = inside.behind(mark)
    return None


class _Inside:
    """What is open of a drawing or a formula while it is read."""

    def __init__(self, data: bytes, name: str, text_end: Callable[[str, int], int]) -> None:
        self.data = data
        self.open = [name]
        """Drawings, formulas and elements of ``POINTS``."""
        self.odd = False
        self.text_end = text_end

    def end_at(self, tag: re.Match[bytes]) -> ForeignEnd | None:
        """Return the end of it all if a tag is it; close what else it closes."""
        name = _name_of(tag)
        if name[0] == "/" and name[1:] in self.open:
            while self.open.pop() != name[1:]:
                pass
            return None if self.open else ForeignEnd(tag.start(), True, self.odd)
        if self.open[-1] not in OF_NO_HTML or not _breaks(name, tag[0]):
            return None
        near = _DRAWING_TAG.search(self.data, tag.end(), tag.end() + NEAR) if self.open == ["svg"] else None
        is_meant = near is not None and near[0].startswith(b"</")
        return ForeignEnd(near.start(), True, True) if near and is_meant else ForeignEnd(tag.start(), False, self.odd)

    def behind(self, tag: re.Match[bytes]) -> int:
        """Open what a tag opens; return where reading goes on."""
        name, at = _name_of(tag), tag.end()
        is_foreign = self.open[-1] in OF_NO_HTML
        if name[0] == "/" or tag[2].endswith(b"/"):
            return at
        if name in OF_NO_HTML or name in POINTS.get(self.open[-1], ()):
            self.open.append(name)
            self.odd = self.odd or name == "foreignobject"
        elif is_foreign and name in UNTAGGED:
            text = _PLAIN_TEXT.match(self.data, at)
            self.odd = self.odd or text is None or text[1].lower() != name.encode()
        elif name in (*STAYING, *TEXTS, *UNTAGGED):
            self.odd = True
            return max(at, self.text_end(name, at)) if name in RAW and not is_foreign else at
        return at


def _name_of(tag: re.Match[bytes]) -> str:
    return tag[1].lower().decode("ascii", "replace")


def _breaks(name: str, tag: bytes) -> bool:
    """Tell whether a tag of HTML ends what is open of drawings and formulas."""
    return name in ("/p", "/br") or (name in BREAKING and (name != "font" or _FONT_LOOKS.search(tag) is not None))
