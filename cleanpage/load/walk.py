"""The lines of a parsed page, broken as a browser would break them, each with where it stands.

``walk`` has a compiled twin, over the nodes of libxml2 themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from lxml import etree

from cleanpage._native import twin
from cleanpage.draft import Dom
from cleanpage.load.bounds import DEEPEST
from cleanpage.load.code import Code
from cleanpage.load.elements import (
    BLANKS,
    BOLD,
    CELLS,
    HIDING,
    INLINE,
    MARKS,
    NAMING,
    PIECES,
    PREFORMATTED,
    SKIPPED,
    folded,
    is_block,
    is_hidden,
    named,
    picture,
)
from cleanpage.model import Image, Link, Mark, MarkKind
from cleanpage.text import is_blank

MAX_CELL = 60
"""Longest cell, in characters, of a row that is written on one line."""
WalkedRow = tuple[str, Dom]
"""One line of the page, or all lines of a listing, and where it stands."""


UNREAD = Dom("body")
"""Where lines stand that nobody reads."""


@twin("tree")
def walk(root: Any, codes: Mapping[Any, Code], start: int, most: int) -> list[WalkedRow]:
    """Return the lines below ``root`` that show something; the first begins at ``start`` in the page's text.

    ``codes`` are the elements that are listings, and those that belong to one. Behind the first ``most`` lines each
    stands in ``UNREAD``. Linear in the tree.
    """
    state = _Walk(codes, most, start=start)
    state.read(root)
    return state.rows


class _Place:
    """An element that lines stand in; what they are told about it is made for the first one."""

    __slots__ = ("around", "attributes", "dom", "hidden", "number", "tag")

    def __init__(
        self, tag: str, around: _Place | None, number: int, attributes: Mapping[str, str], *, hidden: bool = False
    ) -> None:
        self.tag = tag
        self.around = around
        """What it stands in; None for the page."""
        self.number = number
        """Its number among the block elements of the page; 0 for the page, and for an inline element that hides."""
        self.attributes = attributes
        self.hidden: bool = hidden or (around is not None and around.hidden)
        self.dom: Dom | None = Dom(tag) if around is None else None

    def as_dom(self) -> Dom:
        """Return where a line stands that begins here."""
        unknown = []
        place: _Place | None = self
        while place is not None and place.dom is None:
            unknown.append(place)
            place = place.around
        dom = place.dom if place is not None and place.dom is not None else Dom("body")
        for one in reversed(unknown):
            dom = one.dom = one.inside(dom)
        return dom

    def inside(self, around: Dom) -> Dom:
        """Return the same, if what it stands in is known; what is deeper than ``DEEPEST`` stands beside its parent."""
        if not self.number:
            return replace(around, hidden=True)
        names = [self.attributes[name] for name in NAMING if name in self.attributes] if self.attributes else []
        step = named(self.tag, " ".join(names)) if names else self.tag
        path, ids = (*around.path[: DEEPEST - 1], step), (*around.ids[: DEEPEST - 1], self.number)
        return Dom(self.tag, path, ids, self.hidden)


class _Element(NamedTuple):
    """An element that is open."""

    place: _Place
    """Where a line stands that begins here."""
    pre: bool
    one_line: bool
    """Whether what is in it stands on one line: the cells of a row, the choices of a ``select``."""


class _Open(NamedTuple):
    """A link or mark that is open."""

    what: str
    """The address of a link, the kind of a mark; empty for a mark in another of its kind."""
    line: int
    """The line in which it begins."""
    part: int
    """How many parts of that line stand before it."""


@dataclass(slots=True, eq=False, repr=False)
class _Walk:
    """The state of one walk over the tree."""

    codes: Mapping[Any, Code]
    most: int
    """Lines that become more than a text."""
    start: int
    """Offset of the open line in the page's text."""
    rows: list[WalkedRow] = field(default_factory=list)
    line: int = 0
    """Lines ended so far, those that show nothing too."""
    parts: list[str] = field(default_factory=list)
    """Of the open line, blanks folded."""
    size: int = 0
    """Characters of them."""
    at: _Place | None = None
    """Where the open line began; None if there is nothing in it."""
    anchors: list[_Open] = field(default_factory=list)
    """Open links; ``linked`` characters of the open line stand in such."""
    linked: int = 0
    strong: int = 0
    """Open bold elements; ``bold`` characters of the open line stand in such."""
    bold: int = 0
    links: list[Link] = field(default_factory=list)
    """What has been found since the last line ended."""
    images: list[Image] = field(default_factory=list)
    marked: list[_Open] = field(default_factory=list)
    """Open marks, and what was found since the last line ended."""
    marks: list[Mark] = field(default_factory=list)
    opened: int = 0
    """Block elements so far."""

    def read(self, root: Any) -> None:
        """Read all below ``root``."""
        stack = [_Element(_Place("body", None, 0, {}), pre=False, one_line=False)]
        events = etree.iterwalk(root, events=("start", "end"))
        for event, node in events:
            tag = node.tag
            if tag in SKIPPED:
                if event == "start":
                    events.skip_subtree()
                    continue
            elif event == "start":
                stack.append(self._open(node, tag, stack[-1]))
                if self.codes and node in self.codes:
                    events.skip_subtree()
                    self._add_code(self.codes[node], node, stack[-2].place, stack[-1].place)
                elif text := node.text:
                    self._add(text, stack[-1])
                continue
            else:
                self._close(tag, stack.pop(), stack[-1])
            if (text := node.tail) and len(stack) > 1:
                self._add(text, stack[-1])
        self._end_line()

    def _add_row(self, text: str, dom: Dom) -> None:
        """Add a whole line, unless it shows nothing."""
        if not is_blank(text):
            self.rows.append((text, dom))
            self.start += len(text) + 1

    def _add_code(self, code: Code, node: Any, around: _Place, own: _Place) -> None:
        """Add a listing as one row, in whatever element it stands; an inline one becomes a block."""
        if code.text:
            self._end_line()
            self.opened += own is around or not own.number
            place = _Place("pre", around, self.opened, attributes := dict(node.items()))
            place.hidden = place.hidden or is_hidden("pre", attributes)
            self._add_row(code.text, replace(place.as_dom(), link_share=code.link_share, code=code.language))

    def _open(self, node: Any, tag: str, parent: _Element) -> _Element:
        if tag in INLINE:
            return self._open_inline(node, tag, parent)
        if parent.one_line and tag in PIECES:
            if tag != "optgroup":  # its first choice begins a piece
                self._next_cell()
            return _Element(parent.place, parent.pre, one_line=True)
        if self.at is not None:
            self._end_line()
        if tag == "br":
            return parent._replace(one_line=False) if parent.one_line else parent
        self.opened += 1
        attributes = dict(items) if (items := node.items()) else {}
        hidden = is_hidden(tag, attributes) if attributes else tag in HIDING
        place = _Place(tag, parent.place, self.opened, attributes, hidden=hidden)
        one_line = tag == "select" or (tag == "tr" and _is_data_row(node))
        return _Element(place, parent.pre or tag in PREFORMATTED, one_line)

    def _open_inline(self, node: Any, tag: str, parent: _Element) -> _Element:
        if tag == "a":
            self.anchors.append(_Open((node.get("href") or "").strip(), self.line, len(self.parts)))
        elif tag == "img" and (address := picture(node)):
            self.images.append(Image(address, folded(node.get("alt") or ""), None, self.start + self.size))
        elif tag in MARKS:
            kind = MARKS[tag]
            nested = any(mark.what == kind for mark in self.marked)
            self.marked.append(_Open("" if nested else kind, self.line, len(self.parts)))
            self.strong += tag in BOLD
        place = parent.place
        if not place.hidden and (items := node.items()) and is_hidden(tag, dict(items)):
            self._end_line()
            place = _Place(tag, place, 0, {}, hidden=True)
        if place is parent.place and not parent.one_line:
            return parent
        return _Element(place, parent.pre, one_line=False)

    def _close(self, tag: str, element: _Element, parent: _Element) -> None:
        if tag in INLINE:
            if tag == "a":
                self._end_link(self.anchors.pop())
            elif tag in MARKS:
                self._end_mark(self.marked.pop())
                self.strong -= tag in BOLD
            breaks = element.place is not parent.place
        else:
            breaks = is_block(tag) and not (parent.one_line and tag in PIECES)
        if breaks and self.at is not None:
            self._end_line()

    def _add(self, text: str, element: _Element) -> None:
        if self.at is None and text.isspace():
            return
        if element.pre:
            first, *rest = text.split("\n")
            self._append(first, element)
            for line in rest:
                self._end_line()
                self._append(line, element)
        else:
            self._append(text, element)

    def _append(self, text: str, element: _Element) -> None:
        if self.at is None:
            if text.isspace() or not text:
                return
            self.at = element.place
        if not element.pre:
            text = text if _is_even(text) else BLANKS.sub(" ", text)
            if not self.parts or self.parts[-1][-1] in " \t":
                text = text.lstrip(" ")
        if text:
            self.parts.append(text)
            self.size += len(text)
            if self.anchors:
                self.linked += len(text.strip(" "))
            if self.strong or text == " ":
                self.bold += len(text)

    def _next_cell(self) -> None:
        if self.parts:
            self._strip()
            self.parts.append("\t")
            self.size += 1

    def _strip(self) -> None:
        """Take the blanks away that the open line ends with."""
        while self.parts and self.parts[-1][-1] == " ":
            last = self.parts.pop()
            if kept := last.rstrip(" "):
                self.parts.append(kept)
            self.size -= len(last) - len(kept)

    def _end_link(self, link: _Open) -> None:
        """Note what the open line holds of a link."""
        start, shown = self._shown(link) if link.what else (0, "")
        if shown:
            self.links.append(Link(link.what, shown, start, start + len(shown)))

    def _end_mark(self, mark: _Open) -> None:
        """Note what the open line holds of a mark, unless it stands in another of its kind."""
        start, shown = self._shown(mark) if mark.what else (0, "")
        if shown:
            self.marks.append(Mark(KINDS[mark.what], start, start + len(shown)))

    def _shown(self, opened: _Open) -> tuple[int, str]:
        """Return what the open line holds of a link or mark, and where it begins in the page's text."""
        text = "".join(self.parts[opened.part if opened.line == self.line else 0 :])
        shown = text.lstrip()
        return self.start + self.size - len(shown), shown.rstrip()

    def _end_line(self) -> None:
        if self.at is not None:
            self._strip()
            for link in self.anchors[-1:]:  # a link inside a link is none
                self._end_link(link)
            for mark in self.marked:
                self._end_mark(mark)
            text = "".join(self.parts)
            self._add_row(text, UNREAD if len(self.rows) >= self.most else self._where(self.at.as_dom(), len(text)))
            self.links, self.images, self.marks = [], [], []
            self.parts, self.size, self.at, self.linked, self.bold = [], 0, None, 0, 0
            self.line += 1

    def _where(self, at: Dom, size: int) -> Dom:
        """Return where the open line stands, which has ``size`` characters, with what was found in it."""
        share = min(1.0, self.linked / max(1, size))
        found = tuple(self.links), tuple(self.images), self.bold >= size
        return Dom(at.tag, at.path, at.ids, at.hidden, share, *found, marks=tuple(self.marks))


def _is_even(text: str) -> bool:
    """Tell whether a text has single spaces alone: half the time of a search and replace."""
    return not ("\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text)


KINDS: dict[str, MarkKind] = {kind: kind for kind in MARKS.values()}


def _is_data_row(row: Any) -> bool:
    """Tell whether a table row is data: two or more short cells without blocks in them."""
    cells = [cell for cell in row if cell.tag in CELLS]
    if len(cells) < 2:
        return False
    for cell in cells:
        if any(inner.tag not in INLINE for inner in cell.iterdescendants()):
            return False
        if len(folded("".join(cell.itertext()))) > MAX_CELL:
            return False
    return True
