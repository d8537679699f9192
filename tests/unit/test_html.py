"""HTML falls into lines as a browser would break it, and each line knows where it stood."""

import json

import pytest

from cleanpage import Config, clean_page
from cleanpage.load.bounds import DEEPEST
from cleanpage.load.html import TOO_DEEP, load_html
from cleanpage.pipeline import load


def lines(html):
    return load_html(html).text.split("\n")


def dom(html, text):
    return next(block.dom for block in load_html(html).blocks if block.text == text)


def test_elements_deeper_than_the_deepest_stand_beside_their_parents():
    inner = dom("<body>" + "<div>" * 300 + "<p>one</p><p>two</p>", "two")
    other = dom("<body>" + "<div>" * 300 + "<p>one</p><p>two</p>", "one")
    assert len(inner.path) == len(inner.ids) == DEEPEST
    assert inner.tag == "p" and inner.path[-2:] == ("div", "p")
    assert inner.ids[:-1] == other.ids[:-1] and inner.ids[-1] != other.ids[-1]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one <b>t</b>wo <a href=x>three</a>.</p>", ["one two three."]),
        ("<p>one</p> <p>two</p>", ["one", "two"]),
        ("<div>one<p>two</p>three</div>", ["one", "two", "three"]),
        ("<p>one<br>two<br/><br>three", ["one", "two", "three"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<p>one\n   two\t three</p>", ["one two three"]),
        ("<p>one\xa0\xa0two\u3000</p>", ["one\xa0\xa0two\u3000"]),
        ("<pre>one\n  two\n\nthree</pre>", ["one", "  two", "", "three"]),  # a listing: its blank lines stay
        ("<p>a &lt; b &amp;&nbsp;c &#20013;</p>", ["a < b &\xa0c 中"]),
        ("<p>one<!-- not this --> two</p>", ["one two"]),
        ("<p>one<script>var a = 1;</script> two<style>p {}</style></p>", ["one two"]),
        ("<table><tr><td>a</td><td>b <i>c</i></td></tr></table>", ["a\tb c"]),
        ("<table><tr>\n\t<td>\n\t\ta</td>\n\t<td>\tb\t</td></tr></table>", ["a\tb"]),
        ("<table><tr><td>a</td><td><p>b</p><p>c</p></td></tr></table>", ["a", "b", "c"]),
        (f"<table><tr><td>a</td><td>{'long ' * 20}</td></tr></table>", ["a", ("long " * 20).strip()]),
        ("<p>a<select><option>b c<optgroup><option>d</optgroup></select>e", ["a", "b c\td", "e"]),
        ("<title> The  tag </title><p>one</p>", ["The tag", "one"]),
        ("<p>one<p>two</div></span>three", ["one", "twothree"]),
        ("<body><p>one</body><body><p>two</body>", ["one", "two"]),
        ("<html><body><p>one</body></html> <p>two</p> </body></html>", ["one", "two"]),
        ("<frameset><frame src=a><noframes>one</noframes></frameset>", ["one"]),
        ("<p>one\x00two\x07\ud800</p>", ["onetwo\ufffd"]),
        ("<svg><text>drawn</text></svg><p>one</p>", ["one"]),
        ("", [""]),
        ("<!-- only this -->", [""]),
    ],
)  # fmt: skip
def test_lines(html, expected):
    assert lines(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p hidden>{}</p>",
        '<div style="color: red; DISPLAY : none"><p>{}</p></div>',
        '<p aria-hidden="true">{}</p>',
        "<template><p>{}</p></template>",
        "<noscript><p>{}</p></noscript>",
        "<select><option>{}</select>",
        '<p>shown <span style="visibility:hidden">{}</span> again</p>',
    ],
)
def test_hidden_text_is_marked_not_lost(html):
    assert dom(html.format("out of sight"), "out of sight").hidden
    assert not dom(html.format("out of sight") + "<p>in sight</p>", "in sight").hidden


