"""Decide which blocks are the article, from prose density, findings and position.

Every line gets a score: prose speaks for the article, anything else a little against it, furniture much. Then the whole
page is decided at once: the best path through *before, in, gap, after* (Viterbi), for an article is one long run of
lines, or a few with something foreign between them. ``line_score`` and ``crossing_cost`` are the seam for learned
weights: whatever scores the lines, the decision over the sequence stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from cleanpage.draft import Draft, TextBlock, find, is_clean
from cleanpage.model import Finding
from cleanpage.text import ends_sentence

STAGE = "body"

LINE_CAP = 150.0
"""Ideograms of one line that count in full ..."""
LONG_SHARE = 0.3
"""... but for this share of what is longer: an article may stand on one line."""
MIN_PROSE = 6.0
"""Shortest sentence that counts, in ideograms."""
LONG_UNITS, UNFINISHED = 40.0, 0.5
"""A line of so many ideograms with commas counts as prose even if it does not end a sentence, by this share."""
SHORT_COST = 12.0
"""What a short line without a sentence end costs beside running text: a subheading or two are survived ..."""
CROWD_COST = 8.0
"""... and what it costs among its like, where the next one costs as much again."""
PAIR_COST = 2.5
"""What a line ``label: value`` or ``1. item`` costs: details of an event, answers to questions."""
HINTED = 0.1
"""Share of a line's score that is left when a rule hints that it is chrome."""
CROSSING = {
    "copyright": 500.0, "licence": 500.0, "comments": 400.0, "related": 330.0, "site_bar": 300.0, "pager": 240.0,
    "hot_list": 170.0, "publish": 150.0, "friend_links": 100.0, "editor": 60.0, "breadcrumb": 60.0, "newsletter": 50.0,
    "disclaimer": 20.0, "cookie": 10.0, "duplicate": 0.0, "caption": 0.0, "byline": 0.0,
}  # fmt: skip
"""What it costs the article to go on behind a line that ends articles ..."""
CROSSING_OTHER = 35.0
"""... behind any other furniture: a share bar or an advertisement stands inside many articles."""
GAP_OPEN = 45.0
"""What it costs to leave something out of the middle of the article ..."""
GAP_LINE = 1.0
"""... and each line left out."""
HEAD_BONUS = 20.0
"""What it is worth to begin behind a headline's furniture (publish line, byline, font size)."""
TITLE_BONUS = 250.0
"""What it is worth to begin behind the headline ..."""
TITLE_LINES = 15
"""... within so many lines (TAXONOMY section 5: the headline stands about 5 lines before the body)."""
TITLE_CROSSING = 130.0
"""What it costs the article to stand on both sides of its headline."""
HEAD_LINES = 3
"""Within so many lines (TAXONOMY section 5: publish line 3 lines before the body, font size 3, breadcrumb 5)."""
MIN_TITLE, MAX_TITLE, MIN_TAG = 4.0, 50.0, 7.0
"""Shortest and longest headline, in ideograms; shortest one that is told by the title tag alone."""
TEASER_UNITS = 60.0
"""Longest line that is a teaser if it breaks off with dots, in ideograms."""
TAG_SHARE = 0.5
"""A headline is at least this share of the title tag; the rest is channel and site."""
MIN_STEM = 8
"""Fewest characters before the dots of a title tag that breaks off, for a headline to be told by them."""
TAG_LINES = 3
"""One of so many first lines may be the title tag."""
LIST_SPACING = 25.0
"""A long line with more than one blank between ideograms in so many of them is a list of headlines."""
PAPER_ROWS = 3
"""So many rows of a head table (索引号, 发文机关 …) make a page a government paper."""
SIGNATURE_LINES = 4
"""A notice ends with its issuer and the date, at most so many short lines after the last sentence."""

