"""Footnotes of HTML: the number in the text, the note below it, and how Markdown and HTML set both."""

import mistune
import pytest
from lxml import html

from cleanpage import Article, Paragraph, clean_page
from cleanpage.model import Mark

RAIN = "It rained all day in the valley, and nobody came to the market before noon."
LINK = '<sup><a href="#{}">{}</a></sup>'
NOTES = {
    "numbers at the end": ('<p id="f1">1 The frame was a gift. <a href="#r1">↩</a></p>', "1"),
    "a list": ('<ol><li id="f1">The frame was a gift. <a href="#r1">↩︎</a></li></ol>', "[1]"),
    "numbers that lead back": ('<p id="f1"><a href="#r1">[1]</a> The frame was a gift.</p>', "[1]"),
    "arrows with numbers": ('<p id="f1"><a href="#r1">↑ 1</a> The frame was a gift.</p>', "1"),
}


def page(note, mark="1", behind=" hangs"):
    words = f"<p>The letter{LINK.format('f1', mark)}{behind} in the ticket office. {RAIN}</p>"
    return f"<h1>A letter of 1911</h1><p>{RAIN} {RAIN}</p>{words}<p>{RAIN} So it is.</p>{note}"


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_set_as_one(name):
    note, mark = NOTES[name]
    article = clean_page(page(note, mark), kind="html")
    markdown = article.to_markdown()
    assert "The letter[^1] hangs in the ticket office." in markdown
    assert "\n\n[^1]: The frame was a gift.\n" in markdown
    shown = html.fromstring(article.to_html())
    assert shown.xpath("//sup/a/@href") == ["#note-1"]
    assert shown.get_element_by_id("note-1").text_content() == "1 The frame was a gift."
    read = mistune.create_markdown(plugins=["footnotes"])(markdown)
    assert 'class="footnotes"' in read and "[^" not in read


def test_the_marks_are_spans_of_the_page():
    article = clean_page(page(NOTES["a list"][0], "[1]"), kind="html")
    marks = [
        (mark.kind, article.source_text[mark.start : mark.end])
        for paragraph in article.paragraphs
        for mark in paragraph.marks
    ]
    assert marks == [("note", "[1]"), ("back", "↩︎")]


def test_a_note_below_its_number_is_kept():
    note = '<div><a id="f1" href="#r1">1</a><div><p>The frame was a gift.</p><p>Nobody knows whose.</p></div></div>'
    article = clean_page(page(note) + "<p>Leave a comment</p>", kind="html")
    assert article.text.endswith("So it is.\n1\nThe frame was a gift.\nNobody knows whose.")
    assert "[^1]" not in article.to_markdown()  # a mark without a note would be printed as it stands


def test_a_number_that_leads_elsewhere_has_no_note_below():
    pager = '<div><a href="/page/2">2</a><div><p>The frame was a gift.</p></div></div><p>Leave a comment</p>'
    assert clean_page(page(pager), kind="html").text.endswith("So it is.")


@pytest.mark.parametrize(
    "body",
    [
        page("<p>1 The frame was a gift.</p>"),  # nothing leads back
        page('<p id="f1">2 The frame was a gift. <a href="#r1">↩</a></p>'),  # another number
        page(NOTES["a list"][0]).replace('href="#f1"', 'href="/f1"'),  # leads to another page
        page(NOTES["a list"][0]).replace(">1</a>", ">more</a>"),
    ],
)
def test_what_is_none(body):
    article = clean_page(body, kind="html")
    assert [mark for paragraph in article.paragraphs for mark in paragraph.marks] == []
    assert "[^" not in article.to_markdown() and "<sup>" not in article.to_html()


def test_a_mark_is_no_link_and_begins_no_line():
    article = clean_page(page(NOTES["a list"][0], behind="(of rope)"), kind="html")
    assert r"The letter[^1]\(of rope) in the ticket office." in article.to_markdown()
    first = Article(text="1: x", source_text="1: x", paragraphs=(Paragraph(
        text="1: x", start=0, end=4, marks=(Mark("note", 0, 1),)),))  # fmt: skip
    assert first.to_markdown() == "1: x\n"


def test_no_note_is_read_as_the_address_of_a_link():
    text = "javascript:alert(1) ^1"
    marks = (Mark("back", len(text) - 2, len(text)),)
    note = Article(source_text=text, paragraphs=(Paragraph(text=text, start=0, end=len(text), marks=marks),))
    assert note.to_markdown() == "javascript:alert(1)\n"
