"""Forests read from data: nested lists become one function, and nothing but numbers and known columns gets in."""

import pytest

from cleanpage.body.dom_features import DOM, DOM_COMPANY
from cleanpage.body.forest import chance, compiled, shipped
from cleanpage.body.page_kind import PAGE
from cleanpage.body.stacking import COMPANY
from cleanpage.body.text_features import NAMES
from cleanpage.body.token_weights import SAID

NAMES_HERE = ["size", "end"]
TREES = [["size", 10.0, -1.0, ["end", 0.5, 0.25, 2.0]], 0.5]


def walked(tree, row):
    while isinstance(tree, list):
        name, at_most, left, right = tree
        tree = left if row[NAMES_HERE.index(name)] <= at_most else right
    return tree


@pytest.mark.parametrize("row", [(9.0, 0.0), (10.0, 9.0), (10.1, 0.5), (11.0, 1.0)])
def test_compiled_forest_agrees_with_walking_its_trees(row):
    assert compiled(TREES, NAMES_HERE)(row) == sum(walked(tree, row) for tree in TREES)


def test_longer_rows_are_fine():
    assert compiled(TREES, NAMES_HERE)((11.0, 1.0, 99.0)) == 2.5


@pytest.mark.parametrize("tree", [["unknown", 1.0, 0.0, 1.0], ["size", "__import__('os')", 0.0, 1.0], "print(1)"])
def test_anything_but_numbers_and_known_columns_is_refused(tree):
    with pytest.raises(ValueError, match=r"."):
        compiled([tree], NAMES_HERE)


@pytest.mark.parametrize(("kind", "own", "beside"), [("text", len(SAID), 0), ("html", len(DOM), len(DOM_COMPANY))])
def test_shipped_models_fit_the_columns(kind, own, beside):
    model, own = shipped(kind), own + len(NAMES)
    assert 0.0 <= chance(model.first([0.0] * own)) <= 1.0
    assert 0.0 <= chance(model.second([0.0] * (own + len(COMPANY) + beside))) <= 1.0
    assert 0.0 <= chance(model.right([0.0] * len(PAGE))) <= 1.0
    assert model.tokens
    assert all(isinstance(score([0.0] * len(PAGE)), float) for score in model.kinds.values())


def test_chance_is_total():
    assert chance(-1000.0) == 0.0
    assert chance(1000.0) == 1.0
    assert chance(0.0) == 0.5
