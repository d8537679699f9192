"""The labels: their roles, what rules may give, and that an unknown one is an error."""

import pytest

from cleanpage import CleanpageError, Rule
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.rules import shipped_rules
from cleanpage.serialise import decode_value


@pytest.mark.parametrize(
    ("label", "role"),
    [("body", "body"), ("title", "metadata"), ("caption", "caption"), ("duplicate", "duplicate"), ("share", "chrome")],
)
def test_role(label, role):
    assert Label(label).role == role


def test_labels_with_a_trait():
    assert labels_with(Trait.SITE) == {Label.COPYRIGHT, Label.LICENCE, Label.SITE_BAR, Label.FRIEND_LINKS}
    assert labels_with(Trait.SITE) < labels_with(Trait.FOOTER)


@pytest.mark.parametrize("trait", list(Trait))
def test_every_trait_has_labels(trait):
    assert labels_with(trait)


def test_shipped_rules_give_members():
    assert {type(rule.label) for rule in shipped_rules()} == {Label}


@pytest.mark.parametrize("label", ["toolz", "body", "duplicate"])
def test_rule_with_a_label_that_none_may_give(label):
    with pytest.raises(CleanpageError, match=rf"'mine.a': there is no label '{label}'; known: ad, app, .*wall"):
        Rule("mine.a", label, "why", ("Line",), ("Other line",), pattern="line")


def test_unknown_label_in_data():
    assert decode_value(Label, "share", "article.label") is Label.SHARE
    with pytest.raises(CleanpageError, match=r"article\.label: expected one of ad, .*, got 'toolz'"):
        decode_value(Label, "toolz", "article.label")
    with pytest.raises(CleanpageError, match=r"article\.label: expected one of"):
        decode_value(Label, ["share"], "article.label")
