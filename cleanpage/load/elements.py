"""What elements of HTML do to a line, and what a line is told about those around it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from cleanpage.model import MarkKind
from cleanpage.text.lazy_regex import lazy

_UNSTORABLE = lazy("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff\\ud800-\\udfff]")
"""Characters that a parsed tree may hold (``&#1;``), and that lxml takes back from nobody."""


def storable(text: str | None) -> str:
    """Return text of a tree as it can be put into a tree: blanks for control characters, empty for None."""
    return _UNSTORABLE.sub(" ", text or "")


INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "img", "input", "ins", "kbd", "label", "mark", "math", "nobr", "o:p", "picture", "q", "rb",
        "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
        "var", "wbr",
    )
)  # fmt: skip
"""Elements that do not break a line; all others do (``is_block``)."""
BOLD = frozenset(("b", "strong"))
MARKS: dict[str, MarkKind] = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
"""Elements that set words apart, and how."""
SKIPPED = frozenset(
    (
        "applet", "audio", "canvas", "embed", "head", "iframe", "noembed", "object", "rp", "rt", "rtc", "script",
        "style", "svg", "video",
    )
)  # fmt: skip
"""Elements whose text nobody reads; the head's title is taken apart. The readings beside the characters of a ``ruby``
say again how these are spoken: the line has the characters alone."""
READINGS = ("rt", "rp", "rtc")
RUBY = frozenset((*READINGS, "ruby", "rb", "rbc"))
"""What is inside a ``ruby``, and that itself."""
HIDING = frozenset(("template", "noscript", "datalist", "dialog", "select"))
"""Elements that show nothing, or nothing until somebody asks for it."""
PREFORMATTED = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
CELLS = frozenset(("td", "th"))
PIECES = CELLS | {"option", "optgroup"}
"""Elements that stand on the line of what they are in: cells of a row of data, choices of a ``select`` (one line in
twenty of 2,600 pages was a choice)."""
NAMING, MAX_NAMES = ("class", "id", "role"), 3
"""Attributes that name an element, and how many names go into its path; numbers in them become 0."""
PICTURES = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-actualsrc", "data-echo", "data-url", "file", "src",
)  # fmt: skip
"""Attributes that hold the address of a picture; those of scripts that load it late come before its placeholder."""
SETS = ("data-srcset", "srcset")
"""The same in several sizes."""

BLANKS = lazy(r"[ \t\n\r\f]+")
"""What a browser shows as one space; no-break and ideographic blanks are others."""
_HIDDEN_STYLE = lazy(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DIGITS = lazy(r"\d+")
_NEXT_SIZE = lazy(r",\s")
_COMMENT_NAMES = lazy(
    r"(?:^|[.\-_ ])(?:comments?(?:list|area|section|wrap|box)?|commentlist|respond|disqus\w*|pinglun)(?:$|[.\-_ ])"
)


def is_block(tag: str) -> bool:
    """Tell whether an element begins and ends a line; a ``br`` only parts two."""
    return tag not in INLINE and tag != "br"


def folded(text: str) -> str:
    """Return a line as a browser shows it: runs of blanks as one; no-break and ideographic ones stay."""
    return BLANKS.sub(" ", text).strip(" ")


def is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element asks browsers not to show it; style sheets are not looked into."""
    if tag in HIDING or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def picture(element: Any) -> str:
    """Return the address of an ``img``, of several sizes the largest; empty if there is none."""
    for name in PICTURES:
        address = (element.get(name) or "").strip()
        if address and not address.startswith("data:"):
            return address
    sources, around = [element], element.getparent()
    while around is not None and around.tag == "source":  # libxml2 does not know that it holds nothing
        sources.append(around)
        around = around.getparent()
    return largest([part.get(name, "") for part in sources for name in SETS])


def largest(sets: Sequence[str]) -> str:
    """Return the address of the largest size of those that several ``srcset`` offer; empty if there is none."""
    sizes = [size.split() for offered in sets for size in _NEXT_SIZE.split(offered)]
    return max(filter(None, sizes), key=_srcset_width, default=[""])[0]


def _srcset_width(size: Sequence[str]) -> float:
    """Return the width or density that follows an address in a srcset."""
    try:
        return float(size[1].rstrip("wx,"))
    except (IndexError, ValueError):
        return 0.0


@lru_cache(maxsize=4096)
def named(tag: str, names: str) -> str:
    """Return an element as it stands in a path: ``div.main.content``."""
    kinds = dict.fromkeys([name for name in _DIGITS.sub("0", names.lower()).split() if len(name) > 1])
    return ".".join((tag, *islice(kinds, MAX_NAMES)))


@lru_cache(maxsize=4096)
def is_comment_section(step: str) -> bool:
    """Tell whether an element, a step of ``Dom.path``, is named after readers' comments."""
    return _COMMENT_NAMES.search(step) is not None
