"""Writers of answers and posts: the account above an answer that readers voted for."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.byline import NAME_COST, Byline
from cleanpage.fields.post_heads import read_head
from cleanpage.fields.shared.evidence import UNDER_HEADLINE, Evidence
from cleanpage.fields.shared.names import is_pen_name
from cleanpage.text.lazy_regex import lazy

ACCOUNT_SCORE = 1.2
"""A byline that says so goes before it."""
DAY_BESIDE = 2
"""Lines between an account under the headline and the day of its post."""
MAX_UNITS, MAX_ABOVE = 10.0, 2
"""Longest account in ideograms; lines above the votes, the account and what it says of itself."""
_VOTED = lazy(r"^[\d,. ]{1,12}(?:[万k] ?)?\+? ?人也?(?:赞同|赞成)了?(?:该|此|这个?|这篇)(?:回答|文章|答案)")
"""Folded line under the account that answers: ``1,204 人赞同了该回答``."""
_NO_ACCOUNT = lazy(r"\d|[。!?:|]|^(?:匿名用户|已注销|知乎用户|收起|展开|关注|\+ ?关注)")


def posted(page: Evidence) -> Iterator[Byline]:
    """Yield the account that is linked beside a day under the headline: that of a thread's first post."""
    for i, cost in page.near:
        if cost > NAME_COST or i >= page.lead or page.in_body(i) or not page.under_headline(i, UNDER_HEADLINE):
            continue
        head = read_head(page, i) if any(page.has_date(j) for j in range(i - DAY_BESIDE, i + DAY_BESIDE + 1)) else None
        if head is not None and head.linked and head.alone:
            yield Byline(i, (head.name,), page.blocks[i].text, ACCOUNT_SCORE - cost, "posted")


def voted_for(page: Evidence) -> Iterator[Byline]:
    """Yield the account that wrote the answer with which the body begins."""
    votes = next((i for i in range(max(0, page.first - 3), page.first) if _VOTED.match(page.blocks[i].folded)), -1)
    above: list[int] = []
    for i in range(votes - 1, max(-1, votes - 1 - MAX_ABOVE), -1):
        block = page.blocks[i]
        if _NO_ACCOUNT.search(block.folded) or page.is_headline(i) or page.keys[i] in ("", "关注"):
            break
        above.append(i)
    name = page.blocks[above[-1]].text if above else ""
    if above and page.blocks[above[-1]].units <= MAX_UNITS and is_pen_name(page.blocks[above[-1]].folded):
        yield Byline(above[-1], (name,), name, ACCOUNT_SCORE, "voted")
