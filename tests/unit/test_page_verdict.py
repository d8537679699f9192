"""Whether a page is an article, and the warnings."""

import pytest

from cleanpage import clean_page

PROSE = [
    "老街的桂花节上周六开幕，第一天来了三千多名游客，比去年多了一倍。",
    "商户们说，今年的天气比往年凉爽，花期也因此推迟了整整一个星期。",
    "组委会表示，活动将持续到十月底，周末还会增加两班夜间的公交车。",
]
HEADLINES = [f"清河{place}今年桂花开得早市民争相前往" for place in "东西南北中上下左右前后内外老新大小高低长短"]


def codes(article):
    return [warning.partition(":")[0] for warning in article.warnings]


def test_article():
    article = clean_page("\n\n".join(["老街桂花节开幕", "发布时间：2031-09-07 来源：清河日报", *PROSE]))
    assert article.is_article
    assert 0.5 < article.confidence <= 1.0
    assert codes(article) == []


@pytest.mark.parametrize("raw", ["", " \n\u3000\n", "404 Not Found", "首页\n新闻\n社会"])
def test_page_without_text(raw):
    article = clean_page(raw)
    assert not article.is_article
    assert article.confidence == 0.0
    assert codes(article) == ["not-article"]


def test_list_of_headlines():
    rows = [f"{line}  2031-09-0{i % 9 + 1}" for i, line in enumerate(HEADLINES)]
    assert not clean_page("\n".join(["首页 > 要闻", "", *rows])).is_article


def test_short_notice_is_an_article():
    notice = "因检修管道，九月八日上午九时至下午三时青石镇停水，请提前储水。"
    article = clean_page("\n\n".join(["停水通知", "发布时间：2031-09-07", notice, "打印 关闭"]))
    assert article.is_article
    assert article.text == notice


def test_truncated_page_says_so():
    article = clean_page("\n\n".join(["老街桂花节开幕", *PROSE, "余下全文", "版权所有 清河网"]))
    assert "truncated" in codes(article)


def test_wrongly_decoded_page_says_so():
    article = clean_page("\n\n".join(["老街桂花节开幕", *PROSE, "游客\ufffd说，明年还会再来，带上全家人一起看花。"]))
    assert "replacement-characters" in codes(article)


def test_five_dated_lines_inside_the_body_make_a_list():
    posts = [f"2031-09-0{i + 1} {PROSE[i % 3]}{PROSE[(i + 1) % 3]}" for i in range(6)]
    few = [PROSE[i % 3] + PROSE[(i + 1) % 3] for i in range(2)]
    assert clean_page("\n\n".join(["老街的一年", *posts[:5], *few])).page_kind == "listing"
    assert clean_page("\n\n".join(["老街的一年", *posts[:4], *few])).page_kind != "listing"
