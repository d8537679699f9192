"""What the body stage knows about a line of HTML besides its text: the elements around it, and what else is in them.

An article stands in one element whose running text outweighs its links (Kohlschütter, Fankhauser, Nejdl, WSDM 2010);
what is around it is told by tags and by the names that authors give to elements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from operator import add
from typing import TypeVar

from cleanpage.body.class_name_weights import told
from cleanpage.body.lines import Lines
from cleanpage.body.text_features import words_held
from cleanpage.body.window_features import Column, Weights, shifted
from cleanpage.draft import Dom
from cleanpage.text.lazy_regex import lazy

Key = TypeVar("Key", bound=Hashable)

TAGS = ("p", "li", "td", "div", "blockquote", "pre", "dd")
"""Block elements that have a column."""
REGIONS = (
    "nav", "footer", "header", "aside", "form", "article", "main", "section", "figure", "ul", "ol", "dl", "table",
    "blockquote",
)  # fmt: skip
"""Elements around a line that have a column: how many steps out the nearest stands."""
NONE = 12.0
"""Steps to an element that is not there, or is farther away."""
NOWHERE = -1.0
"""Steps from an element that the page does not have."""
LEVELS = 4
"""So many elements around a line are looked into for what else is in them."""
MOST_ALIKE = 20
"""Elements of the same names beside each other that are told apart: comments, teasers, rows."""
LEAF = frozenset(("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "tr", "figcaption"))
"""Elements that hold one line and are judged by what is around them."""
OUTSIDE = 0.5
"""What running text one element further in counts for the page's main element."""
GOOD = lazy(
    r"article|content|\bbody|entry|\bpost|story|\bmain|\btext|news|detail|zhengwen|neirong|artical|conz?t\b|paragraph|blog|page"
)
BAD = lazy(
    r"comment|sidebar|\bside|foot|\bnav|menu|share|social|relat|recommend|promo|\bads?\b|advert|widget|\bhot|rank|copyright"
    r"|crumb|login|popup|modal|subscri|newsletter|\btags?\b|header|banner|sponsor|cookie|hidden|toolbar|more|\blist|link"
    r"|breadcrumb|meta|author|byline|caption|disclaimer|carousel|slider|search|pager|paginat|tool|print|teaser|card"
)
"""Names that authors give to elements with and without the article's text, in English and pinyin."""

_STEPS = ("good", "bad", *REGIONS)
_LEVEL = ("prose_share", "prose_part", "link_part", "lines", "alike", "alike_before", "opens_linked")
DOM = (
    *(f"is_{tag}" for tag in TAGS), "heading", "link_share", "hidden", "depth", "pictured",
    "link_share-1", "link_share+1", "heading-1", "heading+1", "sibling-1", "sibling+1",
    *(f"out_to_{name}" for name in _STEPS),
    *(f"{name}_{level}" for level in range(LEVELS) for name in _LEVEL),
    "main_up", "main_down", "head_up", "head_down", "under_level", "under_linked", "under_inside", "summary_words",
    "family", "family_prose", "family_links", "family_units", "names",
)  # fmt: skip
"""All columns, in order."""
DOM_COMPANY = tuple(f"element_{name}_{level}" for level in range(LEVELS) for name in ("chance", "share"))
"""What the second forest knows besides: the first one's chances in the elements around a line."""


def dom_features(page: Lines, prose: Sequence[float], names: Weights) -> Iterator[tuple[float, ...]]:
    """Yield the row of each line; ``prose`` is its running text in ideograms, ``names`` what names of elements say."""
    doms, units = page.doms, [line.units for line in page.lines]
    elements = Elements(doms)
    links, heading = [dom.link_share for dom in doms], [_form(dom.tag)[-1] for dom in doms]
    paths = {dom.path for dom in doms}
    steps, log_odds = {path: _steps(path) for path in paths}, told(paths, names)
    near = zip(
        shifted(links, -1), shifted(links, 1), shifted(heading, -1), shifted(heading, 1), *_siblings(doms), strict=True
    )
    apart = zip(*elements.apart(_main(doms, prose)), *elements.apart(_head(doms, page.headline)), strict=True)
    families, levels = _families(doms, units, prose), _levels(elements, units, prose)
    summed = words_held(page.lines, page.summary) if page.summary else repeat(NOWHERE, len(doms))
    for dom, beside, inside, away, over, held in zip(doms, near, levels, apart, _under(doms), summed, strict=True):
        path = dom.path
        own = dom.link_share, float(dom.hidden), float(len(path)), float(bool(dom.images))
        place = (*_form(dom.tag), *own, *beside, *steps[path], *inside, *away, *over, held)
        yield (*place, *families[path], log_odds[path])


