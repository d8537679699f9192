"""The compiled functions of ``cleanpage.dedupe`` do what their Python twins do."""

from __future__ import annotations

import sys
from array import array
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage._native import PYTHON, build_info
from cleanpage.dedupe import alignment, candidates, fillings, verify
from cleanpage.dedupe import fingerprint as prints

pytestmark = pytest.mark.skipif(not build_info().compiled, reason=build_info().reason)

TEXTS = st.text(st.characters(categories=None) | st.sampled_from("ab 1_年村ไย٣é\U00020000"), max_size=60)
WORDS = st.lists(st.sampled_from(["a", "bb", "c", "1", "x2", "年", "月", "村"]), max_size=40)
SUMS = st.integers(0, 12) | st.just(2**32 - 1)
TRACES = st.lists(SUMS, max_size=40).map(lambda n: prints.pack(array("I", n)))
SKETCHES = st.sets(st.integers(0, 40) | st.just(2**64 - 1)).map(lambda n: prints.pack(array("Q", sorted(n))))


def both(module: Any, name: str, *arguments: object) -> tuple[object, object]:
    return getattr(module, name)(*arguments), PYTHON[f"dedupe.{name}"](*arguments)


def test_every_character_is_a_token_in_both_or_in_none():
    for start in range(0, sys.maxunicode + 1, 4096):
        kernel, twin = both(prints, "cut_shingles", " ".join(map(chr, range(start, start + 4096))))
        assert kernel == twin


@given(TEXTS, st.sampled_from([1, 12, 32]))
def test_shingles(text, least):
    kernel, twin = both(prints, "cut_shingles", text)
    assert kernel == twin
    data, starts, ends, _ = twin
    kernel, twin = both(prints, "hash_spans", data, starts, ends, least)
    assert kernel == twin


def test_a_sketch_has_a_most():
    data = bytes(range(256)) * 40
    starts, ends = array("I", range(0, 10000)), array("I", range(7, 10007))
    kernel, twin = both(prints, "hash_spans", data, starts, ends, 10000)
    assert kernel == twin


@given(SKETCHES, SKETCHES)
def test_shared_sketches(one, other):
    kernel, twin = both(verify, "shared_sketch", one, other)
    assert kernel == twin


@given(st.lists(SKETCHES, max_size=9))
def test_shared_by_several(held):
    kernel, twin = both(candidates, "find_shared", held)
    assert kernel == twin


@given(TRACES, TRACES, st.integers(0, 9))
def test_gaps(one, other, more):
    kernel, twin = both(verify, "find_gaps", one, len(one) // 4 + more, other, len(other) // 4 + 2)
    assert kernel == twin


@given(TEXTS)
def test_tokens_that_hold_a_digit(text):
    kernel, twin = both(verify, "digit_tokens", text)
    assert kernel == twin


@given(TRACES, TRACES)
def test_runs(one, other):
    kernel, twin = both(alignment, "equal_runs", one, other)
    assert kernel == twin


@given(WORDS, WORDS, st.integers(0, 15))
def test_edits(words, others, same):
    one, other = [*words, *others[:same], *words[5:]], [*others, *words[:same]]
    traces = [prints.fingerprint(" ".join(text)).trace for text in (one, other)]
    kernel, twin = both(alignment, "find_edits", one, other, alignment.align_traces(*traces))
    assert kernel == twin
    found, _ = twin
    for side, text in ((fillings.MINE, one), (fillings.YOURS, other)):
        steps = array("i", bytes(4 * (2 * len(text) + 3))), array("i", bytes(4 * (2 * len(text) + 3)))
        fillings.add_steps(steps[0], found, side, 2)
        PYTHON["dedupe.add_steps"](steps[1], found, side, 2)
        assert steps[0] == steps[1]
        kernel, twin = both(fillings, "touching", found, steps[0], side)
        assert kernel == twin


@pytest.mark.parametrize("name", ["cut_shingles", "hash_spans", "shared_sketch", "find_gaps", "digit_tokens"])
def test_kernels_are_in_use(name):
    assert f"dedupe.{name}" in PYTHON


def test_what_lies_outside_of_a_text_is_an_error():
    with pytest.raises(IndexError):
        prints.hash_spans(b"abc", array("I", [1]), array("I", [4]), 1)
    with pytest.raises(IndexError):
        alignment.find_edits(["a"], ["b"], [(5, 0, 1)])
    with pytest.raises(IndexError):
        fillings.add_steps(array("i", [0, 0, 0]), [(1, 2, 0, 0)], 0, 1)
