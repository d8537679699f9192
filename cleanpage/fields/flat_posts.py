"""Author and day of each post of a thread in flattened text, from the lines that are printed at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from cleanpage.draft import PostLines
from cleanpage.fields.post_heads import day_of, is_poster
from cleanpage.fields.shared.evidence import Evidence
from cleanpage.fields.shared.stamps import Stamp, is_of_no_post, read_stamp
from cleanpage.labels import Label
from cleanpage.model import Post
from cleanpage.text.lazy_regex import lazy

MAX_NAME_UNITS = 14.0
"""Longest line with nothing but a name, in ideograms."""
NO_NAMES = frozenset((Label.COUNTER, Label.TOOLS, Label.SHARE, Label.LOGIN, Label.NAVIGATION, Label.PAGER))
"""Labels of lines that are printed at posts and are no names; under a heading that says replies all have one."""
BUTTON = 0.6
"""Share of the posts from which on a line that is printed at them is no name."""
_LISTED = lazy(r"[:：,，;；/(（]|\d [^\W\d]|\w \d{1,6}$|^\d[\d.,]*[km]?(?:$| )")
_MARKS = " @:：»«·•|,，-–—[]()（）"
_OPENS = lazy(
    r"(?:\W|\d{1,3} likes?\b"
    r"|(?:re|reply|post|posted|answered|asked|written|submitted|by|from|quote|original poster|op|发布)\b[: ]?"
    r"|(?:来自|网友|用户|昵称)[: ]?)+"
)
"""What stands before a name: ``Posted by Ann``, ``[-] ann``."""
_BY = lazy(r".*\bby:? (?=\S)")
_CLOSES = lazy(
    r"[ \t]*(?:[|·•»,，;(（\[\t#]| - | [-–—]$|  |: |:$| \d"
    r"|\b(?:on|at|says?|said|wrote|posted|answered|asked|replied|commented)\b|发表于|發表於|回复于|发布于|回答于|楼主).*"
)
"""What stands behind it: ``ann · 2 points``, ``Ann wrote:``."""


def posts_of(page: Evidence, lines: Sequence[PostLines]) -> Iterator[Post]:
    """Yield the posts of a thread in text without their texts, in order; linear in the lines."""
    place = {block.content[0]: i for i, block in enumerate(page.blocks)}
    heads = [[place[at] for at in post.head if at in place] for post in lines]
    seen = Counter(key for head in heads for key in {page.keys[i] for i in head})
    buttons = {key for key, times in seen.items() if times > max(1, BUTTON * len(lines))}
    for post, head in zip(lines, heads, strict=True):
        author = next(names_at(page, head, buttons), None)
        ours = [place[at] for at in (*post.texts, *post.quotes) if at in place]
        if ours:
            start, end = page.blocks[min(ours)].content[0], page.blocks[max(ours)].content[1]
            yield Post(author, first_day(page, head, author or "", labelled=True), start=start, end=end)


def first_day(page: Evidence, head: Sequence[int], author: str, *, labelled: bool) -> str | None:
    """Return the first day of a post in the lines of its head; ``labelled``: the line above one may say whose it is."""
    for i in head:
        above = page.blocks[i - 1].folded if labelled and i else ""
        if (day := day_of(page, i, author)) and not is_of_no_post(page.blocks[i].folded, above):
            return day
    return None


def stamp_at(page: Evidence, i: int) -> Stamp | None:
    """Return what line ``i`` holds besides days, else besides a post's number; None if it holds neither."""
    folded, dates = page.blocks[i].folded, page.dates.get(i, ())
    return Stamp(folded[: dates[0].start], folded[dates[-1].end :]) if dates else read_stamp(folded)


def names_at(page: Evidence, head: Sequence[int], buttons: AbstractSet[str]) -> Iterator[str]:
    """Yield what may be the poster's name: in the line with the day, then in a line of its own."""
    for i in head[:1]:
        text, stamp = page.blocks[i].text, stamp_at(page, i)
        if stamp is not None:
            yield from _names((text[: len(stamp.before)], text[len(text) - len(stamp.after) :]))
    for i in (i for i in head if not any(i in page.sure.get(label, ()) for label in NO_NAMES)):
        text = page.blocks[i].text.strip(_MARKS)
        is_short = page.blocks[i].units <= MAX_NAME_UNITS and not (_LISTED.search(text) or page.is_headline(i))
        if is_short and page.keys[i] not in buttons and stamp_at(page, i) is None and is_poster(text):
            yield text


def _names(texts: Sequence[str]) -> Iterator[str]:
    """Yield the names that stand before or behind a day."""
    for text in texts:
        folded = text.lower()
        by = _BY.match(folded)  # ``Re: The old mill by Ann``
        rest = text[by.end() if by else 0 :]
        opened = _OPENS.match(rest.lower())
        rest = rest[opened.end() if opened else 0 :]
        closed = _CLOSES.search(rest.lower())
        name = rest[: closed.start() if closed else len(rest)].strip(_MARKS)
        if name and is_poster(name):
            yield name
