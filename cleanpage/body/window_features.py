"""Columns of numbers, one a line: what the features of a line's surroundings are made of. All of it is linear."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate, chain, compress, islice, pairwise, repeat
from operator import add, sub
from typing import TypeAlias

from cleanpage._native import twin

FAR = 60.0
"""Lines beyond which a distance says no more."""
OUTSIDE_VALUE = -5.0
"""Stands for every value of a line outside the page."""

Column: TypeAlias = "array[float]"
"""Doubles, one a line."""
Weights = Mapping[str, float]
"""What each token says, in log-odds."""


@twin("measures")
class TokenWeights(dict[str, float]):
    """``Weights`` that do not change any more: a kernel finds in them what stands in a text without cutting it out."""


_UP = [float(step) for step in range(1, int(FAR) + 1)]
_DOWN = _UP[::-1]


def column(values: Iterable[float]) -> Column:
    """Return numbers as a column."""
    return array("d", values)


def constant(value: float, n: int) -> Column:
    """Return a column of ``n`` equal numbers."""
    return array("d", (value,)) * n


@twin("columns")
def total(values: Iterable[float]) -> float:
    """Return the sum of numbers, added one by one: ``sum`` gives others from Python 3.12 on."""
    return reduce(add, values, 0.0)


def shifted(column: Column, step: int) -> Column:
    """Return the column of the lines ``step`` further on; beyond the edge of the page it is ``OUTSIDE_VALUE``."""
    n = len(column)
    edge = constant(OUTSIDE_VALUE, min(abs(step), n))
    return column[step:] + edge if step > 0 else edge + column[: max(0, n + step)]


def windows(column: Column, size: int) -> tuple[Column, Column]:
    """Return the sums over the ``size`` lines before each line, and behind it."""
    sums = array("d", accumulate(column, initial=0.0))
    before = array("d", map(sub, islice(sums, len(column)), chain(repeat(0.0, size), sums)))
    return before, array("d", map(sub, chain(islice(sums, 1 + size, None), repeat(sums[-1])), islice(sums, 1, None)))


def totals(column: Column) -> tuple[Column, Column]:
    """Return for each line the sum of the whole column, and the share of it that stands before the line."""
    sums = array("d", accumulate(column, initial=0.0))
    whole = max(1.0, sums[-1])
    return constant(sums[-1], len(column)), array("d", [before / whole for before in islice(sums, len(column))])


def distances(flags: Column) -> tuple[Column, Column]:
    """Return how many lines before and behind each line the nearest flagged one stands, ``FAR`` if none is near."""
    n = len(flags)
    marks = array("L", compress(range(n), flags))
    first, last = (marks[0], marks[-1]) if marks else (n - 1, 0)
    before = chain(repeat(FAR, first + 1), _ramps(_UP, pairwise(chain(marks, (n - 1,))), far_last=True))
    behind = chain(_ramps(_DOWN, pairwise(chain((0,), marks)), far_last=False), repeat(FAR, n - last))
    return array("d", before), array("d", behind)


def _ramps(ramp: Sequence[float], spans: Iterable[tuple[int, int]], *, far_last: bool) -> Iterator[float]:
    """Return the ramp along each span, its end at the flag; ``FAR`` takes up what is longer."""
    for start, end in spans:
        size, rest = end - start, repeat(FAR, max(0, end - start - len(ramp)))
        yield from chain(ramp[:size], rest) if far_last else chain(rest, ramp[-size:] if size else ())


@twin("columns")
def counts(marks: Sequence[int], n: int, most: int) -> tuple[Column, Column]:
    """Return how many marked ones of ``n`` lines stand before and behind each line, at most ``most``."""
    before, behind = pairwise([-1, *marks[:most], n - 1]), pairwise([0, *marks[-most:], n])
    left = min(most, len(marks))
    return (
        array("d", chain.from_iterable([repeat(float(at), end - start) for at, (start, end) in enumerate(before)])),
        array("d", chain.from_iterable([repeat(float(left - i), end - at) for i, (at, end) in enumerate(behind)])),
    )


def runs(gains: Column) -> tuple[Column, Column, Column, Column]:
    """Return the weight of the best run that leads up to each line and away from it, and its share of the page's best.

    Maximum-sum runs (Kadane) from both sides. The last column is the weight of the page's best run.
    """
    up = _potential(gains)
    down = _potential(reversed(gains))[::-1]
    whole = array("d", [before + gain + behind for before, gain, behind in zip(up, gains, down, strict=True)])
    best = max(1.0, max(whole, default=0.0))
    return up, down, array("d", [weight / best for weight in whole]), constant(best, len(whole))


def _potential(gains: Iterable[float]) -> Column:
    """Return the weight of the best run that ends right before each line."""
    weights = array("d")
    weight = 0.0
    for gain in gains:
        weights.append(weight)
        weight += gain
        if weight < 0.0:  # noqa: PLR1730 - max takes ten times as long
            weight = 0.0
    return weights
