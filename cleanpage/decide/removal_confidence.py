"""How sure it is that a removed block is no part of the article: the share of such removals that are right.

``removal_confidence.json`` holds what was measured on labelled pages, each cleaned by weights that have not seen its
site (``python -m training.fit_removals``): for each rule its own share, drawn towards that of its label where it has
removed little; for lines that the body stage leaves out the share at each probability, in text and in HTML.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cleanpage.draft import BlockFinding
from cleanpage.labels import Label

# Each access to a member of an enumeration takes 200 ns in Python 3.11, and there are thousands a page.
_BOILERPLATE_LABEL = Label.BOILERPLATE
RATES_FILE = Path(__file__).with_suffix(".json")


class Measured(NamedTuple):
    """The shares of removals that were right, each between 0 and 1."""

    model: Mapping[str, Sequence[tuple[float, ...]]]
    """By kind of source: the probability that a line is no body, and the share; lowest first, straight between."""
    repairs: Mapping[str, float]
    """By kind of source: of lines that a repair took out of the body."""
    rules: Mapping[str, float]
    """By id of the rule, or name of the stage or extractor."""
    labels: Mapping[str, float]
    """By label, for rules that have removed nothing on the labelled pages."""
    other: float
    """Of all removals."""


@cache
def measured() -> Measured:
    """Return what was measured."""
    shares = json.loads(RATES_FILE.read_text(encoding="utf-8"))
    return Measured(**{**shares, "model": {source: [*map(tuple, knots)] for source, knots in shares["model"].items()}})


def removal_confidence(verdict: BlockFinding, source: str) -> float:
    """Return how sure the removal that a verdict makes on a page is; ``source`` is ``text`` or ``html``."""
    shares = measured()
    if verdict.label != _BOILERPLATE_LABEL:
        share = shares.rules.get(verdict.rule)
        return shares.labels.get(verdict.label, shares.other) if share is None else share
    if verdict.via == "repair":
        return shares.repairs[source]
    knots = shares.model[source]
    at = bisect_left(knots, (verdict.score,))
    if at in (0, len(knots)):
        return knots[min(at, len(knots) - 1)][1]
    (left, low), (right, high) = knots[at - 1 : at + 1]
    return round(low + (high - low) * (verdict.score - left) / (right - left), 3)
