"""What a line at a post says: who wrote it, when; whether it is a quotation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from cleanpage.draft import TextBlock
from cleanpage.fields.byline import BY, undated
from cleanpage.fields.shared.evidence import Evidence
from cleanpage.fields.shared.names import is_pen_name
from cleanpage.fields.shared.stamps import OF_OTHERS
from cleanpage.fields.shared.when import find_dates, find_relative
from cleanpage.fields.shared.words import words
from cleanpage.languages import any_of
from cleanpage.model import Link
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

MAX_HEAD, MAX_NAME = 40.0, 30
"""Longest line with a poster's name, in ideograms, and longest name, in characters."""
MAX_REST = 12
"""Letters besides name or day in a line that says nothing else."""
ACCOUNT_DEPTH = 4
"""So many elements around a day may be called after the account."""
_USER = lazy(
    r"(?:^|/)(?:u|users?|members?|profiles?|people|usercenter|userinfo|~)/[^/?#]|/@\w|\bmember(?:list)?\.php(?!\?action)"
    r"|\bspace-(?:uid|username)|\buser(?:info|profile)?(?:\.php)?\?|[?&;](?:uid|user_?id)=|[?&]member="
    r"|mode=viewprofile|action=profile|mod=space(?!cp)|/profile\.php\?"
)
"""Addresses of pages about a user, in lower case ..."""
_ELSEWHERE = lazy(r"//(?:[\w-]+\.)*(?:youtube|twitter|x|facebook|instagram|github|linkedin|t|weibo)\.(?:com|me)/")
"""... and those that posts lead to."""
_NAMED = lazy(
    r"(?:^|[._-])(?:(?:post-?)?author|poster|nick|creator|author-info|user-details)(?:$|\.)"
    r"|(?:author|poster|user|nick|screen|member|message)[\w-]{0,12}name(?:$|\.)"
)
"""Names of elements with the poster's name and little else."""
_QUOTE = lazy(r"^blockquote|(?<!to)quote(?!target|d?-?message|able)")
_SIGNATURE_ELEMENT = lazy(r"signature|\bsig\b")
_TEXT = lazy(r"^blockquote\..*(?:text|body|content|message|prose)")
"""A block quotation that a post's text stands in: that of older systems."""
_ACCOUNT_ELEMENT = lazy(r"user|author|profile|member|poster|avatar|signature|\bsig\b|\bpairs|^d[dlt](?:\.|$)")
"""Elements whose days are those of the account: when somebody joined ..."""
_DAY = lazy(r"date|time|posted|\bwhen\b|attribution|permalink")
"""... unless the line's own element is called so."""
_EDITED = lazy(lambda: any_of(lambda language: language.modified))
_OF_OTHER_USERS = lazy(
    r"\b(?:edited|changed|updated|likes?|liked|reactions?|reacted|thank(?:s|ed)?|repl(?:ied|ying) to|in reply)\b"
    r"|编辑|赞|最后由"
)
"""Said of a user who has done something with the post."""
_NO_NAMES = words(
    """view show visit see get try start join send find follow pm all more my edit log login sign reply report
    share quote post posts
    forgot lost joined message messages comment comments new top last first like likes upvote profile website home
    author permalink link contact create register guest member supporter offline online
    modified founded date asked viewed active edited go page categories tags toggle thread topic registered location
    reviewed verified updated"""
)
"""Words that begin what links and lines at a post ask for or say of the account."""
_NO_NAME = lazy(
    r"(?:original poster|(?:thread|topic) (?:starter|author)|senior member|\w o(?:n|ff)line"
    r"|[\d.,k]+ (?:\w+ badges?|posts|messages))$"
    r"|(?:查看|关注|发消息|私信|加好友|回复|楼主|只看|发表|返回|举报|更多|全部|个人|主页|收听|提问|作者|管理员|版主|等级"
    r"|积分|收藏|仅看|点赞|首赞|倒序|电梯|最新|最热|交流|向ta|注册|登[录陆]|新手上路|.{2,4}会员$|论坛元老).{0,9}$"
)
_WROTE = lazy(r"(\S.{0,29}?) (?:wrote|posted|发表于|發表於|回答于|回复于|发布于)\b")
_POSTED_BY = lazy(r"(?:reply \d+ - )?(?:posted|asked|answered|started|submitted|created|written|commented) by:? (?=\S)")
_NAME_ENDS = lazy(r" ?[|·•»,(（\[\t]| - | on | at | in |  |@(?=\w+$)|回[复覆]")
"""What ends a name in a line with more."""
_MARKS = " @:：»«·•|,，-–—"


class Head(NamedTuple):
    """A line that names a poster."""

    block: int
    name: str
    linked: bool
    """Whether it is a link to the user's page."""
    alone: bool
    """Whether the line says nothing else, but for a day."""


