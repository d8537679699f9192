"""What a page says about itself in JSON-LD."""

import json

import pytest

from cleanpage import clean_page
from cleanpage.load.json_ld import claims_of, nodes_of

ARTICLE = {
    "@type": "NewsArticle",
    "headline": "More ferries",
    "datePublished": "2021-05-06T08:00:00Z",
    "author": [{"@type": "Person", "name": "Mara Ellsworth"}, {"@type": "Organization", "name": "The Bend Gazette"}],
    "publisher": {"@type": "Organization", "name": "The Bend Gazette"},
}
FOUND = {
    "ld:headline": "More ferries",
    "ld:datepublished": "2021-05-06T08:00:00Z",
    "ld:author": "Mara Ellsworth",
    "ld:author:organization": "The Bend Gazette",
    "ld:publisher:organization": "The Bend Gazette",
}


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(ARTICLE),
        json.dumps([{"@type": "Organization", "name": "x"}, ARTICLE]),
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        json.dumps({**ARTICLE, "@type": ["Thing", "https://schema.org/NewsArticle"]}),
        f"<!--\n{json.dumps(ARTICLE)}\n-->",
        f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>",
        json.dumps(ARTICLE, indent=1)[:-1] + ",}",
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps(ARTICLE).replace("More ferries", "More\tferries").replace("\\t", "\t"),
    ],
)
def test_an_article_is_found(script):
    found = claims_of(nodes_of([script]))
    assert {name: " ".join(value.split()) for name, value in found.items()} == FOUND


def test_names_are_looked_up_by_id():
    person = {"@type": "Person", "@id": "#m", "name": "Mara Ellsworth"}
    assert claims_of(nodes_of([json.dumps({"@graph": [{"@type": "Article", "author": {"@id": "#m"}}, person]})])) == {
        "ld:author": "Mara Ellsworth"
    }


def test_an_article_comes_before_the_page():
    page = {"@type": "WebPage", "datePublished": "2001-01-01", "headline": "The Gazette"}
    assert claims_of(nodes_of([json.dumps(page), json.dumps(ARTICLE)]))["ld:headline"] == "More ferries"


@pytest.mark.parametrize(
    "script",
    ["", "{", "null", "7", '"x"', "[[[]]]", "{" * 5000, '{"a":' * 5000, "[" * 100_000, '{"@type": 7, "author": 7}'],
    ids=lambda script: script[:9],
)
def test_anything_else_says_nothing(script):
    assert claims_of(nodes_of([script])) == {}


def test_an_editor_is_never_an_author():
    html = (
        '<html><head><meta name="author" content="沈小禾"></head><body><h1>青石镇老桥重新通车</h1>'
        "<p>青石镇的老桥昨天下午重新通车，来往的货车不必再绕行北面的山路。</p><p>责任编辑：沈小禾</p></body></html>"
    )
    assert (clean_page(html).authors, clean_page(html).editors) == ((), ("沈小禾",))


def test_the_page_settles_quarrels():
    """The printed label outweighs the head; a head that names the site names no author."""
    html = (
        '<html><head><meta name="author" content="河湾新闻网"><meta property="og:site_name" content="河湾新闻网">'
        '<meta name="pubdate" content="2020-01-01"><link rel="canonical" href="/a/1.html"></head><body>'
        "<h1>青石镇老桥重新通车</h1><p>发布时间：2023-05-06 08:30</p><div>"
        "<p>青石镇的老桥昨天下午重新通车，来往的货车不必再绕行北面的山路。</p>"
        '<p><img src="/b.jpg">负责施工的何永宁说，桥面比原来宽了两米，<a href="../c.html">两侧新装了路灯</a>。</p>'
        "</div></body></html>"
    )
    article = clean_page(html, url="https://news.example.org/x/y.html")
    assert (article.title, article.published, article.authors) == ("青石镇老桥重新通车", "2023-05-06T08:30", ())
    assert (article.site, article.canonical_url) == ("河湾新闻网", "https://news.example.org/a/1.html")
    assert [link.url for link in article.links] == ["https://news.example.org/c.html"]
    assert [image.url for image in article.images] == ["https://news.example.org/b.jpg"]


def blog(head: str = "", under_headline: str = "") -> str:
    """Return a page with a head, and lines under its headline."""
    return (
        f"<html><head><title>The ferry is back</title>{head}</head>"
        f"<body><h1>The ferry is back</h1>{under_headline}<div>"
        "<p>The ferry at Bend Landing runs again, after a winter in which nobody crossed the river at all.</p>"
        "<p>Its new engine was built in the town and needs half the fuel, the council says in its letter.</p>"
        "</div></body></html>"
    )


@pytest.mark.parametrize(
    ("head", "under_headline", "authors"),
    [
        ('<meta name="author" content="mde77">', "<p>by Mara Ellsworth</p>", ("Mara Ellsworth",)),
        ("", '<a href="/authors/mara-ellsworth/">Mara Ellsworth</a>', ("Mara Ellsworth",)),
        ("", '<div class="byline">Dec. 19, 2025 · Mara Ellsworth</div>', ("Mara Ellsworth",)),
        ("", '<div class="author-name">Sat, 20 Dec, 2025</div>', ()),
        ("", '<div class="author-name">The Landing Team</div>', ("The Landing Team",)),
        ('<meta name="author" content="page.head.extra.author">', "", ()),
        (
            '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Mara Ellsworth">',
            "",
            ("Mara Ellsworth",),
        ),
        (
            '<meta name="author" content="Mara Ellsworth"><meta property="og:site_name" content="Mara Ellsworth">',
            "",
            ("Mara Ellsworth",),
        ),
        ('<meta name="author" content="Ferry Letter"><meta property="og:site_name" content="Ferry Letter">', "", ()),
    ],
)
def test_authors(head, under_headline, authors):
    assert clean_page(blog(head, under_headline)).authors == authors


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        ("", "2025-11-05T08:00:00Z"),
        ("<p>January 31, 2024</p>", "2024-01-31"),
        ("<p>November 5, 2025</p>", "2025-11-05T08:00:00Z"),
        ("<p>Published November 5, 2025</p><p>January 31, 2026</p>", "2025-11-05T08:00:00Z"),
    ],
)
def test_the_day_printed_under_the_headline_outweighs_the_head(lines, published):
    head = '<meta property="article:published_time" content="2025-11-05T08:00:00Z">'
    assert clean_page(blog(head, lines)).published == published
