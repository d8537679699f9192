"""The report of a run in a browser."""

import json

import pytest

from cleanpage.corpus import run
from tests.browser.conftest import DESKTOP, PHONE
from tests.corpus.test_run import rows


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    long = {"id": "x" * 300, "url": f"https://{'long.' * 30}example/", "text": "<b>bold</b>" * 40}
    lines = [json.dumps(row) for row in [*rows(), long, {"id": "<script>alert(1)</script>"}]]
    (folder / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return run([folder / "in.jsonl"], folder / "out").folder / "report.html"


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_fits_is_accessible_and_asks_for_nothing(viewport, colours, report, new_page):
    from axe_playwright_python.sync_playwright import Axe

    tab = new_page(viewport, colours)
    tab.on("request", lambda request: None if request.url == report.as_uri() else tab.wrong.append(request.url))
    tab.goto(report.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert tab.locator("section").count() == 12
    assert tab.locator("dl .bad dd").inner_text() == "1"
    assert "2 articles" in tab.locator("section", has_text="Clusters of copies").inner_text()
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    light = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (light == "rgb(244, 243, 239)") == (colours == "light")


def test_pages_are_chosen_and_open_their_reports(report, new_page):
    tab = new_page(DESKTOP, "light")
    tab.goto(report.as_uri())
    rows = tab.locator("#lowest tbody tr")
    confidences = [float(text) for text in rows.locator("td:first-child").all_inner_texts()]
    assert confidences == sorted(confidences) and len(confidences) == 25
    tab.select_option("select[name=host]", "site1.example")
    assert tab.locator("#shown").inner_text() == "8 of 25 pages"
    assert rows.locator("visible=true").count() == 8
    tab.select_option("select[name=host]", "*")
    title = rows.locator("a").nth(1).inner_text()
    rows.locator("a").nth(1).click()
    assert tab.url.endswith("/report/0002.html") and tab.locator("h1").inner_text() == title


def test_copies_stand_side_by_side(report, new_page):
    tab = new_page(DESKTOP, "light")
    tab.goto(report.as_uri())
    assert tab.locator("#copies .pair").count() == 1
    assert tab.locator("#copies mark").all_inner_texts() == [" More soon."]
