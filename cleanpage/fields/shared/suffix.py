"""The suffix of a ``<title>``: ``Headline_Channel_Site``, ``Headline - Site``, ``Headline | Site``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from cleanpage.fields.shared.evidence import MAX_KEYED
from cleanpage.text import fold, units
from cleanpage.text.lazy_regex import lazy

_JOINT = lazy(r" ?_+ ?| ?\|+ ?| ?-{2,} ?| [-·:<>]{1,2} |(?<=[\u3400-\u9fff\]?!\"),])-(?=[\u3400-\u9fff《\[])")
_MARKS = " _|-·:<>｜–—《》【】[]"
"""What stands around a piece of a title."""
_SITE = lazy(
    r"(?:网|频道|新闻|中心|在线|日报|晚报|时报|早报|晨报|周刊|门户|论坛|社区|资讯|财经|网站|报|台|社|平台|官网|博客|com|cn|net|org|tv)$"
    r"|^(?:www\.|新浪|搜狐|网易|腾讯)"
)
CHANNELS = lazy(
    r"(?:国[内际]|中国|社会|财经|金融|经济|娱乐|体育|科技|军事|健康|时政|生活|文化|教育|汽车|房产|视频|图片|评论|滚动|即时|今日"
    r"|最[新热]|热点|宏观|海外|地方|本地|综合|更多|股票|美股|港股|产经|证券|读图|要闻|影音|旅游|两岸"
    r"|专题|新闻|资讯|频道|论坛|社区|博客|中心|首页|正文|内容|栏目|网络)+"
)
"""Folded names of channels, which every site has, one or several glued."""
MAX_SITE_UNITS = 14.0
"""Longest name of a site or channel in ideograms; a headline's own second half is usually longer."""
LEAST_HEAD = 4.0
"""Shortest headline before a suffix, in ideograms."""
MOST_JOINTS = 12
"""So many of a text's joints, the last ones, are looked at: a title in the HTML head may be as long as the page."""
MAX_SHARE = 0.6
"""A last piece that looks like no site is one if it is shorter than this share of what stands before it."""


@lru_cache(maxsize=32)
def heads(text: str) -> tuple[str, ...]:
    """Return ``text`` cut before each of its last joints, the longest first, without ``text`` itself.

    A page asks for those of its title several times.
    """
    folded = fold(text)
    cuts = [match.start() for match in _JOINT.finditer(folded) if match.start()] if _may_be_joined(folded) else []
    return tuple([text[:cut].rstrip() for cut in reversed(cuts[-MOST_JOINTS:])])


def headline_part(text: str, known: Collection[str] = (), endings: Collection[str] = ()) -> str:
    """Return a title without the site's suffix.

    ``endings`` are what titles of the site end with, the longest first. ``known`` are the keys of the page's lines: a
    head that stands on the page as a line of its own is the headline. Without one, pieces that look like names of
    sites are cut from the end.
    """
    folded = fold(text) if endings else ""
    for ending in endings:
        if folded.endswith(ending) and units(text[: -len(ending)]) >= LEAST_HEAD:
            return text[: -len(ending)].rstrip()
    for head in heads(text):
        if LEAST_HEAD <= units(head) <= MAX_KEYED and key_of(head) in known:
            return head
    for head in heads(text):
        tail = fold(text[len(head) :]).strip(_MARKS)
        if units(head) < LEAST_HEAD or not _is_site(tail, units(head)):
            break
        text = head
    return text


def site_parts(text: str, headline: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield what stands behind each joint and looks like the name of a site, the last first, with all before it.

    What stands behind the page's ``headline``, given as key, needs not be shorter than it.
    """
    end = len(text)
    for head in heads(text):
        tail = text[len(head) : end]
        name = tail.strip(_MARKS).lstrip("»› ")
        behind = headline and key_of(head).endswith(headline) and 0 < units(name) <= MAX_SITE_UNITS
        if behind or _is_site(fold(name), units(head)):
            yield name, head
        end = len(head)


def key_of(head: str) -> str:
    """Return the letters and digits of a part of a title, folded."""
    return re.sub(r"[\W_]+", "", fold(head))


def _may_be_joined(folded: str) -> bool:
    """Tell whether ``_JOINT`` may be found: the quick answer for most lines."""
    return any(mark in folded for mark in "-_|·:<>")


def _is_site(tail: str, head_units: float) -> bool:
    size = units(tail)
    return bool(tail) and size <= MAX_SITE_UNITS and (_SITE.search(tail) is not None or size < MAX_SHARE * head_units)
