"""Which charset bytes are in, by what their letters would cost in bits (a minimum description length).

Read as a charset of eight bits, a byte costs what its letter costs behind the one before it in the likeliest language
of that charset; read as one of two, a character costs what it costs in Chinese, Japanese or Korean. Signs between
letters, small letters before capitals, letters of two scripts in a word and bytes that are no character cost most. The
smallest sum wins; what is rarer on the Web than windows-1252 starts with a handicap, so that a byte or two decide
nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from cleanpage.text.lazy_regex import lazy

FIRST_LOOK, ENOUGH_BYTES = 20_000, 300
"""Bytes that are looked at, and how many beyond ASCII in their text are enough: else ``LOOKED_AT`` are looked at."""
LOOKED_AT, SAMPLED_BYTES = 200_000, 4_000
"""Bytes from which the sample is taken, and its length: 1,000 letters tell any two charsets of the bench apart."""
_MARKUP = lazy(
    rb"<(?:script|style)\b[^<]*+(?:<(?!/(?:script|style)\b)[^<]*+)*+(?:</[^<>]*>|\Z)|<[^<>]*>"
    rb"|(?<=[\x00-\x7f])[\x00-\x7f]{24,}(?=[\x00-\x7f])",
    re.IGNORECASE,
)
"""A script that does not end takes the rest: to look for an end from each of many takes the square of the time."""
_LATIN_1 = (
    "en", "de", "fr", "es", "pt", "it", "nl", "da", "no", "sv", "fi", "ca", "af", "sq", "id", "cy", "et",
)  # fmt: skip
_LATIN_2 = ("pl", "cs", "sk", "hu", "ro", "hr", "sl", "sq")
_CYRILLIC = ("ru", "bg", "uk", "mk")
SINGLE: dict[str, Sequence[str]] = {
    "cp1252": _LATIN_1, "cp1250": _LATIN_2, "iso8859-2": _LATIN_2, "cp1254": ("tr", "en", "de", "fr", "es"),
    "cp1257": ("lt", "lv", "et"), "cp1251": _CYRILLIC, "koi8-r": ("ru", "bg"), "koi8-u": ("ru", "uk"),
    "iso8859-5": _CYRILLIC, "mac-cyrillic": _CYRILLIC, "cp866": _CYRILLIC, "cp1253": ("el",), "iso8859-7": ("el",),
    "cp1255": ("he",), "cp1256": ("ar", "fa", "ur"), "cp874": ("th",),
}  # fmt: skip
"""Charsets of eight bits that are looked for, and the languages that are written in them."""
DOUBLE: dict[str, tuple[Sequence[str], str]] = {
    "gb18030": (["zh-cn", "zh-tw"], "gb2312"), "big5hkscs": (["zh-tw"], "big5"), "cp932": (["ja"], "shift_jis"),
    "euc_jp": (["ja"], "euc_jp"), "cp949": (["ko"], "euc_kr"),
}  # fmt: skip
"""Charsets of two bytes a character, their languages, and the smaller charset that holds their commoner characters."""
HANDICAP = {"cp1252": 0, "cp1250": 14, "iso8859-2": 14, "cp1254": 16, "cp1257": 16}
OTHER_HANDICAP = 30
"""Bits that a charset starts with: 2 or 3 letters that fit nothing else make up for Latin ones, 4 or 5 for others."""
LEAST_HIGH, LEAST_RUNS = 5, 3
"""Bytes beyond ASCII, and different pairs of such bytes, below which nothing but Latin letters is found."""
LEAST_LETTERS = 2
"""Different bytes beyond ASCII below which cp1252 is found, if they are not inside words: one may be a sign."""
FITS = 7.5
"""Bits a byte up to which a declared charset fits, whatever others would cost."""
STILL_FITS = 11.0
"""Bits a byte above which nothing is found but cp1252: the language is one of which no letters are known."""
CLEARLY, CLEARLY_EACH = 40.0, 1.5
"""Bits, and bits a byte, by which another charset must be cheaper to overrule a declared one."""
_ASCII = bytes(range(0x80))
_MARKS = frozenset("“”‘’„–—…«»©®·•°\xa0´ªº£×")
"""Signs that stand in texts of all sorts."""
MARK_COST, SIGN, WRONG = 7, 11, 20
"""Costs of such a sign, of a rarer one, and of what is no character of the charset."""
IN_A_WORD = 4
"""What a rarer sign, or a digit, costs more on each side where a letter stands."""
_DIGITS = b"0123456789"
CAPITAL = 5
"""What a capital behind a small letter costs more."""
UNSEEN, MIXED = 12, 17
"""Costs of a pair of letters that the language hardly has, and of two scripts in a word."""
PLAIN, BEHIND_SIGN = 5, 1
"""What an ASCII letter costs, and what is no letter, behind a sign."""
KANA_BEHIND_KANA = 2
"""What kana cost less behind kana: they stand in runs, which ideograms taken for kana do not."""
_KANA = lazy("[\u3041-\u3096\u30a1-\u30fa\u30fc](?=[\u3041-\u3096\u30a1-\u30fa\u30fc])")
_GLUED_LETTER = lazy(r"[A-Za-z](?=[\u3400-\u9fff\uac00-\ud7a3\uff61-\uff9f])")
"""A letter before an ideogram: mostly a letter with an accent, or an apostrophe, that was taken for half of it."""
COMMON_CHARACTER, RARE_CHARACTER, ODD_CHARACTER, FULL_WIDTH = 14, 17, 20, 8
"""Costs of characters of two bytes: of the smaller charset's first half, of the rest of it, beyond it; of marks."""


