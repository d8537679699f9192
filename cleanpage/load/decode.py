"""Bytes to text: byte-order mark, validity as UTF-8, what the header and the page say, detection; in this order.

Valid UTF-8 is believed before any declaration: text in another encoding is hardly ever valid by chance. A declared
encoding is believed if all bytes fit it; what fits none is read by the best of them, line by line.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from cleanpage.load.encodings import SAME, declared, meant
from cleanpage.patterns import lazy

DETECTED_FROM = 200_000
"""Bytes that the detection sees."""
VAGUE = frozenset(("cp1252",))
"""Encodings that servers declare without knowing, and that nearly all bytes fit: detection is asked first."""
LATIN = frozenset(("cp1250", "cp1252"))
"""Encodings that detection mistakes for one another."""
LIKELY = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1251", "koi8_r", "cp1253", "cp1250", "cp1252", "cp874")
"""Encodings that detection chooses from."""
MOST_BROKEN = 0.05
"""Share of replaced characters up to which a declared encoding is believed, or UTF-8 without a declaration."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
SHIFTED = "iso2022"
"""Encodings in seven bits, told by their escape sequences; all of them are valid as UTF-8."""
MOST_ZEROS, LEAST_ZEROS, WIDE_SAMPLE = 0.02, 0.4, 2_000
"""Shares of zeros in the one and the other byte of UTF-16 in which mostly markup is written, and where to look."""
_TAGS = lazy(
    rb"<(?:script|style)\b[^<]*+(?:<(?!/(?:script|style)\b)[^<]*+)*+(?:</[^<>]*>|\Z)|<[^<>]*>|[\x00-\x7f]{30,}", re.I
)
"""A script that does not end takes the rest: to look for an end from each of many takes the square of the time."""


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
    if wide := _wide(raw):
        return _read(raw, wide)
    said = [name for name in dict.fromkeys((meant(hint or ""), declared(raw))) if name]
    shifted = (read for name in said if name.startswith(SHIFTED) and b"\x1b" in raw and (read := _strict(raw, name)))
    if read := next(shifted, None) or _strict(raw, "utf-8"):
        return read
    for encoding in said:
        if encoding not in VAGUE and (read := _strict(raw, encoding)):
            return read
    found = detected(raw)
    if found in LATIN and not VAGUE.isdisjoint(said):
        found = "cp1252"
    if found and (read := _strict(raw, found)):
        return read
    reads = [_read(raw, name) for name in dict.fromkeys((*said, "utf-8", found)) if name]
    good = (read for read in reads if read.text.count("\ufffd") <= MOST_BROKEN * len(read.text))
    return next(good, None) or min(reads, key=lambda read: read.text.count("\ufffd"))


def _wide(raw: bytes) -> str | None:
    """Return the UTF-16 that bytes without a mark are in, by where the zeros of ASCII stand."""
    pairs = raw[:WIDE_SAMPLE]
    half = max(1, len(pairs) // 2)
    even, odd = pairs[::2].count(0) / half, pairs[1::2].count(0) / half
    if even <= MOST_ZEROS and odd >= LEAST_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if odd <= MOST_ZEROS and even >= LEAST_ZEROS else None


def detected(raw: bytes) -> str | None:
    """Return the encoding that the bytes look like, markup left out."""
    from charset_normalizer import from_bytes  # a tenth of the time that importing cleanpage takes; few pages need it

    sample = _TAGS.sub(b" ", raw[:DETECTED_FROM])
    best = from_bytes(sample, cp_isolation=list(LIKELY)).best()
    return SAME.get(best.encoding, best.encoding) if best else None


def _strict(raw: bytes, encoding: str) -> Decoded | None:
    """Return the text if all bytes fit, but for a last character that is cut off."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        text = decoder.decode(raw)
    except UnicodeError:
        return None
    cut = len(decoder.getstate()[0])
    warning = f"truncated-bytes: the last {cut} bytes are the beginning of a character and were left out"
    return Decoded(text, encoding, (warning,) if cut else ())


def _read(raw: bytes, encoding: str) -> Decoded:
    """Return the bytes as ``encoding``, lines that do not fit as another one that they fit, or with replacements."""
    if whole := _strict(raw, encoding):
        return whole
    if encoding.startswith(("utf-16", "utf-32")):
        return Decoded(raw.decode(encoding, "replace"), encoding, ())
    lines = []
    mixed = False
    for line in raw.splitlines(keepends=True):
        fits = (read for name in (encoding, "utf-8", "gb18030") if (read := _strict(line, name)) and not read.warnings)
        read = next(fits, None)
        mixed = mixed or (read is not None and read.encoding != encoding)
        lines.append(read.text if read else line.decode(encoding, "replace"))
    warning = f"mixed-encodings: some lines do not fit {encoding} and were read as another encoding"
    return Decoded("".join(lines), encoding, (warning,) if mixed else ())
