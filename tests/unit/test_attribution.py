"""The contributions of groups of features add up to what the forests give."""

import pytest

from cleanpage.body.attribution import contributions, group_of
from cleanpage.body.forest import forest_of
from cleanpage.body.models import shipped_models

COLUMNS = ["units", "link_share"]
FOREST = forest_of([["units", 10.0, -1.0, ["link_share", 0.5, 3.0, 1.0]], ["link_share", 0.2, 2.0, 0.0]], COLUMNS)


BIAS = 0.5 + 1.0
"""What the trees expect before they have seen a feature."""


@pytest.mark.parametrize("row", [(5.0, 0.0), (20.0, 0.1), (20.0, 0.3), (20.0, 0.9)])
def test_contributions_and_bias_add_up_to_the_log_odds(row):
    parts = contributions(FOREST, COLUMNS, row)
    assert BIAS + sum(parts.values()) == pytest.approx(FOREST.score(row))


def test_contributions_of_one_row():
    # Tree 1: expected .5; units moves it to 2, link_share to 1. Tree 2: expected 1; link_share moves it to 0.
    assert contributions(FOREST, COLUMNS, (20.0, 0.9)) == {"length and ending": 1.5, "link density": -2.0}


@pytest.mark.parametrize("kind", ["text", "html"])
def test_every_feature_of_the_shipped_weights_has_a_group(kind):
    assert all(group_of(column) for column in shipped_models(kind).lines.columns)


def test_a_feature_without_a_group_is_an_error():
    with pytest.raises(KeyError, match="'moon_phase' belongs to no group"):
        group_of("moon_phase")
