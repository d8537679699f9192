"""The score that counts: precision, recall and F1 over the multisets of 4-token shingles.

The bag of words, on which other benchmarks score, is there to compare with those: order and place do not count in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

SHINGLE = 4
"""Tokens in a shingle (pages/README.md)."""

_SINGLE = (
    "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+")


Parts: TypeAlias = Counter[tuple[str, ...]]
"""The multiset that a text is cut up into."""


class Score(NamedTuple):
    """Shares of shingles or of words, 0 to 1."""

    precision: float
    recall: float
    f1: float


def tokens(text: str) -> list[str]:
    """Return the tokens of ``text``: single CJK, kana and hangul characters, otherwise words; lower-cased."""
    return _TOKEN.findall(text.lower())


def shingles(text: str) -> Parts:
    """Return the multiset of 4-token shingles of ``text``; a text of one to three tokens is one shingle."""
    found = tokens(text)
    if 0 < len(found) < SHINGLE:
        return Counter([tuple(found)])
    return Counter(zip(found, found[1:], found[2:], found[3:], strict=False))


def bag(text: str) -> Parts:
    """Return the multiset of the tokens of ``text``."""
    return Counter((token,) for token in tokens(text))


MEASURES: dict[str, Callable[[str], Parts]] = {"shingles": shingles, "bag": bag}


def score(prediction: str, label: str) -> Score:
    """Return how well the shingles of ``prediction`` agree with those of ``label``."""
    return score_parts(shingles(prediction), shingles(label))


def score_parts(predicted: Parts, wanted: Parts) -> Score:
    """Return the score of two texts that are cut up already; two empty texts agree wholly."""
    if not predicted and not wanted:
        return Score(1.0, 1.0, 1.0)
    common = sum(min(count, wanted[part]) for part, count in predicted.items() if part in wanted)
    precision = common / max(1, predicted.total())
    recall = common / max(1, wanted.total())
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0)


def mean(scores: Iterable[Score]) -> Score:
    """Return the mean over pages, as all quoted figures are."""
    rows = list(scores)
    return Score(*(sum(column) / len(rows) for column in zip(*rows, strict=True))) if rows else Score(0.0, 0.0, 0.0)


def lines_apart(text: str, other: Parts) -> list[str]:
    """Return the lines of ``text`` most of whose shingles ``other`` does not hold: what is missing, or too much."""
    apart = []
    for line in text.splitlines():
        own = shingles(line)
        if own and sum(count for shingle, count in own.items() if shingle not in other) > own.total() / 2:
            apart.append(line.strip())
    return apart
