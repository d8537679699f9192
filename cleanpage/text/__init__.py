"""Pure string helpers that mean the same in every script."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cleanpage._native import twin
from cleanpage.text.han import SIMPLIFIED
from cleanpage.text.lazy_regex import lazy

_MORE_VARIANTS = "佈布遊游録录夥伙讚赞徵征週周裡里"
"""Pairs that Unihan does not list as simplifications, for the old form is used beside the new one; lines of chrome have
both for one word (發佈, 发布)."""
_MARKS = {
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\t": " ",
    "\n": " ", "\r": " ",
    "【": "[", "】": "]", "〔": "[", "〕": "]", "［": "[", "］": "]", "﹝": "[", "﹞": "]", "「": "[", "」": "]",
    "︰": ":", "﹕": ":", "∶": ":", "︱": "|", "│": "|", "丨": "|", "┃": "|", "╱": "/", "｜": "|", "¦": "|",
    "›": ">", "»": ">", "→": ">", "＞": ">", "〉": ">", "▶": ">", "►": ">", "«": "<", "‹": "<", "←": "<",
    "·": "·", "・": "·", "•": "·", "‧": "·", "∙": "·", "●": "·", "．": ".",
    "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "−": "-", "﹣": "-", "－": "-", "‒": "-",
    "“": '"', "”": '"', "‘": "'", "’": "'", "〈": "<",
}  # fmt: skip


SIMPLE_TABLE = dict(zip(SIMPLIFIED[::2], SIMPLIFIED[1::2], strict=True))


def _fold_table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table.update({ord(old): new for old, new in SIMPLE_TABLE.items()})
    table.update({ord(old): new for old, new in zip(_MORE_VARIANTS[::2], _MORE_VARIANTS[1::2], strict=True)})
    table.update({ord(old): new for old, new in _MARKS.items()})
    # Every character must fold to exactly one, or offsets would move; only İ and few others lower to two.
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00)):
        lower = chr(code).lower()
        if len(lower) == 1 and lower != chr(code):
            table[code] = lower
    table.update({code: table[code].lower() for code in range(0xFF21, 0xFF3B)})
    table.update({0x130: "i", 0x131: "i"})  # of Turkish: in capitals I may be either
    return table


FOLD_TABLE = _fold_table()
"""What ``fold`` makes of the code point of a character; the kernels read it too."""
_FOLDING = lazy(lambda: f"[{re.escape(''.join(map(chr, FOLD_TABLE)))}]")
"""Search and replace takes a third of ``str.translate``: that raises and drops an error for every other character."""
_HAN = lazy(f"[{SIMPLIFIED[::2]}]")
_DROP = lazy("[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")
_DROPPED = lazy(lambda: f"[{_DROP.pattern[1:-2]}\ud800-\udfff]")
_SURROGATE = lazy("[\ud800-\udfff]")
SIGNS = "\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
"""Vowels and other signs of Hebrew, Arabic, Devanagari and Thai, and the joiners, for a class of characters: they are
parts of words, but not ``\\w``."""
_WIDE = lazy(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]+"
)
_LETTERS_PER_IDEOGRAM = 3.0
"""An ideogram carries about as much as three letters or marks of an alphabet (translated texts: 3.0 to 3.6)."""

UNSTOPPED_UNITS = 27.0
"""Where no stop tells a sentence from a headline, its length does: 81 letters."""
_QUOTED = frozenset("\"”’)")
"""What may stand behind such a sentence."""
SENTENCE_END = lazy(
    r"[。！？!?…；;.．｡։।؟۔॥᙮♡♥♪〜～☀-➿\U0001f300-\U0001faff]"
    r"(?:[\"'”’“»›«‹」』）)\]】》*\d\[\ufe0f\u200d]|[ \xa0\u202f][»›])*$"
)
"""What the last sentence of a paragraph ends with, in any script; in posts an emoji stands for the stop. German quotes
close with ``“`` or ``«``, French ones with a blank before ``»``."""


@twin("text")
def fold(text: str) -> str:
    """Return ``text`` for matching, character by character (same length, same offsets).

    Full-width forms become ASCII, brackets ``[ ]``, arrows ``>``, dashes ``-``, every blank a space, letters lower
    case, and traditional characters simplified (Unihan's ``kSimplifiedVariant``).
    """
    return text.translate(FOLD_TABLE) if text.isascii() else _FOLDING.sub(lambda found: FOLD_TABLE[ord(found[0])], text)


@twin("text")
def simplify(text: str) -> str:
    """Return ``text`` with every traditional character simplified (same length), and nothing else changed."""
    return text if text.isascii() else _HAN.sub(lambda found: SIMPLE_TABLE[found[0]], text)


def traditional_share(text: str) -> float:
    """Return the share of the characters of ``text`` that are traditional and have a simplified form."""
    return len(_HAN.findall(text)) / max(len(text), 1)


@twin("text")
def fold_all(texts: Sequence[str]) -> list[str]:
    """Return ``fold`` of each text; the texts are normalised, so none holds a NUL or a blank but the space."""
    wide = [text for text in texts if not text.isascii()]
    folded = iter(fold("\0".join(wide)).split("\0"))
    return [text.lower() if text.isascii() else next(folded) for text in texts]


@twin("text")
def normalise(text: str) -> str:
    """Return ``text`` on one line: blanks folded to single spaces, zero-width and control characters dropped."""
    return " ".join(_DROP.sub("", replace_surrogates(text)).split())


def verbatim(text: str) -> str:
    """Return ``text`` with its blanks and lines as they are: line ends are line feeds, lone surrogates replaced."""
    return replace_surrogates(text.replace("\r\n", "\n").replace("\r", "\n"))


@twin("text")
def normaliser(page: str) -> Callable[[str], str]:
    """Return the cheapest function that equals ``normalise`` on every part of ``page``."""
    return normalise if _DROPPED.search(page) else _fold_blanks


def replace_surrogates(text: str) -> str:
    """Return ``text`` with U+FFFD for each lone surrogate."""
    return _SURROGATE.sub("\ufffd", text) if has_surrogates(text) else text


def has_surrogates(text: str) -> bool:
    """Tell whether ``text`` holds lone surrogates: halves of characters that were decoded wrongly."""
    try:
        text.encode()  # several times faster than a search for them
    except UnicodeEncodeError:
        return True
    return False


def _fold_blanks(text: str) -> str:
    return " ".join(text.split())


@twin("text")
def is_blank(text: str) -> bool:
    """Tell whether ``text`` shows nothing: only blanks, controls and zero-width characters."""
    return not text or text.isspace() or not normalise(text)


@twin("text")
def units(text: str) -> float:
    """Return the length of ``text`` in ideograms: CJK, kana and hangul count 1, everything else a third."""
    if text.isascii():
        return len(text) / _LETTERS_PER_IDEOGRAM
    return _units(len(text), len(_WIDE.sub("", text)))


@twin("text")
def units_all(texts: Sequence[str]) -> list[float]:
    """Return ``units`` of each text; the texts are normalised, so none holds a line feed."""
    wide = [text for text in texts if not text.isascii()]
    narrow = map(len, _WIDE.sub("", "\n".join(wide)).split("\n"))
    return [len(text) / _LETTERS_PER_IDEOGRAM if text.isascii() else _units(len(text), next(narrow)) for text in texts]


def _units(size: int, narrow: int) -> float:
    return size - narrow + narrow / _LETTERS_PER_IDEOGRAM


def is_cjk(char: str) -> bool:
    """Tell whether ``char`` is an ideogram, kana or hangul."""
    return _WIDE.match(char) is not None


@twin("text")
def ends_sentence(text: str) -> bool:
    """Tell whether ``text`` ends as a finished sentence does (closing quotes and brackets may follow)."""
    return not text[-1:].isalpha() and SENTENCE_END.search(text[-12:]) is not None


def is_unstopped(text: str, size: float) -> bool:
    """Tell whether a text of ``size`` ideograms is running text without a stop at its end.

    Thai and Lao have none, and none before a quotation mark; Japanese has none before ``」``: there a sentence must end
    within the text.
    """
    if size < UNSTOPPED_UNITS:
        return False
    last = text[-2:-1] if text[-1] in _QUOTED else text[-1]
    return "\u0e00" < last < "\u0eff" or (text[-1] in "」』" and "。" in text)
