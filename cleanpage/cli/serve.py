"""``cleanpage serve``: the workbench in a browser."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from cleanpage.cli.options import OK, add_cleaning, add_rest, config_of, needs, new_parser
from cleanpage.errors import CleanpageError

HOST, PORT = "127.0.0.1", 8000  # this machine alone; what `python -m http.server` has too

_DESCRIPTION = """\
Open the workbench: paste a page or drop a file, see its report, try a rule or
a config and see at once what it changes, also over a folder of pages. Make a
rule from a line; say which lines must stay or go (kept in expectations.toml in
the folder, for cleanpage check); save to the file of --config. Stop it with
Ctrl-C. Needs cleanpage[serve]."""
_EPILOG = """\
examples:
  cleanpage serve                       then open http://127.0.0.1:8000
  cleanpage serve pages/ --config cleanpage.toml --port 9000"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    made = new_parser("cleanpage serve", usage="%(prog)s [options] [FOLDER]", description=_DESCRIPTION, epilog=_EPILOG)
    group = made.add_argument_group("the workbench")
    group.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="pages on which changes are tried")
    group.add_argument("--host", default=HOST, metavar="NAME", help=f"the address to listen on (default: {HOST})")
    group.add_argument(
        "--port", default=PORT, type=_port, metavar="N", help=f"the port, 0 for any that is free (default: {PORT})"
    )
    add_rest(group)
    add_cleaning(made)
    return made


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Serve until somebody stops it."""
    if options.folder is not None and not options.folder.is_dir():
        raise CleanpageError(f"{options.folder}: no such folder; serve takes a folder of pages, or nothing")
    config = config_of(options)
    with needs("serve"):
        importlib.import_module("cleanpage.serve").serve(
            options.folder,
            host=options.host,
            port=options.port,
            config=config,
            config_file=Path(options.config) if options.config else None,
            reload=lambda: config_of(options),
        )
    return OK
