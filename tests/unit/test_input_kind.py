"""is_html: what is marked up is HTML; text that prints a tag, or looks like one, is not."""

import pytest

from cleanpage.load.input_kind import is_html

LINE = "The ferry that links the two sides of the harbour started again on Monday.\n"


@pytest.mark.parametrize(
    "raw",
    [
        "<!DOCTYPE html><p>x</p>",
        "\ufeff \n<html><body>x</body></html>",
        "<a href=x>An ad</a>\nand the text of a page",
        "<li>x</li>\n",
        "<p>Not found",
        "<h1>Title</h1> text",
        "Text <b>bold</b> text <br> more text <a href='x'>link</a>",
        "\ufeff\n\n<!DOCTYPE html><html><p>x",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: x\r\n\r\n<p>Hello",
        "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html><body><p>x</p></body></html>",
        "<P>UPPER</P>",
        "<!-- c --><div>x</div>",
        "Warning: Undefined index on line 3\n<!DOCTYPE html>\n<html><body><p>x</p></body></html>\n",
        "<b>Hello",
        "<br>Hi<br>there",
        "Hello<br>there<br/>world</p>",
        "The ferry started.<br />\n<br />\nIt was late.</p>\n<p>More.</p>",
        "<span class=x>Hi</span>, all",
        "<article><p>Some text that is long enough.",
        "First paragraph of the item.</p><p>Second paragraph of the item.</p><p>Third",
        '<img src="a.jpg"> The ferry started on Monday.',
        '<a href="/x">Read</a>',
    ],
)
def test_markup_is_html(raw):
    assert is_html(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "<table>: how to use it\n\nA table has rows: <tr></tr> and so on.",
        "<3 a text that begins like a tag</3",
        "A text that holds <b>a tag</b>",
        "<<Title>> of a page",
        "<p",
        "a < b and c > d",
        "I <3 you",
        "List<String> x = new List<String>();",
        "Mail <a@b.c> for more",
        "Use <b> to make text bold and </b> to end it.",
        "document.write('<p>Hello</p><p>you</p>')",
        "The <p> element represents a paragraph. The <br> element is a line break. The <b> element is bold.",
        "# Title\n\nText with a<br>break in | a<br>table |\n\n[link](http://x)",
        "<rss><channel><item>hello</item></channel></rss> is how a feed begins",
        "«»",
        "",
        "<",
        "<>",
        "< p >",
        "<Jane> hello\n<John> hi there",
        '{"html": "<p>Hello</p><p>you</p>"}',
        "Map<K, V> and Set<a> and <T>",
        "How to write HTML\n\nWrite a paragraph:\n<p>Hello</p>\nThen save the file and open it.\nYou will see it.",
        "x<y",
        "<https://example.com>",
        "<i.am@here.org> wrote: hello",
        '"<p>quoted</p>"',
        '<script src="a.js"></script>\n' + LINE * 30,
    ],
)
def test_text_is_no_html(raw):
    assert not is_html(raw)
