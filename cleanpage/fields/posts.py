"""The posts of a thread: which lines of the body are whose, and when they were written.

A post and its head (the poster's name, the day) stand in one element, whatever the forum's system calls it. So a line
belongs to the innermost element around it that names a poster; the lines of one such element are one post, also where
replies are nested in it. Where one element holds heads and texts of many posts side by side, each head of the first
one's form begins a post.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import NamedTuple

from cleanpage.draft import Candidate, TextBlock
from cleanpage.fields.flat_posts import posts_of
from cleanpage.fields.post_heads import (
    Head,
    day_of,
    is_called_day,
    is_called_user,
    is_quotation,
    is_stamp,
    may_date,
    path_of,
    read_head,
)
from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.model import Post

RULE = "posts"
NEAR = 10
"""How many lines may lie between head and post where posts of others stand in the same element."""
AUTHOR, PUBLISHED = 2.0, 2.4
"""Scores of author and day of the first post: JSON-LD goes before it, what else the page prints does not. On the 112
threads of wcxb-dev the first post's author is the labelled one on 75 of the 80 pages that name both, the one read
without posts on 61 of 71; a day is labelled on 104."""

FLAT_AUTHOR = 1.0
"""Score of an author in text, where nothing but the place of a line tells a name."""


class _PostLines(NamedTuple):
    """Lines of one post."""

    home: int
    """The element that names their poster; 0 if none does."""
    first: int
    last: int
    after: int
    """The last line of another post in that element before them, -1 if there is none."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield a candidate for each post of a thread, if any has an author: a Post without its text.

    Who wrote the first is the author of the thread, its day that of publication.
    Linear in the lines times the depth at which they stand.
    """
    outlook = page.draft.outlook
    if outlook is None or outlook.kind != "forum":
        return
    posts = list(posts_of(page, outlook.posts) if outlook.posts else _in_elements(page))
    if not any(post.author or (outlook.posts and post.published) for post in posts):
        return
    for post in posts:
        yield Candidate("posts", post, post.start, post.end, RULE)
    opener = posts[0]
    if opener.author:
        score = FLAT_AUTHOR if outlook.posts else AUTHOR
        yield Candidate("authors", (opener.author,), opener.start, opener.end, RULE, score)
    if opener.published:
        yield Candidate("published", opener.published, opener.start, opener.end, RULE, PUBLISHED)


def _in_elements(page: Evidence) -> Iterator[Post]:
    """Yield the posts of HTML, without their texts, in the order of the page."""
    ours = frozenset(page.body)
    heads = _heads(page, ours)
    if heads:
        yield from _posts(page, heads, ours)


def _heads(page: Evidence, ours: AbstractSet[int]) -> list[Head]:
    """Return the heads of posts.

    Of lines of the body those alone that have the form of heads outside of it, or say a linked name and a day.
    """
    found = [head for i in range(len(page.blocks)) if (head := read_head(page, i))]
    forms = {path_of(page.blocks[head.block]) for head in found if head.block not in ours}
    return [
        head
        for head in found
        if head.block not in ours
        or path_of(page.blocks[head.block]) in forms
        or is_called_user(page.blocks[head.block])
        or (head.linked and head.alone and head.block in page.dates)
    ]


class _Homes:
    """Which element each line of the thread belongs to: the innermost around it that names a poster."""

    def __init__(self, blocks: Sequence[TextBlock], lines: Sequence[int], heads: Sequence[Head]) -> None:
        named = {number for head in heads for number in _ids(blocks[head.block])}
        self.of = {i: next((n for n in reversed(_ids(blocks[i])) if n in named), 0) for i in lines}
        self.among = frozenset(self.of.values())
        self.crowded: set[int] = set()
        """Elements that hold posts of several homes."""
        self._sole: dict[int, int] = {}
        """For each element around a line the home of all lines in it; 0 if they have several."""
        for i, home in self.of.items():
            for number in _ids(blocks[i]):
                if self._sole.setdefault(number, home) != home:
                    self._sole[number] = 0
                    self.crowded.add(number)

    def within(self, block: TextBlock) -> int:
        """Return the innermost home that a line stands in, 0 if it stands in none."""
        return next((n for n in reversed(_ids(block)) if n in self.among), 0)

    def beside(self, block: TextBlock) -> int:
        """Return the home that a line stands in or beside, with no other home between; 0 if there is none."""
        number = next((n for n in reversed(_ids(block)) if n in self.among or n in self._sole), 0)
        return number if number in self.among else self._sole.get(number, 0)


def _posts(page: Evidence, heads: Sequence[Head], ours: AbstractSet[int]) -> Iterator[Post]:
    """Yield the posts in the order of the page."""
    blocks = page.blocks
    apart = {head.block for head in heads}
    texts = (i for i, block in enumerate(blocks) if block.text and (i in ours or is_quotation(block)))
    homes = _Homes(blocks, [i for i in texts if i not in apart], heads)
    named: dict[int, list[Head]] = {}
    for head in heads:
        named.setdefault(homes.within(blocks[head.block]), []).append(head)
    dated: dict[int, list[int]] = {}
    for i in sorted(page.dates):
        if i in apart or ((i not in ours or is_stamp(blocks[i])) and may_date(page, i)):
            dated.setdefault(homes.beside(blocks[i]), []).append(i)
    runs = [run for run in _runs(blocks, homes.of, named) if not ours.isdisjoint(range(run.first, run.last + 1))]
    found = [_head_candidates(named.get(run.home, []), run, crowded=run.home in homes.crowded) for run in runs]
    usual = Counter(form for own in found for form in {path_of(blocks[head.block]) for head in own})
    for run, own in zip(runs, found, strict=True):
        # Of all whom a post names, its author stands where the authors of most posts do, and is linked in most systems.
        best = max(own, key=lambda head: usual[path_of(blocks[head.block])] * (1 + head.linked), default=None)
        day = _post_day(page, dated.get(run.home, []), run, best.name) if best else None
        start, end = blocks[run.first].content[0], blocks[run.last].content[1]
        yield Post(best.name if best else None, day, start=start, end=end)


def _runs(
    blocks: Sequence[TextBlock], homes: Mapping[int, int], named: Mapping[int, Sequence[Head]]
) -> Iterator[_PostLines]:
    """Yield the lines of each post: those of one element, parted by the heads of one form in it."""
    cuts = {
        head.block: home
        for home, own in named.items()
        for head in own
        if path_of(blocks[head.block]) == path_of(blocks[own[0].block])
    }
    latest: dict[int, int] = {}
    keyed: list[tuple[int, tuple[int, int]]] = []
    for i in sorted({*homes, *cuts}):
        if i in cuts:
            latest[cuts[i]] = i
        else:
            keyed.append((i, (homes[i], latest.get(homes[i], -1))))
    seen: dict[int, int] = {}
    for (home, _), group in groupby(keyed, key=lambda pair: pair[1]):
        lines = [i for i, _ in group]
        yield _PostLines(home, lines[0], lines[-1], seen.get(home, -1))
        seen[home] = lines[-1]


def _head_candidates(heads: Sequence[Head], run: _PostLines, *, crowded: bool) -> list[Head]:
    """Return the heads one of which may be that of a post: those above it, or below it if all name one poster.

    Where posts of others stand in the same element, the nearest above it.
    """
    if not run.home:
        return []
    here = bisect_left(heads, run.first, key=lambda head: head.block)
    before = list(heads[bisect_right(heads, run.after, key=lambda head: head.block) : here])
    if crowded:
        return [head for head in before[-1:] if run.first - head.block <= NEAR]
    if before or run.after >= 0:
        return before
    below = [head for head in heads[here:] if head.block > run.last and head.alone]
    return below if len({head.name for head in below}) == 1 else []


def _post_day(page: Evidence, dated: Sequence[int], run: _PostLines, author: str) -> str | None:
    """Return the day of a post: the first above it, in an element called after days if any is; below it the only one.

    What stands outside the element that names the poster must be near.
    """
    here = bisect_right(dated, run.first)
    above = dated[bisect_right(dated, run.after) : here]
    before = [i for i in above if run.home in _ids(page.blocks[i])] or [i for i in above if run.first - i <= NEAR]
    called = [i for i in before if is_called_day(page.blocks[i])]
    found = [day for i in (called or before) if (day := day_of(page, i, author))]
    if found:
        return found[0]
    below = [i for i in dated[here:] if i > run.last and run.home in _ids(page.blocks[i])] if run.after < 0 else []
    days = {day for i in below if (day := day_of(page, i, author))}
    return days.pop() if len(days) == 1 else None


def _ids(block: TextBlock) -> tuple[int, ...]:
    return block.dom.ids if block.dom else ()
