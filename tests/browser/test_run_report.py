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
    assert tab.locator("section").count() == 8
    assert tab.locator("dl .bad dd").inner_text() == "1"
    assert "2 articles" in tab.locator("section", has_text="Clusters of copies").inner_text()
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    light = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (light == "rgb(244, 243, 239)") == (colours == "light")
