"""Compiled kernels compute what their Python twins compute, and one switch chooses between them."""

import json
import os
import subprocess
import sys
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage._native import PYTHON, SWITCH, build_info
from cleanpage.body import dom_features, forest, text_features, window_features
from tests.unit.test_forest import NAMES_HERE, TREES

TESTS = Path(__file__).parents[1]
compiled = pytest.mark.skipif(not build_info().compiled, reason=f"nothing to compare: {build_info().reason}")
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)
COLUMNS = st.lists(NUMBERS, max_size=80).map(window_features.column)
FLAGS = st.lists(st.sampled_from([0.0, 0.0, 1.0]), max_size=200).map(window_features.column)


@st.composite
def trees(draw):
    """Elements, each with the one around it, and the elements that lines stand in."""
    size = draw(st.integers(0, 30))
    parent = array("i", [draw(st.integers(-1, at - 1)) for at in range(size)])
    home = array("i", draw(st.lists(st.integers(-1, size - 1), max_size=40)))
    return home, parent


def equal(module, kernel, *arguments):
    """Tell whether a kernel gives the bytes that its Python twin gives."""
    return repr(kernel(*arguments)) == repr(PYTHON[f"{module}.{kernel.__name__}"](*arguments))


@compiled
@given(COLUMNS, st.integers(-90, 90), st.integers(1, 90))
def test_columns(column, step, size):
    for name, arguments in (("shifted", (step or 1,)), ("windows", (size,)), ("totals", ()), ("runs", ())):
        assert equal("columns", getattr(window_features, name), column, *arguments)


@compiled
@given(FLAGS, st.integers(1, 4))
def test_flags(flags, most):
    marks = [i for i, flag in enumerate(flags) if flag]
    assert equal("columns", window_features.distances, flags)
    assert equal("columns", window_features.counts, marks, len(flags), most)


@compiled
@given(trees(), st.data())
def test_elements(tree, data):
    home, parent = tree
    lines, elements = (
        window_features.column(data.draw(st.lists(NUMBERS, min_size=size, max_size=size)))
        for size in (len(home), len(parent))
    )
    kinds = array("i", data.draw(st.lists(st.integers(0, 15), min_size=len(parent), max_size=len(parent))))
    assert equal("elements", dom_features.sums_inside, home, parent, lines)
    assert equal("elements", dom_features.values_around, home, parent, elements, 4)
    assert equal("elements", dom_features.steps_out, home, parent, kinds, 4)


@compiled
@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.integers(0, 1)), max_size=20))
def test_forests(rows):
    columns = [window_features.column(own) for own in list(zip(*rows, strict=True))[:2] or [(), ()]]
    asked = bytes(flag for *_, flag in rows)
    assert equal("forest", forest.scores, forest.forest_of(TREES, NAMES_HERE), columns, asked)


@compiled
@given(st.text(st.sampled_from("aÀ×Z1_ .\u3000,，。!?|·的了漢Я\n\x85"), min_size=1, max_size=60), st.floats(0.1, 60.0))
def test_measures(text, size):
    assert equal("measures", text_features.shares, text, size, text_features._FUNCTION, frozenset(("a", "àz")))


PAGES = sorted(
    path.relative_to(TESTS).as_posix()
    for folder in ("pages", "cases", "fuzz/cases")
    for path in (TESTS / folder).iterdir()
    if path.suffix not in (".json", ".py") and path.is_file()
)
PURE = """
import hashlib, json, sys
from pathlib import Path
from cleanpage import clean_page
for name in json.load(sys.stdin):
    print(hashlib.sha256(clean_page(Path(name).read_bytes()).to_json().encode()).hexdigest())
"""


@compiled
def test_every_page_gives_the_same_article_in_python_alone():
    paths = [str(TESTS / name) for name in PAGES]
    command = [sys.executable, "-c", PURE]
    done = [
        subprocess.run(
            command, input=json.dumps(paths), env={**os.environ, SWITCH: switch},
            capture_output=True, text=True, check=True,
        ).stdout.split()
        for switch in ("0", "1")
    ]
    assert len(done[0]) == len(PAGES) > 400
    assert [name for name, one, other in zip(PAGES, *done, strict=True) if one != other] == []


@compiled
@pytest.mark.parametrize(
    ("home", "parent", "values"),
    [([1], [-1], [1.0]), ([0], [0], [1.0]), ([0], [-1], []), ([-2], [-1], [1.0]), ([0], [5], [1.0])],
)
def test_kernels_stay_inside_their_arrays(home, parent, values):
    with pytest.raises(ValueError, match=r"."):
        dom_features.sums_inside(array("i", home), array("i", parent), array("d", values))


def run(program, **environment):
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_the_switch_asks_for_python_alone():
    program = "import json, cleanpage; print(json.dumps(cleanpage.build_info()))"
    assert run(program, **{SWITCH: "1"}) == [False, f"{SWITCH} asks for Python alone", []]
    assert run(program, **{SWITCH: "0"})[0] == build_info().compiled
