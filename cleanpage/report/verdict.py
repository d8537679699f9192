"""What is to be thought of an article, in words and a colour."""

from __future__ import annotations

from typing import Literal, NamedTuple

from cleanpage.model import Article


class VerdictInWords(NamedTuple):
    """What is to be thought of the article, in words."""

    tone: Literal["good", "fair", "bad"]
    words: str
    meaning: str
    """What that means, in a sentence."""


_TONES: tuple[tuple[float, Literal["good", "fair", "bad"], str], ...] = (
    (0.9, "good", "very likely right"),
    (0.7, "good", "probably right"),
    (0.4, "fair", "look at it: parts may be missing or too much"),
    (0.0, "bad", "probably wrong"),
)
"""Least confidence, and what is said of an article from there on."""
_NO_ARTICLE = {
    "error": "the page is the message of an error",
    "wall": "the page is a wall: a login, cookies, a check for robots",
    "empty": "the page holds no running text",
    "listing": "the page is a list of links",
}


def verdict(article: Article) -> VerdictInWords:
    """Return what is to be thought of an article."""
    if not article.is_article:
        words = _NO_ARTICLE.get(article.page_kind, "the page holds no article")
        return VerdictInWords("bad", words, "What stands in the text, if anything, is not one.")
    share = round(100 * article.confidence)
    meaning = f"Of 100 pages that look like this one, {share} came out right when that was measured."
    tone, words = next((tone, words) for least, tone, words in _TONES if article.confidence >= least)
    return VerdictInWords(tone, words, meaning)
