"""A page's running text as one string of letters and digits."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import NamedTuple, TypeAlias

from cleanpage.text.similarity import Keyed

GramLink: TypeAlias = tuple[int, int, int, int]
"""A seed or a run of equal blocks that stood before: its place, the place that it repeats, its length, its seeds."""


class Seeds(NamedTuple):
    """The seeds of a stream, in columns."""

    places: array[int]
    """Where each begins, in order."""
    sizes: array[int]
    """Its length."""
    origins: array[int]
    """The first place where it stands: its own, if it did not stand before."""
    again: int
    """How many stood before."""


class Stream(NamedTuple):
    """The running text of a page as one string of letters and digits."""

    text: str
    """The keys of ``blocks``, joined."""
    starts: tuple[int, ...]
    """Where each of them begins."""
    blocks: tuple[int, ...]
    """Their indices on the page."""
    pieces: tuple[Keyed, ...]
    """Their keys with the places of their seeds."""
    seeds: Seeds
    """Those outside ``exact``."""
    exact: tuple[GramLink, ...]
    """The runs of blocks that stood before, letter by letter; no seeds are read from them."""

    def position(self, place: int) -> int:
        """Return which of ``blocks`` holds the character at ``place``."""
        return bisect_right(self.starts, place) - 1

    def end(self, position: int) -> int:
        """Return where the block at ``position`` in ``blocks`` ends."""
        return self.starts[position + 1] if position + 1 < len(self.starts) else len(self.text)
