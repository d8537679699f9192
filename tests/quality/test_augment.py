"""The sample makers on pages of our own: what each way changes, and that the label stays right."""

from dataclasses import replace
from random import Random

import pytest

from bench import disturb
from bench.data import ABSENT, FLATTENINGS, Page, present
from bench.flatten import INSTALL, ONE_LINE, PINNED, SYSTEM, USUAL, missing
from bench.notices import COUNTS, load_notices
from bench.score import score, tokens
from training.augment import WAYS, copied, flattened, recombined, shortened, split, untitled
from training.locate import headline, locate, passage
from training.structure import READ_ALSO, Line, Words, structured

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"{', '.join(missing())} absent: {INSTALL}")

TOPICS = {
    "harbour": ("老港码头下月起分段翻修", "港务处", "码头", "渡轮"),
    "library": ("河西图书馆延长晚间开放时间", "图书馆", "阅览室", "读者"),
    "school": ("北山小学新操场本周启用", "学校", "操场", "学生"),
    "market": ("东门菜市场冬季调整营业", "市场管理处", "摊位", "顾客"),
}


def body_of(topic):
    _, office, place, people = TOPICS[topic]
    return "\n".join(
        [
            f"{office}昨天宣布，{place}从10月12日起分三期施工，第一期约需40天。施工时东侧的入口关闭，请大家改走西侧。",
            f"负责人说，{people}的出行不会因此中断，临时通道已经搭好，夜里也有照明。",
            f"第二期工程要等到春天，届时{place}的屋顶和排水沟会一并更换，费用由{office}承担。",
            f"{office}还提醒{people}留意现场的告示，有疑问可以当面询问值班人员。",
            office,
        ]
    )


def page(topic):
    title, *_ = TOPICS[topic]
    site = f"{topic}.example"
    paragraphs = "".join(f"<p>{line}</p>\n" for line in body_of(topic).splitlines())
    html = f"""<html><head><title>{title}_{topic}网</title><style>p {{ color: red }}</style></head><body>
<ul><li><a href="/">{topic}首页</a></li>
<li><a href="/n">本地</a></li></ul>
<div>当前位置：{topic}首页 &gt; 正文</div>
<h1>{title}</h1>
<div>{topic}编辑部 2023-09-28</div>
<div id="b">{paragraphs}</div>
<div>分享到：<a href="/w">微博</a></div>
<div style="display: none">{topic}隐藏层</div>
<ul><li>{topic}热门一</li>
<li>{topic}热门二</li></ul>
<p>{topic}版权所有</p></body></html>"""
    ways = ("inner_text", "lxml_blocks", "wet", "lxml_raw")
    texts = {way: PINNED[tool](html) for way, tool in zip(FLATTENINGS, ways, strict=True)}
    url = f"http://{site}/1"
    return Page(topic, "own", "zh", "article", url, body_of(topic), False, title, None, None, texts, html)


PAGES = [page(topic) for topic in TOPICS]
SEEDS = range(6)


def by_topic(samples):
    return [(topic, sample) for sample in samples for topic in TOPICS if sample.site == f"{topic}.example"]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_way_is_pure(way):
    runs = [way(PAGES, seed) for seed in SEEDS]
    assert runs == [way(PAGES, seed) for seed in SEEDS]
    assert len({sample.raw for run in runs for sample in run}) > len(PAGES)
    for sample in (sample for run in runs for sample in run):
        assert sample.site in sample.sites


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_label_is_that_of_the_page_or_its_beginning(way):
    for sample in (sample for seed in SEEDS for sample in way(PAGES, seed)):
        assert score(sample.raw, sample.body).recall == 1
        whole = body_of(sample.site.removesuffix(".example"))
        shortened = sample.made.startswith(("shortened/", "trimmed/"))
        assert sample.body == whole or (whole.startswith(sample.body) and shortened)


LINES = [Line(line, True) for line in body_of("harbour").splitlines()]
LENT = Words(body_of("library").splitlines(), ["北山小学新操场本周启用"], "zh")


def test_structure_of_lines_that_are_no_body_stays_away():
    note = Line("广告", False)
    for seed in range(40):
        made = structured([LINES[0], note, *LINES[1:]], LENT, Random(seed))
        assert made.count(note) <= 1
        asides = [line.text for line in made if not line.is_body and line != note]
        assert [text for text in asides if "北山小学" not in text and f"{text}：" not in READ_ALSO["zh"]] == []


