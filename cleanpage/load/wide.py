"""UTF-16 without a byte-order mark."""

from __future__ import annotations

from unicodedata import category

SAMPLE = 2_000
"""Bytes that are looked at."""
LEAST_ZEROS, LEAST_SHARE = 4, 0.01
"""Zeros, and their share: in Chinese without markup there are only those of line ends and digits."""
ON_ONE_SIDE, LEAST_GOOD = 0.8, 0.98
"""Share of the zeros that stand in the same byte of two (U+4E00, 一, has one in the other), and of the characters that
a text may hold."""


def wide_encoding(raw: bytes) -> str | None:
    """Return the UTF-16 that bytes without a mark are in, by where the zeros of ASCII stand; None for other bytes."""
    data = raw[: min(SAMPLE, len(raw) // 2 * 2)]
    even, odd = data[::2].count(0), data[1::2].count(0)
    if even + odd < max(LEAST_ZEROS, LEAST_SHARE * len(data)) or max(even, odd) < ON_ONE_SIDE * (even + odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = data.decode(encoding, "replace")
    good = sum(char.isspace() or category(char)[0] in "LMNPSZ" for char in text) - text.count("\ufffd")
    return encoding if good >= LEAST_GOOD * len(text) else None