class Sample(NamedTuple):
    """What is looked at of some bytes."""

    data: bytes
    """Text without markup, or the bytes as they are if there is none beyond ASCII in the text."""
    high: int
    """How many bytes are beyond ASCII."""


class _Byte(NamedTuple):
    """What a byte is in a charset."""

    letter: str
    """The small letter, a space for everything else."""
    sign: int
    """What it costs if it is a sign beyond ASCII, 0 for letters and ASCII."""
    case: int
    """1 for a capital, -1 for a small letter that has one, 0 for others."""


def sample_of(raw: bytes) -> Sample:
    """Return what is looked at; in linear time, and no more of it than ``LOOKED_AT``."""
    data = _MARKUP.sub(b" ", raw[:FIRST_LOOK])
    if len(raw) > FIRST_LOOK and count_high(data) < ENOUGH_BYTES:
        data = _MARKUP.sub(b" ", raw[:LOOKED_AT])
    if data.isascii():
        data = raw[:LOOKED_AT]
    first = len(data) - len(data.lstrip(_ASCII))
    data = data[max(0, first - 1) : first + SAMPLED_BYTES]
    return Sample(data, count_high(data))


def count_high(data: bytes) -> int:
    """Return how many bytes are beyond ASCII."""
    return len(data.translate(None, _ASCII))


@lru_cache(maxsize=1)
def _pairs(data: bytes) -> dict[tuple[int, int], int]:
    """Return how often two bytes stand next to each other of which one at least is beyond ASCII."""
    counts = Counter(zip(b" " + data, data + b" ", strict=True))
    return {pair: count for pair, count in counts.items() if pair[0] > 0x7F or pair[1] > 0x7F}


def cost(sample: Sample, encoding: str) -> float:
    """Return how many bits the sample costs in an encoding, ASCII between ASCII left out; more is less likely."""
    if encoding in DOUBLE:
        return _double(sample.data, encoding)
    try:
        table = _byte_table(encoding)
    except (UnicodeError, LookupError):  # of several bytes, and none that is looked for
        return WRONG * sample.high
    found = _pairs(sample.data)
    pairs = [(table[a], table[b], count) for (a, b), count in found.items()]
    beside_digits = ((max(pair), count) for pair, count in found.items() if min(pair) in _DIGITS)
    signs = IN_A_WORD * sum(count for byte, count in beside_digits if table[byte].letter != " ")
    signs += sum(bits * count for one, other, count in pairs if (bits := _with_sign(one, other)))
    counts: Counter[tuple[str, int]] = Counter()
    for one, other, count in pairs:
        if not _with_sign(one, other):
            signs += CAPITAL * count if one.case < 0 < other.case else 0
            signs += IN_A_WORD * count if one.sign > MARK_COST else 0
            counts[one.letter + other.letter, _unseen(one.letter, other.letter)] += count
    known = [_letters()[language].get for language in SINGLE.get(encoding) or _letters()]
    return signs + min(sum(get(pair, unseen) * n for (pair, unseen), n in counts.items()) for get in known)


def cheapest(sample: Sample) -> tuple[str, float]:
    """Return the encoding that the sample most likely is in, and its cost."""
    found = _pairs(sample.data)
    runs = sum(one > 0x7F < other for one, other in found)
    names = ["cp1252"]
    if len({byte for pair in found for byte in pair if byte > 0x7F}) >= LEAST_LETTERS or _is_within_words(found):
        names += [name for name in SINGLE if name in HANDICAP]
    if sample.high >= LEAST_HIGH and runs >= LEAST_RUNS:
        names += [name for name in (*SINGLE, *DOUBLE) if name not in HANDICAP]
    costs = {name: cost(sample, name) for name in names}
    best = min(costs, key=lambda name: costs[name] + HANDICAP.get(name, OTHER_HANDICAP))
    best = best if costs[best] <= STILL_FITS * sample.high else "cp1252"
    return best, costs[best]


