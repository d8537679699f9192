"""A hostile article, exported and shown: nothing of it runs, and the page that it is put into still does."""

import pytest

from cleanpage import clean_page
from cleanpage.export.html import to_html
from cleanpage.export.markdown import to_markdown
from cleanpage.export.schema_org import to_schema_org
from cleanpage.report import article_report
from tests.hostile_page import READERS, hostile_article, hostile_page

OWN = "<script>window.own = 1</script>"
FRAME = "<!doctype html><meta charset=utf-8><title>t</title><body>{}" + OWN


def with_json_ld(article):
    return FRAME.format(f'<script type="application/ld+json">{to_schema_org(article)}</script><p>after</p>')


EXPORTS = {
    **{name: lambda article, read=read: FRAME.format(read(to_markdown(article))) for name, read in READERS.items()},
    "front matter": lambda article: FRAME.format(READERS["cmarkgfm"](to_markdown(article, front_matter=True))),
    "to_html": lambda article: to_html(article) + OWN,
    "notebook": lambda article: FRAME.format(article._repr_html_()),
    "report": article_report,
    "JSON-LD": with_json_ld,
}
POKE = """() => {
  for (const element of document.querySelectorAll("body *"))
    for (const name of ["mouseover", "mouseenter", "focus", "error", "load"])
      element.dispatchEvent(new Event(name, {bubbles: true}));
}"""


@pytest.fixture(scope="module", params=["article", "page"])
def article(request):
    return hostile_article() if request.param == "article" else clean_page(hostile_page())


@pytest.mark.parametrize("export", EXPORTS)
def test_nothing_runs(browser, tmp_path, article, export):
    context = browser.new_context()
    context.route("**", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    tab = context.new_page()
    path = tmp_path / "export.html"
    path.write_text(EXPORTS[export](article), encoding="utf-8")
    tab.goto(path.as_uri())
    tab.evaluate(POKE)
    followed = tab.evaluate("""() => [...document.querySelectorAll("[href], [src]")].map(e => e.href || e.src)
        .filter(url => URL.canParse(url) && !/^(https?|mailto|file):/.test(new URL(url).href))""")
    assert followed == []
    tab.wait_for_timeout(50)
    assert tab.evaluate("window.ran") is None
    if export != "report":
        assert tab.evaluate("window.own") == 1
    context.close()


def test_the_bait_is_live(browser):
    """Unescaped, the same texts run."""
    tab = browser.new_page()
    tab.set_content(FRAME.format(f"<p>{hostile_article().text}</p>"))
    tab.wait_for_timeout(50)
    assert tab.evaluate("window.ran") > 0
    tab.close()
