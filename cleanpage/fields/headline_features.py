"""What speaks for and against a line as the headline, and how much.

The weights are those of a conditional logit (which line of a page is the labelled title), fitted on 1,705 pages of the
waddle and wcxb development sets, each flattened by two of four tools. Two-fold cross-validation by site chose the
labelled line, or one that agrees with it in 80 % of its characters, on 76 % of the pages; 91 % hold such a line.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from cleanpage.draft import TextBlock
from cleanpage.fields.evidence import Evidence, address, key
from cleanpage.fields.names import is_name
from cleanpage.fields.words import words
from cleanpage.text import ends_sentence, fold, is_cjk, units

WEIGHTS: dict[str, float] = {
    "after_breadcrumb": 2.3,
    "after_lead": -3.6,
    "after_publish_line": 0.4,
    "agrees_with_first_lines": 3.8,
    "chrome": -1.5,
    "dated": -2.2,
    "far_from_lead": -0.5,
    "first_line": 1.8,
    "full_stop": -3.1,
    "hinted_chrome": -1.6,
    "in_address": 5.5,
    "in_body": -0.8,
    "joints": -0.7,
    "lines_to_prose": -2.0,
    "list_item": -1.9,
    "long": -3.4,
    "longish": -1.0,
    "middling": -1.4,
    "name": -0.7,
    "open_end": -3.3,
    "publish_line_near": 0.7,
    "publish_line_next": 2.2,
    "question": -0.2,
    "repeated": 1.7,
    "repetitions": -0.6,
    "section_heading": -0.2,
    "sentence": -1.0,
    "short": -3.3,
    "told_by_lead": 5.1,
    "under_short_line": -0.3,
    "in_html_title": 4.0,
}
BIAS = 0.7
"""Below it a line is no headline: 1 % of the right lines and 7 % of the wrong ones, measured."""

FIRST_LINES = 3
"""The text of the ``<title>`` element, with the site's suffix, stands among the first lines or nowhere."""
OPENING_BLOCKS, OPENING = 10, 1500
"""Blocks and letters of the body's beginning that a headline is compared with."""

NOT_TITLES = words(
    """nav share font_size tools login search copyright licence contact counter related hot_list comments ad app
    disclaimer pager cookie newsletter friend_links about_bar breadcrumb publish source byline editor original_title
    document caption summary scan_qr truncation navigation site_bar"""
)
"""Labels that a headline can have only by mistake; a related list or a breadcrumb may hold its text, but elsewhere."""
_NEAR_TITLE = frozenset({"publish", "source", "byline", "editor", "counter", "font_size"})
"""TAXONOMY 1.6: these stand within 3 lines of the title."""
_SECTION_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|第[一二三四五六七八九十百\d]{1,4}[章节条部分]"
    r"|附件|chapter \d|step \d)"
)
_JOINTS = re.compile(r"[>|·]|(?<= )[+*o/-](?= )")


@dataclass(frozen=True, slots=True)
class Scene:
    """What all lines of a page are compared with."""

    page: Evidence
    counts: Counter[str]
    """How often each key stands on the page."""
    slug: frozenset[str]
    """Words of the address's last part."""
    meta: tuple[str, ...]
    """Keys of the titles in the HTML head."""
    prose: tuple[int, ...]
    """For each block the place of the next running text, at or after it."""
    plain: tuple[int, ...]
    """How many blocks before each place no rule names chrome."""
    dated: frozenset[int]
    """Blocks with a publish line, a byline, a source or a bare date."""
    grams: frozenset[str]
    """Character n-grams of the body's first paragraphs: a headline names what they tell."""
    n: int
    """Length of the n-grams: 2 ideograms or 4 letters."""