def dom_company(doms: Sequence[Dom], chances: Sequence[float], units: Sequence[float]) -> Iterator[tuple[float, ...]]:
    """Yield for each line how likely the text is in the elements around it, and their share of the likely text."""
    masses = [chance * (size + 1.0) for chance, size in zip(chances, units, strict=True)]
    total = 1.0 + sum(masses)
    elements = Elements(doms)
    sums = elements.sums((mass, size + 1.0) for mass, size in zip(masses, units, strict=True))
    for number, (mass, size) in sums.items():
        sums[number] = mass / size, mass / total
    return elements.around(sums, -1.0, 2)


class Elements:
    """The elements of a page that hold its lines, by their numbers (``Dom.ids``)."""

    def __init__(self, doms: Sequence[Dom]) -> None:
        self.doms = doms
        self.outer: dict[int, int] = {}
        """The element around each; 0 for the outermost."""
        outer = self.outer
        for dom in doms:
            ids = dom.ids
            for at in range(len(ids) - 1, -1, -1):
                number = ids[at]
                if number in outer:
                    break
                outer[number] = ids[at - 1] if at else 0

    def begin(self) -> dict[int, tuple[Dom, str]]:
        """Return for each element, in the order of ``outer``, the line it begins with, and its tag and names."""
        begin: dict[int, tuple[Dom, str]] = {}
        for dom in self.doms:
            for number, step in zip(reversed(dom.ids), reversed(dom.path), strict=True):
                if number in begin:
                    break
                begin[number] = dom, step
        return begin

    def sums(self, values: Iterable[tuple[float, ...]]) -> dict[int, tuple[float, ...]]:
        """Return for each element the sums of the values of the lines in it, however deep."""
        sums: dict[int, tuple[float, ...]] = {}
        for dom, own in zip(self.doms, values, strict=True):
            if dom.ids:
                _add(sums, dom.ids[-1], own)
        for number in sorted(self.outer, reverse=True):  # an element is numbered before those in it
            if around := self.outer[number]:
                _add(sums, around, sums[number])
        return sums

    def around(
        self, values: Mapping[int, tuple[float, ...]], nothing: float, width: int
    ) -> Iterator[tuple[float, ...]]:
        """Return for each line the values of the ``LEVELS`` nearest elements, ``nothing`` where there is none."""
        near = {0: (nothing,) * (LEVELS * width)}
        for number in sorted(self.outer):  # those around it first
            near[number] = values[number] + near[self.outer[number]][:-width]
        return (near[dom.ids[-1] if dom.ids else 0] for dom in self.doms)

    def apart(self, place: tuple[int, ...] | None) -> Iterator[Column]:
        """Yield for each line how many steps out of an element, and then how many in, it stands.

        ``place`` holds the numbers of the element and of those around it; None if the page has no such element.
        """
        if place is None:
            yield [NOWHERE] * len(self.doms)
            yield [NOWHERE] * len(self.doms)
            return
        common = {0: 0, **{number: depth for depth, number in enumerate(place, 1)}}
        for number in sorted(self.outer):  # those around it first
            common.setdefault(number, common[self.outer[number]])
        shared = [common[dom.ids[-1]] if dom.ids else 0 for dom in self.doms]
        yield [float(min(NONE, len(place) - depth)) for depth in shared]
        yield [float(min(NONE, len(dom.ids) - depth)) for dom, depth in zip(self.doms, shared, strict=True)]


def _add(sums: dict[Key, tuple[float, ...]], key: Key, values: tuple[float, ...]) -> None:
    sums[key] = tuple(map(add, sums[key], values)) if key in sums else values


@lru_cache(maxsize=256)
def _form(tag: str) -> tuple[float, ...]:
    """Return the columns that the tag alone gives."""
    return (*(float(tag == name) for name in TAGS), float(Dom(tag).heading))


