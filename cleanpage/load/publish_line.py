"""Where the publish line ends that is glued to the first sentence: ``2024-05-06 10:15 来源:河湾日报 ▏5月6日上午…``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanpage.draft import PROSE_UNITS
from cleanpage.text import ends_sentence, units
from cleanpage.text.lazy_regex import lazy

WITHIN, WITHIN_PAGE = 60, 3_000
"""Characters of a line, and of a page on one line, in which a publish line may begin."""
SHORT = WITHIN_PAGE // 10
"""What follows a publish line ends as a sentence does, if it has no more characters."""
MOST_ITEMS = 12
"""Dates, names and counters of one publish line that are read."""
MOST_STARTS = 20
"""Places of a line at which a publish line is tried."""

_DAYS = (
    r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}(?: ?日)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    r"|\d{1,2}(?:st|nd|rd|th|\.)? (?:de |of )?[^\W\d_]{3,12}\.?,? (?:de )?(?:19|20)\d\d"
)
_HOURS = (
    r"(?P<time>[\s,(|-]{0,3}(?:at |um |à |a las |в |T)?\d{1,2} ?[:.时時点點h] ?\d\d(?: ?[:分] ?\d\d)?[秒分]?"
    r"(?: ?[apAP]\.?[mM]\b\.?| Uhr(?![a-zäöüß]))?(?: ?(?:GMT|UTC|CES?T|[A-Z]{1,3}T)\b)?\)?)?"
)
_DAY = r"(?:,? ?(?:le|el|am|del|vom) )?(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
_BY_WORDS = "Von|Par|Por|Di|Door|Av|Автор"
_NAME = r"(?:[A-ZÀ-ÞА-Я][\w'’.-]{1,20}|admin|staff|editor)"
_DATES_PAGE = (
    r"(?:发布|發布|发表|發表|更新|发稿|出版|上传|录入|刊登)?(?:时间|時間|日期|于|於)?"
    r"|(?:First |Last |Originally )?(?:[Pp]ublished|[Pp]osted|[Uu]pdated|Date)(?: on| at)?"
    r"|Publiée?(?: le)?|Mis à jour(?: le)?|Publicado(?: el| em)?|Actualizado(?: el)?"
    r"|Veröffentlicht(?: am)?|Stand|Aktualisiert(?: am)?|Pubblicato(?: il)?|Aggiornato(?: il)?"
    r"|Опубликовано|Обновлено|Дата(?: публикации)?|Opublikowano|Data publikacji"
)
"""What says that the date behind it is the page's."""
_LABEL = (
    r"(?:文章|信息|稿件|新闻|本文|責任|责任)?"
    r"(?:来源|來源|稿源|出处|出處|作者|记者|記者|编辑|編輯|责编|責編|撰文|发布者|發布者)"
)
_VALUE = r"[^\s:：,，。;；!！?？|]"
_OUTLET = r"(?:[日晚早时時邮商]报|[日晚早時郵商]報|(?:新闻|新聞)?[网網]|电视台|電視台|通讯社|通訊社|周刊|客户端)"
"""What the names of papers, sites and agencies end with: the first sentence may follow at once."""
_SIZE = r"(?:特大|[大中小])"
_ITEM = lazy(
    rf"(?P<date>(?P<labelled>(?:{_DATES_PAGE})(?=[ :：])[ :：]{{1,3}})?{_DAY}(?:{_DAYS}){_HOURS})"
    rf"|(?P<label>{_LABEL} ?[:：]\s?(?:{_VALUE}{{1,20}}(?=[\s|｜/·•—–()（）-])|(?P<outlet>{_VALUE}{{1,12}}?{_OUTLET})"
    rf"|{_VALUE}{{1,20}}))"
    r"|(?P<count>(?:浏览|瀏覽|阅读|閱讀|点击|點擊|访问|人气|评论)(?:次数|次數|量|数|數)?\s?[:：]?\s?\d{1,9}\+?(?:\s?[次人])?)"
    rf"|(?P<size>[【\[]?\s?(?:字号|字號|字体|字體|文字大小)\s?[:：]?\s?[\[【]?{_SIZE}[\]】]?"
    rf"(?:[\s|]?[\[【]?{_SIZE}[\]】]?){{0,2}}(?:\s?[】\]])?)"
    r"|(?P<word>(?:打印|关闭|關閉|分享|收藏)(?:本页)?)"
    rf"|(?P<by>(?:(?:Written |Posted |Reported )?by|By|BY|{_BY_WORDS}):? {_NAME}"
    rf"(?:(?: and| et| und| y| e)? {_NAME}){{0,3}}?(?= ?[|·/,-]| (?:{_DAY}(?:{_DAYS})"
    r"|(?:Published|Posted|Updated|The|A|An|In|On|At|It|When|After|This|For|More|There)\b)))"
)
_START = lazy(
    r"(?<![\w.])(?=(?:19|20)\d\d ?[-/.年]|\d{1,2}[-/. ]|[A-Z][a-z]{2,8}\.?,? \d"
    r"|[发發更时時日来來稿出作记記编編责責撰文信新]"
    rf"|(?:(?:First |Last |Originally )?(?:Published|Posted|Updated|Date|Written|Reported|By|BY|by)|{_BY_WORDS})\b"
    r"|(?:Publi|Mis à|Actual|Veröff|Stand|Aktual|Pubbl|Aggior|Опубл|Обнов|Дата|Opubl|Data ))"
)
_OF_THE_WEB = lazy(r"199[5-9]|20\d\d")
_SEPARATOR = lazy(r"[\s|｜/·•,，—–()（）-]{1,8}")
_COMMAS = (",", "，")
"""What parts a value from the next label; if none follows, the value was the first clause of a sentence."""
_SEQUEL = lazy(r"[\w“\"‘「『《(（【\[]")


