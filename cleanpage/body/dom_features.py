"""What the body stage knows about a line of HTML besides its text: the elements around it, and what else is in them.

An article stands in one element whose running text outweighs its links (Kohlschütter, Fankhauser, Nejdl, WSDM 2010);
what is around it is told by tags and by the names that authors give to elements.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from cleanpage._native import twin
from cleanpage.body.class_name_weights import path_log_odds
from cleanpage.body.element_tree import DEPTH, NO_ELEMENT, STEP_NAMES, Elements, sums_inside, values_around
from cleanpage.body.lines import BodyLines
from cleanpage.body.text_features import words_held
from cleanpage.body.window_features import Column, Weights, column, constant, shifted, total
from cleanpage.draft import Dom

TAGS = ("p", "li", "td", "div", "blockquote", "pre", "dd")
"""Block elements that have a column."""
NONE = 12.0
"""Steps to an element that is not there, or is farther away."""
NOWHERE = -1.0
"""Steps from an element that the page does not have."""
MOST_ALIKE = 20
"""Elements of the same names beside each other that are told apart: comments, teasers, rows."""
LEAF = frozenset(("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "tr", "figcaption"))
"""Elements that hold one line and are judged by what is around them."""
OUTSIDE = 0.5
"""What running text one element further in counts for the page's main element."""
_LEVEL_COLUMNS = ("prose_share", "prose_part", "link_part", "lines", "alike", "alike_before", "opens_linked")
DOM = (
    *(f"is_{tag}" for tag in TAGS), "heading", "link_share", "hidden", "depth", "pictured",
    "link_share-1", "link_share+1", "heading-1", "heading+1", "sibling-1", "sibling+1",
    *(f"out_to_{name}" for name in STEP_NAMES),
    *(f"{name}_{level}" for level in range(DEPTH) for name in _LEVEL_COLUMNS),
    "main_up", "main_down", "head_up", "head_down", "under_level", "under_linked", "under_inside", "summary_words",
    "family", "family_prose", "family_links", "family_units", "names",
)  # fmt: skip
"""All columns, in order."""
_SUMMARY = DOM.index("summary_words")
DOM_COMPANY = tuple(f"element_{name}_{level}" for level in range(DEPTH) for name in ("chance", "share"))
"""What the second forest knows besides: the first one's chances in the elements around a line."""


def dom_features(page: BodyLines, elements: Elements, prose: Column, names: Weights) -> list[Column]:
    """Return the columns ``DOM``; ``prose`` is the running text of each line in ideograms, ``names`` weighs names."""
    columns = tree_columns(elements.doms, elements, page.units, prose, page.headline)
    held = words_held(page.lines, page.summary) if page.summary else constant(NOWHERE, len(page.lines))
    columns.insert(_SUMMARY, held)
    return [*columns, column(map(path_log_odds(elements.paths, names).__getitem__, elements.family))]


def dom_company(elements: Elements, chances: Column, units: Column) -> list[Column]:
    """Return how likely the text is in the elements around each line, and their share of the likely text."""
    return chances_around(elements.home, elements.parent, chances, units)


@twin("elements")
def tree_columns(
    doms: Sequence[Dom], elements: Elements, units: Column, prose: Column, headline: int | None
) -> list[Column]:
    """Return the columns of ``DOM`` but for those that need more than the tree and the lengths of the lines."""
    forms = [_tag_columns(dom.tag) for dom in doms]
    columns = [*map(column, zip(*forms, strict=True))] if doms else [column(())] * (len(TAGS) + 1)
    heading, links = columns[-1], column([dom.link_share for dom in doms])
    linked = column([own * share for own, share in zip(units, links, strict=True)])
    columns += [links, column([dom.hidden for dom in doms]), column([len(dom.path) for dom in doms])]
    columns += [column([bool(dom.images) for dom in doms])]
    columns += [shifted(links, -1), shifted(links, 1), shifted(heading, -1), shifted(heading, 1), *_siblings(doms)]
    columns += steps_out(elements.home, elements.parent, elements.kinds, len(STEP_NAMES))
    columns += _levels(elements, units, prose, linked)
    scopes = [
        elements.parent[at] if at != NO_ELEMENT and dom.tag in LEAF else at
        for dom, at in zip(doms, elements.home, strict=True)
    ]
    columns += _apart_columns(elements, _main(scopes, elements.parent, prose))
    columns += _from_head(elements, scopes, headline)
    return columns + _heading_above(doms) + _families(elements, units, prose, linked)


@twin("elements")
def chances_around(home: array[int], parent: array[int], chances: Column, units: Column) -> list[Column]:
    """Return for the nearest ``LEVELS`` elements around each line the mean chance, and the share of the likely text."""
    sizes = column([size + 1.0 for size in units])
    masses = column([chance * size for chance, size in zip(chances, sizes, strict=True)])
    whole = 1.0 + total(masses)
    mass, size = sums_inside(home, parent, masses), sums_inside(home, parent, sizes)
    likely = values_around(home, parent, column([own / most for own, most in zip(mass, size, strict=True)]), DEPTH)
    share = values_around(home, parent, column([own / whole for own in mass]), DEPTH)
    return [found for pair in zip(likely, share, strict=True) for found in pair]


def steps_out(home: array[int], parent: array[int], kinds: array[int], count: int) -> list[Column]:
    """Return for each line how many steps out the nearest element of each of ``count`` kinds stands, at most ``NONE``.

    ``kinds`` says for each element which kinds it is, as bits.
    """
    nowhere = [NONE] * count
    rows: list[list[float]] = []
    for at, bits in zip(parent, kinds, strict=True):
        row = [min(NONE, steps + 1.0) for steps in rows[at]] if at != NO_ELEMENT else nowhere.copy()
        for kind in range(count):
            if bits >> kind & 1:
                row[kind] = 0.0
        rows.append(row)
    found = [rows[at] if at != NO_ELEMENT else nowhere for at in home]
    return [*map(column, zip(*found, strict=True))] if found else [column(())] * count


