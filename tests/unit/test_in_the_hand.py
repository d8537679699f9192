"""An Article in the hand: its repr, what a notebook shows, and the exports that it carries."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from cleanpage import Article, clean_page
from cleanpage.export.html import to_html
from cleanpage.export.markdown import to_markdown
from cleanpage.export.schema_org import to_json, to_schema_org, to_text
from cleanpage.model import ASIDE, LEDGER, ROW

NOTICE = (Path(__file__).resolve().parents[2] / "examples" / "notice.txt").read_text(encoding="utf-8")
ARTICLE = clean_page(NOTICE)
RAIN = "It rained all day, and nobody came to the market. "
LONG = clean_page(f"<h1>{'title ' * 300}</h1><p>{RAIN * 50}</p>")


def test_repr_says_what_it_is():
    shown = repr(ARTICLE)
    assert shown.startswith("Article(title='青石镇召开防汛准备工作会议', published='2023-05-06', source='河湾日报'")
    assert "authors='高敏' +1" in shown
    assert "in 3 paragraphs" in shown


@pytest.mark.parametrize("article", [ARTICLE, LONG, Article(), clean_page(b"\x89PNG\r\n\x1a\n" + bytes(100))])
def test_repr_is_short(article):
    assert len(repr(article)) <= 300
    assert ("is_article=False" in repr(article)) == (not article.is_article)


def test_a_notebook_shows_article_and_ledger():
    shown = html.fromstring(ARTICLE._repr_html_())
    assert shown.findtext("h3") == ARTICLE.title
    assert ARTICLE.paragraphs[0].text in [p.text for p in shown.iter("p")]
    assert f"{len(ARTICLE.removed)} spans removed" in shown.findtext("details/summary")
    assert len(shown.findall("details/table/tr")) == len(ARTICLE.removed)


def test_a_notebook_runs_nothing_of_the_page():
    page = "<title>&lt;script>alert(1)&lt;/script></title><p>&lt;img src=x onerror=alert(1)> " + RAIN * 9
    shown = html.fromstring(clean_page(page)._repr_html_())
    assert {element.tag for element in shown.iter()} <= {
        "div", "h3", "p", "small", "pre", "details", "summary", "table", "tr", "td", "tbody",
    }  # fmt: skip
    assert not any(element.attrib for element in shown.iter())


def test_exports_are_those_of_the_modules():
    assert ARTICLE.to_text() == to_text(ARTICLE)
    assert ARTICLE.to_markdown() == to_markdown(ARTICLE)
    assert ARTICLE.to_html() == to_html(ARTICLE)
    assert ARTICLE.to_schema_org() == to_schema_org(ARTICLE)
    assert ARTICLE.to_json() == to_json(ARTICLE)


def test_repr_names_the_warnings():
    assert "warnings: address" in repr(clean_page("https://a.example/x"))


def test_without_the_ledger():
    data = ARTICLE.to_dict(ledger=False)
    assert set(ARTICLE.to_dict()) - set(data) >= {*LEDGER, *ASIDE}
    assert set(data) >= ROW and all(value for name, value in data.items() if name not in ROW)
    assert json.loads(ARTICLE.to_json(ledger=False, indent=None)) == data
    again = Article.from_dict(data)
    assert (again.title, again.text, again.removed) == (ARTICLE.title, ARTICLE.text, ())
    assert again.to_dict(ledger=False) == data
    kinds = [(p.kind, p.text, p.level) for p in ARTICLE.paragraphs]
    assert [(p.kind, p.text, p.level) for p in again.paragraphs] == kinds


def test_a_row_is_hardly_longer_than_its_text():
    """Whatever hangs on the text: links, pictures, comments of more words than it has."""
    rows = (f"<p>{RAIN * 3} In row {i} <a href='https://a.example/{i}'>the plan</a> says so.</p>" for i in range(60))
    picture = "<figure><img src='https://a.example/{i}/rain.jpg' alt='Rain over the lower town'></figure>"
    pictures = "".join(picture.replace("{i}", str(i)) for i in range(60))
    article = clean_page(f"<h1>Rain</h1>{''.join(rows)}{pictures}<p>{RAIN * 3}</p>", kind="html")
    assert len(article.paragraphs) >= 50 and len(article.links) >= 50 and len(article.images) >= 50
    article = replace(article, comments=(RAIN,) * 600)
    assert len(article.to_json(ledger=False, indent=None)) <= 1.2 * len(article.text)


def test_a_row_names_the_paragraphs_that_are_more_than_a_line():
    page = f"<p>{RAIN * 5}</p><h2>Buses</h2><p>{RAIN * 4}</p><pre>if wet:\n    run()</pre><p>{RAIN * 3}</p>"
    article = clean_page(page, kind="html")
    row = article.to_dict(ledger=False)
    named = [(each["kind"], row["text"][slice(*each["in_text"])]) for each in row["paragraphs"]]
    assert named == [("heading", "Buses"), ("code", "if wet:\n    run()")]
    again = Article.from_dict(row)
    assert [(p.kind, p.text) for p in again.paragraphs] == [(p.kind, p.text) for p in article.paragraphs]


def test_a_row_without_the_ledger_can_be_exported():
    """Offsets into a text that is not there would set tables, links and pictures wrongly."""
    rows = "".join(f"<tr><td>Line {i}</td><td>{i}0 minutes</td></tr>" for i in range(3))
    link = "<a href='https://a.example/'>Plan</a>"
    page = f"<h1>Buses</h1><p>{RAIN * 5} {link}</p><table>{rows}</table><p>{RAIN * 4}</p>"
    article = clean_page(page, kind="html")
    again = Article.from_dict(article.to_dict(ledger=False))
    assert not again.links and "Line 2 20 minutes" in again.to_markdown().replace("|", "").replace("  ", " ")
    assert RAIN.strip() in again.to_html()
