"""What the ledger of an Article must fulfil (nothing is lost), as a list of faults to print."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import get_args

from cleanpage.model import Article, Role
from cleanpage.text import is_blank

_NUMBERS = re.compile(r"probability \d\.\d+, (?:above|below) the page's threshold of \d\.\d+")


def ledger_faults(article: Article) -> list[str]:
    """Return what is wrong with the ledger, a sentence each; an empty list if nothing is."""
    return [*_tiling(article), *_cover(article), *_removed(article), *_duplicates(article)]


def _tiling(article: Article) -> Iterator[str]:
    end = 0
    for block in article.blocks:
        if block.start != end or block.end < block.start:
            yield f"block {block.start}:{block.end} does not follow on {end}"
        if block.role not in get_args(Role):
            yield f"block {block.start}:{block.end} ended as {block.role!r}"
        end = block.end
    if end != len(article.source_text):
        yield f"blocks end at {end}, the page at {len(article.source_text)}"


def _cover(article: Article) -> Iterator[str]:
    kept = [(paragraph.start, paragraph.end) for paragraph in article.paragraphs]
    gone = [(removed.start, removed.end) for removed in article.removed]
    if gone != sorted(gone):
        yield "removed is not in order"
    end = 0
    for start, stop in sorted(kept + gone):
        if start < end:
            yield f"span {start}:{stop} overlaps what ends at {end}"
        if start >= stop:
            yield f"span {start}:{stop} is empty"
        yield from _gap(article.source_text, end, start)
        end = max(end, stop)
    yield from _gap(article.source_text, end, len(article.source_text))


def _gap(text: str, start: int, end: int) -> Iterator[str]:
    if start < end and not is_blank(text[start:end]):
        yield f"neither kept nor removed: {start}:{end} {text[start:end][:40]!r}"


def _removed(article: Article) -> Iterator[str]:
    for removed in article.removed:
        where = f"removed {removed.start}:{removed.end}"
        if not (removed.label and removed.rule and removed.reason):
            yield f"{where} lacks a label, a rule or a reason"
        if removed.text != article.source_text[removed.start : removed.end]:
            yield f"{where} quotes something else than what stands there"
        if removed.label == "duplicate" and removed.duplicate_of is None:
            yield f"{where} is a duplicate of nothing"
        if removed.rule == "body" and not _NUMBERS.search(removed.reason):
            yield f"{where} does not say how likely it is body: {removed.reason}"
        if removed.rule == "assemble":
            yield f"{where} was decided by no rule and no stage: {removed.reason}"
        if not 0.0 <= removed.score <= 1.0:
            yield f"{where} is right with a probability of {removed.score}"


def _duplicates(article: Article) -> Iterator[str]:
    for removed in article.removed:
        if removed.duplicate_of is None:
            continue
        start, end = removed.duplicate_of
        if not 0 <= start < end <= len(article.source_text):
            yield f"removed {removed.start}:{removed.end} is said to copy {start}:{end}, which is no span of the page"
        elif start < removed.end and removed.start < end:
            yield f"removed {removed.start}:{removed.end} is said to copy itself ({start}:{end})"
    yield from copies_of_nothing(article)


def copies_of_nothing(article: Article) -> Iterator[str]:
    """Yield the duplicates whose ``duplicate_of`` holds words that do not stand in ``text``."""
    body = [(paragraph.start, paragraph.end) for paragraph in article.paragraphs]
    starts = [start for start, _ in body]
    for removed in article.removed:
        if removed.duplicate_of is None:
            continue
        at, end = removed.duplicate_of
        for start, stop in body[max(0, bisect_right(starts, at) - 1) :]:
            if start >= end or not is_blank(article.source_text[at : max(at, start)]):
                break
            at = max(at, stop)
        if not is_blank(article.source_text[at:end]):
            text = article.source_text[at:end][:40]
            yield f"removed {removed.start}:{removed.end} is said to copy {text!r}, which is not in the text"
