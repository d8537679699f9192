"""HTML to lines, broken as a browser would break them, each with where it stands in the page.

The tree stays in here, in ``code`` and in ``wrapped_lines``, the only uses of lxml. What later stages may need of it
(the elements around a line, how much of it is links, whether it is hidden) goes out as plain values, one ``Dom`` a
line. Nothing is fetched: no network, no external entity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple, cast

from lxml import etree

from cleanpage.draft import Dom, TextBlock
from cleanpage.load.code import Code, find_code
from cleanpage.load.elements import (
    BLANKS,
    BOLD,
    CELLS,
    INLINE,
    MARKS,
    PIECES,
    PREFORMATTED,
    SKIPPED,
    folded,
    inside,
    is_block,
    is_hidden,
    picture,
)
from cleanpage.load.escapes import WARNING as ESCAPED
from cleanpage.load.escapes import undo_escapes_shown
from cleanpage.load.formulas import write_once
from cleanpage.load.hidden_body import WARNING as UNSEEN
from cleanpage.load.hidden_body import unseen_body
from cleanpage.load.html_blocks import blocks_of
from cleanpage.load.markup import flat, mended
from cleanpage.load.metadata import about_itself
from cleanpage.load.wrapped_lines import unwrap_prose
from cleanpage.model import Image, Link, Mark, MarkKind
from cleanpage.text import is_blank
from cleanpage.text.lazy_regex import lazy

TOO_DEEP = "too-deep: elements are nested deeper than the parser allows; the page was read without most of its elements"
FRAMES = "frames: the page is only a frame around others; clean those: {}"
MAX_CELL = 60
"""Longest cell, in characters, of a row that is written on one line."""
_CONTROLS = bytes((*range(9), 11, *range(14, 32), 127))
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_SURROGATES = lazy("[\ud800-\udfff]")


Row = tuple[str, Dom]
"""One line of the page, or all lines of a listing, and where it stands."""


class HtmlPage(NamedTuple):
    """What a page in HTML holds."""

    text: str
    """Its lines as browsers break them, one a line; the first is the title of the head, if it has one."""
    blocks: tuple[TextBlock, ...]
    """Its lines, long ones cut; their tiles, joined, are ``text``."""
    meta: Mapping[str, str]
    """What it says about itself: lower-case names of meta elements, ``ld:…``, ``link:canonical``, ``time``."""
    warnings: tuple[str, ...] = ()
    """What its reader should know."""


def load_html(raw: str, *, markdown: bool = False) -> HtmlPage:
    """Return what a page holds; broken HTML is mended as browsers mend it. Linear in the page.

    One that was made from ``markdown`` has blank lines between its paragraphs, as flattened pages have.
    """
    root, warnings = _tree(raw)
    rows = [] if root is None else rows_of(root)
    again = undo_escapes_shown(raw, [text for text, _ in rows])
    if again.what:
        raw = again.text
        root, more = _tree(raw)
        warnings += [ESCAPED.format(again.what), *more]
        rows = [] if root is None else rows_of(root)
    if root is None:
        return HtmlPage("", (), {}, tuple(warnings))
    meta = about_itself(root, raw)
    unseen = [*unseen_body(meta.get("ld:articlebody", ""), root, [text for text, _ in rows])]
    warnings += [UNSEEN] if unseen else []
    if frames := [frame.get("src") for frame in root.iter("frame") if frame.get("src")]:
        warnings.append(FRAMES.format(", ".join(frames)))
    rows = _with_blank_lines(rows) if markdown else [*rows, *unseen]
    text = "\n".join([text for text, _ in rows])
    return HtmlPage(text, blocks_of(text, rows), meta, tuple(warnings))


def _with_blank_lines(rows: Sequence[Row]) -> list[Row]:
    """Return rows that end with a blank line, but between items and between rows of a table."""
    tight = [one.tag == other.tag in ("li", "tr") for (_, one), (_, other) in pairwise(rows)]
    return [(text + "\n" * (not close), dom) for (text, dom), close in zip(rows, (*tight, True), strict=False)]


def _tree(raw: str) -> tuple[Any, list[str]]:
    """Return the root of a page, None if there is nothing in it, and warnings of what had to be mended."""
    data, warnings = mended(_characters(raw))
    root, whole = _parsed(data)
    if not whole:
        root, _ = _parsed(flat(data))
    return root, [*warnings, *([] if whole else [TOO_DEEP])]


def rows_of(root: Any) -> list[Row]:
    """Return the lines of a parsed page."""
    write_once(root)
    walk = _Walk(codes=find_code(root))
    unwrap_prose(root, walk.codes)
    title = root.find(".//title")
    if title is not None and (text := folded("".join(title.itertext()))):
        walk.add_row(text, Dom("title"))
    walk.read(root)
    return walk.rows


def _parsed(data: bytes) -> tuple[Any, bool]:
    """Return the root of a page, None if there is nothing in it, and whether the parser came to its end."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    last = parser.error_log.last_error
    return root, last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _characters(text: str) -> bytes:
    """Return a page in UTF-8 without what is no character of HTML; libxml2 would stop at a NUL."""
    try:
        data = text.encode()  # several times faster than a search for surrogates
    except UnicodeEncodeError:
        data = _SURROGATES.sub("\ufffd", text).encode()
    data = data.translate(None, _CONTROLS)
    for character in _NO_CHARACTERS:
        data = data.replace(character, b"")
    return data


