"""Bounds for one page: so many characters and blocks of it are read, or as many as can be cleaned in a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from time import perf_counter

from cleanpage._native import twin
from cleanpage.draft import Draft
from cleanpage.labels import Label
from cleanpage.model import Article, Block, Removed
from cleanpage.text import is_blank
from cleanpage.text.lazy_regex import lazy

LEAST_CHARS = 65_536
"""Characters that are cleaned however short the time is."""
STEP, TRIES = 8, 4
"""A longer page is tried again with at most ``STEP`` times as many, and so often at most."""
DEARER_REST = 1.5
"""How many times dearer than what was read the rest may be: no part of a page costs the same as another."""
WORTH = 1.5
"""So many times more characters are worth another try."""
HIDDEN = 8
"""Of HTML at most so many times ``max_chars`` are read, scripts, styles and comments counted."""
BREAKS = 16
"""So many ends of lines, or tags of HTML, are parsed for each of ``max_blocks``: few of them end a block (the page with
most of 4,043 has 74,318 and 1,063 blocks)."""
_BLOCK_EDGES = lazy(r"<(/?)(script|style|svg)\b|<!--|-->", re.IGNORECASE)
_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_BREAKS = {False: lazy(f"[{_LINE_ENDS}]"), True: lazy(f"[<{_LINE_ENDS}]")}
"""What may begin a block in text, and in HTML."""


def weight(raw: str, *, html: bool) -> int:
    """Return the least ``max_chars`` with which a page is read whole: its length, of HTML without scripts and styles.

    Linear in the page.
    """
    return max(_seen(raw, len(raw))[1], -(-len(raw) // HIDDEN)) if html else len(raw)


def cut(raw: str, most: int | None, *, html: bool) -> tuple[str, str]:
    """Return what of a page is read, and the rest: cut behind a line, or a tag of HTML, if one ends near ``most``.

    What stands in scripts, styles, drawings and comments of HTML is not counted, up to ``HIDDEN`` times ``most``.
    """
    if most is None or len(raw) <= most:
        return raw, ""
    end = min(_seen(raw, most)[0], HIDDEN * most) if html else most
    if end >= len(raw):
        return raw, ""
    at = raw.rfind(">" if html else "\n", end - most // 2, end) + 1 or end
    return raw[:at], raw[at:]


def _seen(raw: str, most: int) -> tuple[int, int]:
    """Return where the first ``most`` characters outside of scripts, styles and comments end, and how many they are."""
    seen, start, inside = 0, 0, ""
    for edge in _BLOCK_EDGES.finditer(raw):
        name = (edge[2] or "-").lower()
        opens = edge[0] == "<!--" or edge[1] == ""
        if not inside and opens:
            if seen + edge.start() - start >= most:
                break
            seen, inside = seen + edge.start() - start, name
        elif inside == name and not opens:
            start, inside = edge.start(), ""
    if inside:
        return len(raw), seen
    end = min(len(raw), start + most - seen)
    return end, seen + end - start


def cut_at_breaks(raw: str, most: int | None, *, html: bool) -> tuple[str, str]:
    """Return what of a page is parsed, and the rest, cut before an end of a line or tag: ``BREAKS`` for each block."""
    if most is None or len(raw) <= BREAKS * most:
        return raw, ""
    if count_breaks(raw, html) < BREAKS * most:
        return raw, ""
    end = next(islice(_BREAKS[html].finditer(raw), BREAKS * most - 1, None)).start()
    return raw[:end], raw[end:]


@twin("text")
def count_breaks(raw: str, html: bool) -> int:
    """Return how many ends of lines there are in a page, and in HTML tags."""
    return sum(map(raw.count, f"<{_LINE_ENDS}" if html else _LINE_ENDS))


def cut_at_blocks(draft: Draft, most: int | None) -> tuple[Draft, str]:
    """Return a page as loaded with its first ``most`` blocks alone, and the text of the others."""
    if most is None or len(draft.blocks) <= most:
        return draft, ""
    text, end = draft.source.text, draft.blocks[most].start
    return replace(draft, source=replace(draft.source, text=text[:end]), blocks=draft.blocks[:most]), text[end:]


def with_rest(article: Article, rest: str, bound: str) -> Article:
    """Return the article of a page's beginning with the rest as one more tile, which the setting ``bound`` removed."""
    if not rest:
        return article
    start = len(article.source_text)
    end = start + len(rest)
    reason = f"not read: it stands beyond the bound {bound}"
    bare = rest.strip()
    left = start + rest.find(bare)
    gone = () if is_blank(rest) else (Removed(left, left + len(bare), bare, Label.UNREAD, bound, reason, 1.0),)
    return replace(
        article,
        source_text=article.source_text + rest,
        blocks=(*article.blocks, Block(start, end, Label.UNREAD.role, Label.UNREAD)),
        removed=(*article.removed, *gone),
        warnings=(*article.warnings, f"too-long: the last {len(rest)} characters of the page were not read ({bound})"),
    )


def in_time(seconds: float, attempt: Callable[[int], Article], size: int) -> Article:
    """Return what ``attempt`` makes of as many of the ``size`` characters of a page as it can read in ``seconds``.

    The first characters are tried alone, so that an Article that was done in time is at hand and it is known what they
    cost; then as many as the time left allows with a margin. It is the same Article that ``max_chars`` gives.
    """
    began = perf_counter()
    most = min(LEAST_CHARS, size)
    article = attempt(most)
    spent = perf_counter() - began
    for _ in range(TRIES - 1):
        left = seconds - (perf_counter() - began)
        further = int(min(size, STEP * most, most * max(0.0, left) / (DEARER_REST * max(spent, 1e-9))))
        if further < min(size, WORTH * most) or most == size:
            break
        start, most = perf_counter(), further
        article = attempt(most)
        spent = perf_counter() - start
    if most == size:
        return article
    warning = f"deadline: {seconds:g} s were enough for {most} characters; max_chars={most} gives the same article"
    return replace(article, warnings=(*article.warnings, warning))
