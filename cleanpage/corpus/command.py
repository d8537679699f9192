"""``cleanpage corpus run IN… --out DIR``: the command line of a run."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import monotonic
from typing import Any

from cleanpage.corpus.collection import PARTS, Progress, run
from cleanpage.errors import CleanpageError

OK, BAD_INPUT = 0, 2


def add_parser(subparsers: Any) -> None:
    """Add ``corpus`` to what ``argparse`` gives for subcommands; the chosen one is ``options.handler``."""
    corpus = subparsers.add_parser("corpus", help="many pages at once")
    actions = corpus.add_subparsers(required=True, metavar="ACTION")
    each = actions.add_parser("run", help="clean a collection of pages and find the copies among them")
    each.add_argument("inputs", nargs="+", type=Path, metavar="IN", help="JSONL, Parquet, WARC, WET, folders; gz, zst")
    each.add_argument("--out", required=True, type=Path, metavar="DIR", help="new, or that of a run to go on with")
    each.add_argument("--workers", type=int, default=2, metavar="N", help="processes; default 2")
    each.add_argument("--parts", type=int, default=PARTS, metavar="N", help=f"files in between; default {PARTS}")
    each.set_defaults(handler=handle)


def handle(options: argparse.Namespace) -> int:
    """Do the run; return its exit status: 0, or 2 for a wrong call or a run that could not be finished."""
    try:
        result = run(options.inputs, options.out, workers=options.workers, parts=options.parts, progress=_progress())
    except (CleanpageError, OSError, ImportError) as error:
        hint = " (pip install 'cleanpage[corpus]')" if isinstance(error, ImportError) else ""
        print(f"cleanpage: {error}{hint}", file=sys.stderr)
        return BAD_INPUT
    print(" ".join(f"{name}={count}" for name, count in result.counts.items()))
    return OK


def main(arguments: list[str] | None = None) -> int:
    """Run the command by itself: ``python -m cleanpage.corpus run …``."""
    parser = argparse.ArgumentParser(prog="cleanpage")
    add_parser(parser.add_subparsers(required=True))
    options = parser.parse_args(["corpus", *(sys.argv[1:] if arguments is None else arguments)])
    return int(options.handler(options))


def _progress() -> Progress:
    """Return what prints the stage, its parts, the rate and the time that is left."""
    began: dict[str, float] = {}

    def told(stage: str, done: int, of: int) -> None:
        now = monotonic()
        spent = now - began.setdefault(stage, now)
        rate = done / spent if spent else 0.0
        left = f", {(of - done) / rate:.0f} s left" if rate and of > done else ""
        print(f"{stage}: {done}{f' of {of}' if of else ''}, {rate:.1f} a second{left}", file=sys.stderr)

    return told
