"""``cleanpage corpus run``: a collection of pages, with what their sites share and the copies among them."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from time import monotonic

from cleanpage.cli.options import OK, add_rest, needs, new_parser, say

WORKERS, PARTS = 2, 32

_DESCRIPTION = """\
Clean a collection of pages: learn what the pages of each site share, clean
each page with that, find the copies among the articles. DIR receives articles,
ledger, templates, clusters, errors and a report; the same call goes on with a
run that was stopped. Needs cleanpage[corpus]."""
_EPILOG = """\
examples:
  cleanpage corpus run pages.jsonl.gz --out run
  cleanpage corpus run crawl/*.warc.gz more-pages/ --out run --workers 4"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    made = new_parser(
        "cleanpage corpus", usage="%(prog)s run [options] IN [IN ...] --out DIR", description=_DESCRIPTION,
        epilog=_EPILOG,
    )  # fmt: skip
    group = made.add_argument_group("the run")
    group.add_argument("action", choices=("run",), metavar="run", help="what is done; there is only this")
    group.add_argument(
        "inputs", nargs="+", type=Path, metavar="IN", help="JSON lines, Parquet, WARC, WET, folders of pages; gz, zst"
    )
    group.add_argument("--out", required=True, type=Path, metavar="DIR", help="new, or that of a run to go on with")
    group.add_argument(
        "--workers", type=int, default=WORKERS, metavar="N", help=f"worker processes (default: {WORKERS})"
    )
    group.add_argument("--parts", type=int, default=PARTS, metavar="N", help=f"files in between (default: {PARTS})")
    add_rest(group)
    return made


def run(options: argparse.Namespace) -> int:
    """Do the run and print its counts."""
    with needs("corpus"):
        corpus = importlib.import_module("cleanpage.corpus")
        result = corpus.run(
            options.inputs, options.out, workers=options.workers, parts=options.parts, progress=_Progress()
        )
    print(" ".join(f"{name}={count}" for name, count in result.counts.items()))
    return OK


class _Progress:
    """Prints the stage, its parts, the rate and the time that is left."""

    def __init__(self) -> None:
        self.began: dict[str, float] = {}

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Print a line; ``of`` is 0 where nobody knows how many there are."""
        now = monotonic()
        spent = now - self.began.setdefault(stage, now)
        rate = done / spent if spent else 0.0
        left = f", {(of - done) / rate:.0f} s left" if rate and of > done else ""
        say(f"{stage}: {done}{f' of {of}' if of else ''}, {rate:.1f} a second{left}")
