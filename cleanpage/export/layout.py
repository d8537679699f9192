"""The body of an Article as it is set: what Markdown and HTML have in common."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from urllib.parse import urlsplit

from cleanpage.model import Article, Image, Paragraph
from cleanpage.text import normalise
from cleanpage.text.lazy_regex import lazy

TOGETHER = ("table", "list_item")
"""Kinds whose neighbouring paragraphs make one block."""
TOP, LOWEST = 2, 6
"""Level of the first headings under the title, and of the last."""
PRINTED_NUMBER = lazy(r"^(\d{1,9})[.)] ")
"""The number of a list item that stands in its text."""
_BAR = lazy(r"[|│｜]\s*")
"""What parts the cells of a row without tabs."""

_SCHEMES = ("http", "https", "mailto", "")
_IGNORED = lazy(r"^[\x00-\x20]+|[\t\r\n]")
"""What browsers take out of an address before they look for its scheme."""


def pieces(article: Article) -> Iterator[Image | list[Paragraph]]:
    """Yield pictures and paragraphs in the order of the page; the items of a list or table come together."""
    images = deque(article.images)
    for kind, run in groupby(article.paragraphs, key=lambda paragraph: paragraph.kind):
        rows = list(run)
        for group in [rows] if kind in TOGETHER else [[row] for row in rows]:
            while images and images[0].start < group[-1].end:
                yield images.popleft()
            yield group
    yield from images


def top_level(article: Article) -> int:
    """Return the level of the body's highest headings as the page had it, 0 if it says none."""
    return min((p.level for p in article.paragraphs if p.kind == "heading" and p.level), default=0)


def level_under_title(heading: Paragraph, top: int) -> int:
    """Return the level of a heading under a title of level 1, where the highest are of level ``top``."""
    return min(LOWEST, TOP + max(0, heading.level - top))


def linked(article: Article, paragraph: Paragraph) -> Iterator[tuple[str, str | None]]:
    """Yield the text of a paragraph in parts, each with the address that it links to, if any."""
    at, text, source = 0, paragraph.text, article.source_text
    first = bisect_left(article.links, paragraph.start, key=lambda link: link.start)
    for link in takewhile(lambda link: link.end <= paragraph.end, article.links[first:]):
        # Counted from the end: a bullet is no longer there.
        end = len(text[: len(text) - len(normalise(source[link.end : paragraph.end]))].rstrip())
        shown = normalise(link.text)
        start = end - len(shown)
        if start >= at and text[start:end] == shown:
            yield text[at:start], None
            yield shown, link.url
            at = end
    yield text[at:], None


def leads(url: str) -> bool:
    """Tell whether an address may be followed: to http, https, mailto or a relative one; ``javascript:`` may not."""
    try:
        return urlsplit(_IGNORED.sub("", url)).scheme in _SCHEMES
    except ValueError:
        return False


def cells(article: Article, rows: Sequence[Paragraph]) -> list[list[str]]:
    """Return the cells of a table, all rows equally long; they are read from the page, where they are still apart."""
    found = [_cells(article.source_text[row.start : row.end]) for row in rows]
    width = max(len(row) for row in found)
    return [row + [""] * (width - len(row)) for row in found]


def _cells(line: str) -> list[str]:
    found = line.split("\t") if "\t" in line else _BAR.split(line.strip().strip("|│｜"))
    return [normalise(cell) for cell in found]
