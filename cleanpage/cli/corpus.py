"""``cleanpage corpus run``: a collection of pages, with what their sites share and the copies among them."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from time import monotonic

from cleanpage.cli.options import FAILED, OK, add_cleaning, add_rest, config_of, needs, new_parser, printable, say

WORKERS = 2
INTERVAL = 5.0
"""Seconds between two lines about the same stage."""

_DESCRIPTION = """\
Clean a collection of pages: learn what the pages of each site share, clean
each page with that, find the copies among the articles. DIR receives articles,
ledger, templates, clusters, errors and a report; the same call goes on with a
run that was stopped. Needs cleanpage[corpus]."""
_EPILOG = """\
what is read:
  .jsonl .ndjson .jl   a JSON object a line: raw, html, text or content (the
                       first that holds something), and if there are any: id,
                       url, encoding. UTF-8, UTF-16 or UTF-32
  .json                an array of such objects, or one after the other
  .csv .tsv .parquet   such names as columns; .csv and .tsv with a header
  .warc .wet .arc      responses, resources and conversions that are pages
  any other file       is a page (.html, .txt); its name is its id
A row without id is named by file and place. What is no page is skipped and
counted: other statuses, redirects, media types, binary, empty, revisit,
request, metadata, warcinfo, hidden files. pages = articles + errors; exit
status 1 if there are errors.

examples:
  cleanpage corpus run pages.jsonl.gz --out run
  cleanpage corpus run crawl/*.warc.gz more-pages/ --out run --workers 4
  cleanpage corpus run /nfs/crawl --out /nfs/run --engine ray --address auto"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    made = new_parser(
        "cleanpage corpus", usage="%(prog)s run [options] IN [IN ...] --out DIR", description=_DESCRIPTION,
        epilog=_EPILOG,
    )  # fmt: skip
    group = made.add_argument_group("the run")
    group.add_argument("action", choices=("run",), metavar="run", help="what is done; there is only this")
    group.add_argument(
        "inputs", nargs="+", type=Path, metavar="IN", help="files and folders, see below; each may be packed: gz, zst,"
        " bz2, xz"
    )  # fmt: skip
    group.add_argument("--out", required=True, type=Path, metavar="DIR", help="new, or that of a run to go on with")
    group.add_argument(
        "--status", default="2xx", metavar="LIST", help="HTTP statuses of archived responses that are cleaned, such as"
        " 200,404 or any (default: 2xx)"
    )  # fmt: skip
    group.add_argument(
        "--workers", type=int, default=WORKERS, metavar="N", help=f"worker processes (default: {WORKERS})"
    )
    group.add_argument(
        "--parts", type=int, metavar="N", help="files that the pages are spread over (default: by the size of IN)"
    )
    group.add_argument(
        "--engine", choices=("native", "ray"), default="native", help="this machine, or a Ray cluster that sees the "
        "same files (needs cleanpage[ray])"
    )  # fmt: skip
    group.add_argument("--address", metavar="HOST:PORT", help="of the cluster; auto looks for the one of this machine")
    group.add_argument(
        "--stall", type=float, metavar="SECONDS", help="a part without a sign of life for so long hangs (default: 600)"
    )
    add_rest(group)
    add_cleaning(made)
    return made


def run(options: argparse.Namespace) -> int:
    """Do the run and print its counts."""
    config = config_of(options)
    with needs(options.engine if options.engine == "ray" else "corpus"):
        corpus = importlib.import_module("cleanpage.corpus")
        if options.engine == "ray":
            importlib.import_module("ray")
        stall = {"stall": options.stall} if options.stall else {}
        engine = corpus.Engine(options.engine, options.address, options.workers, **stall)
        chosen = {"parts": options.parts, "status": options.status, "config": config}
        result = corpus.run(options.inputs, options.out, engine=engine, progress=_Progress(), **chosen)
        accounting = importlib.import_module("cleanpage.corpus.accounting")
    if not result.counts["pages"]:
        say(f"there are no pages in {', '.join(map(str, options.inputs))}")
    print(printable(accounting.in_words(result.counts, result.skipped), sys.stdout.encoding))
    return FAILED if result.counts["errors"] else OK


class _Progress:
    """Prints the stage, how far it is, its rate and the time that is left, every few seconds and at its end."""

    def __init__(self) -> None:
        self._began: dict[str, tuple[float, int]] = {}
        self._said = 0.0

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Print a line if it is time; ``of`` is 0 where nobody knows how many there are."""
        now = monotonic()
        new = stage not in self._began
        began, before = self._began.setdefault(stage, (now, done))  # a run that goes on has done some already
        if now - self._said < INTERVAL and not (new and of) and done != of:
            return
        self._said = now
        rate = (done - before) / (now - began) if now > began else 0.0
        left = f", {(of - done) / rate:.0f} s left" if rate and of > done else ""
        say(f"{stage}: {done}{f' of {of}' if of else ''}{f', {rate:.1f} a second' if rate else ''}{left}")
