"""A few hundred mutations of our own pages, the same ones every time; ``python -m tests.fuzz`` looks further."""

from random import Random

import pytest

from tests.fuzz.find import seeds, verdict
from tests.fuzz.mutations import HTML_WAYS, TEXT_WAYS, mutated

PAGES = [case.raw for case in seeds() if isinstance(case.raw, str)]


@pytest.mark.parametrize("seed", range(10))
def test_mutated_pages_break_no_invariant(seed):
    chance = Random(seed)
    for _ in range(20):
        case = mutated(chance.choice(seeds()), PAGES, chance, longest=10_000)
        assert verdict(case) == "", case


@pytest.mark.parametrize("way", dict.fromkeys((*TEXT_WAYS, *HTML_WAYS)), ids=lambda way: way.__name__)
def test_every_way_changes_pages(way):
    before = PAGES[0] + "<p class='a'>x</p>"
    assert {way(before, PAGES, Random(seed)) for seed in range(9)} != {before}
