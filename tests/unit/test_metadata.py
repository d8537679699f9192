"""What a page says about itself outside JSON-LD."""

import pytest

from cleanpage import clean_page
from cleanpage.load.html import load_html

BODY = (
    "<p>The ferry at Bend Landing runs again, after a winter in which nobody crossed the river at all.</p>"
    "<p>Its new engine was built in the town and needs half the fuel, the council says in its letter.</p>"
)


def page(head="", body=""):
    """Return a page about a ferry."""
    return f"<html><head>{head}</head><body><h1>The ferry is back</h1>{body}<div>{BODY}</div></body></html>"


@pytest.mark.parametrize(
    ("head", "body", "field", "value"),
    [
        ('<meta property="article:published_time" content="2021-05-06">', "", "published", "2021-05-06"),
        ('<meta property="article:modified_time" content="2021-05-07">', "", "modified", "2021-05-07"),
        ('<meta name="DCTERMS.issued" content="2021-05-06">', "", "published", "2021-05-06"),
        ('<meta name="dc.creator" content="Mara Ellsworth">', "", "authors", ("Mara Ellsworth",)),
        ('<meta name="PubDate" content="2021-05-06 08:00">', "", "published", "2021-05-06T08:00"),
        ('<meta name="ContentSource" content="Bend Gazette">', "", "source", "Bend Gazette"),
        ('<meta name="SiteName" content="Bend Gazette">', "", "site", "Bend Gazette"),
        ('<meta property="og:site_name" content="Bend Gazette">', "", "site", "Bend Gazette"),
        ('<meta property="article:section" content="Town">', "", "section", ("Town",)),
        ('<meta itemprop="datePublished" content="2021-05-06">', "", "published", "2021-05-06"),
        ('<link rel="shortlink canonical" href="https://b.example/f">', "", "canonical_url", "https://b.example/f"),
        ("", '<time pubdate datetime="2021-05-06">Thursday</time>', "published", "2021-05-06"),
        ("", '<span itemprop="datePublished" content="2021-05-06">in May</span>', "published", "2021-05-06"),
        (
            "",
            '<em id="publish_time"></em><script>var a="17",d="2021-05-06";show(a,d,at("publish_time"));</script>',
            "published",
            "2021-05-06",
        ),
        ('<meta itemprop="dateUpdate" content="2021-05-07 08:15:10">', "", "modified", "2021-05-07T08:15:10"),
        ("", "<i itemprop=author>by <b itemprop=name>Mara Ellsworth</b></i>", "authors", ("Mara Ellsworth",)),
        ("", '<a rel="author nofollow" href="/m">Mara Ellsworth</a>', "authors", ("Mara Ellsworth",)),
        (
            '<meta name="citation_author" content="Mara Ellsworth"><meta name="citation_author" content="A. B. Roe">',
            "",
            "authors",
            ("Mara Ellsworth", "A. B. Roe"),
        ),
    ],
)
def test_what_a_page_says(head, body, field, value):
    assert getattr(clean_page(page(head, body)), field) == value


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["Ann Ash-Bell", "Ann Ash", "Bell"], "Ann Ash-Bell; Ann Ash; Bell"),
        (["Ann Ash", "Ann Ash", "ann ash"], "Ann Ash"),
        (["Ann Ash, Bob Bell", "Bob Bell", "Ann Ash", "Ann"], "Ann Ash, Bob Bell; Ann"),
        (["Bob Bell", "Ann Ash; Bob Bell", ""], "Bob Bell; Ann Ash; Bob Bell"),
    ],
)
def test_authors_compare_by_whole_names(authors, expected):
    head = "".join(f'<meta name=author content="{author}">' for author in authors)
    assert load_html(page(head)).meta["author"] == expected


def test_many_authors_are_compared_with_no_other(monkeypatch):
    """The work is counted: each name is split once, whatever came before."""
    from cleanpage.load import metadata

    split, done = metadata._BETWEEN_NAMES.split, []
    monkeypatch.setattr(metadata._BETWEEN_NAMES, "split", lambda text: (done.append(len(text)), split(text))[1])
    head = "".join(f'<meta name=author content="Ann {i}">' for i in range(2_000))
    assert load_html(page(head)).meta["author"].count(";") == 1_999
    assert sum(done) < len(head)


@pytest.mark.parametrize(
    "body",
    [
        "<div itemprop=comment><i itemprop=author>Mara Ellsworth</i></div>",
        '<i itemprop=datePublished content="2021-05-06"></i><i itemprop=datePublished content="2021-05-07"></i>',
        "<i itemprop=author> </i>",
    ],
    ids=["a comment's", "a list's", "nobody's"],
)
def test_properties_of_other_things_are_not_the_page_s(body):
    assert [name for name in load_html(page(body=body)).meta if name.startswith("itemprop:")] == []


def test_the_language_that_a_short_page_names():
    head = '<link rel=alternate hreflang=pl-PL href="/f"><link rel=alternate hreflang=de href="/g">'
    assert clean_page(f'<html><head>{head}<link rel=canonical href="/f"></head><p>7</p></html>').language == "pl"
    assert clean_page('<html lang="el"><p>7</p></html>').language == "el"
    assert clean_page(f'<html lang="el"><p>{BODY}</p></html>').language == "en"


def test_nested_properties_take_no_longer_than_the_page():
    assert load_html("<div itemprop=author>" * 2_000 + "x</div>").text == "x"


@pytest.mark.parametrize(
    "copy", ["<div hidden>{}</div>", "<noscript>{}</noscript>", '<textarea style="display:none">{}</textarea>']
)
def test_a_hidden_copy_is_no_second_body(copy):
    article = clean_page(page(body="").replace("</body>", copy.format(BODY) + "</body>"))
    assert article.text.count("ferry at Bend Landing") == 1


def test_the_description_of_the_head_is_no_body():
    article = clean_page(page('<meta name="description" content="The ferry at Bend Landing runs again, they say.">'))
    assert article.text.count("Bend Landing") == 1
