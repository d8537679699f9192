"""What the second forest knows besides: what the first one thinks of the lines around, and of the page as a whole.

An article is a few long runs. A line is judged better once it is known how much of the text around it is likely to be
body, how its run compares with the best run of the page, and how sure the surest line is (stacked generalisation:
Wolpert, Neural Networks 5, 1992).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from cleanpage.body.window_features import Column, distances, runs, shifted, totals, windows

CAP = 150.0
"""Ideograms of one line that count."""
MARGIN = 2.0
"""Added to every length, so that short lines count a little."""
MOST_ODDS = 5.0
"""Log-odds beyond which the first forest is not believed to be surer."""
RUN_MARGIN = 6.0
LIKELY = 0.5
STEPS = (-1, 1, -2, 2, -3, 3)
SIZES = (2, 5, 12)
COMPANY = (
    "odds", *(f"odds{step:+d}" for step in STEPS),
    *(f"body_{side}_{size}" for size in SIZES for side in ("before", "behind")),
    "body_page", "body_share", "body_run_before", "body_run_behind", "body_run_share", "body_run_best",
    "to_likely_before", "to_likely_behind", "surest", "likely_lines", "of_surest", "best_of_page",
)  # fmt: skip
"""The columns, in order."""


def company(odds: Column, chances: Column, units: Column) -> Iterator[tuple[float, ...]]:
    """Yield a row for each line from the first forest's log-odds, its chances (0 for decided lines), the lengths."""
    capped = array("d", [max(-MOST_ODDS, min(MOST_ODDS, value)) for value in odds])
    sizes = array("d", [min(CAP, size) for size in units])
    mass = array("d", [chance * (size + MARGIN) for chance, size in zip(chances, sizes, strict=True)])
    likely = [chance > LIKELY for chance in chances]
    gains = array("d", [(chance - LIKELY) * (size + RUN_MARGIN) for chance, size in zip(chances, sizes, strict=True)])
    *around, whole_page = runs(gains)
    best = [*whole_page]
    columns: list[Iterable[float]] = [capped]
    columns += [shifted(capped, step) for step in STEPS]
    columns += [column for size in SIZES for column in windows(mass, size)]
    columns += totals(mass)
    columns += [*around, best]
    columns += distances(likely)
    columns += _best(chances, likely, best, mass)
    return zip(*columns, strict=True)


def _best(chances: Column, likely: Sequence[bool], best: Column, mass: Column) -> Iterator[Iterable[float]]:
    n = len(chances)
    surest = max(chances, default=0.0)
    yield repeat(surest, n)
    yield repeat(float(sum(likely)), n)
    yield (chance / max(0.01, surest) for chance in chances)
    total = max(1.0, sum(mass))
    yield (weight / total for weight in best)
