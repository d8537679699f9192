"""Whether the score of a removal means what it says: ``python -m bench.removals [--held-out DIR]``.

A block that no rule decides and the body stage leaves out has as its score the probability that it is no body. The
table gives for each tenth of the score the share of removals that were right: their letters stand nowhere in the label.
Blocks of fewer than ``LEAST`` letters are left out, for these stand in many a label by chance.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.data import ABSENT, INPUTS, load_pages, present
from bench.held_out import held_out
from bench.report import print_columns
from bench.runs import SETS, raw_only
from cleanpage import Config, clean_page
from cleanpage.body.stage import STAGE
from cleanpage.labels import Label
from cleanpage.model import Article
from cleanpage.text import simplify

LEAST = 12
"""Letters and digits of a block that is looked at."""
TENTHS = 10


class Tenth(NamedTuple):
    """The removals whose score lies in one tenth; 1 belongs to the last."""

    low: float
    removals: int
    score: float
    """Mean."""
    right: float
    """Share whose letters stand nowhere in the label."""


def letters(text: str) -> str:
    """Return the letters and digits of a text, by which block and label are compared."""
    return "".join(filter(str.isalnum, simplify(text).lower()))


def verdicts(article: Article, label: str) -> Iterator[tuple[float, bool]]:
    """Yield score and rightness of each removal of the body stage; ``label`` is the labelled body."""
    body = letters(label)
    for removed in article.removed:
        own = letters(removed.text)
        if removed.rule == STAGE and removed.label == Label.BOILERPLATE and len(own) >= LEAST:
            yield removed.score, own not in body


def tenths(found: Iterable[tuple[float, bool]]) -> list[Tenth]:
    """Return the tenths of the score that hold a removal, lowest first."""
    rows: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in found:
        rows[min(TENTHS - 1, int(score * TENTHS))].append((score, right))
    return [
        Tenth(at / TENTHS, len(row), *(sum(column) / len(row) for column in zip(*row, strict=True)))
        for at, row in sorted(rows.items())
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.removals", description=__doc__)
    parser.add_argument("--sets", default=",".join(SETS), help=f"comma-separated; default {','.join(SETS)}")
    parser.add_argument("--input", default="html,html_text", help=f"of {','.join(INPUTS)}")
    parser.add_argument("--limit", type=int, metavar="N", help="this many pages of each set, spread evenly")
    parser.add_argument("--held-out", type=Path, metavar="DIR", help="each site by the weights that have not seen it")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    method = held_out(options.held_out, Config()) if options.held_out else raw_only(clean_page)
    for way in options.input.split(","):
        found: list[tuple[float, bool]] = []
        for name in options.sets.split(","):
            for page in load_pages(name, html=way == "html", limit=options.limit):
                article = method(page, page.raw(way)) if page.body else None
                if isinstance(article, Article):
                    found += verdicts(article, page.body or "")
        rows = [[f"{t.low:.1f}", str(t.removals), f"{t.score:.3f}", f"{t.right:.3f}"] for t in tenths(found)]
        print(way)
        print_columns(("from", "removals", "score", "right"), rows, words=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
