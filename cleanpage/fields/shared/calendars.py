"""Dates in other digits and calendars: what they look like, and which Gregorian day they are.

The year tells the calendar: 1300 to 1430 is one of the Solar Hijri calendar of Iran and Afghanistan, 2470 to 2643 one
of the Buddhist Era. Days of the lunar Hijri calendar depend on who saw the moon: they are not read, and pages print
the Gregorian day beside them.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from cleanpage.fields.shared.months import months
from cleanpage.text.lazy_regex import lazy

JALALI_YEARS = range(1300, 1431)
BUDDHIST_YEARS, BUDDHIST_AHEAD = range(2470, 2644), 543
"""Years of the Buddhist Era, and how far ahead they are; before 1941 the year began in April, no page is as old."""
SHORT_BUDDHIST = 2500
"""What ``67`` is counted from in ``6 พ.ค. 67``."""
MONTH_STARTS = (0, 31, 62, 93, 124, 155, 186, 216, 246, 276, 306, 336)
"""Days of a Solar Hijri year before each month: six of 31 days, then 30; the last has 29 but in leap years."""
_DAY_BEFORE_1 = date(622, 3, 20).toordinal()

_ZEROS = "\u0660\u06f0\u0966\u0e50"
"""Zero in Arabic-Indic, Extended Arabic-Indic, Devanagari and Thai digits; each is followed by the other nine."""
_WESTERN = {chr(ord(zero) + n): str(n) for zero in _ZEROS for n in range(10)} | {"،": ","}
_OTHER = lazy(f"[{''.join(_WESTERN)}]")
_THAI_HOUR = lazy(r"(?<![\d.])(\d\d?)\.(?=[0-5]\d ?น)")

_SCRIPT_LETTERS = ("ا", "ו", "र", "น")
"""Letters of which every page in one of the scripts holds one."""
_SCRIPTS = lazy("[\u0590-\u0eff]")
_MARKS = (
    "۱", "۲۰", "٢٠", "١٩", "२०", "१९", "๑๙", "๒", "คม", "ยน", "พันธ์", ".ค", ".ย", ".พ", "13", "14", "ו", "י",
)  # fmt: skip
"""Literals one of which every line with such a date holds, but for those in ASCII (``_NUMERIC``) and with ``19, 20``.

The last two, the commonest letters of Hebrew, stand for ``06.05.24``."""
_NUMERIC = lazy(r"(?<!\d)(?:1[34]\d\d/[01]?\d/[0-3]?\d|[0-3]?\d/[01]?\d/25\d\d)(?!\d)")

_D, _M = r"(?P<d>3[01]|[12]\d|0?[1-9])", r"(?P<m>1[0-2]|0?[1-9])"
_Y = r"(?P<y>(?:19|20|1[34]|2[456])\d\d)(?!\d)"
_ERA = r"(?:(?:พุทธศักราช|พ\. ?ศ\.|ค\. ?ศ\.|พศ|ปี|(?:من )?(?:عام|سنة)|سال) ?)?"
_NUMBERS = frozenset("/-.")


def _names(first: str = "\u0590", last: str = "\u0eff") -> str:
    """Return a pattern for the months of these scripts: letters bear marks there, which no class of letters holds."""
    names = sorted((name for name in months() if first <= name[0] <= last), key=lambda name: (-len(name), name))
    return f"(?:{'|'.join(map(re.escape, names))})"


def _thai() -> str:
    return _names("\u0e00", "\u0e7f")


_NUMERIC_FORMS = (
    (_NUMBERS, lazy(rf"(?<![\d/.-])(?P<y>1[34]\d\d)(?P<s>/|[.-](?=\d\d\D\d\d)){_M}(?P=s){_D}(?!\d)")),
    (_NUMBERS, lazy(rf"(?<![\d/.-]){_D}(?P<s>[/.-]){_M}(?P=s)(?P<y>25\d\d)(?!\d)")),
)
"""Those that are told from other numbers in ASCII, too."""
_FORMS: tuple[tuple[frozenset[str] | None, re.Pattern[str]], ...] = (
    (
        None,
        lazy(
            lambda: (
                rf"(?<![\d.]){_D}(?: من(?= ))? ?(?P<name>{_names()})(?: ?/ ?{_names()})?(?:[ \u200c]?ماه)?"
                rf"[,.]? ?{_ERA}{_Y}"
            )
        ),
    ),
    (None, lazy(lambda: rf"(?<!\w)(?P<name>{_names()}) {_D},? {_Y}")),
    (frozenset("คยพ"), lazy(lambda: rf"(?<![\d.]){_D} ?(?P<name>{_thai()})\.? ?(?P<be>[4-9]\d)(?![\d.:])")),
    *_NUMERIC_FORMS,
    (_NUMBERS, lazy(rf"(?<![\d/.-]){_D}(?P<s>[/.-]){_M}(?P=s)(?P<y>1[34]\d\d)(?!\d)")),
    (frozenset(map(chr, range(0x5D0, 0x5EB))), lazy(rf"(?<![\d./]){_D}(?P<s>[./]){_M}(?P=s)(?P<yy>[0-4]\d)(?![\d./])")),
)
"""Characters one of which a text with such a date holds, None for a letter of a month, and the form."""


def other_forms(folded: str) -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """Return the forms that a folded text may hold: few if it is in ASCII, none in the scripts of other languages."""
    if folded.isascii():
        return _NUMERIC_FORMS if "/" in folded else ()
    return _forms() if _SCRIPTS.search(folded) else ()


@cache
def _forms() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """Return the forms of these dates; each only occurs in texts that hold one of the characters before it."""
    letters = frozenset(name[0] for name in months() if "\u0590" <= name[0] <= "\u0eff")
    return tuple((letters if marks is None else marks, pattern) for marks, pattern in _FORMS)


def in_other_script(text: str) -> bool:
    """Tell whether a page may hold dates of these forms: one answer for all its blocks, which are many."""
    return any(letter in text for letter in _SCRIPT_LETTERS)


def may_hold_other_date(folded: str) -> bool:
    """Tell whether a folded text without ``19`` and ``20`` may hold a date of these forms; takes a microsecond."""
    if folded.isascii():
        return "/" in folded and _NUMERIC.search(folded) is not None
    return any(map(folded.__contains__, _MARKS))


def western(folded: str) -> str:
    """Return a folded text with ASCII digits for those of other scripts, character by character (same offsets)."""
    digits = _OTHER.sub(lambda match: _WESTERN[match[0]], folded)
    return _THAI_HOUR.sub(r"\1:", digits) if "น" in digits else digits


def gregorian(year: int, month: int, day: int) -> date | None:
    """Return the day that year, month and day name in the calendar of the year; None if there is no such day.

    Of the Solar Hijri calendar a year is leap if 25 times the year plus 11 leaves less than 8 modulo 33: the rule of
    Omar Khayyam's cycle, which agrees with the equinoxes of 1206 to 1498 (Borkowski, *The Persian calendar for 3000
    years*, 1996). So ``n`` years have ``(8 n + 29) // 33`` leap days.
    """
    if year in JALALI_YEARS and 1 <= month <= 12:
        first = _DAY_BEFORE_1 + 365 * (year - 1) + (8 * (year - 1) + 29) // 33
        length = 31 if month <= 6 else 30 if month < 12 or (25 * year + 11) % 33 < 8 else 29
        return date.fromordinal(first + MONTH_STARTS[month - 1] + day) if 1 <= day <= length else None
    try:
        return date(year - BUDDHIST_AHEAD if year in BUDDHIST_YEARS else year, month, day)
    except ValueError:
        return None
