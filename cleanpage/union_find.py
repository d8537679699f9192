"""Disjoint sets, for near-duplicate articles and for the copies on a page."""

from __future__ import annotations


class UnionFind:
    """Disjoint sets of numbers (union-find with path halving); the lowest of a set is its root."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def root(self, item: int) -> int:
        """Return what stands for the set of ``item``."""
        above = self._above
        while (up := above.get(item, item)) != item:
            above[item] = above.get(up, up)
            item = above[item]
        return item

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        one, other = self.root(one), self.root(other)
        self._above[max(one, other)] = min(one, other)
