"""HTML to lines, broken as a browser would break them, each with where it stands in the page; the only use of lxml.

The tree stays in here. What later stages may need of it (the elements around a line, how much of it is links, whether
it is hidden) goes out as plain values, one ``Dom`` a line. Nothing is fetched: no network, no external entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from cleanpage.draft import Dom
from cleanpage.load.declared import json_ld
from cleanpage.load.elements import CELLS, INLINE, PREFORMATTED, SKIPPED, folded, inside, is_hidden
from cleanpage.load.unseen import WARNING, unseen_body

MAX_CELL = 60
"""Longest cell, in characters, of a row that is written on one line."""
_DATE_IN_SCRIPT = re.compile(
    r"""(?:datePublished|publishDate|publishedAt|published_at|firstPublished|publish_time)(?:\\?["']|&quot;)?\s*:"""
    r"""\s*(?:\\?["']|&quot;)(\d{4}-\d\d-\d\d[^"'&\\<]{0,20})"""
)
"""What scripts that build the page know of its date."""
_CELL = "\x1f"
"""Stands between the cells of a row on one line; pages cannot hold it, controls are taken out."""
_OPENS = re.compile(
    r"\ufeff?\s*<(?:!--|(?:!doctype|\?xml|html|head|body|title|meta|link|script|style)\b)", re.IGNORECASE
)
"""What no flattened text begins with."""
_MAY_OPEN = re.compile(r"\ufeff?\s*<[a-z][a-z0-9]{0,10}[\s/>]", re.IGNORECASE)
_TAG = re.compile(r"</[a-z][a-z0-9]{0,10}\s*>|<(?:br|p|img|meta|hr)\b[^<>]*>", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Row(NamedTuple):
    """One line of the page."""

    text: str
    dom: Dom


@dataclass(frozen=True, slots=True)
class Page:
    """What a page in HTML holds."""

    rows: tuple[Row, ...]
    """Its lines; the first is the title of the head, if it has one."""
    meta: Mapping[str, str]
    """What it says about itself: lower-case names of meta elements, ``ld:…``, ``link:canonical``, ``time``."""
    warnings: tuple[str, ...] = ()
    """What its reader should know."""

    @property
    def text(self) -> str:
        """Return the lines, one a line."""
        return "\n".join(row.text for row in self.rows)


def is_html(raw: str) -> bool:
    """Tell whether a page is HTML: it begins as a document does, or begins and ends with tags.

    Of 10,836 flattened texts three begin with a tag that the page has printed; none ends with one as well.
    """
    if _OPENS.match(raw):
        return _TAG.search(raw) is not None
    return _MAY_OPEN.match(raw) is not None and raw.rstrip()[-1] == ">" and _TAG.search(raw) is not None


def load_html(raw: str) -> Page:
    """Return what a page holds; broken HTML is mended as libxml2 mends it."""
    root = _parsed(raw)
    if root is None:
        return Page((), {})
    rows, meta = rows_of(root), _meta(root)
    if (date := _DATE_IN_SCRIPT.search(raw)) is not None:
        meta.setdefault("script:datepublished", date[1])
    unseen = [Row(*row) for row in unseen_body(meta.get("ld:articlebody", ""), (row.text for row in rows))]
    return Page((*rows, *unseen), meta, (WARNING,) if unseen else ())


def rows_of(root: Any) -> list[Row]:
    """Return the lines of a parsed page."""
    walk = _Walk()
    title = root.find(".//title")
    if title is not None and (text := folded("".join(title.itertext()))):
        walk.rows.append(Row(text, Dom("title")))
    walk.read(root)
    return walk.rows


def _parsed(raw: str) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", raw))  # libxml2 would stop at a NUL
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None  # nothing in it


def _meta(root: Any) -> dict[str, str]:
    """Return what the page says about itself: names and contents of meta elements, JSON-LD, links, times."""
    found: dict[str, str] = {}
    scripts: list[str] = []
    for element in root.iter("meta", "script", "link", "time", "a"):
        for name, content in _claims(element, scripts):
            if content and content.strip():
                found.setdefault(name.strip().lower(), content.strip())
    return {**found, **json_ld(scripts)}


def _claims(element: Any, scripts: list[str]) -> Iterator[tuple[str, str | None]]:
    tag, get = element.tag, element.get
    if tag == "meta":
        for name in ("property", "name", "itemprop"):
            if get(name):
                yield get(name), get("content")
    elif tag == "script":
        if "ld+json" in (get("type") or ""):
            scripts.append(element.text or "")
    elif tag == "link":
        if (get("rel") or "").lower() == "canonical":
            yield "link:canonical", get("href")
    elif tag == "time":
        own = "datepublished" in (get("itemprop") or "").lower() or get("pubdate") is not None
        yield "time:published" if own else "time", get("datetime") or get("content")
    elif "author" in (get("rel") or "").lower().split():
        yield "rel:author", folded("".join(element.itertext()))


class _Element(NamedTuple):
    """An element that is open."""

    tag: str
    dom: Dom
    """What a line that begins here is told."""
    pre: bool
    one_line: bool
    """Whether this is a row whose cells stand on one line."""


@dataclass(slots=True)
class _Walk:
    """The state of one walk over the tree."""

    rows: list[Row] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    at: Dom | None = None
    """Where the open line began."""
    links: int = 0
    """Open links; ``linked`` characters of the open line stand in them, which go to ``hrefs``."""
    linked: int = 0
    hrefs: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
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
                stack.append(self._open(node, tag, stack[-1]))
                if node.text:
                    self._add(node.text, stack[-1])
                continue
            if tag not in SKIPPED:
                self._close(tag, stack.pop(), stack[-1])
            if node.tail and len(stack) > 1:
                self._add(node.tail, stack[-1])
        self._end_line()

    def _open(self, node: Any, tag: str, parent: _Element) -> _Element:
        if tag in INLINE:
            if tag == "a":
                self.links += 1
                self._noted(node, self.hrefs, "href")
            elif tag == "img":
                self._noted(node, self.images, "data-src", "data-original", "src")
            dom = parent.dom
            if not dom.hidden and node.attrib and is_hidden(tag, node.attrib):
                self._end_line()
                dom = dom._replace(hidden=True)
            return _Element(tag, dom, parent.pre, False)
        if tag in CELLS and parent.one_line:
            if self.parts:
                self.parts.append(_CELL)
            return _Element(tag, parent.dom, parent.pre, True)
        self._end_line()
        if tag == "br":
            return _Element(tag, parent.dom, parent.pre, False)
        self.opened += 1
        dom = inside(tag, node.attrib, parent.dom, self.opened)
        return _Element(tag, dom, parent.pre or tag in PREFORMATTED, tag == "tr" and _is_row(node))

    def _noted(self, node: Any, place: list[str], *names: str) -> None:
        value = next((value for name in names if (value := node.get(name))), None)
        if value:
            place.append(value.strip())

    def _close(self, tag: str, element: _Element, parent: _Element) -> None:
        if tag == "a":
            self.links -= 1
            if self.at is None and self.hrefs:
                self.hrefs.pop()  # there was no text in it
        breaks = tag not in INLINE and not (tag in CELLS and parent.one_line)
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
        self.parts.append(text)
        if self.links:
            self.linked += len(folded(text))

    def _end_line(self) -> None:
        if self.at is not None:
            text = "\t".join([folded(cell) for cell in "".join(self.parts).split(_CELL)])
            share = min(1.0, self.linked / max(1, len(text)))
            dom = self.at._replace(link_share=share, links=tuple(self.hrefs), images=tuple(self.images))
            self.rows.append(Row(text, dom))
            self.hrefs, self.images = [], []
        self.parts, self.at, self.linked = [], None, 0


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
