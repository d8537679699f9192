"""What six readers of Markdown make of a hostile article, at their most credulous, is text and harmless links."""

import json
import re

import html5lib
import pytest

from cleanpage import Article, Image, Paragraph, clean_page
from cleanpage.export.html import to_html
from cleanpage.export.markdown import to_markdown
from cleanpage.export.schema_org import to_schema_org
from tests.hostile_page import READERS, hostile_article, hostile_page

TAGS = {
    "html", "head", "meta", "title", "link", "body", "article", "header", "section", "h1", "h2", "h3", "h4", "h5", "h6",
    "p", "em", "strong", "a", "img", "figure", "figcaption", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td",
    "th", "blockquote", "pre", "code", "time", "br", "hr", "sup", "div",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "class", "title"}, "div": {"class"}, "sup": {"class"}, "section": {"class"},  # as footnotes are set
    "img": {"src", "alt"}, "time": {"datetime"}, "meta": {"name", "content", "charset"}, "ol": {"start"},
    "link": {"rel", "href"}, "li": {"value"}, "html": {"lang"}, "p": {"class"},
    "code": {"class"}, "pre": {"lang"},  # the language of a listing
}  # fmt: skip
NAMES = {"id", "style", "align"}
"""Attributes that readers give to headings and cells themselves."""


def faults(document):
    """Yield what stands in a document that only the page can have brought."""
    for element in html5lib.parse(document, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            if "--" in element.text or element.text.strip():
                yield f"comment {element.text!r}"
            continue
        if element.tag not in TAGS:
            yield f"element {element.tag}"
        foreign = set(element.attrib) - ATTRIBUTES.get(element.tag, set()) - NAMES
        if foreign:
            yield f"attributes {foreign} of {element.tag}"
        for name in ("href", "src"):
            address = re.sub("[\t\r\n]", "", element.get(name, "").strip("".join(map(chr, range(33)))))
            scheme = re.match("[a-zA-Z][a-zA-Z0-9+.-]*(?=:)", address)
            if scheme and scheme[0].lower() not in ("http", "https", "mailto"):
                yield f"address {address}"


@pytest.fixture(scope="module", params=["article", "page"])
def article(request):
    return hostile_article() if request.param == "article" else clean_page(hostile_page())


@pytest.mark.parametrize("front_matter", [False, True])
@pytest.mark.parametrize("reader", READERS)
def test_markdown_brings_nothing_along(article, reader, front_matter):
    rendered = READERS[reader](to_markdown(article, front_matter=front_matter))
    assert len(rendered) > 5_000
    assert sorted(set(faults(f"<!doctype html><body>{rendered}"))) == []


def test_html_brings_nothing_along(article):
    assert sorted(set(faults(to_html(article)))) == []


def test_notebooks_show_nothing_else(article):
    shown = article._repr_html_()
    assert sorted(set(faults(shown))) == ["element details", "element small", "element summary"]
    shown.encode("utf-8")


def test_json_ld_holds_no_character_that_html_reads(article):
    dumped = to_schema_org(article)
    assert set("<>&\u2028\u2029") & set(dumped) == set()
    assert json.loads(dumped)["articleBody"] == article.text


def test_the_page_is_an_article_with_its_text():
    article = clean_page(hostile_page())
    assert "<script>" in article.text and "javascript:" in article.text
    assert {"code", "table", "list_item"} <= {paragraph.kind for paragraph in article.paragraphs}


ACTIVE = "<b onclick=x>"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "lines",
    [
        [("table", "y | z"), ("code", ACTIVE)],  # to markdown2 the table goes on
        [("code", ACTIVE), ("paragraph", "."), ("code", "</code>")],
        [("code", ACTIVE), ("paragraph", "."), ("code", "</PRE>")],
        [("list_item", "a"), ("code", ACTIVE)],
        [("paragraph", "a"), ("paragraph", ": b")],  # a list of definitions, but not to CommonMark
    ],
    ids=str,
)
def test_code_that_is_markup_stays_code(lines, reader):
    starts = range(0, 20 * len(lines), 20)
    paragraphs = [Paragraph(kind, text, at, at + 20) for (kind, text), at in zip(lines, starts, strict=True)]
    picture = Image("javascript:x", "x", "", starts[-1])  # is left out, and does not part a list from code
    article = Article(paragraphs=tuple(paragraphs), images=(picture,), source_text=" " * 20 * len(lines))
    assert sorted(set(faults(f"<!doctype html><body>{READERS[reader](to_markdown(article))}"))) == []


def test_addresses_of_the_front_matter_lead_where_links_do():
    article = Article(url="ftp://a", canonical_url="javascript:x")
    assert "ftp" not in to_markdown(article, front_matter=True)
    assert "javascript" not in to_markdown(article, front_matter=True)
