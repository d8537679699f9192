"""One run at a time in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleanpage.errors import CleanpageError

LOCK_FILE = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for this process; raise CleanpageError if another one that is alive holds it.

    The kernel drops the lock of a process that has ended, however it ended (``flock``; also between the machines of an
    NFS), so the file of a dead one means nothing. Where there is no ``flock`` (Windows) nothing is held.
    """
    try:
        import fcntl
    except ModuleNotFoundError:
        yield
        return
    path = folder / LOCK_FILE
    while True:
        file = path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with file:
                file.seek(0)
                holder = file.read(20).strip() or "?"
            raise CleanpageError(
                f"another run, process {holder}, works in {folder}: wait for it, or give another folder"
            ) from None
        if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            break
        file.close()  # its holder has ended and taken the file away
    with file:
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        path.unlink(missing_ok=True)
