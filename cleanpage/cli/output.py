"""Where the articles go: standard output, one file, or a folder with a file a page."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from cleanpage.cli.inputs import STDIN, Found
from cleanpage.cli.options import printable
from cleanpage.cli.work import Form, Outcome
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
def open_output(out: str | None, form: Form, found: Found) -> Iterator[Write]:
    """Give what writes the articles to ``-o``; raise CleanpageError if that is one of the pages."""
    inputs = frozenset(map(os.path.abspath, found.pages))
    if is_folder(out):
        assert out is not None
        yield partial(_write_file, Path(out), form.suffix, found.base, inputs)
        return
    if out is not None and os.path.abspath(out) in inputs:
        raise CleanpageError(f"-o {out} would overwrite a page that is to be cleaned; give another name")
    with _OneFile(out, form.around if found.several else ("", "", "")) as file:
        yield file.write


class _OneFile:
    """Standard output, or a file that is opened with the first article: a run without any leaves it as it was."""

    def __init__(self, path: str | None, around: tuple[str, str, str]) -> None:
        self._path = path
        self._before, self._between, self._behind = around
        self._stream: TextIO | None = None

    def write(self, outcome: Outcome) -> None:
        """Write one article."""
        first = self._stream is None
        if self._stream is None:
            self._stream = sys.stdout if self._path is None else _open(Path(self._path))
        self._put((self._before if first else self._between) + outcome.text)

    def _put(self, text: str) -> None:
        assert self._stream is not None
        self._stream.write(printable(text, self._stream.encoding))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._stream is None and self._path is None and self._before:
            self._stream = sys.stdout
            self._put(self._before)
        if self._stream is not None:
            if kind is None:
                self._put(self._behind)
            if self._path is not None:
                self._stream.close()


def _write_file(folder: Path, suffix: str, base: str, inputs: frozenset[str], outcome: Outcome) -> str | None:
    own = outcome.place or outcome.name
    name = "stdin" if own == STDIN else os.path.relpath(os.path.abspath(own), base)
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
