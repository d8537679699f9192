"""Pages that somebody has decoded with the wrong encoding, some twice: ``±±¾©`` is 北京, ``fÃ¼r`` is für."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.load.bounds import DECLARED_WITHIN
from cleanpage.load.encodings import declared
from cleanpage.text.lazy_regex import lazy

MOJIBAKE_WARNING = "mojibake: the text had been decoded with the wrong encoding; it was repaired as {}"
_CP1252 = {ord(char): byte for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}
_LATIN_9 = {ord(bytes([byte]).decode("iso8859-15")): byte for byte in range(0xA0, 0x100)}
MISREAD_AS = (_CP1252, {**_CP1252, **_LATIN_9})
"""What bytes are taken for by those who do not ask, as tables from characters to bytes; Latin-1 is in both, and pages
in Latin-9 hold characters of cp1252 as well."""
IN_A_ROW = 4
"""So many letters with accents seldom stand in a row in any language that is written with them."""
SHARE = 0.5
"""A page has been misread if at least this share of its characters beyond ASCII stands in such runs."""
FEWEST_MISREAD = 3
"""Fewest letters in them all: the dots of a table of contents (``····``) are one."""
MOST_LEFT = 0.2
"""Share of characters beyond ASCII that may not fit the right encoding, and stay: the wrong one has lost some bytes. Of
a page about such errors, which prints ``ü`` beside ``Ã¼`` and ``’`` beside ``â€™``, a quarter to a third stays."""
LEAST_IN_WORDS, IN_WORDS = 2, 0.5
"""Fewest characters of misread UTF-8 that stand at a letter, as in ``fÃ¼r``, and as a share of those that are none of
Latin-1's blanks and marks, of which menus are full: a page that speaks of ``â€™`` has it between blanks, quotation
marks or tags."""
MOST_RARE = 0.4
"""Share of characters beyond ASCII that are no ideograms of GB 2312 level 1 in a text in GB 18030: marks mostly."""
TIMES_DECODED = 2
"""So often a page is decoded again."""
LATIN, MISREAD_SHARE = 0.1, 100_000
"""Least share of such bytes, and how many characters are looked at."""
_SPECIAL = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What cp1252 and ISO 8859-15 have beyond Latin-1."""
_MISREAD_RUN = lazy(f"[\x80-\xff{_SPECIAL}]{{{IN_A_ROW},}}")
_NEXT_BYTE = f"[\x80-\xbf{_SPECIAL}]"
_UTF_8 = lazy(
    f"[\xc2-\xf4](?:(?<=[\xc2-\xdf]){_NEXT_BYTE}|(?<=[\xe0-\xef]){_NEXT_BYTE}{{2}}|(?<=[\xf0-\xf4]){_NEXT_BYTE}{{3}}"
    '|(?P<lost>(?<=â)€\ufffd?(?=[\\s.,;:!?)<"]|$)|(?<=[ÃÂ]) (?=[ .,;:!?)])|(?<=[ÃÂ])(?=\\s|$)))'
)
"""A character of UTF-8, also one whose last byte got lost as a control character or a blank. It begins with one class:
of pages with letters of Latin-1, one in five, it walks the whole."""
_FIRST, _FOLLOWING = bytes(range(0xC2, 0xF5)), bytes(range(0x80, 0xC0))
_ENTITIES = lazy(r"&(?:acirc|atilde|#(?:19[45]|226|x(?:c[23]|e2)));?", re.IGNORECASE)
"""Entities of what a misread character of UTF-8 begins with, in letters with accents and in quotation marks."""
_ENTITY = lazy(r"&(?:[A-Za-z]{2,8}|#\d{3,5}|#[Xx][\dA-Fa-f]{2,4});?")
_LOST = {"â": "”", "Ã": "à", "Â": ""}
_BEFORE_TAG = lazy(r"(?=[<\n])")
"""Pieces are decoded one by one; no encoding has these bytes inside a character."""
_ASCII = bytes(range(0x80))
_BLANKS_FOR_ASCII = b" " * 0x80 + bytes(range(0x80, 0x100))
_LEVEL_1 = bytes(range(0xB0, 0xD8))


class Reading(NamedTuple):
    """One way to read a page again; the smaller the better."""

    odd: float
    """Share of the characters beyond ASCII that stay as they were, or are rare in the language that is written so."""
    rank: int
    """How much less it says that the bytes fit the encoding."""
    encoding: str
    text: str


def repaired(raw: str) -> tuple[str, str | None]:
    """Return a page as it was meant, and the encoding that tells it; None for one that nobody has misread.

    Entities of characters beyond ASCII count as these: ``&acirc;&euro;&trade;``.
    """
    given, found = raw, None
    if _ENTITIES.search(raw):
        raw = _ENTITY.sub(_beyond, raw)
    for _ in range(TIMES_DECODED):
        best = min(_sensible_readings(raw), default=None) if _may_be_misread(raw) else None
        if best is None:
            break
        raw, found = best.text, best.encoding
    return raw if found else given, found


