"""The command ``cleanpage``."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from cleanpage import __version__
from cleanpage.config import Config
from cleanpage.errors import CleanpageError
from cleanpage.explain import explain
from cleanpage.export import to_json, to_schema_org, to_text
from cleanpage.markdown import to_markdown
from cleanpage.model import Article
from cleanpage.pipeline import clean_page
from cleanpage.rules import load_rules

OK, BAD_INPUT = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 0, or 2 for a wrong call, an unreadable file or a bad rule."""
    options = _parser().parse_args(arguments)
    try:
        rules = [rule for path in options.rules for rule in load_rules(path)]
        config = Config(rules=tuple(rules))
        article = clean_page(_read(options.file), url=options.url, encoding=options.encoding, config=config)
    except (CleanpageError, OSError) as error:
        print(f"cleanpage: {_printable(str(error), sys.stderr.encoding)}", file=sys.stderr)
        return BAD_INPUT
    return _write(_rendered(article, options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cleanpage",
        description="Turn a scraped page, HTML or its raw text, into one clean article and a ledger.",
    )
    parser.add_argument("file", metavar="FILE", help="the page, HTML or its text; - reads standard input")
    formats = ("json", "schema.org", "text", "markdown")
    parser.add_argument("--format", choices=formats, default="json", help="json: all fields; the default")
    parser.add_argument(
        "--explain", action="store_true", help="print every block of the page: role, label, text, rule: reason"
    )
    parser.add_argument("--rules", action="append", default=[], metavar="FILE.toml", help="more rules; repeatable")
    parser.add_argument("--encoding", help="the charset that came with the page; found out if left out")
    parser.add_argument("--url", help="the address that the page came from")
    parser.add_argument("--version", action="version", version=f"cleanpage {__version__}")
    return parser


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _rendered(article: Article, options: argparse.Namespace) -> str:
    if options.explain:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        width = shutil.get_terminal_size((120, 24)).columns
        return "".join(f"{line}\n" for line in explain(article, width=width, colour=colour))
    ascii_only = not (sys.stdout.encoding or "").lower().startswith("utf")
    if options.format in ("json", "schema.org"):
        return (to_json if options.format == "json" else to_schema_org)(article, ascii_only=ascii_only)
    return to_text(article) if options.format == "text" else to_markdown(article)


def _write(output: str) -> int:
    try:
        sys.stdout.write(_printable(output, sys.stdout.encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; without this the interpreter would complain while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OK


def _printable(text: str, encoding: str | None) -> str:
    """Return ``text`` with what ``encoding`` cannot hold, such as lone surrogates, as backslash escapes."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
