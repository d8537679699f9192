"""Columns of a line's surroundings: shifts, sums, distances and runs."""

from hypothesis import given
from hypothesis import strategies as st

from cleanpage.body.window_features import FAR, OUTSIDE_VALUE, column, counts, distances, runs, shifted, totals, windows

NUMBERS = st.lists(st.integers(-9, 9).map(float), max_size=30).map(column)


def test_shift_looks_ahead_and_back():
    assert [*shifted(column([1.0, 2.0, 3.0]), 1)] == [2.0, 3.0, OUTSIDE_VALUE]
    assert [*shifted(column([1.0, 2.0, 3.0]), -2)] == [OUTSIDE_VALUE, OUTSIDE_VALUE, 1.0]


@given(NUMBERS, st.integers(1, 12))
def test_windows_are_sums_without_the_line_itself(own, size):
    before, behind = windows(own, size)
    assert list(before) == [sum(own[max(0, i - size) : i]) for i in range(len(own))]
    assert list(behind) == [sum(own[i + 1 : i + 1 + size]) for i in range(len(own))]


def test_distance_to_the_nearest_flag_on_each_side():
    before, behind = map(list, distances(column([0.0, 1.0, 0.0, 0.0])))
    assert before == [FAR, FAR, 1.0, 2.0]
    assert behind == [1.0, FAR, FAR, FAR]


@given(st.lists(st.booleans(), max_size=150))
def test_distances_are_those_to_the_nearest_flag(flags):
    before, behind = map(list, distances(column(flags)))
    marks = [i for i, flag in enumerate(flags) if flag]
    assert before == [min([FAR, *(i - mark for mark in marks if mark < i)]) for i in range(len(flags))]
    assert behind == [min([FAR, *(mark - i for mark in marks if mark > i)]) for i in range(len(flags))]


@given(st.lists(st.booleans(), max_size=20))
def test_counts_are_those_of_the_marks_on_each_side(flags):
    marks = [i for i, flag in enumerate(flags) if flag]
    before, behind = map(list, counts(marks, len(flags), 3))
    assert before == [min(3, sum(flags[:i])) for i in range(len(flags))]
    assert behind == [min(3, sum(flags[i + 1 :])) for i in range(len(flags))]


@given(NUMBERS)
def test_best_run_is_the_maximum_sum(gains):
    *_, share, best = runs(gains)
    sums = [sum(gains[a:b]) for a in range(len(gains)) for b in range(a + 1, len(gains) + 1)]
    assert set(best) <= {max(1.0, max(sums, default=0.0))}
    assert all(value <= 1.0 for value in share)


@given(st.integers(-5, 5), st.integers(1, 40))
def test_empty_and_single_columns(step, size):
    assert [*shifted(column(()), step or 1)] == []
    assert [list(found) for found in windows(column([3.0]), size)] == [[0.0], [0.0]]


def test_totals():
    whole, before = map(list, totals(column([2.0, 0.0, 6.0])))
    assert (whole, before) == ([8.0] * 3, [0.0, 0.25, 0.25])
    assert [list(found) for found in totals(column(()))] == [[], []]
