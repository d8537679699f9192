"""The compiled functions of ``cleanpage.fields`` and of languages do what their Python twins do."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage import Config
from cleanpage._native import PYTHON, build_info
from cleanpage.draft import BlockFinding, make_block
from cleanpage.fields import comments, headline_features
from cleanpage.fields.headline_lines import possible
from cleanpage.fields.headline_text import line_of
from cleanpage.fields.shared import build_evidence, evidence, labelled_values, when
from cleanpage.fields.shared.build_evidence import gather
from cleanpage.labels import Label
from cleanpage.pipeline import load
from cleanpage.text import language

pytestmark = pytest.mark.skipif(not build_info().compiled, reason=build_info().reason)

CHARACTERS = st.characters(categories=None) | st.sampled_from("ab _1年ーれ한цÉé٣\u0301\u200d\U00020000")
LETTERS = st.text(CHARACTERS, max_size=60)
LINES = (
    "Ferry back in service", "Home", "A night on the old bridge!", "6 May 2024", "渡轮恢复通航：", "返航", "Words.",
)  # fmt: skip
TAGS = ("h1", "h2", "p", "li", "div")
LABELS = (Label.BODY, Label.NAVIGATION, Label.BREADCRUMB, Label.PUBLISH, Label.TITLE)


def test_keys_of_each_character() -> None:
    twin = PYTHON["text.key"]
    for code in range(sys.maxunicode + 1):
        for text in (chr(code), f"a{chr(code)}年{chr(code)}"):
            assert evidence.key(text) == twin(text)


@given(LETTERS)
def test_keys(text: str) -> None:
    assert evidence.key(text) == PYTHON["text.key"](text)


@given(LETTERS)
def test_languages(text: str) -> None:
    assert language.letters_of_scripts(text) == PYTHON["text.letters_of_scripts"](text)
    spoken = {"ab": ["en", "de"], "a": ["en"], "é": ["fr"], "ц": ["ru"]}
    assert language.languages_of_words(text, spoken) == PYTHON["text.languages_of_words"](text, spoken)


LINE = st.tuples(st.sampled_from(TAGS), st.sampled_from(LINES), st.sampled_from(LABELS), st.sampled_from((0.5, 1.0)))


@given(st.lists(LINE, min_size=1, max_size=14), st.sampled_from(LINES))
def test_headlines(lines: list[tuple[str, str, Label, float]], title: str) -> None:
    body = "".join(f"<{tag}>{text}</{tag}>" for tag, text, _, _ in lines)
    head = f'<title>{title} - Site</title><meta property="og:title" content="{title}">'
    draft = load(f"<html><head>{head}</head><body>{body}</body></html>", Config(), kind="html")
    labels = [(label, score) for _, _, label, score in lines][: len(draft.blocks)]
    findings = (BlockFinding(i, label, "rule", "", score) for i, (label, score) in enumerate(labels))
    page = gather(draft.with_findings(findings))
    assert evidence.keys_of(page.blocks) == PYTHON["text.keys_of"](page.blocks)
    scene = headline_features.set_scene(page, headline_features.h1_of(page))
    candidates = [line_of(page, i) for i in possible(page)]
    weights = headline_features._SHAPE_WEIGHTS, headline_features._COMPANY_WEIGHTS, 0.7
    kernel, twin = headline_features.early_scores, PYTHON["fields.early_scores"]
    assert repr(kernel(scene, candidates, *weights)) == repr(twin(scene, candidates, *weights))


@given(st.lists(LETTERS | st.sampled_from(("20", "1990", "a:b", "来源] 新华社", "é|", "/")), max_size=9))
def test_marks_of_lines(texts: list[str]) -> None:
    blocks = [make_block(0, len(text), (0, len(text)), text) for text in texts]
    letters = labelled_values.letters_of_labels()
    assert labelled_values.line_marks(blocks, letters) == PYTHON["fields.line_marks"](blocks, letters)


FINDING = st.builds(
    BlockFinding, st.integers(0, 9), st.sampled_from(LABELS), st.just("rule"), st.just(""), st.sampled_from((0.5, 1.0))
)


@given(st.lists(FINDING, max_size=20))
def test_findings_by_label(findings: list[BlockFinding]) -> None:
    assert repr(build_evidence.by_label(findings)) == repr(PYTHON["fields.by_label"](findings))


@given(st.text("ab年𠀀", max_size=12), st.text("ab年𠀀", max_size=30), st.integers(1, 4))
def test_shares_of_n_grams(own: str, told: str, n: int) -> None:
    assert headline_features.share_told(own, told, n) == PYTHON["fields.share_told"](own, told, n)


@given(st.lists(st.tuples(st.sampled_from(("a", "b", "c comment")), st.booleans()), max_size=9), st.data())
def test_elements_apart_from_the_text(lines: list[tuple[str, bool]], data: st.DataObject) -> None:
    rows = "".join(f'<div class="{name}"><p>Words{"</p></div>" * closed}' for name, closed in lines)
    blocks = load(f"<body>{rows}</body>", Config(), kind="html").blocks
    distances = tuple(data.draw(st.integers(0, 2)) for _ in blocks)
    steps = comments.steps_apart(blocks, distances)
    assert steps == PYTHON["fields.steps_apart"](blocks, distances)
    called, ours = {step for step in steps if "b" in step}, {data.draw(st.integers(0, 5))}
    found = comments.lines_called(blocks, distances, called, ours)
    assert found == PYTHON["fields.lines_called"](blocks, distances, called, ours)


def test_a_line_without_a_block_raises() -> None:
    page = gather(load("<h1>Ferry back in service</h1>", Config(), kind="html"))
    scene = headline_features.set_scene(page, frozenset())
    line = headline_features.Line(7, "Ferry", "ferry", 2.0)
    weights = headline_features._SHAPE_WEIGHTS, headline_features._COMPANY_WEIGHTS, 0.7
    with pytest.raises(IndexError):
        headline_features.early_scores(scene, [line], *weights)
    with pytest.raises(ValueError, match="weight"):
        headline_features.early_scores(scene, [], (), (), 0.7)


@given(st.lists(LETTERS | st.sampled_from(("20", "19", "2018", "年", " 年", "1", "٢", "-", "á", "民")), max_size=9))
def test_signs_of_dates(parts: list[str]) -> None:
    text = "".join(parts)
    assert when.date_signs(text) == PYTHON["fields.date_signs"](text)
