"""What speaks for and against a line as the headline, and how much.

The weights, headline_weights.toml, are those of a conditional logit (which line of a page is the labelled title);
``python -m training.fit_headline`` fits them and measures them on sites that they were not fitted on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.draft import TextBlock
from cleanpage.fields.shared.evidence import Evidence, address, blocks_of, key
from cleanpage.fields.shared.names import is_name
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.own_toml import read_folder
from cleanpage.text import ends_sentence, fold, is_cjk
from cleanpage.text.lazy_regex import lazy
from cleanpage.values import frozen

GIVEN_WEIGHTS = {
    "in_html_title": 3.0,
    "lone_h1": 6.0,
    "one_of_h1": 3.0,
    "h2": 1.0,
    "title_tag": -2.0,
    "item_by_h1": -4.0,
}
"""Weights of what flattened pages cannot teach. A page's only h1 is the headline that readers see; what the head says
is written for search engines (wcxb-dev: of 168 titles .87 by the head, .96 with these)."""
WEIGHTS: dict[str, float] = {
    **read_folder(Path(__file__).parent)["headline_weights"],
    **GIVEN_WEIGHTS,
}
TITLES = ("og:title", "ld:headline", "twitter:title", "articletitle", "title")
"""Where the HTML head names the headline."""
BIAS = 0.7
"""Below it a line is no headline: 1 % of the right lines and 7 % of the wrong ones, measured."""

FIRST_LINES = 3
"""The text of the ``<title>`` element, with the site's suffix, stands among the first lines or nowhere."""
OPENING_BLOCKS, OPENING = 10, 500
"""Blocks and letters of the body's beginning that a headline is compared with."""

MIN_COMPARED, MAX_NAME = 5.0, 12.0
"""Shortest line, in ideograms, whose repetition says something; longest one that may be a person's name."""

NOT_TITLES = labels_with(Trait.NO_TITLE)
"""A related list or a breadcrumb may hold a headline's text, but elsewhere."""
_NEAR_TITLE = labels_with(Trait.HEAD_LINE)
"""TAXONOMY 1.6: these stand within 3 lines of the title."""
_SECTION_HEADING = lazy(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|第[一二三四五六七八九十百\d]{1,4}[章节条部分]"
    r"|附件|chapter \d|step \d)"
)
BULLETS = "・•·‧"
"""Marks of items in flattened lists."""
_TITLE_JOINTS = lazy(r"[>|·]|(?<= )[+*o/-](?= )")


SHAPE = (
    "short", "middling", "longish", "long", "sentence", "full_stop", "open_end", "question", "list_item", "dated",
)  # fmt: skip
BESIDE_TITLE = (
    "chrome", "hinted_chrome", "lines_to_prose", "far_from_lead", "after_lead", "publish_line_next",
    "publish_line_near", "after_publish_line", "after_breadcrumb", "in_body", "under_short_line", "first_line",
    "repeated", "repetitions", "agrees_with_first_lines", "in_html_title", "lone_h1", "one_of_h1", "h2", "title_tag",
    "item_by_h1",
)  # fmt: skip
LATE = ("joints", "section_heading", "name", "told_by_lead", "in_address")
"""Features in the order in which ``_shape``, ``stacking`` and ``_late`` return them."""
_SHAPE_WEIGHTS, _COMPANY_WEIGHTS, _LATE_WEIGHTS = (
    tuple([WEIGHTS[name] for name in names]) for names in (SHAPE, BESIDE_TITLE, LATE)
)


class Line(NamedTuple):
    """A line that may be the headline."""

    i: int
    """Its block."""
    text: str
    """Without the site's suffix."""
    key: str
    """``evidence.key`` of the folded text."""
    units: float
    """Length of ``text`` in ideograms."""