def publish_cuts(line: str, *, one_line_page: bool = False) -> tuple[int, ...]:
    """Return where a line is cut around a publish line that prose follows: before it (if it does not begin) and behind.

    Empty if there is none. It takes a date and what says that it dates the page (a label, an author, a source, a
    counter), or two of these without a date: a date alone may begin a sentence, but with the minute it does not on a
    page on one line. Linear: so many starts are tried.
    """
    reach = WITHIN_PAGE if one_line_page else WITHIN
    if len(line) < PROSE_UNITS or not _may_hold_one(line) or (len(line) <= SHORT and not ends_sentence(line)):
        return ()
    if _START.search(line, 0, reach) is None:
        return ()
    for _, start in zip(range(MOST_STARTS), _starts(line, reach), strict=False):
        end = _publish_end(line, start, one_line_page=one_line_page)
        if end is not None and _is_prose(line[end:]):
            return (start, end) if line[:start].strip() else (end,)
    return ()


def _may_hold_one(line: str) -> bool:
    """Tell quickly whether a line has what each publish line has: a year, or two labels."""
    return "20" in line or "19" in line or line.count(":") + line.count("：") > 1


def _starts(line: str, reach: int) -> Iterator[int]:
    """Yield the places, in the first ``reach`` characters, at which an item begins."""
    for found in _START.finditer(line, 0, reach):
        if _ITEM.match(line, found.start()):
            yield found.start()


def _publish_end(line: str, at: int, *, one_line_page: bool) -> int | None:
    """Return where what follows the publish line at ``at`` begins; None if it is no publish line."""
    kinds: list[str] = []
    in_a_clause = False
    for _ in range(MOST_ITEMS):
        item = _ITEM.match(line, at)
        if item is None or (item["date"] and "date" in kinds and not item["labelled"]):
            break
        blank = _SEPARATOR.match(line, item.end())
        if blank is None and not item["outlet"] and not _ends_before_capital(item):
            break
        kinds += [kind for kind in ("date", "labelled", "label", "count", "size", "by") if item[kind]]
        kinds += ["time"] if one_line_page and item["time"] and _OF_THE_WEB.search(item["date"]) else []
        at = blank.end() if blank else item.end()
        in_a_clause = bool(item["label"]) and line[item.end() : at].strip() in _COMMAS
    if in_a_clause:
        return None
    is_dated = "date" in kinds and len(kinds) > 1
    return at if (is_dated or kinds.count("label") > 1) and _SEQUEL.match(line, at) else None


def _ends_before_capital(item: re.Match[str]) -> bool:
    """Tell whether a date that is the page's ends right before a letter that begins a sentence: ``10:20The mill``."""
    sequel = item.string[item.end() : item.end() + 1]
    return bool(item["labelled"]) and sequel.isalpha() and not sequel.islower()


def _is_prose(rest: str) -> bool:
    """Tell whether what follows is running text; of a long one, its beginning holds a sentence."""
    return units(rest) >= PROSE_UNITS and (len(rest) > SHORT or ends_sentence(rest))
