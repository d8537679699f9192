"""Decide which blocks are the article, from prose density, findings and position.

A page is scored line by line: prose counts for the article, anything else a little against it, furniture much. The
article is the run of lines with the highest sum, and the runs near it that are nearly as dense. ``line_score`` is the
seam for learned weights: whatever scores lines, the decision over the sequence stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleanpage.draft import Draft, TextBlock, find, is_canonical
from cleanpage.model import Finding
from cleanpage.text import ends_sentence

STAGE = "body"

LINE_CAP = 80.0
"""Most ideograms of one line that count: a paragraph of 80 is as sure as one of 800."""
FURNITURE_COST = 25.0
"""What a line costs that a rule names chrome: a share bar inside the article is survived, a footer is not."""
ENDING_COST = 60.0
"""What a line costs that ends articles: related links, comments, copyright, licences."""
SHORT_COST = 9.0
"""What a short line without a sentence end costs: a subheading or two are survived, a list of links is not."""
FAR_RUN = 0.35
"""A second run joins the article if its sum is at least this share of the first's."""
NEAR_LINES = 12
"""... or this near to it and at least ``NEAR_SUM`` strong."""
NEAR_SUM = 20.0

ENDING_LABELS = frozenset(
    ("related", "comments", "copyright", "licence", "friend_links", "site_bar", "hot_list", "disclaimer", "newsletter", "cookie")
)
_COMMA = re.compile(r"[，,、；;：:。]")
_SIGNATURE = re.compile(r"^\W*(?:[一二三四五六七八九〇○零十\d]{2,4} ?年 ?[一二三四五六七八九十\d]{1,3} ?月 ?[一二三四五六七八九十\d]{1,3} ?日)\W*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """Blocks of one line that no rule parts: indexes ``first`` to ``last`` into the draft's blocks."""

    first: int
    last: int
    score: float


def body(draft: Draft) -> Draft:
    """Add to every block the finding ``body`` or ``boilerplate``."""
    rows = draft.findings_by_block()
    if is_canonical(draft) and not any(f.score >= 1.0 for row in rows for f in row):
        reason = "the text has no chrome and no gaps: it is clean already"
        return draft.with_findings(find(block, "body", STAGE, reason, 0.9) for block in draft.blocks)
    lines = list(_lines(draft.blocks, rows))
    kept = _article_lines(lines)
    return draft.with_findings(_verdicts(draft.blocks, lines, kept))


def _verdicts(blocks: Sequence[TextBlock], lines: Sequence[_Line], kept: Sequence[bool]) -> Iterator[Finding]:
    for line, keep in zip(lines, kept, strict=True):
        label = "body" if keep else "boilerplate"
        reason = "in a dense run of running text" if keep else "outside the dense runs of running text"
        for block in blocks[line.first : line.last + 1]:
            yield find(block, label, STAGE, reason, 0.9)


def _lines(blocks: Sequence[TextBlock], rows: Sequence[Sequence[Finding]]) -> Iterator[_Line]:
    """Gather glued blocks without decisive findings into lines, and score each line."""
    i = 0
    while i < len(blocks):
        last = i
        if not _decided(rows[i]):
            while last + 1 < len(blocks) and blocks[last + 1].glued and not _decided(rows[last + 1]):
                last += 1
        yield _Line(i, last, line_score(blocks[i : last + 1], rows[i]))
        i = last + 1


def _decided(row: Sequence[Finding]) -> bool:
    return any(finding.score >= 1.0 for finding in row)


def line_score(blocks: Sequence[TextBlock], row: Sequence[Finding]) -> float:
    """Return how much a line speaks for the article, in ideograms of prose; negative speaks against it."""
    decisive = {finding.label for finding in row if finding.score >= 1.0}
    if decisive:
        if decisive & ENDING_LABELS:
            return -ENDING_COST
        return 0.0 if decisive & {"duplicate", "caption", "byline"} else -FURNITURE_COST
    size = sum(block.units for block in blocks)
    text = blocks[-1].text
    value = min(size, LINE_CAP)
    if any(finding.score < 1.0 for finding in row):
        value *= 0.3
    if ends_sentence(text) or text.endswith((":", "：")):
        return value if size >= 6 else 0.0
    if size >= 40 and len(_COMMA.findall(blocks[0].text)) >= 2:
        return value * 0.6
    return -SHORT_COST + min(size, 30.0) * 0.1


def _article_lines(lines: Sequence[_Line]) -> list[bool]:
    """Return for each line whether it is in the best run or in a run that belongs to it."""
    kept = [False] * len(lines)
    main = _best_run(lines, 0, len(lines))
    if main is None:
        return kept
    first, last, total = main
    spans = [(first, last)]
    left, right = first, last
    for _ in range(8):
        before = _best_run(lines, 0, left)
        after = _best_run(lines, right + 1, len(lines))
        grown = False
        if before and (before[2] >= FAR_RUN * total or (left - before[1] <= NEAR_LINES and before[2] >= NEAR_SUM)):
            spans.append((before[0], before[1]))
            left, grown = before[0], True
        if after and (after[2] >= FAR_RUN * total or (after[0] - right <= NEAR_LINES and after[2] >= NEAR_SUM)):
            spans.append((after[0], after[1]))
            right, grown = after[1], True
        if not grown:
            break
    for a, b in spans:
        kept[a : b + 1] = [True] * (b + 1 - a)
    return kept


def _best_run(lines: Sequence[_Line], start: int, stop: int) -> tuple[int, int, float] | None:
    """Return first index, last index and sum of the maximum-sum run (Kadane), None if no line is positive."""
    best: tuple[int, int, float] | None = None
    total, first = 0.0, start
    for i in range(start, stop):
        if total <= 0:
            total, first = 0.0, i
        total += lines[i].score
        if total > 0 and (best is None or total > best[2]):
            best = (first, i, total)
    return best
