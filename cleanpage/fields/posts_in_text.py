"""The posts of a thread in flattened text, where one line above each says who wrote it and when.

``millwright January 11, 2025, 12:04am 1``, ``雾中渡口 发表于 2023-5-6 21:14``, ``Posted by Falk 3 days ago``. Systems
that print name, rank and day on lines of their own are not read: without elements a rank cannot be told from a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

from cleanpage.draft import TextBlock
from cleanpage.fields.post_heads import day_of, is_of_post, may_be_stamp, named_before
from cleanpage.fields.shared.evidence import Evidence
from cleanpage.model import Post

FEWEST, NAMED_SHARE = 2, 0.7
"""Fewest posts of a thread, and least share of the lines with a day that name a writer."""
MOST_BEFORE = 0.3
"""Most of the body that may stand above the first head: otherwise heads stand below their posts."""


class _Head(NamedTuple):
    """The line above a post."""

    block: int
    author: str
    day: str | None


def posts_in_text(page: Evidence, ours: AbstractSet[int]) -> list[Post]:
    """Return the posts without their texts, in the order of the page; none where heads are not clear.

    ``ours`` are the blocks of the body. Linear in the blocks.
    """
    stamps = [i for i in range(len(page.blocks)) if may_be_stamp(page, i) and is_of_post(page, i)]
    source = page.draft.source.text
    lines = [source[slice(*page.blocks[i].content)].rpartition("\n")[2].strip() for i in stamps]
    named = [(i, named_before(page.blocks[i], line)) for i, line in zip(stamps, lines, strict=True)]
    heads = [_Head(i, name, day_of(page, i, name)) for i, name in named if name]
    stamps = [i for i, name in named if name or i not in ours]
    posts = [*_posts(page.blocks, heads, ours)] if len(heads) >= NAMED_SHARE * len(stamps) else []
    if len(posts) < FEWEST:
        return []
    before = sum(page.blocks[i].units for i in ours if i < heads[0].block)
    return posts if before <= MOST_BEFORE * sum(page.blocks[i].units for i in ours) else []


def _posts(blocks: Sequence[TextBlock], heads: Sequence[_Head], ours: AbstractSet[int]) -> Iterator[Post]:
    """Yield a post for each head that lines of the body follow."""
    for head, end in pairwise([*heads, None]):
        stop = end.block if end else len(blocks)
        body = [i for i in range(head.block + 1, stop) if i in ours and blocks[i].text] if head else []
        if head and body:
            yield Post(head.author, head.day, start=blocks[body[0]].content[0], end=blocks[body[-1]].content[1])
