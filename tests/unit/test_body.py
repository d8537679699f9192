"""The body stage: dense prose in, furniture out, and what a line score means."""

import pytest

from cleanpage.config import Config
from cleanpage.draft import Draft, Source, find, make_block
from cleanpage.load.text import load_text
from cleanpage.stages.body import body, line_score

PROSE = [
    "老街的桂花节上周六开幕，第一天来了三千多名游客，比去年多了一倍。",
    "商户们说，今年的天气比往年凉爽，花期也因此推迟了整整一个星期。",
    "组委会表示，活动将持续到十月底，周末还会增加两班夜间的公交车。",
]
TEASERS = ["邻县也办桂花节", "十个看花的好地方", "周末天气晴好", "公交车加开夜班"]


def kept(lines, marks=()):
    """Return the lines that body keeps; ``marks`` are (line number, label) of decisive findings."""
    raw = "\n\n".join(lines)
    draft = Draft(Source(raw), load_text(raw), Config())
    draft = draft.with_findings(find(draft.blocks[i], label, "test", "a test") for i, label in marks)
    rows = body(draft).findings_by_block()
    decided = {i for i, _ in marks}
    return [i for i, row in enumerate(rows) if row and row[-1].label == "body" and i not in decided]


def test_prose_is_kept_and_short_lines_around_it_are_not():
    assert kept([*TEASERS, *PROSE, *TEASERS]) == [4, 5, 6]


def test_subheading_between_paragraphs_is_kept():
    assert kept([PROSE[0], "交通", PROSE[1], PROSE[2]]) == [0, 1, 2, 3]


def test_prose_behind_comments_is_not_kept():
    lines = [*PROSE, "网友评论", "这条街我去过，桂花开的时候确实香得很。"]
    assert kept(lines, [(3, "comments")]) == [0, 1, 2]


def test_share_bar_inside_the_article_does_not_end_it():
    assert kept([PROSE[0], PROSE[1], "分享", PROSE[2], PROSE[0]], [(2, "share")]) == [0, 1, 3, 4]


def test_issuer_and_date_that_close_a_notice_are_kept():
    lines = [*PROSE, "山城县文化局", "二〇三一年九月一日", "打印", *TEASERS]
    assert kept(lines, [(5, "tools")]) == [0, 1, 2, 3, 4]


def test_short_sections_of_a_notice_are_kept_with_its_telephone():
    sections = ["（一）项目", "田径、篮球、乒乓球。", "（二）地点", "县体育局二楼。"]
    lines = [PROSE[0], *sections, "联系电话：0359-2110000", "打印"]
    assert kept(lines, [(6, "tools")]) == [0, 1, 2, 3, 4, 5]


def test_telephone_of_the_site_is_not():
    assert kept([*PROSE, "联系电话：0359-2110000", "版权所有"], [(4, "copyright")]) == [0, 1, 2]


def test_text_without_any_furniture_is_kept_whole():
    verse = ["小河弯弯向东流", "两岸青山绿油油", "牧童骑牛吹短笛", "一路欢歌到村头"]
    assert kept(verse) == [0, 1, 2, 3]


def test_only_blocks_of_the_article_get_a_finding():
    raw = "\n\n".join([*TEASERS, *PROSE, *TEASERS])
    draft = body(Draft(Source(raw), load_text(raw), Config()))
    assert [[f.label for f in row] for row in draft.findings_by_block()] == [[]] * 4 + [["body"]] * 3 + [[]] * 4


def test_cleaned_text_is_kept_whole():
    raw = "\n".join([*TEASERS, *PROSE])
    draft = body(Draft(Source(raw), load_text(raw), Config()))
    assert {finding.label for finding in draft.findings} == {"body"}


@pytest.mark.parametrize(
    ("text", "speaks_for"),
    [
        (PROSE[0], True),
        ("The town of Millbrook opened its harvest fair on Saturday morning.", True),
        ("В субботу утром в городе открылась ярмарка урожая.", True),
        ("邻县也办桂花节", False),
        ("Ten places to see the leaves", False),
        ("商户们说，今年的天气比往年凉爽，花期也因此推迟了...", False),
    ],
)
def test_line_score(text, speaks_for):
    block = make_block(0, len(text), (0, len(text)), text)
    assert (line_score([block], hinted=False) > 0) is speaks_for
