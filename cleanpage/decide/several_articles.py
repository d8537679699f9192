"""Where a body holds several articles: a blog's front page, the next article behind the first (HTML only)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from cleanpage.draft import BlockFinding, Draft, TextBlock
from cleanpage.fields.byline import BY, undated
from cleanpage.fields.shared.when import find_dates
from cleanpage.labels import Label

MIN_UNITS = 80.0
"""Least text of each in the body, in ideograms: shorter ones are teasers."""
LINES_AROUND = 3
"""So many lines under a headline, or above it, may say when or by whom the article was written."""
MAX_DAY_LINE = 30.0
"""Longest such line, in ideograms."""
MAX_BESIDE_DAY, MAX_REST_IN_BODY = 24, 3
"""Characters besides the day in one that is known by it alone; in the body it may be a caption or a short sentence."""
MOST_SPANS_NAMED = 10
"""So many spans stand in the warning."""
_HEAD_LABELS = frozenset((Label.PUBLISH, Label.BYLINE))
_NO_KIND = frozenset(("forum", "product", "service", "documentation"))
"""Kinds of pages on which dated headings are posts, reviews, versions."""


def several_articles(draft: Draft, verdicts: Sequence[BlockFinding]) -> str | None:
    """Return the warning that the body holds several articles, None if it does not. Linear in the blocks.

    An article has a headline with its day or writer beside it, and text of its own. Headings of lower levels with a day
    stand inside of one: those of a chronicle.
    """
    body = [i for i, verdict in enumerate(verdicts) if verdict.label == Label.BODY]
    if not body or draft.source.kind != "html" or draft.outlook is None or draft.outlook.kind in _NO_KIND:
        return None
    ours = frozenset(body)
    named = {finding.block for finding in draft.findings if finding.label in _HEAD_LABELS and finding.score >= 1}
    heads = [i for i in range(body[-1]) if _heading_level(draft.blocks[i]) and _is_signed(draft.blocks, i, named, ours)]
    top = min((_heading_level(draft.blocks[i]) for i in heads), default=0)
    starts = [i for i in heads if _heading_level(draft.blocks[i]) == top]
    found = list(_spans(draft.blocks, starts, body)) if len(starts) > 1 else []
    if len(found) < 2 or len(found) < len(starts):
        return None
    spans = ", ".join(f"{start}:{end}" for start, end in found[:MOST_SPANS_NAMED])
    return (
        f"several-articles: the body holds {len(found)} articles, at {spans}{', …' * (len(found) > MOST_SPANS_NAMED)}"
    )


def _spans(blocks: Sequence[TextBlock], starts: Sequence[int], body: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield headline to last line of each stretch that begins with a headline and has enough text in the body."""
    at = 0
    for start, stop in zip(starts, [*starts[1:], len(blocks)], strict=True):
        size, last = 0.0, start
        while at < len(body) and body[at] < stop:
            if body[at] > start:
                size, last = size + blocks[body[at]].units, body[at]
            at += 1
        if size >= MIN_UNITS:
            yield blocks[start].content[0], blocks[last].content[1]


def _heading_level(block: TextBlock) -> int:
    """Return the level of a heading that the page shows, 0 for other lines."""
    return block.dom.heading if block.text and block.dom is not None and not block.dom.hidden else 0


def _is_signed(blocks: Sequence[TextBlock], head: int, named: set[int], body: AbstractSet[int]) -> bool:
    """Tell whether a line beside a heading, no other heading between, says when or by whom the text was written."""
    below = range(head + 1, min(len(blocks), head + 1 + LINES_AROUND))
    above = range(head - 1, max(-1, head - 1 - LINES_AROUND), -1)
    for lines in (below, above):
        for i in lines:
            if _heading_level(blocks[i]) or blocks[i].units > MAX_DAY_LINE:
                break
            if i in named or _is_stamp(blocks[i], MAX_REST_IN_BODY if i in body else MAX_BESIDE_DAY):
                return True
    return False


def _is_stamp(block: TextBlock, most: int) -> bool:
    """Tell whether a line is a day with at most so many other characters, or begins as a byline with a day in it."""
    if not find_dates(block.folded):
        return False
    return len(undated(block.text).replace(" ", "")) <= most or BY.match(block.folded) is not None
