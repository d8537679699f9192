"""An Article to be read on a terminal: what ``cleanpage PAGE`` prints there."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from cleanpage.decide.explain import columns
from cleanpage.export.layout import TOGETHER
from cleanpage.model import Article, Paragraph
from cleanpage.text import is_cjk
from cleanpage.text.lazy_regex import lazy

MOST_WIDTH = 100
"""Columns of a line; longer ones are hard to read on a wide terminal."""
MOST_LABELS = 5
"""Labels of what was removed that the last line names."""
_TERMINAL_UNSAFE = lazy(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Escape sequences of a page must not reach a terminal."""


def to_readable(article: Article, *, width: int = 80) -> str:
    """Return title, people, date and source, the body, and what was removed, in lines of at most ``width`` columns."""
    text = "\n".join(_lines(article, min(width, MOST_WIDTH)))
    return _TERMINAL_UNSAFE.sub("\ufffd", text) + "\n"


def _lines(article: Article, width: int) -> Iterator[str]:
    if article.title:
        yield from (*_wrapped(article.title, width), "")
    if line := " · ".join(facts_of(article)):
        yield from (*_wrapped(line, width), "")
    for paragraph, following in zip_longest(article.paragraphs, article.paragraphs[1:]):
        if paragraph.kind == "code":
            yield from (f"    {line}" for line in paragraph.text.split("\n"))
        else:
            yield from _wrapped(_mark(paragraph) + paragraph.text, width)
        if not following or not paragraph.kind == following.kind in TOGETHER:
            yield ""
    counts = Counter(str(removed.label) for removed in article.removed).most_common()
    if counts:
        named = ", ".join(f"{count:,} {label}" for label, count in counts[:MOST_LABELS])
        more = ", …" if len(counts) > MOST_LABELS else ""
        yield f"[{len(article.removed):,} blocks removed: {named}{more}; --explain shows them]"
    yield from (f"[{warning}]" for warning in article.warnings)


def _mark(paragraph: Paragraph) -> str:
    return "  " * (paragraph.level - 1) + "- " if paragraph.kind == "list_item" else ""


def facts_of(article: Article) -> list[str]:
    """Return who wrote an article, when (to the minute) and where, without what is not known."""
    published = (article.published or "")[:16].replace("T", " ")
    return [fact for fact in (", ".join(article.authors), published, article.source, article.site) if fact]


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield a text in lines; ideograms take two columns and may be parted anywhere."""
    if not any(map(is_cjk, text)):
        yield from textwrap.wrap(text, width, break_on_hyphens=False) or [""]
        return
    line, used = "", 0
    for char in text:
        size = columns(char)
        if used + size > width:
            yield line.rstrip()
            line, used = "", 0
        line, used = line + char, used + size
    yield line
