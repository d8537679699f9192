"""Prose that its author has wrapped at a common width, in a ``pre`` or with ``<br>``, becomes paragraphs again.

Text that is wrapped at a width shows it: no line takes the first word of the next one as well. Verse, addresses and
lists break where they please, and stay.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from cleanpage.load.bounds import MOST_TAGS
from cleanpage.load.elements import BLANKS, PREFORMATTED, SKIPPED, is_block, storable
from cleanpage.load.listing import is_prose_line
from cleanpage.load.tree_index import TreeIndex
from cleanpage.text import ends_sentence, is_cjk
from cleanpage.text.lazy_regex import lazy

NARROWEST, WIDEST = 45, 110
"""Columns of the widths that text is wrapped at, of 60 to 80 mostly; an ideogram takes two. Verse is narrower."""
LEAST_WRAPS = 3
"""Fewest breaks inside paragraphs that show a width."""
LEAST_CASELESS = 5
"""The same for scripts that do not show by small letters that a sentence goes on."""
FULL = 0.85
"""Share of them at which the next word had no room on the line."""
LOWER = 0.3
"""Share of them that words in lower case, or ideograms, follow."""
PROSE = 0.7
"""Share of them that lines of prose come before: rows of links and of names break as evenly now and then."""
SLACK = 3
"""Columns by which a line may fall short of the width all the same: two blanks behind a full stop, a tab."""
WIDE_LINES = 0.1
"""Share of the lines that may be wider than the width: addresses, headings."""

_BEGINS = lazy(r"[-*•·+o]\s|\(?(?:\d{1,3}|[a-z])[.)]\s|[|>=_~#]|--|https?:")
"""What a line of its own begins with: an item, a quotation, a rule."""
_LEADING_BLANKS = lazy(r"[ \t\xa0\u3000]*")


class _Break(NamedTuple):
    """What ends a line: a ``br``, or a line feed of a ``pre``."""

    node: Any
    attribute: str
    """Where the line feed stands: ``text`` or ``tail`` of the node; empty for a ``br``."""
    at: int


class _Line(NamedTuple):
    """A line, and what ends it."""

    text: str
    end: _Break | None
    """None for the last one of its element."""

    @property
    def width(self) -> int:
        """Columns up to its end."""
        return _text_columns(self.text.rstrip())


_Pair = tuple[_Line, _Line]


def unwrap_prose(index: TreeIndex, listings: Container[Any]) -> None:
    """Take the breaks out of the prose in a tree that is wrapped at a width; ``listings`` stay. Linear in the page."""
    pools: dict[Any, list[_Line]] = {}
    for around, lines in _runs(index.breaks, listings):
        if len(lines) > 1:  # a blank line parts the elements
            pools.setdefault(around, []).extend((*lines, _Line("", None)))
    feeds: dict[tuple[Any, str], list[tuple[int, str]]] = {}
    for end, blank in [found for lines in pools.values() for found in _breaks_inside(lines)]:
        if end.attribute:
            feeds.setdefault((end.node, end.attribute), []).append((end.at, blank))
        else:  # an element that breaks no line
            end.node.tag, end.node.text = "span", blank
            end.node.tail = storable(end.node.tail).lstrip(" \t\r\n")
    for (node, attribute), places in feeds.items():
        text = list(getattr(node, attribute))
        for at, blank in places:
            text[at] = blank
        setattr(node, attribute, storable("".join(text)))


def _runs(breaks: Sequence[Any], listings: Container[Any]) -> Iterator[tuple[Any, list[_Line]]]:
    """Yield the lines of each stretch of text in which nothing but ``br`` and line feeds ends a line, and its home."""
    if len(breaks) > MOST_TAGS or (len(breaks) < LEAST_WRAPS and all(node.tag == "br" for node in breaks)):
        return  # too few to show a width
    homes = _BreakHomes(listings)
    for node in breaks:
        homes.add(node)
    for home, keeps_lines in homes.found.items():
        for lines in _runs_in(home, listings, preformatted=keeps_lines):
            yield home.getparent(), lines


class _BreakHomes:
    """The blocks right in which a ``br`` stands, or text of a ``pre``: each with whether its line feeds are kept."""

    def __init__(self, listings: Container[Any]) -> None:
        self.listings = listings
        self.found: dict[Any, bool] = {}
        self.known: dict[Any, tuple[Any, bool | None]] = {}
        """For elements: the innermost block, and whether line feeds are kept; None if nobody reads what is in them."""

    def add(self, node: Any) -> None:
        """Add the block around a ``br``, or all that are in a ``pre``."""
        if node.tag == "br":
            places = [node.getparent()]
        else:
            places = [] if node in self.known else [inner for inner in node.iter() if is_block(inner.tag)]
        for home, keeps_lines in map(self.place, places):
            if keeps_lines is not None:
                self.found.setdefault(home, keeps_lines)

    def place(self, element: Any) -> tuple[Any, bool | None]:
        """Return the innermost block that is or holds an element, and whether line feeds are kept in it."""
        unknown = []
        while element is not None and element not in self.known:
            unknown.append(element)
            element = element.getparent()
        home, keeps_lines = self.known.get(element, (None, False))
        for one in reversed(unknown):
            home = one if is_block(one.tag) else home
            if one.tag in SKIPPED or one in self.listings:
                keeps_lines = None
            elif keeps_lines is not None:
                keeps_lines = keeps_lines or one.tag in PREFORMATTED
            self.known[one] = (home, keeps_lines)
        return home, keeps_lines


def _runs_in(home: Any, listings: Container[Any], *, preformatted: bool) -> Iterator[list[_Line]]:
    """Yield the lines of each stretch of text right in a block: other blocks part them."""
    reader = _Reader(preformatted=preformatted)
    reader.add(home, "text", home.text)
    around = [(home, iter(home))]
    while around:
        node = next(around[-1][1], None)
        if node is None:
            node, _ = around.pop()
        elif is_block(node.tag):
            yield reader.take()
        elif node not in listings:
            if node.tag == "br":
                reader.end_line(_Break(node, "", 0))
            reader.add(node, "text", node.text)
            if len(node):
                around.append((node, iter(node)))
                continue
        if around:
            reader.add(node, "tail", node.tail)
    yield reader.take()


class _Reader:
    """Reads pieces of text as lines."""

    def __init__(self, *, preformatted: bool) -> None:
        self.preformatted = preformatted
        self.lines: list[_Line] = []
        self.parts: list[str] = []

    def add(self, node: Any, attribute: str, text: str | None) -> None:
        """Add the text of a node, or what stands behind it."""
        if not text:
            return
        if not self.preformatted:
            text = BLANKS.sub(" ", text)
            self.parts.append(text if self.parts else text.lstrip(" "))
            return
        at = -1
        *lines, rest = text.split("\n")
        for line in lines:
            at += len(line) + 1
            self.parts.append(line)
            self.end_line(_Break(node, attribute, at))
        self.parts.append(rest)

    def end_line(self, end: _Break | None) -> None:
        """End the line."""
        self.lines.append(_Line("".join(self.parts), end))
        self.parts = []

    def take(self) -> list[_Line]:
        """Return the lines so far, and forget them."""
        self.end_line(None)
        lines, self.lines = self.lines, []
        return lines


def _breaks_inside(lines: Sequence[_Line]) -> Iterator[tuple[_Break, str]]:
    """Yield the breaks inside paragraphs, each with the blank it stands for; none unless the lines show a width."""
    if all(2 * len(line.text) < NARROWEST for line in lines):
        return
    pairs = [(a, b) for a, b in pairwise(lines) if a.end and _may_go_on(a.text, b.text)]
    if len(pairs) < LEAST_WRAPS:
        return
    widths = sorted(a.width for a, _ in pairs)
    width = widths[-1 - int(WIDE_LINES * len(widths))]
    full: list[_Pair] = []
    short: list[_Pair] = []
    for a, b in pairs:
        if a.width + _first_word(b.text) >= width - SLACK:
            full.append((a, b))
        elif not ends_sentence(a.text.rstrip()):
            short.append((a, b))
    if not NARROWEST <= width <= WIDEST or not _is_wrapped(full, short):
        return
    for a, b in (*full, *(pair for pair in short if _continues_line(pair[1].text))):
        tight = _is_tight(a.text.rstrip()[-1]) and _is_tight(b.text.lstrip()[0])
        if a.end:
            yield a.end, "" if tight else " "


def _is_wrapped(full: Sequence[_Pair], short: Sequence[_Pair]) -> bool:
    """Tell whether lines are prose wrapped at a width, by the breaks at full lines and those inside sentences."""
    caseless = sum(is_cjk(b.text.lstrip()[0]) for _, b in full)
    least = LEAST_CASELESS if 2 * caseless > len(full) else LEAST_WRAPS
    if len(full) < max(least, FULL * (len(full) + len(short))):
        return False
    goes_on = sum(_continues_line(b.text) for _, b in full)
    prose = sum(_is_tight(b.text.lstrip()[0]) or is_prose_line(a.text.strip()) for a, b in full)
    return goes_on >= LOWER * len(full) and prose >= PROSE * len(full)


def _continues_line(line: str) -> bool:
    """Tell whether a line begins in lower case, or in a script that has none."""
    first = line.lstrip()[0]
    return first.isalpha() and not first.isupper()


def _may_go_on(line: str, following: str) -> bool:
    """Tell whether a line may go on in the next one: none is blank, an item, or stands in further than the first."""
    if not line.strip() or not following.strip() or _BEGINS.match(following.lstrip()):
        return False
    stands_in = _indent(following) > _indent(line)
    return not stands_in or _BEGINS.match(line.lstrip()) is not None


def _indent(line: str) -> int:
    found = _LEADING_BLANKS.match(line)
    return len(found[0]) if found else 0


def _first_word(line: str) -> int:
    """Return the columns that the first word of a line takes behind another line: with the blank, or one ideogram."""
    word = line.split(maxsplit=1)[0]
    return 2 if _is_tight(word[0]) else 1 + _text_columns(word)


def _is_tight(char: str) -> bool:
    """Tell whether a character is of a script that parts no words by blanks."""
    return is_cjk(char) and not "\uac00" <= char <= "\ud7a3"


def _text_columns(text: str) -> int:
    """Return the columns that a text takes."""
    return len(text) if text.isascii() else len(text) + sum(map(is_cjk, text))
