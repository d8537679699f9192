"""What a person's name looks like, and how a printed list of names is taken apart."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cleanpage.fields.shared.months import months
from cleanpage.fields.shared.weekdays import weekdays
from cleanpage.fields.shared.words import words
from cleanpage.languages import any_phrase, gathered, shipped_languages
from cleanpage.text import SIGNS, fold, is_cjk
from cleanpage.text.lazy_regex import lazy

MAX_PEN_NAME = 60
"""Longest pen name in characters, a desk of an office among them."""

_NOT_NAMES = words(
    """佚名 匿名 未知 不详 无 管理员 系统管理员 网站管理员 超级管理员 本站 本网 原创 转载 网络 网友 网络转载
    互联网 网络整理 综合整理 记者 通讯员 编辑 责编 作者 来源 小编 综合 佚 查看 更多 查看更多 查看全文 打印 关闭 分享
    收藏 返回 投稿 发布 更新 首页 点击 阅读 浏览 评论 关注 已关注 粉丝 私信 未署名 特约 实习生 实习 整理 编译 摄影
    报道 admin administrator unknown anonymous guest staff editor webmaster root test null none n/a author user home
    share print follow subscribe login contributor writer beginner live breaking exclusive sponsored premium
    advertisement subscriber moderator size caption rss feed
    tues thur
    来自 简介 作者简介 发布时间 发布日期 时间 日期"""
)
_ORGANISATION = lazy(
    r"(?:报|报社|日报|晚报|网|网站|新闻|社|局|部|院|台|公司|中心|委|委员会|办|办公室|厅|频道|杂志|集团|工作室|编辑部|大学|学院|协会|组|科|处|所|馆|会|店|"
    r"在线|论坛|快报|周刊|平台|客户端|公众号|微博|频率|综合|政府|支队|团队|俱乐部)$"
    r"|\b(?:staff|news|team|editors?|editorial|desk|agency|reuters|afp|associated press|inc|llc|ltd|gmbh|university|"
    r"department|institute|gazette$|herald$|tribune$|courier$|observer$|chronicle$|dispatch$|journal$|telegraph$|redaktion|rédaction|redacción|redazione|redakcja|magazine|blog|group|media|press|times|post)\b|taboola|outbrain"
)
_POSITION = lazy(
    r"\b(?:experts?|writers?|editors?|reporters?|correspondents?|journalis[tm]s?|contributors?|columnists?|specialists?"
    r"|consultants?|analysts?|directors?|managers?|founders?|cofounders?|ceo|cto|strategists?|researchers?|professors?"
    r"|presidents?|engineers?|attorneys?|nutritionists?|dietitians?|therapists?|bloggers?|publishers?|officers?"
    r"|enthusiasts?|graders?|instructors?|critics?|producers?|photographers?|lecturers?|economists?|historians?|lawyers?|redakteur(?:in)?|redaktor(?:in)?|journalistin|rédact(?:eur|rice)|redactora?)$"
)
"""What somebody is, printed where names stand: ``Digital Security Expert``."""
_NAMED_MEETING = lazy("[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮]会")
"""A name that ends as societies do, behind one of the commonest surnames."""
_HAN_NAME = lazy(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,4}")
_MINORITY_NAME = lazy(r"[\u3400-\u9fff]{1,6}(?:[·・•‧．][\u3400-\u9fff]{1,8}){1,3}")
_KANA_OR_HANGUL = lazy(
    r"(?=[^\u3040-\u30ff々]{0,7}[\u3040-\u30ff々])[\u3040-\u30ff\u3400-\u9fff々]{2,8}"
    r"|[\u3040-\u30ff\u3400-\u9fff々]{1,4} [\u3040-\u30ff\u3400-\u9fff々]{1,4}|[가-힣]{2,5}"
)
_CAPITAL = rf"(?:(?:d'|o'|mc|al-)?[^\W\d_a-z](?:[^\W\d_]|[{SIGNS}]|['’.\-](?=[^\W\d_]))*\.?)"
_WESTERN_NAME = lazy(
    lambda: rf"{_CAPITAL}(?: (?:{any_phrase(lambda language: language.particles)} ){{0,2}}{_CAPITAL}){{0,4}}"
)
_CREDENTIAL = lazy(r"[A-Z][A-Za-z]?\.?(?:[A-Z]\.?-?){1,5}(?: ?\d+)?|Esq\.?|Jr\.?|Sr\.?|RDN?|PhD|Ph\.D\.?")
_GLUED = lazy(r"[^\W\d_A-Z]{4}(?=[A-Z])")
"""Where two words meet that a flattener has glued; ``MacDonald`` and ``DeVries`` have less before the capital."""
_BETWEEN = lazy(
    lambda: (
        r"\s{0,9}(?:[、，,،;；؛/／&＆+|]"
        rf"|(?<=\s){any_phrase(lambda language: language.conjunctions)}(?=\s)"
        r"|(?<=[\u4e00-\u9fff]{2})[和與与及](?=[\u4e00-\u9fff]{2}))\s*"
    )
)
_JUNIOR = lazy(r" [JS]r$")
"""What a name ends with that keeps its full stop."""
_CODE = lazy(r"\w+(?:\.\w+){2,}")
"""A template's variable that was never filled in: ``page.head.author``."""
NAME_EDGES = ' .:：·-–—()（）[]【】“”"*'
"""What is cut from both ends of an item of a list of names."""
_LETTER_SPACED = lazy(r"(?<![^\s、，,])([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?![^\s、，,])")


