r"""Text that was escaped once too often: literal ``\n``, HTML whose tags are entities, text full of entities.

Each kind is undone only where it stands throughout: a page about programming prints ``\n`` and ``&lt;p&gt;`` as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from quopri import decodestring
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from cleanpage._native import twin
from cleanpage.load.input_kind import is_html
from cleanpage.text.lazy_regex import lazy

WARNING = "escaped: the text was escaped once too often; {} were decoded"
LITERAL, MARKUP, ENTITIES = "escapes of a string literal", "tags written as entities", "entities"
PERCENT, QUOTED = "characters written for an address", "characters written for mail (quoted-printable)"

LEAST_BREAKS, BREAKS_PER_LINE = 3, 3
r"""Fewest literal line feeds, and how many times as many as real ones: a tutorial has more lines than ``\n``."""
BETWEEN = 0.5
r"""Least share of them that no word or sentence goes on behind: ``C:\new``, ``\nabla`` and ``write \n, not`` do."""
LEAST_CODES, CODES_SHARE = 5, 0.2
r"""Fewest characters written as ``\u4e2d``, and the share of the text that they take."""
QUOTED_SHARE = 0.9
"""Share of the signs of equality that belong to codes and cuts of quoted-printable."""
LEAST_ENTITIES, PER_ENTITY, LONGEST_ENTITIES = 3, 4_000, 0.5
"""Fewest entities of a text, most characters to each, and the share that stands inside or at a word: a list of
entities has each between blanks."""
NEAR = 15
"""Characters on either side of an entity in which a sign of code shows that it belongs to code or to an address."""
TIMES = 3
"""So often a text may have been escaped."""
ESCAPED_SHARE = 0.5
"""Share of what a page shows, in characters, that is HTML written as entities."""

_PERCENT_TAG = lazy(r"\s{0,9}%3C(?:%21|/?[A-Za-z])", re.IGNORECASE)
_QUOTED_PRINTABLE = lazy(r"=[0-9A-F]{2}")
_LITERAL = lazy(r"\s*([bu]?)(['\"])(?=.*\\)", re.DOTALL)
_ESCAPED_BREAK = lazy(
    r"(?<!\\)(?:\\r)?\\n(?P<word>[a-z]|(?<=\s\\n)\s[a-z]|[,;:)`’”」』，。、；：）]|\.(?!\.)|[\"'](?=[\s,.;:)\]]))?"
)
_CODE = lazy(r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}")
_ESCAPE = lazy(r"\\(?:u([0-9a-fA-F]{4})|U000([0-9a-fA-F]{5})|x([0-9a-fA-F]{2})|([nrtbf\"'\\/]))")
_CHARACTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "\n"}
_BARE_QUOTE = lazy(r'(?<!\\)"')
_FIRST_TAG = lazy(r"\s*(?:<[^<>]{0,300}>\s*)(?:\\r)?\\n")
_ENTITY = lazy(r"&(?:amp;)?(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d{0,2});")
_CODE_SIGN = lazy(r"[<>={}]|://|&(?:amp;)?[lg]t;")
_TAG_ENTITY = "lt;"
_ESCAPED_TWICE = lazy(r"&lt;/[a-z]|&amp;(?:#\d|[a-z]{2,8};)", re.IGNORECASE)
_ESCAPED_AMPERSAND = lazy(r"&(?:amp;)+(?=#[0-9xX]|[a-zA-Z]{2,8};)")


class Undone(NamedTuple):
    """A text, and what was undone in it."""

    text: str
    what: str | None
    """``LITERAL``, ``MARKUP``, ``ENTITIES``; None if nothing was."""


def undo_escapes(raw: str) -> tuple[str, tuple[str, ...]]:
    """Return a page as it was before somebody printed or escaped it, and a warning for each kind of escape undone."""
    warnings = []
    for undo in (_undo_percent, _undo_quoted, _undo_literal, _undo_entities):
        raw, what = undo(raw)
        warnings += [WARNING.format(what)] if what else []
    return raw, tuple(warnings)


def undo_escapes_shown(raw: str, lines: Sequence[str]) -> Undone:
    """Return a page of HTML without the second escape of what it shows, which is ``lines``."""
    if _ESCAPED_TWICE.search(raw) is None:
        return Undone(raw, None)
    marked = sum(len(line) for line in lines if "</" in line and is_html(line))
    if marked and marked >= ESCAPED_SHARE * sum(map(len, lines)):
        return Undone(_unescaped(raw), MARKUP)
    if holds_entities("\n".join(lines)):
        return Undone(_ESCAPED_AMPERSAND.sub("&", raw), ENTITIES)
    return Undone(raw, None)


def holds_entities(text: str) -> bool:
    """Tell whether a text is full of entities that stand for characters of its words, not of addresses or of code."""
    found = [entity.span() for entity in _ENTITY.finditer(text) if unescape(entity[0]) != entity[0]]
    if len(found) < max(LEAST_ENTITIES, len(text) / PER_ENTITY):
        return False
    inside = sum(_is_inside(text, start, end) for start, end in found)
    return inside >= max(LEAST_ENTITIES, LONGEST_ENTITIES * len(found))


def _is_inside(text: str, start: int, end: int) -> bool:
    """Tell whether an entity stands in a word or at one, and no sign of code stands near."""
    if _CODE_SIGN.search(text, max(0, start - NEAR), end + NEAR):
        return False
    if text.startswith("&#", end):  # no letter of the text is written as such
        return True
    return any(letter.isalnum() or letter > "\x7f" for letter in text[start - 1 : start] + text[end : end + 1])


def _undo_percent(raw: str) -> Undone:
    """Undo what forms and addresses do to HTML: ``%3Cp%3E``."""
    if _PERCENT_TAG.match(raw) is None or "<" in raw:
        return Undone(raw, None)
    return Undone(unquote_plus(raw) if " " not in raw.strip() and "+" in raw else unquote(raw), PERCENT)


def _undo_quoted(raw: str) -> Undone:
    """Undo what mail does to text: lines cut by ``=``, ``=C3=A9`` for characters."""
    cuts = quoted_cuts(raw)
    if cuts < LEAST_BREAKS:
        return Undone(raw, None)
    coded = len(_QUOTED_PRINTABLE.findall(raw))
    if coded < LEAST_CODES or coded + cuts < QUOTED_SHARE * raw.count("="):
        return Undone(raw, None)
    return Undone(_of_bytes(decodestring(raw.encode())), QUOTED)


@twin("text")
def quoted_cuts(raw: str) -> int:
    """Return how many lines of a text end with a sign of equality."""
    return raw.count("=\n") + (raw.count("=\r\n") if "\r" in raw else 0)


def _undo_literal(raw: str) -> Undone:
    if "\\" not in raw:
        return Undone(raw, None)
    opening = _LITERAL.match(raw)
    if opening and _is_literal(raw.strip()[len(opening[1]) :], opening[2]):
        return Undone(read_literal(raw.strip()[len(opening[1]) + 1 : -1], is_bytes=opening[1] == "b"), LITERAL)
    if _is_broken_by_escapes(raw) or _is_coded(raw) or _are_quotes_escaped(raw):
        return Undone(read_literal(raw), LITERAL)
    return Undone(raw, None)


def _is_literal(text: str, mark: str) -> bool:
    """Tell whether a text in quotation marks is one string literal: no such mark inside it stands bare."""
    ends = text[-1] == mark and len(text) > 1
    return ends and _ESCAPE.search(text) is not None and mark not in _ESCAPE.sub("", text[1:-1])


def _is_broken_by_escapes(raw: str) -> bool:
    r"""Tell whether literal ``\n`` part the lines of a text; in HTML the first tag has one behind it."""
    if is_html(raw) and not _FIRST_TAG.match(raw):  # before the scripts of a page are searched
        return False
    breaks = [found["word"] is None for found in _ESCAPED_BREAK.finditer(raw)]
    lines = raw.strip().count("\n")
    return len(breaks) >= max(LEAST_BREAKS, BREAKS_PER_LINE * lines) and sum(breaks) >= BETWEEN * len(breaks)


def _is_coded(raw: str) -> bool:
    return not is_html(raw) and sum(map(len, _CODE.findall(raw))) >= max(6 * LEAST_CODES, CODES_SHARE * len(raw))


def _are_quotes_escaped(raw: str) -> bool:
    r"""Tell whether all quotes of a page of HTML are written ``\"``, those of its attributes too."""
    return _BARE_QUOTE.search(raw) is None and raw.count('=\\"') >= LEAST_BREAKS and is_html(raw)


def read_literal(text: str, *, is_bytes: bool = False) -> str:
    """Return what a string literal without its quotes stands for."""
    text = _ESCAPE.sub(_unescaped_character, text)
    if is_bytes:
        return _of_bytes(text.encode("latin-1", "replace"))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two halves make a character


def _of_bytes(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _unescaped_character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    return chr(int(code, 16)) if code else _CHARACTERS.get(escape[4], escape[4])


def _undo_entities(raw: str) -> Undone:
    if "&" not in raw or is_html(raw):
        return Undone(raw, None)
    if _TAG_ENTITY in raw and is_html(again := _unescaped(raw)):
        return Undone(again, MARKUP)
    return Undone(_unescaped(raw), ENTITIES) if holds_entities(raw) else Undone(raw, None)


def _unescaped(text: str) -> str:
    """Return a text whose entities are the characters that they name, however often they were escaped."""
    for _ in range(TIMES):
        text = unescape(text)
    return text
