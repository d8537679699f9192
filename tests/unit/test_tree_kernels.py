"""The compiled functions of ``cleanpage.load`` do what their Python twins do, on trees and tags of every kind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cleanpage._native import PYTHON, build_info
from cleanpage.draft import Dom
from cleanpage.load import markup
from cleanpage.load.code import find_code
from cleanpage.load.html_blocks import blocks_of
from cleanpage.load.tree_index import index_of
from cleanpage.load.walk import walk
from cleanpage.text import is_blank

pytestmark = pytest.mark.skipif(not build_info().compiled, reason=build_info().reason)

BLOCKS = ("div", "p", "td", "tr", "table", "li", "ul", "pre", "textarea", "select", "option", "optgroup", "h1", "h7:x")
INLINES = ("a", "b", "strong", "em", "i", "code", "span", "sup", "q", "time", "o:p", "math", "rb", "ruby", "button")
HIDDEN = ("script", "style", "svg", "noscript", "dialog", "template", "iframe", "title", "frame")
EMPTY = (
    "<br>",
    "<img src=' p.png' alt='a  b'>",
    "<img data-src=data:x srcset='a 1x, b 2x'>",
    "<meta name=author content=Ann>",
)
ATTRIBUTES = (
    "", " class='Main  x12 main 7 Ärmel'", " class='line code-line'", " id=a1b22 role=Main", " hidden",
    " aria-hidden=true",
    " style='Display : NONE'", " style='visibility:\thidden'", " style=color:red", " href=' /x '", " itemprop=author",
    " rel='Next author'", " datetime=2024-05-06T10:00", " data-day='2024-05-06'", " title='2024-5-06'",
    " type=math/tex",
    " type=application/ld+json", " content=2024-05-06", " class='\N{NO-BREAK SPACE}a\u3000bc \x1cd1e' alt=x",
)  # fmt: skip
TEXTS = (
    "word", " ", "two  words\n", "\t", "\n\n", "\u200b", "\xa0", "\u3000漢字。", "é", "&#1;", "&#x1F600;", "a\rb",
    "12", "&nbsp;",
    "x" * 61,
)  # fmt: skip
NAMES = (*BLOCKS, *INLINES, *HIDDEN)
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)),
    st.sampled_from([f"</{name}>" for name in NAMES]),
    st.sampled_from(EMPTY),
    st.sampled_from(TEXTS),
)
PAGES = st.lists(PIECES, max_size=40).map("".join)
TAGS = st.lists(
    st.sampled_from(
        (
            "<script>", "</script>", "</ScRipt >", "<script/>", "<!--", "-->", "--!>", "->", "<style>", "</style>",
            "<title>",
            "<style/>", "<div a='<b>'>", "</DIV>", "<h1 >", "<pre", "<sty\x0ble>",
            "</title>", "<svg>", "<svg/>", "</svg>", "<select>", "</select>", "<p>", "</p>", "<a href=x/>",
            "<a b='", "'", '"',
            ">", "<", "</", "</>", "<!x>", "<?x>", "</head>", "<head>", "</body>", "</html >", "</BODY", "a", " ",
            "/", "=",
            "-", "\x0b", "\x00", "<xmp>", "</xmp>", "<noscript>", "</noscript>", "<plaintext>", "<noframes>",
            "<iframe>",
            "</iframe>", "<script", "</script", "<p =a = b/c>", "<scriptx>", "<!-->", "</1>", f"<p{' a' * 1001}>",
        )
    ),
    max_size=14,
).map("".join)  # fmt: skip


def _root(page: str) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(f"<html><body>{page}".encode(), parser)


@given(PAGES)
def test_walk(page: str) -> None:
    root = _root(page)
    codes = find_code(index_of(root))
    for most in (10**6, 2):
        assert walk(root, codes, 7, most) == PYTHON["tree.walk"](root, codes, 7, most)


@given(PAGES)
def test_index(page: str) -> None:
    root = _root(page)
    assert index_of(root) == PYTHON["tree.index_of"](root)


@pytest.mark.parametrize("tag", ["div", "b", "a", "div class=x"])
def test_deepest_tree(tag: str) -> None:
    root = _root(f"<{tag}>x" * 3000)
    assert walk(root, {}, 0, 10**6) == PYTHON["tree.walk"](root, {}, 0, 10**6)
    assert index_of(root) == PYTHON["tree.index_of"](root)


@given(TAGS)
def test_mended(page: str) -> None:
    data = page.encode()
    assert markup.mended(data) == PYTHON["markup.mended"](data)
    assert markup.flat(data) == PYTHON["markup.flat"](data)
    assert markup.without_controls(data) == PYTHON["markup.without_controls"](data)


@given(st.binary(max_size=200))
def test_control_characters(data: bytes) -> None:
    assert markup.without_controls(data) == PYTHON["markup.without_controls"](data)


DOMS = st.builds(
    lambda tag, path, bold: Dom(tag, ("html", *path, tag), tuple(range(len(path) + 2)), bold=bold),
    st.sampled_from(("p", "div", "li", "h2", "tr", "td")),
    st.lists(st.sampled_from(("div.main", "blockquote", "blockquote.x", "div.section-title")), max_size=2),
    st.booleans(),
)
LINES = st.lists(
    st.sampled_from(
        (
            "The mill ground its first grain in the spring of the year.", "Published 2024-05-06 10:15",
            "来源：河湾日报",
            "河湾的磨坊今天重新开放，很多人来看。", "word", "a\tb", "x | y", "• item", "[edit]",
            "f(x) = {y};", "  ", "\u200b",
            "\xa0 wide", "Photo: Ann", "2024", "And then? It went on, they say. More of it comes here.",
        )
    ),
    min_size=1,
    max_size=12,
).map(" ".join)  # fmt: skip


@given(st.lists(st.tuples(LINES.filter(lambda line: not is_blank(line)), DOMS), max_size=8))
def test_blocks(rows: list[tuple[str, Dom]]) -> None:
    raw = "\n".join(text for text, _ in rows)
    assert blocks_of(raw, rows) == PYTHON["blocks.blocks_of"](raw, rows)