_FOOTER = frozenset(("copyright", "licence", "site_bar", "friend_links"))
_HEAD_LABELS = frozenset(("publish", "source", "byline", "font_size", "breadcrumb"))
_PAIR = re.compile(r"^[^:：\s]{1,6}(?: ?[^:：\s]){0,6}[:：] ?\S")
_ITEM = re.compile(
    r"^(?:\d{1,2}[.、)）]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条]) ?\S"
)
_CONTACT = re.compile(r"^(?:联系|联络|聯絡|咨询|諮詢|报名|電話|电话|地址|传真|邮箱|监督|受理)[^:：]{0,8}[:：]")
_TEASER = re.compile(r"(?<![…。])(?:…|\.\.\.)[\"'”’」）)\]】]*$")
_COMMA = re.compile(r"[，,、；;：:。]")
_NUMBER = re.compile(r"[〔\[（(](?:19|20)\d{2}[〕\]）)]第? ?\d{1,4} ?号$")
_SALUTATION = re.compile(r"^[^\W\d_]{2,12}[:：]$")
_DATE_LINE = re.compile(
    r"^[（(](?:此件|本文)[^。]{2,12}[)）]$"
    r"|^\W*[一二三四五六七八九〇○零十\d]{2,4} ?年 ?[一二三四五六七八九十\d]{1,3} ?月"
    r" ?[一二三四五六七八九十\d]{1,3} ?日\W*"
    r"(?:[（(][^）)]{2,20}[）)])?$"
)
_CJK_BLANK = re.compile("[\u3040-\u30ff\u4e00-\u9fff！？」』”》] [\u3040-\u30ff\u4e00-\u9fff「『“《]")
_BEFORE, _IN, _GAP, _AFTER = range(4)
_NEVER = float("-inf")

Labels = Set[str]
"""The labels of the decisive findings about a block."""
_NO_LABELS: Labels = frozenset()


class _Line(NamedTuple):
    """Blocks of one line that no rule parts: indexes ``first`` to ``last`` into the draft's blocks."""

    first: int
    last: int
    score: float
    crossing: float
    labels: Labels
    is_title: bool

    @property
    def is_head(self) -> bool:
        """Whether furniture of the headline stands here."""
        return not _HEAD_LABELS.isdisjoint(self.labels)


def body(draft: Draft) -> Draft:
    """Add the finding ``body`` to every block of the article; what gets none and no other is boilerplate."""
    if is_clean(draft):
        reason = "the text has no chrome and no gaps: it is clean already"
        return draft.with_findings(find(block, "body", STAGE, reason, 0.9) for block in draft.blocks)
    rows = draft.findings_by_block()
    lines = list(_lines(draft.blocks, rows))
    kept = best_path(lines)
    kept = _all_if_plain(draft.blocks, lines, kept)
    kept = _with_whole_paper(lines, kept)
    kept = _with_frame(draft.blocks, lines, kept)
    return draft.with_findings(_verdicts(draft.blocks, lines, kept))


def _verdicts(blocks: Sequence[TextBlock], lines: Sequence[_Line], kept: Sequence[bool]) -> Iterator[Finding]:
    for line, keep in zip(lines, kept, strict=True):
        if keep:
            for block in _of(blocks, line):
                yield find(block, "body", STAGE, "in a dense run of running text", 0.9)


def _lines(blocks: Sequence[TextBlock], rows: Sequence[Sequence[Finding]]) -> Iterator[_Line]:
    """Yield the lines: glued blocks without decisive findings together, each with its score."""
    labels = [{finding.label for finding in row if finding.score >= 1.0} if row else _NO_LABELS for row in rows]
    groups = list(_groups(blocks, labels))
    scores = [
        0.0 if labels[first] else line_score(blocks[first : last + 1], hinted=bool(rows[first]))
        for first, last in groups
    ]
    title = headline(blocks, labels)
    before = 0.0
    for (first, last), score, after in zip(groups, scores, [*scores[1:], 0.0], strict=True):
        crowded = score < 0 and before <= 0 and after <= 0
        crossing = TITLE_CROSSING if first == title else crossing_cost(labels[first])
        worth = score - (CROWD_COST - SHORT_COST) * crowded
        yield _Line(first, last, worth, crossing, labels[first], first == title)
        before = score


