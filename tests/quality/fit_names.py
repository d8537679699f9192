"""Learns what names of elements say (``cleanpage.stages._names``): logistic regression over paths, for fit_body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from cleanpage.stages._dom import DOM
from cleanpage.stages._features import NAMES
from cleanpage.stages._names import Names, tokens, told
from tests.quality.learning import Rows

SITES = 5
"""A token counts that so many sites have."""
STRENGTH = 0.02
"""What the data count against the prior that a name says nothing. Measured on sites held out (folds 0 and 1): .004 and
.02 are alike, and 15,000 tokens (of 4 pages) no better than 7,000 (of 6 sites)."""
LEAST, DIGITS = 0.01, 3
"""Smaller weights are left out; digits of the others."""
COLUMN = len(NAMES) + DOM.index("names")
"""Of the rows."""


def fit_names(pages: Sequence[Rows]) -> Names:
    """Return the weights of the tokens that these pages hold."""
    known = {token: at for at, token in enumerate(sorted(_frequent(pages)))}
    indices: list[int] = []
    ends, answers, weights = [0], [], []
    for page in pages:
        for path, masses in _masses(page).items():
            own = [known[token] for token in tokens(path) if token in known]
            for answer, mass in enumerate(masses):
                if mass > 0.0:
                    indices += own
                    ends.append(len(indices))
                    answers.append(2.0 * answer - 1.0)
                    weights.append(mass**0.5)
    rows = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(answers), len(known)))
    found = _logistic(rows, np.array(answers), STRENGTH * np.array(weights))
    values = dict(zip(["", *known], np.round(found, DIGITS).tolist(), strict=True))
    return {token: value for token, value in values.items() if abs(value) >= LEAST}


def with_names(page: Rows, names: Names) -> Rows:
    """Return the rows with what ``names`` says of each line."""
    values = page.values.copy()
    if len(values):
        paths = [page.doms[i].path for i in page.places]
        odds = told(paths, names)
        values[:, COLUMN] = [odds[path] for path in paths]
    return Rows(page.task, values, page.is_body, page.places, page.units, page.form, page.doms)


def _frequent(pages: Sequence[Rows]) -> list[str]:
    sites: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for path in {page.doms[i].path for i in page.places}:
            for token in tokens(path):
                sites[token].add(page.task.site)
    return [token for token, own in sites.items() if len(own) >= SITES]


def _masses(page: Rows) -> dict[tuple[str, ...], list[float]]:
    """Return for each path what its lines weigh that are not body, and those that are."""
    masses: dict[tuple[str, ...], list[float]] = {}
    for i, is_body, weight in zip(page.places, page.is_body, page.weights(), strict=True):
        masses.setdefault(page.doms[i].path, [0.0, 0.0])[int(is_body)] += float(weight)
    return masses


def _logistic(rows: Any, answers: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return intercept and weights of a logistic regression with a normal prior of variance 1; answers are -1 and 1."""

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        margins = answers * (rows @ values[1:] + values[0])
        slopes = -weights * answers * expit(-margins)
        total = float((weights * np.logaddexp(0.0, -margins)).sum() + 0.5 * (values[1:] ** 2).sum())
        return total, np.concatenate([[slopes.sum()], rows.T @ slopes + values[1:]])

    start = np.zeros(rows.shape[1] + 1)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x)
