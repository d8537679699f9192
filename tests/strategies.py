"""Hypothesis strategies for pages: real-looking ones made of invented sentences and chrome, and anything at all."""

from __future__ import annotations

from hypothesis import strategies as st

SENTENCES: dict[str, tuple[str, ...]] = {
    "zh": (
        "青石镇的老桥昨天下午重新通车，来往的货车不必再绕行北面的山路。",
        "负责施工的何永宁说，桥面比原来宽了两米，两侧新装了路灯。",
        "镇上的居民沿着河岸走了一圈，有人带来自家种的橘子分给工人。",
        "根据安排，下个月还要修整通往码头的三公里道路。",
        "“孩子们上学不用再等渡船了。”在桥头开小店的周桂兰说。",
        "工程共用去水泥4600吨，比预算少了一成。",
    ),
    "zh-Hant": (
        "清晨的漁港飄著細雨，船家忙著把昨夜的收穫搬上岸邊。",
        "港務人員表示，今年秋天的漁獲比去年多了兩成左右。",
        "市場裡的攤販說，價格雖然下跌，來買魚的人卻多了起來。",
        "學者認為，海水溫度的變化還需要長時間的觀察。",
        "協會計畫在明年春天舉辦第一次海洋節。",
    ),
    "en": (
        "The library on Alder Street opened its doors again on Monday after two years of repairs.",
        "Visitors found the old reading room unchanged, down to the green lamps and the creaking chairs.",
        "“We kept what people loved and mended what they cursed,” said the architect, Mara Ellsworth.",
        "The council paid a third of the cost; the rest came from 4,120 small gifts.",
        "Children queued in the rain to be the first to climb the new staircase.",
        "Opening hours will be longer in winter than in summer.",
    ),
    "ja": (
        "山あいの小さな駅で、十年ぶりに売店が再開した。",
        "店を切り盛りするのは、隣町から移り住んだ若い夫婦だ。",
        "朝は通学する生徒たちに温かいおにぎりを手渡している。",
        "町は来年度、駅前の広場を芝生にする計画を進めている。",
    ),
    "ru": (
        "На окраине города открылась мастерская, где чинят старые велосипеды.",
        "Мастер рассказал, что за первую неделю пришло больше сорока человек.",
        "Запчасти приносят сами жители, а работа ничего не стоит.",
        "Весной здесь хотят провести первую большую поездку вдоль реки.",
    ),
}  # fmt: skip
"""Invented, a few a language; nothing of them stands on any page."""

TITLES = (
    "青石镇老桥重新通车",
    "漁港秋季收穫增加兩成",
    "Library on Alder Street reopens",
    "山の駅に売店が戻る",
    "Мастерская для старых велосипедов",
    "青石镇老桥重新通车_要闻_河湾新闻网",
    "Library on Alder Street reopens | The Alder Post",
)

HEAD_CHROME = (
    "首页 > 新闻 > 本地",
    "当前位置：首页 > 要闻 > 正文",
    "您好，游客 登录 注册",
    "发布时间: 2023-05-06 | 来源: 河湾日报",
    "2023年5月6日 8时40分 来源：河湾日报 作者：何永宁",
    "2023-05-06 08:40:43",
    "【字体： 大 中 小 】",
    "【\n大\n中\n小\n】\n打印",
    "分享到:",
    "分享到： QQ空间 新浪微博 微信",
    "記者林佩珊／台北報導",
    "图为:老桥通车现场",
    "Home > News > Local",
    "By Mara Ellsworth",
    "Published 6 May 2023",
    "Share Facebook Twitter Email",
    "Skip to content",
    "6 мая 2023",
    "|",
    "",
)

TAIL_CHROME = (
    "(何永宁、周桂兰)",
    "原标题:老桥通车啦:青石镇居民出行更方便",
    "[编辑:高敏]",
    "责任编辑：高敏",
    "上一篇：没有了",
    "相关链接\n· 青石镇老桥重新通车\n· 码头道路下月开工\n· 渡船时刻表有变化",
    "Related articles\nBus lane opens\nWinter market returns\nNew lamps for the harbour",
    "网友评论\n目前没有跟帖",
    "关于我们 | 联系电话:0359-2110000    投稿邮箱:tougao @ example.com",
    "本网站由河湾新闻网版权所有  晋ICP备06009999号",
    "增值电信业务经营许可证:晋B2-20069999",
    "信息网络传播视听节目许可证:0409999",
    "晋公网安备14010602069999",
    "Copyright © 2023 The Alder Post. All rights reserved.",
    "We use cookies to improve your visit. Accept all cookies",
    "友情链接： 河湾市政府 青石镇 河湾电台",
    "扫一扫在手机打开当前页",
    "阅读剩余全文",
    "第一组\t12.5\t合格\n第二组\t13.5\t合格\n第三组\t12.5\t合格",
    "| 1 | 2 |\n| 3 | 4 |",
    "1. 先修桥面。\n2. 再装路灯。\n3. 最后通车。",
)