def _groups(blocks: Sequence[TextBlock], labels: Sequence[Labels]) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of each run of glued blocks that no decisive finding parts."""
    first = 0
    for i in range(1, len(blocks) + 1):
        if i < len(blocks) and blocks[i].glued and not labels[i] and not labels[i - 1]:
            continue
        yield first, i - 1
        first = i


def crossing_cost(decided: Labels) -> float:
    """Return what it costs the article to go on behind a line with these decisive labels."""
    return max((CROSSING.get(label, CROSSING_OTHER) for label in decided), default=0.0)


def line_score(blocks: Sequence[TextBlock], *, hinted: bool) -> float:
    """Return how much a line speaks for the article, in ideograms of prose; negative speaks against it."""
    size = blocks[0].units if len(blocks) == 1 else sum(block.units for block in blocks)
    text = blocks[-1].text
    ended = ends_sentence(text)
    if ended and size < TEASER_UNITS and _TEASER.search(text):
        return -SHORT_COST
    if ended or text[-1:] in (":", "："):
        return _prose_value(size, hinted=hinted) if size >= MIN_PROSE else 0.0
    if size >= LONG_UNITS and len(_COMMA.findall(blocks[0].text)) >= 2 and not _is_list(blocks[0].text, size):
        return _prose_value(size, hinted=hinted) * UNFINISHED
    return _short_score(blocks[0], text, size)


def _short_score(block: TextBlock, text: str, size: float) -> float:
    """Return the score of a line that is no sentence."""
    if not text or (text[-1] in "号號" and size < MAX_TITLE and _NUMBER.search(text)):
        return 0.0
    if block.kind == "table" or _PAIR.match(text) or _ITEM.match(text):
        return -PAIR_COST
    return -SHORT_COST + min(size, 30.0) * 0.1


def _prose_value(size: float, *, hinted: bool) -> float:
    value = min(size, LINE_CAP) + LONG_SHARE * max(0.0, size - LINE_CAP)
    return value * HINTED if hinted else value


def _is_list(text: str, size: float) -> bool:
    """Tell whether a long line is headlines in a row: blanks between ideograms, which running text has not."""
    return LIST_SPACING * len(_CJK_BLANK.findall(text)) > size


def headline(blocks: Sequence[TextBlock], labels: Sequence[Labels]) -> int | None:
    """Return the block that is most likely the headline, None if nothing says so.

    It agrees with the title tag among the page's first lines, stands again elsewhere, or has a publish
    line close behind it; at least two of these.
    """
    keys = [block.folded if block.units <= MAX_TITLE and not block.is_prose else "" for block in blocks]
    seen = Counter(keys)
    best: tuple[float, int] | None = None
    head = len(blocks) + HEAD_LINES + 1  # the head line that comes next: the page is read from its end
    for i in range(len(blocks) - 1, -1, -1):
        key = keys[i]
        if blocks[i].units >= MIN_TITLE and key and not labels[i]:
            tagged = blocks[i].units >= MIN_TAG and any(_agrees(key, tag) for tag in keys[: min(i, TAG_LINES)])
            score = 2.0 * tagged + 1.5 * (head - i <= HEAD_LINES) + 1.0 * (seen[key] > 1)
            if score >= 2.0 and (best is None or score >= best[0]):
                best = (score, i)
        if not _HEAD_LABELS.isdisjoint(labels[i]):
            head = i
    return best[1] if best else None


def _agrees(key: str, tag: str) -> bool:
    """Tell whether a line is the headline in a title tag: most of it, or what it begins with if it breaks off."""
    stem = tag.partition("...")[0].partition("…")[0]
    if key in tag and len(key) >= TAG_SHARE * len(tag):
        return True
    return MIN_STEM <= len(stem) < len(tag) and key.startswith(stem)


def best_path(lines: Sequence[_Line]) -> list[bool]:
    """Return for each line whether the best path through before, in, gap and after is *in* there.

    Viterbi over the four states, which are left in this order (a gap leads back in); linear in the lines.
    """
    before, inside, gap, after = 0.0, _NEVER, _NEVER, _NEVER
    back: list[tuple[int, int, int, int]] = []
    since_head, since_title = HEAD_LINES + 1, TITLE_LINES + 1
    for line in lines:
        start = before
        if line.score > 0:
            start += HEAD_BONUS if since_head <= HEAD_LINES else 0.0
            start += TITLE_BONUS if since_title <= TITLE_LINES else 0.0
        came_in, enter = (_GAP, gap) if gap > inside else (_IN, inside)
        if start > enter:
            came_in, enter = _BEFORE, start
        came_gap, skip = (_IN, inside - GAP_OPEN) if inside - GAP_OPEN > gap else (_GAP, gap)
        came_after = _IN if inside > after else _AFTER
        after = max(after, inside)
        inside, gap = enter + line.score - line.crossing, skip - GAP_LINE - line.crossing
        back.append((_BEFORE, came_in, came_gap, came_after))
        since_head = 0 if line.is_head else since_head + 1
        since_title = 0 if line.is_title else since_title + 1
    return _followed((before, inside, gap, after), back)


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


def _all_if_plain(blocks: Sequence[TextBlock], lines: Sequence[_Line], kept: list[bool]) -> list[bool]:
    """Keep a page whole that is no page but a text: without any furniture, and most of it no dense prose.

    Verse, code, a menu: what was pasted is what is wanted.
    """
    if any(line.labels for line in lines):
        return kept
    chosen = sum(block.units for line, keep in zip(lines, kept, strict=True) if keep for block in _of(blocks, line))
    return kept if 2 * chosen >= sum(block.units for block in blocks) else [True] * len(lines)


def _of(blocks: Sequence[TextBlock], line: _Line) -> Sequence[TextBlock]:
    return blocks[line.first : line.last + 1]


def _with_whole_paper(lines: Sequence[_Line], kept: list[bool]) -> list[bool]:
    """Keep all that stands between the head table of a government paper and the next furniture.

    Lists of names, tables of contents and attachments are not prose. Measured on the 60 papers of govcn: F1 .966
    without, .999 with.
    """
    table = [i for i, line in enumerate(lines) if "document" in line.labels]
    if len(table) < PAPER_ROWS or True not in kept:
        return kept
    first = kept.index(True)
    if first <= table[-1]:
        return kept
    start, end = first, first
    while start - 1 > table[-1] and not lines[start - 1].labels:
        start -= 1
    while end + 1 < len(lines) and not lines[end + 1].labels:
        end += 1
    return [keep or start <= i <= end for i, keep in enumerate(kept)]


def _with_frame(blocks: Sequence[TextBlock], lines: Sequence[_Line], kept: list[bool]) -> list[bool]:
    """Add the salutation that opens a notice, and the contacts, issuer, date and remarks that close it."""
    first = kept.index(True) if True in kept else 0
    if first and not lines[first - 1].labels and _SALUTATION.match(blocks[lines[first - 1].first].text):
        kept = [keep or i == first - 1 for i, keep in enumerate(kept)]
    last = max((i for i, keep in enumerate(kept) if keep), default=len(lines))
    end = last
    for i in range(last + 1, len(lines)):
        if i > end + SIGNATURE_LINES or lines[i].crossing > CROSSING["publish"]:
            break
        text = blocks[lines[i].first].text
        if _DATE_LINE.match(text) or (i == end + 1 and _CONTACT.match(text) and not _near_footer(lines, i)):
            end = i
    return [keep or last <= i <= end for i, keep in enumerate(kept)]


def _near_footer(lines: Sequence[_Line], i: int) -> bool:
    """Tell whether a line is furniture or stands on the site's footer: its telephone is not the notice's."""
    beside = lines[i + 1].labels if i + 1 < len(lines) else _NO_LABELS
    return bool(lines[i].labels) or not _FOOTER.isdisjoint(beside)
