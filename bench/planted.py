"""Pages with copies planted, and pages that repeat rightly, made of labelled bodies for ``bench.repeats``.

A case is what the shared ``dev.jsonl.xz`` holds: ``id, kind, level, lang, best, lines``, where a line is ``[text, copy
or None, units]`` and units are ``[paragraph, sentence, length]``. The kinds are those that the shared cases lack, and a
few of theirs on other articles and in other languages. Kinds ``neg-*`` must stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from itertools import accumulate, islice
from random import Random
from typing import Any, TypeAlias

from bench.data import load_pages, set_names

Sentence: TypeAlias = tuple[tuple[int, int], str]
"""Which sentence (paragraph, number), and its text with the blank after it."""
Paragraph: TypeAlias = list[Sentence]
Line: TypeAlias = list[Any]

SETS = ("waddle-zh", "waddle-en", "waddle-pl", "waddle-ru", "waddle-el", "magic-dev")
PAGES = 8
"""Pages of each set and kind."""
MIN_PARAGRAPHS, MIN_LETTERS, MAX_LETTERS = 5, 500, 8000
"""What a body must have to be planted."""
SHORT_BODY = 1500
"""Letters of a body that is planted 500 times, at most."""
LONG_LINE = 20_000
"""Letters of the body that stands on one line."""

CHROME = {
    "zh": [
        "首页 > 新闻 > 本地",
        "分享到:",
        "打印 关闭",
        "热门推荐",
        "字号: 大 中 小",
        "责任编辑:林小禾",
        "扫一扫关注我们",
        "相关链接",
        "微信 微博 QQ空间",
        "点击进入专题",
        "关于我们 | 联系我们",
        "广告",
    ],
    "en": [
        "Home > News > Local",
        "Share this article",
        "Print Save Comment",
        "Most popular",
        "Advertisement",
        "By Staff Reporter",
        "Follow us on social media",
        "Related stories",
        "Sign up for our newsletter",
        "Skip to main content",
        "Read more",
    ],
}
_SENTENCE = re.compile(r".+?(?:[。！？]+[”」』）]*|[.!?]+[\"”’)]*\s+|$)")
_CLAUSE = re.compile(r"[^，。！？；：、,.;:!?()（）“”\"\[\]\s](?:[^，。！？；：、,.;:!?()（）“”\"\[\]]*\w)")
_CONFUSED = {
    "l": "1",
    "O": "0",
    "o": "0",
    "m": "rn",
    "e": "c",
    "h": "b",
    "日": "曰",
    "未": "末",
    "己": "已",
    "人": "入",
    "大": "太",
    "的": "白勺",
    "了": "丁",
    "是": "昰",
    "在": "左",
    "一": "—",
    "and": "arid",
}


def cases(sets: Sequence[str] = SETS, pages: int = PAGES) -> Iterator[dict[str, Any]]:
    """Yield the cases of every kind; the same ones every time."""
    for name in sets:
        bodies = list(bodies_of(name))
        for kind, make in KINDS.items():
            rng = Random(f"{name} {kind}")
            chosen = rng.sample(bodies, min(len(bodies), 2 if kind == "500" else pages))
            for number, (lang, body) in enumerate(chosen):
                made = make(body, lang, rng)
                if made:
                    best, lines = made
                    case = {"id": f"{kind}-{name}-{number}", "kind": kind, "level": None, "best": best}
                    yield {**case, "lang": lang, "lines": lines}


def labelled() -> Iterator[dict[str, Any]]:
    """Yield every labelled body, alone, as a case that must stay whole."""
    for name in set_names():
        for page in load_pages(name):
            if page.body:
                lines = [[line, None, None] for line in page.body.split("\n")]
                case = {"id": page.id, "kind": f"neg-{name}", "level": page.kind, "best": None}
                yield {**case, "lang": page.lang, "lines": lines}


def bodies_of(name: str) -> Iterator[tuple[str, list[Paragraph]]]:
    for page in load_pages(name):
        paragraphs = [line.strip() for line in (page.body or "").split("\n") if line.strip()]
        size = sum(map(len, paragraphs))
        distinct = len(set(paragraphs)) == len(paragraphs)
        if (
            distinct
            and len(paragraphs) >= MIN_PARAGRAPHS
            and MIN_LETTERS <= size <= MAX_LETTERS
            and page.kind != "forum"
        ):
            yield page.lang, [_cut(i, text) for i, text in enumerate(paragraphs)]


def _cut(number: int, text: str) -> Paragraph:
    return [((number, i), m[0]) for i, m in enumerate(_SENTENCE.finditer(text))]


def line_of(sentences: Sequence[Sentence], copy: str) -> Line:
    text = "".join(text for _, text in sentences)
    return [text.rstrip(), copy, [[*unit, len(text)] for unit, text in sentences]]


def _lines(paragraphs: Sequence[Paragraph], copy: str) -> list[Line]:
    return [line_of(paragraph, copy) for paragraph in paragraphs]


def _chrome(lang: str, rng: Random, low: int = 1, high: int = 6) -> list[Line]:
    words = CHROME["zh" if lang == "zh" else "en"]
    return [[word, None, None] for word in rng.sample(words, rng.randint(low, high))]


def _page(copies: Sequence[list[Line]], lang: str, rng: Random) -> list[Line]:
    lines = _chrome(lang, rng)
    for copy in copies:
        lines += [*copy, *_chrome(lang, rng, 2)]
    return lines


def _changed(paragraphs: Sequence[Paragraph], change: Callable[[str], str]) -> list[Paragraph]:
    return [[(unit, change(text)) for unit, text in paragraph] for paragraph in paragraphs]


def _glue(lang: str) -> str:
    return "" if lang == "zh" else " "


Made: TypeAlias = tuple[str, list[Line]] | None


def full(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """The body twice."""
    return "any", _page([_lines(body, "A"), _lines(body, "B")], lang, rng)


def fifty(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """The body 50 times."""
    return "any", _page([_lines(body, f"C{i}") for i in range(50)], lang, rng)


def five_hundred(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """The beginning of a body 500 times."""
    sizes = accumulate(len("".join(text for _, text in paragraph)) for paragraph in body)
    short = body[: 1 + sum(size < SHORT_BODY for size in sizes)]
    return "any", _page([_lines(short, f"C{i}") for i in range(500)], lang, rng)


def one_long_line(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A body of 20,000 letters on one line, and one line a sentence."""
    longest = [*body]
    texts = _more_bodies(lang)
    while sum(len(text) for paragraph in longest for _, text in paragraph) < LONG_LINE:
        longest += [[((len(longest) + i, n), text) for (_, n), text in p] for i, p in enumerate(next(texts))]
    sentences = [sentence for paragraph in longest for sentence in paragraph]
    line = line_of([(unit, text.rstrip() + _glue(lang)) for unit, text in sentences], "A")
    return "any", _page([[line], [line_of([sentence], "B") for sentence in sentences]], lang, rng)


