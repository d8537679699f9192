"""What the second forest knows besides: what the first one thinks of the lines around, and of the page as a whole.

An article is a few long runs. A line is judged better once it is known how much of the text around it is likely to be
body, how its run compares with the best run of the page, and how sure the surest line is (stacked generalisation:
Wolpert, Neural Networks 5, 1992).
"""

from __future__ import annotations

from cleanpage._native import twin
from cleanpage.body.window_features import Column, column, constant, distances, runs, shifted, totals, windows

CAP = 150.0
"""Ideograms of one line that count."""
LENGTH_MARGIN = 2.0
"""Added to every length, so that short lines count a little."""
MOST_ODDS = 5.0
"""Log-odds beyond which the first forest is not believed to be surer."""
RUN_MARGIN = 6.0  # the same for the weight of a line in a run
LIKELY = 0.5  # probability from which on a line counts as body
STEPS = (-1, 1, -2, 2, -3, 3)  # lines whose odds are columns
RUN_SIZES = (2, 5, 12)  # lines over which text that is likely to be body is added up
COMPANY = (
    "odds", *(f"odds{step:+d}" for step in STEPS),
    *(f"body_{side}_{size}" for size in RUN_SIZES for side in ("before", "behind")),
    "body_page", "body_share", "body_run_before", "body_run_behind", "body_run_share", "body_run_best",
    "to_likely_before", "to_likely_behind", "surest", "likely_lines", "of_surest", "best_of_page",
)  # fmt: skip
"""The columns, in order."""


@twin("columns")
def company(odds: Column, chances: Column, units: Column) -> list[Column]:
    """Return the columns from the first forest's log-odds, its chances (0 for decided lines) and the lengths."""
    capped = column([max(-MOST_ODDS, min(MOST_ODDS, value)) for value in odds])
    sizes = [min(CAP, size) for size in units]
    mass = column([chance * (size + LENGTH_MARGIN) for chance, size in zip(chances, sizes, strict=True)])
    likely = column([chance > LIKELY for chance in chances])
    gains = column([(chance - LIKELY) * (size + RUN_MARGIN) for chance, size in zip(chances, sizes, strict=True)])
    *around, best = runs(gains)
    columns = [capped, *(shifted(capped, step) for step in STEPS)]
    columns += [found for size in RUN_SIZES for found in windows(mass, size)]
    whole, share = totals(mass)
    columns += [whole, share, *around, best, *distances(likely)]
    return columns + _best(chances, likely, best, whole)


def _best(chances: Column, likely: Column, best: Column, whole: Column) -> list[Column]:
    n = len(chances)
    surest = max(chances, default=0.0)
    total = max(1.0, whole[0]) if n else 1.0
    return [
        constant(surest, n),
        constant(float(sum(likely)), n),
        column([chance / max(0.01, surest) for chance in chances]),
        column([weight / total for weight in best]),
    ]