def test_where_a_line_stands():
    html = '<div class="main col-2" id=c17><p>one <a href=" /x ">two</a></p><img src=a.png data-src=b.png>three</div>'
    first, second = dom(html, "one two"), dom(html, "three")
    assert (first.tag, first.path[-2:]) == ("p", ("div.main.col-0.c0", "p"))
    assert (round(first.link_share, 2), first.images) == (0.43, ())
    assert (second.tag, second.link_share) == ("div", 0.0)
    assert second.ids == first.ids[:-1]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>one <a href="/x"> two  three </a>, four</p>', [("/x", "two three")]),
        ('<p><a href="/x">one<br>two</a></p>', [("/x", "one"), ("/x", "two")]),
        ('<p>one<a href="/x"><img src=a.png></a> two</p>', []),
        ("<p>one <a name=x>two</a></p>", []),
        ('<a href="/x"><div>one</div><div>two</div></a>', [("/x", "one"), ("/x", "two")]),
        ('<table><tr><td>one <td><a href="/x">two </a><td>three</tr></table>', [("/x", "two")]),
    ],
)
def test_links_know_what_they_show(html, expected):
    page = load_html(html)
    links = [link for block in page.blocks for link in block.dom.links]
    assert [(link.url, link.text) for link in links] == expected
    assert all(page.text[link.start : link.end] == link.text for link in links)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<img src=a.png data-src=b.png>", ["b.png"]),
        ("<img src='data:image/gif;base64,R0' data-original=' /b.png '>", ["/b.png"]),
        ("<img src='data:image/gif;base64,R0'>", []),
        ("<img srcset='a.png 320w, b.png 640w,\n c.png 480w'>", ["b.png"]),
        ("<picture><source srcset='a.webp 1x, b.webp 2x'><img></picture>", ["b.webp"]),
        ("<picture><source srcset='a.webp'><img src=a.png></picture>", ["a.png"]),
        ("<img alt=none>", []),
    ],
)
def test_addresses_of_pictures(html, expected):
    assert [image.url for image in dom(f"{html}<p>one</p>", "one").images] == expected


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<h2>{}</h2>", "heading"),
        ("<li>{}</li>", "list_item"),
        ("<pre><code>{}</code></pre>", "code"),
        ("<pre>{}</pre>", "paragraph"),
        ("<blockquote><p>{}</p></blockquote>", "quote"),
        ("<figure><figcaption>{}</figcaption></figure>", "caption"),
        ("<p>{}</p>", "paragraph"),
    ],
)
def test_kinds(html, kind):
    assert [block.kind for block in load(html.format("A line of text"), Config(), kind="html").blocks] == [kind]


def test_nothing_is_fetched_or_expanded():
    html = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>one &x; two</p>'
    assert "root:" not in load_html(html).text


@pytest.mark.parametrize(
    "html",
    ["<div>" * 20_000 + "deep", "<p " + 'a="b" ' * 50_000 + ">x</p>", "<b>" * 5_000 + "x", "<table><tr>" * 3_000],
    ids=["nested", "attributes", "inline", "tables"],
)
def test_hostile_pages_end(html):
    article = clean_page(html)
    assert "".join(article.source_text[block.start : block.end] for block in article.blocks) == article.source_text


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "blockquote"])
def test_nothing_is_lost_where_the_parser_does_not_go(tag):
    page = load_html(f"<title>T</title><p>one</p>{f'<{tag}>' * 3000}<p>two <a href=x>three</a></p><p>four</p>")
    assert [block.text for block in page.blocks] == ["T", "one", "two three", "four"]
    assert page.warnings == (TOO_DEEP,)
    assert load_html(f"<p>one{f'<{tag}>' * 300}two").warnings == ()


def test_an_article_from_html():
    body = [
        "The ferry at the lower bend will run two more times a day from Monday, the town council decided last night.",
        "Tickets keep their price, and old ones stay valid until the end of the year, said the harbour master.",
        "Whoever wants to cross with a cart or a horse should be at the landing a quarter of an hour early.",
    ]
    html = (
        "<!doctype html><html><head><title>More ferries from Monday - The Bend Gazette</title></head><body>"
        "<nav><ul><li><a href=/>Home</a><li><a href=/town>Town</a><li><a href=/sport>Sport</a></ul></nav>"
        f"<article><h1>More ferries from Monday</h1><p>{'</p><p>'.join(body)}</p></article>"
        "<aside><h3>Most read</h3><ul><li><a href=/1>Bridge closed for repairs</a>"
        "<li><a href=/2>Mill for sale</a></ul></aside>"
        "<footer><p>© 2021 The Bend Gazette. All rights reserved.</p></footer></body></html>"
    )
    article = clean_page(html)
    assert article.title == "More ferries from Monday"
    assert article.text == "\n".join(body)
    assert article.is_article


PROSE = " ".join(f"On day {n} the ferry at the lower bend ran twice, and nobody had to wait." for n in range(8))


@pytest.mark.parametrize(("shown", "used"), [("", True), (f"<p>{PROSE}</p>", False)])
def test_a_body_that_stands_in_json_alone_is_used_and_said(shown, used):
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{PROSE}"}}</script>'
    article = clean_page(f"<html><head>{script}</head><body><h1>More ferries from Monday</h1>{shown}</body></html>")
    assert article.text == PROSE
    assert any(warning.startswith("body-in-json: ") for warning in article.warnings) is used


