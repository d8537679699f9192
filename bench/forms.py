"""Score ``dedupe`` on notices that forms were filled in for: ``python -m bench.forms --help``.

Forty kinds of notices (``forms.toml``, all invented) in Chinese, English and Russian, 5 to 400 words, are filled in at
random; 22 more are held back, twelve of them in German, Spanish and Arabic. A third of the fillings are also there as
copies with light edits. A pair is two texts of one filling. Beside them stories from the labelled bodies: versions that
grow, outlets that share a part, sites whose furniture stayed in.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from bench.data import ABSENT, present
from bench.neardup_cases import bodies, edited
from bench.report import print_columns
from bench.score import tokens
from cleanpage import Article
from cleanpage.dedupe import Duplicates, dedupe
from cleanpage.text import simplify

FORMS = Path(__file__).with_name("forms.toml")
FILLED = 20
"""Fillings of a form."""
COPIED = 3
"""Of so many fillings one has copies, one or two."""
SHORT = 60
"""In a shorter text other words than those of the form are left alone: one more and it is another notice."""
LEAST, STORIES = 150, 150
"""Tokens of a story, at least; stories of each sort in each language, at most."""
_SLOT = re.compile(r"\{(\w+)\}")
_LOOKALIKE = {"m": "rn", "l": "1", "o": "0", "e": "c", "h": "b", "и": "н", "о": "0", "з": "3", "己": "已", "日": "曰",
              "人": "入", "未": "末", "大": "太", "土": "士"}  # fmt: skip
_HEADLINES = {
    "zh": ("公告", "最新通知", "重要消息", "便民信息"),
    "en": ("Public notice", "Local news", "From the courts and councils", "Notices"),
    "ru": ("Объявление", "Местные новости", "Официально", "Коротко"),
    "de": ("Bekanntmachung", "Aus der Region"), "es": ("Anuncio", "Noticias locales"), "ar": ("إعلان", "أخبار محلية"),
}
_OWN = {
    "zh": ("本报讯 据读者提供的消息,编辑部今天刊登如下内容。", "更多消息请关注本报明天的版面。"),
    "en": ("Our readers may wish to know the following, which reached the desk today.", "More in tomorrow's paper."),
    "ru": ("Редакция публикует поступившее сегодня сообщение.", "Подробности читайте в завтрашнем номере."),
    "de": ("Die Redaktion erhielt heute folgende Mitteilung.", "Mehr dazu morgen."),
    "es": ("La redacción ha recibido hoy este aviso.", "Más información mañana."),
    "ar": ("وصل اليوم إلى هيئة التحرير الخبر الآتي.", "التفاصيل غدا."),
}


class Notice(NamedTuple):
    """A text of the bench."""

    text: str
    kind: str
    filling: int
    """Equal for copies."""
    edit: str


def notices(seed: int = 1, filled: int = FILLED, forms: str = "forms") -> list[Notice]:
    """Return fillings of all forms of a table and copies of them, in random order."""
    rng = random.Random(seed)
    known = tomllib.loads(FORMS.read_text(encoding="utf-8"))
    out: list[Notice] = []
    for kind, form in known[forms].items():
        lists = {name: _split(value) for name, value in known["lists"][kind[:2]].items()}
        seen: set[str] = set()
        while len(seen) < filled:
            parts = _fill(form, lists, rng)
            text = "".join(parts)
            if text in seen:
                continue
            number = len(out)
            out.append(Notice(text, kind, number, "as made"))
            if len(seen) % COPIED == 0:
                for name in rng.sample(sorted(EDITS), rng.choice((1, 1, 2))):
                    out.append(Notice(EDITS[name](parts, kind[:2], rng), kind, number, name))
            seen.add(text)
    rng.shuffle(out)
    return out


def _split(values: str) -> list[str]:
    return [values] if len(values) > 400 or "。" in values else values.split("|" if "|" in values else None)


def _fill(form: str, lists: Mapping[str, Sequence[str]], rng: random.Random) -> list[str]:
    """Return the words of a form and, at the odd places, what fills its slots; a value fills two slots at most."""
    return [rng.choice(lists[part]) if at % 2 else part for at, part in enumerate(_SLOT.split(form))]


def _punctuated(parts: Sequence[str], lang: str, rng: random.Random) -> str:
    text = "".join(parts)
    return text.replace(",", "，").replace("。", ". ") if lang == "zh" else text.replace(",", " ,").rstrip(".") + " …"


def _scanned(parts: Sequence[str], lang: str, rng: random.Random) -> str:
    """Return the text with one letter in sixty read wrongly."""
    text = "".join(parts)
    return "".join(_LOOKALIKE[c] if c in _LOOKALIKE and rng.random() < 0.05 else c for c in text)


def _traditional(parts: Sequence[str], lang: str, rng: random.Random) -> str:
    return "".join(parts).translate(_to_traditional()) if lang == "zh" else "".join(parts).upper()


def _to_traditional() -> dict[int, str]:
    """Return for each simplified character one that is folded to it."""
    return {ord(simplify(char)): char for char in map(chr, range(0x4E00, 0x9FFF)) if simplify(char) != char}


def _headed(parts: Sequence[str], lang: str, rng: random.Random) -> str:
    return f"{rng.choice(_HEADLINES[lang])}\n{''.join(parts)}"


def _reworded(parts: Sequence[str], lang: str, rng: random.Random) -> str:
    """Return the text with a tenth of its words edited; of a short one only words of the form."""
    whole = "".join(parts)
    pool = [word for part in parts[::2] for word in tokens(part) if not word.isdigit()]
    if len(tokens(whole)) >= SHORT:
        return edited(whole, 0.1, pool, rng)
    return "".join(edited(part, 0.1, pool, rng) if at % 2 == 0 else part for at, part in enumerate(parts))


def _syndicated(parts: Sequence[str], lang: str, rng: random.Random) -> str:
    """Return the text between a paper's own words, those of a short text fewer."""
    text, (lead, tail) = "".join(parts), _OWN[lang]
    return "\n".join((lead, text, tail)) if len(text) > 4 * len(lead + tail) else f"{text}\n{_HEADLINES[lang][0]}"