def _is_within_words(found: Iterable[tuple[int, int]]) -> bool:
    """Tell whether letters of ASCII stand before and behind bytes beyond it."""
    before = any(other > 0x7F > one and chr(one).isalpha() for one, other in found)
    return before and any(one > 0x7F > other and chr(other).isalpha() for one, other in found)


def fits(sample: Sample, encoding: str) -> bool:
    """Tell whether the bytes are good text in an encoding, so that no other needs to be tried."""
    return cost(sample, encoding) <= FITS * sample.high


@cache
def _charset_data() -> dict[str, dict[str, dict[str, str] | str]]:
    text = Path(__file__).with_name("letters.json").read_text(encoding="utf-8")
    data: dict[str, dict[str, dict[str, str] | str]] = json.loads(text)
    return data


def _by_character(groups: str) -> dict[str, int]:
    return {char: bits for bits, group in enumerate(groups.split("|")) for char in group}


@cache
def _letters() -> dict[str, dict[str, int]]:
    """Return for each language what the second letter of a pair costs; a space is what is no letter."""
    languages = {name: rows for name, rows in _charset_data()["letters"].items() if isinstance(rows, dict)}
    return {
        name: {a + b: bits for a, groups in rows.items() for b, bits in _by_character(groups).items()}
        for name, rows in languages.items()
    }


@cache
def _byte_table(encoding: str) -> tuple[_Byte, ...]:
    """Return what each byte is in a charset of eight bits."""
    return tuple(_byte(bytes([byte]).decode(encoding, "replace"), byte) for byte in range(256))


def _byte(char: str, byte: int) -> _Byte:
    if len(char) != 1:
        raise UnicodeError("a charset of several bytes")
    if char not in _MARKS and (char.isalpha() or category(char) == "Mn"):
        small = char.lower()
        return _Byte(small if len(small) == 1 else char, 0, (char != small) - (char != char.upper() and char == small))
    if byte < 0x80:
        return _Byte(" ", 0, 0)
    no_character = char == "\ufffd" or category(char) in ("Cc", "Co")
    return _Byte(" ", WRONG if no_character else MARK_COST if char in _MARKS else SIGN, 0)


def _with_sign(first: _Byte, second: _Byte) -> int:
    """Return what a pair costs in which a sign stands, 0 for two letters."""
    if second.sign:
        return second.sign + (IN_A_WORD if second.sign > MARK_COST and first.letter != " " else 0)
    if first.sign and second.letter.isascii():
        return BEHIND_SIGN if second.letter == " " else PLAIN + (IN_A_WORD if first.sign > MARK_COST else 0)
    return 0


def _unseen(first: str, second: str) -> int:
    """Return what a pair of letters costs that a language has seldom or never."""
    if second == " ":
        return PLAIN
    one, other = (char.isascii() or char < "\u0250" for char in (first, second))
    return MIXED if first != " " and one != other else UNSEEN


def _double(data: bytes, encoding: str) -> float:
    """Return what the characters of two bytes cost."""
    text = data.decode(encoding, "replace")
    languages, smaller = DOUBLE[encoding]
    beyond = [(char, count) for char, count in Counter(text).items() if not char.isascii()]
    total = min(sum(_character(char, name, smaller) * count for char, count in beyond) for name in languages)
    return total + IN_A_WORD * len(_GLUED_LETTER.findall(text)) - KANA_BEHIND_KANA * len(_KANA.findall(text))


@cache
def _ideogram_ranks(language: str) -> dict[str, int]:
    groups = _charset_data()["ideograms"][language]
    return _by_character(groups) if isinstance(groups, str) else {}


@lru_cache(maxsize=50_000)
def _character(char: str, language: str, smaller: str) -> int:
    if char == "\ufffd":
        return WRONG
    known = _ideogram_ranks(language).get(char)
    if known is not None:
        return known
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uff5e":
        return FULL_WIDTH
    try:
        first = char.encode(smaller)[0]
    except UnicodeError:
        return ODD_CHARACTER
    return COMMON_CHARACTER if first in _COMMON_ROWS[smaller] else RARE_CHARACTER


_COMMON_ROWS = {
    "gb2312": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7), "shift_jis": range(0x82, 0x99), "euc_jp": range(0xA4, 0xD0),
    "euc_kr": range(0xB0, 0xC9),
}  # fmt: skip
"""First bytes of the commoner ideograms and syllables, kana included."""
