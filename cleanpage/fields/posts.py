"""The posts of a thread: which lines of the body are whose, and when they were written (HTML only).

A post and its head (the poster's name, the day) stand in one element, whatever the forum's system calls it. So a line
belongs to the innermost element around it that names a poster; the lines of one such element are one post, also where
replies are nested in it. Where one element holds heads and texts of many posts side by side, each head of the first
one's form begins a post.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from urllib.parse import unquote

from cleanpage.draft import Candidate, TextBlock
from cleanpage.fields.byline import BY, undated
from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.fields.shared.names import is_pen_name
from cleanpage.fields.shared.when import When
from cleanpage.languages import any_of
from cleanpage.model import Link, Post
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

RULE = "posts"
MAX_HEAD, MAX_NAME = 40.0, 30
"""Longest line with a poster's name, in ideograms, and longest name, in characters."""
MAX_REST = 12
"""Characters besides name or day in a line that says nothing else."""
NEAR = 10
"""How many lines may lie between head and post where posts of others stand in the same element."""
_USER = lazy(
    r"(?:^|/)(?:u|users?|members?|profiles?|people|usercenter|userinfo|~)/[^/?#]"
    r"|/@\w|\bmember(?:list)?\.php|\bspace-(?:uid|username)|\buser(?:info|profile)?(?:\.php)?\?|[?&;](?:uid|user_?id)="
    r"|mode=viewprofile|action=profile|mod=space(?!cp)|/profile\.php\?|[?&]member="
)
"""Addresses of pages about a user, in lower case."""
_NAMED = lazy(
    r"(?:^|[._-])(?:(?:post-?)?author|poster|nick|creator|author-info|user-details)(?:$|\.)"
    r"|(?:author|poster|user|nick|screen|member|message)[\w-]{0,12}name(?:$|\.)"
)
"""Names of elements with the poster's name and little else."""
_QUOTE = lazy(r"^blockquote|(?<!to)quote(?!target|d?-?message|able)")
_SIGNATURE = lazy(r"signature|\bsig\b")
_TEXT = lazy(r"^blockquote\..*(?:text|body|content|message|prose)")
"""A block quotation that a post's text stands in: that of vBulletin."""
_ACCOUNT = lazy(r"user|author|profile|member|poster|avatar|signature|\bsig\b|\bpairs|^d[dlt](?:\.|$)")
"""Elements whose days are those of the account: when somebody joined ..."""
_DAY = lazy(r"date|time|posted|\bwhen\b|attribution|permalink")
"""... unless the line's own element is called so."""
_JOINED = lazy(r"\bjoin|\bregist|\bsince\b|\blast (?:visit|active|seen|login|edit)|注册|加入|登录|最后")
_EDITED = lazy(lambda: any_of(lambda language: language.modified))
_NO_NAME = lazy(
    r"(?:\w ?)?o(?:n|ff)line$|(?:(?:view|show|visit|see|send|find|follow|pm|all|more|my|edit|log ?in|sign|re(?:ply|port)|share|quote|posts?|forgot"
    r"|joined|messages?|comments?|original poster|(?:thread|topic) (?:starter|author)|new|top|last|first|likes?"
    r"|upvote|profile|website|home|author|permalink|link|contact|create|register|guest|(?:senior |junior )?member|supporter"
    r"|\d+ \w+ badges?)\b(?: .{0,40})?"
    r"|(?:查看|关注|发消息|私信|加好友|回复|楼主|只看|发表|返回|举报|更多|全部|个人|主页|收听|提问|作者|管理员|版主|等级|积分|向ta|注册|登[录陆]"
    r"|新手上路|.{2,4}会员$|论坛元老).{0,9})$"
)
_OF_OTHERS = lazy(r"\b(?:edited|changed|updated|likes?|liked|reactions?|reacted|thank(?:s|ed)?|repl(?:ied|ying) to|in reply)\b|编辑|赞|最后由")
"""Said of a user who has done something with the post."""
_WROTE = lazy(r"^(\S.{0,29}?) (?:wrote|posted|发表于|發表於|回答于|回复于|发布于)\b")
_POSTED_BY = lazy(r"^(?:posted|asked|answered|started|submitted|created|written|commented) by:? (?=\S)")
_ENDS = lazy(r" ?[|·•»,(（\[\t]| - | on | at | in |  |@(?=\w+$)")
"""What ends a name in a line with more."""
_MARKS = " @:：»«·•|,，-–—"


class _Head(NamedTuple):
    """A line that names a poster."""

    block: int
    name: str
    linked: bool
    """Whether it is a link to the user's page."""
    alone: bool
    """Whether the line says nothing else, but for a day."""


class _Run(NamedTuple):
    """Lines of one post."""

    home: int
    """The element that names their poster; 0 if none does."""
    first: int
    last: int
    after: int
    """The last line of another post in that element before them, -1 if there is none."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield a candidate for each post of a thread, if any has an author: a Post without its text.

    Linear in the lines times the depth at which they stand.
    """
    outlook = page.draft.outlook
    if outlook is None or outlook.kind != "forum":
        return
    ours = frozenset(page.body)
    heads = _heads(page, ours)
    posts = list(_posts(page, heads, ours)) if heads else []
    if any(post.author for post in posts):
        for post in posts:
            yield Candidate("posts", post, post.start, post.end, RULE)


