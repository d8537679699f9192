"""Texts that differ in their numbers: a corrected copy, or another filling of one form."""

import pytest

from cleanpage.dedupe import dedupe

PLACES = [
    "quay", "mill", "bridge", "market", "school", "tower", "library", "garden", "yard", "bank", "inn", "hall", "church",
    "farm", "pond", "lock", "weir", "shop", "gate", "barn",
]  # fmt: skip


def report(changed):
    return " ".join(
        f"At the {place} the {place} keeper counted {100 + i + 500 * (i < changed)} visitors before noon,"
        f" which he wrote into the long book that lies open beside the door of the {place}."
        for i, place in enumerate(PLACES)
    )


@pytest.mark.parametrize(("changed", "is_copy"), [(5, True), (8, False)])
def test_a_copy_keeps_seven_tenths_of_the_numbers(changed, is_copy):
    found = dedupe([report(0), report(changed)])
    assert (len(found.clusters) == 1) == is_copy
