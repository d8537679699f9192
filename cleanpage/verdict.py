"""Whether the page is an article, how sure that is, and what its reader should be warned of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cleanpage.draft import Draft, TextBlock
from cleanpage.model import Article, Finding
from cleanpage.text import has_surrogates

MIN_BODY = 12.0
"""Ideograms of running text below which nothing is called an article."""
SMALL_BODY = 60.0
"""A body below this is an article only if the page does not look like a list. Measured on the four flattenings of 77
Chinese pages: the bodies that were found on ten list pages hold up to 46, those of articles 83 and more."""
LIST_RATIO = 5.0
"""A list page has so many times more text in headlines than in its body."""
LIST_DATES = 5
"""... or so many dated items ..."""
LIST_SHARE = 0.2
"""... that make up this share of its lines."""
HEADLINE_UNITS = (7.0, 45.0)
"""Shortest and longest headline of a list, in ideograms."""
_DATED = re.compile(r"^\W*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}\S{0,10}$")
FEED_PROMPTS, FEED_BEFORE = 15, 3
"""So many equal prompts, so many of them before the body, make a feed: under an article they stand behind it."""
_TEASER = re.compile(r"(?:(?<!…)…|\.\.\.)\S{0,6}$")
_STATES = re.compile(r"[。.；;।۔][\"'”’」』）)\]】]*$")


def judge(draft: Draft, verdicts: Sequence[Finding], article: Article) -> tuple[bool, float, tuple[str, ...]]:
    """Return ``is_article``, ``confidence`` and the warnings."""
    problem = _not_an_article(draft, verdicts, dated=article.published is not None)
    warnings = tuple(_warnings(article, verdicts, problem))
    return problem is None, 0.0 if problem else _confidence(draft, verdicts, article), warnings


def _is_headline(block: TextBlock) -> bool:
    """Tell whether a block may be the headline of some other article: short, and states nothing."""
    return HEADLINE_UNITS[0] <= block.units <= HEADLINE_UNITS[1] and not (block.is_prose and _STATES.search(block.text))


def _not_an_article(draft: Draft, verdicts: Sequence[Finding], *, dated: bool) -> str | None:
    """Return why the page is none, None if it is."""
    body = [i for i, verdict in enumerate(verdicts) if verdict.label == "body"]
    size = sum(draft.blocks[i].units for i in body)
    if size < MIN_BODY:
        return "no running text found"
    told = sum(draft.blocks[i].units for i in body if draft.blocks[i].glued or not _is_headline(draft.blocks[i]))
    if told < SMALL_BODY and _looks_like_a_list(draft.blocks, told, dated=dated):
        return "the page lists headlines"
    inside = range(body[0], body[-1] + 1)
    dates = sum(bool(_DATED.search(draft.blocks[i].text)) for i in inside)
    teasers = sum(bool(_TEASER.search(draft.blocks[i].text)) or verdicts[i].label == "truncation" for i in inside)
    if max(dates, teasers) >= LIST_DATES and dates + teasers > LIST_SHARE * len(inside):
        return "the page lists the beginnings of several texts"
    if _is_feed(draft.blocks, verdicts, body[0]):
        return "the page is a feed of several texts"
    return None


def _is_feed(blocks: Sequence[TextBlock], verdicts: Sequence[Finding], start: int) -> bool:
    """Tell whether one and the same prompt (``阅读全文``) stands under many texts, some of them before the body."""
    prompts = [i for i, verdict in enumerate(verdicts) if verdict.label in ("tools", "truncation")]
    if len(prompts) < FEED_PROMPTS:
        return False
    text, times = Counter(blocks[i].folded for i in prompts).most_common(1)[0]
    return times >= FEED_PROMPTS and sum(blocks[i].folded == text for i in prompts if i < start) >= FEED_BEFORE


def _looks_like_a_list(blocks: Sequence[TextBlock], told: float, *, dated: bool) -> bool:
    if sum(block.units for block in blocks if _is_headline(block)) <= LIST_RATIO * told:
        return False
    return not dated or sum(bool(_DATED.search(block.text)) for block in blocks) >= LIST_DATES


def _confidence(draft: Draft, verdicts: Sequence[Finding], article: Article) -> float:
    """Return 0.35 for a bare minimum up to 0.95; a first rule of thumb, not calibrated."""
    body = [block for block, verdict in zip(draft.blocks, verdicts, strict=True) if verdict.label == "body"]
    size = sum(block.units for block in body)
    prose = sum(block.units for block in body if block.is_prose or block.glued)
    sure = 0.35 + 0.3 * min(1.0, size / 300) + 0.2 * prose / size
    return round(sure + 0.05 * (article.title is not None) + 0.05 * (article.published is not None), 3)


def _warnings(article: Article, verdicts: Sequence[Finding], problem: str | None) -> list[str]:
    found = []
    if problem:
        found.append(f"not-article: {problem}")
    elif article.title is None:
        found.append("no-title: no line could be told to be the headline")
    if any(verdict.label == "truncation" for verdict in verdicts):
        found.append("truncated: the page says that the article goes on elsewhere")
    if "\ufffd" in article.source_text or has_surrogates(article.source_text):
        found.append("replacement-characters: the text was decoded wrongly before it came here")
    return found
