"""Whether the score of a removal means what it says: ``python -m bench.removals [--held-out DIR]``.

The score of a removed span is to be the share of such removals that are right. The table gives for each tenth of the
score how many are: right is what the labelled body does not hold more often than title and text do, by its letters and
digits. Spans of fewer than ``LEAST`` are left out, for these stand in many a label by chance. ``--rules`` lists the
rules that are off by more than ``FAR``. Exit status 1 if a tenth with ``ENOUGH`` removals is.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.data import ABSENT, INPUTS, Page, load_pages, present
from bench.held_out import held_out
from bench.report import print_columns
from bench.runs import Method, raw_only
from cleanpage import Config, clean_page
from cleanpage.labels import Label
from cleanpage.model import Article, Removed
from cleanpage.text import simplify

SETS = (
    "gn1", "cleaneval", "waddle-zh", "waddle-en", "waddle-pl", "waddle-ru", "waddle-el", "magic-dev", "wcxb-dev",
)  # fmt: skip
LEAST = 12
"""Letters and digits of a span that is looked at."""
TENTHS = 10
FAR, ENOUGH = 0.05, 200
"""A tenth with so many removals is off if score and share of right ones lie further apart."""
RULES_FROM = 50
"""Removals from which on a rule is listed."""


class Judged(NamedTuple):
    """A removal, and whether it was right."""

    removed: Removed
    right: bool
    raw: float
    """The score of the finding behind it: of the body stage's the probability that it is no body."""

    @property
    def is_model(self) -> bool:
        """Whether the body stage left the span out for its probability, and no repair did."""
        return self.removed.label == Label.BOILERPLATE and self.removed.reason.startswith("probability ")


class Tenth(NamedTuple):
    """The removals whose score lies in one tenth; 1 belongs to the last."""

    low: float
    removals: int
    score: float
    """Mean."""
    right: float
    """Share that was right."""


def letters(text: str) -> str:
    """Return the letters and digits of a text, by which span and label are compared."""
    return "".join(filter(str.isalnum, simplify(text).lower()))


def judged(article: Article, label: str) -> Iterator[Judged]:
    """Yield the removals of a page that are long enough to be judged; ``label`` is the labelled body."""
    body, kept = letters(label), letters(f"{article.title or ''}\n{article.text}")
    raw = {(f.start, f.rule, f.reason): f.score for f in article.findings}
    for removed in article.removed:
        own = letters(removed.text)
        if len(own) >= LEAST:
            is_copy = removed.duplicate_of is not None  # some labels hold both: one is enough
            most = 1 if is_copy else kept.count(own)
            behind = raw.get((removed.start, removed.rule, removed.reason), removed.score)
            yield Judged(removed, body.count(own) <= most or (is_copy and own in kept), behind)


def tenths(found: Iterable[tuple[float, bool]]) -> list[Tenth]:
    """Return the tenths of the score that hold a removal, lowest first."""
    rows: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in found:
        rows[min(TENTHS - 1, int(score * TENTHS))].append((score, right))
    return [
        Tenth(at / TENTHS, len(row), *(sum(column) / len(row) for column in zip(*row, strict=True)))
        for at, row in sorted(rows.items())
    ]


def is_off(tenth: Tenth) -> bool:
    """Tell whether a tenth holds enough removals to be judged, and its score is not the share of right ones."""
    return tenth.removals >= ENOUGH and abs(tenth.score - tenth.right) > FAR


def pages_of(method: Method, sets: Iterable[str], way: str, limit: int | None) -> Iterator[tuple[Page, Article]]:
    """Yield the labelled pages, given as ``way``, with what the method makes of them."""
    for name in sets:
        for page in load_pages(name, html=way == "html", limit=limit):
            article = method(page, page.raw(way)) if page.body else None
            if isinstance(article, Article):
                yield page, article


def print_rules(found: Iterable[Judged]) -> None:
    """Print the rules whose removals are right more or less often than their scores say."""
    rules: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for one in found:
        rules[f"{one.removed.rule} ({one.removed.label})"].append((one.removed.score, one.right))
    rows = []
    for rule, row in sorted(rules.items()):
        score, right = (sum(column) / len(row) for column in zip(*row, strict=True))
        if len(row) >= RULES_FROM and abs(score - right) > FAR:
            rows.append((rule, str(len(row)), f"{score:.3f}", f"{right:.3f}"))
    print_columns(("rule", "removals", "score", "right"), rows, words=1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.removals", description=__doc__)
    parser.add_argument("--sets", default=",".join(SETS), help=f"comma-separated; default {','.join(SETS)}")
    parser.add_argument("--input", default="inscriptis,html_text", help=f"of {','.join(INPUTS)}")
    parser.add_argument("--limit", type=int, metavar="N", help="this many pages of each set, spread evenly")
    parser.add_argument("--held-out", type=Path, metavar="DIR", help="each site by the weights that have not seen it")
    parser.add_argument("--rules", action="store_true", help="list the rules that are off")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    method = held_out(options.held_out, Config()) if options.held_out else raw_only(clean_page)
    off = 0
    for way in options.input.split(","):
        pages = pages_of(method, options.sets.split(","), way, options.limit)
        found = [one for page, article in pages for one in judged(article, page.body or "")]
        table = tenths((one.removed.score, one.right) for one in found)
        rows = [
            (f"{t.low:.1f}", str(t.removals), f"{t.score:.3f}", f"{t.right:.3f}", "off" if is_off(t) else "")
            for t in table
        ]
        print(way)
        print_columns(("from", "removals", "score", "right", ""), rows, words=0)
        if options.rules:
            print_rules(found)
        off += sum(map(is_off, table))
    return int(off > 0)


if __name__ == "__main__":
    sys.exit(main())