@frozen
class Scene:
    """What all lines of a page are compared with."""

    page: Evidence
    counts: Counter[str]
    """How often each key stands on the page."""
    slug: frozenset[str]
    """Words of the address's last part."""
    meta: tuple[str, ...]
    """Keys of the titles in the HTML head."""
    h1: AbstractSet[int]
    """Blocks in visible h1 elements."""
    prose: Sequence[int]
    """The blocks of running text, in order, and the end of the page."""
    chrome: AbstractSet[int]
    """Blocks that a rule names something else for sure."""
    chrome_order: Sequence[int]
    """The same in order."""
    hinted: AbstractSet[int]
    """Blocks that any rule names something else."""
    body: AbstractSet[int]
    """Blocks that the body stage takes."""
    dated: AbstractSet[int]
    """Blocks with a publish line, a byline, a source or a bare date."""
    under_crumbs: AbstractSet[int]
    """The three blocks behind each breadcrumb."""
    opening: str
    """The key of the body's first paragraphs: a headline names what they tell."""
    n: int
    """Length of the n-grams: 2 ideograms or 4 letters."""

    @property
    def most_late(self) -> float:
        """Return the most that ``expensive_score`` can return for a line of this page."""
        most = (2, 1, 1, len(self.opening) >= self.n, bool(self.slug))
        return _dot([max(weight, 0.0) for weight in _LATE_WEIGHTS], most)


def set_scene(page: Evidence, h1: AbstractSet[int]) -> Scene:
    """Look at the page once, before its lines are looked at one by one."""
    chrome = page.no_titles
    first = [i for i in page.body[:OPENING_BLOCKS] if i >= page.lead and page.blocks[i].is_prose]
    opening = ""
    for i in first:
        opening += key(page.blocks[i].folded[: 2 * OPENING])
        if len(opening) >= OPENING:
            break
    opening = opening[:OPENING]
    n = 2 if any(map(is_cjk, opening[:1] + opening[-1:])) else 4
    named = (page.draft.source.meta.get(name, "") for name in TITLES)
    crumbs = page.labels.get(Label.BREADCRUMB, ())
    return Scene(
        page=page,
        counts=Counter(page.keys),
        slug=_slug(page.draft.source.url),
        meta=tuple(key(fold(text)) for text in named if text),
        h1=h1,
        prose=[*[i for i, block in enumerate(page.blocks) if block.is_prose and i not in chrome], len(page.blocks)],
        chrome=chrome,
        chrome_order=sorted(chrome),
        hinted=blocks_of(page.labels, NOT_TITLES),
        body=page.labels.get(Label.BODY, frozenset()),
        dated=blocks_of(page.labels, _NEAR_TITLE) | {i for i in page.dates if page.has_date(i)},
        under_crumbs={i + step for i in crumbs for step in (1, 2, 3)},
        opening=opening,
        n=n,
    )


def weigh_early(scene: Scene, lines: Sequence[Line]) -> list[float]:
    """Return for each line how much speaks for it being the headline, as far as it is cheap to say."""
    return early_scores(scene, lines, _SHAPE_WEIGHTS, _COMPANY_WEIGHTS, BIAS)


@twin("fields")
def early_scores(
    scene: Scene, lines: Sequence[Line], shape: Sequence[float], company: Sequence[float], bias: float
) -> list[float]:
    """Return for each line the sum of its features, each with its weight: those of its form, those of its company."""
    return [bias + _dot(shape, _shape(scene, line)) + _dot(company, _lines_beside(scene, line)) for line in lines]


def expensive_score(scene: Scene, line: Line) -> float:
    """Return what else speaks for it."""
    return _dot(_LATE_WEIGHTS, _late(scene, line))


def line_features(scene: Scene, line: Line) -> dict[str, float]:
    """Return all features of a line by name."""
    values = (*_shape(scene, line), *_lines_beside(scene, line), *_late(scene, line))
    return {name: float(value) for name, value in zip((*SHAPE, *BESIDE_TITLE, *LATE), values, strict=True)}


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    total = 0.0  # one by one: ``sum`` gives others from Python 3.12 on
    for weight, value in zip(weights, values, strict=True):
        if value:
            total += weight * value
    return total


def _shape(scene: Scene, line: Line) -> tuple[float, ...]:
    """Return what the form of a line says."""
    size, last = line.units, line.text[-1]
    plain = last.isalpha()
    return (
        size < 7,
        7 <= size < 11,
        26 < size <= 40,
        size > 40,
        not plain and last not in "?？!！…" and ends_sentence(line.text),
        last == ".",
        not plain and last in ":：，,、;；",
        not plain and last in "?？!！…",
        scene.page.blocks[line.i].kind in ("list_item", "table") or line.text[0] in BULLETS,
        line.i in scene.page.dates,
    )