class _Element(NamedTuple):
    """An element that is open."""

    tag: str
    dom: Dom
    """What a line that begins here is told."""
    pre: bool
    one_line: bool
    """Whether what is in it stands on one line: the cells of a row, the choices of a ``select``."""


class _Open(NamedTuple):
    """A link or mark that is open."""

    what: str
    """The address of a link, the kind of a mark."""
    line: int
    """Where the line begins in which it begins."""
    part: int
    """How many parts of that line stand before it."""


@dataclass(slots=True)
class _Walk:
    """The state of one walk over the tree."""

    codes: Mapping[Any, Code]
    """The elements that are listings, and those that belong to one."""
    rows: list[Row] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    """Of the open line, blanks folded."""
    at: Dom | None = None
    """Where the open line began; None if there is nothing in it."""
    start: int = 0
    """Offset of the open line in the page's text, and of the next character to come."""
    end: int = 0
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
    """Open marks, those in another of their kind without it, and what was found since the last line ended."""
    marks: list[Mark] = field(default_factory=list)
    opened: int = 0
    """Block elements so far."""

    def read(self, root: Any) -> None:
        """Read all below ``root``."""
        stack = [_Element("", Dom("body"), False, False)]
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, node in walk:
            tag = node.tag
            if event == "start":
                if tag in SKIPPED:
                    walk.skip_subtree()
                    continue
                code = self.codes.get(node)
                stack.append(self._open(node, tag, stack[-1]))
                if code is not None:
                    walk.skip_subtree()
                    self._add_code(code, node, stack[-2].dom)
                elif node.text:
                    self._add(node.text, stack[-1])
                continue
            if tag not in SKIPPED:
                self._close(tag, stack.pop(), stack[-1])
            if node.tail and len(stack) > 1:
                self._add(node.tail, stack[-1])
        self._end_line()

    def add_row(self, text: str, dom: Dom) -> None:
        """Add a whole line, unless it shows nothing."""
        if not is_blank(text):
            self.rows.append((text, dom))
            self.start += len(text) + 1
        self.end = self.start

    def _add_code(self, code: Code, node: Any, around: Dom) -> None:
        """Add a listing as one row, in whatever element it stands."""
        if code.text:
            self._end_line()
            dom = inside("pre", dict(node.items()), around, self.opened)
            self.add_row(code.text, dom._replace(link_share=code.link_share, code=code.language))

    def _open(self, node: Any, tag: str, parent: _Element) -> _Element:
        if tag in INLINE:
            if tag == "a":
                self.anchors.append(_Open((node.get("href") or "").strip(), self.start, len(self.parts)))
            elif tag == "img" and (address := picture(node)):
                self.images.append(Image(address, folded(node.get("alt") or ""), None, self.end))
            elif tag in MARKS:
                kind = MARKS[tag]
                nested = any(mark.what == kind for mark in self.marked)
                self.marked.append(_Open("" if nested else kind, self.start, len(self.parts)))
            self.strong += tag in BOLD
            dom = parent.dom
            if not dom.hidden and is_hidden(tag, dict(node.items())):
                self._end_line()
                dom = dom._replace(hidden=True)
            return _Element(tag, dom, parent.pre, False)
        if tag in PIECES and parent.one_line:
            if tag != "optgroup":  # its first choice begins a piece
                self._next_cell()
            return _Element(tag, parent.dom, parent.pre, True)
        self._end_line()
        if tag == "br":
            return _Element(tag, parent.dom, parent.pre, False)
        self.opened += 1
        dom = inside(tag, dict(node.items()), parent.dom, self.opened)
        one_line = tag == "select" or (tag == "tr" and _is_row(node))
        return _Element(tag, dom, parent.pre or tag in PREFORMATTED, one_line)

    def _close(self, tag: str, element: _Element, parent: _Element) -> None:
        if tag == "a":
            self._end_link(self.anchors.pop())
        elif tag in MARKS:
            self._end_mark(self.marked.pop())
        self.strong -= tag in BOLD
        breaks = is_block(tag) and not (tag in PIECES and parent.one_line)
        if breaks or (element.dom.hidden and not parent.dom.hidden):
            self._end_line()

    def _add(self, text: str, element: _Element) -> None:
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
            self.at = element.dom
        if not element.pre:
            text = BLANKS.sub(" ", text)
            if not self.parts or self.parts[-1][-1] in " \t":
                text = text.lstrip(" ")
        if text:
            self.parts.append(text)
            self.end += len(text)
            if self.anchors:
                self.linked += len(text.strip(" "))
            if self.strong or text == " ":
                self.bold += len(text)

    def _next_cell(self) -> None:
        if self.parts:
            self._strip()
            self.parts.append("\t")
            self.end += 1

    def _strip(self) -> None:
        """Take the blanks away that the open line ends with."""
        while self.parts and self.parts[-1][-1] == " ":
            last = self.parts.pop()
            if kept := last.rstrip(" "):
                self.parts.append(kept)
            self.end -= len(last) - len(kept)

    def _end_link(self, link: _Open) -> None:
        """Note what the open line holds of a link."""
        start, shown = self._shown(link)
        if link.what and shown:
            self.links.append(Link(link.what, shown, start, start + len(shown)))

    def _end_mark(self, mark: _Open) -> None:
        """Note what the open line holds of a mark, unless it stands in another of its kind."""
        start, shown = self._shown(mark) if mark.what else (0, "")
        if shown:
            self.marks.append(Mark(cast("MarkKind", mark.what), start, start + len(shown)))

    def _shown(self, opened: _Open) -> tuple[int, str]:
        """Return what the open line holds of a link or mark, and where it begins in the page's text."""
        text = "".join(self.parts[opened.part if opened.line == self.start else 0 :])
        shown = text.strip()
        return self.end - len(text) + text.index(shown), shown

    def _end_line(self) -> None:
        if self.at is not None:
            self._strip()
            for link in self.anchors[-1:]:  # a link inside a link is none
                self._end_link(link)
            for mark in self.marked:
                self._end_mark(mark)
            text = "".join(self.parts)
            share = min(1.0, self.linked / max(1, len(text)))
            at = self.at
            found = tuple(self.links), tuple(self.images), self.bold >= len(text)
            self.add_row(text, Dom(at.tag, at.path, at.ids, at.hidden, share, *found, marks=tuple(self.marks)))
            self.links, self.images, self.marks = [], [], []
        self.parts, self.at, self.linked, self.bold = [], None, 0, 0


def _is_row(row: Any) -> bool:
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
