"""``cleanpage check``: whether lines stay and go as somebody said that they should."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cleanpage.cli.options import FAILED, OK, add_cleaning, add_rest, config_of, new_parser, printable, say
from cleanpage.cli.work import read_input
from cleanpage.config import Config
from cleanpage.expectations import Expectation, broken, by_page, load_expectations
from cleanpage.pipeline import clean_page

_DESCRIPTION = """\
Clean the pages that a file of expectations names, and print the lines that do
not stay or go as it says. The workbench (cleanpage serve) writes such a file;
in it stand tables, with pages beside the file:

  [[expect]]
  page = "news/1.html"
  stays = "The market opens at seven."        or: goes = "Share this"
"""
_EPILOG = """\
exit status:
  0                 all of it holds
  1                 some of it does not
  2                 a wrong call

examples:
  cleanpage check pages/expectations.toml
  cleanpage check pages/expectations.toml --rules mine.toml"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    made = new_parser("cleanpage check", usage="%(prog)s [options] FILE", description=_DESCRIPTION, epilog=_EPILOG)
    group = made.add_argument_group("what is expected")
    group.add_argument("file", metavar="FILE", help="a .toml file with tables [[expect]]")
    add_rest(group)
    add_cleaning(made)
    return made


def run(options: argparse.Namespace) -> int:
    """Print what does not hold; status 1 if there is anything."""
    config, path = config_of(options), Path(options.file)
    expectations = load_expectations(path)
    failed = 0
    for page, expected in by_page(expectations):
        for expectation, problem in _problems(path.parent / page, expected, config):
            failed += 1
            does = "stays" if expectation.stays else "goes"
            print(printable(f"{page}: {does} {expectation.line!r}: {problem}", sys.stdout.encoding))
    for rule in config.rules:
        if not rule.counter_examples:
            say(f"rule {rule.id!r} has no counter_examples: add lines that look like its examples and must stay")
    say(f"{len(expectations) - failed} of {len(expectations)} hold")
    return FAILED if failed else OK


def _problems(path: Path, expected: list[Expectation], config: Config) -> list[tuple[Expectation, str]]:
    """Return what does not hold of one page, with the reason."""
    try:
        raw = read_input(str(path))
    except OSError as error:
        return [(expectation, error.strerror or str(error)) for expectation in expected]
    article = clean_page(raw, url=expected[0].url, config=config)
    return [(one, problem) for one in expected if (problem := broken(article, one))]
