"""The compiled keyword index finds what its Python twin finds."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage._native import PYTHON, build_info
from cleanpage.rules import Words
from cleanpage.rules.keyword_index import RuleIndex, WordRules
from cleanpage.text import units

pytestmark = pytest.mark.skipif(not build_info().compiled, reason=build_info().reason)

LETTERS = "ab1 -年报\u00e9\u0434\U00020000"
RULES = st.lists(st.integers(0, 9), max_size=3)
WORDS = st.dictionaries(st.text(LETTERS, min_size=1, max_size=5), RULES, max_size=12)
LIMITS = st.lists(st.floats(0.0, 20.0), min_size=10, max_size=10)


@given(WORDS, WORDS, WORDS, st.sets(st.text(LETTERS, min_size=1, max_size=4), max_size=5), LIMITS, RULES, st.data())
def test_rule_index(keywords, words, openings, endings, limits, always, data) -> None:
    pieces = [*keywords, *words, *openings, *endings, " ", "3", "、"]
    lines = data.draw(st.lists(st.lists(st.sampled_from(pieces), max_size=5).map("".join), max_size=8))
    sized = [(line, units(line)) for line in lines]
    index = (keywords, WordRules(words, openings, endings), always, limits)
    assert RuleIndex(*index).asked(sized) == PYTHON["keywords.RuleIndex"](*index).asked(sized)


def test_a_rule_without_a_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        RuleIndex({"word": [1]}, WordRules({}, {}, ()), (), (60.0,))


@given(st.lists(st.text("ab3|年 ", min_size=1, max_size=4), min_size=1, max_size=6), st.text("ab3| ٣■年b", max_size=12))
def test_words(words: list[str], line: str) -> None:
    kernel, twin = Words(words), PYTHON["keywords.Words"](words)
    for variant in (line, "".join(words), " | ".join(words), f"{words[0]}{line}{words[-1]}"):
        assert kernel.cover(variant) == twin.cover(variant)


def test_every_character_that_may_stand_between_words() -> None:
    kernel, twin = Words(["word"]), PYTHON["keywords.Words"](["word"])
    lines = [f"word{chr(code)}" for code in range(sys.maxunicode + 1) if code != ord("\n")]
    assert [kernel.cover(line) for line in lines] == [twin.cover(line) for line in lines]


def test_before_every_character_a_word_may_begin_or_not() -> None:
    index = ({"name": [0], "年": [1]}, WordRules({"bar": [2]}, {"bar": [2]}, ["bar"]), (), (60.0,) * 3)
    lines = [
        (line, 3.0)
        for code in range(sys.maxunicode + 1)
        if code != ord("\n")
        for line in (f"{chr(code)}name {chr(code)}年", f"{chr(code)}bar{chr(code)}")
    ]
    assert RuleIndex(*index).asked(lines) == PYTHON["keywords.RuleIndex"](*index).asked(lines)
