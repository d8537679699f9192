"""A process of its own for work that may take its process down: killed by a signal, out of memory, or without end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cleanpage.corpus.atomic_task import beat

LIMIT = 60.0
"""Seconds that one call may take."""
START = 120.0
"""Seconds that a process may take to start and import."""
BEGUN = "begun"
MEMORY = 2 * 1024**3
"""Bytes that the process may allocate; beyond, the call fails with a MemoryError."""

Call = Callable[..., Any]
"""Calls a function with arguments: here, or under guard."""


class LostError(Exception):
    """The process did not survive the call; the message says how it ended."""


class Guard:
    """Calls functions in another process, which is started anew when one has ended it."""

    def __init__(self, limit: float = LIMIT, memory: int = MEMORY) -> None:
        self._limit, self._memory = limit, memory
        self._process: Any = None
        self._pipe: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return what a function of a module returns; raise what it raises, and LostError if it ended its process."""
        if self._process is None:
            self._start()
        self._pipe.send((function, arguments))
        begun = self._pipe.poll(START) and self._is_begun()
        if not self._pipe.poll(self._limit if begun else 0):
            self._end()
            raise LostError(f"it took longer than {self._limit:g} seconds")
        try:
            done, value = self._pipe.recv()
        except (EOFError, ConnectionError):
            raise LostError(self._end()) from None
        if done:
            return value
        raise value

    def _is_begun(self) -> bool:
        """Tell whether the process has understood the call; at its first it imports for a while."""
        try:
            return bool(self._pipe.recv() == BEGUN)
        except (EOFError, ConnectionError):
            return False

    def _start(self) -> None:
        # A fork would inherit the threads' locks; spawn begins anew.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._memory), daemon=True)
        self._process.start()
        theirs.close()

    def _end(self) -> str:
        """End the process; return how it ended, if it had."""
        if self._process is None:
            return ""
        self._pipe.close()
        self._process.join(1.0)
        self._process.kill()
        self._process.join()
        status, self._process = self._process.exitcode, None
        if status < 0:
            return f"its process was ended by signal {-status} ({signal.Signals(-status).name})"
        return f"its process ended itself with status {status}"


def _serve(pipe: Any, memory: int) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(ImportError):  # there is none on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    while True:
        try:
            function, arguments = pipe.recv()
        except EOFError:
            return
        pipe.send(BEGUN)
        try:
            answer = True, function(*arguments)
        except Exception as error:
            answer = False, error
        pipe.send(answer)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def here(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in this process."""
    return function(*arguments)


@contextmanager
def under_guard(out: Path) -> Iterator[Call]:
    """Give what calls functions in another process; each call shows that the task which makes ``out`` is alive."""
    with Guard() as guard:

        def call(function: Callable[..., Any], *arguments: Any) -> Any:
            beat(out)
            return guard.call(function, *arguments)

        yield call
