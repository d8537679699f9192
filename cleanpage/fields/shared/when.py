"""Dates as pages print them, to ISO 8601 at the precision printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.fields.shared import calendars
from cleanpage.fields.shared.months import months
from cleanpage.languages import any_of, any_phrase, gathered
from cleanpage.text.lazy_regex import lazy

FIRST_YEAR, LAST_YEAR = 1949, 2100
"""Papers on government sites are as old as 1949; what is later than 2100 is a number, not a year."""

_Y, _M, _D = r"(?P<y>(?:19|20)\d\d)", r"(?P<m>1[0-2]|0?[1-9])", r"(?P<d>3[01]|[12]\d|0?[1-9])"
_HAN = "〇零○一二三四五六七八九十"
_NAME = r"(?P<name>[^\W\d_]{3,12}+)\.?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|\.)?"

_DASH, _SLASH, _DOT, _OF_YEAR, _ERA, _HAN_YEAR, _MONTH, _DAY = (1 << bit for bit in range(8))
_SIGNS = {_DASH: "-", _SLASH: "/", _DOT: ".", _OF_YEAR: "年년", _ERA: "令平民", _HAN_YEAR: "一二", _MONTH: "á"}
"""Letters and marks one of which dates of a form hold; ``_DAY``: a number that may be a day."""
_YEARS = 8
"""From this bit on ``date_signs`` counts."""


_DATES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (_DASH | _SLASH | _DOT, lazy(rf"(?<!\d){_Y} ?[-/.] ?{_M} ?[-/.] ?{_D}(?!\.?\d)")),
    (_OF_YEAR, lazy(rf"(?<!\d){_Y} ?[年년](?:\([^\W\d]{{2}}\d{{1,2}}年\))? ?{_M} ?[月월](?: ?{_D} ?[日号일])?")),
    (
        _ERA,
        lazy(rf"(?P<era>令和|平成|民国|民國) ?(?P<n>\d{{1,3}}|元|[{_HAN}百]{{1,6}}) ?年 ?{_M} ?月 ?{_D} ?日"),
    ),
    (_OF_YEAR, lazy(rf"(?<![\d元前])(?P<roc>1[0-3]\d) ?年 ?{_M} ?月 ?{_D} ?日")),
    (_HAN_YEAR, lazy(rf"(?P<hy>[二一][{_HAN}]{{3}})年(?P<hm>[{_HAN}]{{1,3}})月(?:(?P<hd>[{_HAN}]{{1,3}})日)?")),
    (
        _ERA,
        lazy(rf"(?P<era>民国|民國) ?(?P<n>[{_HAN}百]{{1,6}})年(?P<hm>[{_HAN}]{{1,3}})月(?P<hd>[{_HAN}]{{1,3}})日"),
    ),
    (_MONTH, lazy(rf"(?<!\d){_D} tháng {_M}(?:,|,? năm)? {_Y}(?!\d)")),
    (_DOT, lazy(rf"(?<![\d.]){_D}\. ?{_M}\. ?{_Y}(?!\d)")),
    (_DASH | _SLASH, lazy(rf"(?<![\d/])(?P<a>\d\d?)(?P<s>[/-])(?P<b>\d\d?)(?P=s){_Y}(?!\d)")),
)
"""The signs one of which a date of the form holds, and the form."""
_NAMED: tuple[re.Pattern[str], ...] = (
    lazy(
        rf"(?<![\d.]){_D}{_ORDINAL}(?: (?:de|of)(?= ))? ?[ ./-]? ?{_NAME},?(?: (?:de|del))? ?[ ./,-]? ?{_Y}(?!\d)"
    ),
    lazy(rf"(?<![^\W\d_]){_NAME} {_D}(?:st|nd|rd|th)?,? {_Y}(?!\d)"),
    lazy(rf"(?<!\d){_Y}[.,]? {_NAME} {_D}(?![\d:])"),
)
"""Those that name the month."""
_WORD = lazy(r"[^\W\d_]+")
NUMERIC = lazy(r"(?<![\d/-])(\d\d?)([/-])(\d\d?)\2(?:19|20)\d\d(?!\d)")
"""Dates whose year comes last, and whose order has to be told: ``3/4/2022``."""
_SHORT = lazy(
    r"\W{0,3}(?P<first>(?P<yy>[0-4]\d)|(?P<roc>1[0-3]\d))(?P<s>[-/.])"
    r"(?P<m>0\d|1[0-2])(?P=s)(?P<d>[0-2]\d|3[01])(?= |$|\]|\)|\d\d:)"
)
_A_YEAR = lazy(r"(?:19|20)\d\d(?: ?年)?|年")
_A_DAY = lazy(r"(?<!\d)\d\d?(?!\d)")
"""Day or month, which stand apart in all of ``_DATES`` and ``_NAMED`` but those in ideograms, which hold ``年``."""
_TIME = lazy(
    lambda: (
        rf"(?:t|(?:\.(?=[ ,]))?(?: ?\([月火水木金土日]\))?"
        rf"(?: ?[,|·/-])? ?(?P<at>(?:{any_phrase(lambda language: language.at)},? ){{1,2}})?)"
        r"(?P<half>上午|下午|晚上|오전|오후|午前|午后)? ?"
        r"(?P<h>[01]?\d|2[0-4])(?: ?[:点點時时h시] ?|\.(?=\d\d ?(?:uhr|wita?|wib)\b)|(?P<dot>\.))(?P<min>[0-5]\d)(?!\d)"
        r"(?: ?[:分분] ?(?P<s>[0-5]\d)(?!\d))?(?:\.\d{1,6})? ?[分秒분초]?"
        r"(?: ?(?:(?P<ampm>[ap])\.?m\b\.?|(?P<late>مساء|م(?!\w))))?"
    )
)
MAX_BEFORE = 24
"""Characters before a date in which the time of day may stand."""
_TIME_BEFORE = lazy(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?: ?(?P<ampm>[ap])\.?m\.?)?(?: ?uhr| ?[a-z]{3,4}(?=,))?"
    r"(?: ?[,|·]| on| am|, den| -)? {1,2}(?:[^\W\d_]{2,9}\.?,? )?$"
)
_ZONE = lazy(
    r" ?(?:(?P<utc>[+-]\d\d):?(?P<off>[0-5]\d)(?!\d)"
    r"|\(?(?:gmt|utc) ?(?P<sign>[+-])0?(?P<hours>1[0-4]|\d)(?::?(?P<rest>[0-5]\d))?(?!\d)\)?"
    r"|\(?(?P<word>z|[a-z]{3,4}|北京时间)\b\)?)"
)
_ZONES = {
    "z": "Z", "utc": "Z", "gmt": "Z", "北京时间": "+08:00", "hkt": "+08:00", "sgt": "+08:00", "jst": "+09:00",
    "kst": "+09:00", "msk": "+03:00", "eet": "+02:00", "eest": "+03:00", "cet": "+01:00", "cest": "+02:00",
    "mez": "+01:00", "mesz": "+02:00", "bst": "+01:00", "est": "-05:00", "edt": "-04:00", "pst": "-08:00",
    "pdt": "-07:00", "mst": "-07:00", "mdt": "-06:00", "cdt": "-05:00", "aest": "+10:00", "aedt": "+11:00",
    "wib": "+07:00", "wita": "+08:00", "wit": "+09:00",
}  # fmt: skip
"""Printed zones; ``CST`` and ``IST`` mean several and are left out."""

_RELATIVE = lazy(lambda: any_of(lambda language: language.ago))


@cache
def ago_marks() -> tuple[str, ...]:
    """Return literals one of which each relative date holds."""
    return gathered(lambda language: language.ago_marks)


_ERA_START = {"令和": 2018, "平成": 1988, "民国": 1911, "民國": 1911}
_HAN_DIGIT = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


class When(NamedTuple):
    """One date found in a folded text."""

    iso: str
    """ISO 8601 at the precision printed; empty for a relative one (``9 小时前``)."""
    start: int
    """First character of the printed date."""
    end: int
    """One past the last, time and zone included."""

    @property
    def has_time(self) -> bool:
        """Whether a time of day is printed."""
        return "T" in self.iso


def find_dates(folded: str, *, day_first: bool | None = None) -> list[When]:
    """Return the valid dates of a folded text in order; each with the time and zone that follow it.

    ``day_first`` tells how ``3/4/2022`` is to be read; None leaves it unread.
    """
    found: list[When] = []
    other = calendars.other_forms(folded)
    if other and not may_hold_date(folded):
        return found
    text = calendars.western(folded) if other else folded
    signs = date_signs(text)
    years = signs >> _YEARS
    if not (years or other):
        return found
    forms: list[re.Pattern[str]] = []
    if years and signs & _DAY and (other or text.islower()) and _names_month(text):
        forms += _NAMED
    if years and (signs & _DAY or "年" in text):
        forms += [form for held, form in _DATES if held & signs]
    for form in (*forms, *[form for marks, form in other if not marks.isdisjoint(text)]):
        if len(found) == years and not other:  # each has one
            break
        for match in form.finditer(text):
            day = _day(match.groupdict(), day_first)
            if day is not None:
                found.append(_with_time(text, day, match.start(), match.end()))
    found.sort(key=lambda when: (when.start, -when.end))
    return list(_without_overlaps(found))


@twin("fields")
def date_signs(text: str) -> int:
    """Return which ``_SIGNS`` a text holds, and whether a ``_DAY``; from bit ``_YEARS`` on, how many years it names."""
    held = sum(sign for sign, letters in _SIGNS.items() if not set(letters).isdisjoint(text))
    return held | _DAY * (_A_DAY.search(text) is not None) | len(_A_YEAR.findall(text)) << _YEARS


def _names_month(text: str) -> bool:
    """Tell whether a folded text holds the name of a month, behind an ordinal's letters if need be: ``6thmay``."""
    words, names = _WORD.findall(text), months().keys()
    return not (names.isdisjoint(words) and all(names.isdisjoint([word[cut:] for word in words]) for cut in (2, 1)))


