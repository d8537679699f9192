"""What the body stage knows about a line of HTML besides its text: the elements around it, and what else is in them.

An article stands in one element whose running text outweighs its links (Kohlschütter, Fankhauser, Nejdl, WSDM 2010);
what is around it is told by tags and by the names that authors give to elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from cleanpage.draft import Dom
from cleanpage.stages._columns import Column, shifted
from cleanpage.stages._names import Names, told

TAGS = ("p", "li", "td", "div", "blockquote", "pre", "dd")
"""Block elements that have a column."""
REGIONS = (
    "nav", "footer", "header", "aside", "form", "article", "main", "section", "figure", "ul", "ol", "dl", "table",
    "blockquote",
)  # fmt: skip
"""Elements around a line that have a column: how many steps out the nearest stands."""
NONE = 12.0
"""Steps to an element that is not there, or is farther away."""
LEVELS = 4
"""So many elements around a line are looked into for what else is in them."""
LEAF = frozenset(("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "tr", "figcaption"))
"""Elements that hold one line and are judged by what is around them."""
OUTSIDE = 0.5
"""What running text one element further in counts for the page's main element."""
GOOD = re.compile(
    r"article|content|\bbody|entry|\bpost|story|\bmain|\btext|news|detail|zhengwen|neirong|artical|conz?t\b|paragraph|blog|page"
)
BAD = re.compile(
    r"comment|sidebar|\bside|foot|\bnav|menu|share|social|relat|recommend|promo|\bads?\b|advert|widget|\bhot|rank|copyright"
    r"|crumb|login|popup|modal|subscri|newsletter|\btags?\b|header|banner|sponsor|cookie|hidden|toolbar|more|\blist|link"
    r"|breadcrumb|meta|author|byline|caption|disclaimer|carousel|slider|search|pager|paginat|tool|print|teaser|card"
)
"""Names that authors give to elements with and without the article's text, in English and pinyin."""

_STEPS = ("good", "bad", *REGIONS)
_LEVEL = ("prose_share", "prose_part", "link_part", "lines")
DOM = (
    *(f"is_{tag}" for tag in TAGS), "heading", "link_share", "hidden", "depth", "pictured",
    "link_share-1", "link_share+1", "heading-1", "heading+1", "sibling-1", "sibling+1",
    *(f"out_to_{name}" for name in _STEPS),
    *(f"{name}_{level}" for level in range(LEVELS) for name in _LEVEL),
    "main_up", "main_down", "family", "family_prose", "family_links", "family_units", "names",
)  # fmt: skip
"""All columns, in order."""
DOM_COMPANY = tuple(f"element_{name}_{level}" for level in range(LEVELS) for name in ("chance", "share"))
"""What the second forest knows besides: the first one's chances in the elements around a line."""


def dom_features(
    doms: Sequence[Dom], units: Sequence[float], prose: Sequence[float], names: Names
) -> list[tuple[float, ...]]:
    """Return the row of each line from its place, length and running text, both in ideograms."""
    columns: list[Column] = []
    rows = [_own(dom) for dom in doms]
    own = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(len(TAGS) + 5)]
    columns += own
    heading, links = own[len(TAGS)], own[len(TAGS) + 1]
    columns += [shifted(links, -1), shifted(links, 1), shifted(heading, -1), shifted(heading, 1)]
    columns += _siblings(doms)
    paths = {dom.path for dom in doms}
    steps = {path: _steps(path) for path in paths}
    columns += _transposed([steps[dom.path] for dom in doms], len(_STEPS))
    columns += _transposed(list(_levels(doms, units, prose)), LEVELS * len(_LEVEL))
    columns += _main(doms, prose)
    columns += _transposed(list(_families(doms, units, prose)), 4)
    log_odds = {path: told(path, names) for path in paths}
    columns.append([log_odds[dom.path] for dom in doms])
    return list(zip(*columns, strict=True))


def dom_company(doms: Sequence[Dom], chances: Sequence[float], units: Sequence[float]) -> list[tuple[float, ...]]:
    """Return for each line how likely the text is in the elements around it, and their share of the likely text."""
    masses = [(chance * (size + 1.0), size + 1.0) for chance, size in zip(chances, units, strict=True)]
    sums = _sums(doms, masses)
    total = 1.0 + sum(mass for mass, _ in masses)
    rows = []
    for dom in doms:
        row: list[float] = []
        for number in _around(dom):
            mass, size = sums[number] if number else (0.0, 0.0)
            row += (mass / size, mass / total) if number else (-1.0, -1.0)
        rows.append(tuple(row))
    return rows


