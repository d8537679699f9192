"""Worker processes for calls that may end their process: by a signal, for want of memory, or never returning.

A worker is a Python of its own that reads calls from its standard input and writes answers to its standard output, so
it needs neither a fork nor the ``__main__`` of its parent: a script without ``if __name__ == "__main__"``, a notebook
and a process full of threads may all start one.

Ours and not one of the kept ones, measured with calls of which some crash or never return: loky (3.7) fails all pending
calls when one ends its process, and cannot name the one that did; pebble (5.2) names it, but bounds calls by the wall
clock, and with ``spawn`` needs the guard in the script. 5,000 empty calls with two workers: 1.4 s of CPU, pebble 0.8.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from importlib.abc import MetaPathFinder
from itertools import islice
from queue import SimpleQueue
from signal import Signals
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from cleanpage.errors import LostError

END = 10.0
"""Seconds that a process which has closed its end of a pipe may take to end by itself."""
IN_FLIGHT = 4
"""Calls a worker that are handed out or wait to be taken; so many answers are held at most."""
_PROGRAM = (
    "import pickle; calls = open(0, 'rb', closefd=False); import sys; sys.path[:], limits = pickle.load(calls);"
    " from cleanpage.pool import answer_calls; answer_calls(calls, limits)"
)


class Limits(NamedTuple):
    """What one call may take, by its work and not by what else the machine does. Not on Windows."""

    cpu: float = 60.0
    """Seconds of CPU; beyond, the process is ended. A page of 5,000 blocks, the most by default, takes about one."""
    memory: int = 2 * 1024**3
    """Bytes that the process may take beside those that it holds; beyond, the call fails with a MemoryError."""
    clock: float = 600.0
    """Seconds on the clock, for calls that wait for something: others get to the end of their CPU before."""

    def __str__(self) -> str:
        return f"{self.cpu:g} seconds of CPU, {self.clock:g} on the clock"


@contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Hold what is done in the context to the limits: by ending this process, or by a MemoryError."""
    if sys.platform == "win32":
        yield
        return
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_DATA)
    most = limits.memory + _held() * resource.getpagesize()
    most = most if before[1] == resource.RLIM_INFINITY else min(most, before[1])
    resource.setrlimit(resource.RLIMIT_DATA, (most, before[1]))
    signal.setitimer(signal.ITIMER_PROF, limits.cpu)
    signal.setitimer(signal.ITIMER_REAL, limits.clock)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _held() -> int:
    """Return the pages of memory that count for RLIMIT_DATA; libraries may hold a gigabyte that they never touch."""
    try:
        file = os.open("/proc/self/statm", os.O_RDONLY)  # a third of the time of ``open``
    except OSError:  # not on Linux
        return 0
    try:
        return int(os.read(file, 200).split()[5])
    finally:
        os.close(file)