def find_short_date(folded: str) -> When | None:
    """Return the date with a short year that a folded text begins with: ``18-03-08 23:16``, ``107-03-08`` in Taiwan.

    Only a Chinese label can tell that it is one, and that the year comes first.
    """
    match = _SHORT.match(folded)
    day = _day(match.groupdict(), None) if match else None
    return _with_time(folded, day, match.start("first"), match.end()) if match and day else None


def may_hold_date(folded: str) -> bool:
    """Tell whether ``find_dates`` may find anything, several times as fast as it does."""
    return may_hold_usual_date(folded) or calendars.may_hold_other_date(folded)


def may_hold_usual_date(folded: str) -> bool:
    """Tell the same of dates in ASCII digits and of the Gregorian calendar, as most pages have them."""
    return "20" in folded or "19" in folded or "年" in folded


def day_comes_first(folded: Iterable[str]) -> bool | None:
    """Tell by the dates of a page that can be read in one way only (``25/4/2022``) how it writes the others."""
    told = [
        int(day) > int(month) for text in folded for day, _, month in NUMERIC.findall(text) if _tells_order(day, month)
    ]
    return sum(told) * 2 > len(told) if told else None


def find_relative(folded: str) -> When | None:
    """Return the first relative date (``3 hours ago``), which only the page's reader could resolve."""
    match = _RELATIVE.search(folded) if any(map(folded.__contains__, ago_marks())) else None
    return When("", match.start(), match.end()) if match else None


