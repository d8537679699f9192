"""Bytes to text: byte-order mark, validity as UTF-8, what the header and the page say, detection; in this order.

Valid UTF-8 is believed before any declaration: text in another encoding is hardly ever valid by chance. A declared
encoding is believed unless another one fits the letters clearly better; without one the page is in the encoding that
fits best, windows-1252 where there is no evidence against it.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from cleanpage.load import charsets
from cleanpage.load.encodings import declared, meant
from cleanpage.load.wide import wide_encoding
from cleanpage.text.lazy_regex import lazy

MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
SHIFTED = "iso2022"
"""Encodings in seven bits, recognised by their escape sequences; all of them are valid as UTF-8."""
_JIS_ESCAPE, SHIFTED_JIS = lazy(rb"\x1b\$[@B](?:[!-~]{2})+\x1b\([BJ]"), "iso2022_jp"
"""What only ISO-2022-JP holds: a run of Japanese between its escape sequences. It needs no declaration."""
_SEQUENCE = lazy(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A character of several bytes in UTF-8."""
_PIECE = lazy(rb"[^>\r\n]*[>\r\n]|[^>\r\n]+")
"""A line, or what of it ends with a tag."""
MOSTLY_SEQUENCES, AS_DECLARED = 0.75, 0.6
"""Share of the bytes beyond ASCII that are in such sequences in damaged UTF-8, and where it is declared as well: of GBK
by chance .2 to .45, of charsets of eight bits hardly any."""
FEW_BYTES = 2
"""So many different bytes beyond ASCII overrule no declaration that they fit: they may be one mark, misread before."""
LEAST_PIECES, IN_PIECES = 3, 0.5
"""Pieces between tags that are valid UTF-8, and the share of the bytes beyond ASCII in them, from which on a page that
declares nothing else is UTF-8 with some pieces in another encoding."""
LEAST_SEQUENCES = 2
"""So many sequences make a line UTF-8 in a page of another encoding that does not fit it; one in a page of cp1252."""
MOST_BROKEN = 0.5
"""Share of a line's characters beyond ASCII that may be broken for it to be in the encoding of the page."""


class Decoded(NamedTuple):
    """Bytes as text."""

    text: str
    encoding: str | None
    """How they were read: Python's name; None for what was text."""
    warnings: tuple[str, ...]


def decode(raw: bytes, hint: str | None = None) -> Decoded:
    """Return bytes as text; ``hint`` is the charset of the HTTP header. Never fails: what fits nothing is replaced."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _read(raw[len(mark) :], encoding)
    if wide := wide_encoding(raw):
        return _read(raw, wide)
    said = [name for name in dict.fromkeys((meant(hint or ""), declared(raw))) if name]
    shifted = [name for name in said if name.startswith(SHIFTED) and b"\x1b" in raw]
    shifted += [SHIFTED_JIS] if _JIS_ESCAPE.search(raw) else []
    if read := next(filter(None, (_strict(raw, name) for name in shifted)), None):
        return _overruling(read, said, "it holds escape sequences of it")
    if read := _strict(raw, "utf-8"):
        return read if raw.isascii() else _overruling(read, said, "its bytes are valid UTF-8")
    return _by_letters(raw, said)


def _by_letters(raw: bytes, said: list[str]) -> Decoded:
    """Return bytes that are no valid UTF-8 in the encoding that their letters tell, what is declared coming first."""
    sample = charsets.sample_of(raw)
    if _in_sequences(sample.data) >= (AS_DECLARED if "utf-8" in said else MOSTLY_SEQUENCES) * sample.high:
        return _read(raw, "utf-8")
    others = [name for name in said if name != "utf-8" and not name.startswith(SHIFTED)]
    few = len({byte for byte in sample.data if byte > 0x7F}) <= FEW_BYTES
    for name in others:
        if charsets.fits(sample, name) or (few and _strict(raw, name)):
            return _read(raw, name)
    if not others and _is_pieced(raw):
        return _read(raw, "utf-8")
    found, least = charsets.cheapest(sample)
    enough = least + max(charsets.CLEARLY, charsets.CLEARLY_EACH * sample.high)
    for name in others:
        if charsets.cost(sample, name) <= enough:
            return _read(raw, name)
    return _overruling(_read(raw, found), said, f"its letters are those of a text in {found}")


def _overruling(read: Decoded, said: list[str], why: str) -> Decoded:
    """Return what was read with a warning if something else is declared."""
    if not said or read.encoding in said:
        return read
    warning = f"charset-overruled: {' and '.join(said)} was declared, but {why}"
    return read._replace(warnings=(warning, *read.warnings))


def _in_sequences(data: bytes) -> int:
    return sum(map(len, _SEQUENCE.findall(data)))


def _is_pieced(raw: bytes) -> bool:
    """Tell whether a page is UTF-8 but for some of its pieces."""
    valid = [piece for piece in _PIECE.findall(raw) if not piece.isascii() and _strict(piece, "utf-8")]
    return len(valid) >= LEAST_PIECES and charsets.count_high(b"".join(valid)) >= IN_PIECES * charsets.count_high(raw)


def _strict(raw: bytes, encoding: str) -> Decoded | None:
    """Return the text if all bytes fit, but for a last character that is cut off."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        text = decoder.decode(raw)
    except UnicodeError:
        return None
    cut = len(decoder.getstate()[0])
    warning = f"truncated-bytes: the last {cut} bytes are an incomplete character and were left out"
    return Decoded(text, encoding, (warning,) if cut else ())


def _read(raw: bytes, encoding: str) -> Decoded:
    """Return the bytes as ``encoding``, lines that do not fit as another one that they fit, or with replacements."""
    whole = _strict(raw, encoding)
    if encoding.startswith(("utf-16", "utf-32")):
        return whole or Decoded(raw.decode(encoding, "replace"), encoding, ())
    if whole and not (encoding == "cp1252" and _SEQUENCE.search(raw)):
        return whole
    lines = _PIECE.findall(raw) if encoding == "utf-8" else raw.splitlines(keepends=True)
    odd = {i: line for i, line in enumerate(lines) if not line.isascii() and _is_odd(line, encoding)}
    if not odd and whole:
        return whole
    texts = [line.decode(encoding, "replace") for line in lines]
    rest = [line for line in odd.values() if not _strict(line, "utf-8")]
    other = charsets.cheapest(charsets.sample_of(b"\n".join(rest)))[0] if rest else "utf-8"
    for i, line in odd.items():
        texts[i] = line.decode("utf-8" if _strict(line, "utf-8") else other, "replace")
    warning = f"mixed-encodings: some lines are no valid {encoding} and were decoded as another encoding"
    return Decoded("".join(texts), encoding, (warning,) if odd else ())


def _is_odd(line: bytes, encoding: str) -> bool:
    """Tell whether a line is in another encoding than the page: valid UTF-8, or broken for the most part."""
    least = 1 if encoding == "cp1252" else LEAST_SEQUENCES
    if encoding != "utf-8" and len(_SEQUENCE.findall(line)) >= least and _strict(line, "utf-8"):
        return True
    text = line.decode(encoding, "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") > MOST_BROKEN * beyond
