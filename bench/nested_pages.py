"""Pages printed level by level, as ``find_all`` and ``string(.)`` of nested elements do, made of labelled bodies.

``cases`` yields what ``bench.repeats`` scores (``python -m bench.repeats nested``); the copy in
paragraphs is the best one. ``python -m bench.nested_pages [PAGES]`` cleans the same pages from end to end:
sentences kept once, in order; compared with those that are kept of the page printed once.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any, TypeAlias

from bench import planted
from cleanpage import clean_page

Line: TypeAlias = list[Any]
ORDERS = ("outermost", "innermost", "before", "behind")
"""Level by level from either end; each element before or behind what it holds."""
JOINTS = ("", " ", "\n")
LEVELS = (2, 3, 4, 5)
LEAST_SENTENCE = 12
"""Letters of the shortest sentence that is looked for in a cleaned text."""


@dataclass
class Element:
    """An element: a leaf with a line, or one with children."""

    line: Line | None = None
    children: list[Element] = field(default_factory=list)
    silent: bool = False
    """Whether it is not printed by itself: only what is around it is."""

    def leaves(self) -> list[Line]:
        """Return the lines of all that it holds, in order."""
        return [self.line] if self.line else [line for child in self.children for line in child.leaves()]


def cases(pages: int = planted.PAGES, sets: Sequence[str] = planted.SETS) -> Iterator[dict[str, Any]]:
    """Yield the pages, the same ones every time: each joint and order on other levels and bodies."""
    for name in sets:
        bodies = list(planted.bodies_of(name))
        for joint in JOINTS:
            for order in ORDERS:
                rng = Random(f"{name} {joint} {order}")
                for number, (lang, body) in enumerate(rng.sample(bodies, min(len(bodies), pages))):
                    levels = LEVELS[number % len(LEVELS)]
                    tree = _page(body, lang, levels, rng)
                    kind = f"nested-{order}"
                    how = {"": "tight", " ": "blank", "\n": "lines"}[joint]
                    case = {"id": f"{kind}-{name}-{how}-{number}", "kind": kind, "level": how}
                    case["best"] = "any" if joint == "\n" else "P"
                    once = "\n".join(line[0] for line in tree.leaves())
                    yield {**case, "lang": lang, "lines": _printed(tree, order, joint), "once": once}


def _page(body: Sequence[planted.Paragraph], lang: str, levels: int, rng: Random) -> Element:
    """Return a page of a navigation, the text in ``levels - 1`` levels of elements, each with a share bar, a footer."""
    words = planted.CHROME["zh" if lang == "zh" else "en"]
    leaves = [Element([text.rstrip(), "P", units]) for text, _, units in (planted.line_of(p, "P") for p in body)]
    bar = [Element([word, None, None]) for word in rng.sample(words, 2)]
    tree = leaves
    for _ in range(levels - 2):
        size = max(2, -(-len(tree) // 2)) if len(tree) > 3 else len(tree)
        tree = [Element(children=[*tree[i : i + size], *bar]) for i in range(0, len(tree), size)]
    if rng.random() < 0.3:  # an element that holds one element and nothing else
        tree = [Element(children=tree)]
    menu = Element(children=[Element([word, None, None], silent=rng.random() < 0.3) for word in rng.sample(words, 4)])
    foot = Element(children=[Element([word, None, None]) for word in rng.sample(words, 2)])
    return Element(children=[menu, Element(children=[*tree, *bar]), foot])


def _printed(tree: Element, order: str, joint: str) -> list[Line]:
    if order in ("before", "behind"):
        return [line for element in _walk(tree, behind=order == "behind") for line in _lines(element, joint)]
    levels = [[tree]]
    while levels[-1]:
        levels.append([child for element in levels[-1] for child in element.children])
    chosen = levels if order == "outermost" else reversed(levels)
    return [line for level in chosen for element in level if not element.silent for line in _lines(element, joint)]


def _walk(element: Element, *, behind: bool) -> Iterator[Element]:
    if not behind and not element.silent:
        yield element
    for child in element.children:
        yield from _walk(child, behind=behind)
    if behind and not element.silent:
        yield element


def _lines(element: Element, joint: str) -> list[Line]:
    """Return what is printed of an element: of a container one line, or those of all that it holds."""
    if element.line:
        return [element.line]
    leaves = element.leaves()
    if joint == "\n":
        return [[text, "C" if copy else None, units] for text, copy, units in leaves]
    text, units = "", []
    for number, (part, _, sizes) in enumerate(leaves):
        before = joint if number else ""
        units += [[-1, number, len(before) + (0 if sizes else len(part))]]
        units += _fitted(sizes, len(part)) if sizes else []
        text += before + part
    return [[text, "C", units]]


def _fitted(units: Sequence[Sequence[int]], size: int) -> list[list[int]]:
    """Return the units without the blank that stood behind the last one."""
    *others, (paragraph, sentence, length) = units
    return [*map(list, others), [paragraph, sentence, length + size - sum(unit[2] for unit in units)]]


def _sentences(case: dict[str, Any]) -> list[str]:
    texts = [text for text, copy, _ in case["lines"] if copy == "P"]
    parts = [_letters(part) for text in dict.fromkeys(texts) for part in re.split(r"(?<=[。！？])|(?<=[.!?])\s", text)]
    return [part for part in dict.fromkeys(parts) if len(part) >= LEAST_SENTENCE]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def main(pages: str = "4") -> None:
    """Print for each language and joint what becomes of the sentences."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for case in cases(int(pages)):
        found = clean_page("\n".join(line[0] for line in case["lines"]), kind="text")
        text, once = _letters(found.text), _letters(clean_page(case["once"], kind="text").text)
        wanted = [part for part in _sentences(case) if part in once]
        kept = [part for part in wanted if part in text]
        places = [text.find(part) for part in kept]
        lines = {_letters(paragraph.text) for paragraph in found.paragraphs}
        paragraphs = {_letters(line[0]) for line in case["lines"] if line[1] == "P" and _letters(line[0]) in once}
        row = (
            len(wanted),
            len(kept),
            sum(text.count(part) > once.count(part) for part in kept),
            sum(one > other for one, other in pairwise(places)),
            len(paragraphs),
            len(paragraphs & lines),
        )
        for name in (f"{case['lang']} {case['level']}", f"{case['kind']} {case['level']}", "all"):
            sums[name] = [a + b for a, b in zip(sums[name], row, strict=True)]
    print(f"{'':28}sentences  lost     twice    disorder paragraphs whole")
    for name, (wanted, kept, twice, disorder, paragraphs, whole) in sorted(sums.items()):
        shares = [(wanted - kept) / wanted, twice / wanted, disorder / wanted]
        print(f"{name:28}{wanted:9d}  {'  '.join(f'{s:.4f}' for s in shares)}   {whole / max(1, paragraphs):.4f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