@cache
def surnames() -> frozenset[str]:
    """Return the folded Chinese surnames of one character and of two, those of surnames.txt beside this file."""
    text = Path(__file__).with_name("surnames.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())


@cache
def _not_names() -> frozenset[str]:
    """Return folded words that have the form of a name and are none."""
    return _NOT_NAMES.union(gathered(lambda language: language.not_names), *weekdays())


@cache
def menu_words() -> frozenset[str]:
    """Return the words of menus in all languages: names of sections, of buttons."""
    return frozenset(
        fold(word)
        for language in shipped_languages().values()
        for rule in language.rules
        if rule["label"] == "navigation"
        for word in rule.get("words", ())
    )


def is_menu(folded: str) -> bool:
    """Tell whether two words of a folded text, or the whole of it, stand in menus: ``politik wirtschaft panorama``."""
    return folded in menu_words() or sum(word in menu_words() for word in folded.split(" ")) > 1


def is_organisation(name: str) -> bool:
    """Tell whether this is an editorial office, an agency, a firm."""
    return _ORGANISATION.search(fold(name)) is not None


def is_position(text: str) -> bool:
    """Tell whether a line ends as what somebody is does, no name: ``Licensed Coffee Grader``."""
    return _POSITION.search(fold(text)) is not None


def is_name(name: str, *, surname: bool = False) -> bool:
    """Tell whether ``name`` may be a person's; with ``surname``, a Chinese one must begin with a known surname.

    Codes (``AP032``), accounts (``系统管理员``), ``佚名`` are nobody.
    """
    if not 2 <= len(name) <= 50 or not _has_form_of_name(name, surname=surname):
        return False
    folded = fold(name)
    if folded in _not_names() or folded in months() or is_position(name):
        return False
    if is_organisation(name) and not (surname and _NAMED_MEETING.fullmatch(name)):
        return False
    return (not name.isascii() and any(map(is_cjk, name))) or not is_menu(folded)


def _has_form_of_name(name: str, *, surname: bool) -> bool:
    """Tell whether a text of two letters and more is written as names are, whatever its words mean."""
    if _HAN_NAME.fullmatch(name):
        return not surname or has_surname(name)
    if not name.isascii() and any(map(is_cjk, name)):
        return bool(_MINORITY_NAME.fullmatch(name) or (not surname and _KANA_OR_HANGUL.fullmatch(name)))
    if (name[0].islower() and not name.isascii()) or is_glued(name):
        return False
    return _WESTERN_NAME.fullmatch(name) is not None and not _CREDENTIAL.fullmatch(name)


def is_glued(name: str) -> bool:
    """Tell whether two words have lost the blank between them: ``Town ChecklistsJust Reopened``."""
    return _GLUED.search(name) is not None


def is_pen_name(folded: str) -> bool:
    """Tell whether a folded text may be what somebody writes under: no account of an office, address or number."""
    return (
        2 <= len(folded) <= MAX_PEN_NAME
        and folded not in _not_names()
        and folded not in months()
        and not any(mark in folded for mark in ("@", "/", "http", "www.", "。", "发布于", "discuz!"))
        and folded[0].isalnum()
        and any(map(str.isalpha, folded))
        and _CODE.fullmatch(folded) is None
    )


def has_surname(name: str) -> bool:
    """Tell whether a Chinese name begins with a surname and has a given name of one or two characters."""
    folded = fold(name)
    if folded[:2] in surnames() and len(name) in (3, 4):
        return True
    return folded[0] in surnames() and len(name) in (2, 3)


def split_names(text: str) -> list[str]:
    """Return the items of a printed list of names: ``张三、李四``, ``张三 李四``, ``Jane Doe and John Roe``."""
    names: list[str] = []
    for piece in _BETWEEN.split(_LETTER_SPACED.sub(r"\1\2", text)):
        part = piece.strip(NAME_EDGES)
        words = part.split(" ")
        if len(words) > 1 and all(_HAN_NAME.fullmatch(word) or _MINORITY_NAME.fullmatch(word) for word in words):
            names += words
        elif part:
            names.append(f"{part}." if _JUNIOR.search(part) and f"{part}." in piece else part)
    return names