def is_quotation(block: TextBlock) -> bool:
    """Tell whether a line stands in what a post quotes."""
    path = _path(block)
    return any(map(_quotes, path)) and not any(map(_SIGNATURE.search, path))


def _heads(page: Evidence, ours: Collection[int]) -> list[_Head]:
    """Return the heads of posts, in order; of lines of the body those that have the form of others which are none."""
    found = [head for i in range(len(page.blocks)) if (head := _head(page, i))]
    forms = {_path(page.blocks[head.block]) for head in found if head.block not in ours}
    return [
        head
        for head in found
        if head.block not in ours or (path := _path(page.blocks[head.block])) in forms or any(map(_names_user, path[-1:]))
    ]


class _Homes:
    """Which element each line of the thread belongs to: the innermost around it that names a poster."""

    def __init__(self, blocks: Sequence[TextBlock], lines: Sequence[int], heads: Sequence[_Head]) -> None:
        named = {number for head in heads for number in _ids(blocks[head.block])}
        self.of = {i: next((n for n in reversed(_ids(blocks[i])) if n in named), 0) for i in lines}
        self.among = frozenset(self.of.values())
        self.crowded: set[int] = set()
        """Those that hold posts of others."""
        self.sole: dict[int, int] = {}
        """Elements that hold lines of one home, and that; 0 where there are several."""
        for i, home in self.of.items():
            for number in _ids(blocks[i]):
                if self.sole.setdefault(number, home) != home:
                    self.sole[number] = 0
                    self.crowded.add(number)

    def within(self, block: TextBlock) -> int:
        """Return the innermost home that a line stands in, 0 if it stands in none."""
        return next((n for n in reversed(_ids(block)) if n in self.among), 0)

    def around(self, block: TextBlock) -> int:
        """Return the home that a line beside the text belongs to, 0 if that is open."""
        number = next((n for n in reversed(_ids(block)) if n in self.among or n in self.sole), 0)
        return number if number in self.among else self.sole.get(number, 0)


def _posts(page: Evidence, heads: Sequence[_Head], ours: Collection[int]) -> Iterator[Post]:
    """Yield the posts in the order of the page."""
    blocks = page.blocks
    apart = {head.block for head in heads}
    texts = (i for i, block in enumerate(blocks) if block.text and (i in ours or is_quotation(block)))
    lines = [i for i in texts if i not in apart]
    homes = _Homes(blocks, lines, heads)
    by_home: dict[int, list[_Head]] = {}
    for head in heads:
        by_home.setdefault(homes.within(blocks[head.block]), []).append(head)
    days: dict[int, list[int]] = {}
    for i in page.dates:
        may = i in apart or ((i not in ours or _is_stamp(blocks[i])) and _may_date(page, i))
        if may:
            days.setdefault(homes.around(blocks[i]), []).append(i)
    runs = [run for run in _runs(blocks, homes.of, by_home) if not ours.isdisjoint(range(run.first, run.last + 1))]
    named = [_candidates(by_home.get(run.home, []), run, crowded=run.home in homes.crowded) for run in runs]
    usual = Counter(form for own in named for form in {_path(blocks[head.block]) for head in own})
    for run, own in zip(runs, named, strict=True):
        # Of all whom a post names, its author stands where the authors of most posts do, and is linked in most systems.
        best = max(own, key=lambda head: usual[_path(blocks[head.block])] * (1 + head.linked), default=None)
        day = _day(page, days.get(run.home, []), run) if best else None
        yield Post(best and best.name, day, blocks[run.first].content[0], blocks[run.last].content[1])


def _runs(
    blocks: Sequence[TextBlock], homes: Mapping[int, int], heads: Mapping[int, Sequence[_Head]]
) -> Iterator[_Run]:
    """Yield the lines of each post: those of one element, parted by heads of one form in it."""
    part: dict[int, int] = {}
    for home, own in heads.items():
        form = _path(blocks[own[0].block])
        for head in own:
            if _path(blocks[head.block]) == form:
                part[head.block] = home
    cuts = sorted(part)
    at, latest, seen = 0, dict.fromkeys(homes.values(), 0), dict.fromkeys(homes.values(), -1)
    keyed: list[tuple[int, tuple[int, int]]] = []
    for i, home in homes.items():
        while at < len(cuts) and cuts[at] < i:
            latest[part[cuts[at]]] = cuts[at]
            at += 1
        keyed.append((i, (home, latest.get(home, 0))))
    for (home, _), group in groupby(keyed, key=lambda pair: pair[1]):
        lines = [i for i, _ in group]
        yield _Run(home, lines[0], lines[-1], seen[home])
        seen[home] = lines[-1]


