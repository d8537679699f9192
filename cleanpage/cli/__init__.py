"""The command ``cleanpage``: ``cleanpage PAGE…`` cleans pages; a first word out of ``COMMANDS`` does something else."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cleanpage.cli import check, clean, corpus, dedupe, diff, report, serve, why
from cleanpage.cli.completions import asked_to_complete, complete
from cleanpage.cli.options import FAILED, INTERRUPTED, OK, WRONG_CALL, Command, say
from cleanpage.errors import CleanpageError

COMMANDS: dict[str, Command] = {
    "report": report, "why": why, "diff": diff, "check": check, "dedupe": dedupe, "serve": serve, "corpus": corpus,
}  # fmt: skip
"""A command is a module of this folder with ``parser`` and ``run`` and a line in the help of clean.py. What it needs
beyond the core it imports when it runs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    0: all fine. 1: some pages could not be read or written. 2: a wrong call, a bad rule or a bad config. 130: Ctrl-C.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if asked_to_complete():
            complete(clean, COMMANDS)
        command: Command = clean
        if words and words[0] in COMMANDS:
            command = COMMANDS[words.pop(0)]
        status = command.run(command.parser().parse_args(words))
        sys.stdout.flush()
    except CleanpageError as error:
        say(str(error))
        status = WRONG_CALL
    except BrokenPipeError:
        # The reader (head, less) has seen enough.
        _close_output()
        status = OK
    except OSError as error:
        say(f"{error.filename or 'the output'}: {error.strerror or error}")
        _close_output()
        status = FAILED
    except KeyboardInterrupt:
        say("interrupted")
        status = INTERRUPTED
    return status


def _close_output() -> None:
    """Let what was not written go nowhere; the interpreter would complain of it while it shuts down."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
