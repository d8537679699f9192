"""Whether a page gives the same article as HTML and as text: ``python -m bench.agree --help``.

Prints, for each set, the mean F1 (4-token shingles) between the body of the page as HTML and as flattened text: that
which the HTML loader itself gives (``Article.source_text``), and that of each flattener.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.data import ABSENT, FLATTENINGS, Page, load_pages, present
from bench.held_out import by_fold
from bench.score import score
from cleanpage import Article, clean_page

SETS = ("waddle-zh", "waddle-en", "waddle-ru", "waddle-el", "waddle-pl", "magic-dev", "wcxb-dev", "govcn")
OWN = "own"
"""The text that the HTML loader makes."""


def agreement(page: Page, clean: Callable[[int, str], Article]) -> dict[str, float]:
    """Return for each text of a page the F1 between its body and that of the HTML."""
    whole = clean(page.fold, page.html)
    texts = {OWN: whole.source_text, **{way: page.texts[way] for way in FLATTENINGS}}
    return {way: score(clean(page.fold, text).text, whole.text).f1 for way, text in texts.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.agree", description=__doc__)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--limit", type=int, help="this many pages of each set, spread evenly")
    parser.add_argument("--held-out", type=Path, metavar="DIR", help="each site by the weights that have not seen it")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    clean = by_fold(options.held_out) if options.held_out else lambda _, raw: clean_page(raw)
    print(f"{'set':24}{'pages':>6}" + "".join(f"{way:>12}" for way in (OWN, *FLATTENINGS)))
    for name in options.sets.split(","):
        rows: dict[str, list[dict[str, float]]] = {}
        for page in load_pages(name, html=True, limit=options.limit):
            kind = "articles" if page.kind in ("article", "gov") else "other kinds"
            rows.setdefault(kind, []).append(agreement(page, clean))
        for kind, own in rows.items():
            means = [sum(row[way] for row in own) / len(own) for way in (OWN, *FLATTENINGS)]
            print(f"{name + ' ' + kind:24}{len(own):>6}" + "".join(f"{mean:>12.3f}" for mean in means), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
