"""Compiled kernels compute what their Python twins compute, and one switch chooses between them."""

import json
import os
import subprocess
import sys
from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage._native import PYTHON, SWITCH, build_info
from cleanpage.body import (
    class_name_weights,
    decoding,
    dom_features,
    element_tree,
    forest,
    line_forms,
    name_words,
    page_layout,
    stacking,
    text_features,
    token_weights,
    verdicts,
    window_features,
)  # fmt: skip
from cleanpage.body import lines as body_lines
from cleanpage.body.text_features import ROW_COLUMNS
from cleanpage.body.window_features import column
from cleanpage.draft import Dom, make_block
from cleanpage.labels import Label
from cleanpage.load import columns
from cleanpage.repeats import token_stream
from cleanpage.text.lazy_regex import lazy
from tests.unit.test_forest import NAMES_HERE, TREES

TESTS = Path(__file__).parents[1]
compiled = pytest.mark.skipif(not build_info().compiled, reason=f"nothing to compare: {build_info().reason}")
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)
def equal(module, kernel, *arguments):
    """Tell whether a kernel gives the bytes that its Python twin gives."""
    return repr(kernel(*arguments)) == repr(PYTHON[f"{module}.{kernel.__name__}"](*arguments))


@compiled
@given(st.lists(st.lists(NUMBERS | st.just(0.0), min_size=len(ROW_COLUMNS), max_size=len(ROW_COLUMNS)), max_size=30))
def test_surroundings(rows):
    own = [*map(column, zip(*rows, strict=True))] if rows else [column(())] * len(ROW_COLUMNS)
    assert equal("columns", text_features.surroundings, own)


@compiled
@given(st.lists(st.booleans(), max_size=200), st.integers(1, 4))
def test_counts(flags, most):
    marks = [i for i, flag in enumerate(flags) if flag]
    assert equal("columns", window_features.counts, marks, len(flags), most)


@compiled
@given(st.lists(NUMBERS, max_size=60))
def test_total(values):
    assert equal("columns", window_features.total, values) and equal("columns", window_features.total, column(values))


@compiled
@given(st.lists(st.tuples(st.floats(0.0, 500.0), st.floats(0.0, 1.0), NUMBERS), max_size=40), st.floats(0.15, 0.6))
def test_stacking_and_decoding(lines, level):
    units, chances, odds = [*map(column, zip(*lines, strict=True))] if lines else [column(())] * 3
    asked = bytes(chance > 0.5 for chance in chances)
    assert equal("columns", decoding.probabilities, odds, asked)
    assert equal("columns", stacking.company, odds, chances, units)
    assert equal("columns", decoding.best_threshold, units, chances)
    assert equal("columns", decoding.best_path, units, chances, level)


STEPS = [
    "div", "p", "li", "ul.nav", "div.post-body", "div.ads", "div.ad", "section.bad_ads", "blockquote", "h2",
    "td.\u6807\u9898abc",
]  # fmt: skip


@st.composite
def places(draw):
    """Lines of HTML: elements grow into a tree, each line stands in one of them."""
    tree = [((), ())]
    for number in range(1, draw(st.integers(1, 25))):
        path, ids = draw(st.sampled_from(tree))
        tree.append(((*path, draw(st.sampled_from(STEPS))), (*ids, number)))
    share = st.sampled_from([0.0, 0.3, 1.0])
    tag = st.sampled_from(["p", "li", "h1", "h3", "h", "div", "pre"])
    one = st.builds(
        lambda tag, at, hidden, share, images: Dom(tag, *at, hidden=hidden, link_share=share, images=images),
        tag, st.sampled_from(tree), st.booleans(), share, st.sampled_from([(), ("a.png",)]),
    )  # fmt: skip
    return draw(st.lists(one, min_size=1, max_size=25))


@compiled
@given(places(), st.data())
def test_elements(doms, data):
    assert equal("elements", element_tree.tree_of, doms)
    elements = element_tree.Elements(doms)
    assert equal("elements", element_tree.kinds_of, elements.steps)
    units = column(data.draw(st.lists(st.floats(0.1, 200.0), min_size=len(doms), max_size=len(doms))))
    prose = column([size * data.draw(st.sampled_from([0.0, 0.0, 0.5, 1.0])) for size in units])
    chances = column([size / 200.0 for size in units])
    headline = data.draw(st.none() | st.integers(0, len(doms) - 1))
    assert equal("elements", dom_features.tree_columns, doms, elements, units, prose, headline)
    assert equal("elements", dom_features.chances_around, elements.home, elements.parent, chances, units)


