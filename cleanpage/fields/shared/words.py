"""Word lists as they are best read: as running text."""

from __future__ import annotations

from cleanpage.text import fold


def words(text: str) -> frozenset[str]:
    """Return the words of ``text``, folded as the blocks are that they are looked up for."""
    return frozenset(map(fold, text.split()))
