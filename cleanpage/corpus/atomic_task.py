"""What a task leaves on disk: the folder that it makes, there wholly or not at all, and a count of pages on the way."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

COUNT = ".pages"
"""Ends the name of the file whose length is the number of pages that the task beside it has done."""


@contextmanager
def made_whole(out: Path) -> Iterator[Path]:
    """Give a folder to write to that becomes ``out`` when all is written.

    Two processes may do the same task, if one was thought dead: the first to be ready stays.
    """
    made = out.with_name(f"{out.name}.{uuid4().hex}.tmp")
    made.mkdir(parents=True)
    try:
        yield made
        try:
            made.rename(out)
        except OSError:
            if not out.is_dir():
                raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def finished(folder: Path) -> list[Path]:
    """Return the folders in this one that tasks have made, in the order of their names."""
    return [path for path in sorted(folder.iterdir()) if path.is_dir() and not path.suffix]


@contextmanager
def counted(out: Path) -> Iterator[Callable[[int], None]]:
    """Give what counts the pages that the task which makes ``out`` has done."""
    with out.with_name(out.name + COUNT).open("wb", buffering=0) as file:

        def count(pages: int) -> None:
            file.write(bytes(pages))

        yield count


def pages_done(folder: Path) -> int:
    """Return how many pages the tasks have done that make the folders in this one."""
    with os.scandir(folder) as entries:
        return sum(entry.stat().st_size for entry in entries if entry.name.endswith(COUNT))
