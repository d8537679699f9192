"""Scores clean_page, or a peer, on the labelled pages: ``python -m bench.pages --help``.

From a script: ``print_table(score_pages(raw_only(my_function), sets=["waddle-zh"]))``, where my_function takes the raw
text and returns an Article, anything else with ``title`` and ``text``, or the text alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, get_args

from bench.data import ABSENT, INPUTS, present, set_names
from bench.floors import check_floors
from bench.held_out import held_out
from bench.peers import PEERS, method_of, missing
from bench.reliability import list_verdicts, print_reliability, verdicts_of
from bench.report import print_side_by_side, print_table, print_worst
from bench.runs import BAR_INPUTS, SETS, Clean, Method, Result, raw_only, score_pages
from bench.saved import load, print_changes, rows_of, save
from bench.score import MEASURES
from cleanpage import Config, clean_page
from cleanpage.config import Favor

__all__ = ["Clean", "Method", "print_table", "raw_only", "score_pages"]

OURS = raw_only(clean_page)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.peers and (options.worst or options.reliability or options.save or options.against):
        parser.error("--worst, --reliability, --save and --against look at one contender; take --peer")
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    if options.floors or options.raise_floors:
        return check_floors(OURS, write=options.raise_floors)
    if options.sets == ("all",):
        options.sets = tuple(set_names())
    if options.peers:
        print_side_by_side(_contest(options), all_kinds=options.all_kinds)
        return 0
    before = load(options.against, options.measure) if options.against else None
    method, inputs = _chosen(options)
    results = score_pages(method, inputs=inputs, **_narrow(options))
    print_table(results, all_kinds=options.all_kinds)
    print_worst(results, options.worst)
    if options.reliability:
        print_reliability([*verdicts_of(results), *list_verdicts(method, inputs, options.limit)])
    if options.save:
        save(options.save, rows_of(results), options.measure)
    if before is not None:
        print_changes(before, rows_of(results))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    what = parser.add_argument_group("which pages, and as what")
    what.add_argument("--sets", type=_names, default=SETS, help=f"comma-separated, or all; default {','.join(SETS)}")
    what.add_argument("--input", type=_inputs, default=BAR_INPUTS, metavar="INPUTS", help=f"of {','.join(INPUTS)}")
    what.add_argument("--only", type=_names, default=(), metavar="KINDS", help="kinds of page: articles,forum,…")
    what.add_argument("--lang", type=_names, default=(), metavar="CODES", help="languages: zh,en,…")
    what.add_argument("--limit", type=int, metavar="N", help="this many pages of each set, spread evenly")
    who = parser.add_argument_group("who cleans them; clean_page unless said").add_mutually_exclusive_group()
    who.add_argument("--held-out", type=Path, metavar="DIR", help="each site by the weights that have not seen it")
    who.add_argument("--peer", choices=PEERS, help="another tool, from HTML; sentences: the lines that end one")
    who.add_argument("--peers", action="store_true", help="all of them side by side with clean_page")
    parser.add_argument("--favor", choices=get_args(Favor), default="balance", help="Config.favor of clean_page")
    how = parser.add_argument_group("what is shown")
    how.add_argument("--measure", choices=MEASURES, default="shingles", help="of 4 tokens (default), or bag of words")
    how.add_argument("--all-kinds", action="store_true", help="a line over all kinds of a set as well")
    how.add_argument("--worst", type=int, nargs="?", const=10, default=0, metavar="N", help="the N worst results (10)")
    how.add_argument("--reliability", action="store_true", help="what confidence and is_article are worth")
    how.add_argument("--save", type=Path, metavar="FILE", help="write the scores of all pages, as JSON")
    how.add_argument("--against", type=Path, metavar="FILE", help="what has changed since FILE was saved")
    pins = parser.add_argument_group("floors").add_mutually_exclusive_group()
    pins.add_argument("--floors", action="store_true", help="say which floors hold; status 1 if one does not")
    pins.add_argument("--raise-floors", action="store_true", help="and write down those that rose")
    return parser


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _inputs(value: str) -> tuple[str, ...]:
    found = _names(value)
    if not found or not set(found) <= set(INPUTS):
        raise argparse.ArgumentTypeError(f"choose of {', '.join(INPUTS)}")
    return found


def _narrow(options: argparse.Namespace) -> dict[str, Any]:
    kinds = ["article" if kind == "articles" else kind for kind in options.only]
    narrow = {"sets": options.sets, "kinds": kinds, "langs": options.lang, "limit": options.limit}
    return {**narrow, "measure": options.measure}


def _chosen(options: argparse.Namespace) -> tuple[Method, Sequence[str]]:
    """Return who cleans, and what they are given."""
    if options.peer:
        if why := missing(options.peer):
            raise SystemExit(why)
        return method_of(options.peer), _peer_inputs(options.peer, options.input)
    config = Config(favor=options.favor)
    ours = raw_only(partial(clean_page, config=config))
    method = held_out(options.held_out, config) if options.held_out else ours
    return method, options.input


def _peer_inputs(name: str, inputs: Sequence[str]) -> Sequence[str]:
    return ("html",) if PEERS[name].reads_html else [way for way in inputs if way != "html"] or BAR_INPUTS


def _contest(options: argparse.Namespace) -> dict[str, list[Result]]:
    """Return the results of clean_page on each of its inputs, and of every peer that is installed."""
    runs = {"cleanpage": score_pages(OURS, inputs=options.input, **_narrow(options))}
    for name in PEERS:
        if why := missing(name):
            print(why, file=sys.stderr)
        else:
            inputs = _peer_inputs(name, options.input)
            runs[name] = score_pages(method_of(name), inputs=inputs, **_narrow(options))
    return runs


if __name__ == "__main__":
    sys.exit(main())
