"""The elements of a page of HTML that hold its lines, as numbers."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property, lru_cache, reduce
from operator import or_

from cleanpage._native import twin
from cleanpage.body.name_words import Words
from cleanpage.body.window_features import Column, column, constant
from cleanpage.draft import Dom
from cleanpage.text.lazy_regex import lazy

REGIONS = (
    "nav", "footer", "header", "aside", "form", "article", "main", "section", "figure", "ul", "ol", "dl", "table",
    "blockquote",
)  # fmt: skip
"""Elements around a line that have a column: how many steps out the nearest stands."""
NO_ELEMENT = -1  # what a line outside of all elements has for the number of its own
DEPTH = 4
"""So many elements around a line are looked into for what else is in them."""
_GOOD = lazy(
    r"article|content|\bbody|entry|\bpost|story|\bmain|\btext|news|detail|zhengwen|neirong|artical|cont\b|conzt\b"
    r"|paragraph|blog|page"
)
_BAD = lazy(
    r"comment|sidebar|\bside|foot|\bnav|menu|share|social|relat|recommend|promo|\bads\b|\bad\b|advert|widget|\bhot"
    r"|rank|copyright|crumb|login|popup|modal|subscri|newsletter|\btags\b|\btag\b|header|banner|sponsor|cookie|hidden"
    r"|toolbar|more|\blist|link|breadcrumb|meta|author|byline|caption|disclaimer|carousel|slider|search|pager|paginat"
    r"|tool|print|teaser|card"
)
GOOD_NAMES, BAD = Words(_GOOD), Words(_BAD)
"""Names that authors give to elements with and without the article's text, in English and pinyin."""

STEP_NAMES = ("good", "bad", *REGIONS)
BITS = {name: 1 << at for at, name in enumerate(STEP_NAMES)}


class Elements:
    """The elements of a page that hold its lines, those around others first, as arrays of C ints."""

    def __init__(self, doms: Sequence[Dom]) -> None:
        self.doms = doms
        self.home, self.parent, self.begin, self.steps, self.family, self.paths = tree_of(doms)
        self.kinds = kinds_of(self.steps)
        """For each element which of ``STEP_NAMES`` it is, as bits."""

    @cached_property
    def outer(self) -> list[int]:
        """For each line the element around that which it stands in."""
        parent = self.parent
        return [parent[at] if at != NO_ELEMENT else NO_ELEMENT for at in self.home]

    @cached_property
    def tags(self) -> int:
        """Which of ``STEP_NAMES`` stand on the page, as bits."""
        return reduce(or_, self.kinds, 0)

    def has(self, *tags: str) -> bool:
        """Tell whether one of some elements of ``REGIONS`` holds a line of the page."""
        return any(self.tags & BITS[tag] for tag in tags)

    def sums(self, values: Column) -> Column:
        """Return for each element the sum of the values of the lines in it, however deep."""
        return sums_inside(self.home, self.parent, values)

    def around(self, values: Sequence[Column]) -> list[Column]:
        """Return for each line the elements' values for the ``DEPTH`` nearest around it, -1 where there is none."""
        found = [values_around(self.home, self.parent, own, DEPTH) for own in values]
        return [found[at][level] for level in range(DEPTH) for at in range(len(values))]


ElementArrays = tuple["array[int]", "array[int]", "array[int]", list[str], "array[int]", list[tuple[str, ...]]]


@twin("elements")
def tree_of(doms: Sequence[Dom]) -> ElementArrays:
    """Return the elements of a page as arrays.

    For each line the element that it stands in, ``NO_ELEMENT`` for none; for each element that around it, the line it
    begins with, and its tag and names; for each line the place of its path among the page's paths; and these.
    """
    outer: dict[int, int] = {}
    begin: dict[int, int] = {}
    steps: dict[int, str] = {}
    paths: dict[tuple[str, ...], int] = {}
    for i, dom in enumerate(doms):
        ids = dom.ids
        for at in range(len(ids) - 1, -1, -1):
            number = ids[at]
            if number in outer:
                break
            outer[number] = ids[at - 1] if at else 0
            begin[number] = i
            steps[number] = dom.path[at]
    numbers = sorted(outer)  # an element is numbered before those in it
    index = {number: at for at, number in enumerate(numbers)}
    index[0] = NO_ELEMENT
    return (
        array("i", [index[dom.ids[-1]] if dom.ids else NO_ELEMENT for dom in doms]),
        array("i", [index[outer[number]] for number in numbers]),
        array("i", [begin[number] for number in numbers]),
        [steps[number] for number in numbers],
        array("i", [paths.setdefault(dom.path, len(paths)) for dom in doms]),
        [*paths],
    )


@twin("elements")
def kinds_of(steps: Sequence[str]) -> array[int]:
    """Return for each element which of ``STEP_NAMES`` it is, as bits."""
    return array("i", map(_kinds, steps))


@lru_cache(maxsize=4096)
def _kinds(step: str) -> int:
    """Return which of ``STEP_NAMES`` an element is, as bits."""
    tag, _, names = step.partition(".")
    return BITS.get(tag, 0) | GOOD_NAMES.found_in(names) | BAD.found_in(names) << 1


def sums_inside(home: array[int], parent: array[int], values: Column) -> Column:
    """Return for each element the sum of the values of the lines in it, however deep (``Elements``)."""
    sums = constant(0.0, len(parent))
    for at, value in zip(home, values, strict=True):
        if at != NO_ELEMENT:
            sums[at] += value
    for at in range(len(parent) - 1, -1, -1):
        if parent[at] != NO_ELEMENT:
            sums[parent[at]] += sums[at]
    return sums


def values_around(home: array[int], parent: array[int], values: Column, levels: int) -> list[Column]:
    """Return for each line the values of the nearest ``levels`` elements around it, -1 where there is none."""
    columns = []
    places = home
    for _ in range(levels):
        columns.append(column([values[at] if at != NO_ELEMENT else -1.0 for at in places]))
        places = array("i", [parent[at] if at != NO_ELEMENT else NO_ELEMENT for at in places])
    return columns
