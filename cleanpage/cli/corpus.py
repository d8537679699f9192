"""``cleanpage corpus run``: a collection of pages, with what their sites share and the copies among them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import monotonic

from cleanpage.cli.options import FAILED, OK, add_cleaning, add_rest, config_of, needs, new_parser, printable, say

WORKERS = 2  # as Engine.workers
SECONDS_APART = 5.0
"""Seconds between two lines about the same stage."""

_DESCRIPTION = """\
Clean a collection of pages and find the copies among the articles. DIR
receives articles.jsonl, tables of Parquet, and report.html to look at; the
same call goes on with a run that was stopped. Needs cleanpage[corpus]."""
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
request, metadata, warcinfo, hidden files. pages = articles + errors (with
--unique + copies); exit status 1 if there are errors.

what is written to DIR:
  articles.jsonl       an article a line, with the canonical one of its cluster
  articles/            id, url, host, status (HTTP), and those of --select, by
                       default: title text published modified source site
                       authors editors photographers section keywords
                       description image next_page language page_kind
                       is_article confidence warnings. All fields of Article
                       may be selected, and markdown
  ledger/              what was removed: id, start, end, label, rule, reason,
                       score, text
  measures/            of each article: host, title, language, page_kind,
                       confidence, source_chars, text_chars, seconds of CPU
  errors/              id, url, host, status, stage (read, clean), reason
  clusters/            copies: id, canonical, size
  parts/ versions/ related/      what else articles share
  report.html          figures, the least sure pages, examples of copies
  manifest.json        how many of each

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
        "--part-size", type=float, metavar="MB", help="of pages that are cleaned, and done again if a process dies, in "
        "one go (default: 1 to 64, by the size of IN)"
    )  # fmt: skip
    group.add_argument(
        "--engine", choices=("native", "ray"), default="native", help="this machine, or a Ray cluster that sees the "
        "same files (needs cleanpage[ray])"
    )  # fmt: skip
    group.add_argument("--address", metavar="HOST:PORT", help="of the cluster; auto looks for the one of this machine")
    group.add_argument(
        "--templates", action="store_true", help="learn first what the pages of each host share: loads all twice, and"
        " brought nothing on labelled sites"
    )  # fmt: skip
    add_rest(group)
    output = made.add_argument_group("what is kept")
    output.add_argument(
        "--select", type=_columns, metavar="A,B", help="columns of articles, see below"
    )
    output.add_argument(
        "--ledger", action=argparse.BooleanOptionalAction, default=True, help="keep what was removed, and why (default)"
    )
    output.add_argument("--unique", action="store_true", help="of copies keep the best article alone")
    add_cleaning(made)
    return made


def _columns(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def run(options: argparse.Namespace) -> int:
    """Do the run and print its counts."""
    from cleanpage.corpus import Engine
    from cleanpage.corpus import run as clean_collection
    from cleanpage.corpus.accounting import in_words
    from cleanpage.corpus.settings import DEFAULT_COLUMNS

    engine = Engine(options.engine, options.address, options.workers)
    chosen = {
        "status": options.status, "config": config_of(options), "select": options.select or DEFAULT_COLUMNS,
        "ledger": options.ledger, "unique": options.unique, "templates": options.templates,
        "part_size": options.part_size and int(options.part_size * 1024**2),
    }  # fmt: skip
    with needs(options.engine if options.engine == "ray" else "corpus"):
        result = clean_collection(options.inputs, options.out, engine=engine, progress=_Progress(), **chosen)
    if not result.counts["pages"]:
        say(f"there are no pages in {', '.join(map(str, options.inputs))}")
    line = f"{in_words(result.counts, result.skipped)}; {options.out / 'report.html'}"
    print(printable(line, sys.stdout.encoding))
    return FAILED if result.counts["errors"] else OK


class _Progress:
    """Prints the stage, how far it is, its rate and the time that is left, every few seconds and at its end."""

    def __init__(self) -> None:
        self._began: dict[str, tuple[float, int]] = {}
        self._last = monotonic()

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Print a line if it is time; ``of`` is 0 where nobody knows how many there are."""
        now = monotonic()
        began, before = self._began.setdefault(stage, (now, done))  # a run that goes on has done some already
        if now - self._last < SECONDS_APART:
            return
        self._last = now
        rate = (done - before) / (now - began) if now > began else 0.0
        found = f"{stage}: {done}{f' of {of}' if of else ''} {'steps' if stage == 'dedupe' else 'pages'}"
        left = f", {(of - done) / rate:.0f} s left" if rate and of > done else ""
        say(f"{found}, {rate:.{int(rate < 10)}f} a second{left}" if rate else found)