def _cut(parts: Sequence[str], lang: str, rng: random.Random) -> str:
    """Return the text without its last tenth, of a short one without what follows the last slot."""
    text = "".join(parts)
    return text[: int(0.88 * len(text))] if len(tokens(text)) >= SHORT else "".join(parts[:-1]) + parts[-1][:-2]


EDITS: dict[str, Callable[[Sequence[str], str, random.Random], str]] = {
    "punctuated": _punctuated, "scanned": _scanned, "traditional": _traditional, "headed": _headed,
    "reworded": _reworded, "syndicated": _syndicated, "cut": _cut,
}  # fmt: skip


def pair_counts(texts: Sequence[Notice], found: Duplicates) -> dict[str, Counter[str]]:
    """Return by kind, by edit and for all how many pairs are right, wrong and missed."""
    root = found.canonical
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    groups: dict[tuple[str, object], list[int]] = defaultdict(list)
    for place, notice in enumerate(texts):
        groups["found", root[str(place)]].append(place)
        groups["true", notice.filling].append(place)
    pairs = {name: {p for (of, _), g in groups.items() if of == name for p in combinations(g, 2)}
             for name in ("found", "true")}  # fmt: skip
    for pair in pairs["found"] | pairs["true"]:
        state = "wrong" if pair not in pairs["true"] else "right" if pair in pairs["found"] else "missed"
        names = {"all", *(texts[i].kind for i in pair)}
        if state != "wrong":
            names |= {texts[i].edit for i in pair} - {"as made"}
        for name in names:
            counts[name][state] += 1
    return counts


def _figures(count: Mapping[str, int]) -> tuple[float, float]:
    right = count.get("right", 0)
    return right / max(1, right + count.get("wrong", 0)), right / max(1, right + count.get("missed", 0))


def print_notices(texts: Sequence[Notice], found: Duplicates) -> None:
    """Print precision and recall of pairs, for all, by kind and by edit."""
    counts = pair_counts(texts, found)
    names = ["all", *sorted(name for name in counts if name != "all")]
    rows = [(n, *(f"{x:.3f}" for x in _figures(counts[n])), str(dict(counts[n]))) for n in names]
    print_columns(("", "precision", "recall", "pairs"), rows, words=1)


def versions(seed: int) -> Iterator[tuple[list[Article], tuple[int, int]]]:
    """Yield two states of a story, the first of which has .5 to .75 of the second, and which is the newer."""
    rng = random.Random(seed)
    for lang, text in _stories(rng, 0):
        lines = _sentences(text, lang)
        pool, share = tokens(text), rng.uniform(0.5, 0.75)
        spare = (1 - share) * len(text)
        later = set()
        for at in rng.sample(range(1, len(lines)), len(lines) - 1):
            if len(lines[at]) <= spare:
                later.add(at)
                spare -= len(lines[at])
        first = [line for at, line in enumerate(lines) if at not in later]
        early = edited("\n".join(first), rng.choice((0, 0.02, 0.05)), pool, rng)
        late = Article(text="\n".join(lines), published="2024-05-02")
        yield [Article(text=early, published="2024-05-01"), late], (0, 1)


def related(seed: int) -> Iterator[tuple[list[Article], float]]:
    """Yield two stories that share .35 to .55 of their texts in one stretch, and how much."""
    rng = random.Random(seed)
    stories = list(_stories(rng, 1))
    for (lang, shared), (also, one), (too, other) in zip(stories[::3], stories[1::3], stories[2::3], strict=False):
        if lang == also == too:
            share = rng.uniform(0.35, 0.55)
            size = min(len(shared), int(min(len(one), len(other)) * share / (1 - share)))
            own = int(size * (1 - share) / share)
            texts = [f"{one[: own // 2]}\n{shared[:size]}\n{one[own // 2 : own]}", f"{shared[:size]}\n{other[:own]}"]
            yield [Article(text=text) for text in texts], share


