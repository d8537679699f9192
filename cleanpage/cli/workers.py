"""Clean many pages, in this process or in several; the outcomes come in the order of the pages."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice

from cleanpage.cli.inputs import STDIN
from cleanpage.cli.work import Outcome, Recipe, clean_file

IN_FLIGHT = 4
"""Pages a worker that are handed out or wait to be written; so many outcomes are held at most."""

_Waiting = deque[tuple[str, Future[Outcome] | None]]


def clean_all(names: Iterable[str], recipe: Recipe, jobs: int) -> Iterator[Outcome]:
    """Yield what becomes of each page, in order, cleaned by ``jobs`` processes (1: by this one)."""
    if jobs == 1:
        return (clean_file(name, recipe) for name in names)
    return _in_workers(iter(names), recipe, jobs)


def _in_workers(names: Iterator[str], recipe: Recipe, jobs: int) -> Iterator[Outcome]:
    broken = True
    while broken:
        waiting: _Waiting = deque()
        broken = False
        try:
            with _workers(jobs) as executor:
                yield from _steadily(executor, names, waiting, recipe, jobs * IN_FLIGHT)
        except BrokenProcessPool:
            broken = True
        # A worker died. On which page nobody knows: those that were in flight are done again, one by one.
        yield from (_alone(name, recipe) for name, _ in waiting)


def _steadily(
    executor: ProcessPoolExecutor, names: Iterator[str], waiting: _Waiting, recipe: Recipe, in_flight: int
) -> Iterator[Outcome]:
    while True:
        for name in islice(names, in_flight - len(waiting)):
            # Standard input and pipes are open in this process only.
            shared = name != STDIN and os.path.isfile(name)
            waiting.append((name, _submit(executor, name, recipe) if shared else None))
        if not waiting:
            return
        name, future = waiting[0]
        outcome = future.result() if future else clean_file(name, recipe)
        waiting.popleft()
        yield outcome


def _submit(executor: ProcessPoolExecutor, name: str, recipe: Recipe) -> Future[Outcome]:
    try:
        return executor.submit(clean_file, name, recipe)
    except BrokenProcessPool as error:
        failed: Future[Outcome] = Future()
        failed.set_exception(error)
        return failed


def _alone(name: str, recipe: Recipe) -> Outcome:
    try:
        with _workers(1) as executor:
            return executor.submit(clean_file, name, recipe).result()
    except BrokenProcessPool:
        return Outcome(name, error=f"{name}: the process that cleaned this page was killed (out of memory?)")


@contextmanager
def _workers(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Give worker processes; if the run ends early they are ended at once, whatever they are at."""
    # A fork of this process would inherit its threads' locks; a fork server has none, and the package loaded.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([clean_file.__module__])
    others = multiprocessing.active_children()
    executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start)
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            if child not in others:
                child.terminate()
        raise
    executor.shutdown()


def _start() -> None:
    """Leave Ctrl-C to the parent, and end with it: a worker that waits for work would outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
