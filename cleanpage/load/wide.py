"""UTF-16 without a byte-order mark."""

from __future__ import annotations

import codecs

WIDE_BYTES = 2_000
"""Bytes that are looked at."""
LEAST_ZEROS, LEAST_MARKS, MANY_ZEROS = 4, 0.01, 0.1
"""Zeros, and their share: in Chinese without markup only line ends and digits have them; alphabets have many."""
LEAST_GOOD = 0.9
"""Share of the characters that are letters or signs; read with the bytes of each pair swapped, about a third are."""
GOOD = (
    (0x09, 0x0D), (0x20, 0x7E), (0x80, 0x6FF), (0x900, 0xE7F), (0x1E00, 0x27BF), (0x3000, 0x30FF), (0x4E00, 0x9FFF),
    (0xFF00, 0xFFEF), (0x1F000, 0x1FFFF),
)  # fmt: skip
"""Alphabets, kana, the common ideograms, and their marks."""
_HIGH_BYTES = bytes(range(1, 9))
"""The other bytes of Greek, Cyrillic, Hebrew and Arabic, which may be those of ASCII."""
HANGUL = (0xAC00, 0xD7A3)
"""These are good beside many zeros alone: text in GBK looks like them."""


def wide_encoding(raw: bytes) -> str | None:
    """Return the UTF-16 that bytes without a mark are in, by the zeros of ASCII; None for other bytes."""
    data = raw[: min(WIDE_BYTES, len(raw) // 2 * 2)]
    zeros = data.count(0)
    if zeros < max(LEAST_ZEROS, LEAST_MARKS * len(data)):
        return None
    many = zeros >= MANY_ZEROS * len(data)
    bare = data.replace(b"\x00", b"")
    if not many and _is_utf_8(bare) and len(bare) - len(bare.translate(None, _HIGH_BYTES)) <= LEAST_MARKS * len(bare):
        return None
    ranges = (*GOOD, HANGUL) if many else GOOD
    shares = {name: _good(data.decode(name, "replace"), ranges) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= LEAST_GOOD else None


def _good(text: str, ranges: tuple[tuple[int, int], ...]) -> float:
    return sum(any(first <= ord(char) <= last for first, last in ranges) for char in text) / max(1, len(text))


def _is_utf_8(data: bytes) -> bool:
    """Tell whether bytes are valid but for a last character that is cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeError:
        return False
    return True