def _sums(doms: Sequence[Dom], values: Sequence[Sequence[float]]) -> dict[int, list[float]]:
    """Return for each element the sums of the values of the lines in it, however deep."""
    sums: dict[int, list[float]] = {}
    outer: dict[int, int] = {}
    for dom, own in zip(doms, values, strict=True):
        around = 0
        for number in dom.ids:
            if number not in outer:
                outer[number] = around
                sums[number] = [0.0] * len(own)
            around = number
        if around:
            sums[around] = [a + b for a, b in zip(sums[around], own, strict=True)]
    for number in sorted(outer, reverse=True):  # an element is numbered before those in it
        if around := outer[number]:
            sums[around] = [a + b for a, b in zip(sums[around], sums[number], strict=True)]
    return sums


def _transposed(rows: Sequence[Sequence[float]], width: int) -> list[Column]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def _own(dom: Dom) -> tuple[float, ...]:
    is_tag = [float(dom.tag == name) for name in TAGS]
    depth, pictured = float(len(dom.path)), float(bool(dom.images))
    return (*is_tag, float(dom.heading), dom.link_share, float(dom.hidden), depth, pictured)


def _siblings(doms: Sequence[Dom]) -> Iterator[Column]:
    """Yield whether the line before, and the one behind, stands in the same element and the same kind of element."""
    scopes = [(dom.ids[-2:-1], dom.path[-1:]) for dom in doms]
    same = [float(here == there) for here, there in pairwise(scopes)]
    yield [0.0, *same][: len(doms)]
    yield [*same, 0.0][: len(doms)]


@lru_cache(maxsize=4096)
def _name(step: str) -> tuple[str, bool, bool]:
    """Return an element's tag, and whether its names are good or bad."""
    tag, _, names = step.partition(".")
    return tag, GOOD.search(names) is not None, BAD.search(names) is not None


def _steps(path: Sequence[str]) -> list[float]:
    """Return how many steps out the nearest element of each kind stands."""
    found = dict.fromkeys(_STEPS, NONE)
    for out, step in enumerate(reversed(path)):
        tag, good, bad = _name(step)
        for name, here in ((tag, tag in found), ("good", good), ("bad", bad)):
            if here and found[name] == NONE:
                found[name] = min(NONE, float(out))
    return list(found.values())


def _around(dom: Dom) -> Iterator[int]:
    """Yield the numbers of the nearest elements around a line, from the inside; 0 where there is none."""
    ids = dom.ids
    for level in range(1, LEVELS + 1):
        yield ids[-level] if level <= len(ids) else 0


def _levels(doms: Sequence[Dom], units: Sequence[float], prose: Sequence[float]) -> Iterator[list[float]]:
    """Yield for each line what is in the elements around it."""
    values = [
        (running, size, size * dom.link_share, 1.0) for dom, size, running in zip(doms, units, prose, strict=True)
    ]
    sums = _sums(doms, values)
    total = max(1.0, sum(prose))
    for dom in doms:
        row: list[float] = []
        for number in _around(dom):
            if number:
                running, size, linked, count = sums[number]
                row += (running / total, running / max(1.0, size), linked / max(1.0, size), min(count, 100.0))
            else:
                row += (-1.0, -1.0, -1.0, -1.0)
        yield row


def _main(doms: Sequence[Dom], prose: Sequence[float]) -> Iterator[Column]:
    """Yield for each line how many steps out of the page's main element, and then how many in, it stands."""
    weights: dict[int, float] = {}
    for dom, running in zip(doms, prose, strict=True):
        if running:
            scope = dom.ids[:-1] if dom.tag in LEAF else dom.ids
            for number, share in zip(reversed(scope), (1.0, OUTSIDE), strict=False):
                weights[number] = weights.get(number, 0.0) + running * share
    best = max(weights, key=lambda number: weights[number], default=0)
    chain = next((dom.ids[: dom.ids.index(best) + 1] for dom in doms if best in dom.ids), ())
    places = {number: depth for depth, number in enumerate(chain, 1)}
    common = [max((places[number] for number in dom.ids if number in places), default=0) for dom in doms]
    yield [float(min(NONE, len(chain) - depth)) for depth in common]
    yield [float(min(NONE, len(dom.ids) - depth)) for dom, depth in zip(doms, common, strict=True)]


def _families(doms: Sequence[Dom], units: Sequence[float], prose: Sequence[float]) -> Iterator[tuple[float, ...]]:
    """Yield what stands on the page in elements of the same names: lines, running text, links, mean length."""
    sums: dict[tuple[str, ...], list[float]] = {}
    for dom, size, running in zip(doms, units, prose, strict=True):
        own = sums.setdefault(dom.path, [0.0, 0.0, 0.0, 0.0])
        own[0] += 1.0
        own[1] += running
        own[2] += size
        own[3] += size * dom.link_share
    total = max(1.0, sum(prose))
    for dom in doms:
        count, running, size, linked = sums[dom.path]
        yield min(count, 100.0), running / total, linked / max(1.0, size), size / count
