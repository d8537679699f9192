"""Plants near-duplicates, and look-alikes that are none, among the labelled bodies (REPEATS.md B)."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import NamedTuple

from bench.data import load_pages, set_names
from bench.score import _TOKEN, tokens

LEAST, ENOUGH = 80, (150, 400, 1200)
"""Tokens of the shortest body that is used; after one of so many a longer one is cut, so that there are more."""
SHARED = 0.1
"""A body that shares so much of its shingles with one before it is left out: it is a copy that nobody planted."""
NOISE = (0.02, 0.05, 0.1, 0.2, 0.3)
TRUNCATED = (0.4, 0.6, 0.85)
CROWD = 60
"""Copies in a large cluster."""
BOILERPLATE_GROUPS = (3, 6, 12, 30)
BOILERPLATE_SHARE = (0.6, 0.75)


class Case(NamedTuple):
    """One document of the bench."""

    text: str
    kind: str
    origins: frozenset[int]
    """The bodies that it holds; two documents with a common one are a pair to be found."""
    cluster: int
    """Documents of one number are one cluster: whole copies of one body, whatever was done to their words."""


def bodies() -> dict[str, list[str]]:
    """Return by language the labelled bodies of all kinds, in pieces.

    A body that shares much with one before it is left out; what forums and reference pages say twice nevertheless was
    not planted, and counts as wrong.
    """
    seen: set[tuple[str, ...]] = set()
    found: dict[str, list[str]] = defaultdict(list)
    for name in set_names():
        for page in load_pages(name):
            words = tokens(page.body or "")
            grams = set(zip(words, words[1:], words[2:], words[3:], words[4:], strict=False))
            if len(words) >= LEAST and len(grams & seen) <= SHARED * len(grams):
                found[page.lang] += _cut(page.body or "")
            seen |= grams
    return found


def _cut(body: str) -> Iterator[str]:
    """Yield a body in pieces, cut between paragraphs."""
    piece: list[str] = []
    size, enough = 0, ENOUGH[len(body) % len(ENOUGH)]
    for line in _pieces(body):
        piece.append(line)
        size += len(tokens(line))
        if size >= enough:
            yield "\n".join(piece)
            piece, size = [], 0
    if size >= LEAST:
        yield "\n".join(piece)


def cases(seed: int = 1, share: float = 1.0) -> list[Case]:
    """Return the documents in random order; ``share`` of the bodies are used."""
    rng = random.Random(seed)
    out: list[Case] = []
    for lang, found in sorted(bodies().items()):
        texts = [text for text in found if rng.random() < share]
        rng.shuffle(texts)
        out += _planted(lang, texts, rng, first=1000000 * (1 + len(out)))
    out += _templates(rng, first=10**12)
    rng.shuffle(out)
    return out


def _planted(lang: str, texts: Sequence[str], rng: random.Random, first: int) -> Iterator[Case]:
    pool = [word for text in texts[:50] for word in tokens(text)]
    left = iter(enumerate(texts, first))
    count = len(texts)

    def take(number: int) -> list[tuple[int, str]]:
        return [pair for _, pair in zip(range(number), left, strict=False)]

    for _ in range(max(1, count // 300)):
        for n, text in take(1):
            for _ in range(CROWD):
                yield Case(edited(text, 0.05, pool, rng), "crowd", frozenset({n}), n)
    for size in BOILERPLATE_GROUPS * max(1, count // 500):
        standing, *group = take(size + 1) or [(0, "")]
        for n, text in group:
            yield Case(_with_boilerplate(text, standing[1], rng), "boilerplate", frozenset({n}), n)
    for n, text in take(count // 7):
        yield Case(text, "whole", frozenset({n}), n)
        for noise in rng.sample(NOISE, 2):
            yield Case(edited(text, noise, pool, rng), f"edited {noise}", frozenset({n}), n)
    for n, text in take(count // 10):
        yield Case(text, "whole", frozenset({n}), n)
        part = rng.choice(TRUNCATED)
        cut = edited(text[: int(part * len(text))], rng.choice((0, 0, 0.03)), pool, rng)
        yield Case(cut, f"truncated {part}", frozenset({n}), n if part > 0.8 else -n)
    for _ in range(count // 40):
        three = take(3)
        if len(three) < 3:
            break
        for n, text in three:
            yield Case(text, "contained", frozenset({n}), n)
        yield Case("\n".join(t for _, t in three), "container", frozenset(n for n, _ in three), -three[0][0] - 1)
    foreign = cycle(take(count // 12) or [(0, "")])
    for n, text in take(count // 12):
        for _ in range(rng.choice((2, 3, 4))):
            yield Case(_syndicated(text, next(foreign)[1], rng), "syndicated", frozenset({n}), n)
    for n, text in take(count):
        yield Case(text, "alone", frozenset({n}), n)


def edited(text: str, noise: float, pool: Sequence[str], rng: random.Random) -> str:
    """Return the text with this share of its tokens replaced, dropped, doubled with another or swapped for it."""
    out, at = [], 0
    for match in _TOKEN.finditer(text):
        if rng.random() < noise:
            kind = rng.random()
            out.append(text[at : match.start()])
            if kind < 0.5:
                out.append(rng.choice(pool))
            elif kind < 0.75:
                out.append(f"{match[0]} {rng.choice(pool)}" if match[0].isascii() else match[0] + rng.choice(pool))
            at = match.end()
    return "".join([*out, text[at:]])


def _pieces(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _syndicated(text: str, own: str, rng: random.Random) -> str:
    """Return an agency's text as a paper prints it: its own lead and tail, a paragraph fewer."""
    lines = _pieces(text)
    if len(lines) > 4 and rng.random() < 0.6:
        del lines[rng.randrange(1, len(lines))]
    share = rng.uniform(0.05, 0.25) * len(text)
    lead, tail = own[: int(share)], own[len(own) // 2 : len(own) // 2 + int(share / 2)]
    return "\n".join([lead, *lines, tail])


def _with_boilerplate(text: str, standing: str, rng: random.Random) -> str:
    """Return a text most of which is what stands on every page of its site."""
    share = rng.uniform(*BOILERPLATE_SHARE)
    own = text[: int(min(len(text), len(standing) * (1 - share) / share))]
    return f"{own}\n{standing}"


PLACES = [
    "Ashford",
    "Brampton",
    "Calder",
    "Dunmore",
    "Elsworth",
    "Farleigh",
    "Grantham",
    "Holmbury",
    "Ilkeston",
    "Kirkby",
    "Langford",
    "Marlow",
]
ORTE = [
    "青石镇",
    "河湾县",
    "东岭市",
    "柳溪乡",
    "白杨区",
    "松江口",
    "南桥镇",
    "云台县",
    "石门乡",
    "清河区",
    "平湖市",
    "长丰县",
]
FIRMS = "Northgate Milling|Harrow Steel|Coastline Foods|Vale Instruments|Bright Paper|Tamar Shipping|Oakfield Homes"
GONGSI = "华林钢铁|东海食品|长河造纸|金石机械|云帆航运|宏达地产|天和药业"


def _templates(rng: random.Random, first: int) -> Iterator[Case]:
    """Yield weather and earnings reports that a machine wrote: other numbers, other texts."""
    makers = (_weather_en, _weather_zh, _earnings_en, _earnings_zh)
    for n in range(320):
        maker = makers[n % len(makers)]
        yield Case(maker(rng), f"template {maker.__name__[1:]}", frozenset({first + n}), first + n)


def _weather_en(rng: random.Random) -> str:
    r = rng.randint
    sky = ("cloudy with sunny spells", "overcast with light rain", "clear and dry", "misty at first, then bright")
    return (
        f"Weather for {rng.choice(PLACES)} on {r(1, 28)} {rng.choice(('March', 'April', 'May'))}: {rng.choice(sky)}. "
        f"Temperatures will reach {r(4, 27)} degrees in the afternoon and fall to {r(-3, 12)} degrees overnight. The "
        f"wind blows from the {rng.choice(('west', 'north', 'east', 'south-west'))} at {r(5, 60)} kilometres an hour, "
        f"with gusts of up to {r(61, 99)}. The chance of rain is {r(0, 100)} per cent, and {r(0, 25)} millimetres are "
        f"expected by the evening. Humidity stands at {r(30, 99)} per cent "
        f"and pressure at {r(980, 1040)} hectopascals. "
        f"The sun rises at 6:{r(10, 59)} and sets at 7:{r(10, 59)}. Drivers should allow more time in the morning, and "
        f"people with asthma should note that the pollen count is {r(1, 12)} on a scale of twelve."
    )


def _weather_zh(rng: random.Random) -> str:
    r = rng.randint
    sky = rng.choice(("多云转晴", "小雨转阴", "晴间多云", "雷阵雨"))
    return (
        f"{rng.choice(ORTE)}气象台{r(1, 12)}月{r(1, 28)}日发布天气预报:今天白天{sky},最高气温{r(4, 36)}度,夜间最低气温"
        f"{r(-9, 20)}度。风力{r(1, 4)}到{r(5, 8)}级,阵风可达{r(9, 12)}级,降水概率{r(0, 100)}%,预计雨量{r(0, 60)}毫米。"
        f"空气湿度{r(30, 99)}%,气压{r(980, 1040)}百帕,空气质量指数为{r(20, 240)}。日出时间为6时{r(10, 59)}分,日落时间为"
        f"18时{r(10, 59)}分。请市民出行时注意交通安全,老人和儿童应适当增减衣物,户外作业人员注意防护。"
    )


def _earnings_en(rng: random.Random) -> str:
    r = rng.randint
    return (
        f"{rng.choice(FIRMS.split('|'))} plc today reported revenue of {r(100, 999)}.{r(0, 9)} million for the quarter "
        f"to {r(1, 30)} June, {rng.choice(('up', 'down'))} {r(1, 40)} per cent on the year before. Operating profit "
        f"came to {r(10, 99)}.{r(0, 9)} million, and earnings a share were "
        f"{r(1, 99)}.{r(10, 99)} pence. Net debt stood at "
        f"{r(10, 900)} million at the end of the period. The board proposes "
        f"an interim dividend of {r(1, 30)}.{r(0, 9)} "
        f"pence a share, payable on {r(1, 30)} September to shareholders on "
        f"the register on {r(1, 30)} August. The order "
        f"book covers {r(2, 30)} months of work, and the company employed {r(500, 9000)} people. For the full year the "
        f"board expects revenue of between {r(400, 1900)} and {r(2000, 4000)} "
        "million, in line with its earlier guidance."
    )


def _earnings_zh(rng: random.Random) -> str:
    r = rng.randint
    return (
        f"{rng.choice(GONGSI.split('|'))}股份有限公司({r(600000, 603999)})今"
        f"日公布业绩:报告期内公司实现营业收入{r(1, 99)}."
        f"{r(10, 99)}亿元,同比增长{r(1, 80)}.{r(10, 99)}%;实现归属于上市公司股东的净利"
        f"润{r(1000, 99999)}万元,同比增长{r(1, 80)}."
        f"{r(10, 99)}%;基本每股收益{r(0, 3)}.{r(10, 99)}元。截至报告期末,公司总资产"
        f"为{r(10, 900)}.{r(10, 99)}亿元,资产负债率为"
        f"{r(10, 80)}.{r(10, 99)}%。董事会拟每10股派发现金红利{r(1, 20)}.{r(0, 9)}元"
        f",预计全年营业收入将达到{r(100, 400)}亿元。"
    )


def short_cases(seed: int = 1) -> list[Case]:
    """Return texts of 20 to 100 characters: sentences, copies with up to four edits, others that differ in a number."""
    rng = random.Random(seed)
    out: list[Case] = []
    for lang, texts in sorted(bodies().items()):
        pool = [word for text in texts[:50] for word in tokens(text)]
        lines = {" ".join(tokens(line)): line.strip() for text in texts for line in text.splitlines()}
        short = [line for line in lines.values() if 20 <= len(line) <= 100]
        rng.shuffle(short)
        for n, line in enumerate(short[:700], 1000000 * (len(out) + 1)):
            out.append(Case(line, lang, frozenset({n}), n))
            for _ in range(rng.choice((0, 0, 1, 2))):
                edits = rng.randint(1, max(1, min(MOST_EDITS, int(EDITS_SHARE * len(tokens(line))))))
                changed = _slightly_edited(line, edits, pool, rng)
                out.append(Case(changed, f"{edits} edits", frozenset({n}), n))
            if any(char.isdecimal() for char in line):
                out.append(Case(_other_number(line, rng), "other number", frozenset({-n}), -n))
    rng.shuffle(out)
    return out


MOST_EDITS, EDITS_SHARE = 4, 0.2
"""Edits of a short text, at most, and as a share of its words or ideograms: with more a reader would ask whether it
still says the same."""
FEWEST_WORDS = 5
"""In a shorter text an edit is a lost letter: another word makes it another text."""


def _other_number(line: str, rng: random.Random) -> str:
    at = rng.choice([i for i, char in enumerate(line) if char.isdecimal()])
    return line[:at] + str((int(line[at]) + rng.randint(1, 8)) % 10) + line[at + 1 :]


def _slightly_edited(line: str, edits: int, pool: Sequence[str], rng: random.Random) -> str:
    """Return a sentence with so many letters lost, words dropped or added, none with digits, and often other marks.

    Another word in the place of one makes it another text (forms.py).
    """
    plain = [word for word in pool if not any(char.isdigit() for char in word)]
    for _ in range(edits):
        words = [match for match in _TOKEN.finditer(line) if not any(char.isdigit() for char in match[0])]
        if len(words) < 2:
            break
        word = rng.choice(words)
        slip, other = word[0][:-1], rng.choice(plain)
        new = rng.choice((slip, "", f"{word[0]} {other}")) if len(words) >= FEWEST_WORDS else slip
        line = line[: word.start()] + new + line[word.end() :]
    if rng.random() < 0.4:
        line = line.replace(",", " ,").replace("，", ",").replace("。", ".").rstrip(".") + rng.choice(("", "!", " …"))
    return line
