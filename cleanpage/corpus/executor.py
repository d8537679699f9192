"""Where the tasks of a run are done: worker processes of this machine, or of a Ray cluster.

Both are a ``concurrent.futures.Executor`` (as datatrove has it: the same tasks here and there). Data pass through
files: a task reads its part from disk, writes to a temporary folder, and renames that when it is complete; so a part is
there wholly or not at all, and what is left to do is read from the folders.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from cleanpage.errors import CleanpageError
from cleanpage.pool import Limits, Pool, Worker, bounded
from cleanpage.values import frozen

NATIVE, RAY = "native", "ray"
TASK_TRIES = 3
"""Times that a task is begun at most."""
EVERY = 1.0
"""Seconds between two looks at how far the tasks are."""
LIMITS = Limits()
"""What one page may take."""

Task = tuple[str, str]
"""What a function is given: where its input lies, and the folder that is there when it is done."""
Call = Callable[..., Any]
"""Calls a function with arguments, within ``LIMITS``."""


@frozen
class Engine:
    """Where tasks run."""

    name: str = NATIVE
    """``native``: processes of this machine; ``ray``: those of a Ray cluster, which sees the same files."""
    address: str | None = None
    """Of the cluster, as for ``ray.init``; without one it is looked for here, or started."""
    workers: int = 2
    """Processes; on a cluster as many as it has cores, whatever is said here."""

    def __post_init__(self) -> None:
        if self.name not in (NATIVE, RAY):
            raise CleanpageError(f"there is no engine {self.name!r}: give {NATIVE} or {RAY}")
        if self.address and self.name != RAY:
            raise CleanpageError(f"an address is that of a Ray cluster: give engine {RAY!r} with it")
        if self.workers < 1:
            raise CleanpageError(f"workers is a number of processes, at least 1; got {self.workers!r}")

    def open(self) -> Executor:
        """Return what does the tasks; it is to be shut down."""
        return RayPool(self.address) if self.name == RAY else Pool(self.workers)


class RayPool(Executor):
    """The cores of a Ray cluster; a call whose process or node is lost fails, and is not begun anew by Ray."""

    def __init__(self, address: str | None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it sends telemetry unless told not to
        import ray

        self._ray = ray
        ray.init(address, log_to_driver=False, logging_level="error")
        self._call = ray.remote(max_retries=0)(_call_remote)

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:  # type: ignore[override]
        """Return the future of a call of a function of a module."""
        future: Future[Any] = self._call.remote(function, *arguments).future()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """Leave the cluster, which ends what it does for us."""
        self._ray.shutdown()


def _call_remote(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


@contextmanager
def guard(*, apart: bool) -> Iterator[Call]:
    """Give what calls functions within ``LIMITS``: in this process, which a call may end, or ``apart``, in another one.

    What runs out of memory here is called again there, so the outcome does not hang on what else this process holds.
    """
    with Worker(LIMITS) as worker:

        def call(function: Callable[..., Any], *arguments: Any) -> Any:
            if not apart:
                try:
                    with bounded(LIMITS):
                        return function(*arguments)
                except MemoryError:
                    pass
            return worker.call(function, *arguments)

        yield call


def run_tasks(
    pool: Executor,
    function: str,
    tasks: Sequence[Task],
    seen: Callable[[], None] = lambda: None,
    *,
    apart: bool = False,
) -> None:
    """Call ``function`` (``module:name``) with each task whose folder is not there yet, until all are there.

    A task that failed is begun again when the others are done, with ``apart=True`` if ``apart`` tells that the function
    takes that: its page may be why a process died. ``seen`` is called every second, and at the end. Raises
    CleanpageError if some tasks stay undone.
    """
    left = [task for task in tasks if not Path(task[1]).is_dir()]
    errors: list[str] = []
    for tries in range(TASK_TRIES):
        doing = {pool.submit(_do, function, apart and tries > 0, *task) for task in left}
        waiting = doing
        while waiting:
            _, waiting = wait(waiting, EVERY)
            seen()
        errors = [f"{type(error).__name__}: {error}" for future in doing if (error := future.exception())]
        left = [task for task in left if not Path(task[1]).is_dir()]
    if left:
        names = ", ".join(Path(out).name for _, out in left[:5])
        why = "\n".join(dict.fromkeys(errors[:5]))
        raise CleanpageError(f"{len(left)} of {len(tasks)} tasks could not be finished ({names}):\n{why}")


def _do(function: str, apart: bool, source: str, out: str) -> None:
    called = resolve_name(function)
    called(source, out, apart=True) if apart else called(source, out)
