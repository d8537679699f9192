"""undo_escapes: what was escaped once too often is undone, what is about escapes stays."""

import json

import pytest

from cleanpage import clean_page
from cleanpage.load.escapes import ENTITIES, LITERAL, MARKUP, undo_escapes

EN = "The ferry sailed on Monday.\nIt was late, “very” late.\n\nPassengers cheered, and the band played on.\n"
ZH = "渡船重新开航。\n首班船上坐满了市民。\n北岸码头换成了钢桩。\n工程花费二百余万元。"
HTML = "<html>\n<body>\n<p>The ferry</p>\n</body>\n</html>\n"


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        (json.dumps(EN), EN),
        (json.dumps(EN)[1:-1], EN),
        (json.dumps(EN, ensure_ascii=False)[1:-1].replace("\\n", "\\r\\n"), EN.replace("\n", "\r\n")),
        (json.dumps(ZH)[1:-1], ZH),
        ("\\u6e21\\u8239\\u91cd\\u65b0\\u5f00\\u822a", "渡船重新开航"),
        (json.dumps("渡船😀重新"), "渡船😀重新"),
        (repr(ZH.encode()), ZH),
        ("u" + repr(EN), EN),
        (repr(HTML), HTML),
        (repr(HTML)[1:-1], HTML),
        (json.dumps(HTML).replace("/", "\\/"), HTML),
    ],
)
def test_literal_is_read(escaped, text):
    again, warnings = undo_escapes(escaped)
    assert again == text
    assert LITERAL in warnings[0]


@pytest.mark.parametrize(
    ("escaped", "text", "what"),
    [
        ("&lt;p&gt;The ferry&lt;/p&gt;&lt;p&gt;sailed&lt;/p&gt;", "<p>The ferry</p><p>sailed</p>", MARKUP),
        ("&amp;lt;p&amp;gt;The ferry&amp;lt;/p&amp;gt;", "<p>The ferry</p>", MARKUP),
        ("The ferry&#8217;s &#8220;captain&#8221; said&nbsp;so.", "The ferry’s “captain” said\xa0so.", ENTITIES),
        ("It&amp;rsquo;s the captain&amp;rsquo;s own&amp;nbsp;ship.", "It’s the captain’s own\xa0ship.", ENTITIES),
    ],
)
def test_entities_are_read(escaped, text, what):
    again, warnings = undo_escapes(escaped)
    assert again == text
    assert what in warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        'In C a line ends with \\n.\nUse \\n and \\t in strings.\nprintf("a\\n");\nThen compile it.\n',
        'A line of C ends with \\n, and puts("a\\nb\\n") prints two; write \\n twice for a gap, or "\\n" and a blank.',
        "行尾写“\\n”，不写“\\r\\n”。只有\\n，没有别的。",
        "C:\\new\\notes\\names and C:\\nice\\nothing",
        "$\\nabla \\nu \\neq \\not$",
        "Use &nbsp; for a blank, &lt; for less, &gt; for more, &amp; for and, &copy; for the sign.",
        "Write &lt;p&gt; before a paragraph and &lt;/p&gt; behind it, and &lt;br&gt; where a line is to end.",
        '"A sentence," he said, "that ends with \\n"',
        "AT&T; R&D; Q&A",
        "http://x.example/?a=1&amp;b=2&amp;c=3&amp;d=4",
        "<script>var lines = 'a\\nb\\nc\\nd\\n';</script><p>The ferry</p>",
    ],
)
def test_text_about_escapes_stays(text):
    assert undo_escapes(text) == (text, ())


def test_source_text_is_the_text_that_was_read_unless_the_kind_is_given():
    escaped = json.dumps(EN)
    assert clean_page(escaped).source_text == EN
    assert clean_page(escaped, kind="text").source_text == escaped


def test_page_of_html_that_shows_html_is_read_as_that():
    page = "<html><body>" + "&lt;p&gt;The ferry sailed on Monday morning.&lt;/p&gt;" * 3 + "</body></html>"
    article = clean_page(page)
    assert "&lt;" not in article.source_text
    assert "<p>" not in article.source_text
    assert any(MARKUP in warning for warning in article.warnings)


def test_tutorial_in_html_keeps_its_tags():
    prose = "<p>A paragraph begins with its tag, and the browser closes it where the next one begins.</p>"
    page = f"<html><body>{prose * 3}<pre>&lt;p&gt;Hello&lt;/p&gt;</pre>{prose}</body></html>"
    assert "<p>Hello</p>" in clean_page(page).source_text