class Worker:
    """Calls functions in a process of its own, which is started anew when a call has ended it.

    A call beyond ``limits`` fails with LostError or MemoryError.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return what a function of a module returns; raise what it raises, and LostError if it ended its process."""
        call = pickle.dumps((function, arguments))
        process = self._process or self._start()
        try:
            _write(process.stdin, call)
            answer = _read(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            raise LostError(self._end()) from None
        done, value = pickle.loads(answer)
        if done:
            return value
        raise value

    def close(self) -> None:
        """End the process, whatever it is at; another thread that waits for it gets a LostError."""
        self._closed = True
        if (process := self._process) is not None:
            process.kill()
            process.wait()
            _close(process)

    def _start(self) -> subprocess.Popen[bytes]:
        # A group of its own: Ctrl-C reaches the parent alone, which ends its workers.
        group: dict[str, Any] = (
            {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
            if sys.platform == "win32"
            else {"process_group": 0}
        )
        command = [sys.executable, "-c", _PROGRAM]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **group)
        self._process = process
        if self._closed:  # by another thread, while it was being started
            process.kill()
        with suppress(OSError):  # the call will say how it ended
            pickle.dump((sys.path, self._limits and tuple(self._limits)), process.stdin)  # type: ignore[arg-type]
        return process

    def _end(self) -> str:
        """Forget the process and return how it ended."""
        process, self._process = self._process, None
        assert process is not None
        try:
            status = process.wait(END)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        _close(process)
        if status >= 0:
            return f"its process ended itself with status {status}"
        name = Signals(-status).name
        if self._limits and name in ("SIGPROF", "SIGALRM"):
            return f"it did not end within {self._limits}"
        return f"its process was ended by signal {-status} ({name})" + " (out of memory?)" * (name == "SIGKILL")


def _close(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):  # what was not sent to a process that is gone
            stream.close()  # type: ignore[union-attr]


class Pool(Executor):
    """Worker processes behind the interface of ``concurrent.futures``, kept until it is shut down.

    A call that ends its process fails with LostError, and costs nothing but itself. A process is started when a call
    finds none that is idle.
    """

    def __init__(self, workers: int, limits: Limits | None = None) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(workers)
        self._own = threading.local()
        self._made: list[Worker] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:  # type: ignore[override]
        """Return the future of a call of a function of a module."""
        return self._threads.submit(self._call, function, arguments)

    def _call(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        if not hasattr(self._own, "worker"):
            self._own.worker = Worker(self._limits)
            self._made.append(self._own.worker)
        return self._own.worker.call(function, *arguments)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """End the processes at once, whatever they are at: who wants answers takes them before."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._made:
            worker.close()
        self._threads.shutdown()


def call_in_order(
    function: Callable[..., Any], items: Iterable[tuple[Any, ...]], workers: int
) -> Iterator[Any | Exception]:
    """Yield what a function of a module returns for each of ``items``, its arguments, in order.

    What a call raises, and LostError for one that ended its process or went beyond ``Limits()``, come as values.
    ``items`` are taken as they are needed, ``IN_FLIGHT`` a worker ahead of what was yielded. If the iterator is closed,
    or the caller interrupted, the processes are ended at once.
    """
    waiting: deque[Future[Any]] = deque()
    with Pool(workers, Limits()) as pool:
        remaining = iter(items)
        while True:
            ahead = islice(remaining, workers * IN_FLIGHT - len(waiting))
            waiting.extend(pool.submit(function, *arguments) for arguments in ahead)
            if not waiting:
                return
            error = waiting[0].exception()
            yield waiting[0].result() if error is None else error
            waiting.popleft()


class _WithoutPandas(MetaPathFinder):
    """Lets pandas seem absent: where it is installed, pyarrow imports it to see that a list is no series, .2 s of CPU.

    A None in ``sys.modules`` is no way: pyarrow 25 takes it for the module, and its first call fails.
    """

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("pandas is not used in worker processes", name=fullname)


def answer_calls(stream: IO[bytes], limits: tuple[float, int, float] | None) -> None:
    """Answer the calls that come on standard input until it ends: what a worker process runs."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a function prints is no answer
    sys.meta_path.insert(0, _WithoutPandas())
    calls: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(stream, calls), daemon=True).start()
    _write(out, _answer(calls.get(), limits and Limits(*limits)))
    gc.freeze()  # what the first call has imported stays: the collector need not visit it again and again
    while True:
        _write(out, _answer(calls.get(), limits and Limits(*limits)))


def _answer(call: bytes, limits: Limits | None) -> bytes:
    """Return whether a call succeeded, and what it returned or raised."""
    try:
        function, arguments = pickle.loads(call)
        with bounded(limits) if limits else nullcontext():
            return pickle.dumps((True, function(*arguments)))
    except Exception as error:
        return pickle.dumps((False, error))


def _listen(stream: IO[bytes], calls: SimpleQueue[bytes]) -> None:
    """Hand on the calls; end the process with its parent, which closes the pipe, also in the middle of a call."""
    try:
        while True:
            calls.put(_read(stream))
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(0)


def _write(stream: IO[bytes] | None, message: bytes) -> None:
    assert stream is not None
    pickle.dump(message, stream)
    stream.flush()


def _read(stream: IO[bytes] | None) -> bytes:
    assert stream is not None
    message: bytes = pickle.load(stream)
    return message
