"""One line a block: what became of it and why, as ``cleanpage --explain`` prints it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from cleanpage.labels import Role
from cleanpage.model import Article, Finding, Removed
from cleanpage.text import normalise

MIN_WIDTH = 60
"""Columns below which clipping would leave nothing to read."""
_ROLE_WIDTH, _LABEL_WIDTH = 9, 12  # columns: of the labels only original_title is longer
_TEXT_SHARE = 0.45
"""What part of the remaining columns the text of the block gets; the rule and the reason get the rest."""
_COLOURS: dict[Role, str] = {"body": "32", "metadata": "36", "caption": "34", "chrome": "90", "duplicate": "33"}
"""ANSI: green, cyan, blue, grey, yellow."""


def explain(article: Article, *, width: int = 120, colour: bool = False) -> Iterator[str]:
    """Yield a line for each block of the page, at most ``width`` columns wide, then a summary and the warnings."""
    width = max(width, MIN_WIDTH)
    rest = width - _ROLE_WIDTH - _LABEL_WIDTH - 3
    text_width = int(rest * _TEXT_SHARE)
    yield _row("role", "label", clip("text", text_width), "rule: reason")
    for block, why in zip(article.blocks, decisions(article), strict=True):
        text = clip(normalise(article.source_text[block.start : block.end]), text_width)
        line = _row(block.role, block.label, text, clip(_reason(why), rest - text_width).rstrip())
        yield f"\x1b[{_COLOURS[block.role]}m{line}\x1b[0m" if colour else line
    yield ""
    yield from _summary(article)


def _row(role: str, label: str, text: str, why: str) -> str:
    return f"{clip(role, _ROLE_WIDTH)} {clip(label, _LABEL_WIDTH)} {text} {why}".rstrip()


def decisions(article: Article) -> list[Finding | Removed | None]:
    """Return for each block what decided its label: from the ledger, or for what was kept from its findings."""
    starts = [block.start for block in article.blocks]
    why: dict[int, Finding | Removed] = {}
    entries: list[Finding | Removed] = [*article.removed, *article.findings]
    for entry in entries:
        i = bisect_right(starts, entry.start) - 1
        if i >= 0 and entry.label == article.blocks[i].label:
            why.setdefault(i, entry)
    return [why.get(i) for i in range(len(starts))]


def _reason(entry: Finding | Removed | None) -> str:
    if entry is None:
        return ""
    copied = f" ({entry.duplicate_of[0]}:{entry.duplicate_of[1]})" if entry.duplicate_of else ""
    return normalise(f"{entry.rule}: {entry.reason}{copied}")


def _summary(article: Article) -> Iterator[str]:
    counts = Counter(block.role for block in article.blocks)
    yield ", ".join(f"{counts[role]} {role}" for role in _COLOURS if counts[role]) or "an empty page"
    yield f"is_article {article.is_article}, page_kind {article.page_kind}, confidence {article.confidence:.2f}"
    yield from (f"warning {normalise(warning)}" for warning in article.warnings)


def columns(char: str) -> int:
    """Return how many terminal columns ``char`` takes: 2 for East Asian wide, 0 for marks that combine."""
    if char.isascii():
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clip(text: str, width: int) -> str:
    """Return ``text`` in exactly ``width`` columns: filled with blanks, or cut with an ellipsis."""
    used = list(accumulate(map(columns, text)))
    if not used or used[-1] <= width:
        return text + " " * (width - (used[-1] if used else 0))
    fits = bisect_right(used, width - 1)
    return text[:fits] + "…" + " " * (width - 1 - (used[fits - 1] if fits else 0))
