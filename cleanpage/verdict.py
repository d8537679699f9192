"""Whether the page is an article, how sure that is, and what its reader should be warned of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleanpage.draft import Draft, TextBlock
from cleanpage.model import Article, Finding

MIN_BODY = 12.0
"""Ideograms of text below which nothing is called an article."""
_REPLACED = re.compile("[\ufffd\ud800-\udfff]")


def judge(draft: Draft, verdicts: Sequence[Finding], article: Article) -> tuple[bool, float, tuple[str, ...]]:
    """Return ``is_article``, ``confidence`` and the warnings."""
    body = [b for b, v in zip(draft.blocks, verdicts, strict=True) if v.label == "body"]
    problem = _not_an_article(draft, body)
    warnings = tuple(_warnings(article, verdicts, problem))
    return problem is None, 0.0 if problem else _confidence(draft, body, article), warnings


def _not_an_article(draft: Draft, body: Sequence[TextBlock]) -> str | None:
    size = sum(block.units for block in body)
    if size < MIN_BODY:
        return "no running text found"
    prose = sum(block.units for block in body if block.is_prose or block.glued)
    if prose < 0.2 * size:
        return "the page holds lists of links, no running text"
    return None


def _confidence(draft: Draft, body: Sequence[TextBlock], article: Article) -> float:
    """Return 0.5 for a bare minimum up to 0.95; a first rule of thumb, not calibrated."""
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
    if _REPLACED.search(article.source_text):
        found.append("replacement-characters: the text was decoded wrongly before it came here")
    return found
