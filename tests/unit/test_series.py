"""Which lines of one form are the body's as a whole."""

import time

import pytest

from cleanpage.body.line_forms import value_of
from cleanpage.body.lines import Line
from cleanpage.body.series import with_series
from cleanpage.labels import Label
from cleanpage.text import fold, units

OPENS = "The ferry across the inner harbour ran again on Tuesday, four weeks after the storm."


def line(text: str, *labels: Label) -> Line:
    return Line(0, 0, text, fold(text), units(text), "text", frozenset(labels), frozenset(), 1)


def kept_of(lines: list[Line], kept: set[int]) -> set[int]:
    return {i for i, keep in enumerate(with_series(lines, [i in kept for i in range(len(lines))])) if keep}


QUESTIONS = ["May I take my bicycle?", "Yes.", "And my dog?", "On deck.", "Who decides?", "The captain."]
ROWS = ["Cod 12.5 13.1 +4.8%", "Plaice 9.8 9.5 -3.1%", "Herring 3.2 3.2 0.0%"]
ITEMS = ["1. Nordmole", "2. Krabbensiel", "3. Innenhafen"]
INGREDIENTS = ["Ingredients", "200 g of cod", "▢ 2 leeks", "5 eggs", "Salt", "1 lemon"]
OFFERS = ["Fish", "Nets", "Ropes", "2 boats", "Today"]
LINKS = ["Who owns the market?", "Old wall found", "Is it going to rain?", "New bakery", "Why so dark?", "Sport"]


@pytest.mark.parametrize(
    ("texts", "kept", "wanted"),
    [
        pytest.param([OPENS, *QUESTIONS], {0}, range(7), id="questions-right-behind"),
        pytest.param([OPENS, "See also", *QUESTIONS], {0}, {0}, id="questions-elsewhere"),
        pytest.param([OPENS, *LINKS], {0, 1, 3}, {0, 1, 3}, id="links-that-ask"),
        pytest.param([OPENS + " They are:", *ITEMS], {0}, range(4), id="announced"),
        pytest.param([OPENS, "The three best:", *ITEMS], {0}, range(5), id="announced-by-its-title"),
        pytest.param([OPENS, *ITEMS], {0}, {0}, id="not-announced"),
        pytest.param([OPENS + " Prices:", "Fish Last Now Change", *ROWS], {0}, range(5), id="head-of-a-table"),
        pytest.param([OPENS, *ROWS, OPENS], {0, 4}, range(5), id="rows-between"),
        pytest.param([OPENS, *ROWS], {0}, {0}, id="rows-behind"),
        pytest.param([OPENS, *INGREDIENTS, OPENS], {0, 7}, range(8), id="ingredients-between"),
        pytest.param([OPENS, *INGREDIENTS], {0}, {0}, id="ingredients-behind"),
        pytest.param([OPENS, *OFFERS, OPENS], {0, 6}, {0, 6}, id="few-amounts-between"),
        pytest.param([OPENS, *QUESTIONS, "Trust", "Why trust us?"], {0}, range(7), id="asks-behind-the-last-answer"),
        pytest.param([OPENS + " They are:", "1. One", "3. Three", "7. Seven"], {0}, {0}, id="no-count"),
        pytest.param([OPENS, *QUESTIONS], set(), set(), id="no-body"),
    ],
)
def test_series(texts, kept, wanted):
    assert kept_of([line(text) for text in texts], kept) == set(wanted)


def test_what_a_rule_has_named_ends_a_series():
    lines = [line(OPENS + " They are:"), line(ITEMS[0]), line(ITEMS[1], Label.RELATED), line(ITEMS[2])]
    assert kept_of(lines, {0}) == {0}


def test_a_link_among_ingredients_leaves_them_out():
    lines = [line(OPENS), *map(line, INGREDIENTS), line("200 g at our shop", Label.RELATED), line(OPENS)]
    assert kept_of(lines, {0, 8}) == {0, 8}


def test_buttons_between_the_entries_stay_out():
    entries = [part for hour in "987" for part in (line(f"0{hour}:10 Rain."), line("Share", Label.SHARE))]
    assert kept_of([line(OPENS), *entries], {0}) == {0, 1, 3, 5}


def test_paragraphs_are_left_to_what_is_learned_of_them():
    answers = [text for text in QUESTIONS[::2] for text in (text, OPENS * 4)]
    assert kept_of([line(text) for text in [OPENS, *answers]], {0, 1}) == {0, 1}


@pytest.mark.parametrize(
    ("number", "value"), [("7", 7), ("九", 9), ("十", 10), ("十二", 12), ("三十", 30), ("四十五", 45)]
)
def test_value_of(number, value):
    assert value_of(number) == value


def test_linear():
    lines = [line(text) for _ in range(3000) for text in ("Why?", "So.", "10:10 On.", "1. One", "A boat. (Photo: B)")]
    start = time.perf_counter()
    with_series(lines, [True] + [False] * (len(lines) - 1))
    assert time.perf_counter() - start < 5.0
