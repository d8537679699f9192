"""Bold, italic and code words: found in HTML, and the same words again in the HTML and the Markdown that go out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from cleanpage import Article, Link, Paragraph, clean_page
from cleanpage.model import Mark

RAIN = "It rained all day in the valley, and nobody came to the market before noon."
TAGS = {"strong", "em", "code", "a"}
KINDS = ("strong", "emphasis", "code")


def page(words):
    return f"<h1>The mill</h1><p>The river has risen again. {RAIN}</p><p>{words} {RAIN}</p><p>{RAIN} So it is.</p>"


def marked(words):
    """The marks of the paragraph that holds some words, as (kind, words)."""
    article = clean_page(page(words), kind="html")
    paragraph = next(p for p in article.paragraphs if p.marks)
    return sorted((mark.kind, article.source_text[mark.start : mark.end]) for mark in paragraph.marks)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The <b>old mill</b> turns.", [("strong", "old mill")]),
        ("Run <code>grind --fast</code> or <kbd>Enter</kbd>.", [("code", "Enter"), ("code", "grind --fast")]),
        ("<em>It is <strong> very </strong> loud.</em>", [("emphasis", "It is very loud."), ("strong", "very")]),
        ("<b>Two <b>in</b> one</b> are one.", [("strong", "Two in one")]),
        ("An <i class=icon></i><b> </b> icon is <i>none</i>.", [("emphasis", "none")]),
        ("<b>Over<br>two lines</b> it goes on, and the rain falls.", [("strong", "Over")]),
    ],
)
def test_marks_of_html(words, expected):
    assert marked(words) == expected


def test_text_has_none():
    assert [p.marks for p in clean_page(f"{RAIN}\n\n{RAIN} {RAIN}").paragraphs if p.marks] == []


def test_markdown_and_html_set_them():
    link = '<a href="https://a.example/">the <i>Courier</i></a>'
    article = clean_page(page(f"The <b>old mill</b>, says {link}, runs <code>grind</code>."))
    assert "The **old mill**, says [the *Courier*](https://a.example/), runs `grind`." in article.to_markdown()
    assert '<strong>old mill</strong>, says <a href="https://a.example/">the <em>Courier</em></a>' in article.to_html()


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("A<b>.b</b>c", "A.bc"),  # no reader would see a border there
        ("<b>重要。</b>后面", "重要。后面"),
        ("<b>重要</b>后面", "**重要**后面"),
        ("Write <code>&lt;b&gt;</code> here.", "Write &lt;b> here."),  # an older reader would run it
        ("<code>a`b</code> is odd", "a\\`b is odd"),
        ("<b>one</b><i>two</i> apart", "**one**two apart"),
    ],
)
def test_what_no_reader_would_read_as_a_mark_stays_plain(words, written):
    assert written in clean_page(page(words), kind="html").to_markdown()


def flat(tree):
    """Each character of an element with the tags around it, blanks left out."""
    found = []

    def walk(element, around):
        inside = around | ({element.tag} & TAGS)
        found.extend((char, inside) for char in element.text or "")
        for child in element:
            walk(child, inside)
            found.extend((char, inside) for char in child.tail or "")

    walk(tree, frozenset())
    return [(char, tags) for char, tags in found if not char.isspace()]


@st.composite
def paragraphs(draw):
    """An Article of one paragraph with marks and links anywhere."""
    words = draw(st.lists(st.text("ab重。.,*_`[]<>&!\\#+-1", min_size=1, max_size=5), min_size=1, max_size=8))
    text = " ".join(words)
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(st.sampled_from(KINDS), places, places), max_size=5))
    marks = tuple(Mark(kind, min(a, b), max(a, b)) for kind, a, b in spans if text[min(a, b) : max(a, b)].strip())
    at, end = sorted(draw(st.tuples(places, places)))
    links = (Link("https://a.example/", text[at:end], at, end),) if text[at:end].strip() else ()
    paragraph = Paragraph("paragraph", text, 0, len(text), marks=marks)
    return Article(text=text, source_text=text, paragraphs=(paragraph,), links=links)


@given(paragraphs())
def test_a_reader_of_either_finds_the_same_characters(article):
    """Markdown may leave a mark out, but adds none, and every character is there."""
    shown = html.fromstring(f"<div>{MarkdownIt('commonmark').render(article.to_markdown())}</div>")
    own = flat(html.fromstring(article.to_html()).find(".//article"))
    read = flat(shown)
    assert "".join(char for char, _ in own) == "".join(article.text.split())
    assert [char for char, _ in read] == [char for char, _ in own]
    assert all(tags <= expected for (_, tags), (_, expected) in zip(read, own, strict=True))


def test_front_matter_is_json_of_the_fields():
    article = Article(title='The "mill": a day', authors=("Ada B.", "周宁"), published="2024-05-06", language="en")
    first, *lines, last, blank = article.to_markdown(front_matter=True).split("\n")[:7]
    assert (first, last, blank) == ("---", "---", "")
    values = {name: json.loads(value) for name, _, value in (line.partition(": ") for line in lines)}
    assert values == {name: json.loads(json.dumps(getattr(article, name))) for name in values}
    assert [*values] == ["title", "authors", "published", "language"]
