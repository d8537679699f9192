"""A clock over the patterns that users bring: ours are linear, theirs may be anything."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from time import perf_counter

import regex

BUDGET = 0.5
"""Seconds that one pattern may take on one page; what is linear never comes near."""


@dataclass(slots=True)
class Watch:
    """What the patterns have spent on one page."""

    spent: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    """Number of a rule -> seconds."""
    slow: set[int] = field(default_factory=set)
    """Rules that have spent their budget; they match nothing more."""

    def matches(self, at: int, pattern: regex.Pattern[str], folded: str) -> bool:
        """Tell whether the pattern of rule ``at`` matches, as far as its budget goes."""
        if at in self.slow:
            return False
        start = perf_counter()
        try:
            found = pattern.search(folded, timeout=BUDGET - self.spent[at])
        except TimeoutError:
            found = None
        self.spent[at] += perf_counter() - start
        if self.spent[at] >= BUDGET:
            self.slow.add(at)
        return found is not None
