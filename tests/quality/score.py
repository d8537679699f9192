"""The score that counts: precision, recall and F1 over the multisets of 4-token shingles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

SHINGLE = 4
"""Tokens in a shingle (pages/README.md)."""

_SINGLE = (
    "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+")


class Score(NamedTuple):
    """Shares of shingles, 0 to 1."""

    precision: float
    recall: float
    f1: float


def tokens(text: str) -> list[str]:
    """Return the tokens of ``text``: single CJK, kana and hangul characters, otherwise words; lower-cased."""
    return _TOKEN.findall(text.lower())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the multiset of 4-token shingles of ``text``; a text of one to three tokens is one shingle."""
    found = tokens(text)
    if 0 < len(found) < SHINGLE:
        return Counter([tuple(found)])
    return Counter(zip(found, found[1:], found[2:], found[3:], strict=False))


def score(prediction: str, label: str) -> Score:
    """Return how well ``prediction`` agrees with ``label``; two empty texts agree wholly."""
    return score_shingles(shingles(prediction), shingles(label))


def score_shingles(predicted: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> Score:
    """Return the score of two shingle multisets, so that a label is cut up only once."""
    if not predicted and not wanted:
        return Score(1.0, 1.0, 1.0)
    common = sum(min(count, wanted[shingle]) for shingle, count in predicted.items() if shingle in wanted)
    precision = common / max(1, predicted.total())
    recall = common / max(1, wanted.total())
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0)


def mean(scores: Iterable[Score]) -> Score:
    """Return the mean over pages, as all quoted figures are."""
    rows = list(scores)
    return Score(*(sum(column) / len(rows) for column in zip(*rows, strict=True))) if rows else Score(0.0, 0.0, 0.0)


def lines_apart(text: str, other: Counter[tuple[str, ...]]) -> list[str]:
    """Return the lines of ``text`` most of whose shingles ``other`` does not hold: what is missing, or too much."""
    apart = []
    for line in text.splitlines():
        own = shingles(line)
        if own and sum(count for shingle, count in own.items() if shingle not in other) > own.total() / 2:
            apart.append(line.strip())
    return apart