def test_a_page_that_has_no_paragraph_is_not_rebuilt():
    short = [Line("港务处", True), Line("通告", True)]
    assert {tuple(structured(short, LENT, Random(seed))) for seed in range(40)} == {tuple(short)}


@pytest.mark.parametrize("way", [w for w in WAYS.values() if w is not recombined], ids=lambda w: w.__name__)
def test_a_sample_does_not_depend_on_the_other_pages(way):
    assert way(PAGES[1:3], 4) == [sample for sample in way(PAGES, 4) if sample in way(PAGES[1:3], 4)]
    assert len(way(PAGES[1:3], 4)) > 0


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_pages_without_a_label_give_nothing(way):
    texts = dict.fromkeys(FLATTENINGS, "首页")
    bare = Page("x", "own", "zh", "list", "", None, False, None, None, None, texts, "<p>首页</p>")
    assert way([bare], 1) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_recombined_leaves_nothing_of_the_host_but_its_chrome(seed):
    samples = by_topic(recombined(PAGES, seed))
    assert len(samples) == len(PAGES)
    for topic, sample in samples:
        host = sample.sites[1].removesuffix(".example")
        assert host != topic
        assert f"{host}版权所有" in sample.raw and f"{topic}版权所有" not in sample.raw
        assert TOPICS[host][0] not in sample.raw
        assert TOPICS[host][2] not in sample.raw
        assert sample.title == TOPICS[topic][0] and sample.title in sample.raw


def test_recombined_refuses_chrome_that_repeats_its_body():
    teaser = PAGES[1].html.replace("<h1>", f"<div>{body_of('library').splitlines()[0]}</div><h1>")
    texts = dict.fromkeys(FLATTENINGS, PINNED["inner_text"](teaser))
    host = replace(PAGES[1], id="library", texts=texts, html="")
    assert {sample.site for seed in SEEDS for sample in recombined([PAGES[0], host], seed)} == {"library.example"}


def test_chrome_with_more_prose_than_the_body_takes_no_guest():
    comment = (
        "我每天坐渡轮上班，码头翻修的时候真的很不方便，希望港务处能多开几班车，也希望告示写得清楚一些，不要到了才知道。"
    )
    crowded = PAGES[1].html.replace("<ul>", "".join(f"<p>第{n}楼：{comment}</p>" for n in range(9)) + "<ul>")
    texts = dict.fromkeys(FLATTENINGS, PINNED["inner_text"](crowded))
    host = replace(PAGES[1], id="library", texts=texts, html="")
    assert [recombined([PAGES[0], host], seed)[0].site for seed in SEEDS] == ["library.example"] * len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_untitled(seed):
    for topic, sample in by_topic(untitled(PAGES, seed)):
        assert sample.title is None
        assert TOPICS[topic][0] not in sample.raw
        assert f"{topic}编辑部" in sample.raw


@pytest.mark.parametrize("seed", SEEDS)
def test_shortened_takes_the_rest_of_the_body_away(seed):
    for topic, sample in by_topic(shortened(PAGES, seed)):
        whole = body_of(topic)
        assert whole.startswith(sample.body) and len(sample.body) < len(whole)
        assert sample.body.endswith("。")
        rest = whole[len(sample.body) :].splitlines()
        assert [line for line in rest if len(line) > 9 and line in sample.raw] == []
        assert f"\n{TOPICS[topic][1]}\n" not in sample.raw  # the last line of the body, which also occurs within it
        assert f"{topic}版权所有" in sample.raw


@pytest.mark.parametrize("seed", SEEDS)
def test_copied_shows_the_beginning_twice(seed):
    samples = copied(PAGES, seed)
    shown = [sum(sample.raw.count(line) > 1 for line in sample.body.splitlines()) for sample in samples]
    assert len(shown) == len(PAGES) and min(shown) > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_flattened_and_split_keep_every_token_in_order(seed):
    for topic, sample in by_topic(flattened(PAGES, seed)):
        assert "".join(tokens(body_of(topic))) in "".join(tokens(sample.raw))
    for _, sample in by_topic(split(PAGES, seed)):
        assert "".join(tokens(sample.body)) in "".join(tokens(sample.raw))


