"""A process of its own for a page that may take its process down: killed by a signal, out of memory, or without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cleanpage.corpus.atomic_task import beat
from cleanpage.pool import Worker

LIMIT = 60.0
"""Seconds that one call may take."""
MEMORY = 2 * 1024**3
"""Bytes that the process may allocate; beyond, the call fails with a MemoryError."""

Call = Callable[..., Any]
"""Calls a function with arguments: here, or under guard."""


def here(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in this process."""
    return function(*arguments)


@contextmanager
def under_guard(out: Path) -> Iterator[Call]:
    """Give what calls functions in another process; each call shows that the task which makes ``out`` is alive."""
    with Worker(LIMIT, MEMORY) as worker:

        def call(function: Callable[..., Any], *arguments: Any) -> Any:
            beat(out)
            return worker.call(function, *arguments)

        yield call
