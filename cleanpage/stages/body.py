"""Decide which blocks are the article, from prose density, findings and position.

Every line gets a score: prose speaks for the article, anything else a little against it, furniture much. Then the whole
page is decided at once: the best path through *before, in, gap, after* (Viterbi), for an article is one long run of
lines, or a few with something foreign between them. ``line_score`` and ``crossing_cost`` are the seam for learned
weights: whatever scores the lines, the decision over the sequence stays.
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
SHORT_COST = 9.0
"""What a short line without a sentence end costs: a subheading or two are survived, a list of links is not."""
HINTED = 0.4
"""Share of a line's score that is left when a rule hints that it is chrome."""
CROSSING = {"comments": 300.0, "copyright": 300.0, "licence": 300.0, "site_bar": 300.0, "friend_links": 300.0}
"""What it costs the article to go on behind a line that ends articles."""
CROSSING |= {"related": 80.0, "hot_list": 80.0, "editor": 120.0, "pager": 120.0, "disclaimer": 80.0, "publish": 60.0}
CROSSING |= {"breadcrumb": 60.0, "newsletter": 30.0, "cookie": 30.0, "duplicate": 0.0, "caption": 0.0, "byline": 0.0}
CROSSING_OTHER = 20.0
"""... behind any other furniture: a share bar or an advertisement stands inside many articles."""
GAP_OPEN = 25.0
"""What it costs to leave something out of the middle of the article ..."""
GAP_LINE = 1.0
"""... and each line left out."""
HEAD_BONUS = 30.0
"""What it is worth to begin behind a headline's furniture (publish line, byline, font size)."""
HEAD_LINES = 4
"""Within so many lines (TAXONOMY section 5: publish line 3 lines before the body, font size 3, breadcrumb 5)."""
SIGNATURE_LINES = 4
"""A notice ends with its issuer and the date, at most so many short lines after the last sentence."""

_HEAD_LABELS = frozenset(("publish", "source", "byline", "font_size", "breadcrumb"))
_COMMA = re.compile(r"[，,、；;：:。]")
_DATE_LINE = re.compile(
    r"^\W*(?:[一二三四五六七八九〇○零十\d]{2,4} ?年 ?[一二三四五六七八九十\d]{1,3} ?月 ?[一二三四五六七八九十\d]{1,3} ?日)\W*$"
)
_BEFORE, _IN, _GAP, _AFTER = range(4)


@dataclass(frozen=True, slots=True)
class _Line:
    """Blocks of one line that no rule parts: indexes ``first`` to ``last`` into the draft's blocks."""

    first: int
    last: int
    score: float
    crossing: float
    is_head: bool


def body(draft: Draft) -> Draft:
    """Add to every block the finding ``body`` or ``boilerplate``."""
    rows = draft.findings_by_block()
    if is_canonical(draft) and not any(f.score >= 1.0 for row in rows for f in row):
        reason = "the text has no chrome and no gaps: it is clean already"
        return draft.with_findings(find(block, "body", STAGE, reason, 0.9) for block in draft.blocks)
    lines = list(_lines(draft.blocks, rows))
    kept = _with_signature(draft.blocks, lines, best_path(lines))
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
        decided = {finding.label for finding in rows[i] if finding.score >= 1.0}
        if not decided:
            while last + 1 < len(blocks) and blocks[last + 1].glued and not _decided(rows[last + 1]):
                last += 1
        score = 0.0 if decided else line_score(blocks[i : last + 1], hinted=bool(rows[i]))
        yield _Line(i, last, score, crossing_cost(decided), bool(decided & _HEAD_LABELS))
        i = last + 1


def _decided(row: Sequence[Finding]) -> bool:
    return any(finding.score >= 1.0 for finding in row)


def crossing_cost(decided: set[str]) -> float:
    """Return what it costs the article to go on behind a line with these decisive labels."""
    return max((CROSSING.get(label, CROSSING_OTHER) for label in decided), default=0.0)


def line_score(blocks: Sequence[TextBlock], *, hinted: bool) -> float:
    """Return how much a line speaks for the article, in ideograms of prose; negative speaks against it."""
    size = sum(block.units for block in blocks)
    text = blocks[-1].text
    value = min(size, LINE_CAP) * (HINTED if hinted else 1.0)
    if ends_sentence(text) or text.endswith((":", "：")):
        return value if size >= 6 else 0.0
    if size >= 40 and len(_COMMA.findall(blocks[0].text)) >= 2:
        return value * 0.5
    return -SHORT_COST + min(size, 30.0) * 0.1


def best_path(lines: Sequence[_Line]) -> list[bool]:
    """Return for each line whether the best path through before, in, gap and after is *in* there.

    Viterbi over the four states, which are left in this order (a gap leads back in); linear in the lines.
    """
    worst = float("-inf")
    totals = [0.0, worst, worst, worst]
    back: list[tuple[int, int, int, int]] = []
    since_head = HEAD_LINES + 1
    for line in lines:
        before, inside, gap, after = totals
        start = before + (HEAD_BONUS if since_head <= HEAD_LINES else 0.0)
        enter = max((inside, _IN), (gap, _GAP), (start, _BEFORE))
        skip = max((gap, _GAP), (inside - GAP_OPEN, _IN))
        leave = max((after, _AFTER), (inside, _IN))
        totals = [before, enter[0] + line.score - line.crossing, skip[0] - GAP_LINE - line.crossing, leave[0]]
        back.append((_BEFORE, enter[1], skip[1], leave[1]))
        since_head = 0 if line.is_head else since_head + 1
    return _followed(totals, back)


def _followed(totals: Sequence[float], back: Sequence[tuple[int, int, int, int]]) -> list[bool]:
    """Follow the best path back from its end."""
    state = max((_BEFORE, _IN, _AFTER), key=lambda s: (totals[s], s))
    if totals[state] <= 0:
        state = _BEFORE
    inside = [False] * len(back)
    for i in range(len(back) - 1, -1, -1):
        inside[i] = state == _IN
        state = back[i][state]
    return inside


def _with_signature(blocks: Sequence[TextBlock], lines: Sequence[_Line], kept: list[bool]) -> list[bool]:
    """Add the issuer and the date that close a notice."""
    last = max((i for i, keep in enumerate(kept) if keep), default=len(lines))
    for i in range(last + 1, min(len(lines), last + 1 + SIGNATURE_LINES)):
        if lines[i].crossing > CROSSING["publish"]:
            break
        if _DATE_LINE.match(blocks[lines[i].first].text):
            return [*kept[: last + 1], *[True] * (i - last), *kept[i + 1 :]]
    return kept