@pytest.mark.parametrize("name", sorted(USUAL | PINNED | SYSTEM))
def test_flattener(name):
    flatten = (USUAL | PINNED | SYSTEM)[name]
    text = flatten(PAGES[0].html)
    assert score(text, body_of("harbour")).recall == 1
    assert "color" not in text
    assert name in ONE_LINE or text.count("\n") > 8
    flatten("")
    flatten("<p>")


def test_blocks_break_lines_and_inline_elements_do_not():
    html = "<div>渡轮<b>停航</b>三天<br>码头</div><p>照常</p><span hidden>藏</span><script>x()</script>"
    assert PINNED["wet"](html) == "渡轮停航三天\n码头\n照常\n藏"
    assert PINNED["inner_text"](html) == "渡轮停航三天\n码头\n\n照常"
    assert PINNED["lxml_raw"](html).strip() == "渡轮停航三天码头照常藏"


def test_locate_finds_the_body_between_chrome_on_one_line():
    body = body_of("school")
    found = locate(f"首页 本地 {body} 分享到 微博", body)
    assert (found.before.split(), found.body, found.after.split()) == (["首页", "本地"], body, ["分享到", "微博"])
    assert not found.leaks


def test_locate_does_not_begin_at_the_title_in_a_table():
    body = body_of("market")
    title = TOPICS["market"][0]
    table = f"标题：{title}\n文号：市管〔2023〕5号\n日期：2023-09-28\n"
    assert locate(f"{table}{title}\n{body}\n首页", f"{title}\n{body}", title).body == body


def test_locate_takes_words_that_the_label_spells_without_a_blank():
    middle = " ".join(
        f"Ferry {n} leaves from the western gate at {n} and comes back {n} hours later." for n in range(9)
    )
    line = f"From 12 October: {middle} Nine times a day."
    shown = f"Harbour news\n{line}\nShare"
    found = locate(shown, f"From12October: {middle} Nine times aday.")
    assert (found.before, found.body, found.after) == tuple(shown.partition(line))


def test_locate_is_silent_without_the_body_and_tells_of_a_second_copy():
    assert locate("首页\n本地\n版权所有", body_of("school")) is None
    lead = body_of("school").splitlines()[0]
    assert locate(f"{lead}\n首页\n本地\n新闻\n{'导航 ' * 60}\n{body_of('school')}", body_of("school")).leaks


def test_passage_is_a_part_of_the_found_body():
    body = body_of("library")
    second = body.splitlines()[1]
    assert passage(locate(body, body), second) == second


def test_headline_of_a_page_without_labelled_title():
    without = [replace(page, title=None) for page in PAGES]
    assert [headline(p) for p in without] == [title for title, *_ in TOPICS.values()]


def test_drop_title_takes_a_headline_on_several_lines_but_no_sentence():
    sentence = "据关于码头翻修工程的通知，下月起东侧的入口关闭，请大家改走西侧。"
    text = f"首页\n关于码头翻修\n工程的通知\n关于码头翻修工程的通知_港务网\n{sentence}\n"
    assert disturb.drop_title(text, "关于码头翻修工程的通知") == f"首页\n{sentence}\n"


def test_glue_does_not_merge_words():
    assert disturb.glue("渡轮停航\n三天\nferry\nleaves\n", "", 1, Random(0)) == "渡轮停航三天ferry leaves\n"


def test_columns():
    for line in ("码头" * 90, "the ferry leaves " * 20):
        rows = disturb.at_columns(line, Random(0)).split("\n")
        assert len(rows) > 3
        assert max(map(len, rows)) <= disturb.COLUMNS
        assert "".join(rows).replace(" ", "") == line.replace(" ", "")


def test_sentences_begin_below_headings_and_leave_no_quotation_open():
    heading = "一、码头翻修期间，渡轮的班次和临时通道的开放时间按照下面的安排执行。"
    quoted = "负责人昨天在码头上说：“临时通道已经搭好了，夜里也有照明，不会断。施工时大家请改走西侧入口。”"
    paragraph = f"{quoted}工程明年春天结束，费用由港务处承担。"
    parts = {disturb.sentences(f"{heading}\n{paragraph}", Random(seed)) for seed in range(9)}
    assert parts == {quoted, paragraph}


@pytest.mark.skipif(not present(), reason=ABSENT)
def test_notices():
    notices = load_notices()
    assert {lang: sum(notice.lang == lang for notice in notices) for lang in COUNTS} == COUNTS
    assert len(notices) == 200
    for notice in notices:
        assert score(notice.raw, notice.body).recall > 0.9
        assert "\n" not in notice.body
