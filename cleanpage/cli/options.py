"""What the commands share: exit statuses, the form of their help, the options that say how to clean."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol, get_args

from cleanpage.config import Config, Favor, load_config
from cleanpage.errors import CleanpageError
from cleanpage.load.encodings import meant
from cleanpage.rules import load_rules

OK, FAILED, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130  # exit statuses: 2 as argparse, 130 as shells have it
WIDTH, HELP_COLUMN = 80, 20
"""Columns of the help, whatever the terminal has: it is laid out by hand."""


class Command(Protocol):
    """A module that does what one command does."""

    def parser(self) -> argparse.ArgumentParser:
        """Return the parser of its options."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it and return the exit status."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=HELP_COLUMN, width=WIDTH)


def new_parser(prog: str, *, usage: str, description: str, epilog: str) -> argparse.ArgumentParser:
    """Return a parser whose help looks the same on every terminal and Python."""
    return argparse.ArgumentParser(
        prog, usage, description, epilog, formatter_class=_Formatter, add_help=False, allow_abbrev=False
    )


def add_cleaning(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """Add the options of which ``config_of`` makes a Config; with ``several`` a list of ``--config``."""
    group = parser.add_argument_group("how to clean")
    config = "a .toml file with fields of cleanpage.Config and tables [[rule]]"
    if several:
        group.add_argument(
            "--config", metavar="FILE", action="append", default=[], help=f"{config}; once or twice"
        )
    else:
        group.add_argument("--config", metavar="FILE", help=config)
    group.add_argument(
        "--rules", metavar="FILE", action="append", default=[], help="a .toml file with more rules; may be repeated"
    )
    group.add_argument(
        "--favor",
        choices=get_args(Favor),
        metavar="WHAT",
        help="where a line may or may not be body: precision leaves it out, recall keeps it, balance (the default)"
        " does what is right more often",
    )


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what a page is."""
    group = parser.add_argument_group("what the pages are (found out if left out)")
    group.add_argument("--kind", choices=("html", "text"), metavar="KIND", help="html, or text: a page without markup")
    group.add_argument(
        "--encoding", type=_charset, metavar="NAME", help="the charset that came with the page, as a hint"
    )
    group.add_argument("--url", metavar="URL", help="the address that the page came from (one page only)")


def _charset(text: str) -> str:
    if meant(text) is None:
        raise argparse.ArgumentTypeError(f"no charset is called {text!r}; give one such as utf-8, gbk, windows-1251")
    return text


def add_rest(group: argparse._ArgumentGroup) -> None:
    """Add the option for help."""
    group.add_argument("-h", "--help", action="help", help="print this and stop")


def config_of(options: argparse.Namespace) -> Config:
    """Return the Config that the options describe; what stands on the command line goes before ``--config``."""
    config = load_config(options.config) if options.config else Config()
    rules = [rule for path in options.rules for rule in load_rules(path)]
    return replace(config, rules=(*rules, *config.rules), favor=options.favor or config.favor)


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Turn a missing module into a CleanpageError that says what to install."""
    try:
        yield
    except ModuleNotFoundError as error:
        message = f"this needs {error.name}, which is not installed: pip install 'cleanpage[{extra}]'"
        raise CleanpageError(message) from error


def say(message: str) -> None:
    """Print a line on standard error."""
    print(f"cleanpage: {printable(message, sys.stderr.encoding)}", file=sys.stderr)


def printable(text: str, encoding: str | None) -> str:
    """Return ``text`` with what ``encoding`` cannot hold, such as lone surrogates, as backslash escapes."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