def _beyond(entity: re.Match[str]) -> str:
    """Return the character that an entity names, or the entity if that is ASCII."""
    named = unescape(entity[0])
    return entity[0] if named[:1].isascii() else named  # of what is no character nothing is left


def _may_be_misread(raw: str) -> bool:
    """Tell quickly whether a page has as many letters of Latin-1 as one that was misread, which few pages have."""
    return not raw.isascii() and is_latin(raw[:MISREAD_SHARE], LATIN)


@twin("text")
def is_latin(text: str, share: float) -> bool:
    """Tell whether letters of Latin-1 are at least this share of a text without ASCII, in bytes of UTF-8, each one."""
    data = text.encode("utf-8", "replace").translate(None, _ASCII)  # these letters begin with one of two bytes
    return data.count(b"\xc2") + data.count(b"\xc3") >= share * len(data)


@twin("text")
def runs_beyond_ascii(text: str, least: int) -> str:
    """Return the runs of characters beyond ASCII that are ``least`` bytes of UTF-8 long, a blank between two.

    With 0 for ``least``, all such characters without blanks.
    """
    data = text.encode("utf-8", "surrogatepass")
    if not least:
        return data.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    runs = [run for run in data.translate(_BLANKS_FOR_ASCII).split() if len(run) >= least]
    return b" ".join(runs).decode("utf-8", "surrogatepass")


def _sensible_readings(raw: str) -> Iterator[Reading]:
    """Yield the readings that make sense."""
    high = runs_beyond_ascii(raw, 0)
    beyond = len(high)
    pairs = runs_beyond_ascii(raw, 4)
    if utf_8 := _as_utf_8(raw, high, pairs):
        yield utf_8
    runs = "".join(_MISREAD_RUN.findall(runs_beyond_ascii(pairs, 2 * IN_A_ROW)))
    if len(runs) < SHARE * beyond or len(set(runs)) < FEWEST_MISREAD:
        return
    said = declared(raw[:DECLARED_WITHIN].encode("ascii", "ignore"))
    pieces = _BEFORE_TAG.split(raw)
    for misread in MISREAD_AS:
        for rank, encoding in enumerate(dict.fromkeys(("gb18030", said or "gb18030")), start=1):
            again = [piece if piece.isascii() else _again(piece, misread, encoding) for piece in pieces]
            left = sum(_beyond_ascii(old) for old, new in zip(pieces, again, strict=True) if new is None) / beyond
            text = "".join([old if new is None else new for old, new in zip(pieces, again, strict=True)])
            rare = 1.0 - _common(text) / max(1, _beyond_ascii(text)) if encoding == "gb18030" else 0.0
            if text != raw and left <= MOST_LEFT and rare <= MOST_RARE:
                yield Reading(left + rare, rank, encoding, text)


def _as_utf_8(raw: str, high: str, pairs: str) -> Reading | None:
    """Return a page in UTF-8 that was read as cp1252 or Latin-1, character by character; None if it is none.

    ``high`` are its characters beyond ASCII, ``pairs`` the runs of two or more.
    """
    beyond = len(high)
    if 1.0 - min(_most_in_sequences(high), _beyond_ascii(pairs) + _count_single(high)) / beyond > MOST_LEFT:
        return None
    found = list(_UTF_8.finditer(raw))
    left = 1.0 - sum(_beyond_ascii(character[0]) for character in found) / beyond
    if left > MOST_LEFT:
        return None
    in_words = sum(raw[c.start() - 1 : c.start()].isalpha() or raw[c.end() : c.end() + 1].isalpha() for c in found)
    if in_words < max(LEAST_IN_WORDS, IN_WORDS * sum(raw[c.start()] != "Â" for c in found)):
        return None
    return Reading(left, 0, "utf-8", _UTF_8.sub(_misread_character, raw))


def _most_in_sequences(high: str) -> int:
    """Return a number that those of the characters in misread sequences of UTF-8 do not exceed; none is ASCII.

    Each has one that begins it and up to three others; where one got lost, it may have none.
    """
    latin = high.encode("latin-1", "replace")
    first = len(latin) - len(latin.translate(None, _FIRST))
    following = len(latin) - len(latin.translate(None, _FOLLOWING)) + latin.count(b"?")
    return min(4 * first, 2 * following + _count_single(high))


def _count_single(high: str) -> int:
    """Return how many characters may begin a sequence of which nothing else is left."""
    return high.count("Ã") + high.count("Â")


def _misread_character(found: re.Match[str]) -> str:
    if found["lost"] is not None:
        return _LOST[found[0][0]]
    return _again(found[0], _CP1252, "utf-8") or found[0]


def _again(piece: str, misread: Mapping[int, int], encoding: str) -> str | None:
    """Return a piece of a page decoded again, None if it does not fit: what is right already mostly does not."""
    try:
        return piece.translate(misread).encode("latin-1").decode(encoding)
    except UnicodeError:
        return None


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _common(text: str) -> int:
    """Return how many characters are ideograms of GB 2312 level 1 (rows 16 to 55)."""
    first_bytes = text.encode("gb2312", "ignore").translate(None, _ASCII)[::2]
    return len(first_bytes) - len(first_bytes.translate(None, _LEVEL_1))