ODD = ("\u3000\u3000", "\xa0", "\u200b", "\ufeff", "\t", " \u3000 ", "\u200e", "\x00", "\x1b[31m", "\ud800", "�")
"""What flattening leaves at the ends of lines."""
SEPARATORS = ("\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n", "\u2028", "   ", "\u3000\u3000", "")

characters = st.characters(exclude_categories=())
"""Any code point, lone surrogates and controls included."""
any_text = st.text(characters, max_size=200)
"""Arbitrary Unicode."""
languages = st.sampled_from(sorted(SENTENCES))


@st.composite
def paragraphs(draw: st.DrawFn, language: str) -> str:
    """One paragraph: one to eight sentences of one language."""
    found = draw(st.lists(st.sampled_from(SENTENCES[language]), min_size=1, max_size=8))
    return ("" if language in ("zh", "zh-Hant", "ja") else " ").join(found)


@st.composite
def bodies(draw: st.DrawFn) -> list[str]:
    """The paragraphs of one article."""
    language = draw(languages)
    return draw(st.lists(paragraphs(language), min_size=1, max_size=6))


@st.composite
def copies(draw: st.DrawFn, body: list[str]) -> list[str]:
    """A copy of a body: whole, cut off at the end, short of a paragraph, or with another line between."""
    way = draw(st.sampled_from(("whole", "truncated", "without one", "foreign line", "one line")))
    if way == "truncated":
        return [*body[:-1], body[-1][: len(body[-1]) // 2] + "…"]
    if way == "without one":
        return body[1:]
    if way == "foreign line":
        return [*body[:1], draw(st.sampled_from(TAIL_CHROME)), *body[1:]]
    return ["".join(body)] if way == "one line" else body


@st.composite
def article_pages(draw: st.DrawFn) -> str:
    """A page as it comes: chrome, title, publish line, body, footer, and often all of it again."""
    body = draw(bodies())
    title = draw(st.sampled_from(TITLES))
    head = draw(st.lists(st.sampled_from(HEAD_CHROME), max_size=4))
    tail = draw(st.lists(st.sampled_from(TAIL_CHROME), max_size=6))
    lines = [title, *head, *body, *tail]
    for _ in range(draw(st.integers(0, 2))):
        lines += [*draw(st.lists(st.sampled_from(HEAD_CHROME), max_size=2)), title, *draw(copies(body))]
    return _joined(draw, lines)


@st.composite
def mixed_pages(draw: st.DrawFn) -> str:
    """Lines of every kind in any order, arbitrary Unicode between them."""
    sentences = st.sampled_from([sentence for found in SENTENCES.values() for sentence in found])
    line = st.one_of(
        st.sampled_from(HEAD_CHROME), st.sampled_from(TAIL_CHROME), sentences, st.text(characters, max_size=20)
    )
    return _joined(draw, draw(st.lists(line, max_size=25)))


def _joined(draw: st.DrawFn, lines: list[str]) -> str:
    """Join lines by one separator, odd blanks around some of them."""
    separator = draw(st.sampled_from(SEPARATORS))
    odd = draw(st.lists(st.sampled_from(("", "", "", *ODD)), min_size=1, max_size=5))
    return separator.join(odd[i % len(odd)] + line for i, line in enumerate(lines))


pages = st.one_of(article_pages(), mixed_pages(), any_text)
"""Any page."""

BLOCK_TAGS = (
    "p", "div", "li", "h1", "h2", "td", "pre", "blockquote", "article", "nav", "footer", "span", "b", "nonsense",
)  # fmt: skip
ATTRIBUTES = (
    "", ' class="article-body"', ' class="sidebar" id="x1"', " hidden", ' style="display:none"', " a=1 b", ' "',
)  # fmt: skip


@st.composite
def html_pages(draw: st.DrawFn) -> str:
    """An article's lines in elements that are opened, nested and closed as they come, or tag soup."""
    out = [draw(st.sampled_from(["", "<!doctype html>", "<html><head><title>a - b</title></head>", "<!-- c -->"]))]
    for line in draw(st.one_of(article_pages(), mixed_pages())).splitlines():
        tag = draw(st.sampled_from(BLOCK_TAGS))
        out.append(f"<{tag}{draw(st.sampled_from(ATTRIBUTES))}>{line}")
        ends = (f"</{tag}>", "", "</div>", "<br>", "<a href='/x'>more</a>", "&nbsp;", "<", "<img src=a>")
        out.append(draw(st.sampled_from(ends)))
    return "".join(out)
