"""Plain text, JSON and schema.org of an Article."""

import json

from extruct.jsonld import JsonLdExtractor

from cleanpage import Article, Paragraph
from cleanpage.export.schema_org import to_json, to_schema_org, to_text
from cleanpage.load.json_ld import claims_of, nodes_of


def article(*texts, **values):
    """An Article of these paragraphs."""
    made = tuple(Paragraph("paragraph", text, 0, len(text)) for text in texts)
    return Article(paragraphs=made, text="\n".join(texts), **values)


def test_text_with_and_without_title():
    assert to_text(article("One.", "Two.", title="Head")) == "Head\n\nOne.\nTwo.\n"
    assert to_text(article("One.")) == "One.\n"
    assert to_text(Article(title="Head")) == "Head\n\n"
    assert to_text(Article()) == ""


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
            "One.",
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
    made = article("One.", title="Head", published="2023-05-06", authors=("A. B.",), page_kind="article")
    assert claims_of(nodes_of([to_schema_org(made)])) == {
        "ld:headline": "Head", "ld:datepublished": "2023-05-06", "ld:articlebody": "One.", "ld:author": "A. B.",
    }  # fmt: skip


def test_schema_org_is_read_by_others():
    made = article("One < two.", title="Head </script> & more", authors=("A. B.",), page_kind="article")
    page = f'<html><head><script type="application/ld+json">{to_schema_org(made)}</script></head></html>'
    (found,) = JsonLdExtractor().extract(page)
    assert found["@type"] == "NewsArticle"
    assert (found["headline"], found["articleBody"]) == ("Head </script> & more", "One < two.")
