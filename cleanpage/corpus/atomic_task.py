"""What a task leaves on disk: the folder that it makes, there wholly or not at all, and a mark that it is alive."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


def mark_of(out: Path) -> Path:
    """Return the file by which the task that makes ``out`` shows that it has begun, and is alive."""
    return out.with_name(f"{out.name}.mark")


def begin(out: Path) -> int:
    """Show that the task which makes ``out`` begins; return how often it has begun before."""
    mark = mark_of(out)
    with mark.open("ab") as file:
        file.write(b".")
    return mark.stat().st_size - 1


def beat(out: Path) -> None:
    """Show that the task which makes ``out`` is alive."""
    mark_of(out).touch()


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