def _lines_beside(scene: Scene, line: Line) -> tuple[float, ...]:
    """Return what the neighbours and equal lines say."""
    page, dated, i = scene.page, scene.dated, line.i
    chrome = i in scene.chrome
    following = scene.prose[bisect_left(scene.prose, i)]
    between = following - i - 1 if following > i else 0
    if between:
        between -= bisect_left(scene.chrome_order, following) - bisect_left(scene.chrome_order, i + 1)
    before = page.blocks[i - 1].units if i else 0.0
    others, agrees = _equals(scene, line) if line.units >= MIN_COMPARED else (0, False)
    return (
        chrome,
        not chrome and i in scene.hinted,
        min(between, 15) / 15,
        (i < page.lead - 12) + (i < page.lead - 30),
        i >= page.lead,
        i + 1 in dated or i + 2 in dated,
        not dated.isdisjoint((i + 3, i + 4, i + 5, i + 6)),
        i - 1 in dated or i - 2 in dated,
        i in scene.under_crumbs,
        i in scene.body,
        5 <= before <= 40 and i - 1 not in scene.chrome and i - 1 not in dated,
        i == 0,
        others > 0,
        min(others, 3) - 1.0 if others else 0.0,
        agrees,
        any(line.key in meta for meta in scene.meta),
        *_element(scene, line),
    )


def h1_of(page: Evidence) -> AbstractSet[int]:
    """Return the blocks in visible h1 elements; the same text counts once."""
    found = {
        page.keys[i]: i
        for i in page.top_headings
        if (block := page.blocks[i]).text and not block.glued and is_heading(block)
    }
    return frozenset(found.values())


def is_heading(block: TextBlock) -> bool:
    """Tell whether a block stands in a visible h1, which is the headline however far before the text it stands."""
    return block.dom is not None and block.dom.tag == "h1" and not block.dom.hidden


def _element(scene: Scene, line: Line) -> tuple[float, ...]:
    """Return what the element says that a line stands in."""
    dom = scene.page.blocks[line.i].dom
    if dom is None:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    alone, is_h1 = len(scene.h1) == 1, line.i in scene.h1
    # Beside the page's only h1 an item is the last of the breadcrumb, and a line of the text one of its headings.
    inside = scene.page.lead <= line.i and min(scene.h1, default=line.i) < scene.page.lead
    item = alone and not is_h1 and (scene.page.blocks[line.i].kind == "list_item" or inside)
    return is_h1 and alone, is_h1 and not alone, dom.tag == "h2", dom.tag == "title", item


def _equals(scene: Scene, line: Line) -> tuple[int, bool]:
    """Return how many other lines have the same key, and whether one of the first ones begins with it."""
    keys, own = scene.page.keys, line.key
    others = scene.counts[own] - (own == keys[line.i])
    agrees = [key for key in keys[: min(FIRST_LINES, line.i)] if key.startswith(own) and key != own]
    return others, bool(agrees)


def _late(scene: Scene, line: Line) -> tuple[float, ...]:
    """Return what is dear to find out: what the words say, and what the body and the address say about them."""
    folded = scene.page.blocks[line.i].folded
    return (
        min(len(_TITLE_JOINTS.findall(folded)), 4) / 2,
        _SECTION_HEADING.match(folded) is not None,
        line.units < MAX_NAME and not _is_caseless(line.text) and is_name(line.text, surname=True),
        share_told(line.key, scene.opening, scene.n),
        _slug_overlap(scene.slug, line.text),
    )


def _is_caseless(text: str) -> bool:
    """Tell whether a text is in a script without capitals, where nothing tells a name from other words."""
    return text.islower() == text.isupper() and not any(map(is_cjk, text))


@twin("fields")
def share_told(own: str, told: str, n: int) -> float:
    """Return how many of the different n-grams of a key stand in a text, as a share; n is 4 at most."""
    grams = frozenset([own[at : at + n] for at in range(len(own) - n + 1)])
    return sum([gram in told for gram in grams]) / len(grams) if grams else 0.0


def _slug(url: str | None) -> frozenset[str]:
    """Return the words of the last part of an address, if there are enough of them to mean something."""
    parts = [part for part in address(url)[1].split("/") if part]
    words = frozenset(re.findall(r"[a-z0-9]+", parts[-1].lower().rsplit(".", 1)[0])) if parts else frozenset()
    return words if len(words) >= 3 else frozenset()


def _slug_overlap(slug: frozenset[str], text: str) -> float:
    if not slug:
        return 0.0
    words = frozenset(re.findall(r"[a-z0-9]+", fold(text).replace("'", "")))
    return len(words & slug) / max(len(words | slug), 1)