def furniture(seed: int) -> Iterator[list[Article]]:
    """Yield four stories of a site between its furniture, which is .4 to .7 of each."""
    rng = random.Random(seed)
    stories = list(_stories(rng, 2))
    for at in range(0, len(stories) - 5, 5):
        if len({lang for lang, _ in stories[at : at + 5]}) == 1:
            standing, *own = [text for _, text in stories[at : at + 5]]
            size = int(min(map(len, own)))
            around = standing[: int(size * rng.uniform(0.7, 2.3))]
            half = len(around) // 2
            yield [Article(text=f"{around[:half]}\n{text[:size]}\n{around[half:]}") for text in own]


def _stories(rng: random.Random, sort: int) -> Iterator[tuple[str, str]]:
    """Yield labelled bodies for one of three sorts, by language; none is used for another sort."""
    for lang, texts in sorted(bodies().items()):
        long = [text for text in texts if len(tokens(text)) >= LEAST][sort::3]
        for text in rng.sample(long, min(STORIES, len(long))):
            yield lang, text


def _sentences(text: str, lang: str) -> list[str]:
    return [part for part in re.split(r"(?<=[。！？])|(?<=[.!?]) |\n", text) if part.strip()]


def print_stories(seed: int) -> None:
    """Print how many versions, related stories and pages of one site are found to be what they are, all together."""
    groups: list[tuple[str, list[Article]]] = [("versions", pair) for pair, _ in versions(seed)]
    shares = {}
    for pair, share in related(seed + 1):
        shares[len(groups)] = share
        groups.append(("related", pair))
    groups += [("furniture", four) for four in furniture(seed + 2)]
    ids = [f"{at}.{n}" for at, (_, texts) in enumerate(groups) for n in range(len(texts))]
    found = dedupe([article for _, texts in groups for article in texts], ids=ids)
    ways = {pair: "parts" for part in found.parts for pair in combinations((part.part, part.whole), 2)}
    ways |= {pair: "related" for link in found.related for pair in combinations(sorted((link.one, link.other)), 2)}
    ways |= {p: "versions" for v in found.versions for p in combinations(v.ids, 2)}
    ways |= {p: "cluster" for c in found.clusters for p in combinations(c.ids, 2)}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for at, (name, texts) in enumerate(groups):
        for one, other in combinations(range(len(texts)), 2):
            pair = f"{at}.{one}", f"{at}.{other}"
            counts[name][ways.get(pair, ways.get(pair[::-1], "none"))] += 1
    outside = Counter(way for pair, way in ways.items() if pair[0].split(".")[0] != pair[1].split(".")[0])
    rows = [(name, *(str(count[way]) for way in WAYS)) for name, count in counts.items()]
    rows.append(("strangers", *(str(outside[way]) for way in WAYS)))
    print_columns(("", *WAYS), rows, words=1)
    told = {f"{at}": share for at, share in shares.items()}
    off = [abs(link.share - told[link.one.split(".")[0]]) for link in found.related if link.one.split(".")[0] in told]
    newest = sum(v.canonical.endswith(".1") for v in found.versions)
    print(f"related: the share is off by {sum(off) / max(1, len(off)):.3f}; newest canonical in {newest} of "
          f"{len(found.versions)}")  # fmt: skip


WAYS = ("cluster", "versions", "parts", "related", "none")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.forms", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of what is filled in; 1 is what was tuned on")
    parser.add_argument("--filled", type=int, default=FILLED, help="fillings of each form")
    parser.add_argument("--unseen", action="store_true", help="the 22 kinds that nothing was tuned on")
    parser.add_argument("--stories", action="store_true", help="versions, related stories, furniture")
    parser.add_argument("--wrong", metavar="KIND", help="print pairs of a kind that are wrong or missed")
    options = parser.parse_args(arguments)
    if options.stories:
        if not present():
            print(ABSENT, file=sys.stderr)
            return 0
        print_stories(options.seed)
        return 0
    texts = notices(options.seed, options.filled, "unseen" if options.unseen else "forms")
    found = dedupe([notice.text for notice in texts])
    print_notices(texts, found)
    if options.wrong:
        _print_wrong(texts, found, options.wrong)
    return 0


def _print_wrong(texts: Sequence[Notice], found: Duplicates, kind: str) -> None:
    root = found.canonical
    of = [place for place, notice in enumerate(texts) if kind in (notice.kind, notice.edit)]
    for one, other in combinations(of, 2):
        same = texts[one].filling == texts[other].filling
        if same != (root[str(one)] == root[str(other)]):
            print("missed" if same else "wrong")
            for place in (one, other):
                print(f"  {texts[place].edit:12} {texts[place].text}")


if __name__ == "__main__":
    sys.exit(main())
