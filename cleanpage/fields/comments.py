"""Readers' comments, apart from the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleanpage.fields.evidence import Claim, Evidence

RULE = "comments"
MIN_UNITS = 6.0
"""Shorter lines are user names, votes and buttons."""
MAX_LINKS = 0.5
"""So are lines of HTML whose links are more."""
_CALLED = re.compile(r"^[^.]*\..*(?:comment(?!ar)|\brepl(?:y|ies)\b|disqus|pinglun)")
"""Names of elements that hold comments."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the texts under a comments heading, and in elements that are called so and hold nothing of the body."""
    listed = {i for i in page.run_items("comments") if not page.in_body(i)}
    called = [i for i in _called(page) if i not in listed]
    for i in called:
        yield page.finding(i, "comments", RULE, "stands in an element that is called comments, apart from the body")
    for i in sorted([*listed, *called]):
        block = page.blocks[i]
        if block.units >= MIN_UNITS and (block.dom is None or block.dom.link_share < MAX_LINKS):
            yield page.candidate(i, "comments", block.text, RULE, 1.0)


def _called(page: Evidence) -> Iterator[int]:
    doms = [block.dom for block in page.blocks]
    ours = {number for i in page.body if (dom := doms[i]) for number in dom.ids}
    theirs: dict[tuple[str, ...], bool] = {}
    for i, dom in enumerate(doms):
        if dom is None or page.in_body(i):
            continue
        outside = dom.path[sum(number in ours for number in dom.ids) :]  # what holds the body comes first
        if outside not in theirs:
            theirs[outside] = any(map(_is_called, outside))
        if theirs[outside] and page.blocks[i].text:
            yield i


@lru_cache(maxsize=4096)
def _is_called(step: str) -> bool:
    """Tell whether an element is called comments."""
    return _CALLED.search(step) is not None
