"""``cleanpage report``: one page as an HTML page to look at."""

from __future__ import annotations

import argparse
import importlib
import sys

from cleanpage.cli.inputs import one_page
from cleanpage.cli.options import FAILED, OK, add_cleaning, add_reading, add_rest, config_of, needs, new_parser, say
from cleanpage.cli.output import open_output, output_name
from cleanpage.cli.work import Form, Outcome, read_input
from cleanpage.errors import CleanpageError
from cleanpage.pipeline import clean_page
from cleanpage.why import why

_DESCRIPTION = """\
Show one page as it was scraped, with every block coloured by what became of
it, the article beside it, and the reason and the rule for everything. The
report needs no network and no other file. Needs cleanpage[report]."""
_EPILOG = """\
examples:
  cleanpage report page.html -o report.html
  cleanpage report page.txt --rules mine.toml -o report.html
  curl -s https://example.org/ | cleanpage report - -o report.html"""

_FORM = Form(".report.html", False, lambda article, recipe, name: "")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    made = new_parser(
        "cleanpage report", usage="%(prog)s [options] PAGE -o REPORT", description=_DESCRIPTION, epilog=_EPILOG
    )
    group = made.add_argument_group("the page and its report")
    group.add_argument("page", metavar="PAGE", help="the page, HTML or its text; - for standard input")
    group.add_argument(
        "-o",
        dest="out",
        type=output_name,
        metavar="REPORT",
        help="the file to write, or a folder for it; - or nothing is standard output",
    )
    add_rest(group)
    add_reading(made)
    add_cleaning(made)
    return made


def run(options: argparse.Namespace) -> int:
    """Write the report."""
    found = one_page(options.page, "report")
    if options.out is None and sys.stdout.isatty():
        raise CleanpageError("a report is a page for a browser: name the file to write, -o report.html")
    config = config_of(options)
    raw = read_input(options.page)
    article = clean_page(raw, url=options.url, kind=options.kind, encoding=options.encoding, config=config)
    scores = why(
        raw, None, url=options.url, kind=options.kind, encoding=options.encoding, config=config, article=article
    )
    with needs("report"):
        text = importlib.import_module("cleanpage.report").article_report(article, why=scores)
    with open_output(options.out, _FORM, found) as write:
        error = write(Outcome(options.page, text))
    if error:
        say(error)
    return FAILED if error else OK
