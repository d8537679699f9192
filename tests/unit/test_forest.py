"""Forests as flat arrays: they give what walking their trees gives, and come back from their file."""

from array import array

import pytest

from cleanpage.body.dom_features import DOM, DOM_COMPANY
from cleanpage.body.forest import chance, forest_of, scores, write_forests
from cleanpage.body.models import read_lines, read_page_model, shipped_models
from cleanpage.body.page_kind import KINDS, PAGE
from cleanpage.body.stacking import COMPANY
from cleanpage.body.text_features import NAMES
from cleanpage.body.token_weights import SAID
from cleanpage.body.window_features import column

NAMES_HERE = ["size", "end"]
TREES = [["size", 10.0, -1.0, ["end", 0.5, 0.25, 2.0]], 0.5]


def walked(tree, row):
    while isinstance(tree, list):
        name, at_most, left, right = tree
        tree = left if row[NAMES_HERE.index(name)] <= at_most else right
    return tree


@pytest.mark.parametrize("row", [(9.0, 0.0), (10.0, 9.0), (10.1, 0.5), (11.0, 1.0)])
def test_a_forest_gives_what_walking_its_trees_gives(row):
    assert forest_of(TREES, NAMES_HERE).score(row) == sum(walked(tree, row) for tree in TREES)


def test_more_columns_than_the_forest_knows_and_lines_that_nobody_asks_about():
    columns = [column(values) for values in ([11.0, 9.0, 11.0], [1.0, 0.0, 1.0], [99.0] * 3)]
    assert [*scores(forest_of(TREES, NAMES_HERE), columns, bytes([1, 1, 0]))] == [2.5, -0.5, 0.0]
    assert [*scores(forest_of(TREES, NAMES_HERE), columns, b"")] == []


@pytest.mark.parametrize("columns", [[column([1.0])], [column([1.0]), column([])]])
def test_fewer_or_shorter_columns_are_refused(columns):
    with pytest.raises(ValueError, match="fewer or shorter"):
        scores(forest_of(TREES, NAMES_HERE), columns, b"\1")


@pytest.mark.parametrize("tree", [["unknown", 1.0, 0.0, 1.0], ["size", "__import__('os')", 0.0, 1.0], "print(1)"])
def test_anything_but_numbers_and_known_columns_is_refused(tree):
    with pytest.raises(ValueError, match=r"."):
        forest_of([tree], NAMES_HERE)


def test_models_come_back_from_their_files(tmp_path):
    forest, kind = forest_of(TREES, NAMES_HERE), forest_of([0.25], NAMES_HERE)
    head = {"columns": NAMES_HERE, "kinds": ["article"], "tokens": {"^read": -0.5, "责任": 1.0}}
    write_forests(tmp_path / "a.bin", head, {"first": forest, "second": kind, "right": kind, "article": forest})
    write_forests(tmp_path / "b.bin", head | {"tokens": {"read": [-0.5]}}, {"right": kind, "article": forest})
    lines, page = read_lines(tmp_path / "a.bin"), read_page_model(tmp_path / "b.bin")
    assert lines.tokens == head["tokens"] and lines.columns == tuple(NAMES_HERE)
    assert page.tokens == {"read": array("d", [-0.5])}
    for name in ("columns", "values", "after", "roots"):
        assert getattr(lines.first, name) == getattr(page.kinds["article"], name) == getattr(forest, name)
    assert lines.second.values == page.right.values == array("d", [0.25])


@pytest.mark.parametrize(("kind", "own", "beside"), [("text", len(SAID), 0), ("html", len(DOM), len(DOM_COMPANY))])
def test_shipped_models_fit_the_columns(kind, own, beside):
    model, own = shipped_models(kind), own + len(NAMES)
    lines, page = model.lines, model.page
    assert len(lines.columns) == own + len(COMPANY) + beside
    assert max(lines.first.columns) < own
    assert 0.0 <= chance(lines.second.score([0.0] * len(lines.columns))) <= 1.0
    assert 0.0 <= chance(page.right.score([0.0] * len(PAGE))) <= 1.0
    assert lines.tokens
    assert tuple(page.kinds) == KINDS and {len(row) for row in page.tokens.values()} == {len(KINDS)}
    assert all(isinstance(forest.score([0.0] * len(PAGE)), float) for forest in page.kinds.values())


def test_chance_is_total():
    assert chance(-1000.0) == 0.0
    assert chance(1000.0) == 1.0
    assert chance(0.0) == 0.5
