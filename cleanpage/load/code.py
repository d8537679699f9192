"""The code in a page of HTML: the exact text of each listing, without line numbers and buttons.

A listing is a ``pre``, or what a highlighter makes in its place: a table of rows, a ``div`` a line. A ``pre`` that
sets prose, as old pages and mailing lists do, is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from cleanpage.load.bounds import DEEPEST, MOST_CHEAP
from cleanpage.load.elements import BLANKS, CELLS, SKIPPED, is_block, is_hidden
from cleanpage.load.listing import is_listing, is_listing_in_pre
from cleanpage.load.tree_index import LISTINGS, TreeIndex
from cleanpage.text.lazy_regex import lazy

OUT = 5
"""So many elements out the names, buttons and line numbers of a listing are looked for."""
FEW_BESIDE = 6
"""Most elements beside a listing, or beside one around it, that may be its own: more are the page's."""
LABEL = 20
"""Characters of the longest button, and of the longest name of a language above a listing."""
PROMPT = 8
"""Characters of the longest part of a line that cannot be selected: a number, a prompt."""
LEAST_CODE_BREAKS = 2
"""Fewest ``br`` of code outside of a ``pre``: one breaks a line of the text."""
LEAST_NUMBERED = 3
"""Fewest lines of a listing that count on for their numbers to be none of its own."""
HIGHLIGHTED = 3
"""Spans with a class, directly in a ``pre``, that show that a highlighter was there."""

_CODE = lazy(
    r"(?:^|[\s_-])(?:code|codes|codehilite|highlight|highlighter|hljs|prettyprint|prism|shiki|chroma|rouge|brush|lang"
    r"|language|source|sourcecode|syntaxhighlighter|fragment|programlisting|screen|console|terminal|literal-block|example"
    r"|codemirror|crayon|ace|monaco|cm|dp|blob|blockcode|codebox|geshi|synopsis|snippet)(?:$|[\s_:-])|code_?block",
    re.IGNORECASE,
)
"""Classes of listings and of what stands around them."""
_FRAME_CLASS = lazy(
    r"(?:^|\s)(?:fragment|container|code|highlight|crayon-pre|CodeMirror-code|CodeMirror-lines|cm-content|view-lines"
    r"|ace_text-layer|geshi|react-code-lines|dp-[a-z]+|dp-highlighter|syntaxhighlighter|source|linenums|code-lines)(?:\s|$)"
)
"""Classes of the element around lines of code that are elements of their own."""
_LINE_CLASS = lazy(
    r"(?:^|\s)(?:line|code-?line|token-line|view-line|cm-line|CodeMirror-line|crayon-line|blob-code|hljs-ln-code"
    r"|js-file-line|react-code-line-contents|highlight-line|ace_line|de1|de2|alt|alt1|alt2|L\d)(?:\s|$)"
)
_FORUM_BOX = lazy(r"(?:^|\s)(?:blockcode|geshi)(?:\s|$)")
"""Classes of the boxes of forums around code whose lines ``br`` ends."""
_NUMBER_CLASS = lazy(
    r"line-?_?num|lineno|gutter|blob-num|(?:^|[\s_-])(?:ln|lnt|lntd|gl|num|nums|hljs-ln-n)(?:$|[\s_-])", re.IGNORECASE
)
"""Classes of line numbers; what has one is a number only if nothing else stands in it."""
_NUMERIC_LINE = lazy(r"[\s\d.:|\xa0]*")
_LINE_NUMBER = lazy(r" {0,4}(\d{1,4})(?: |$)")
_BUTTON = lazy(r"(?:^|[\s_-])(?:copy|clipboard|btn|button|toolbar)|copy(?:$|[\s_-])|clipboard", re.IGNORECASE)
_LANGUAGE_LABEL = lazy(r"(?:^|[\s_-])(?:(?:code-?)?lang(?:uage)?|(?:input|output)?_?prompt)(?:$|[\s_-])", re.IGNORECASE)
"""Classes of what stands beside a listing: the name of its language, the number of its cell in a notebook."""
_ACTION = lazy(r"copy|select|clipboard", re.IGNORECASE)
"""What a script does for whom presses a button of a listing."""
_NO_SELECTION = lazy(r"user-select\s*:\s*none", re.IGNORECASE)
_OWN_LINE = lazy(r"display\s*:\s*(?:block|flex|grid|table-row)", re.IGNORECASE)
_LANGUAGE_CLASS = lazy(
    r"(?:^|[\s_-])(?:language|lang|brush|highlight-source|highlight|sourceCode|source)(?:-|:\s?)([a-z][a-z0-9+#]{0,15})",
    re.IGNORECASE,
)
_NAME = lazy(r"[A-Za-z][\w+#.-]{0,15}")
_NO_LANGUAGE = frozenset(
    ("default", "none", "text", "plaintext", "plain", "txt", "code", "source", "undefined", "block")
)
_BETWEEN = frozenset(("table", "tbody", "thead", "tr", "ol", "ul"))
"""Elements in which white space is none of the code's."""
_IN_LINES = CELLS | {"tbody", "thead", "xmp"}
"""Elements that stand around lines of code, or in one."""


