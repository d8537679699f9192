"""markdown_as_html: no syntax is left; is_markdown: several signs, not one."""

import pytest

from cleanpage.load.markdown_text import is_markdown, markdown_as_html


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("# Title #", "<h1>Title</h1>"),
        ("Title\n=====", "<h1>Title</h1>"),
        ("Part\n---", "<h2>Part</h2>"),
        ("a [b](https://c.example/d_(e)) f", '<p>a <a href="https://c.example/d_(e)">b</a> f\n</p>'),
        ("[![alt](a.png)](https://b.example)", '<a href="https://b.example"><img src="a.png" alt="alt"></a>'),
        ("**a** __b__ *c* _d_ ***e*** ~~f~~", "<p>a b c d e f\n</p>"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("a\\_b \\*c\\*", "a_b *c*"),
        ("- a\n- b\n\n1. c", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("> a\n> b", "<blockquote><p>a\nb\n</p></blockquote>"),
        ("```py\nif a < b:\n    c\n```", "<pre>if a &lt; b:\n    c</pre>"),
        ("| a | b |\n|---|---|\n| c | d |", "<tr><td>c</td><td>d</td></tr>"),
        ("[a][1]\n\n[1]: https://b.example", '<a href="https://b.example">a</a>'),
        ("<https://a.example>", '<a href="https://a.example">https://a.example</a>'),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_what_becomes_of_it(text, part):
    assert part in markdown_as_html(text)


@pytest.mark.parametrize(
    "text", ["", "# Title", "a [b](c) d", "1 * 2 * 3", "# one\n# two\nx = 1\ny = 2", "[1] and [2]"]
)
def test_one_sign_is_not_enough(text):
    assert not is_markdown(text)


PROSE = (
    "The lighthouse of Carrow Point will be lit again in June, after eleven years in which its lamp stood in a crate.\n"
)


@pytest.mark.parametrize(
    "sign",
    ["> old\n", "- a\n- b\n", "1. a\n2. b\n", "```\nx\n```\n", "|a|b|\n|---|---|\n", "so *very* old\n", "## Part\n"],
)
def test_a_headline_above_prose_and_one_more_sign_are_enough(sign):
    assert is_markdown(f"# Title\n\n{PROSE}\n{sign}\n{PROSE}")
    assert is_markdown(f"Title\n=====\n\n{PROSE}\n{sign}\n{PROSE}")
    assert not is_markdown(f"Title\n\n{PROSE}\n{sign}\n{PROSE}")


@pytest.mark.parametrize(
    "text",
    [
        "# Restart the lamp when it goes out.\n\nLAMP=/dev/lamp0\n\n# Mail goes out once an hour.\n\n- mail\n- log\n",
        f"# Title\n\n{PROSE}",
        f"---\n\n{PROSE}---\n",
        f"Title\n\n{PROSE}\n2 * 3 * 4 is {{*args, **more}}\n",
        f"#rain #sea\n\n{PROSE}\n- a\n- b\n",
    ],
)
def test_comments_hashtags_and_rules_are_no_markdown(text):
    assert not is_markdown(text)


def test_front_matter_becomes_metadata():
    page = markdown_as_html("---\ntitle: 'A & B'\ndate: 2023-04-18\ntags: [a]\nauthor: Ann Lee\n---\nText")
    assert "<title>A &amp; B</title>" in page
    assert 'published_time" content="2023-04-18"' in page
    assert 'name="author" content="Ann Lee"' in page
    assert "<body><p>Text\n</p></body>" in page
