"""The headline, and the blocks that repeat it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

from cleanpage.draft import TextBlock
from cleanpage.fields.headline_features import FIRST_LINES
from cleanpage.fields.headline_text import MAX_BROKEN
from cleanpage.fields.shared.evidence import Claim, Evidence, Headline, key
from cleanpage.fields.shared.suffix import heads
from cleanpage.labels import Label
from cleanpage.text import fold

RULE = "title"
MAX_SUFFIXED = 120.0
"""Longest headline with the site's suffix, in ideograms."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the headline and the statement that its blocks, and their repetitions, are not body."""
    best = page.headline
    if best is None:
        return
    yield page.candidate(best.first, "title", best.text, RULE, best.score)
    for i in sorted(set(_title_blocks(page, best))):
        yield page.finding(i, Label.TITLE, RULE, "the headline of the page")


def _title_blocks(page: Evidence, best: Headline) -> Iterator[int]:
    """Yield the blocks that are the headline or repeat it; a heading inside the body stays where it is."""
    body = page.labels.get(Label.BODY, ())
    if best.key in page.keys[best.first] and best.first < page.lead:
        yield best.first
    alike = set(compress(range(len(page.keys)), map(best.key.startswith, page.keys)))
    for i in sorted(alike.union(range(min(FIRST_LINES, len(page.keys))))):
        own = page.keys[i]
        if not own:
            continue
        if own == best.key or (i < FIRST_LINES and _is_suffixed(page.blocks[i], best.key)):
            if not (page.lead < i < page.last and i in body):
                yield i
        elif best.key.startswith(own) and i < page.last:
            yield from _broken(page, i, best.key)


def _is_suffixed(block: TextBlock, wanted: str) -> bool:
    return block.units <= MAX_SUFFIXED and any(key(fold(head)) == wanted for head in heads(block.text))


def _broken(page: Evidence, i: int, wanted: str) -> Iterator[int]:
    """Yield the blocks from ``i`` on that together, and no fewer, are the headline."""
    joined = page.keys[i]
    for last in range(i + 1, min(i + MAX_BROKEN, len(page.keys))):
        joined += page.keys[last]
        if joined == wanted:
            yield from range(i, last + 1)
            return
