"""``cleanpage why``: what became of the words of a page, and by what."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator

from cleanpage.cli.inputs import one_page
from cleanpage.cli.options import FAILED, OK, add_cleaning, add_reading, add_rest, config_of, new_parser, say
from cleanpage.cli.work import read_input
from cleanpage.errors import CleanpageError
from cleanpage.why import Why, why

TEXT_WIDTH = 78
"""Columns of what is printed."""
_DESCRIPTION = """\
Print what became of each block of a page that holds some words: its role, the
rule or stage that decided it, what else was found about it, and for a block
that no rule decides the probability, the page's threshold, and the groups of
features that moved the probability most (in log-odds)."""
_EPILOG = """\
examples:
  cleanpage why page.html "Subscribe to our newsletter"
  cleanpage why page.txt 责任编辑 --rules mine.toml
  curl -s https://example.org/ | cleanpage why - "first words of a paragraph" """


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    made = new_parser(
        "cleanpage why", usage="%(prog)s [options] PAGE WORDS", description=_DESCRIPTION, epilog=_EPILOG.rstrip()
    )
    group = made.add_argument_group("the page and the words")
    group.add_argument("page", metavar="PAGE", help="the page, HTML or its text; - for standard input")
    group.add_argument("words", metavar="WORDS", help="words that stand in one block of the page")
    add_rest(group)
    add_reading(made)
    add_cleaning(made)
    return made


def run(options: argparse.Namespace) -> int:
    """Print what became of the words; status 1 if no block holds them."""
    if not options.words.strip():
        raise CleanpageError("WORDS is empty: give words that stand on the page")
    config = config_of(options)
    one_page(options.page, "why")
    found = why(
        read_input(options.page),
        options.words,
        url=options.url,
        kind=options.kind,
        encoding=options.encoding,
        config=config,
    )
    for block in found:
        print(*_lines(block), sep="\n", end="\n\n")
    if not found:
        say(f"{options.page}: no block holds {options.words!r}; HTML is searched as shown, without tags")
    return OK if found else FAILED


def _lines(block: Why) -> Iterator[str]:
    yield from textwrap.wrap(block.text, TEXT_WIDTH) or [""]
    yield f"  {block.role}, {block.label} ({block.start}:{block.end})"
    for text in (f"decided by {block.decided}", *(f"also {other}" for other in block.others)):
        yield from textwrap.wrap(text, TEXT_WIDTH, initial_indent="  ", subsequent_indent="    ")
    if block.probability is not None:
        yield f"  probability {block.probability:.3f}, threshold {block.threshold:.3f}; log-odds by group of features:"
    for group, odds in block.groups:
        yield f"    {odds:+6.2f}  {group}"
    if block.otherwise:
        yield from textwrap.wrap(block.otherwise, TEXT_WIDTH, initial_indent="  ", subsequent_indent="    ")
