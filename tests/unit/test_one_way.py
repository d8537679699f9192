"""The data goes one way: what a second look at the body finds, what a cleaned text loses, what becomes of copies."""

from random import Random

import pytest

from cleanpage import Config, Rule, clean_page
from cleanpage.decide.assemble import decide
from cleanpage.draft import BlockFinding, Draft, Source
from cleanpage.labels import Label
from cleanpage.load.text import load_text
from cleanpage.repeats.stage import body_repeats, repeats

PROSE = [
    "老街的桂花节上周六开幕，第一天来了三千多名游客，比去年多了一倍。",
    "商户们说，今年的天气比往年凉爽，花期也因此推迟了整整一个星期。",
    "组委会表示，活动将持续到十月底，周末还会增加两班夜间的公交车。",
]
CHANCE = Random(5)
MENU = ["".join(CHANCE.choices("山水风云春夏秋冬东南西北高低大小新旧开关来去书桌门窗", k=30)) + "。" for _ in range(30)]
"""Running text that no body stage chooses here; with it, the copy is too small a part of the page."""


def loaded(*lines):
    raw = "\n\n".join(lines)
    return Draft(Source(raw), load_text(raw), Config())


def chosen(draft, lines):
    """Return the draft as a body stage leaves it that has chosen these lines."""
    labels = (Label.BODY if block.text in lines else Label.BOILERPLATE for block in draft.blocks)
    return draft.with_findings(BlockFinding(i, label, "body", "a test", 0.9) for i, label in enumerate(labels))


def texts(draft, label):
    return [b.text for b, v in zip(draft.blocks, decide(draft), strict=True) if v.label == label]


def test_a_copy_that_is_seen_in_the_body_alone_goes():
    page = chosen(repeats(loaded(*PROSE, *MENU, *PROSE)), PROSE)
    first, second = texts(page, Label.DUPLICATE), texts(body_repeats(page), Label.DUPLICATE)
    assert (first, second) == ([], PROSE)


def test_the_second_look_adds_findings_and_changes_nothing():
    page = chosen(repeats(loaded(*PROSE, *MENU, *PROSE)), PROSE)
    looked = body_repeats(page)
    assert looked.findings[: len(page.findings)] == page.findings
    assert (looked.blocks, looked.config) == (page.blocks, page.config)


def test_what_was_not_chosen_is_no_copy():
    page = chosen(repeats(loaded(*PROSE, *MENU, *PROSE)), PROSE[:1] + MENU)
    assert texts(body_repeats(page), Label.DUPLICATE) == []


def test_the_second_look_reads_what_overrules_a_rule():
    page = repeats(loaded(*PROSE, *MENU, *PROSE))
    taken = [BlockFinding(i, Label.COMMENTS, "a rule", "a test") for i in range(len(page.blocks))]
    page = page.with_findings(taken)
    assert body_repeats(chosen(page, PROSE)) == chosen(page, PROSE)
    posts = [BlockFinding(i, Label.BODY, "body", "a post") for i, b in enumerate(page.blocks) if b.text in PROSE]
    assert texts(body_repeats(page.with_findings(posts)), Label.BODY) == PROSE * 2


def test_a_copy_of_what_is_not_kept_goes_as_that_does():
    draft = loaded(*PROSE, *MENU[:3])
    of = draft.blocks[3].content
    copies = [
        BlockFinding(i, Label.DUPLICATE, "repeats", "a test", duplicate_of=of) for i in range(4, len(draft.blocks))
    ]
    draft = chosen(draft, PROSE).with_findings(copies)
    assert texts(draft, Label.BOILERPLATE) == MENU[:3]
    assert texts(draft, Label.DUPLICATE) == []


def test_lines_that_meet_when_furniture_is_gone_give_a_stable_text():
    trees = "桂花树是三十年前种下的，一共四百多棵，一直由街道的园艺队照看。"
    raw = f"{trees}\n\n{PROSE[0]}\n\n首页 > 新闻\n\n{PROSE[1]}\n\n分享到：\n\n{PROSE[2]}\n\n版权所有 清河网"
    once = clean_page(raw).text
    assert once == "\n".join((trees, *PROSE))
    assert clean_page(once).text == once


def test_a_clean_text_loses_what_it_says_twice_and_nothing_else():
    text = "\n".join(["桂花节", *PROSE, *PROSE])
    article = clean_page(text)
    assert article.text == "\n".join(["桂花节", *PROSE])
    assert {removed.label for removed in article.removed} == {"duplicate"}


@pytest.mark.parametrize("mark", ["*", "§", "2."])
def test_parts_are_parted_by_a_mark(mark):
    lines = ["the gate was open and", "they went in all the same.", mark] * 4
    assert clean_page("\n".join(lines)).text.count(mark) == 4


def test_a_rule_of_the_users_holds_in_the_cleaned_text_too():
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


def test_a_page_keeps_the_names_behind_a_paragraph_if_told_to():
    last = "会后,与会人员沿河查看了泵站和仓库。(高敏、林佩山)"
    raw = "\n\n".join(["首页 要闻 县区", "防汛会议召开", *PROSE, last, "版权所有"])
    kept, without = clean_page(raw, config=Config(keep_byline=True)), clean_page(raw)
    assert kept.text.endswith("仓库。(高敏、林佩山)")
    assert without.text.endswith("仓库。")
    assert kept.authors == without.authors == ("高敏", "林佩山")
    assert not [removed for removed in kept.removed if removed.rule == "assemble"]