def _siblings(doms: Sequence[Dom]) -> Iterator[Iterable[float]]:
    """Yield whether the line before, and the one behind, stands in the same element and the same kind of element."""
    scopes = [(dom.ids[-2:-1], dom.path[-1:]) for dom in doms]
    same = [float(here == there) for here, there in pairwise(scopes)]
    yield [0.0, *same][: len(doms)]
    yield [*same, 0.0][: len(doms)]


@lru_cache(maxsize=4096)
def _kinds(step: str) -> tuple[int, ...]:
    """Return which of ``_STEPS`` an element is."""
    tag, _, names = step.partition(".")
    found = {tag: True, "good": GOOD.search(names) is not None, "bad": BAD.search(names) is not None}
    return tuple(at for at, name in enumerate(_STEPS) if found.get(name))


def _steps(path: Sequence[str]) -> tuple[float, ...]:
    """Return how many steps out the nearest element of each kind stands."""
    row = [NONE] * len(_STEPS)
    for out, step in enumerate(path[: -int(NONE) - 1 : -1]):
        for at in _kinds(step):
            if row[at] == NONE:
                row[at] = float(out)
    return tuple(row)


def _levels(elements: Elements, units: Sequence[float], prose: Sequence[float]) -> Iterator[tuple[float, ...]]:
    """Yield for each line what is in the elements around it, and how many of the same names stand beside each."""
    values = (
        (running, size, size * dom.link_share, 1.0)
        for dom, size, running in zip(elements.doms, units, prose, strict=True)
    )
    total = max(1.0, sum(prose))
    sums = elements.sums(values)
    outer, begin = elements.outer, elements.begin()
    alike = Counter(zip(outer.values(), [step for _, step in begin.values()], strict=True))
    before = Counter[tuple[int, str]]()
    for number in sorted(sums):  # in place: a page may have an element a line
        running, size, linked, count = sums[number]
        most, (dom, step) = max(1.0, size), begin[number]
        kind = outer[number], step
        beside = min(alike[kind], MOST_ALIKE), min(before[kind], MOST_ALIKE), dom.link_share
        sums[number] = running / total, running / most, linked / most, min(count, 100.0), *beside
        before[kind] += 1
    return elements.around(sums, -1.0, len(_LEVEL))


def _scope(dom: Dom) -> tuple[int, ...]:
    """Return the numbers of the elements that a line is judged by: not that of a paragraph or heading itself."""
    return dom.ids[:-1] if dom.tag in LEAF else dom.ids


def _main(doms: Sequence[Dom], prose: Sequence[float]) -> tuple[int, ...]:
    """Return the numbers of the element with most running text right in it, and of those around it."""
    weights: dict[int, float] = {}
    for dom, running in zip(doms, prose, strict=True):
        if running:
            for number, share in zip(reversed(_scope(dom)), (1.0, OUTSIDE), strict=False):
                weights[number] = weights.get(number, 0.0) + running * share
    best = max(weights, key=lambda number: weights[number], default=0)
    return next((dom.ids[: dom.ids.index(best) + 1] for dom in doms if best in dom.ids), ())


def _head(doms: Sequence[Dom], headline: int | None) -> tuple[int, ...] | None:
    """Return the numbers of the elements around the headline: the one that the text tells, or the first ``h1``."""
    if headline is not None and doms[headline].ids:
        return _scope(doms[headline])
    return next((_scope(dom) for dom in doms if dom.tag == "h1"), None)


def _under(doms: Sequence[Dom]) -> Iterator[tuple[float, float, float]]:
    """Yield for each line what heading stands above it: level, share of links, whether one element holds both."""
    level, linked, around = 0, 0.0, 0
    for dom in doms:
        yield float(level), linked, float(around in dom.ids)
        if dom.heading:
            level, linked, around = dom.heading, dom.link_share, dom.outer


def _families(
    doms: Sequence[Dom], units: Sequence[float], prose: Sequence[float]
) -> dict[tuple[str, ...], tuple[float, ...]]:
    """Return for each path what stands on the page in elements of its names: lines, text, links, mean length."""
    sums: dict[tuple[str, ...], tuple[float, ...]] = {}
    for dom, size, running in zip(doms, units, prose, strict=True):
        _add(sums, dom.path, (1.0, running, size, size * dom.link_share))
    total = max(1.0, sum(prose))
    return {
        path: (min(count, 100.0), running / total, linked / max(1.0, size), size / count)
        for path, (count, running, size, linked) in sums.items()
    }
