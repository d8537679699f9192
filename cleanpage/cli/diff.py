"""``cleanpage diff``: what another config makes of a page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace

from cleanpage.cli.inputs import one_page
from cleanpage.cli.options import FAILED, OK, add_cleaning, add_reading, add_rest, config_of, new_parser, printable, say
from cleanpage.cli.work import read_input
from cleanpage.config import Config, load_config
from cleanpage.errors import CleanpageError
from cleanpage.pipeline import clean_page
from cleanpage.report.changes import Changes, changes
from cleanpage.text import normalise

_DESCRIPTION = """\
Print how the article of a page differs between two configs: paragraphs that
are only in the first (-) or the second (+), fields, and blocks with another
label. With one config, and with --rules or --favor, the first is the default."""
_EPILOG = """\
exit status:
  0                 the same article
  1                 a difference
  2                 a wrong call

examples:
  cleanpage diff page.html --config old.toml --config new.toml
  cleanpage diff page.html --rules mine.toml        without and with your rules
  cleanpage diff page.html --favor precision"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    made = new_parser("cleanpage diff", usage="%(prog)s [options] PAGE", description=_DESCRIPTION, epilog=_EPILOG)
    group = made.add_argument_group("the page")
    group.add_argument("page", metavar="PAGE", help="the page, HTML or its text; - for standard input")
    add_rest(group)
    add_reading(made)
    add_cleaning(made, several=True)
    return made


def run(options: argparse.Namespace) -> int:
    """Print the differences; status 1 if there are any."""
    files = options.config
    if len(files) > 2:
        raise CleanpageError(f"diff compares two configs, got {len(files)}")
    if len(files) < 2 and not (files or options.rules or options.favor):
        raise CleanpageError("give --config twice, or --config, --rules or --favor to compare with the default")
    if len(files) == 2 and (options.rules or options.favor):
        raise CleanpageError("--rules and --favor belong to neither of two configs: put them into the files")
    one = load_config(files[0]) if len(files) == 2 else Config()
    options.config = files[-1] if files else None
    other = config_of(options)
    # Bounds may make the source texts differ, into which both ledgers point.
    other = replace(other, max_chars=one.max_chars, max_blocks=one.max_blocks, deadline=one.deadline)
    one_page(options.page, "diff")
    raw = read_input(options.page)
    before, after = (
        clean_page(raw, url=options.url, kind=options.kind, encoding=options.encoding, config=config)
        for config in (one, other)
    )
    found = changes(before, after)
    for line in _lines(found):
        print(printable(line, sys.stdout.encoding))
    if not found:
        say(f"{options.page}: no difference")
    return FAILED if found else OK


def _lines(found: Changes) -> Iterator[str]:
    yield from (f"- {line}" for line in found.gone)
    yield from (f"+ {line}" for line in found.new)
    for name, before, after in found.fields:
        if name != "paragraphs":
            yield f"{name}: {'; '.join(before) or '(nothing)'} -> {'; '.join(after) or '(nothing)'}"
    for block in found.blocks:
        yield f"{block.before} -> {block.after}: {normalise(block.text)}"
