"""An Article as HTML: a document that other readers read, that runs nothing, and that cleans to the same article."""

import warnings
from pathlib import Path

import html5lib
import pytest
from html5lib.constants import DataLossWarning

from cleanpage import Article, Image, Link, Paragraph, clean_page
from cleanpage.export.html import to_html

PAGES = Path(__file__).parents[1] / "pages"
READABLE = sorted([*PAGES.glob("*.txt"), *PAGES.glob("*.html")])


def article(*paragraphs, **values):
    """An Article of these (kind, text, level, ordered) paragraphs."""
    made = tuple(Paragraph(kind, text, 0, len(text), (), *where) for kind, text, *where in paragraphs)
    return Article(paragraphs=made, text="\n".join(p.text for p in made), **values)


def body(made):
    """The lines of the article element."""
    return to_html(made).split("<article>\n")[1].split("\n</article>")[0]


def parsed(text):
    """The document as a browser reads it; html5lib refuses what is not valid syntax."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", DataLossWarning)
        return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def test_the_whole_document():
    made = article(
        ("paragraph", "One < two."),
        title="Head & more", published="2023-05-06", source="河湾日报", authors=("A. B.", "C"), language="en",
        canonical_url="https://example.org/?a=1&b=2",
    )  # fmt: skip
    assert (
        to_html(made)
        == """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Head &amp; more</title>
<meta name="author" content="A. B.">
<meta name="author" content="C">
<link rel="canonical" href="https://example.org/?a=1&amp;b=2">
</head>
<body>
<article>
<header>
<h1>Head &amp; more</h1>
<p class="source">河湾日报</p>
<p class="published meta"><time datetime="2023-05-06">2023-05-06</time></p>
<p class="byline">A. B., C</p>
</header>
<p>One &lt; two.</p>
</article>
</body>
</html>
"""
    )


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([("quote", "said")], "<blockquote><p>said</p></blockquote>"),
        ([("caption", "A bridge")], "<figure><figcaption>A bridge</figcaption></figure>"),
        ([("heading", "Part", 3), ("heading", "Sub", 4)], "<h2>Part</h2>\n<h3>Sub</h3>"),
        ([("list_item", "a"), ("list_item", "b")], "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ([("list_item", "3. c"), ("list_item", "4. d")], '<ol>\n<li value="3">c</li>\n<li value="4">d</li>\n</ol>'),
        (
            [("list_item", "a", 1), ("list_item", "b", 2, True), ("list_item", "c", 1)],
            "<ul>\n<li>a<ol>\n<li>b</li>\n</ol></li>\n<li>c</li>\n</ul>",
        ),
        (
            [("list_item", "a", 1), ("list_item", "b", 1, True)],
            "<ul>\n<li>a</li>\n</ul><ol>\n<li>b</li>\n</ol>",
        ),
        (
            [("code", "if x:\n  y < 2"), ("code", "z")],
            "<pre><code>if x:\n  y &lt; 2</code></pre>\n<pre><code>z</code></pre>",
        ),
    ],
)  # fmt: skip
def test_every_kind(paragraphs, expected):
    assert body(article(*paragraphs)) == expected
    parsed(to_html(article(*paragraphs)))


def test_a_table():
    source = "a\t1\nb\t"
    rows = (Paragraph("table", "a 1", 0, 3), Paragraph("table", "b", 4, 6))
    assert body(Article(paragraphs=rows, source_text=source)) == (
        "<table>\n<tr><td>a</td><td>1</td></tr>\n<tr><td>b</td><td></td></tr>\n</table>"
    )


def test_links_and_pictures_stand_where_they_stood():
    words = Paragraph("list_item", "2. see this", 0, 11)
    link = Link("https://example.org/?a&b", "this", 7, 11)
    picture = Image("https://example.org/a.png", 'A "dam"', "The dam", 0)
    assert body(Article(paragraphs=(words,), links=(link,), images=(picture,), source_text="2. see this")) == (
        '<figure><img src="https://example.org/a.png" alt="A &quot;dam&quot;">'
        "<figcaption>The dam</figcaption></figure>\n"
        '<ol>\n<li value="2">see <a href="https://example.org/?a&amp;b">this</a></li>\n</ol>'
    )


HOSTILE = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "vbscript:x", "http://[::1",
    " javascript:x", "java\nscript:x", "\x01javascript:x",
]  # fmt: skip


@pytest.mark.parametrize("url", HOSTILE)
def test_an_address_that_runs_something_is_no_link(url):
    made = Article(
        paragraphs=(Paragraph("paragraph", "see this", 0, 8),), source_text="see this", canonical_url=url,
        links=(Link(url, "this", 4, 8),), images=(Image(url, "", None, 0),),
    )  # fmt: skip
    tree = parsed(to_html(made))
    addresses = [value for element in tree.iter() for name, value in element.attrib.items() if name in ("href", "src")]
    assert addresses == []
    assert "see this" in "".join(tree.itertext())


def test_hostile_text_is_text():
    evil = "</title></article><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\x00\x0b\ud800\ufffe"
    names = {"title": evil, "source": evil, "published": evil, "authors": (evil,), "language": evil}
    kinds = ("paragraph", "heading", "list_item", "quote", "code", "caption")
    made = article(*((kind, evil) for kind in kinds), **names)
    tree = parsed(to_html(made))
    found = {element.tag for element in tree.iter()}
    assert found & {"script", "img"} == set()
    assert not any(name.startswith("on") for element in tree.iter() for name in element.attrib)
    to_html(made).encode("utf-8")


def test_an_empty_article_is_a_document():
    assert parsed(to_html(Article())).find("body/article") is not None


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.stem)
def test_valid_and_complete(path):
    made = clean_page(path.read_bytes())
    tree = parsed(to_html(made))
    shown = "".join("".join(tree.find("body/article").itertext()).split())
    missing = [p.text for p in made.paragraphs if p.kind not in ("table", "list_item")
               and "".join(p.text.split()) not in shown]  # fmt: skip
    assert missing == []


NOT_ALIKE = {
    "zh_list": "no article",
    "zh_tiny_lines": "the source and the date above it are taken for its first lines",
    "zh_table": "so is the source",
    "zh_forum": "the first poster's name is",
}


@pytest.mark.parametrize("path", [path for path in READABLE if path.stem not in NOT_ALIKE], ids=lambda path: path.stem)
def test_it_cleans_to_the_same_article(path):
    made = clean_page(path.read_bytes())
    again = clean_page(to_html(made))
    assert (again.title, again.text, again.published, again.authors) == (
        made.title, made.text, made.published, made.authors
    )  # fmt: skip
