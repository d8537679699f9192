"""Kernels of the loaders compute what their Python twins compute."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleanpage import limits
from cleanpage._native import PYTHON, build_info
from cleanpage.body import page_tokens
from cleanpage.load import clean_layout, code_lines, cut_lines, escapes, lines, mojibake, page_scripts, rejoin_lines

compiled = pytest.mark.skipif(not build_info().compiled, reason=f"nothing to compare: {build_info().reason}")
ALPHABET = "aZж中é½9 .!?。…=\"”')]】([;{:：<|\t\n\r\x0b\x85\u2028\u200b\xa0\u3000\x7f߿ࠀ\ud800\udfff\uffff\ufffe😀_-•①"
TEXTS = st.text(st.sampled_from(ALPHABET), max_size=60)
PHRASES = st.lists(
    st.sampled_from([
        "The mill ground its first flour.", " ", "2024-05-06 10:15 ", "来源:河湾日报 ", "作者：李明 ", "水退了！集市",
        "First aid (see below)", "; then", ";x", "var x = f(1);", "• ", "1. ", "(2) ", "③", " | ", "\t", "[edit]", "!=",
        "“Go.” He", "。", "?", "grain " * 30, "河水在夜里退去" * 12, "Published: May 5, 2020 ", "By: Ann Lee ",
        "e.g. this", ".\xa0Next", "\u200b", "  ", "\xa0 ", "\u3000", "foo(bar) = {1};", "<b>", "The end.  ",
    ]),
    max_size=12,
).map("".join)


def equal(module, kernel, *arguments):
    """Tell whether a kernel gives what its Python twin gives."""
    return kernel(*arguments) == PYTHON[f"{module}.{kernel.__name__}"](*arguments)


@compiled
@given(TEXTS, st.integers(0, 9))
def test_a_page_is_counted(text, least):
    assert equal("text", limits.count_breaks, text, True)
    assert equal("text", limits.count_breaks, text, False)
    assert equal("text", mojibake.is_latin, text, 0.1)
    assert equal("text", mojibake.runs_beyond_ascii, text, least)
    assert equal("text", mojibake.runs_beyond_ascii, f"{text:a<70}{'a' * 20}{text}", least)
    assert equal("text", escapes.quoted_cuts, text)


@compiled
@given(st.lists(st.text(st.sampled_from("ab 水{}()[];=\"'<>|&$@:!if\n\r\U0001f600"), max_size=40), max_size=8))
@example(["", "<!" + "a" * 40, "[if " + "a" * 90, "a=\n", "=\r\n=\n水", "a" * 46 + "(()"])
def test_signs_of_scripts(texts):
    assert equal("text", page_scripts.suspects, texts)
    assert equal("text", escapes.quoted_cuts, "".join(texts))


@compiled
@given(st.text(st.sampled_from("abZ水漢ä²٣あァ〆㐀鿿ー_9 -\n\u4dff\U00020000\U0001f600é"), max_size=60))
def test_words_and_names(text):
    assert equal("text", page_tokens.words, text)
    assert equal("text", page_tokens.names, text)


@compiled
@given(st.lists(TEXTS, max_size=8))
def test_lines(rows):
    assert equal("text", lines.lines_of, "".join(rows), rows)


@compiled
@given(st.one_of(TEXTS, PHRASES), st.sampled_from([0.0, 30.0, 5_000.0]))
@example("He said “Go.” Then he went on, and on, until the river and the mill beyond it were out of sight", 5_000.0)
@example("水退了！=北岸的集市明天开张，人们从各地赶来，带着粮食、布匹和牲口，一直走到河边的旧码头", 5_000.0)
def test_cut_lines(text, more):
    assert equal("blocks", cut_lines.sentence_ends, text, 0, len(text))
    for line in lines.split_lines(text):
        assert equal("blocks", cut_lines.cut_line, text, line, line.units + more)


@compiled
@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 9), (3, 1)])
def test_spans_stay_inside_the_text(start, end):
    if start > end:
        assert cut_lines.sentence_ends("a. B", start, end) == []
    else:
        with pytest.raises(ValueError, match="span"):
            cut_lines.sentence_ends("a. B", start, end)


@compiled
@given(st.one_of(TEXTS, st.lists(PHRASES, max_size=9).map("\n".join)), st.data())
def test_lines_of_a_text(text, data):
    found = lines.split_lines(text)
    bounds = sorted({at for line in found for at in (line.start, line.end)})
    spans = [tuple(sorted(data.draw(st.tuples(st.sampled_from(bounds), st.sampled_from(bounds)))))] if bounds else []
    assert equal("blocks", code_lines.hinted_lines, found)
    assert equal("blocks", clean_layout.odd_lines, text, found, spans)
    assert equal("blocks", rejoin_lines.joined_groups, found)
