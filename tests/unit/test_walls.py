"""Error pages and walls before the text are told from articles that hold the same words: cases/walls.toml."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from cleanpage import clean_page
from cleanpage.rules import shipped_rules

FILE = tomllib.loads((Path(__file__).parent / "cases" / "walls.toml").read_text(encoding="utf-8"))
LABELS = ("error", "wall")


def page(case):
    return FILE["frames"][case["frame"]].replace("{}", "\n\n".join(case["lines"]))


@pytest.mark.parametrize("case", FILE["case"], ids=lambda case: case["name"])
def test_kind(case):
    article = clean_page(page(case))
    assert article.is_article == (case["kind"] == "article")
    if not article.is_article:
        assert article.page_kind == case["kind"]


@pytest.mark.parametrize("case", [case for case in FILE["case"] if case["kind"] != "article"], ids=lambda c: c["name"])
def test_page_says_why_it_is_no_article(case):
    assert [w.partition(":")[0] for w in clean_page(page(case)).warnings].count("not-article") == 1


def test_names_of_cases_are_unique():
    assert [name for name, count in Counter(case["name"] for case in FILE["case"]).items() if count > 1] == []


def test_rules_only_hint():
    """An article may be about an error page: what these rules say may not take a line out of it."""
    assert [rule.id for rule in shipped_rules() if rule.label in LABELS and rule.weight != "hint"] == []
