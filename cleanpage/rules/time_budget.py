"""A clock over the patterns that users bring: ours are linear, theirs may be anything."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

from cleanpage.model import Span

if TYPE_CHECKING:
    import regex

BUDGET = 0.5
"""Seconds that one pattern may take on one page; what is linear never comes near."""


@dataclass(slots=True, eq=False, repr=False)
class Watch:
    """What the patterns have spent on one page."""

    spent: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    """Number of a rule -> seconds."""
    slow: set[int] = field(default_factory=set)
    """Rules that have spent their budget; they match nothing more."""

    def spans(self, at: int, pattern: regex.Pattern[str], folded: str, *, every: bool = False) -> tuple[Span, ...]:
        """Return ``spans_of`` of the pattern of rule ``at``, as far as its budget goes."""
        if at in self.slow:
            return ()
        start = perf_counter()
        try:
            found = spans_of(pattern, folded, BUDGET - self.spent[at], every=every)
        except TimeoutError:
            found = ()
        self.spent[at] += perf_counter() - start
        if self.spent[at] >= BUDGET:
            self.slow.add(at)
        return found


def spans_of(
    pattern: regex.Pattern[str], folded: str, timeout: float | None = None, *, every: bool = False
) -> tuple[Span, ...]:
    """Return where a pattern matches first, or with ``every`` all places: its group ``number`` if it has one.

    Raises TimeoutError after ``timeout`` seconds.
    """
    if every:
        group = "number" if "number" in pattern.groupindex else 0
        return tuple([match.span(group) for match in pattern.finditer(folded, timeout=timeout)])
    first = pattern.search(folded, timeout=timeout)
    return () if first is None else (first.span(),)
