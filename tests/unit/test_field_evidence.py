"""Article.evidence: where each field comes from, and what was not followed."""

from pathlib import Path

from cleanpage import clean_page

NOTICE = (Path(__file__).parents[2] / "examples" / "notice.txt").read_text(encoding="utf-8")
HEAD = """<html><head><title>The old bridge</title><meta name="author" content="Mara Ellsworth">
<meta property="og:site_name" content="The Alder Post"><meta property="article:published_time" content="2023-05-06">
</head><body><h1>The old bridge</h1><p>Published 9 May 2023</p><p>The old bridge on Alder Street opened again on Monday
after two years of repairs, and people walked over it all day long.</p></body></html>"""


def of(article, field):
    return [witness for witness in article.evidence if witness.field == field]


def test_a_witness_is_a_block_that_says_so():
    article = clean_page(NOTICE)
    (source,) = of(article, "source")
    assert source.values == ("河湾日报",)
    assert article.source_text[source.start : source.end] == "发布时间: 2023-05-06   |  来源: 河湾日报"
    assert source.followed


def test_every_field_with_a_value_has_a_witness_that_was_followed():
    article = clean_page(NOTICE)
    named = {"title", "published", "authors", "editors", "source", "site", "section", "licences", "contacts", "related"}
    assert named <= {witness.field for witness in article.evidence if witness.followed}


def test_items_of_a_field_have_a_witness_each():
    article = clean_page(NOTICE)
    assert [w.values for w in of(article, "licences")] == [(licence.number,) for licence in article.licences]


def test_agreeing_witnesses_are_all_followed():
    article = clean_page(NOTICE)
    assert {w.rule: w.followed for w in of(article, "site")} == {
        "site.title_suffix": True, "site.copyright": True, "site.breadcrumb": True,
    }  # fmt: skip


def test_the_head_of_html_is_no_place_on_the_page():
    article = clean_page(HEAD)
    assert [(w.start, w.end, w.values, w.followed) for w in of(article, "authors")] == [
        (0, 0, ("Mara Ellsworth",), True)
    ]
    assert [(w.start, w.end, w.followed) for w in of(article, "site")] == [(0, 0, True)]


def test_what_was_not_followed_is_there_as_well():
    dates = {w.values: (w.followed, w.start < w.end) for w in of(clean_page(HEAD), "published")}
    assert dates == {("2023-05-09",): (True, True), ("2023-05-06",): (False, False)}


def test_the_address_is_a_witness():
    article = clean_page(NOTICE, url="https://news.hewan.example/2023/0506/7.html")
    assert [(w.values, w.start, w.end) for w in of(article, "site_id")] == [(("news.hewan.example",), 0, 0)]