def _more_bodies(lang: str) -> Iterator[list[Paragraph]]:
    names = [name for name in SETS if name.endswith(lang)] or ["waddle-en"]
    return islice((body for _, body in bodies_of(names[0])), 5, None)


def width(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A copy whose letters, digits and marks are full-width."""
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
    return "any", _page([_lines(body, "A"), _lines(_changed(body, lambda t: t.translate(wide)), "B")], lang, rng)


def traditional(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A copy in traditional characters and Taiwan's words (needs opencc)."""
    if lang != "zh":
        return None
    if find_spec("opencc") is None:
        raise SystemExit("kind hant needs opencc: pip install 'cleanpage[peers]'")
    from opencc import OpenCC

    one, other = OpenCC("tw2s").convert, OpenCC("s2twp").convert
    return "any", _page([_lines(_changed(body, one), "A"), _lines(_changed(body, other), "B")], lang, rng)


def ocr_first(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A first copy as a scanner reads it, then the text."""

    def scan(text: str) -> str:
        out = []
        for char in text:
            chance = rng.random()
            if chance < 0.08 and char.isalnum():
                out.append(_CONFUSED.get(char, rng.choice(("", char + char, rng.choice(text)))))
            else:
                out.append(char)
        return "".join(out)

    return "B", _page([_lines(_changed(body, scan), "A"), _lines(body, "B")], lang, rng)


def cut_first(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A first copy that is cut in mid-word with a foreign end, then the text."""
    keep = rng.randint(max(2, len(body) // 3), len(body) - 2)
    (unit, text), *_ = body[keep]
    stub = text[: max(12, len(text) // 2)]
    cut = [*_lines(body[:keep], "A"), [stub + "…", "A", [[*unit, -1]]]]
    return "B", _page([cut, _lines(body, "B")], lang, rng)


def overlap(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """Two thirds of the body from its start, then two thirds up to its end."""
    third = len(body) // 3
    return "any", _page([_lines(body[: len(body) - third], "A"), _lines(body[third:], "B")], lang, rng)


def unique(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A first copy that lacks a paragraph, a second that lacks another one."""
    one, other = rng.sample(range(1, len(body) - 1), 2)
    first = [p for i, p in enumerate(body) if i != one]
    second = [p for i, p in enumerate(body) if i != other]
    return "any", _page([_lines(first, "A"), _lines(second, "B")], lang, rng)


def interleaved(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A copy with chrome between its paragraphs, before or after a clean one."""
    broken = [line for p in body for line in [line_of(p, "B"), *_chrome(lang, rng, 0, 3)]]
    copies = [_lines(body, "A"), broken]
    return "A", _page(copies if rng.random() < 0.5 else copies[::-1], lang, rng)


def merged(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A copy that has two or three paragraphs a line."""
    lines, at = [], 0
    while at < len(body):
        step = rng.randint(1, 3)
        group = body[at : at + step]
        lines.append(line_of([(unit, text.rstrip() + _glue(lang)) for p in group for unit, text in p], "B"))
        at += step
    copies = [_lines(body, "A"), lines]
    return "any", _page(copies if rng.random() < 0.5 else copies[::-1], lang, rng)


def adjacent(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """Copies with nothing between."""
    return "any", _page([[*_lines(body, "A"), *_lines(body, "B"), *_lines(body, "C")]], lang, rng)


def dropped(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A copy that lacks a third of the paragraphs."""
    kept = [p for i, p in enumerate(body) if i == 0 or rng.random() > 0.33]
    return "A", _page([_lines(body, "A"), _lines(kept, "B")], lang, rng)


def _clauses(body: list[Paragraph], rng: Random, lang: str) -> list[str]:
    size = 7 if lang == "zh" else 22
    found = [m[0].strip() for p in body for _, text in p for m in _CLAUSE.finditer(text)]
    return list(dict.fromkeys(c for c in found if size <= len(c) <= 3 * size))


def _song(body: list[Paragraph], lang: str, rng: Random) -> list[Line] | None:
    lines = [[text, "A", [[i, 0, len(text)]]] for i, text in enumerate(_clauses(body, rng, lang))]
    if len(lines) < 24:
        return None
    chorus = lines[:4]
    verses = [lines[4 + 4 * i : 8 + 4 * i] for i in range(5)]
    return [line for verse in verses for line in [*verse, *chorus]]


def song(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A song of five verses, each with the chorus."""
    lines = _song(body, lang, rng)
    return None if lines is None else ("any", _page([lines], lang, rng))


def song_twice(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """The same, printed twice; a chorus is another unit each time, for it stays five times."""
    lines = _song(body, lang, rng)
    if lines is None:
        return None
    units = [[text, "A", [[i, 0, len(text)]]] for i, (text, _, _) in enumerate(lines)]
    return "any", _page([units, [[text, "B", unit] for text, _, unit in units]], lang, rng)


def _faq(body: list[Paragraph], lang: str, rng: Random, answers: Sequence[Paragraph]) -> list[Line]:
    heads = _clauses(body, rng, lang)
    mark = ("问：", "？") if lang == "zh" else ("Q: ", "?")
    asked = [f"{mark[0]}{head}{mark[1]}" for head in heads[: len(answers)]]
    pairs = zip(asked, answers, strict=False)
    return [
        line
        for i, (ask, answer) in enumerate(pairs)
        for line in ([ask, "A", [[900 + i, 0, len(ask)]]], line_of(answer, "A"))
    ]


def faq_twice(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A page of questions and answers, whole, twice."""
    lines = _faq(body, lang, rng, body[:8])
    return "any", _page([lines, [[text, "B", units] for text, _, units in lines]], lang, rng)


def faq(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """Six questions with one answer."""
    return "any", _page([_faq(body, lang, rng, [max(body, key=len)] * 6)], lang, rng)


def _own(texts: Sequence[str]) -> list[Line]:
    return [[text, None, None] for text in texts]


CURRENCIES = {
    "zh": [("中国大陆", "元"), ("香港", "港元"), ("台湾", "新台币"), ("新加坡", "新元")],
    "en": [("the United States", "US dollars"), ("Canada", "Canadian dollars"), ("Europe", "euros"), ("Japan", "yen")],
}
TERMS = {
    "zh": [
        "{0}地区服务条款",
        "在{0}居住的用户下单以后，须在三日之内以{1}付清全部款项，逾期未付的订单由系统自动取消。",
        "所有价格均以{1}标示，已经包括应缴的税款，但不包括把货物送到偏远岛屿的费用。",
        "退货的款项按原来的付款方式以{1}退还，银行收取的手续费由提出退货的一方承担，不另行通知。",
        "对账单每月以{1}结算一次，用户如有异议，应当在收到账单之后以书面方式提出，并说明理由。",
    ],
    "en": [
        "Terms for {0}",
        "Customers who live in {0} pay the full amount in {1} within three days, or the order is cancelled.",
        "All prices are given in {1} and hold the taxes that are due, but not the cost of delivery to remote islands.",
        "Refunds are made in {1} in the way in which the order was paid, less the fees that the bank has charged.",
        "Statements are drawn up in {1} once a month; objections are made in writing and must give their reasons.",
    ],
}
FUNDS = {
    "zh": [("远山稳健增长混合", "519871"), ("远山新兴产业股票", "519873")],
    "en": [("Farhill Steady Growth Fund", "FHSGX"), ("Farhill New Industries Fund", "FHNIX")],
}
NOTICE = {
    "zh": [
        "关于{0}（代码{1}）暂停大额申购的公告",
        "为了保护基金份额持有人的利益，{0}自下周一起暂停接受单笔超过五万元的申购和转换转入申请。",
        "在暂停期间，{0}的赎回、定期定额投资和转换转出业务照常办理，不受本公告影响，恢复办理的日期另行公告。",
        "投资者如有疑问，可以登录本公司网站查询{0}的有关文件，或者拨打客户服务热线咨询，通话费用由投资者自理。",
        "本公司承诺以诚实信用、勤勉尽责的原则管理和运用基金资产，但不保证{0}一定盈利，也不保证最低收益。",
    ],
    "en": [
        "Notice to the holders of {0} ({1})",
        "To protect its holders, {0} accepts no subscriptions above fifty thousand from next Monday on.",
        "Redemptions, savings plans and switches out of {0} go on as before; the day of reopening will be announced.",
        "Holders who have questions find the documents of {0} on our site, or call the service line at their own cost.",
        "We manage the assets of {0} with care and in good faith, but promise neither a profit nor a lowest return.",
    ],
}
SPECS = {
    "zh": [
        "型号：HM-{0}",
        "屏幕：{0}英寸",
        "重量：{0}克",
        "电池：{0}毫安时",
        "内存：{0}GB",
        "摄像头：{0}万像素",
        "颜色：深灰",
        "接口：Type-C",
    ],
    "en": [
        "Model: HM-{0}",
        "Screen: {0} in",
        "Weight: {0} g",
        "Battery: {0} mAh",
        "Memory: {0} GB",
        "Colour: slate",
        "Port: USB-C",
    ],
}


def currencies(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """Terms for three regions that differ in the currency."""
    words = "zh" if lang == "zh" else "en"
    parts = [[row.format(*where) for row in TERMS[words]] for where in rng.sample(CURRENCIES[words], 3)]
    return "any", _page([_own(part) for part in parts], lang, rng)


def funds(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """The same notice for two funds."""
    words = "zh" if lang == "zh" else "en"
    return "any", _page([_own([row.format(*fund) for row in NOTICE[words]]) for fund in FUNDS[words]], lang, rng)


def specs(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A list of specifications as a phone shows it and as a desk shows it, above a review."""
    rows = [row.format(rng.randint(2, 900)) for row in SPECS["zh" if lang == "zh" else "en"]]
    cells = [cell.strip() for row in rows for cell in re.split("[：:]", row)]
    return "any", _page([_own(rows), _own(cells), _lines(body[:4], "A")], lang, rng)


def whole_body(body: list[Paragraph], lang: str, rng: Random) -> Made:
    """A body once."""
    return "any", _page([_lines(body, "A")], lang, rng)


KINDS: dict[str, Callable[[list[Paragraph], str, Random], Made]] = {
    "full": full,
    "50": fifty,
    "500": five_hundred,
    "long-line": one_long_line,
    "width": width,
    "hant": traditional,
    "ocr-first": ocr_first,
    "cut-first": cut_first,
    "overlap": overlap,
    "unique": unique,
    "interleave": interleaved,
    "merge": merged,
    "adjacent": adjacent,
    "drop": dropped,
    "song-twice": song_twice,
    "faq-twice": faq_twice,
    "neg-song": song,
    "neg-faq6": faq,
    "neg-currency": currencies,
    "neg-funds": funds,
    "neg-specs": specs,
    "neg-body": whole_body,
}