def set_scene(page: Evidence) -> Scene:
    """Look at the page once, before its lines are looked at one by one."""
    chrome = [bool(labels & NOT_TITLES) for labels in page.sure]
    prose, following = [], len(page.blocks)
    for i in range(len(page.blocks) - 1, -1, -1):
        if page.blocks[i].is_prose and not chrome[i]:
            following = i
        prose.append(following)
    first = [i for i in page.body[:OPENING_BLOCKS] if i >= page.lead and page.blocks[i].is_prose]
    opening = "".join(page.keys[i] for i in first)[:OPENING]
    n = 2 if any(map(is_cjk, opening[:1] + opening[-1:])) else 4
    named = (page.draft.source.meta.get(name, "") for name in ("og:title", "title"))
    return Scene(
        page=page,
        counts=Counter(page.keys),
        slug=_slug(page.draft.source.url),
        meta=tuple(key(fold(text)) for text in named if text),
        prose=tuple(reversed(prose)),
        plain=tuple(accumulate((not named for named in chrome), initial=0)),
        dated=frozenset(i for i, labels in enumerate(page.labels) if labels & _NEAR_TITLE or page.has_date(i)),
        grams=_grams(opening, n),
        n=n,
    )


def weigh(scene: Scene, i: int, text: str, own: str) -> float:
    """Return how much speaks for block ``i``, as ``text`` with key ``own``, being the headline."""
    found = features(scene, i, text, own)
    return sum(WEIGHTS[name] * value for name, value in found.items() if value and name in WEIGHTS) + BIAS


def features(scene: Scene, i: int, text: str, own: str) -> dict[str, float]:
    """Return the features of a line by name."""
    return {
        **_shape(scene.page.blocks[i], text, "dated" if scene.page.dates[i] else ""),
        **_company(scene, i),
        **_agreement(scene, i, text, own),
    }


def _shape(block: TextBlock, text: str, dated: str) -> dict[str, float]:
    """Return what the form of a line says."""
    size = units(text)
    last = text[-1]
    return {
        "short": size < 7,
        "middling": 7 <= size < 11,
        "longish": 26 < size <= 40,
        "long": size > 40,
        "joints": min(len(_JOINTS.findall(block.folded)), 4) / 2,
        "sentence": last not in "?？!！…" and ends_sentence(text),
        "full_stop": last == ".",
        "open_end": last in ":：，,、;；",
        "question": last in "?？!！…",
        "section_heading": _SECTION_HEADING.match(block.folded) is not None,
        "list_item": block.kind in ("list_item", "table"),
        "dated": bool(dated),
        "name": size < 12 and is_name(text, surname=True),
    }


def _company(scene: Scene, i: int) -> dict[str, float]:
    """Return what the neighbours say."""
    page, dated = scene.page, scene.dated
    chrome = bool(page.sure[i] & NOT_TITLES)
    between = scene.plain[scene.prose[i]] - scene.plain[i + 1] if scene.prose[i] > i else 0
    before = page.blocks[i - 1].units if i else 0.0
    return {
        "chrome": chrome,
        "hinted_chrome": not chrome and bool(page.labels[i] & NOT_TITLES),
        "lines_to_prose": min(between, 15) / 15,
        "far_from_lead": (i < page.lead - 12) + (i < page.lead - 30),
        "after_lead": i >= page.lead,
        "publish_line_next": i + 1 in dated or i + 2 in dated,
        "publish_line_near": not dated.isdisjoint(range(i + 3, i + 7)),
        "after_publish_line": i - 1 in dated or i - 2 in dated,
        "after_breadcrumb": any("breadcrumb" in labels for labels in page.labels[max(0, i - 3) : i]),
        "in_body": "body" in page.labels[i],
        "under_short_line": 5 <= before <= 40 and not page.sure[i - 1] & NOT_TITLES and i - 1 not in dated,
        "first_line": i == 0,
    }


def _agreement(scene: Scene, i: int, text: str, own: str) -> dict[str, float]:
    """Return what other lines, the body, the HTML head and the address say about a text."""
    page = scene.page
    long_enough = units(text) >= 5
    others = scene.counts[own] - (own == page.keys[i]) if long_enough else 0
    grams = _grams(own, scene.n)
    first = page.keys[: min(FIRST_LINES, i)] if long_enough else ()
    return {
        "repeated": others > 0,
        "repetitions": min(others, 3) - 1.0 if others else 0.0,
        "agrees_with_first_lines": any(len(line) > len(own) and line.startswith(own) for line in first),
        "in_html_title": any(own in meta for meta in scene.meta),
        "told_by_lead": len(grams & scene.grams) / len(grams) if grams else 0.0,
        "in_address": _slug_overlap(scene.slug, text),
    }


def _grams(text: str, n: int) -> frozenset[str]:
    return frozenset(text[at : at + n] for at in range(len(text) - n + 1))


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
