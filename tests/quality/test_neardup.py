"""The bench of near-duplicates: what it plants is what it looks for, and floors on a small share of it."""

import pytest

from bench.data import ABSENT, present
from bench.forms import notices, pair_counts
from bench.neardup import cluster_scores, measure, pair_scores, true_pairs
from bench.neardup_cases import Case, cases, short_cases
from cleanpage.dedupe import dedupe

needs_pages = pytest.mark.skipif(not present(), reason=ABSENT)
TOY = [
    Case("", "whole", frozenset({1}), 1),
    Case("", "edited 0.1", frozenset({1}), 1),
    Case("", "alone", frozenset({2}), 2),
]


def test_scores_of_the_truth_are_one():
    scores = pair_scores(TOY, true_pairs(TOY)) | cluster_scores(TOY, [case.cluster for case in TOY])
    assert {name: scores[name] for name in ("precision", "recall", "F1", "ARI", "B3")} == dict.fromkeys(
        ("precision", "recall", "F1", "ARI", "B3"), 1.0
    )


def test_scores_of_a_wrong_pair_are_not():
    scores = pair_scores(TOY, {(0, 2)})
    assert (scores["precision"], scores["recall"], scores["edited 0.1"]) == (0.0, 0.0, 0.0)


@needs_pages
def test_floors():
    scores, _, _ = measure(cases(seed=3, share=0.2))
    floors = {"F1": 0.97, "ARI": 0.95, "B3": 0.96, "syndicated": 0.98, "truncated 0.4": 0.95, "container": 0.97}
    assert {name: scores[name] for name, floor in floors.items() if scores[name] < floor} == {}


@needs_pages
def test_floor_of_short_texts():
    scores, _, _ = measure(short_cases(seed=3))
    assert scores["F1"] >= 0.97


@pytest.mark.parametrize("forms", ["forms", "unseen"])
def test_floors_of_forms(forms):
    texts = notices(seed=3, filled=12, forms=forms)
    count = pair_counts(texts, dedupe([notice.text for notice in texts]))["all"]
    assert count["right"] >= 0.97 * (count["right"] + count["wrong"])
    assert count["right"] >= 0.9 * (count["right"] + count["missed"])