@pytest.mark.parametrize("blank", ["", " ", "\xa0", "\u3000", "\u200b", "\ufeff", "\u2060\xa0"])
def test_lines_of_a_body_in_json_that_show_nothing_are_no_paragraphs(blank):
    said = json.dumps({"@type": "NewsArticle", "articleBody": f"{PROSE}\n{blank}\n{PROSE[::-1]}\n{blank}"})
    script = f'<script type="application/ld+json">{said}</script>'
    page = load_html(f"<html><head>{script}</head><body><h1>Ferries</h1></body>")
    assert [block.text for block in page.blocks[1:]] == [PROSE, PROSE[::-1]]


def test_a_body_in_json_is_kept_whole_but_for_what_rules_name():
    lines = [PROSE, "The ferry", "It ran again on Monday.", "3 boats, 2 crews", "Share on Facebook", "So it goes"]
    said = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(lines)})
    article = clean_page(f'<script type="application/ld+json">{said}</script><h1>More ferries from Monday</h1>')
    assert article.text.splitlines() == [line for line in lines if line != "Share on Facebook"]


@pytest.mark.parametrize(
    ("shown", "key", "used"),
    [
        ("<p>Please switch scripts on.</p>", "content", True),
        ("<p>Please switch scripts on.</p>", "terms", False),
        (f"<p>{'The bridge is closed. ' * 40}</p>", "content", False),
    ],
)
def test_a_body_that_stands_in_a_script_alone_is_used_and_said(shown, key, used):
    body = "".join(f"<p>On day {n} the <b>ferry</b> ran twice, and nobody had to wait &amp; see.</p>" for n in range(8))
    script = f"<script>window.__STATE__ = {json.dumps({'page': {'x': 'y', key: body}})};</script>"
    article = clean_page(f"<html><body><h1>More ferries from Monday</h1>{shown}{script}</body></html>")
    assert any(warning.startswith("body-in-json: ") for warning in article.warnings) is used
    lines = [f"On day {n} the ferry ran twice, and nobody had to wait & see." for n in range(8)]
    assert ("\n".join(lines) in article.text) is used


def test_frames_are_named():
    page = load_html("<frameset><frame src=menu.html><frame src=main.html><frame></frameset>")
    assert page.warnings == ("frames: the page is only a frame around others; clean those: menu.html, main.html",)


def test_addresses_are_made_whole_from_the_base_of_the_page():
    html = (
        '<html><head><base href="/d/"></head><body><p>The ferry runs twice a day, as '
        '<a href="x.html">the council</a> said on Monday.</p><img src="ferry.jpg" alt="The ferry">'
        "<p>Nobody had to wait for it yesterday.</p></body></html>"
    )
    article = clean_page(html, url="https://example.org/a/b")
    assert [link.url for link in article.links] == ["https://example.org/d/x.html"]
    assert [image.url for image in article.images] == [article.image] == ["https://example.org/d/ferry.jpg"]


def test_comments_are_apart():
    html = (
        '<html><body class="comments-open"><article><h1>More ferries from Monday</h1>'
        f"<p>{PROSE}</p><p>Tickets keep their price, said the harbour master; old ones stay valid all year.</p>"
        '</article><div id="comments"><h3>2 comments</h3>'
        "<div class=comment-body><p><a href=/u>heron</a></p><p>I waited for an hour last Sunday, it was time.</p></div>"
        "<div class=comment-body><p>About time, and a bell at the landing would help as well.</p></div></div>"
        "</body></html>"
    )
    article = clean_page(html)
    assert tuple(comment.text for comment in article.comments) == (
        "I waited for an hour last Sunday, it was time.",
        "About time, and a bell at the landing would help as well.",
    )
    assert article.text.startswith(PROSE)
    assert article.text.endswith("stay valid all year.")


@pytest.mark.parametrize(
    "page",
    [
        "<p>a&#1;<q>b&#2; c</q>&#3; d</p>",
        "<p>x<sup>2&#1;</sup>3</p>",
        "<p>so<math><mi>x&#1;</mi></math>&#2; it is</p>",
        f"<p>{'&#2; <br>'.join(['word ' * 13] * 9)}</p>",
    ],
)
def test_control_characters_that_a_tree_may_hold_are_read(page):
    assert load_html(page).text


def test_link_behind_a_line_that_shows_nothing() -> None:
    page = load_html("<body><div>\u200b<a href=x><div>Bridge</div></a></div>")
    assert [link.text for block in page.blocks if block.dom for link in block.dom.links] == ["Bridge"]
