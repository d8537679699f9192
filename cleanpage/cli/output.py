"""Where the articles go: standard output, one file, or a folder with a file a page."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

from cleanpage.cli.inputs import STDIN, Found
from cleanpage.cli.options import printable
from cleanpage.cli.work import Outcome
from cleanpage.errors import CleanpageError

STDOUT = "-"
Write = Callable[[Outcome], str | None]
"""Takes one outcome; returns what went wrong with this page, if anything did. OSError: nothing more can be written."""


def output_name(text: str) -> str | None:
    """Return what ``-o`` names; None for ``-``, standard output."""
    return None if text == STDOUT else text


def is_folder(out: str | None) -> bool:
    """Tell whether ``-o`` names a folder: one that is there, or a name that ends like one."""
    return out is not None and (os.path.isdir(out) or out.endswith(("/", os.sep)))


@contextmanager
def open_output(out: str | None, suffix: str, found: Found) -> Iterator[Write]:
    """Give what writes the articles to ``-o``; raise CleanpageError if that is one of the pages."""
    inputs = frozenset(map(os.path.abspath, found.pages))
    if out is None:
        yield _print
    elif is_folder(out):
        yield partial(_write_file, Path(out), suffix, found.base, inputs)
    elif os.path.abspath(out) in inputs:
        raise CleanpageError(f"-o {out} would overwrite a page that is to be cleaned; give another name")
    else:
        with ExitStack() as stack:
            yield partial(_append, stack, Path(out), [])


def _print(outcome: Outcome) -> None:
    sys.stdout.write(printable(outcome.text, sys.stdout.encoding))


def _append(stack: ExitStack, path: Path, opened: list[TextIO], outcome: Outcome) -> None:
    """Write to the one file; it is opened with the first article, so that a run without any leaves it as it was."""
    if not opened:
        opened.append(stack.enter_context(_open(path)))
    opened[0].write(outcome.text)


def _write_file(folder: Path, suffix: str, base: str, inputs: frozenset[str], outcome: Outcome) -> str | None:
    name = "stdin" if outcome.name == STDIN else os.path.relpath(os.path.abspath(outcome.name), base)
    path = folder / (name + suffix)
    if os.path.abspath(path) in inputs:
        return f"{path}: would overwrite a page that is to be cleaned; give another folder"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _open(path) as file:
            file.write(outcome.text)
    except OSError as error:
        return f"{path}: {error.strerror or error}"
    return None


def _open(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
