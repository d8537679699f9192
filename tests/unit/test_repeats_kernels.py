"""The compiled functions of ``cleanpage.repeats`` and of keys do what their Python twins do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage._native import PYTHON, build_info
from cleanpage.repeats import alignment, nested_lines, seed_chains, token_stream
from cleanpage.text import similarity

pytestmark = pytest.mark.skipif(not build_info().compiled, reason=build_info().reason)

LINES = st.text(st.characters(categories=None) | st.sampled_from("ab 1_年٣é\U00020000"), max_size=40)
KEYS = st.lists(st.text("ab年", max_size=12) | st.text("ab\u00e9\U00020000", min_size=6, max_size=30), max_size=8)


@given(st.lists(LINES, max_size=4), st.sampled_from([0.0, 0.5, 1.0]))
def test_keys(lines: list[str], share: float) -> None:
    lengths = [share * len(line) for line in lines]
    assert similarity.seeded_keys(lines, lengths) == PYTHON["repeats.seeded_keys"](lines, lengths)
    for line in lines:
        assert similarity.letters_of(line) == PYTHON["repeats.letters_of"](line)


def _pieces(keys: list[str], gram: int, *, dense: bool) -> list[tuple[int, Any, int]]:
    pieces, start = [], 0
    for key in keys:
        pieces.append((start, range(len(key)) if dense else list(range(0, len(key), 3)), gram))
        start += len(key)
    return pieces


@given(KEYS, st.sampled_from([5, 8]), st.booleans(), st.sampled_from([1, 2]))
def test_seeds(keys: list[str], gram: int, dense: bool, step: int) -> None:
    text, pieces = "".join(keys), _pieces(keys, gram, dense=dense)
    assert token_stream.seeds_of(text, pieces, step) == PYTHON["repeats.seeds_of"](text, pieces, step)


@given(KEYS, st.sampled_from([2, 5]), st.integers(0, 3), st.sampled_from([1, 3, 7]))
def test_links_and_segments(keys: list[str], gram: int, exact: int, times: int) -> None:
    keys = [*keys, *(key * times for key in keys)]
    text = "".join(keys)
    *columns, _ = PYTHON["repeats.seeds_of"](text, _pieces(keys, gram, dense=True), 1)
    # Runs of blocks that stood before, as token_stream makes them: in order, apart, each after what it repeats.
    half = len(text) // 2
    runs = tuple((half + 7 * i, i, 5, 8) for i in range(exact) if half + 7 * i + 5 <= len(text))
    links = seed_chains.linked(text, runs, *columns)
    assert links == PYTHON["repeats.linked"](text, runs, *columns)
    assert seed_chains.in_step(links) == PYTHON["repeats.in_step"](links)

    def alike(first: int, first_end: int, copy: int, copy_end: int) -> bool:
        return (first + first_end + copy + copy_end) % 3 > 0

    assert seed_chains.segmented(len(text), links, alike) == PYTHON["repeats.segmented"](len(text), links, alike)


@given(KEYS, KEYS)
def test_beginnings(keys: list[str], others: list[str]) -> None:
    kernel, twin = nested_lines.Beginnings(), PYTHON["repeats.Beginnings"]()
    for key in keys:
        if len(key) >= nested_lines.ALIKE:
            kernel.add(key[: nested_lines.ALIKE])
            twin.add(key[: nested_lines.ALIKE])
    for key in (*keys, *others, "".join(keys)):
        assert kernel.places(key) == twin.places(key)


LONG_KEYS = st.lists(st.text("ab年", min_size=6, max_size=40), max_size=10)


@given(LONG_KEYS)
def test_keys_that_hold_others(keys: list[str]) -> None:
    keys += ["".join(keys[at : at + 2]) for at in range(len(keys))]
    assert nested_lines.holding(keys, keys[::2]) == PYTHON["repeats.holding"](keys, keys[::2])


@given(KEYS, st.data())
def test_tiles(keys: list[str], data: st.DataObject) -> None:
    kernel, twin = nested_lines.Pieces(), PYTHON["repeats.Pieces"]()
    keys = [key for key in (*keys, *("".join(keys[at : at + 3]) for at in range(len(keys)))) if key]
    for key in sorted(keys, key=len):
        assert kernel.tiles(key) == twin.tiles(key)
        units, whole = data.draw(st.sampled_from([5.0, 20.0])), data.draw(st.booleans())
        for pieces in (kernel, twin):
            pieces.add(nested_lines._TiledLine(range(1), key, (0, len(key)), units), whole=whole)
    assert (kernel.first, kernel.parts) == (twin.first, twin.parts)


SEGMENTS = st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(1, 90), st.sampled_from([3, 5, 16, 40]))


@given(st.lists(SEGMENTS, max_size=60))
def test_chains(drawn: list[tuple[int, int, int, int]]) -> None:
    segments = sorted(seed_chains.Segment(a, a + b, a + size, a + b + size, n) for a, b, size, n in drawn)
    segments.sort(key=lambda segment: (segment.copy, segment.first))
    assert seed_chains.chain_scores(segments) == PYTHON["repeats.chain_scores"](segments)


def test_what_leads_out_of_the_text_raises() -> None:
    *columns, _ = token_stream.seeds_of("abcdefgh", [(0, [0, 4], 4)], 1)
    with pytest.raises(IndexError):
        token_stream.seeds_of("abc", [(0, [7], 5)], 1)
    with pytest.raises(IndexError):
        seed_chains.linked("abcdefgh", ((4, 9, 3, 8),), *columns)
    with pytest.raises(IndexError):
        seed_chains.segmented(10, [(20, 1, 3, 1)], lambda *_: True)


@given(st.text("ab1٣3 ", max_size=40), st.text("ab1٣", max_size=60), st.integers(1, 4), st.integers(0, 80))
def test_numbers_and_seeds_in_step(key: str, kept: str, gram: int, hint: int) -> None:
    assert similarity.digits_of(key) == PYTHON["repeats.digits_of"](key)
    assert similarity.with_numbers_as(key, "0") == PYTHON["repeats.with_numbers_as"](key, "0")
    index: dict[str, int] = {}
    for at in range(len(kept) - gram + 1):
        index.setdefault(kept[at : at + gram], at)
    arguments = key, range(len(key)), gram, index, hint
    assert alignment.seeds_in_step(*arguments) == PYTHON["repeats.seeds_in_step"](*arguments)
