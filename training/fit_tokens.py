"""Learns what words say, and names of elements (``token_weights``, ``class_name_weights``): logistic regression over
tokens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from cleanpage.body import class_name_weights, token_weights
from cleanpage.body.window_features import Weights
from training.learning import FIRST_COLUMNS, LABELLED, Rows

STRENGTH = 0.02
"""What the data count against the prior that a token says nothing. Measured on sites held out (folds 0 and 1): .004 and
.02 are alike for names, and 15,000 tokens (of 4 pages) no better than 7,000 (of 6 sites)."""
LEAST, DIGITS = 0.01, 3
"""Smaller weights are left out; digits of the others."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What tokens are learned of."""

    of_line: Callable[[Rows, int], Hashable]
    """What lines have in common that have the same tokens, of a page and the index of a line."""
    tokens: Callable[[Any], list[str]]
    sites: int
    """A token counts that so many sites have."""
    by_root: bool
    """Whether a line's sum is divided by the root of the number of its tokens; if not, an intercept is added to it."""


KINDS = {
    "text": Kind(lambda page, i: page.folded[i], token_weights.tokens, 4, by_root=True),
    "html": Kind(lambda page, i: page.doms[i].path, class_name_weights.class_tokens, 5, by_root=False),
}


def fit_tokens(pages: Sequence[Rows]) -> Weights:
    """Return the weights of the tokens that these pages, all text or all HTML, hold."""
    kind = KINDS[pages[0].task.source]
    known = {token: at for at, token in enumerate(sorted(_frequent(pages, kind)))}
    indices: list[int] = []
    ends, values, answers, weights = [0], [], [], []
    for page in pages:
        for what, masses in _masses(page, kind).items():
            own = [known[token] for token in kind.tokens(what) if token in known]
            share = 1.0 / sqrt(max(len(own), 1)) if kind.by_root else 1.0
            for answer, mass in enumerate(masses):
                if mass > 0.0:
                    indices += own
                    values += [share] * len(own)
                    ends.append(len(indices))
                    answers.append(2.0 * answer - 1.0)
                    weights.append(sqrt(mass))
    rows = csr_matrix((values, indices, ends), shape=(len(answers), len(known)))
    found = np.round(_logistic(rows, np.array(answers), STRENGTH * np.array(weights)), DIGITS).tolist()
    weighed = zip(known, found[1:], strict=True) if kind.by_root else zip(["", *known], found, strict=True)
    return {token: value for token, value in weighed if abs(value) >= LEAST}


def with_tokens(page: Rows, weights: Weights) -> Rows:
    """Return the rows of a page with what its words say of each line, for HTML what the names of elements say."""
    names = FIRST_COLUMNS[page.task.source]
    if page.task.source == "text":
        columns = [names.index(name) for name in token_weights.SAID]
        rows = [*zip(*token_weights.said(page.folded, weights), strict=True)]
    else:
        log_odds = class_name_weights.path_log_odds([dom.path for dom in page.doms], weights)
        columns, rows = [names.index("names")], [(own,) for own in log_odds]
    values = page.values.copy()
    if len(values):
        values[:, columns] = [rows[i] for i in page.places]
    return replace(page, values=values)


def _frequent(pages: Sequence[Rows], kind: Kind) -> list[str]:
    sites: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        if page.task.made == LABELLED:
            for what in {kind.of_line(page, i) for i in page.places}:
                for token in kind.tokens(what):
                    sites[token].add(page.task.site)
    return [token for token, own in sites.items() if len(own) >= kind.sites]


def _masses(page: Rows, kind: Kind) -> dict[Hashable, list[float]]:
    """Return what lines weigh that are not body, and those that are, for each set of lines with the same tokens."""
    masses: dict[Hashable, list[float]] = {}
    for i, is_body, weight in zip(page.places, page.is_body, page.weights(), strict=True):
        masses.setdefault(kind.of_line(page, i), [0.0, 0.0])[int(is_body)] += float(weight)
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
