"""HTML to lines, broken as a browser would break them, each with where it stands in the page; the only use of lxml.

The tree stays in here. What later stages may need of it (the elements around a line, how much of it is links, whether
it is hidden) goes out as plain values, one ``Dom`` a line. Nothing is fetched: no network, no external entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from cleanpage.draft import Dom
from cleanpage.load.declared import json_ld

INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "img", "input", "ins", "kbd", "label", "mark", "math", "nobr", "o:p", "picture", "q", "rb", "rp", "rt",
        "rtc", "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
        "var", "wbr",
    )
)  # fmt: skip
"""Elements that do not break a line."""
SKIPPED = frozenset(
    ("applet", "audio", "canvas", "embed", "head", "iframe", "object", "script", "style", "svg", "video")
)
"""Elements whose text nobody reads; the head's title is taken apart."""
HIDING = frozenset(("template", "noscript", "datalist", "dialog"))
PREFORMATTED = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
CELLS = frozenset(("td", "th"))
MAX_CELL = 60
"""Longest cell, in characters, of a row that is written on one line."""
NAMING, MAX_NAMES = ("class", "id", "role"), 3
"""Attributes that name an element, and how many names go into its path; numbers in them become 0."""

LEAST_UNSEEN = 300
"""Shortest body, in characters, that is taken from JSON-LD; shorter ones are abstracts."""
PROBE, PROBE_EVERY, SHOWN = 20, 60, 0.5
"""A body is shown if this share of its pieces, so long and so far apart, in letters and digits, stands on the page."""
UNSEEN = 1_000_000_000
"""Number of the first element that the page does not have."""
_MARKUP = re.compile(r"<[^<>]{1,300}>")
_HTML = re.compile(
    r"\ufeff?\s*<(?:!--|(?:!doctype|\?xml|html|head|body|title|meta|link|script|style|div|p|article|main|section|header|nav"
    r"|table|span|h[1-6]|ul|ol|a|br|font|center|b|img|frameset)\b)",
    re.IGNORECASE,
)
_TAG = re.compile(r"</[a-z][a-z0-9]{0,10}\s*>|<(?:br|p|img|meta|hr)\b[^<>]*>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_DIGITS = re.compile(r"\d+")
_NAME = re.compile(r"\S{2,}")


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
    """Tell whether a page is HTML: it begins with a tag, and there are more."""
    return _HTML.match(raw) is not None and _TAG.search(raw) is not None


def load_html(raw: str) -> Page:
    """Return what a page holds; broken HTML is mended as libxml2 mends it."""
    root = _parsed(raw)
    if root is None:
        return Page((), {})
    rows, meta = rows_of(root), _meta(root)
    unseen = list(_unseen_body(rows, meta))
    warning = "body-in-json: the page shows no such text; the body comes from its description of itself (JSON-LD)"
    return Page((*rows, *unseen), meta, (warning,) if unseen else ())


def rows_of(root: Any) -> list[Row]:
    """Return the lines of a parsed page."""
    walk = _Walk()
    title = root.find(".//title")
    if title is not None and (text := _folded("".join(title.itertext()))):
        walk.rows.append(Row(text, Dom("title")))
    walk.read(root)
    return walk.rows


def _unseen_body(rows: Sequence[Row], meta: Mapping[str, str]) -> Iterator[Row]:
    """Yield the paragraphs of a body that stands in JSON-LD alone: scripts would show it."""
    body = _MARKUP.sub("\n", meta.get("ld:articlebody", ""))
    if len(body) < LEAST_UNSEEN:
        return
    shown = _letters("".join(row.text for row in rows))
    own = _letters(body)
    probes = [own[at : at + PROBE] for at in range(0, len(own) - PROBE, PROBE_EVERY)]
    if sum(probe in shown for probe in probes) < SHOWN * len(probes):
        around = Dom("article", ("body", "article.ld-articlebody"), (UNSEEN, UNSEEN + 1))
        for number, line in enumerate(filter(None, map(_folded, body.splitlines())), UNSEEN + 2):
            yield Row(line, Dom("p", (*around.path, "p"), (*around.ids, number)))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


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
        yield "rel:author", _folded("".join(element.itertext()))


def _folded(text: str) -> str:
    return _BLANKS.sub(" ", text).strip(" ")


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
            if not dom.hidden and node.attrib and _is_hidden(tag, node.attrib):
                self._end_line()
                dom = dom._replace(hidden=True)
            return _Element(tag, dom, parent.pre, False)
        if tag in CELLS and parent.one_line:
            if self.parts:
                self.parts.append("\t")
            return _Element(tag, parent.dom, parent.pre, True)
        self._end_line()
        if tag == "br":
            return _Element(tag, parent.dom, parent.pre, False)
        self.opened += 1
        dom = _inside(tag, node.attrib, parent.dom, self.opened)
        return _Element(tag, dom, parent.pre or tag in PREFORMATTED, tag == "tr" and _is_row(node))

    def _noted(self, node: Any, place: list[str], *names: str) -> None:
        value = next((value for name in names if (value := node.get(name))), None)
        if value:
            place.append(value.strip())

    def _close(self, tag: str, element: _Element, parent: _Element) -> None:
        if tag == "a":
            self.links -= 1
        if (tag not in INLINE and not (tag in CELLS and parent.one_line)) or (
            element.dom.hidden and not parent.dom.hidden
        ):
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
            self.linked += len(_folded(text))

    def _end_line(self) -> None:
        if self.at is not None:
            text = (
                "\t".join([_folded(cell) for cell in "".join(self.parts).split("\t")])
                if "\t" in self.parts
                else (_folded("".join(self.parts)))
            )
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
        if len(_folded("".join(cell.itertext()))) > MAX_CELL:
            return False
    return True


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag in HIDING or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def _inside(tag: str, attributes: Mapping[str, str], around: Dom, number: int) -> Dom:
    """Return where a line stands that begins in a block element: its tag, its names, the elements around it."""
    hidden, step = around.hidden or tag in HIDING, tag
    if attributes:
        hidden = hidden or _is_hidden(tag, attributes)
        names = " ".join([attributes[name] for name in NAMING if name in attributes]).lower()
        kinds = list(dict.fromkeys(_NAME.findall(_DIGITS.sub("0", names)))) if names else []
        step = ".".join((tag, *kinds[:MAX_NAMES]))
    return Dom(tag, (*around.path, step), (*around.ids, number), hidden)
