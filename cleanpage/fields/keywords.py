"""The page's own keywords or tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence, key
from cleanpage.fields.shared.labelled_values import LabelledValue
from cleanpage.text import fold, is_cjk, units
from cleanpage.text.lazy_regex import lazy

RULE = "keywords"
HEAD_KEYWORDS = {"news_keywords": 1.2, "article:tag": 1.1, "ld:keywords": 1.0, "keywords": 0.9}
"""Where the HTML head has them, and the score; ``keywords`` are those of the site on many pages."""
PRINTED_SCORE = 1.3
"""Score of those that the page prints."""
MAX_UNITS, MOST = 12.0, 40
"""Longest one in ideograms; more of them are a list for search engines."""
FAR = 12
"""Blocks between the text and a line of its tags."""
_BETWEEN = lazy("[,，、;；|]")
_KEYWORD_LABELS = frozenset(("关键词", "关键字", "标签", "tags", "tag", "keywords"))
"""Folded labels of printed ones."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield candidates for ``keywords``, each all of them in the page's order."""
    if not page.blocks:
        return
    for name, score in HEAD_KEYWORDS.items():
        words = _keyword_list(page, page.draft.source.meta.get(name, ""))
        if words:
            yield page.candidate(ELSEWHERE, "keywords", words, RULE, score)
    for pair in page.pairs:
        words = _keyword_list(page, pair.value) if fold(pair.label) in _KEYWORD_LABELS and _is_ours(page, pair) else ()
        if words:
            yield page.candidate(pair.block, "keywords", words, RULE, PRINTED_SCORE)


def _is_ours(page: Evidence, pair: LabelledValue) -> bool:
    """Tell whether a label stands near the text, on the line of its value, and in no table of a paper."""
    return page.distance(pair.at) <= FAR and pair.block == pair.at and not page.has_document_row(pair.at)


def _keyword_list(page: Evidence, text: str) -> tuple[str, ...]:
    """Return the words of a list; none if it is too long, or the headline again."""
    text = text.strip()
    pieces: Sequence[str] = _BETWEEN.split(text)
    if len(pieces) == 1 and any(map(is_cjk, text)):
        pieces = text.split()
    title = page.headline.key if page.headline is not None else ""
    found: dict[str, str] = {}
    for piece in pieces:
        word = piece.strip(" \t\n#\"'")
        if word and units(word) <= MAX_UNITS and key(fold(word)) not in ("", title):
            found.setdefault(fold(word), word)
    return tuple(found.values()) if len(found) <= MOST else ()
