"""Settling: what a second cleaning would take away is taken away in the first, and nothing is invented."""

from cleanpage import Config, Rule, clean_page
from cleanpage.decide.settle import _parts, settle
from cleanpage.draft import Draft, Source, find
from cleanpage.labels import Label
from cleanpage.load.text import load_text

PROSE = [
    "老街的桂花节上周六开幕，第一天来了三千多名游客，比去年多了一倍。",
    "商户们说，今年的天气比往年凉爽，花期也因此推迟了整整一个星期。",
    "组委会表示，活动将持续到十月底，周末还会增加两班夜间的公交车。",
]


def everything_is_body(draft):
    return draft.with_findings(find(block, Label.BODY, "body", "a test") for block in draft.blocks)


def settled(raw, *stages):
    draft = Draft(Source(raw), load_text(raw), Config())
    for stage in stages:
        draft = stage(draft)
    draft, verdicts = settle(draft, stages)
    return ["" if v.label != "body" else b.text for b, v in zip(draft.blocks, verdicts, strict=True)]


def test_settled_page_stays_as_it_is():
    raw = "\n\n".join(PROSE)
    assert settled(raw, everything_is_body) == PROSE


def test_lines_that_meet_when_furniture_is_gone_give_a_stable_text():
    raw = f"{PROSE[0]}\n\n首页 > 新闻\n\n{PROSE[1]}\n\n分享到：\n\n{PROSE[2]}\n\n版权所有 清河网"
    once = clean_page(raw).text
    assert clean_page(once).text == once


def test_user_rule_holds_in_the_second_cleaning_too():
    rule = Rule(
        id="mine.box", label="ad", why="a test", pattern="抽奖.*", examples=["抽奖啦"], counter_examples=["大抽奖"]
    )
    raw = "\n\n".join([PROSE[0], "抽奖请到二楼", *PROSE[1:]])
    article = clean_page(raw, config=Config(rules=[rule]))
    assert "抽奖" not in article.text
    assert "mine.box" in [removed.rule for removed in article.removed]


def test_a_clean_text_keeps_the_names_behind_a_paragraph_if_told_to():
    text = (
        "5月5日下午,青石镇召开防汛准备工作会议,安排今年汛期的值守和物资储备。镇长何永宁说,今年要在六月以前全部修好。\n"
        "会议听取了水利站的汇报。北岸堤坝的修复已经完成七成,抽水泵站换上了四台新机组。(高敏、林佩山)"
    )
    kept = clean_page(text, config=Config(keep_byline=True))
    assert (kept.text, kept.authors) == (text, ("高敏", "林佩山"))
    assert clean_page(text).text == text.removesuffix("(高敏、林佩山)")


def test_a_row_of_tabs_is_cut_where_its_text_is():
    row = "alpha\tbeta gamma\tdelta\tone <script> two\tthree"

    draft = Draft(Source(row), load_text(row), Config())
    at = draft.blocks[0].text.index("<script>")
    left, right = _parts(row, draft.blocks[0], [at])
    assert row[slice(*left.content)] == "alpha\tbeta gamma\tdelta\tone"
    assert row[slice(*right.content)] == "<script> two\tthree"
