"""The one place that knows the engine: run a kernel over many tasks, in processes of Daft, in a child of our own.

The engine spreads tasks over processes; data pass through files. A kernel reads its part from disk, writes to a
temporary folder, and renames that when it is complete: so nothing is held in the engine's memory, a part is there
wholly or not at all, and whether a run has succeeded is read from the folders, not from an exit status.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic, sleep

from cleanpage.errors import CleanpageError

TRIES = 2
"""A child that dies (Daft fails the whole query when a function's process is killed) is started so often."""
STALL = 600.0
"""Seconds without a finished task after which a child is taken for hung and killed."""
POLL = 0.05
QUIET = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "true",
    "DAFT_PROGRESS_BAR": "0",
}
"""Daft sends telemetry unless told not to; its bar would stand beside ours."""

Task = tuple[str, str]
"""What a kernel is given: where its input lies, and the folder that is there when it is done."""


def run_tasks(
    kernel: str, tasks: Sequence[Task], *, workers: int, stall: float, seen: Callable[[int, int], None]
) -> None:
    """Call ``kernel`` (``module:function``) with each task whose folder is not there yet.

    ``seen`` is told how many tasks are done, of how many. Raises CleanpageError if some stay undone.
    """
    for _ in range(TRIES):
        left = _undone(tasks)
        if left:
            _watch(_start(kernel, left, workers), tasks, stall, seen)
    if left := _undone(tasks):
        names = ", ".join(Path(out).name for _, out in left[:5])
        raise CleanpageError(
            f"{len(left)} of {len(tasks)} parts could not be finished ({names}): see the messages above"
        )


def _undone(tasks: Sequence[Task]) -> list[Task]:
    return [task for task in tasks if not Path(task[1]).is_dir()]


def _start(kernel: str, tasks: Sequence[Task], workers: int) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", "from cleanpage.corpus.engine import work; work()"],
        stdin=subprocess.PIPE, text=True, env={**os.environ, **QUIET}, start_new_session=True,
    )  # fmt: skip
    assert child.stdin
    with child.stdin:
        json.dump({"kernel": kernel, "tasks": tasks, "workers": workers}, child.stdin)
    return child


def _watch(child: subprocess.Popen[str], tasks: Sequence[Task], stall: float, seen: Callable[[int, int], None]) -> None:
    """Wait until the child ends; kill it if nothing gets done for so long, or when we are interrupted."""
    done, since = -1, monotonic()
    try:
        while child.poll() is None:
            now = len(tasks) - len(_undone(tasks))
            if now != done:
                done, since = now, monotonic()
                seen(done, len(tasks))
            if monotonic() - since > stall:
                break
            sleep(POLL)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, 9)
        child.wait()
    seen(len(tasks) - len(_undone(tasks)), len(tasks))


def work() -> None:
    """Run the tasks that standard input names: the body of the child process."""
    job = json.load(sys.stdin)
    import daft

    @daft.cls(max_concurrency=job["workers"], use_process=True)
    class Kernel:
        def __init__(self, kernel: str) -> None:
            from importlib import import_module

            module, _, name = kernel.partition(":")
            self.call = getattr(import_module(module), name)

        @daft.method(return_dtype=daft.DataType.string())  # type: ignore[untyped-decorator]
        def run(self, source: str, out: str) -> str:
            self.call(source, out)
            return out

    sources, outs = zip(*job["tasks"], strict=True)
    frame = daft.from_pydict({"source": list(sources), "out": list(outs)}).into_batches(1)
    kernel = Kernel(job["kernel"])
    frame.with_column("done", kernel.run(daft.col("source"), daft.col("out"))).collect()
