"""The one place that knows the engine: run a kernel over many tasks, in processes of Daft, here or on a Ray cluster.

The engine spreads tasks over processes; data pass through files. A kernel reads its part from disk, writes to a
temporary folder, and renames that when it is complete: so nothing is held in the engine's memory, a part is there
wholly or not at all, and whether a run has succeeded is read from the folders, not from an exit status. The engine
itself runs in a child of our own, which may die or hang: then another one does what is left.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from cleanpage.corpus.atomic_task import begin, mark_of
from cleanpage.errors import CleanpageError

TRIES = 3
"""Children that are started in turn without one finished task between them."""
MOST_BEGUN = 8
"""Ray begins a task anew whenever its process dies, without end: after so often it fails."""
STALL = 600.0
"""Seconds without a sign of life after which a task is taken for hung."""
POLL, SLOWEST_POLL = 0.05, 1.0
"""Seconds between two looks at the folders, at the beginning and at most."""
QUIET = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "true",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""Daft and Ray send telemetry unless told not to; Daft's bar would stand beside ours."""
NATIVE, RAY = "native", "ray"
COLUMNS = ("source", "out", "stage")
"""Of the engine's table, a row a task."""

Task = tuple[str, str]
"""What a kernel is given: where its input lies, and the folder that is there when it is done."""
Seen = Callable[[int, int], None]
"""Told how many tasks are done, of how many."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Where tasks run."""

    name: str = NATIVE
    """``native``: processes of this machine; ``ray``: those of a Ray cluster, which sees the same files."""
    address: str | None = None
    """Of the cluster, as for ``ray.init``; without one it is looked for here, or started."""
    workers: int = 2
    """Processes; on a cluster as many as it has cores, whatever is said here."""
    stall: float = STALL
    """Seconds without a sign of life after which a task is taken for hung."""

    def __post_init__(self) -> None:
        if self.name not in (NATIVE, RAY):
            raise CleanpageError(f"there is no engine {self.name!r}: give {NATIVE} or {RAY}")
        if self.address and self.name != RAY:
            raise CleanpageError(f"an address is that of a Ray cluster: give engine {RAY!r} with it")


def run_tasks(
    kernel: str, stages: Sequence[Sequence[Task]], engine: Engine, *, log: Path, seen: Seen, careful: str = ""
) -> None:
    """Call ``kernel`` (``module:function``) with each task whose folder is not there yet, one stage after the other.

    A task that begins again is done by ``careful``, if given: it may be why a process died. What a child says goes to
    the file ``log``. Raises CleanpageError if some tasks stay undone.
    """
    tasks = [task for stage in stages for task in stage]
    tries, left = 0, _undone(tasks)
    for _, out in left:
        if mark_of(Path(out)).exists():  # by an earlier run: once is what is known of it
            mark_of(Path(out)).write_bytes(b".")
    while left and tries < TRIES:
        with log.open("a", encoding="utf-8") as said:
            todo = [stage for stage in map(_undone, stages) if stage]
            _watch(_start((kernel, careful or kernel), todo, engine, said.fileno()), tasks, engine.stall, seen)
        before, left = left, _undone(tasks)
        tries = tries + 1 if len(left) == len(before) else 0
    if left:
        names = ", ".join(Path(out).name for _, out in left[:5])
        said_last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
        raise CleanpageError(f"{len(left)} of {len(tasks)} parts could not be finished ({names}):\n{said_last}")


def _undone(tasks: Sequence[Task]) -> list[Task]:
    return [task for task in tasks if not Path(task[1]).is_dir()]


def _start(kernels: tuple[str, str], stages: list[list[Task]], engine: Engine, said: int) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", "from cleanpage.corpus.engine import work; work()"],
        stdin=subprocess.PIPE, stdout=said, stderr=said, text=True, env={**os.environ, **QUIET}, start_new_session=True,
    )  # fmt: skip
    assert child.stdin
    job = {"kernels": kernels, "stages": stages, "engine": engine.name, "address": engine.address}
    with child.stdin:
        json.dump({**job, "workers": engine.workers}, child.stdin)
    return child


