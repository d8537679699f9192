"""The workbench in a browser: try, see, save."""

import tomllib

from tests.browser.conftest import NOTICE
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


def test_it_is_accessible(new_page, workbench):
    from axe_playwright_python.sync_playwright import Axe

    for colours in ("light", "dark"):
        tab = new_page(colours=colours)
        tab.goto(workbench())
        tab.fill("#rule", "[[rule]")
        tab.locator("#problems li").wait_for()
        found = Axe().run(tab)
        assert found.violations_count == 0, found.generate_report()
