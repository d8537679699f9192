"""The posts of a thread with their texts: whose paragraphs are whose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby

from cleanpage.draft import TextBlock
from cleanpage.fields.post_heads import is_quotation
from cleanpage.model import Paragraph, Post

QUOTED_LINKED = 0.5
"""Least share of links in the line that says who is quoted."""


def with_texts(
    posts: Sequence[Post], blocks: Sequence[TextBlock], paragraphs: Sequence[Paragraph], again: Collection[int] = ()
) -> tuple[Post, ...]:
    """Return the posts that are left with text; linear in all three but for finding a post by its place.

    ``again`` is where the lines of text, not HTML, begin that a post quotes of another.
    """
    starts = [post.start for post in posts]
    quoted = {block.content[0] for block in blocks if block.text and is_quotation(block)}
    quoted.update(again)
    texts: list[list[str]] = [[] for _ in posts]
    whole: list[list[str]] = [[] for _ in posts]
    for paragraph in paragraphs:
        at = bisect_right(starts, paragraph.start) - 1
        if at < 0 or paragraph.start >= posts[at].end:
            continue  # a head that was taken for text
        whole[at].append(paragraph.text)
        if paragraph.start not in quoted:
            texts[at].append(paragraph.text)
    quotes = _quotes(starts, blocks, quoted)
    made = (
        # What is nothing but a quotation is the post.
        replace(post, text="\n".join(own or all_of), quotes=tuple(said) if own else ())
        for post, own, all_of, said in zip(posts, texts, whole, quotes, strict=True)
    )
    return tuple(post for post in made if post.text)


def _quotes(starts: Sequence[int], blocks: Sequence[TextBlock], quoted: set[int]) -> list[list[str]]:
    """Return for each post what it quotes; lines without another between are one quotation."""
    found: list[list[str]] = [[] for _ in starts]
    lines = [block for block in blocks if block.text]
    for is_quote, run in groupby(lines, key=lambda block: block.content[0] in quoted):
        said = [block for block in run if is_quote and not _names_quoted(block)]
        if said and (at := bisect_right(starts, said[0].content[0]) - 1) >= 0:
            found[at].append("\n".join(block.text for block in said))
    return found


def _names_quoted(block: TextBlock) -> bool:
    """Tell whether a line only says who is quoted: ``Ann said:``."""
    return block.text.endswith((":", "：")) or (block.dom is not None and block.dom.link_share >= QUOTED_LINKED)
