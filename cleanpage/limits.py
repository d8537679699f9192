"""Bounds for one page: so many characters of it are read, or as many as can be cleaned in a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from cleanpage.labels import Label
from cleanpage.model import Article, Block, Removed
from cleanpage.text import is_blank

RULE = "max_chars"
FIRST = 65_536
"""Characters that are cleaned however short the time is; a longer page is tried again with ``STEP`` times as many."""
STEP = 4
DEARER = 6.0
"""A try is begun if the time left is so many times what the one before took: STEP times as many characters, and half
as much again, for no part of a page costs the same as another."""


def cut(raw: str, most: int | None, *, html: bool) -> tuple[str, str]:
    """Return what of a page is read, and the rest: cut behind a line, or a tag of HTML, if one ends near ``most``."""
    if most is None or len(raw) <= most:
        return raw, ""
    at = raw.rfind(">" if html else "\n", most // 2, most) + 1 or most
    return raw[:at], raw[at:]


def with_rest(article: Article, rest: str) -> Article:
    """Return the article of a page's beginning with the rest of the page as one more tile, which was removed."""
    if not rest:
        return article
    start = len(article.source_text)
    end = start + len(rest)
    reason = "stands behind what was read of the page"
    bare = rest.strip()
    left = start + rest.find(bare)
    gone = () if is_blank(rest) else (Removed(left, left + len(bare), bare, Label.UNREAD, RULE, reason, 1.0),)
    return replace(
        article,
        source_text=article.source_text + rest,
        blocks=(*article.blocks, Block(start, end, Label.UNREAD.role, Label.UNREAD)),
        removed=(*article.removed, *gone),
        warnings=(*article.warnings, f"too-long: the last {len(rest)} characters of the page were not read"),
    )


def in_time(seconds: float, attempt: Callable[[int], Article], size: int) -> Article:
    """Return what ``attempt`` makes of as many of the ``size`` characters of a page as it can read in ``seconds``.

    The first characters are tried alone, then more, so that an Article that was done in time is at hand; all tries
    together take about a third more than the last one. It is the same Article that ``max_chars`` gives.
    """
    began = perf_counter()
    most = min(FIRST, size)
    article = attempt(most)
    spent = perf_counter() - began
    while most < size and perf_counter() - began + DEARER * spent <= seconds:
        start, most = perf_counter(), min(most * STEP, size)
        article = attempt(most)
        spent = perf_counter() - start
    if most == size:
        return article
    return replace(
        article, warnings=(*article.warnings, f"deadline: {seconds:g} s are too short for more than max_chars={most}")
    )
