"""Plain text, Markdown and JSON of an Article."""

import json

import pytest

from cleanpage import Article, Paragraph
from cleanpage.export import to_json, to_markdown, to_schema_org, to_text
from cleanpage.load.declared import json_ld


def article(*paragraphs, source="", **values):
    """An Article of these (kind, text) paragraphs; table rows are looked up in ``source``."""
    made = []
    for kind, text in paragraphs:
        start = max(0, source.find(text)) if source else 0
        made.append(Paragraph(kind, text, start, start + len(text)))
    return Article(paragraphs=tuple(made), text="\n".join(p.text for p in made), source_text=source, **values)


def test_text_with_and_without_title():
    assert to_text(article(("paragraph", "One."), ("paragraph", "Two."), title="Head")) == "Head\n\nOne.\nTwo.\n"
    assert to_text(article(("paragraph", "One."))) == "One.\n"
    assert to_text(Article(title="Head")) == "Head\n\n"
    assert to_text(Article()) == ""


def test_markdown_of_every_kind():
    got = to_markdown(
        article(
            ("paragraph", "Plain."),
            ("heading", "Part"),
            ("list_item", "first"),
            ("list_item", "2. second"),
            ("quote", "said"),
            ("code", "x = 1"),
            ("code", "y = 2"),
            ("caption", "A bridge"),
            title="Head",
        )
    )
    assert got == (
        "# Head\n\nPlain.\n\n## Part\n\n- first\n2. second\n\n> said\n\n```\nx = 1\ny = 2\n```\n\n*A bridge*\n"
    )


def test_markdown_metadata_line():
    got = to_markdown(Article(title="Head", published="2023-05-06", authors=("A. B.", "C")))
    assert got == "# Head\n\n*2023-05-06 · A. B., C*\n"


def test_markdown_table_reads_its_cells_from_the_page():
    source = "第一组\t12.5\t合格\n第二组\t\t复检"
    rows = source.split("\n")
    made = tuple(Paragraph("table", " ".join(r.split()), source.index(r), source.index(r) + len(r)) for r in rows)
    got = to_markdown(Article(paragraphs=made, source_text=source))
    assert got == "| 第一组 | 12.5 | 合格 |\n| --- | --- | --- |\n| 第二组 |  | 复检 |\n"


@pytest.mark.parametrize("row", ["| a | b |", "a | b", "a\tb", "｜a｜b｜"])
def test_markdown_table_separators(row):
    made = (Paragraph("table", row, 0, len(row)),)
    assert to_markdown(Article(paragraphs=made, source_text=row)) == "| a | b |\n| --- | --- |\n"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("2 * 3 * 4", r"2 \* 3 \* 4"),
        ("snake_case stays", "snake_case stays"),
        ("_so_", r"\_so\_"),
        ("# 5", r"\# 5"),
        ("- minus", r"\- minus"),
        ("1. May", r"1\. May"),
        ("1.5 metres", "1.5 metres"),
        ("a <b> [c](d)", r"a \<b> \[c\](d)"),
        ("A & B &amp; C", r"A & B \&amp; C"),
        ("back\\slash `code`", r"back\\slash \`code\`"),
    ],
)
def test_markdown_escapes(text, markdown):
    assert to_markdown(article(("paragraph", text))) == f"{markdown}\n"


def test_code_fence_is_longer_than_any_inside():
    assert to_markdown(article(("code", "```"))) == "````\n```\n````\n"


def test_markdown_of_nothing():
    assert to_markdown(Article()) == ""


def test_json_escapes_what_cannot_be_printed():
    odd = Article(title="老桥 \ud800 \x9b", source_text="\udfff")
    dumped = to_json(odd)
    assert "老桥" in dumped
    assert "\\ud800" in dumped
    assert "\\u009b" in dumped
    assert Article.from_dict(json.loads(dumped)) == odd
    assert to_json(odd, ascii_only=True).isascii()
    assert Article.from_dict(json.loads(to_json(odd, ascii_only=True))) == odd


def test_schema_org_holds_what_is_known():
    got = to_schema_org(
        article(
            ("paragraph", "One."),
            title="Head </script>",
            published="2023-05-06",
            authors=("A. B.",),
            site="The Post",
            page_kind="article",
            canonical_url="https://example.org/1",
        )
    )
    assert "</script>" not in got
    assert json.loads(got) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Head </script>",
        "articleBody": "One.",
        "datePublished": "2023-05-06",
        "author": [{"@type": "Person", "name": "A. B."}],
        "publisher": {"@type": "Organization", "name": "The Post"},
        "url": "https://example.org/1",
    }


def test_schema_org_is_read_back_by_our_own_reader():
    made = article(("paragraph", "One."), title="Head", published="2023-05-06", authors=("A. B.",), page_kind="article")
    assert json_ld([to_schema_org(made)]) == {
        "ld:headline": "Head", "ld:datepublished": "2023-05-06", "ld:articlebody": "One.", "ld:author": "A. B.",
    }  # fmt: skip
