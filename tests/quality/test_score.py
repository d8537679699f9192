"""The score itself, on cases that can be counted by hand."""

import pytest

from bench.score import Score, bag, lines_apart, mean, score, score_parts, shingles, tokens


def test_tokens():
    assert tokens("老桥 reopened 2023 の다 x_y") == ["老", "桥", "reopened", "2023", "の", "다", "x_y"]
    assert tokens("Мост “OPEN”, again") == ["мост", "open", "again"]


@pytest.mark.parametrize(
    ("prediction", "label", "expected"),
    [
        ("a b c d e", "a b c d e", Score(1, 1, 1)),
        ("a b c d e", "a b c d", Score(1 / 2, 1, 2 / 3)),
        ("a b c d", "a b c d e", Score(1, 1 / 2, 2 / 3)),
        ("a b c d a b c d", "a b c d", Score(1 / 5, 1, 1 / 3)),
        ("a b c d", "e f g h", Score(0, 0, 0)),
        ("", "a b c d", Score(0, 0, 0)),
        ("", "", Score(1, 1, 1)),
        ("停水", "停水", Score(1, 1, 1)),
    ],
)
def test_score(prediction, label, expected):
    assert score(prediction, label) == pytest.approx(expected)


def test_shingles_do_not_see_line_breaks():
    assert shingles("一二\n三四五") == shingles("一二三四五")


def test_bag_counts_tokens_wherever_they_stand():
    assert score_parts(bag("b a a c"), bag("a b a d")) == Score(3 / 4, 3 / 4, 3 / 4)
    assert bag("") == {}


def test_mean_is_over_pages():
    assert mean([Score(1, 1, 1), Score(0, 0, 0)]) == Score(0.5, 0.5, 0.5)
    assert mean([]) == Score(0, 0, 0)


def test_lines_apart():
    kept = shingles("the ferry leaves at nine every day")
    assert lines_apart("the ferry leaves at nine every day\nshare this page with friends", kept) == [
        "share this page with friends"
    ]
