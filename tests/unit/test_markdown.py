"""An Article as Markdown: what a CommonMark reader makes of it is the article again."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from cleanpage import Article, Image, Link, Paragraph, clean_page
from cleanpage.export.markdown import to_markdown


def article(*paragraphs, source="", **values):
    """An Article of these (kind, text) paragraphs; table rows are looked up in ``source``."""
    made = []
    for kind, text in paragraphs:
        start = max(0, source.find(text)) if source else 0
        made.append(Paragraph(kind, text, start, start + len(text)))
    return Article(paragraphs=tuple(made), text="\n".join(p.text for p in made), source_text=source, **values)


def test_markdown_of_every_kind():
    got = to_markdown(
        article(
            ("paragraph", "Plain."),
            ("heading", "Part"),
            ("list_item", "first"),
            ("list_item", "2. second"),
            ("quote", "said"),
            ("code", "if x:\n\n    y = 2"),
            ("code", "y = 3"),
            ("caption", "A bridge"),
            title="Head",
        )
    )
    assert got == (
        "# Head\n\nPlain.\n\n**Part**\n\n- first\n2. second\n\n> said\n\n"
        "```\nif x:\n\n    y = 2\n```\n\n```\ny = 3\n```\n\n*A bridge*\n"
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
        ("a <b> [c](d)", r"a &lt;b> \[c\](d)"),
        ("A & B &amp; C", "A & B &amp;amp; C"),
        (">close", r"\>close"),
        ("#tag", r"\#tag"),
        ("---", r"\---"),
        ("~~~", r"\~\~\~"),
        ("9~18 {: #x}", r"9\~18 \{: #x}"),
        ("a\rb\u2028c", "a b c"),
        ("back\\slash `code`", r"back\\slash \`code\`"),
    ],
)
def test_markdown_escapes(text, markdown):
    assert to_markdown(article(("paragraph", text))) == f"{markdown}\n"


def test_code_fence_is_longer_than_any_inside():
    assert to_markdown(article(("code", "```"))) == "````\n```\n````\n"


@pytest.mark.parametrize("line", ["<b>", "[a](b)", "[a]: b"])
def test_code_that_may_be_taken_for_markup_is_indented(line):
    assert to_markdown(article(("code", line))) == f"    {line}\n"
    assert to_markdown(article(("list_item", "a"), ("code", line))) == f"- a\n\n<!-- -->\n\n    {line}\n"


def test_markdown_of_nothing():
    assert to_markdown(Article()) == ""


def rendered(html, **values):
    """What a reader makes of the Markdown of a page whose body is this HTML between two paragraphs."""
    frame = "<p>The bridge was opened on Monday, and the whole town came to see it.</p>"
    page = f"<html><body><article>{frame}{html}{frame.replace('Monday', 'Tuesday')}</article></body></html>"
    shown = MarkdownIt("commonmark").enable("table").render(to_markdown(clean_page(page, **values)))
    return shown.split("to see it.</p>\n")[1].split("<p>The bridge")[0].strip()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<p>It was (as <a href="/a_b_c">the *Post* wrote</a>) far <a href="x (1).html">too late</a>.</p>',
            '<p>It was (as <a href="https://example.org/a_b_c">the *Post* wrote</a>) far'
            ' <a href="https://example.org/d/x%20%281%29.html">too late</a>.</p>',
        ),
        (
            '<figure><img src="/dam.jpg" alt="A dam"><figcaption>The dam in May</figcaption></figure>',
            '<p><img src="https://example.org/dam.jpg" alt="A dam" /></p>\n<p><em>The dam in May</em></p>',
        ),
        (
            "<h2>Before the bridge was built</h2><p>Nobody crossed the river without the ferry in those years.</p>"
            "<h3>The ferry</h3><p>It was a small wooden boat that held eight people and one horse.</p>",
            "<h2>Before the bridge was built</h2>\n<p>Nobody crossed the river without the ferry in those years.</p>\n"
            "<h3>The ferry</h3>\n<p>It was a small wooden boat that held eight people and one horse.</p>",
        ),
        (
            "<ul><li>The first arch was built of stone in spring.<ol><li>It was measured by two men.</li>"
            "<li>It was measured again.</li></ol></li><li>The second arch was built of wood in autumn.</li></ul>",
            "<ul>\n<li>The first arch was built of stone in spring.\n<ol>\n<li>It was measured by two men.</li>\n<li>"
            "It was measured again.</li>\n</ol>\n</li>\n<li>The second arch was built of wood in autumn.</li>\n</ul>",
        ),
        (
            "<pre>def cross(river):\n    return river + 1</pre>",
            "<pre><code>def cross(river):\n    return river + 1\n</code></pre>",
        ),
        (
            "<table><tr><th>Arch</th><th>Built of</th></tr><tr><td>first</td><td>stone | brick</td></tr>"
            "<tr><td>second</td><td></td></tr></table>",
            "<table>\n<thead>\n<tr>\n<th>Arch</th>\n<th>Built of</th>\n</tr>\n</thead>\n"
            "<tbody>\n<tr>\n<td>first</td>\n<td>stone | brick</td>\n</tr>\n"
            "<tr>\n<td>second</td>\n<td></td>\n</tr>\n</tbody>\n</table>",
        ),
    ],
    ids=["links", "figure", "headings", "lists", "code", "table"],
)
def test_markup_of_a_page_is_kept(html, expected):
    assert rendered(html, url="https://example.org/d/e.html") == expected


def test_a_picture_behind_the_text_comes_last():
    picture = Image("https://example.org/a.png", "", None, 90)
    assert to_markdown(Article(images=(picture,))) == "![](https://example.org/a.png)\n"


def test_a_link_that_is_not_found_in_its_paragraph_is_left_out():
    link = Link("https://example.org", "other", 0, 5)
    made = (Paragraph("paragraph", "words", 0, 5),)
    assert to_markdown(Article(paragraphs=made, links=(link,), source_text="words")) == "words\n"


def test_a_picture_says_its_caption_once():
    image = Image("/dam.jpg", "The dam in May", "The dam in May")
    assert to_markdown(Article(images=(image,))) == "![](/dam.jpg)\n\n*The dam in May*\n"
    assert to_markdown(Article(images=(replace(image, text="A dam"),))).startswith("![A dam](/dam.jpg)")
