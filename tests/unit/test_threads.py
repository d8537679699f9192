"""Threads and articles with readers' comments: the same posts are body in one and comments in the other."""

import re

import pytest

from cleanpage import clean_page

QUESTION = "我家后院的柿子树今年结了很多果子，但是从九月开始叶子一片片变黄，果子也掉了一半。请问是浇水太多，还是缺肥？"
ANSWERS = [
    "先看看根部有没有积水，柿子树最怕涝，我家那棵去年就是这样，挖了排水沟以后第二年就好了。",
    "同意楼上，另外可以在树冠下面撒一点草木灰。",
    "谢谢大家，周末我去挖一条沟试试！",
    "记得秋天以后不要再施氮肥，不然新枝长不结实，冬天容易冻坏，来年结的果子也少。",
]
STORY = [
    "县林业站昨天公布了今年的柿子产量，全县收了四千多吨，比去年多了三成，平均每斤的收购价也涨了两角钱。",
    "站长余青禾说，今年春天没有倒春寒，开花的时候又一直是晴天，坐果率比往年高，所以产量才会一下子涨上来。",
    "不过九月以后雨水偏多，低洼的果园里有一些树落叶落果，技术员正在各村指导果农开沟排水，预计月底可以结束。",
    "余青禾提醒果农，采收以后要及时清园，把病叶和落果集中埋掉，再给树干刷上石灰水，这样明年的病虫害会少得多。",
    "县里还准备在十一月办一次柿子节，邀请外地的客商来看货，去年的柿子节一共签下了两百多万元的订单，今年希望更多。",
    "另外，新建的两座冷库下个月投入使用，可以存放八百吨鲜果，果农不必再赶在霜降以前把柿子全部卖掉，价格也更稳。",
    "沿河的三个村子今年第一次试种了无核的新品种，虽然产量还不高，但是每斤的价格比普通柿子高出一倍，苗木已经订完。",
]


def post(user, text, name):
    return (
        f'<div class="{name}-item"><div class="{name}-user">{user}</div><div class="{name}-time">3天前</div>'
        f'<div class="{name}-content"><p>{text}</p></div><div class="{name}-tools"><a href="#">回复</a></div></div>'
    )


def page(title, first, posts):
    menu = "".join(f'<li><a href="/{i}">{name}</a></li>' for i, name in enumerate(["首页", "果树", "花卉", "蔬菜"]))
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><ul class='nav'>{menu}</ul><h1>{title}</h1>"
        f"{first}<div class='comment-list'>{posts}</div><div class='footer'>河湾园艺 版权所有</div></body></html>"
    )


USERS = ["南山果农", "老树新芽", "阿柿", "石桥种树人"]
REPLIES = "".join(post(user, text, "comment") for user, text in zip(USERS, ANSWERS, strict=True))
THREAD = page("柿子树落叶落果怎么办", f'<div class="topic-content"><p>{QUESTION}</p></div>', REPLIES)
NEWS = page(
    "今年柿子产量涨了三成", '<div class="article">' + "".join(f"<p>{text}</p>" for text in STORY) + "</div>", REPLIES
)
FORUM = {"forum": 9.0, "article": -9.0, "listing": -9.0}
"""Log-odds of the kinds of a page that is a thread for certain."""


def test_all_posts_of_a_thread_are_body():
    article = clean_page(THREAD)
    assert article.page_kind == "forum"
    assert article.text.splitlines() == [QUESTION, *ANSWERS]
    assert article.comments == ()


def test_readers_comments_under_an_article_are_not():
    article = clean_page(NEWS)
    assert article.page_kind == "article"
    assert article.text.splitlines() == STORY
    assert [text for text in ANSWERS if text in {comment.text for comment in article.comments}] == ANSWERS


@pytest.mark.parametrize("url", [
    "https://bbs.example.com/a/7", "https://www.example.com/forum/trees/persimmon.812", "https://example.com/t/leaves/40",
    "https://example.com/showthread.php?t=12",
])  # fmt: skip
def test_the_address_tells_a_thread(url):
    plain = THREAD.replace("topic-content", "lead").replace(QUESTION, " ".join(STORY))
    assert clean_page(plain).page_kind != "forum"
    assert clean_page(plain, url=url).page_kind == "forum"


def test_the_kind_of_the_page_tells_a_thread(monkeypatch):
    plain = THREAD.replace("topic-content", "lead").replace(QUESTION, " ".join(STORY[:2]))
    assert ANSWERS[0] not in clean_page(plain).text
    monkeypatch.setattr("cleanpage.body.stage.odds_of_kinds", lambda row, model: FORUM)
    assert clean_page(plain).text.splitlines()[1:] == ANSWERS


def test_a_page_without_replies_is_none_whatever_its_kind(monkeypatch):
    plain = re.sub("<[^/h][^>]*>|</[^h][^>]*>", "\n", NEWS)
    expected = clean_page(plain, kind="html").text
    monkeypatch.setattr("cleanpage.body.stage.odds_of_kinds", lambda row, model: FORUM)
    assert clean_page(plain, kind="html").text == expected != ""


@pytest.mark.parametrize("url", [
    "https://www.example.com/topics/trees/best-saws-2031", "https://example.com/news/2031/9/7", "https://example.com/about",
])  # fmt: skip
def test_other_addresses_do_not(url):
    assert clean_page(NEWS, url=url).page_kind != "forum"


def test_what_a_post_quotes_is_said_once():
    quote = f'<blockquote class="quote">{ANSWERS[0]}</blockquote>'
    article = clean_page(THREAD.replace(f"<p>{ANSWERS[1]}", f"{quote}<p>{ANSWERS[1]}"))
    assert article.text.count(ANSWERS[0]) == 1
