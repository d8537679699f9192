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
