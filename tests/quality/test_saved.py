"""A run comes back as it was saved, and the difference of two runs is that of the pages in both."""

import json

import pytest

from bench.saved import Row, group_changes, load, page_changes, print_changes, save


def row(page, way, f1, *, kind="article", ms=2.0):
    return Row("own", page, kind, "zh", way, 1.0, 0.5, f1, ms)


BEFORE = [
    row("a", "bs4", 0.5),
    row("a", "html", 0.5),
    row("b", "bs4", 1.0),
    row("b", "html", 1.0),
    row("gone", "bs4", 0.0),
]
AFTER = [
    row("a", "bs4", 1.0),
    row("a", "html", 0.6),
    row("b", "bs4", 0.2),
    row("b", "html", 1.0),
    row("new", "bs4", 0.0),
]


def test_saved_run_comes_back_and_is_json(tmp_path):
    path = tmp_path / "run.json"
    save(path, BEFORE, "bag")
    assert load(path, "bag") == BEFORE
    assert json.loads(path.read_text(encoding="utf-8"))["pages"][0] == list(BEFORE[0])


def test_runs_of_different_measures_are_not_compared(tmp_path):
    save(tmp_path / "run.json", BEFORE, "bag")
    with pytest.raises(SystemExit, match="--measure bag"):
        load(tmp_path / "run.json", "shingles")
    with pytest.raises(SystemExit, match="--save"):
        load(tmp_path / "none.json", "bag")


def test_groups():
    changes = {change.name[3]: change for change in group_changes(BEFORE, AFTER)}
    assert list(changes) == ["bs4", "html", "mean"]
    assert (changes["bs4"].pages, changes["bs4"].before, changes["bs4"].after) == (2, 0.75, pytest.approx(0.6))
    assert changes["html"].delta == pytest.approx(0.05)
    assert changes["mean"].delta == pytest.approx(-0.05)


def test_one_input_needs_no_line_over_the_inputs():
    assert [change.name[3] for change in group_changes(BEFORE[:1], AFTER[:1])] == ["bs4"]


def test_pages_that_moved_are_means_over_inputs_and_what_fell_comes_first():
    changes = page_changes(BEFORE, AFTER)
    assert [change.name for change in changes] == [("own", "article", "b"), ("own", "article", "a")]
    assert [change.delta for change in changes] == [pytest.approx(-0.4), pytest.approx(0.3)]
    assert page_changes(BEFORE, BEFORE) == []


def test_what_is_in_one_run_only_is_counted(capsys):
    print_changes(BEFORE, AFTER)
    assert "4 results in both runs; only before: 1, only after: 1" in capsys.readouterr().out
