"""The bench of removals: what counts as right, and what is off; the shares that go into the ledger."""

import pytest

from bench.removals import Tenth, is_off, judged, tenths
from cleanpage import clean_page
from cleanpage.decide.removal_confidence import measured, removal_confidence
from cleanpage.draft import BlockFinding
from cleanpage.labels import Label
from training.fit_removals import rising

PAGE = """Home

The ferry runs again

The ferry between the two landing stages runs again after four weeks, the company said on Monday. It was repaired.

The captain said that the new engine is quieter than the old one and needs a third less fuel on every crossing.

Copyright 2024 Riverbend Post. All rights reserved.
"""
BODY = PAGE.split("\n\n")[2]


def test_a_removal_is_right_if_the_label_lacks_its_letters():
    article = clean_page(PAGE)
    footer = [one for one in judged(article, BODY) if one.removed.label == "copyright"]
    assert [one.right for one in footer] == [True]
    assert [one.right for one in judged(article, PAGE) if one.removed.label == "copyright"] == [False]


def test_one_of_two_copies_is_enough():
    twice = "\n\n".join([PAGE, *PAGE.split("\n\n")[2:4], "Contact us"])
    found = [one for one in judged(clean_page(twice), twice) if one.removed.duplicate_of]
    assert found
    assert all(one.right for one in found)


def test_tenths():
    assert tenths([(0.9, True), (1.0, False), (0.25, False)]) == [Tenth(0.2, 1, 0.25, 0.0), Tenth(0.9, 2, 0.95, 0.5)]
    assert is_off(Tenth(0.9, 200, 0.95, 0.89))
    assert not is_off(Tenth(0.9, 199, 0.95, 0.5))
    assert not is_off(Tenth(0.9, 200, 0.95, 0.91))


def test_shares_rise_with_the_probability():
    rows = [(0.55, True), (0.65, False), (0.72, True), (0.99, True)]
    assert rising(rows) == [(0.6, 0.5), (0.855, 1.0)]


@pytest.mark.parametrize("source", ["text", "html"])
def test_a_line_that_is_likelier_no_body_is_a_surer_removal(source):
    found = [BlockFinding(0, Label.BOILERPLATE, "body", "", score / 100, via="model") for score in range(40, 100)]
    sure = [removal_confidence(finding, source) for finding in found]
    assert sure == sorted(sure)
    assert 0 < sure[0] < sure[-1] < 1


def test_a_rule_has_its_own_share_or_that_of_its_label():
    assert removal_confidence(BlockFinding(0, Label.SHARE, "mine.share", ""), "text") == measured().labels["share"]
    rule, share = next(iter(measured().rules.items()))
    assert removal_confidence(BlockFinding(0, Label.SHARE, rule, ""), "html") == share
    assert removal_confidence(BlockFinding(0, Label.UNREAD, "mine", ""), "text") == measured().other