def read_head(page: Evidence, i: int) -> Head | None:
    """Return the poster whom line ``i`` names: by a link to a user's page, its words, the name of its element."""
    block = page.blocks[i]
    if block.dom is None or not block.text or block.units > MAX_HEAD:
        return None
    linked = [_shown(link) for link in block.dom.links if _leads_to_user(link.url.lower())]
    said = undated(block.text) if linked or _may_name(block) else ""
    name = next((name for text in linked or _spoken(block, said) if is_poster(name := text.strip(_MARKS))), "")
    if not name or _OF_OTHER_USERS.search(fold(rest := said.replace(name, ""))):
        return None
    if is_quotation(block) or (i and _is_edit(page.blocks[i - 1])):
        return None
    return Head(i, name, bool(linked), sum(map(str.isalpha, rest)) <= MAX_REST)


def is_called_user(block: TextBlock) -> bool:
    """Tell whether a line's own element is called after the poster."""
    return any(_head_step(step).user for step in path_of(block)[-1:])


def is_quotation(block: TextBlock) -> bool:
    """Tell whether a line stands in what a post quotes."""
    steps = [_head_step(step) for step in path_of(block)]
    return any(step.quotes for step in steps) and not any(step.signature for step in steps)


def is_called_day(block: TextBlock) -> bool:
    """Tell whether a line's element, or the one around it, is called after days."""
    return any(_head_step(step).day for step in path_of(block)[-2:])


def is_stamp(block: TextBlock) -> bool:
    """Tell whether a line is a day and little else."""
    return len(undated(block.text).replace(" ", "")) <= MAX_REST


def may_date(page: Evidence, i: int) -> bool:
    """Tell whether the day in a line may be that of a post: not of a quotation, not of an account."""
    block = page.blocks[i]
    if block.dom is None or is_quotation(block) or OF_OTHERS.search(block.folded):
        return False
    if i and page.blocks[i - 1].units <= MAX_REST and OF_OTHERS.search(page.blocks[i - 1].folded):
        return False
    return is_called_day(block) or not any(_head_step(step).account for step in block.dom.path[-ACCOUNT_DEPTH:])


def day_of(page: Evidence, i: int, author: str) -> str | None:
    """Return the first whole day in a line that is no day of a change and no part of a name (``Ann1997``)."""
    folded, name, dates = page.blocks[i].folded, fold(author), page.dates.get(i, ())
    if name and name in folded:
        folded = folded.replace(name, " ", 1)
        dates = tuple(find_dates(folded, day_first=page.day_first))
    whole = [when for when in dates if len(when.iso) >= len("2024-01-01")]
    return next((when.iso for when in whole if not _EDITED.search(folded[: when.start])), None)


def path_of(block: TextBlock) -> tuple[str, ...]:
    """Return the elements around a line, none for text."""
    return block.dom.path if block.dom else ()


def _is_edit(block: TextBlock) -> bool:
    """Tell whether a line above a name says that who follows has edited the post."""
    return block.units <= MAX_HEAD and _EDITED.search(block.folded) is not None


def _leads_to_user(address: str) -> bool:
    return _USER.search(address) is not None and not _ELSEWHERE.search(address)


def _shown(link: Link) -> str:
    """Return the text of a link to a user's page, without the letter that stands for a picture (``J jane``)."""
    text, address = link.text.strip(_MARKS), unquote(link.url).lower()
    rest = text[1:].strip()
    is_letter = text.lower() not in address and rest[:1].lower() == text[:1].lower() and rest.lower() in address
    return rest if is_letter and len(rest) > 1 else text


def _may_name(block: TextBlock) -> bool:
    """Tell whether a line without a link may name a poster: by its first words or its element."""
    forms = (_WROTE, _POSTED_BY, BY)
    return any(form.match(block.folded) for form in forms) or any(_head_step(step).user for step in path_of(block)[-2:])


def _spoken(block: TextBlock, said: str) -> Iterator[str]:
    """Yield what may be the poster's name in a line without a link; ``said`` is the line without its dates."""
    if said != block.text and (wrote := _WROTE.match(block.folded)):
        yield block.text[: wrote.end(1)]
    *_, outer, inner = ("", "", *path_of(block))
    spoken = _POSTED_BY.match(block.folded) or BY.match(block.folded)
    if spoken or _head_step(inner).user or ("." not in inner and _head_step(outer).user):
        rest = said[spoken.end() if spoken else 0 :].strip(_MARKS)
        ago = find_relative(fold(rest))
        yield _NAME_ENDS.split(rest[: ago.start] if ago else rest, maxsplit=1)[0]


def is_poster(name: str) -> bool:
    """Tell whether a text may be the name of a poster, rather than a button or a rank."""
    folded = fold(name)
    first = folded.partition(" ")[0]
    return len(name) <= MAX_NAME and is_pen_name(folded) and first not in _NO_NAMES and not _NO_NAME.match(folded)


class _HeadStep(NamedTuple):
    """What an element is called after."""

    quotes: bool
    signature: bool
    account: bool
    day: bool
    user: bool


@lru_cache(maxsize=4096)
def _head_step(step: str) -> _HeadStep:
    return _HeadStep(
        _QUOTE.search(step) is not None and not _TEXT.search(step),
        _SIGNATURE_ELEMENT.search(step) is not None,
        _ACCOUNT_ELEMENT.search(step) is not None,
        _DAY.search(step) is not None,
        _NAMED.search(step) is not None,
    )
