"""Fit the weights of the headline's features: ``python -m training.fit_headline`` (about a minute).

A conditional logit: among the lines of a page that may be the headline, which one is the labelled title? Prints how
often the best line is right, trained on one half of the sites and measured on the other, then fits all pages and
writes cleanpage/fields/headline_weights.toml. The same tree and the same pages give the same file, byte for byte.
"""

from __future__ import annotations

import math
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import cleanpage.fields
from bench.data import ABSENT, FLATTENINGS, Page, load_pages, present
from cleanpage import Config
from cleanpage.draft import Draft, Source
from cleanpage.fields.headline_features import BESIDE_TITLE, GIVEN_WEIGHTS, LATE, SHAPE, h1_of, line_features, set_scene
from cleanpage.fields.headline_lines import possible
from cleanpage.fields.headline_text import is_readable, line_of
from cleanpage.fields.shared.build_evidence import gather
from cleanpage.fields.shared.evidence import key
from cleanpage.load.text import load_text
from cleanpage.pipeline import STAGES
from cleanpage.text import fold

SETS = ("waddle-zh", "waddle-en", "waddle-ru", "waddle-el", "waddle-pl", "wcxb-dev")
OUT = Path(cleanpage.fields.__file__).with_name("headline_weights.toml")
NAMES = tuple(sorted({*SHAPE, *BESIDE_TITLE, *LATE} - GIVEN_WEIGHTS.keys()))
EPOCHS, BATCH, RATE, LAST_RATE, L2 = 24, 64, 0.03, 0.008, 1e-4
"""Adam; the last third of the epochs takes smaller steps."""
AGREES = 0.8
"""A line is right that agrees with the labelled title in this share of its letters."""

Row = list[tuple[int, float]]
"""One line: index in ``NAMES`` and value of each feature that it has."""


@dataclass(frozen=True, slots=True)
class Example:
    """The lines of one page that may be the headline."""

    site: str
    rows: list[Row]
    right: frozenset[int]


def examples() -> Iterator[Example]:
    """Yield each labelled page in two of its four flattenings, every other time with its address."""
    for name in SETS:
        for at, page in enumerate(load_pages(name)):
            if page.title and (name != "wcxb-dev" or page.kind == "article") and len(key(fold(page.title))) >= 4:
                for turn in (0, 1):
                    yield _example(page, FLATTENINGS[(at + 2 * turn) % 4], with_url=bool((at // 4 + turn) % 2))


def _example(page: Page, flattening: str, *, with_url: bool) -> Example:
    raw = page.texts[flattening]
    draft = Draft(Source(raw, "text", page.url if with_url else None), load_text(raw), Config())
    for stage in STAGES[:-1]:
        draft = stage(draft)
    evidence = gather(draft)
    scene = set_scene(evidence, h1_of(evidence))
    lines = [line for line in (line_of(evidence, i) for i in possible(evidence)) if is_readable(line.text)]
    found = [line_features(scene, line) for line in lines]
    rows = [[(n, row[name]) for n, name in enumerate(NAMES) if row[name]] for row in found]
    title = key(fold(page.title or ""))
    right = frozenset(n for n, line in enumerate(lines) if _agree(line.key, title))
    return Example(urlsplit(page.url).hostname or page.set, rows, right)


def _agree(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) > 9 and short in long and len(short) > AGREES * len(long))


def fit(pages: Sequence[Example]) -> list[float]:
    """Return the weights of ``NAMES`` under which the right lines are likeliest."""
    useful = [page for page in pages if page.right]
    weights, mean, square = ([0.0] * len(NAMES) for _ in range(3))
    order, step = Random(0), 0
    for epoch in range(EPOCHS):
        order.shuffle(useful)
        rate = RATE if epoch < EPOCHS * 2 // 3 else LAST_RATE
        for at in range(0, len(useful), BATCH):
            step += 1
            for n, slope in enumerate(_gradient(weights, useful[at : at + BATCH])):
                mean[n] = 0.9 * mean[n] + 0.1 * slope
                square[n] = 0.99 * square[n] + 0.01 * slope * slope
                size = math.sqrt(square[n] / (1 - 0.99**step)) + 1e-8
                weights[n] -= rate * mean[n] / (1 - 0.9**step) / size
    return weights


def _gradient(weights: Sequence[float], pages: Sequence[Example]) -> list[float]:
    slopes = [L2 * weight for weight in weights]
    for page in pages:
        scores = [_score(weights, row) for row in page.rows]
        top = max(scores)
        odds = [math.exp(score - top) for score in scores]
        every, right = sum(odds), sum(odds[n] for n in sorted(page.right))
        for n, row in enumerate(page.rows):
            miss = odds[n] / every - (odds[n] / right if n in page.right else 0.0)
            if abs(miss) > 1e-6:
                for feature, value in row:
                    slopes[feature] += miss * value / len(pages)
    return slopes


def _score(weights: Sequence[float], row: Row) -> float:
    return sum(weights[feature] * value for feature, value in row)


def hits(weights: Sequence[float], pages: Sequence[Example]) -> int:
    """Return on how many pages the best line is a right one; a page without any such line is a miss."""
    scored = [(page, [_score(weights, row) for row in page.rows]) for page in pages if page.rows]
    return sum(scores.index(max(scores)) in page.right for page, scores in scored)


def main() -> int:
    """Run the command; return its exit status."""
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    pages = list(examples())
    halves: tuple[list[Example], list[Example]] = ([], [])
    for page in pages:
        halves[zlib.crc32(page.site.encode()) % 2].append(page)
    right = hits(fit(halves[0]), halves[1]) + hits(fit(halves[1]), halves[0])
    most = sum(bool(page.right) for page in pages)
    shares = f"{right / len(pages):.1%} right on held-out sites; {most / len(pages):.1%} hold a right line"
    summary = f"{len(pages)} pages: {shares}"
    lines = [f"{name} = {weight:.1f}" for name, weight in zip(NAMES, fit(pages), strict=True)]
    head = ["# Written by python -m training.fit_headline; do not edit.", f"# {summary}"]
    OUT.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
    print(summary)
    return 0


if __name__ == "__main__":
    sys.exit(main())
