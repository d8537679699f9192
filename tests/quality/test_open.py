"""The open set: its pages are what they say, and the floors hold."""

from collections import Counter

import pytest

from bench.open import FLOORS, INPUTS, fallen, means, results
from bench.open_pages import KINDS, open_pages, page_of, sites
from bench.score import tokens


@pytest.fixture(scope="module")
def figures():
    return means(results(open_pages()))


def test_a_hundred_pages_of_ten_kinds_in_ten_languages():
    pages = list(open_pages())
    assert len(pages) == 100
    assert set(Counter(page.kind for page in pages).values()) == {10}
    assert set(Counter(page.lang for page in pages).values()) == {10}


@pytest.mark.parametrize("lang", sites())
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_page_holds_its_body_in_every_input(kind, lang):
    page = page_of(kind, lang)
    for way in INPUTS:
        rest = iter(tokens(page.raw(way)))
        assert [token for token in tokens(page.body) if token not in rest] == []


def test_floors_hold(figures):
    assert fallen(figures) == []


def test_every_group_has_a_floor(figures):
    text = FLOORS.read_text(encoding="utf-8")
    assert [group for group in figures if f'input = "{group[0]}"\ngroup = "{group[1]}"' not in text] == []


def test_a_figure_below_its_floor_is_named(figures):
    low = figures | {("html", "forum"): (0.1, 1.0, 10)}
    assert [row for row in fallen(low) if row.startswith("html forum: text 0.100 < ")]