@lru_cache(maxsize=256)
def _tag_columns(tag: str) -> tuple[float, ...]:
    """Return the columns that the tag alone gives."""
    return (*(float(tag == name) for name in TAGS), float(Dom(tag).heading))


def _siblings(doms: Sequence[Dom]) -> tuple[Column, Column]:
    """Return whether the line before, and the one behind, stands in the same element and the same kind of element."""
    scopes = [(dom.ids[-2:-1], dom.path[-1:]) for dom in doms]
    same = [float(here == there) for here, there in pairwise(scopes)]
    return column([0.0, *same][: len(doms)]), column([*same, 0.0][: len(doms)])


def _levels(elements: Elements, units: Column, prose: Column, linked: Column) -> list[Column]:
    """Return what is in the elements around each line, and how many of the same names stand beside each."""
    whole = max(1.0, total(prose))
    running, size, of_links = elements.sums(prose), elements.sums(units), elements.sums(linked)
    count = elements.sums(constant(1.0, len(units)))
    most = [max(1.0, own) for own in size]
    kinds = [f"{parent} {step}" for parent, step in zip(elements.parent, elements.steps, strict=True)]
    alike = Counter(kinds)
    seen: dict[str, int] = {}
    before = column(())
    for kind in kinds:
        times = seen[kind] = seen.get(kind, -1) + 1
        before.append(min(times, MOST_ALIKE))
    values = [
        column([own / whole for own in running]),
        column([own / all for own, all in zip(running, most, strict=True)]),
        column([own / all for own, all in zip(of_links, most, strict=True)]),
        column([min(own, 100.0) for own in count]),
        column([min(alike[kind], MOST_ALIKE) for kind in kinds]),
        before,
        column([elements.doms[line].link_share for line in elements.begin]),
    ]
    return elements.around(values)


def _main(scopes: Sequence[int], parent: Sequence[int], prose: Sequence[float]) -> int:
    """Return the element with most running text right in it, ``NO_ELEMENT`` if none has any; the first of equals.

    ``scopes`` are the elements that the lines are judged by: not a paragraph or heading itself.
    """
    weights: dict[int, float] = {}
    for scope, running in zip(scopes, prose, strict=True):
        if running and scope != NO_ELEMENT:
            weights[scope] = weights.get(scope, 0.0) + running
            outer = parent[scope]
            if outer != NO_ELEMENT:
                weights[outer] = weights.get(outer, 0.0) + running * OUTSIDE
    return max(weights, key=lambda at: weights[at], default=NO_ELEMENT)


def _from_head(elements: Elements, scopes: Sequence[int], headline: int | None) -> tuple[Column, Column]:
    """Return how far lines are from the headline's element: of the one that the text tells, or the first ``h1``."""
    at = headline
    if at is None or elements.home[at] == NO_ELEMENT:
        at = next((i for i, dom in enumerate(elements.doms) if dom.tag == "h1"), None)
    if at is None:
        nowhere = constant(NOWHERE, len(scopes))
        return nowhere, nowhere
    return _apart_columns(elements, scopes[at])


def _apart_columns(elements: Elements, place: int) -> tuple[Column, Column]:
    """Return for each line how many steps out of an element, and then how many in, it stands."""
    parent, home = elements.parent, elements.home
    depths: list[int] = []
    for outer in parent:
        depths.append(1 + (depths[outer] if outer != NO_ELEMENT else 0))
    around: set[int] = set()
    at = place
    while at != NO_ELEMENT:
        around.add(at)
        at = parent[at]
    common: list[int] = []
    for at, outer in enumerate(parent):
        common.append(depths[at] if at in around else common[outer] if outer != NO_ELEMENT else 0)
    shared = [common[at] if at != NO_ELEMENT else 0 for at in home]
    size = len(around)
    own = [depths[at] if at != NO_ELEMENT else 0 for at in home]
    return (
        column([min(NONE, size - depth) for depth in shared]),
        column([min(NONE, deep - depth) for deep, depth in zip(own, shared, strict=True)]),
    )


def _heading_above(doms: Sequence[Dom]) -> list[Column]:
    """Return what heading stands above each line: level, share of links, whether one element holds both."""
    level, linked, around = 0, 0.0, 0
    columns = [column(()) for _ in range(3)]
    for dom in doms:
        for own, value in zip(columns, (level, linked, around in dom.ids), strict=True):
            own.append(value)
        if dom.heading:
            level, linked, around = dom.heading, dom.link_share, dom.outer
    return columns


def _families(elements: Elements, units: Column, prose: Column, linked: Column) -> list[Column]:
    """Return what stands on the page in elements of each line's names: lines, text, links, mean length."""
    home, alone = elements.family, array("i", [NO_ELEMENT]) * len(elements.paths)
    count, running, size, of_links = (
        sums_inside(home, alone, values) for values in (constant(1.0, len(units)), prose, units, linked)
    )
    whole = max(1.0, total(prose))
    values = [
        column([min(own, 100.0) for own in count]),
        column([own / whole for own in running]),
        column([own / max(1.0, all) for own, all in zip(of_links, size, strict=True)]),
        column([own / lines for own, lines in zip(size, count, strict=True)]),
    ]
    return [values_around(home, alone, own, 1)[0] for own in values]
