"""Runs a way of cleaning over the labelled pages and scores what comes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from bench.data import Page, load_pages
from bench.score import MEASURES, Parts, Score, score_parts
from cleanpage.model import Article

SETS = ("waddle-zh", "magic-dev", "wcxb-dev")
BAR_INPUTS = ("inscriptis", "html_text", "resiliparse")
"""What the bars speak of, the worst of them; bs4 is harder and shown on demand."""

Clean: TypeAlias = Callable[[str], object]
"""From raw text or HTML to an Article, anything with ``title`` and ``text``, or a str that is the text."""
Method: TypeAlias = Callable[[Page, str], object]
"""The same for what needs to know more of the page than its raw text: the language, the fold of its site."""


@dataclass(frozen=True, slots=True)
class Result:
    """One page as one input, scored."""

    page: Page
    input: str
    prediction: str = field(repr=False)
    score: Score
    whole: Score
    """Score of the whole text of the page: what doing nothing is worth."""
    seconds: float
    """Process CPU time of the callable."""
    is_article: bool | None = None
    confidence: float | None = None
    """None, as ``is_article``, unless the callable returned an Article."""


def raw_only(clean: Clean) -> Method:
    """Return ``clean`` as a Method."""
    return lambda _, raw: clean(raw)


def score_pages(
    method: Method,
    *,
    sets: Sequence[str] = SETS,
    inputs: Sequence[str] = BAR_INPUTS,
    kinds: Sequence[str] = (),
    langs: Sequence[str] = (),
    limit: int | None = None,
    measure: str = "shingles",
) -> list[Result]:
    """Return the results for the labelled pages of ``sets`` as each of ``inputs``; ``kinds`` and ``langs`` narrow it.

    ``limit`` is taken of each set before it is narrowed; ``measure`` is one of MEASURES.
    """
    pages = [page for name in sets for page in load_pages(name, html="html" in inputs, limit=limit)]
    labelled = [page for page in pages if page.body is not None]
    chosen = [p for p in labelled if (not kinds or p.kind in kinds) and (not langs or p.lang in langs)]
    for page in chosen[:1]:
        for way in inputs:  # caches, lazy imports and compiled patterns are no page's cost
            method(page, page.raw(way))
    return [score_page(method, page, way, measure) for page in chosen for way in inputs]


def score_page(method: Method, page: Page, way: str, measure: str = "shingles") -> Result:
    """Return the result for one page; where the label begins with the title, so does the prediction."""
    raw = page.raw(way)
    start = time.process_time()
    cleaned = method(page, raw)
    seconds = time.process_time() - start
    prediction = _prediction(cleaned, with_title=page.body_has_title)
    label = page.body or ""
    found = score_parts(MEASURES[measure](prediction), _label_parts(label, measure))
    whole = _whole_text_score(page.raw("inscriptis" if way == "html" else way), label, measure)
    verdict = (cleaned.is_article, cleaned.confidence) if isinstance(cleaned, Article) else (None, None)
    return Result(page, way, prediction, found, whole, seconds, *verdict)


def _prediction(cleaned: object, *, with_title: bool) -> str:
    if isinstance(cleaned, str):  # which has a ``title`` of its own
        return cleaned
    title, text = getattr(cleaned, "title", None), str(getattr(cleaned, "text", ""))
    return f"{title}\n{text}" if with_title and title else text


@lru_cache(maxsize=8192)
def _label_parts(label: str, measure: str) -> Parts:
    return MEASURES[measure](label)


@lru_cache(maxsize=16384)
def _whole_text_score(raw: str, label: str, measure: str) -> Score:
    return score_parts(MEASURES[measure](raw), _label_parts(label, measure))
