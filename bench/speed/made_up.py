"""Made-up collections of any size, as JSON lines: ``python -m bench.speed.made_up 1000000 pages.jsonl.gz``.

Short pages (200 to 600 characters of body, 8 to 15 lines of chrome) of some thousand sites, half of them Chinese, large
and small sites by Zipf; a tenth of the pages run another page's story with some words changed, and one row in a
thousand cannot be cleaned. The words are invented (syllables; pairs of characters). The same size gives the same rows.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

SITES = 2000
COPIED, EDITED = 0.1, 0.05
"""Share of pages whose story is another's, and of its words that are changed."""
POISON = 1000
"""One row in so many is no page."""
RECENT = 200
"""A copy is one of so many stories before it."""
_CHARACTERS = (
    "山水田林城乡河桥路村镇春秋雨风雪日月星光工农学医书报电车船米麦果茶花木石金安平长新明清和文成正大中小高远"
    "东西南北上下左右前后里外天地人口手足心目耳头身家门户窗床桌灯火炉锅碗刀布衣帽鞋针线纸笔墨画琴棋歌舞诗话音声"
    "红黄蓝绿白黑青紫冷热干湿快慢轻重多少老幼男女父母兄弟姐妹师友客主王民军兵官吏商店市场街区厂矿井港湾岛湖海江"
    "牛羊马鸡鸭鱼虫鸟虎龙猫狗兔象猴熊草叶根枝种苗豆瓜菜盐油糖酒饭面饼汤药病伤治养生死来去走跑飞游坐立卧看听说读写"
    "开关进出买卖借还收发修建造拆运送拉推抬放取用做办管理查问答教练比赛输赢得失增减加乘数量分秒时刻年岁古今早晚"
)
_SYLLABLES = [first + second for first in "bcdfghklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "er")]


class Tongue(NamedTuple):
    """Words, the commoner first, and how they make sentences."""

    words: Sequence[str]
    weights: Sequence[float]
    blank: str
    stop: str
    chrome: Sequence[str]
    credit: str

    def some(self, rng: random.Random, count: int) -> list[str]:
        """Return so many words."""
        return rng.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self, words: Sequence[str]) -> str:
        """Return the words as one sentence."""
        said = self.blank.join(words)
        return said[:1].upper() + said[1:] + self.stop


class Site(NamedTuple):
    """What stands on each page of a site."""

    host: str
    tongue: Tongue
    head: str
    foot: str


def _tongues() -> list[Tongue]:
    rng = random.Random("tongues")
    narrow = list(dict.fromkeys("".join(rng.choices(_SYLLABLES, k=rng.randint(1, 3))) for _ in range(30000)))
    wide = list(dict.fromkeys("".join(rng.choices(_CHARACTERS, k=2)) for _ in range(9000)))
    weights = list(accumulate(1 / (n + 10) for n in range(len(narrow))))
    chrome = (
        ["Home", "News", "Sport", "About us", "Contact", "Privacy policy", "Share on Facebook", "Sign in", "Subscribe"],
        ["首页", "新闻", "专题", "关于我们", "联系我们", "设为首页", "分享到: 微信 微博", "登录", "打印本页"],
    )
    return [
        Tongue(narrow, weights, " ", ".", chrome[0], "By {1} {2} | {0}"),
        Tongue(wide, weights[: len(wide)], "", "。", chrome[1], "{0} 来源: {1}{2}"),
    ]


def _sites(count: int) -> list[Site]:
    rng, tongues = random.Random("sites"), _tongues()
    sites = []
    for n in range(count):
        tongue = tongues[n % 2]
        own = [tongue.blank.join(tongue.some(rng, 3)) for _ in range(6)]
        lines = [*rng.sample(tongue.chrome, rng.randint(4, 8)), *own[: rng.randint(2, 5)]]
        foot = f"© 2024 {own[5]}. All rights reserved." if n % 2 == 0 else f"版权所有 {own[5]} 京ICP备{10000000 + n}号"
        sites.append(Site(f"site{n:04d}.example", tongue, "\n".join(lines[::2]), "\n".join([*lines[1::2], foot])))
    return sites


def _story(rng: random.Random, tongue: Tongue) -> list[list[str]]:
    """Return a headline and sentences, as words, 200 to 600 characters in all."""
    sentences, length, goal = [tongue.some(rng, 6)], 0, rng.randint(200, 600)
    while length < goal:
        sentences.append(tongue.some(rng, rng.randint(8, 18)))
        length += sum(map(len, sentences[-1])) + len(sentences[-1]) * len(tongue.blank)
    return sentences


def _edited(rng: random.Random, tongue: Tongue, story: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[rng.choice(tongue.words) if rng.random() < EDITED else word for word in words] for words in story]


def _page(rng: random.Random, site: Site, story: Sequence[Sequence[str]]) -> str:
    headline, *sentences = (site.tongue.sentence(words) for words in story)
    day = f"2024-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    breaks = rng.randint(2, 3)
    paragraphs = [site.tongue.blank.join(sentences[n : n + breaks]) for n in range(0, len(sentences), breaks)]
    credit = site.tongue.credit.format(day, *(word.capitalize() for word in site.tongue.some(rng, 2)))
    return "\n".join([site.head, headline[:-1], credit, *paragraphs, site.foot])


def rows(count: int) -> Iterator[str]:
    """Yield so many rows of JSON, some of them none."""
    rng, sites = random.Random(count), _sites(SITES)
    weights = list(accumulate(1 / (n + 20) for n in range(SITES)))
    recent: dict[str, deque[list[list[str]]]] = {"": deque(maxlen=RECENT), " ": deque(maxlen=RECENT)}
    for n in range(count):
        if n % POISON == POISON - 1:
            yield '{"id": "broken' if n // POISON % 2 else json.dumps({"id": f"p{n}", "text": n})
            continue
        site = rng.choices(sites, cum_weights=weights)[0]
        known = recent[site.tongue.blank]
        if known and rng.random() < COPIED:
            story = _edited(rng, site.tongue, rng.choice(known))
        else:
            story = _story(rng, site.tongue)
            known.append(story)
        page = {"id": f"p{n}", "url": f"https://{site.host}/{n}", "text": _page(rng, site, story)}
        yield json.dumps(page, ensure_ascii=False)


def main(count: int, path: str) -> None:
    """Write the collection to a file, compressed by its name."""
    with gzip.open(path, "wt", compresslevel=1) if path.endswith(".gz") else open(path, "w") as file:
        file.writelines(f"{row}\n" for row in rows(count))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
