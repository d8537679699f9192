"""The compiled keyword index finds what its Python twin finds."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage._native import PYTHON, build_info
from cleanpage.rules import Words
from cleanpage.rules.keyword_index import Keywords

pytestmark = pytest.mark.skipif(not build_info().compiled, reason=build_info().reason)

LETTERS = "ab1 -年报\u00e9\u0434\U00020000"
WORDS = st.dictionaries(st.text(LETTERS, min_size=1, max_size=5), st.lists(st.integers(0, 9), max_size=3), max_size=12)


@given(WORDS, st.lists(st.text(LETTERS, max_size=20), max_size=5))
def test_keywords(asking: dict[str, list[int]], lines: list[str]) -> None:
    lines = [*lines, "".join(asking), "-".join(asking)]
    found = PYTHON["keywords.Keywords"](asking).scan(lines)
    assert Keywords(asking).scan(lines) == {row: rules for row, rules in found.items() if rules}


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
    asking = {"name": [0], "年": [1]}
    lines = [f"{chr(code)}name {chr(code)}年" for code in range(sys.maxunicode + 1) if code != ord("\n")]
    assert Keywords(asking).scan(lines) == PYTHON["keywords.Keywords"](asking).scan(lines)
