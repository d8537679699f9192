"""What the learned body stage knows about a line: the same in every script, and linear in the page."""

import pytest

from cleanpage.body.lines import lines_of
from cleanpage.body.page_kind import BODY, FORM, body_form, page_form
from cleanpage.body.stacking import COMPANY, company
from cleanpage.body.text_features import NAMES, features, own_columns
from cleanpage.body.window_features import column
from cleanpage.config import Config
from cleanpage.draft import BlockFinding, Draft, Source
from cleanpage.labels import Label
from cleanpage.load.text import load_text

PROSE = {
    "zh": "老街的桂花节上周六开幕，第一天来了三千多名游客，比去年多了一倍。",
    "en": "The old street opened its osmanthus fair on Saturday, and three thousand visitors came on the first day.",
    "ru": "В субботу на старой улице открылась ярмарка, и в первый же день на неё пришли три тысячи гостей.",
}


def rows(*lines, marks=()):
    raw = "\n\n".join(lines)
    draft = Draft(Source(raw), load_text(raw), Config())
    draft = draft.with_findings(BlockFinding(i, Label(label), "test", "a test") for i, label in marks)
    page = lines_of(draft)
    columns = features(page, own_columns(page.lines))
    assert len(columns) == len(NAMES)
    return page, [dict(zip(NAMES, row, strict=True)) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize("lang", PROSE)
def test_prose_is_prose_in_every_script(lang):
    _, (row,) = rows(PROSE[lang])
    assert row["end"] == 3
    assert row["prose"] == row["units"] >= 18
    assert row["common"] > 0.1


@pytest.mark.parametrize("line", ["首页", "Subscribe", "Ten places to see the leaves", "邻县也办桂花节"])
def test_labels_and_headlines_are_not(line):
    _, (row,) = rows(line)
    assert row["end"] == row["prose"] == 0


@pytest.mark.parametrize(("line", "end"), [("为什么？", 2), ("如下：", 1), ("He said that...", -1), ("好。", 3)])
def test_how_a_line_ends(line, end):
    _, (row,) = rows(line)
    assert row["end"] == end


def test_furniture_is_counted_and_measured_from():
    _, found = rows(PROSE["zh"], "相关新闻", "邻县也办桂花节", marks=[(1, "related")])
    assert [row["related_before"] for row in found] == [0, 0, 1]
    assert [row["related_behind"] for row in found] == [1, 0, 0]
    assert found[2]["to_tail_before"] == 1
    assert found[1]["prose"] == 0


def test_headline_is_measured_from():
    title = "桂花节在老街开幕"
    page, found = rows(f"{title}_本地新闻", "新闻", title, PROSE["zh"])
    assert page.headline == 2
    assert [row["from_headline"] for row in found] == [-2, -1, 0, 1]
    assert found[3]["headline_words"] > 0.3


def test_dates_are_seen_in_any_order():
    _, found = rows("2031-09-01 10:20", "1 September 2031", "3 октября 2031", "无")
    assert [row["dated"] for row in found] == [1, 1, 1, 0]


def test_blank_page_is_no_trouble():
    _, found = rows("")
    assert found == []


def test_company_has_a_row_a_line():
    found = company(column([2.0, -5.0, -1.0]), column([0.9, 0.0, 0.3]), column([30.0, 4.0, 8.0]))
    first, second, _ = (dict(zip(COMPANY, row, strict=True)) for row in zip(*found, strict=True))
    assert first["surest"] == 0.9
    assert first["odds+1"] == -5.0
    assert second["to_likely_before"] == 1
    assert second["body_before_2"] > second["body_behind_2"]


def test_page_form_and_body_form_fill_their_columns():
    page, _ = rows(PROSE["zh"], "2 | 3", "价格 ¥39")
    form = dict(zip(FORM, page_form(page, own_columns(page.lines)), strict=True))
    assert form["priced"] == pytest.approx(1 / 3)
    body = dict(zip(BODY, body_form([30.0, 1.0, 2.0], [True, False, True], 0.5), strict=True))
    assert body["body_runs"] == 2
    assert body["body_share"] == pytest.approx(32 / 33)