def _candidates(heads: Sequence[_Head], run: _Run, *, crowded: bool) -> list[_Head]:
    """Return the heads one of which may be that of a post: those above it, or below it if all name one poster.

    Where posts of others stand in the same element, the nearest above it.
    """
    before = [head for head in heads if run.after < head.block < run.first]
    if not run.home:
        return []
    if crowded:
        return [head for head in before if run.first - head.block <= NEAR][-1:]
    below = [head for head in heads if head.block > run.last and head.alone] if run.after < 0 and not before else []
    return before or (below if len({head.name for head in below}) == 1 else [])


def _day(page: Evidence, dated: Sequence[int], run: _Run) -> str | None:
    """Return the day of a post: the first above it, in an element called after days if any is; below it the only one.

    What stands outside the element that names the poster must be near.
    """
    inside = [i for i in dated if run.home in _ids(page.blocks[i])]
    before = [i for i in inside if run.after < i <= run.first]
    before = before or [i for i in dated if max(run.after, run.first - 1 - NEAR) < i < run.first]
    called = [i for i in before if _is_called(page.blocks[i])]
    found = [day for i in (called or before) if (day := _own_day(page, i))]
    if found:
        return found[0]
    below = {day for i in inside if i > run.last and run.after < 0 and (day := _own_day(page, i))}
    return below.pop() if len(below) == 1 else None


def _own_day(page: Evidence, i: int) -> str | None:
    """Return the first whole day in a line that is not that of a change."""
    folded = page.blocks[i].folded
    whole: list[When] = [when for when in page.dates[i] if len(when.iso) >= len("2024-01-01")]
    return next((when.iso for when in whole if not _EDITED.search(folded[: when.start])), None)


def _is_stamp(block: TextBlock) -> bool:
    """Tell whether a line is a day and little else."""
    return len(undated(block.text).replace(" ", "")) <= MAX_REST


def _may_date(page: Evidence, i: int) -> bool:
    """Tell whether the day in a line may be that of a post: not of a quotation, not of an account."""
    block = page.blocks[i]
    if block.dom is None or is_quotation(block) or _JOINED.search(block.folded):
        return False
    if i and _JOINED.search(page.blocks[i - 1].folded) and page.blocks[i - 1].units <= MAX_REST:
        return False
    return _is_called(block) or not any(map(_is_account, block.dom.path[-4:]))


def _head(page: Evidence, i: int) -> _Head | None:
    """Return the poster whom line ``i`` names: by a link to a user's page, its words, the name of its element."""
    block = page.blocks[i]
    if block.dom is None or not block.text or block.units > MAX_HEAD or is_quotation(block):
        return None
    if i and page.blocks[i - 1].units <= MAX_HEAD and _EDITED.search(page.blocks[i - 1].folded):
        return None
    linked = [_shown(link) for link in block.dom.links if _USER.search(link.url.lower())]
    said = undated(block.text)
    name = next((name for text in linked or _spoken(block, said) if _is_name(name := text.strip(_MARKS))), "")
    rest = said.replace(name, "").replace(" ", "")
    if not name or _OF_OTHERS.search(fold(said.replace(name, ""))):
        return None
    return _Head(i, name, bool(linked), len(rest) <= MAX_REST)


def _shown(link: Link) -> str:
    """Return the text of a link to a user's page, without the letter that stands for a picture (``JJane``)."""
    text, address = link.text.strip(_MARKS), unquote(link.url).lower()
    rest = text[1:].strip()
    return rest if len(rest) > 1 and text[0].lower() == rest[0].lower() and rest.lower() in address else text


def _spoken(block: TextBlock, said: str) -> Iterator[str]:
    """Yield what may be the poster's name in a line without a link; ``said`` is the line without its dates."""
    if said != block.text and (wrote := _WROTE.match(block.folded)):
        yield block.text[: wrote.end(1)]
    path = _path(block)
    spoken = _POSTED_BY.match(block.folded) or BY.match(block.folded)
    called = any(map(_names_user, path[-1:])) or ("." not in "".join(path[-1:]) and any(map(_names_user, path[-2:-1])))
    if spoken or called:
        yield _ENDS.split(said[spoken.end() if spoken else 0 :].strip(_MARKS), 1)[0]


def _is_name(name: str) -> bool:
    return len(name) <= MAX_NAME and is_pen_name(folded := fold(name)) and not _NO_NAME.match(folded)


def _ids(block: TextBlock) -> tuple[int, ...]:
    return block.dom.ids if block.dom else ()


def _path(block: TextBlock) -> tuple[str, ...]:
    return block.dom.path if block.dom else ()


def _is_called(block: TextBlock) -> bool:
    """Tell whether the line's element, or the one around it, is called after days."""
    return any(map(_tells_day, _path(block)[-2:]))


@lru_cache(maxsize=4096)
def _quotes(step: str) -> bool:
    return _QUOTE.search(step) is not None and not _TEXT.search(step)


@lru_cache(maxsize=4096)
def _is_account(step: str) -> bool:
    return _ACCOUNT.search(step) is not None


@lru_cache(maxsize=4096)
def _tells_day(step: str) -> bool:
    return _DAY.search(step) is not None


@lru_cache(maxsize=4096)
def _names_user(step: str) -> bool:
    return _NAMED.search(step) is not None