WORDS = lazy(r"ab|\bbc|cab\b|\bad\b")


@compiled
@given(st.text(st.sampled_from("abcd-_\u00e9"), max_size=12))
def test_words(text):
    assert PYTHON["elements.Words"](WORDS).found_in(text) == name_words.Words(WORDS).found_in(text)


@compiled
@given(st.lists(st.lists(st.sampled_from(STEPS), max_size=5).map(tuple), unique=True, max_size=12))
def test_names(paths):
    known = sorted({token for path in paths for token in class_name_weights.class_tokens(path)})[::2]
    weights = {"": -0.5, **{token: at / 7.0 - 1.0 for at, token in enumerate(known)}}
    assert equal("measures", class_name_weights.path_log_odds, paths, weights)
    assert equal("measures", class_name_weights.path_log_odds, paths, window_features.TokenWeights(weights))


LETTERS = st.text(st.sampled_from("aÀ×Z1٣_ .,，。!?|·的了漢字ひ…:：([）½-\n\x85\u3000"), max_size=30)


@compiled
@given(st.lists(LETTERS, max_size=8))
def test_token_weights(lines):
    known = sorted({token for line in lines for token in token_weights.tokens(line)})[::2]
    weights = {token: at / 7.0 - 1.0 for at, token in enumerate(known)}
    assert equal("measures", token_weights.said, lines, weights)


TEXTS = LETTERS.filter(bool) | st.sampled_from([
    "On 3 May 2031 the ferry ran again, said the harbour master...", "2031年9月7日", "1. Nordmole", "第一条 总则",
    "Prices: 12 5 3", "(photo: ada)", "09:10 Rain.", "Who decides?", "“So it is”", "的了是在，", "½ cup flour",
    "- item",
])  # fmt: skip


@st.composite
def blocks(draw):
    """A page of a few lines, each a block, and the labels of decisive findings and of hints."""
    texts = draw(st.lists(TEXTS, max_size=9))
    made, at = [], 0
    for text in texts:
        kind = draw(st.sampled_from(["paragraph", "code", "list_item"]))
        own = make_block(at, at + len(text) + 1, (at, at + len(text)), text, kind)
        size = draw(st.sampled_from([own.units, 4.0 * own.units]))
        made.append(replace(own, glued=draw(st.booleans()), units=size))
        at += len(text) + 1
    none, head, tail = frozenset(), frozenset((Label.PUBLISH,)), frozenset((Label.RELATED, Label.AD))
    labels = st.sampled_from([none, none, head, tail])
    marks = [draw(st.lists(labels, min_size=len(texts), max_size=len(texts))) for _ in range(2)]
    return "\n".join([*texts, ""]), made, *marks


@compiled
@given(blocks(), st.booleans(), st.data())
def test_lines(page, in_html, data):
    source, made, decided, hinted = page
    arguments = source, made, decided, hinted, in_html
    assert equal("measures", body_lines.joined_blocks, *arguments)
    assert equal("measures", body_lines.headline, made, decided)
    found = body_lines.joined_blocks(*arguments)
    assert equal("measures", text_features.own_columns, found)
    assert equal("measures", line_forms.forms_possible, found)
    own = text_features.own_columns(found)
    ends, dated = (own[ROW_COLUMNS.index(name)] for name in ("end", "dated"))
    assert equal("measures", page_layout.line_classes, found, ends, dated)
    assert equal("repeats", token_stream.evidence, made)
    words = data.draw(st.lists(st.text(st.sampled_from("aZ1的了漢"), min_size=1, max_size=3), max_size=5))
    assert equal("measures", text_features.share_held, found, words)
    kept = [data.draw(st.booleans()) for _ in found]
    chances = column([data.draw(st.floats(0.0, 1.0)) for _ in found])
    moved = dict.fromkeys(range(0, len(found), 3), "a repair")
    assert equal("measures", verdicts.verdicts, found, chances, 0.25, kept, moved)
    for bits, line in zip(line_forms.forms_possible(found), found, strict=True):
        forms = [bool(form.key(line)) for form in line_forms.LINE_FORMS]
        assert not any(has and not bits >> at & 1 for at, has in enumerate(forms))
        assert bits & line_forms.CREDITED or not line_forms.is_credited(line)


