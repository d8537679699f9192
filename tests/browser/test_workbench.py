"""The workbench in a browser: try, see, save."""

import tomllib

import pytest

from cleanpage.cli import main
from tests.browser.conftest import DESKTOP, HERE, NOTICE, PHONE, TABLET
from tests.unit.test_workbench import PAGE, RULE


def test_a_rule_is_tried_as_it_is_written_and_saved(new_page, workbench, tmp_path):
    tab = new_page()
    tab.goto(workbench())
    tab.fill("#text", PAGE)
    report = tab.frame_locator("#report")
    report.locator(".tile").first.wait_for()
    tab.fill("#rule", RULE.replace("why", "wy"))
    tab.locator("#problems li", has_text="has no key 'wy'").wait_for()
    assert tab.locator("#save").is_disabled()
    tab.select_option("#favor", "recall")
    tab.fill("#rule", RULE)
    tab.locator("#changed .diff", has_text="→ boilerplate").wait_for()
    assert report.locator(".tile.changed").count() >= 1
    with tab.expect_download() as download:
        tab.click("#save")
    download.value.save_as(tmp_path / "saved.toml")
    saved = tomllib.loads((tmp_path / "saved.toml").read_text(encoding="utf-8"))
    assert (saved["favor"], saved["rule"][0]["id"]) == ("recall", "mine.lottery")


def test_a_file_is_opened_and_a_folder_tried(new_page, workbench, tmp_path):
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(NOTICE, encoding="utf-8")
    tab = new_page()
    tab.goto(workbench(tmp_path))
    tab.set_input_files("#file", {"name": "gb.txt", "mimeType": "text/plain", "buffer": NOTICE.encode("gb18030")})
    tab.frame_locator("#report").locator("h1", has_text="青石镇召开防汛准备工作会议").wait_for()
    tab.fill("#rule", RULE)
    tab.click("#try-folder")
    tab.locator("#tally", has_text="1 of 2 pages changes").wait_for()
    tab.locator("#results summary button", has_text="a.txt").click()
    tab.locator("#changed .diff", has_text="→ boilerplate").wait_for()


def test_a_hostile_page_runs_nothing(new_page, workbench):
    tab = new_page()
    tab.goto(workbench())
    tab.fill("#text", f"<script>parent.ran = 1; alert(1)</script><p>{PAGE}</p><img src=x onerror='alert(2)'>")
    tab.frame_locator("#report").locator(".tile").first.wait_for()
    assert tab.evaluate("window.ran") is None


MARKET = (HERE.parents[1] / "examples" / "pages" / "market.html").read_text(encoding="utf-8")


def test_a_line_becomes_a_rule_is_kept_as_expected_and_saved(new_page, workbench, tmp_path):
    config = tmp_path / "mine.toml"
    config.write_text("# mine\n", encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "market.html").write_text(MARKET, encoding="utf-8")
    tab = new_page()
    tab.goto(workbench(tmp_path / "pages", config_file=config))
    report = tab.frame_locator("#report")
    report.locator(".tile", has_text="Buses 4 and 11").click()
    tab.locator("#line-text", has_text="Buses 4 and 11").wait_for()
    tab.click("#make")
    tab.locator("#line-note", has_text="matches 1 line on 1 page").wait_for()
    tab.locator("#changed .diff dd.gone", has_text="Buses 4 and 11").wait_for()
    assert tab.locator("#changed dt").first.inner_text() == "out of text"
    report.locator(".tile[aria-selected=true]", has_text="Buses 4 and 11").wait_for()  # the same line is chosen still
    tab.click("#go")
    tab.locator("#line-note", has_text="cleanpage check").wait_for()
    assert main(["check", str(tmp_path / "pages" / "expectations.toml")]) == 1
    tab.click("#save-config")
    assert "Put this into" in tab.locator("#asked").inner_text()
    assert config.read_text(encoding="utf-8") == "# mine\n"
    tab.click("#yes")
    tab.locator("#saved", has_text="Saved to").wait_for()
    assert main(["check", str(tmp_path / "pages" / "expectations.toml"), "--config", str(config)]) == 0
    assert tab.input_value("#rule") == ""


def test_page_and_article_stand_side_by_side_and_on_a_phone_one_at_a_time(new_page, workbench, tmp_path):
    (tmp_path / "market.html").write_text(MARKET, encoding="utf-8")
    address = workbench(tmp_path)
    for viewport, together in (({"width": 1400, "height": 900}, True), (PHONE, False)):
        tab = new_page(viewport)
        tab.goto(address)
        report = tab.frame_locator("#report")
        report.locator(".tile").first.wait_for()
        assert report.locator("#article").is_visible() == together
        assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_message_of_another_frame_chooses_nothing(new_page, workbench):
    tab = new_page()
    tab.goto(workbench())
    tab.fill("#text", PAGE)
    tab.frame_locator("#report").locator(".tile").first.wait_for()
    tab.evaluate("postMessage({ block: 1 }, '*')")
    tab.wait_for_timeout(50)
    assert tab.locator("#line").is_hidden()


@pytest.mark.parametrize("viewport", [DESKTOP, TABLET, PHONE], ids=["desktop", "tablet", "phone"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_it_is_accessible(new_page, workbench, tmp_path, viewport, colours):
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "market.html").write_text(MARKET, encoding="utf-8")
    tab = new_page(viewport, colours)
    tab.goto(workbench(tmp_path))
    tab.frame_locator("#report").locator(".tile").first.click()
    tab.click("#make")
    tab.locator("#line-note", has_text="matches").wait_for()
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    tab.fill("#rule", "[[rule]")
    tab.locator("#problems li").wait_for()
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
