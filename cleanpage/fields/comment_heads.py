"""Who wrote which comment, and when: from the lines between the texts of comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from cleanpage.fields.flat_posts import first_day, names_at, stamp_at
from cleanpage.fields.post_heads import is_poster
from cleanpage.fields.shared.evidence import Evidence, blocks_of
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.model import Comment
from cleanpage.text import ends_sentence

MOST_HEAD_LINES, MAX_HEAD_UNITS = 4, 25.0
"""Most lines that the name and the day of a comment stand on, and the longest of them in ideograms."""
BUTTON_SHARE = 0.6
"""Share of the comments from which on a line that is printed at them is no name."""
MIN_GROUPS, MAX_READER = 2, 8.0
"""Comments without a heading are two at least; the longest name that stands on a line of its own, in ideograms."""
MAX_GROUP_LINES = 400
"""Lines behind the text that are searched for comments without a heading."""
_NO_COMMENTS = labels_with(Trait.FOOTER) | {Label.RELATED, Label.HOT_LIST, Label.NAVIGATION, Label.COPYRIGHT}


def comments_of(page: Evidence, texts: Sequence[int]) -> Iterator[tuple[int, Comment]]:
    """Yield the comments whose lines of text are ``texts``, in order, each with its first block.

    Their names and days stand all above or all below; lines with nothing between them are one comment's where they
    stand above, in HTML in one element. Linear in the lines.
    """
    if not texts:
        return
    announced = {finding.block for finding in page.findings.get(Label.COMMENTS, ()) if finding.via == "rule"}
    heads_at = _HeadLines(page, announced)
    groups = list(_comment_groups(page, texts, heads_at))
    ends = [-1, *(group[-1] for group in groups)]
    above = [heads_at.above(group[0], end) for group, end in zip(groups, ends, strict=False)]
    stops = [*(group[0] for group in groups[1:]), len(page.blocks)]
    below = [heads_at.below(group[-1], stop) for group, stop in zip(groups, stops, strict=True)]
    if any(map(page.has_date, above[0])) or not any(
        map(page.has_date, below[-1])
    ):  # a notice may stand above the first
        heads = [sorted(head, key=lambda i: (i not in page.dates, -i)) for head in above]
    else:
        ends = [next((i for i in head if i in page.dates), -1) for head in below]
        over = [[i for i in head if i > end] for head, end in zip(above, [-1, *ends], strict=False)]
        heads = [[*([day] if day >= 0 else []), *reversed(names)] for day, names in zip(ends, over, strict=True)]
    seen = Counter(own for head in heads for own in {page.keys[i] for i in head})
    buttons = {own for own, times in seen.items() if times > max(1, BUTTON_SHARE * len(groups))}
    for group, head in zip(groups, heads, strict=True):
        # Without a day a line above is as often a button's or a heading's.
        stamped = any(i in page.dates for i in head)
        author = next(names_at(page, head, buttons), None) if stamped else None
        text = "\n".join(page.blocks[i].text for i in group)
        yield group[0], Comment(author, first_day(page, head, author or "", labelled=False), text)


def _comment_groups(page: Evidence, texts: Sequence[int], heads_at: _HeadLines) -> Iterator[list[int]]:
    """Yield the lines of each comment."""
    group: list[int] = []
    headed = bool(texts) and any(page.has_date(i) for i in heads_at.above(texts[0], -1))
    for i in texts:
        before = group[-1] if group and i == group[-1] + 1 else -1
        goes_on = headed and before >= 0 and _parent(page, i) == _parent(page, before)
        if goes_on and ends_sentence(page.blocks[before].text):
            group.append(i)
            continue
        if group:
            yield group
        group = [i]
    if group:
        yield group


def _parent(page: Evidence, i: int) -> int:
    dom = page.blocks[i].dom
    return dom.ids[-2] if dom is not None and len(dom.ids) > 1 else 0


class _HeadLines:
    """The short lines at a comment that may hold its name and day, the heading of all left out."""

    def __init__(self, page: Evidence, announced: AbstractSet[int]) -> None:
        self._page, self._announced = page, announced

    def above(self, i: int, after: int) -> list[int]:
        """Return those above line ``i`` and below ``after``, in order."""
        return self._short_in(range(max(after + 1, self._page.last + 1, i - MOST_HEAD_LINES), i))

    def below(self, i: int, stop: int) -> list[int]:
        """Return those below line ``i`` and above ``stop``, in order."""
        return self._short_in(range(i + 1, min(stop, i + 1 + MOST_HEAD_LINES)))

    def _short_in(self, near: Iterable[int]) -> list[int]:
        page = self._page
        short = [i for i in near if page.blocks[i].units <= MAX_HEAD_UNITS]
        return [i for i in short if i in page.dates or not (page.blocks[i].kind == "heading" or i in self._announced)]


def stamped_groups(page: Evidence) -> Iterator[int]:
    """Yield the sentences behind the text that readers' names and the time stand at, where no heading announces them.

    Each has a time of day and a short name of its own, on its line or the one above; the titles of a list have neither.
    """
    behind = range(page.last + 1, min(page.last + 1 + MAX_GROUP_LINES, len(page.blocks)) if page.body else 0)
    dated = [i for i in behind if i in page.dates and page.blocks[i].units <= MAX_HEAD_UNITS]
    if len(dated) < MIN_GROUPS:
        return
    others = min((i for i in blocks_of(page.sure, _NO_COMMENTS) if i > page.last), default=len(page.blocks))
    stamps = [i for i in dated if i < others and _has_reader(page, i)]
    if len(stamps) < MIN_GROUPS:
        return
    above = [i - 1 for i in stamps if i - 1 > page.last and _ends_as_said(page, i - 1)]
    below = [i + 1 for i in stamps if i + 1 < len(page.blocks) and _ends_as_said(page, i + 1)]
    yield from above if len(above) == len(stamps) else below if len(below) == len(stamps) else ()


def names_reader(page: Evidence, i: int) -> bool:
    """Tell whether a line is a reader's name and the day."""
    short = page.blocks[i].units <= MAX_HEAD_UNITS and i in page.dates
    return short and next(names_at(page, [i], frozenset()), None) is not None


def _ends_as_said(page: Evidence, i: int) -> bool:
    block = page.blocks[i]
    return i not in page.dates and ends_sentence(block.text) and (block.dom is None or not block.dom.link_share)


def _has_reader(page: Evidence, i: int) -> bool:
    """Tell whether a line is a day beside a short name, or with the time below one."""
    block = page.blocks[i]
    stamp = stamp_at(page, i) if block.units <= MAX_HEAD_UNITS else None
    if stamp is None or i in page.credited:
        return False
    own = next(names_at(page, [i], frozenset()), None)
    if own is not None:
        return len(own) <= 3 * MAX_READER and "|" not in block.folded
    name = page.blocks[i - 1]
    timed = any(when.has_time for when in page.dates[i]) and not (stamp.before.strip() or stamp.after.strip(" -|·"))
    plain = name.dom is None or not name.dom.link_share
    return timed and plain and i - 1 > page.last and 0 < name.units <= MAX_READER and is_poster(name.text)
