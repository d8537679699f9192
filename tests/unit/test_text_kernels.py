"""The compiled functions of ``cleanpage.text`` do what their Python twins do, for every character there is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleanpage.text
from cleanpage._native import PYTHON, build_info

pytestmark = pytest.mark.skipif(not build_info().compiled, reason=build_info().reason)

ONE = ("fold", "simplify", "normalise", "is_blank", "units", "ends_sentence")
MANY = ("fold_all", "units_all")
TAILS = '.。?；"”’」)]*[ \n3٣\ufe0f\u200d☀🙂ab\u3000'
"""What stands at ends of sentences, and what does not."""


def _pair(name: str) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    return PYTHON[f"text.{name}"], getattr(cleanpage.text, name)


def _of_each_character(text: str) -> Iterator[str]:
    yield text
    yield f"a{text}b"
    yield f"a{text}"
    yield f"a.{text}"
    yield f"{text} {text}"


@pytest.mark.parametrize("name", ONE)
def test_every_character_alone(name: str) -> None:
    twin, kernel = _pair(name)
    for start in range(0, sys.maxunicode + 1, 0x1000):
        whole = "".join(map(chr, range(start, start + 0x1000)))
        if name in {"fold", "simplify", "normalise", "units"}:
            # What they make of a character does not depend on its neighbours, blanks apart: all of them at once.
            assert kernel(whole) == twin(whole)
            assert kernel("x".join(whole)) == twin("x".join(whole))
        else:
            wrong = [text for char in whole for text in (char, f"a.{char}", f"a{char}") if kernel(text) != twin(text)]
            assert not wrong


@pytest.mark.parametrize("name", ONE)
@given(text=st.text(st.characters(categories=None) | st.sampled_from(TAILS), max_size=30))
def test_any_text(name: str, text: str) -> None:
    twin, kernel = _pair(name)
    for variant in _of_each_character(text):
        assert kernel(variant) == twin(variant)


@pytest.mark.parametrize("name", MANY)
@given(texts=st.lists(st.text(st.characters(categories=None) | st.sampled_from(TAILS), max_size=12), max_size=6))
def test_many_normal_texts(name: str, texts: list[str]) -> None:
    twin, kernel = _pair(name)
    normal = [cleanpage.text.normalise(text).replace("\0", "") for text in texts]
    assert kernel(normal) == twin(normal)


@pytest.mark.parametrize("name", ONE)
def test_what_is_no_text_raises(name: str) -> None:
    with pytest.raises(TypeError):
        getattr(cleanpage.text, name)(None)