@compiled
@given(st.lists(st.integers(0, 3) | st.integers(0, 255), max_size=60).map(bytes))
def test_periods(forms):
    assert equal("measures", page_layout.periods, forms)


CELLS = ["a", "b c", " ", "  ", "    ", "\u3000", "\u7684", "\t", "\x0b"]
DRAWN = st.lists(st.sampled_from(CELLS), max_size=12).map("".join)


@compiled
@given(st.lists(DRAWN | DRAWN.map("{:9}xx yy".format), max_size=14), st.integers(1, 5))
def test_gutters(lines, most):
    assert equal("blocks", columns.gutters_drawn, lines)
    assert equal("blocks", columns.inner_gaps, "\n".join(lines), most)


def grown(size):
    """Return trees of ``size`` leaves at most, as ``forest_of`` takes them."""
    leaf = NUMBERS
    split = lambda tree: st.tuples(st.sampled_from(NAMES_HERE), NUMBERS, tree, tree).map(list)  # noqa: E731
    return st.lists(st.recursive(leaf, split, max_leaves=size), max_size=6)


@compiled
@given(grown(12), st.lists(st.tuples(NUMBERS, NUMBERS, st.integers(0, 1)), max_size=40))
def test_forests(trees, rows):
    columns = [column(own) for own in list(zip(*rows, strict=True))[:2] or [(), ()]]
    asked = bytes(flag for *_, flag in rows)
    for own in (TREES, trees):
        made = [forest.forest_of(own, NAMES_HERE) for _ in range(2)]
        kernel, twin = forest.scores(made[0], columns, asked), PYTHON["forest.scores"](made[1], columns, asked)
        assert kernel == twin
        for at, row in enumerate(zip(*columns, strict=True)):
            assert asked[at] == 0 or forest.row_score(made[0], row) == twin[at]


@compiled
def test_trees_of_more_leaves_than_a_word_has_bits():
    tree = 0.0
    for at in range(100):
        tree = ["size", float(-at), tree, float(at)]
    made = [forest.forest_of([tree, *TREES], NAMES_HERE) for _ in range(2)]
    columns = [column([-float(at) + 0.5 for at in range(120)]), column([1.0] * 120)]
    assert forest.scores(made[0], columns, b"\1" * 120) == PYTHON["forest.scores"](made[1], columns, b"\1" * 120)


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
        dom_features.chances_around(array("i", home), array("i", parent), array("d", values), array("d", values))


@compiled
@pytest.mark.parametrize(
    ("columns", "values", "after", "roots"),
    [([0], [1.0], [0], [0]), ([0, -1, -1], [1.0] * 3, [9, 0, 0], [0]), ([-1], [1.0], [0], [3]), ([-1], [], [0], [0])],
)
def test_a_forest_that_leads_out_of_itself_is_refused(columns, values, after, roots):
    made = forest.Forest(array("i", columns), array("d", values), array("i", after), array("i", roots))
    with pytest.raises(ValueError, match=r"."):
        forest.scores(made, [array("d", [1.0])], b"\1")


@compiled
@pytest.mark.parametrize("one", [None, (), ("p",) * 10, Dom, make_block(0, 1, (0, 1), "a")])
def test_kernels_read_slots_of_their_own_classes_alone(one):
    for kernel in (element_tree.tree_of, text_features.own_columns, line_forms.forms_possible):
        with pytest.raises(TypeError, match="is another class"):
            kernel([one])


def run(program, **environment):
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_the_switch_asks_for_python_alone():
    program = "import json, cleanpage; print(json.dumps(cleanpage.build_info()))"
    assert run(program, **{SWITCH: "1"}) == [False, f"{SWITCH} asks for Python alone", []]
    assert run(program, **{SWITCH: "0"})[0] == build_info().compiled