def han_number(text: str) -> int:
    """Return the value of a Chinese numeral below 1000: ``二十二``, ``一百一十三``, digit by digit ``二〇二二``."""
    if not set(text) & {"十", "百"}:
        return int("".join(str(_HAN_DIGIT[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += max(digit, 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGIT[char]
    return total + digit


def _without_overlaps(found: list[When]) -> Iterator[When]:
    end = -1
    for when in found:
        if when.start >= end:
            yield when
            end = when.end


def _tells_order(a: str, b: str) -> bool:
    small, large = sorted((int(a), int(b)))
    return 1 <= small <= 12 < large <= 31


def _day(groups: dict[str, str | None], day_first: bool | None) -> str | None:
    year, month, day = _year(groups), _month(groups), _day_of_month(groups)
    if groups.get("a"):
        month, day = _by_range(int(groups["a"] or 0), int(groups["b"] or 0), day_first)
    if day is None:
        return f"{year:04}-{month:02}" if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else None
    found = calendars.gregorian(year, month, day)
    return found.isoformat() if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _year(groups: dict[str, str | None]) -> int:
    if year := groups.get("y"):
        return int(year)
    if groups.get("era"):
        n = groups["n"] or "0"
        count = 1 if n == "元" else int(n) if n.isdecimal() else han_number(n)
        return _ERA_START[groups["era"] or ""] + count
    if groups.get("hy"):
        told = han_number(groups["hy"] or "")
        return told if told in range(FIRST_YEAR, LAST_YEAR + 1) else 0
    if groups.get("roc"):
        return _ERA_START["民国"] + int(groups["roc"] or 0)
    if groups.get("be"):
        return calendars.SHORT_BUDDHIST + int(groups["be"] or 0)
    return 2000 + int(groups["yy"] or 0) if groups.get("yy") else 0


def _month(groups: dict[str, str | None]) -> int:
    if groups.get("name"):
        return months().get(groups["name"] or "", 0)
    if groups.get("hm"):
        return han_number(groups["hm"] or "")
    return int(groups.get("m") or 0)


def _day_of_month(groups: dict[str, str | None]) -> int | None:
    if groups.get("hd"):
        return han_number(groups["hd"] or "")
    return int(groups["d"] or 0) if groups.get("d") else None


def _by_range(a: int, b: int, day_first: bool | None) -> tuple[int, int]:
    """Return month and day of ``a/b/2022``, (0, 0) if two readings are possible and none is given."""
    if a > 12 >= b or a == b:
        return b, a
    if b > 12 >= a:
        return a, b
    if day_first is None:
        return 0, 0
    return (b, a) if day_first else (a, b)


def _with_time(folded: str, day: str, start: int, end: int) -> When:
    time = _TIME.match(folded, end) if len(day) == 10 else None
    zone, behind = _zone(folded, time.end()) if time else ("", end)
    if time is None or (time["dot"] and not time["at"] and not zone):  # 10.15 alone may be a price
        return _with_time_before(folded, day, start, end) if len(day) == 10 else When(day, start, end)
    hour = int(time["h"])
    if hour < 12 and (time["ampm"] == "p" or time["late"] or time["half"] in ("下午", "晚上", "오후", "午后")):
        hour += 12
    elif hour == 12 and time["ampm"] == "a":
        hour = 0
    if hour > 23:
        return When(day, start, end)
    clock = f"{day}T{hour:02}:{time['min']}" + (f":{time['s']}" if time["s"] else "")
    if not zone and folded[max(0, start - 5) : start].rstrip().endswith("北京时间"):
        zone = "+08:00"
    return When(clock + zone, start, behind)


def _with_time_before(folded: str, day: str, start: int, end: int) -> When:
    """Return a day with the time that is printed before it: ``06:30, 22 September 2021``."""
    begin = max(0, start - MAX_BEFORE)
    colon = folded.rfind(":", begin, start)  # of a time the last one
    time = _TIME_BEFORE.search(folded, begin, start) if colon >= 0 and folded[colon + 1].isdecimal() else None
    if time is None:
        return When(day, start, end)
    hour = (
        int(time["h"])
        + 12 * (time["ampm"] == "p" and int(time["h"]) < 12)
        - 12 * (time["ampm"] == "a" and time["h"] == "12")
    )
    return When(f"{day}T{hour:02}:{time['min']}", time.start(), end)


def _zone(folded: str, at: int) -> tuple[str, int]:
    match = _ZONE.match(folded, at)
    if match is None:
        return "", at
    if match["utc"]:
        zone = f"{match['utc']}:{match['off']}"
    elif match["sign"]:
        zone = f"{match['sign']}{match['hours']:0>2}:{match['rest'] or '00'}"
    else:
        zone = _ZONES.get(match["word"], "")
    return (zone, match.end()) if zone else ("", at)