class Code(NamedTuple):
    """A listing."""

    text: str
    """Its lines as they were written; empty for what is no code but belongs to it: line numbers, a button."""
    language: str
    """The language that the page names, lower case, or an empty string."""
    link_share: float
    """Share of its characters that are links."""


def find_code(index: TreeIndex) -> dict[Any, Code]:
    """Return the elements of a page that hold code, and those beside it that go; linear in the size of the page."""
    found: dict[Any, Code] = {}
    seen: set[Any] = set()
    broken = _broken_by_br(index.breaks)
    for element in islice((*_candidates(index), *broken), MOST_CHEAP):
        if element in seen or _has_ancestor(element, seen):
            continue
        seen.add(element)
        if _is_gutter(element):
            found[element] = Code("", "", 0.0)
        elif (code := _read(element, collapses=element in broken)) is not None:
            found[element] = code
            found.update(dict.fromkeys(_beside(element), Code("", "", 0.0)))
    return found


def _candidates(index: TreeIndex) -> list[Any]:
    """Return the elements that may be listings, those around others first."""
    frames = dict.fromkeys(frame for frame in map(_frame, index.lines) if frame is not None)
    tables: dict[Any, bool] = {}
    for pre in index.listings:
        table = next(_ancestors(pre, ("table",)), None)
        if table is not None and table not in tables:
            tables[table] = _is_numbered(table)
    return [*(table for table, numbered in tables.items() if numbered), *frames, *index.listings]


def _broken_by_br(breaks: Iterable[Any]) -> dict[Any, None]:
    """Return the elements, no ``pre``, whose lines of code ``br`` ends: ``code``, and the boxes of forums."""
    found: Counter[Any] = Counter()
    homes: dict[Any, Any] = {}
    for node in breaks:
        if node.tag == "br":
            around = node.getparent()
            if around not in homes:
                homes[around] = _box(node)
            found[homes[around]] += 1
    return {box: None for box, lines in found.items() if box is not None and lines >= LEAST_CODE_BREAKS}


def _box(line: Any) -> Any:
    """Return the ``code`` or the box of a forum that a ``br`` stands in, None if it is in a ``pre`` or in neither."""
    around = _ancestors(line, ("code", "div", "dl"))
    box = next((node for node in around if node.tag == "code" or _FORUM_BOX.search(node.get("class", ""))), None)
    if box is None or any(node.tag in LISTINGS for node in islice(box.iterancestors(), DEEPEST)):
        return None
    return box


def _frame(line: Any) -> Any:
    """Return the element around a line of code that is an element of its own; None if it is none."""
    if not _is_line_by_name("", line.get("class")) or next(_ancestors(line, ("pre",)), None) is not None:
        return None
    if line.tag == "td":
        table = next(_ancestors(line, ("table",)), None)
        # Forums call every other cell ``alt1``, too.
        return None if table is None or ("alt" in line.get("class") and not _is_named(table)) else table
    if line.tag not in ("div", "li", "pre", "span"):
        return None
    around = (
        frame for frame in _ancestors(line, ("div", "ol", "td", "code")) if _FRAME_CLASS.search(frame.get("class", ""))
    )
    frame = next(around, None)
    return frame if frame is not None and _is_named(frame) else None


