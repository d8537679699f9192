"""Columns of numbers, one a line: what the features of a line's surroundings are made of. All of it is linear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

FAR = 60.0
"""Lines beyond which a distance says no more."""
OUTSIDE = -5.0
"""Stands for every value of a line outside the page."""

Column = Sequence[float]


def shifted(column: Column, step: int) -> Column:
    """Return the column of the lines ``step`` further on; beyond the edge of the page it is ``OUTSIDE``."""
    edge = [OUTSIDE] * min(abs(step), len(column))
    return [*column[step:], *edge] if step > 0 else [*edge, *column[: len(column) - len(edge)]]


def windows(column: Column, size: int) -> Iterator[Column]:
    """Yield the sums over the ``size`` lines before each line, and behind it."""
    sums = list(accumulate(column, initial=0.0))
    n = len(column)
    first, last = sums[0], sums[-1]
    lead = [first] * min(size, n)
    rest = [last] * min(size, n)
    yield [here - back for here, back in zip(sums, [*lead, *sums], strict=False)][:n]
    yield [ahead - here for here, ahead in zip(sums[1:], [*sums[1 + size :], *rest], strict=False)]


def distances(flags: Column) -> Iterator[Column]:
    """Yield how many lines before and behind each line the nearest flagged one stands, ``FAR`` if none is near."""
    yield _since(flags)
    yield _since(flags[::-1])[::-1]


def _since(flags: Column) -> list[float]:
    found = []
    distance = FAR
    for flag in flags:
        found.append(distance)
        if flag:
            distance = 1.0
        elif distance < FAR:
            distance += 1.0
    return found


def runs(gains: Column) -> Iterator[Column]:
    """Yield the weight of the best run that leads up to each line and away from it, and its share of the page's best.

    Maximum-sum runs (Kadane) from both sides. The last column is the weight of the page's best run.
    """
    up = _potential(gains)
    down = _potential(gains[::-1])[::-1]
    whole = [before + gain + behind for before, gain, behind in zip(up, gains, down, strict=True)]
    best = max(1.0, max(whole, default=0.0))
    yield up
    yield down
    yield [weight / best for weight in whole]
    yield [best] * len(whole)


def _potential(gains: Column) -> list[float]:
    """Return the weight of the best run that ends right before each line."""
    weights = []
    weight = 0.0
    for gain in gains:
        weights.append(weight)
        weight = max(0.0, weight + gain)
    return weights
