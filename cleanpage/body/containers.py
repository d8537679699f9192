"""Which lists and tables of HTML belong to the body although their lines do not read as an article's do.

A list of short items, or a table whose rows have cells, that stands right beside the body's paragraphs, in the element
that holds them, is the article's: specifications, definitions, prices. What is link after link, has a line that a rule
has named, or stands in an element that is called after navigation, sharing, tags or comments, is not. Lists: on 3,850
labelled pages in HTML 37 changed, 26 for the better: cleaneval +.0004, gn1 +.0002, wcxb-dev articles +.0002. Tables: of
300 pages of wcxb-dev none changed. Quotations lost in forums (-.003).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from cleanpage.body.element_tree import BAD
from cleanpage.body.lines import Line
from cleanpage.draft import Dom
from cleanpage.text import ends_sentence

LIST_TAGS = frozenset(("ul", "ol", "dl", "table"))
CELLS = frozenset(("tr", "td", "th"))
ITEMS = CELLS | {"li", "dt", "dd"}
"""What each line of such a list stands in itself: lists of teasers and posts have blocks in their items."""
CELL_BORDER = " | "
"""What stands between the cells of a row in a line's text; layout tables have one cell a row."""
BOXES = frozenset(("div", "section", "figure"))
WRAPPERS = 2
"""Elements that may stand between the one that holds the paragraphs and the list."""
FEWEST = 3
"""Lines of a list: a date alone and a choice of two were no text."""
MOST_LINKED_LIST = 0.3
"""Share of a list's text that may be links."""
MIN_PARAGRAPH = 10.0
"""Ideograms of a kept paragraph whose element is the article's."""
_APART = frozenset(("nav", "aside", "footer", "form", "header", "menu"))

LineGroup = list[int]


def with_lists(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the whole lists beside its paragraphs, and the headings right above them."""
    homes = {home for line, keep in zip(lines, kept, strict=True) if keep and (home := _home(line))}
    if not homes:
        return kept
    found = list(kept)
    start = kept.index(True)
    for group in _lists_in(lines, homes):
        if group[0] < start or not (_is_text(lines, group) or _is_announced(lines, found, group, homes)):
            continue
        for i in group:
            found[i] = True
        above = lines[group[0] - 1]
        if above.dom is not None and above.dom.heading and not above.labels and above.dom.outer in homes:
            found[group[0] - 1] = True
    return found


def _home(line: Line) -> int:
    """Return the number of the element that holds a paragraph that ends as one, 0 if the line is none."""
    dom = line.dom
    if dom is None or line.units < MIN_PARAGRAPH or not ends_sentence(line.text):
        return 0
    return dom.outer if dom.tag == "p" else dom.ids[-1] if dom.tag == "div" and dom.ids else 0


def _lists_in(lines: Sequence[Line], homes: set[int]) -> Iterator[LineGroup]:
    """Yield the lines of each list that stands in one of ``homes``, by their indices in order."""
    groups: dict[int, LineGroup] = {}
    for i, line in enumerate(lines):
        if line.dom is None or homes.isdisjoint(line.dom.ids):
            continue
        if number := _outermost_list(line.dom, homes):
            groups.setdefault(number, []).append(i)
    yield from _joined(groups.values())


def _joined(groups: Iterable[LineGroup]) -> Iterator[LineGroup]:
    """Yield groups of lines; neighbours of one line each are one: some editors write a list for each item."""
    run: LineGroup = []
    for group in groups:
        if run and (len(group) > 1 or group[0] != run[-1] + 1):
            yield run
            run = []
        if len(group) > 1:
            yield group
        else:
            run += group
    if run:
        yield run


def _outermost_list(dom: Dom, homes: set[int]) -> int:
    """Return the number of the list that a home holds and in which a line stands, 0 if there is none."""
    ids = dom.ids
    inner = len(ids) - 1
    while inner > 0 and ids[inner - 1] not in homes:
        inner -= 1
    for number, step in zip(ids[inner : inner + WRAPPERS + 1], dom.path[inner:], strict=False) if inner > 0 else ():
        tag = step.partition(".")[0]
        if tag in LIST_TAGS:
            return number
        if tag not in BOXES or is_apart(step):
            return 0
    return 0


def _is_announced(lines: Sequence[Line], kept: Sequence[bool], group: LineGroup, homes: set[int]) -> bool:
    """Tell whether a list belongs to the kept heading or the line with a colon above it.

    It may be short, and behind a colon and before another paragraph of the body it may be links.
    """
    at, end = group[0] - 1, group[-1] + 1
    above = lines[at].dom
    if at < 0 or not kept[at] or above is None or above.outer not in homes:
        return False
    has_colon = lines[at].text[-1] in ":："
    if not has_colon and not above.heading:
        return False
    goes_on = end < len(lines) and kept[end] and _home(lines[end]) == above.outer
    return _is_list(lines, group, 1.0 if has_colon and goes_on else MOST_LINKED_LIST)


def _is_text(lines: Sequence[Line], group: LineGroup) -> bool:
    """Tell whether a list of some lines is plain text."""
    return len(group) >= FEWEST and _is_list(lines, group, MOST_LINKED_LIST)


def _is_list(lines: Sequence[Line], group: LineGroup, most_linked: float) -> bool:
    """Tell whether no line of a list is anything else than a plain item, and few of its characters are links."""
    size = linked = 0.0
    for line in (lines[i] for i in group):
        dom = line.dom
        if dom is None or dom.hidden or line.labels or dom.tag not in ITEMS or any(map(is_apart, dom.path[-3:])):
            return False
        if dom.tag in CELLS and CELL_BORDER not in line.text:
            return False
        size += line.units
        linked += line.units * dom.link_share
    return linked <= most_linked * size


@lru_cache(maxsize=4096)
def is_apart(step: str) -> bool:
    """Tell whether an element is one for navigation, or is called as one for something else than text.

    That a list is called a list says nothing: ``ul.bulleted-list``.
    """
    tag, _, names = step.partition(".")
    names = names.replace("list", "") if tag in LIST_TAGS else names
    return tag in _APART or BAD.found_in(names)
