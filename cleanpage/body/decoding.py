"""From the probabilities of lines to the lines of the body: the page's threshold, and the best path under it."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt

from cleanpage._native import twin
from cleanpage.body.forest import chance
from cleanpage.body.window_features import Column, column, total

WEIGHT_CAP, WEIGHT_MARGIN = 60.0, 3.0
"""A line weighs the square root of its length in ideograms, capped, for or against being in."""
CHANGE_COST = 2.0
"""What a change between in and out costs."""
LEAST_THRESHOLD, MOST = 0.15, 0.6
"""Bounds of the page's threshold."""
SURE, SURE_SHARE, LEAST_BESIDE_SURE = 0.6, 0.3, 0.35
"""The threshold is at least the last where lines surer than the first make this share of the expected body. Measured on
sites held out: short notices .838 -> .852, waddle-ru .874 -> .881, no set of articles loses."""
TINY = 1e-5
"""No line is surer than that to be in or out."""
STRAY = 5.0
"""Ideograms that are expected elsewhere on any page: so little text is no article."""
FAVOR = {"precision": 1.5, "balance": 1.0, "recall": 0.4}
"""``Config.favor``: what the threshold is multiplied by."""


@twin("columns")
def probabilities(odds: Column, asked: bytes) -> Column:
    """Return the probability of each of some log-odds; 0 where ``asked`` is zero."""
    return column([chance(value) if ask else 0.0 for ask, value in zip(asked, odds, strict=True)])


@twin("columns")
def best_threshold(units: Sequence[float], chances: Sequence[float]) -> tuple[float, float]:
    """Return the threshold under which the body's expected F1 is highest, and that F1.

    The best threshold for F1 is half of the best F1 (Lipton, Elkan, Naryanaswamy, ECML 2014). That takes the chances
    for independent. They are not: where some text is sure, all of a long list that might be body is none.
    """
    ranked = sorted(((p, size + 1.0) for p, size in zip(chances, units, strict=True) if p > 0.0), reverse=True)
    wanted = total(p * size for p, size in ranked) + STRAY
    best = right = taken = 0.0
    for p, size in ranked:
        right += p * size
        taken += size
        best = max(best, 2.0 * right / (taken + wanted))
    sure = total(p * size for p, size in ranked if p > SURE)
    return max(best / 2.0, LEAST_BESIDE_SURE if sure > SURE_SHARE * wanted else 0.0), best


def level_of(threshold: float, favor: str = "balance") -> float:
    """Return the threshold that a page's best one gives with ``Config.favor``."""
    return min(MOST, max(LEAST_THRESHOLD, threshold * FAVOR[favor]))


@twin("columns")
def best_path(units: Sequence[float], chances: Sequence[float], level: float) -> list[bool]:
    """Return for each line whether the best path is *in* there: Viterbi over out and in, linear in the lines.

    ``level`` is the threshold: a probability between 0 and 1, both excluded; ValueError for others.
    """
    shift = log(level / (1.0 - level))
    out, inside = 0.0, -CHANGE_COST
    back: list[tuple[bool, bool]] = []
    for size, likely in zip(units, chances, strict=True):
        leaves, enters = inside > out, out - CHANGE_COST > inside
        gain = 0.0
        if likely > 0.0:
            sure = min(1.0 - TINY, max(TINY, likely))
            gain = (log(sure / (1.0 - sure)) - shift) * sqrt(min(size, WEIGHT_CAP) + WEIGHT_MARGIN)
        out, inside = (inside if leaves else out), (out - CHANGE_COST if enters else inside) + gain
        back.append((leaves, enters))
    kept = [False] * len(units)
    is_in = inside > out
    for i in range(len(units) - 1, -1, -1):
        kept[i] = is_in and chances[i] > 0.0
        leaves, enters = back[i]
        is_in = not enters if is_in else leaves
    return kept