def _watch(child: subprocess.Popen[str], tasks: Sequence[Task], stall: float, seen: Seen) -> None:
    """Wait until the child ends, or a task hangs, or we are interrupted; what is left of its processes is killed."""
    done, began, pulse = -1, monotonic(), _Pulse(tasks, stall)
    try:
        while child.poll() is None:
            left = _undone(tasks)
            if len(tasks) - len(left) != done:
                done = len(tasks) - len(left)
                seen(done, len(tasks))
            if pulse.is_lost(left):
                break
            sleep(min(SLOWEST_POLL, max(POLL, (monotonic() - began) / 50)))
    finally:
        with suppress(ProcessLookupError):  # of a query that failed, workers wait on for the stage before theirs
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    seen(len(tasks) - len(_undone(tasks)), len(tasks))


class _Pulse:
    """Tells whether a task hangs. Marks are compared with themselves: the clocks of a cluster differ."""

    def __init__(self, tasks: Sequence[Task], stall: float) -> None:
        self._stall = stall
        self._last = monotonic()
        self._before = dict(self._marks(tasks))
        self._beats: dict[str, tuple[int, float]] = {}

    def is_lost(self, left: Sequence[Task]) -> bool:
        """Tell whether a task that has begun gave no sign for so long, or whether none has begun at all."""
        now, lost = monotonic(), False
        for out, beaten in self._marks(left):
            if self._before.get(out) == beaten:
                continue
            if self._beats.get(out, (0, 0.0))[0] != beaten:
                self._beats[out] = beaten, now
                self._last = now
            lost = lost or now - self._beats[out][1] > self._stall
        return lost or now - self._last > self._stall

    @staticmethod
    def _marks(left: Sequence[Task]) -> Iterator[tuple[str, int]]:
        for _, out in left:
            try:
                yield out, mark_of(Path(out)).stat().st_mtime_ns
            except OSError:  # it has not begun
                continue


def _end_with(parent: int) -> None:
    """End this process and all below it when its parent has ended: nobody would wait for what they do."""
    while os.getppid() == parent:
        sleep(SLOWEST_POLL)
    os.killpg(0, signal.SIGKILL)


def work() -> None:
    """Run the jobs that standard input names: the body of the child process."""
    job = json.load(sys.stdin)
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    import daft

    if job["engine"] == RAY:
        daft.set_runner_ray(job["address"])

    # A pool of fixed size may never fit again on a cluster that has lost a node, and the job would hang.
    native = {"max_concurrency": job["workers"], "use_process": True} if job["engine"] == NATIVE else {}

    first, again = job["kernels"]
    outs = [[out for _, out in tasks] for tasks in job["stages"]]

    @daft.cls(**native)
    class Kernel:
        @daft.method(return_dtype=daft.DataType.string())  # type: ignore[untyped-decorator]
        def run(self, source: str, out: str, stage: int) -> str:
            from importlib import import_module

            for needed in outs[stage - 1] if stage else ():
                while not Path(needed).is_dir():
                    sleep(POLL)
            begun = begin(Path(out))
            if begun > MOST_BEGUN:
                raise RuntimeError(f"{out} has been begun {begun} times")
            module, _, name = (again if begun else first).partition(":")
            getattr(import_module(module), name)(source, out)
            return out

    # Processes take a second to start, so all stages are one query; here tasks are begun in the order of the rows. A
    # cluster keeps none, and tasks that wait could hold all places of those that they wait for.
    rows = [[(*task, stage) for task in tasks] for stage, tasks in enumerate(job["stages"])]
    for query in rows if job["engine"] == RAY else [[row for tasks in rows for row in tasks]]:
        frame = daft.from_pydict(dict(zip(COLUMNS, map(list, zip(*query, strict=True)), strict=True)))
        done = Kernel().run(*map(daft.col, COLUMNS))
        frame.into_batches(1).with_column("done", done).collect()