def _ancestors(element: Any, tags: Iterable[str]) -> Iterator[Any]:
    """Yield the elements around one that have one of the tags, at most ``OUT`` steps out."""
    for _ in range(OUT):
        element = element.getparent()
        if element is None:
            return
        if element.tag in tags:
            yield element


def _has_ancestor(element: Any, seen: set[Any]) -> bool:
    return any(around in seen for around in islice(element.iterancestors(), DEEPEST))


def _is_named(element: Any) -> bool:
    """Tell whether an element, or one right around it, has a name that listings have."""
    around = [element, *islice(element.iterancestors(), 2)]
    return any(_CODE.search(node.get("class", "")) for node in around if node.tag not in ("body", "html"))


def _is_numbered(table: Any) -> bool:
    """Tell whether each row of a table is a line number and something else, as rows of a listing are."""
    rows = [row for part in table for row in (part if part.tag in ("tbody", "thead") else [part]) if row.tag == "tr"]
    return len(rows) > 1 and _counts_on([_row_number(row) for row in rows])


def _row_number(row: Any) -> str:
    """Return what stands in the first of the two cells of a row."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return "".join(cells[0].itertext()).strip() if len(cells) == 2 else ""


def _is_gutter(element: Any) -> bool:
    """Tell whether an element holds nothing but line numbers: its names say so, or it is a cell beside a listing."""
    text = "".join(element.itertext())
    if not text.strip() or not _NUMERIC_LINE.fullmatch(text):
        return False
    around = [element, *islice(element.iterancestors(), 3)]
    if any(_NUMBER_CLASS.search(node.get("class", "")) for node in around):
        return True
    cell = next((node for node in around if node.tag == "td"), None)
    beside = cell.getnext() if cell is not None else None
    return beside is not None and _counts_on(text.split())


def _counts_on(words: Sequence[str]) -> bool:
    """Tell whether words are numbers, each one more than the one before."""
    if not all(word.isdecimal() and len(word) < 7 for word in words):
        return False
    first = int(words[0])
    return [*map(int, words)] == [*range(first, first + len(words))]


def _beside(element: Any) -> Iterator[Any]:
    """Yield what stands beside a listing and belongs to it: line numbers, a button, the name of its language."""
    for _ in range(OUT):
        around = element.getparent()
        if around is None or around.tag in ("body", "html", "article", "main"):
            return
        if next(islice(around, FEW_BESIDE, None), None) is not None:  # len would count thousands, once a listing
            return
        yield from (node for node in around if node is not element and isinstance(node.tag, str) and _goes(node))
        element = around


def _goes(node: Any) -> bool:
    if node.tag in LISTINGS:
        return False
    names = node.get("class", "")
    text = "".join(node.itertext()).strip()
    if len(text) <= LABEL and (node.tag == "button" or _BUTTON.search(names) or _LANGUAGE_LABEL.search(names)):
        return "\n" not in text
    if len(text) <= 2 * LABEL and any(map(_is_button, node.iter("button", "a", "em", "span"))):
        return True
    return bool(text) and (node.tag == "td" or _NUMBER_CLASS.search(names) is not None) and _is_gutter(node)


def _is_button(node: Any) -> bool:
    """Tell whether an element is a button, or runs a script that copies or selects."""
    return node.tag == "button" or _ACTION.search(node.get("onclick", "")) is not None


def _read(element: Any, *, collapses: bool) -> Code | None:
    """Return the listing in an element, None if it is none; ``collapses`` if browsers show runs of blanks as one."""
    text, linked = _ListingReader(element, collapses=collapses).read()
    if not text.strip():
        return None
    if not _is_code(element, text, linked):
        return None
    return Code(text, _language(element), min(1.0, linked / len(text)))


def _is_code(element: Any, text: str, linked: int) -> bool:
    """Tell whether an element with this text is code; in a menu, a footer or around blocks it must look like it."""
    if _is_marked(element):
        return is_listing(text, marked=True)
    in_chrome = 2 * linked > len(text) or next(_ancestors(element, ("noscript", "nav", "footer")), None) is not None
    return is_listing(text, marked=False) if in_chrome or _holds_blocks(element) else is_listing_in_pre(text)


def _holds_blocks(element: Any) -> bool:
    """Tell whether blocks stand in an element; a ``pre`` that was never closed holds the rest of its page."""
    return any(is_block(node.tag) for node in element.iterdescendants(etree.Element))


def _is_marked(element: Any) -> bool:
    """Tell whether markup says that an element is code; a notice to browsers without scripts must look like it too."""
    if next(_ancestors(element, ("noscript",)), None) is not None:
        return False
    if element.tag not in LISTINGS or _is_named(element):
        return True
    spans = 0
    for child in element:
        if child.tag in ("code", "samp", "kbd"):
            return True
        spans += child.tag == "span" and "class" in child.attrib
    return spans >= HIGHLIGHTED


def _language(element: Any) -> str:
    """Return the language of a listing as attributes of it, of what is in it or around it name it."""
    inner = next((child for child in element.iterdescendants() if child.tag == "code"), None)
    near = [element, *([inner] if inner is not None else ())]
    near += islice(element.iterancestors(), 3)
    for node in near:
        names = [node.get("data-lang"), node.get("data-language"), *_LANGUAGE_CLASS.findall(node.get("class", ""))]
        for name in names:
            if name and _NAME.fullmatch(name) and name.lower() not in _NO_LANGUAGE:
                return str(name.lower())
    return ""


class _Named(NamedTuple):
    """What the tag, the classes and the style of an element of a listing tell of it."""

    numbers: bool
    """Whether it is called as line numbers are."""
    button: bool
    hidden: bool
    apart: bool
    """Whether it cannot be selected."""


@lru_cache(maxsize=1024)
def _named(tag: str, names: str, style: str) -> _Named:
    """Return what an element is by its names; a listing has the same for each word."""
    numbers, button = _NUMBER_CLASS.search(names) is not None, _BUTTON.search(names) is not None
    return _Named(numbers, button, is_hidden(tag, {"style": style}), _NO_SELECTION.search(style) is not None)


class _OpenElement(NamedTuple):
    """An element that is open."""

    mark: int
    """How many pieces there were before it."""
    inside: int
    """The same with the line break that it brought."""
    pending: bool
    """Whether a line break was due before it."""
    words: int
    """The last piece before it that was more than numbers and blanks."""
    linked: int
    """How many characters of links there were before it."""


class _ListingReader:
    """One walk over a listing."""

    def __init__(self, element: Any, *, collapses: bool) -> None:
        self.element = element
        self.collapses = collapses
        self.keeps_space = element.tag in LISTINGS
        self.pieces: list[str] = []
        self.pending = False
        """Whether a line break is due before the next character."""
        self.words = -1
        """The last piece that is more than numbers and blanks."""
        self.linked = 0

    def read(self) -> tuple[str, int]:
        """Return the text and how many characters of it are links."""
        stack: list[_OpenElement] = []
        walk = etree.iterwalk(self.element, events=("start", "end"))
        for event, node in walk:
            skipped = node.tag in SKIPPED or node.tag == "button"
            if event == "end":
                if not skipped:
                    self._close(node, stack.pop())
                if node is not self.element:
                    self._add(node.tail, node.getparent())
            elif skipped:
                walk.skip_subtree()
            else:
                stack.append(self._open(node))
                self._add(node.text, node)
        text = "".join(self.pieces).replace("\r\n", "\n").replace("\r", "\n")
        lines = _unnumbered([_bare(line) for line in text.split("\n")])
        first = next((at for at, line in enumerate(lines) if line.strip()), 0)
        return "\n".join(lines[first:]).rstrip(), self.linked

    def _open(self, node: Any) -> _OpenElement:
        mark, pending = len(self.pieces), self.pending
        inside_a_line = self.pending or (self.pieces and not self.pieces[-1].endswith("\n"))
        if node.tag == "br" or (inside_a_line and _is_line(node)):
            self.pending = False
            self._put("\n")
        return _OpenElement(mark, len(self.pieces), pending, self.words, self.linked)

    def _close(self, node: Any, opened: _OpenElement) -> None:
        if node is self.element:
            return
        if self._is_furniture(node, opened.mark):
            del self.pieces[opened.mark :]
            self.pending, self.words, self.linked = opened.pending, opened.words, opened.linked
            return
        if node.tag == "a":
            self.linked = opened.linked + sum(map(len, self.pieces[opened.mark :]))
        if _is_line(node):
            self._end_line(opened.inside)

    def _end_line(self, inside: int) -> None:
        """End the line that an element is; an empty one is a line too."""
        if len(self.pieces) == inside:
            self._put("")
        elif self.pieces[-1].endswith("\n"):
            self.pieces[-1] = self.pieces[-1][:-1]
        self.pending = True

    def _is_furniture(self, node: Any, mark: int) -> bool:
        """Tell whether what an element has added is no code: a line number, a prompt, a button, what is hidden."""
        numeric = self.words < mark
        named = _named(node.tag, node.get("class", ""), node.get("style", ""))
        if numeric and (named.numbers or node.get("data-line-number") is not None or self._is_number_cell(node)):
            return True
        if named.hidden:
            return True
        apart = named.apart or node.get("aria-hidden") == "true"
        if not apart and not named.button and not _is_button(node):
            return False
        if numeric:
            return apart
        size = sum(map(len, self.pieces[mark : mark + LABEL]))
        return size <= (PROMPT if apart else LABEL) and len(self.pieces) - mark < LABEL

    def _is_number_cell(self, node: Any) -> bool:
        return self.element.tag == "table" and node.tag in ("td", "th") and node.getnext() is not None

    def _add(self, text: str | None, around: Any) -> None:
        if not text:
            return
        between = around.tag in _BETWEEN or (around is self.element and not self.keeps_space)
        if between and text.isspace():
            return
        if self.collapses:
            text = BLANKS.sub(" ", text)
            at_start = self.pending or not self.pieces or self.pieces[-1].endswith("\n")
            text = text.lstrip(" ") if at_start else text
            if not text:
                return
        if self.pending and text[0] == "\n":  # the break that was due
            self.pending = False
        self._put(text)

    def _put(self, text: str) -> None:
        if self.pending:
            self.pieces.append("\n")
            self.pending = False
        self.pieces.append(text)
        if not _NUMERIC_LINE.fullmatch(text):
            self.words = len(self.pieces) - 1


def _unnumbered(lines: list[str]) -> list[str]:
    """Return lines without the numbers that all of them begin with, counting from 1: ``1 x = 2``."""
    found = [_LINE_NUMBER.match(line) for line in lines]
    while found and found[-1] is None and not lines[len(found) - 1].strip():
        found.pop()
    numbers = [int(number[1]) if number else 0 for number in found]
    if len(numbers) < LEAST_NUMBERED or numbers != [*range(1, len(numbers) + 1)]:
        return lines
    rest = [line[number.end() :] for line, number in zip(lines, found, strict=False) if number]
    return rest if any(map(str.strip, rest)) else lines


def _bare(line: str) -> str:
    """Return a line with spaces for no-break spaces; those that a highlighter has put at its end go."""
    end = len(line.rstrip(" \xa0\u200b"))
    if "\xa0" in line[end:] or "\u200b" in line[end:]:
        line = line[:end]
    return line.replace("\xa0", " ")


def _is_line(node: Any) -> bool:
    """Tell whether an element of a listing begins and ends a line."""
    if is_block(node.tag):
        return node.tag not in _IN_LINES
    if node.tag not in ("span", "code", "a"):
        return False
    return _is_line_by_name(node.get("style", ""), node.get("class", ""))


@lru_cache(maxsize=1024)
def _is_line_by_name(style: str, names: str) -> bool:
    """Tell whether the style or the classes of an element make it a line; a listing has the same for each word."""
    return _OWN_LINE.search(style) is not None or _LINE_CLASS.search(names) is not None
