"""A lead that stands above the body as its abstract and again as its first paragraph (5 % of pages: TAXONOMY 4.1)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from cleanpage.draft import TextBlock
from cleanpage.model import Span
from cleanpage.repeats.token_stream import evidence
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.similarity import difference, key, similarity

SAME_LEAD = 0.9
"""Indel similarity of an abstract and the beginning of the text; a dateline or a cut-off end make the difference."""
MAX_LEAD = 300.0
"""Ideograms of the longest abstract."""
MAX_BETWEEN = 8
"""Blocks (date, source, share bar, caption) that may stand between an abstract and the text."""
MIN_TEXT = 30.0
"""Ideograms of the shortest first paragraph; a headline that ends with a question mark stands above itself too."""
MAX_FOLLOWING = 20
"""Paragraphs that are looked at to see how long the text is."""
LONGEST_DATELINE = 40
"""Characters that may stand in the text before what the abstract says: ``Springfield, 3 May (Our Agency) -``."""

_MARK = lazy(r"[\[ ]*(?:内容)?(?:摘要|核心提示|导读|提要|编者按|核心阅读|summary|abstract|in brief)[\] ]*[:|]?[\] ]*")


class Lead(NamedTuple):
    """A lead that the paragraph below it says again."""

    blocks: tuple[int, ...]
    """Those of the lead; of one that stands many times, all but the last."""
    of: Span
    """The source span of the paragraph that begins with its words."""


def leads(blocks: Sequence[TextBlock], skip: Collection[int]) -> list[Lead]:
    """Return the leads that go, in page order, but first the abstract of the page: the one above the longest text.

    A lead opens a text: no running text stands directly above it, nothing else between it and the paragraph that
    begins with its words, and more below. Teasers of several articles stand so, too.
    """
    groups = _paragraphs(blocks, skip)
    found: list[Lead] = []
    longest, best, number = 0.0, 0, 0
    while number < len(groups) - 2:
        opens = number == 0 or groups[number].start - groups[number - 1].stop > 1
        last = number
        while opens and last < len(groups) - 2 and _is_said_again(blocks, groups, last):
            last += 1  # once the first is gone, this one opens
        below = groups[number + 2 : number + 2 + MAX_FOLLOWING]
        if last > number and (length := _paragraph_units(blocks, below, groups[number + 1].stop)):
            if length > longest:
                longest, best = length, len(found)
            span = blocks[groups[last].start].content[0], blocks[groups[last].stop - 1].content[1]
            found.append(Lead(tuple(i for group in groups[number:last] for i in group), span))
        number = max(last, number + 1)
    return [*found[best : best + 1], *found[:best], *found[best + 1 :]]


def _is_said_again(blocks: Sequence[TextBlock], groups: Sequence[range], number: int) -> bool:
    """Tell whether the paragraph below begins with the words of this one."""
    group, below = groups[number], groups[number + 1]
    return below.start - group.stop <= MAX_BETWEEN and _begins_with(blocks, below, group)


def _paragraph_units(blocks: Sequence[TextBlock], groups: Sequence[range], end: int) -> float:
    """Return the ideograms of the paragraphs that follow the block before ``end`` without a break."""
    length = 0.0
    for group in groups:
        if group.start - end > MAX_BETWEEN:
            break
        length += sum(blocks[i].units for i in group)
        end = group.stop
    return length


def _paragraphs(blocks: Sequence[TextBlock], skip: Collection[int]) -> list[range]:
    """Return the paragraphs of running text, as ranges of glued blocks."""
    said = evidence(blocks)
    groups: list[range] = []
    stop, at = 0, said.find(1)
    while at >= 0:
        start, stop = at, at + (at not in skip)
        while start < stop < len(blocks) and blocks[stop].glued:
            stop += 1
        if stop > start:
            groups.append(range(start, stop))
        at = said.find(1, max(stop, start + 1))
    return groups


def _begins_with(blocks: Sequence[TextBlock], text: range, abstract: range) -> bool:
    """Tell whether the paragraph ``text`` begins with what ``abstract`` says."""
    if sum(blocks[i].units for i in abstract) > MAX_LEAD or sum(blocks[i].units for i in text) < MIN_TEXT:
        return False
    marked = _MARK.match(blocks[abstract.start].folded)
    said = key("".join(blocks[i].folded for i in abstract)[marked.end() if marked else 0 :])
    body = key("".join(blocks[i].folded for i in text))[: len(said) + LONGEST_DATELINE]
    at = body.find(said)
    if at >= 0 or not said:
        return bool(said)
    beginning = body[: len(said)]
    return similarity(said, beginning, SAME_LEAD) > 0.0 and not difference(said, beginning).digits
