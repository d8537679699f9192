"""HTML as the parser gets it: read in tokens as the HTML standard does, with an end for what never ends.

A pattern that looks for tags alone takes ``i<d.length`` in a script for one, and a quote in a comment for the beginning
of a value. So scripts, comments and quotes are told apart here, in one pass; everything that changes the text before it
is parsed goes through this pass. What is mended:

- An element that takes all that follows as its text (``<title>``, ``<textarea>``), or hides it (``<svg>``, ``<video>``,
  ``<template>``), a comment and a quoted value, if they never end: browsers show nothing of the page behind them. It is
  read as if they had ended at once, or where what may stand in them ends.
- A drawing or a formula (``<svg>``, ``<math>``) that an element of HTML stands in: browsers end it there. Nor are its
  scripts and titles text up to their end tag, as libxml2 takes them, which keeps it open behind ``</svg>`` too if a
  ``<div>`` in it is. Such a drawing loses what it holds.
- Attributes beyond the first thousand of an element: libxml2 compares each with all before it (40,000: 2.5 s, and lxml
  4.9 s more to list them).
- ``</body>`` and ``</html>`` before the end of the page, at which libxml2 stops.

Drawings, which nobody reads, are left out here: the parser is spared them. (So are style sheets, but the length of
what a button by a listing holds counts those in it.)
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.load.bounds import MOST_CHEAP
from cleanpage.load.foreign import OF_NO_HTML, foreign_end
from cleanpage.load.html_tokens import ATTRIBUTE, BLANK, NAME, RAW, TAG, TAG_HEAD, run_of
from cleanpage.text.lazy_regex import lazy

HOLDING = ("svg", "object", "applet", "video", "audio", "canvas", "select", "template", "dialog", "noscript")
"""Elements that hide what they hold, all of the page if they never end."""
DRAWN = (
    "animate", "circle", "clippath", "defs", "ellipse", "g", "line", "lineargradient", "mask", "path", "polygon",
    "polyline", "radialgradient", "rect", "stop", "symbol", "use",
)  # fmt: skip
"""Elements of an ``svg`` that hold no text; one that holds nothing but these, not even a blank, loses them."""
FLAT = (
    "html", "head", "body", "title", "meta", "base", "link", "script", "style", "p", "a", "img", "br",
    "h1", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
"""Elements that stay in a page whose elements are nested too deep: they do not nest."""
EARLY = 0.1
"""Share of a page within which a comment that never ends is a mistake; later on a page may be cut off in one."""
UNCLOSED = "unclosed: {} never ends; the page was read as if it ended before the text that follows"
ATTRIBUTES = "attributes: {} characters of attributes were left out, as an element may have {}"

_STOP_TAGS = "|".join((*RAW, *HOLDING, "math", "plaintext", "noframes"))
_END_TAGS = "/(?:p|div|a|span|li|ul|h[1-6]|td|tr|b|i|em|strong)>|"
"""Half of all tags; with these the pass takes .107 s for 100 pages of wcxb-dev, without .130 s."""
_ORDINARY = lazy(run_of(rf"/(?:body|html)[\s/>]|/?(?:{_STOP_TAGS})[\s/>]", _END_TAGS), re.IGNORECASE)
_KEPT_TAGS = lazy(run_of(rf"(?!/?(?:{'|'.join(FLAT)})[\s/>])|/?(?:script|style)[\s/>]"), re.IGNORECASE)
_FIRST_ONES = lazy(rf"<{TAG_HEAD}(?:{ATTRIBUTE}){{0,{MOST_CHEAP}}}+".encode(), re.IGNORECASE)
_UNTIL_QUOTE = lazy(
    rf"<({TAG_HEAD})(?:{ATTRIBUTE})*+[ \t\n\f\r/]*+{NAME}{BLANK}*+={BLANK}*+(?=[\"'])".encode(), re.I
)
_COMMENT_END = lazy(rb"(--!?>)|</head\s*+>", re.IGNORECASE)
_HEAD_END_TAG = lazy(rb"</head\s*+>", re.IGNORECASE)
_COMMENT_TEXT = lazy(rb"<!--[^<>]*+>?+")
ENDED_BY = {"title": "title|/head|body|meta|link|script|style", "style": "style|/head|body"}
"""Tags that cannot stand in the text of an element; in that of the others, those of one like it."""
_ENDS_OF_RAW = {
    name: lazy(rf"<(?:(/{name})|{ENDED_BY.get(name, name)})(?=[\s/>])".encode(), re.IGNORECASE) for name in RAW
}
"""The end tag of each, or what cannot stand before it."""
_SCRIPT_END = lazy(
    rb"(?:[^<]++|<!--(?!-?>)(?:[^<-]++|-(?!->)|<(?!/?script[\s/>])|<script[\s/>](?:[^<-]++|-(?!->)|<(?!/script[\s/>]))*+"
    rb"(?:</script)?+)*+|<(?!!--|/script[\s/>])|<!--(?=-?>))*+(?:<(/script))?+",
    re.IGNORECASE,
)
"""A script up to its end: within ``<!--`` one that begins there ends first."""
_BEHIND = {
    "style": lazy(rb"[^<]*+(?:<(?![a-z/!])[^<]*+)*+", re.IGNORECASE),
    "script": lazy(
        rb"(?:[^<\"'`]++|\"(?:[^\"\\\n]++|\\.)*+\"|'(?:[^'\\\n]++|\\.)*+'|`(?:[^`\\]++|\\.)*+`"
        rb"|<(?!/?(?:head|body|div|main|article|section|header|footer|nav|aside|p|h[1-6]|ul|ol|table|link|meta|style)[\s/>])"
        rb"|[\"'`])*+",
        re.IGNORECASE | re.DOTALL,
    ),
}
"""What is no page behind a style or script without an end: no style holds a tag, and scripts quote theirs."""
_DRAWING = lazy(
    rf"(?:</?(?:{'|'.join(DRAWN)})(?=[ \t\n\f\r/>])(?:{ATTRIBUTE}){{0,{MOST_CHEAP}}}+[ \t\n\f\r/]*+>)*+"
    r"(?=</svg[ \t\n\f\r/>])".encode(),
    re.I,
)
_CHOICES = lazy(rf"<select(?:{ATTRIBUTE})*+[^<>]*+>(?:[^<]++|</?(?:option|optgroup)\b[^<>]*+>)*+".encode(), re.I)
_FRAME_TAG = lazy(rb"<(?:/head|/?body|/html)\b", re.IGNORECASE)
_HIDDEN = lazy(rb"display\s*+:\s*+none", re.IGNORECASE)


class Mended(NamedTuple):
    """HTML in UTF-8 in which everything ends."""

    data: bytes
    warnings: tuple[str, ...]


_CONTROL_CHARACTERS = bytes((*range(9), 11, *range(14, 32), 127))
_NO_CHARACTERS = tuple(character.encode() for character in "\ufffe\uffff")


@twin("markup")
def without_controls(data: bytes) -> bytes:
    """Return a page without the controls and the code points that are no characters of HTML; libxml2 stops at a NUL."""
    for character in _NO_CHARACTERS:
        data = data.replace(character, b"")
    return data.translate(None, _CONTROL_CHARACTERS)


@twin("markup")
def mended(data: bytes) -> Mended:
    """Return a page in which everything ends and no element has too many attributes; linear in its length."""
    pass_ = _Pass(data)
    pass_.read(_ORDINARY)
    pass_.end_open()
    names = [f"<{name}>" if name.isalpha() else name for name in pass_.unclosed]
    warnings = [UNCLOSED.format(", ".join(names))] if names else []
    if pass_.attributes:
        warnings.append(ATTRIBUTES.format(pass_.attributes, MOST_CHEAP))
    return Mended(pass_.result(), tuple(warnings))


@twin("markup")
def flat(data: bytes) -> bytes:
    """Return a mended page without the tags of elements that may nest: each breaks the line."""
    pass_ = _Pass(data, flat=True)
    pass_.read(_KEPT_TAGS)
    return pass_.result()


class _Pass:
    """One pass over a page, and what it changes."""

    def __init__(self, data: bytes, *, flat: bool = False) -> None:
        self.data = data
        self.flat = flat
        self.edits: list[tuple[int, int, bytes]] = []
        """Start, end and what stands there instead."""
        self.open: dict[str, list[int]] = {}
        """Where the elements begin that are open, of those that hide what they hold."""
        self.unclosed: Counter[str] = Counter()
        self.attributes = 0
        """Bytes of attributes that were cut."""
        self.endless: set[str] = set()
        """Names of elements that have no end tag in the rest of the page: nobody looks for one again."""
        self._looked = 0
        """Up to where drawings and formulas are known to end as libxml2 ends them."""
        self._last: int | None = None
        self._head: int | None = None

    def result(self) -> bytes:
        """Return the page with all changes made."""
        pieces, at = [], 0
        for start, end, instead in sorted(self.edits):
            pieces += [self.data[at:start], instead]
            at = end
        return b"".join((*pieces, self.data[at:])) if pieces else self.data

    def read(self, run: re.Pattern[bytes]) -> None:
        """Read the page; ``run`` matches what need not be looked at."""
        at = 0
        while (ordinary := run.match(self.data, at)) and (at := ordinary.end()) < len(self.data):
            at = self._comment(at) if self.data.startswith(b"<!--", at) else self._tag(at)

    def end_open(self) -> None:
        """Give an end to the elements that are still open: a ``select`` behind its choices, others where they begin."""
        for name, starts in self.open.items():
            for at in starts:
                choices = _CHOICES.match(self.data, at) if name == "select" else None
                if choices is not None:
                    self._insert(choices.end(), name)
                else:
                    self._drop(name, at)

    def _comment(self, at: int) -> int:
        end = None if "<!--" in self.endless else _COMMENT_END.search(self.data, at + 2)
        if end is not None and not end[1] and self._last_head() >= end.end():
            end = _COMMENT_END.search(self.data, end.end())  # one head of several
        if end is not None and end[1]:
            return end.end()
        if end is None:
            self.endless.add("<!--")
            if at > EARLY * len(self.data) and not self._goes_on(at):
                return len(self.data)
        self.unclosed["<!--"] += 1
        said = _COMMENT_TEXT.match(self.data, at)
        shown = said.end() if said is not None else at + 4
        self.edits.append((at, shown, b""))
        return shown

    def _last_head(self) -> int:
        """Return where the last end of a head stands, a number below 0 if there is none; ``</header>`` is none."""
        if self._head is None:
            self._head = max((found.start() for found in _HEAD_END_TAG.finditer(self.data)), default=-1)
        return self._head

    def _goes_on(self, at: int) -> bool:
        """Tell whether the page's frame goes on behind a place: it was not cut off there."""
        if self._last is None:
            self._last = max((mark.start() for mark in _FRAME_TAG.finditer(self.data, at)), default=-1)
        return self._last > at

    def _tag(self, at: int) -> int:
        """Look at a tag; return where reading goes on."""
        tag = TAG.match(self.data, at)
        if tag is None:
            quote = _UNTIL_QUOTE.match(self.data, at)
            end = self.data.find(b">", quote.end()) if quote is not None and self._goes_on(quote.end()) else -1
            if quote is None or end < 0:
                return len(self.data)
            self.unclosed[self.data[quote.end() : quote.end() + 1].decode()] += 1
            self.edits.append((quote.end(), end, b""))
            return self._element(quote[1], at, end + 1, closed=False)
        if not self.flat and (first := _FIRST_ONES.match(self.data, at)) and first.end() < tag.start(2):
            self.edits.append((first.end(), tag.end() - 1, b""))
            self.attributes += tag.end() - 1 - first.end()
        return self._element(tag[1], at, tag.end(), closed=tag[2].endswith(b"/"))

    def _element(self, tag: bytes, at: int, end: int, *, closed: bool) -> int:
        """Look at the element that a tag begins or ends; return where reading goes on."""
        name = tag.lower().decode("ascii", "replace")
        if self.flat:
            return self._flat_element(name, at, end, closed=closed)
        if name.startswith("/"):
            self._end(name[1:], at, end)
        elif closed:
            pass  # both parsers that libxml2 has had close any element so
        elif name in OF_NO_HTML:
            return self._foreign(name, at, end)
        elif name in HOLDING:
            self.open.setdefault(name, []).append(at)
        elif name in RAW:
            return self._raw_text(name, at, end)
        elif name == "noframes":  # libxml2 2.14 takes it for text, as browsers that know frames do
            self.edits.append((at + 1, at + 1 + len(name), b"div"))
        elif name == "plaintext":
            if _HIDDEN.search(self.data, at, end):  # what a provider has added behind the page
                return len(self.data)
            self._drop(name, at)
        return end

    def _end(self, name: str, at: int, end: int) -> None:
        if name in ("body", "html"):
            self.edits.append((at, end, b""))
        elif name == "noframes":
            self.edits.append((at + 2, at + 2 + len(name), b"div"))
        elif starts := self.open.get(name):
            starts.pop()

    def _foreign(self, name: str, at: int, end: int) -> int:
        """Look at a drawing or a formula; return where reading goes on."""
        if name == "svg":
            self.open.setdefault(name, []).append(at)
            if drawing := _DRAWING.match(self.data, end):
                self.edits.append((end, drawing.end(), b""))
                return drawing.end()
        if at < self._looked or "foreign" in self.endless:
            return end
        found = foreign_end(self.data, name, end, self._end_tag)
        if found is None:
            self.endless.add("foreign")
            return end
        self._looked = found.at
        if found.closed and not found.odd:
            return end
        instead = b""
        if not found.closed:
            self.unclosed[name] += 1
            instead = b"</" + name.encode() + b">"
            if name == "svg":
                self.open[name].pop()
        start = end if found.odd or name == "svg" else found.at  # what a formula says is shown
        self.edits.append((start, found.at, instead))
        return found.at if start == end else end

    def _flat_element(self, name: str, at: int, end: int, *, closed: bool) -> int:
        if name in ("script", "style") and not closed:
            return self._raw_text(name, at, end)
        if name.removeprefix("/") not in FLAT:
            self.edits.append((at, end, b"<br>"))
        return end

    def _raw_text(self, name: str, at: int, end: int) -> int:
        """Return where the text of an element ends; give it an end if it has none."""
        if (close := self._end_tag(name, end)) > 0:
            return close
        if name in _BEHIND:
            behind = _BEHIND[name].match(self.data, end)
            if behind is None or behind.end() == len(self.data):
                return len(self.data)
            return self._insert(behind.end(), name)
        if name == "title":
            following = self.data.find(b"<", end)
            return self._insert(len(self.data) if following < 0 else following, name)
        self._drop(name, at)
        return end

    def _end_tag(self, name: str, at: int) -> int:
        """Return where the end tag of an element stands, a number below 0 if it has none."""
        if name in self.endless:
            return -1
        found = _SCRIPT_END.match(self.data, at) if name == "script" else _ENDS_OF_RAW[name].search(self.data, at)
        close = found.start(1) if found is not None else -1
        if found is None or (name == "script" and close < 0):
            self.endless.add(name)
        return close - 1

    def _insert(self, at: int, name: str) -> int:
        self.unclosed[name] += 1
        self.edits.append((at, at, b"</" + name.encode() + b">"))
        return at

    def _drop(self, name: str, at: int) -> None:
        """Let an element be one that holds nothing."""
        self.unclosed[name] += 1
        self.edits.append((at + 1, at + 1 + len(name), b"br"))
