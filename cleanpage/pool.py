"""Worker processes for calls that may end their process: by a signal, for want of memory, or never returning.

A worker is a Python of its own that reads calls from its standard input and writes answers to its standard output, so
it needs neither a fork nor the ``__main__`` of its parent: a script without ``if __name__ == "__main__"``, a notebook
and a process full of threads may all start one.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from queue import SimpleQueue
from signal import Signals
from types import TracebackType
from typing import IO, Any, Self

from cleanpage.errors import LostError

START = 120.0
"""Seconds that a process may take to start and to import the function, if calls are limited."""
END = 10.0
"""Seconds that a process which has closed its end of a pipe may take to end by itself."""
IN_FLIGHT = 4
"""Calls a worker that are handed out or wait to be taken; so many answers are held at most."""
_BEGUN = b"begun"
_PROGRAM = (
    "import pickle, sys; calls = open(0, 'rb', closefd=False); sys.path[:], memory = pickle.load(calls);"
    " from cleanpage.pool import serve; serve(calls, memory)"
)


class Worker:
    """Calls functions in a process of its own, which is started anew when a call has ended it.

    ``limit`` bounds the seconds of one call, ``memory`` the bytes that the process may allocate (not on Windows);
    beyond them a call fails with LostError or MemoryError.
    """

    def __init__(self, limit: float | None = None, memory: int | None = None) -> None:
        self._limit, self._memory = limit, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._late = self._closed = False

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
            with self._bounded(process, START):
                _read(process.stdout)
            with self._bounded(process, self._limit):
                answer = _read(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            late, how = self._late, self._end()
            raise LostError(f"it took longer than {self._limit:g} seconds" if late else how) from None
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
        self._process, self._late = process, False
        if self._closed:  # by another thread, while it was being started
            process.kill()
        with suppress(OSError):  # the call will say how it ended
            pickle.dump((sys.path, self._memory), process.stdin)  # type: ignore[arg-type]
        return process

    @contextmanager
    def _bounded(self, process: subprocess.Popen[bytes], seconds: float | None) -> Iterator[None]:
        """End the process if what is done in the context takes longer; ``seconds`` count if calls are limited."""
        if self._limit is None:
            yield
            return

        def end() -> None:
            self._late = True
            process.kill()

        timer = threading.Timer(seconds or self._limit, end)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

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
        if status < 0:
            return f"its process was ended by signal {-status} ({Signals(-status).name})"
        return f"its process ended itself with status {status}"


def _close(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):  # what was not sent to a process that is gone
            stream.close()  # type: ignore[union-attr]


def call_in_order(
    function: Callable[..., Any], items: Iterable[tuple[Any, ...]], workers: int
) -> Iterator[Any | Exception]:
    """Yield what a function of a module returns for each of ``items``, its arguments, in order.

    What a call raises, and LostError for one that ended its process, come as values. ``items`` are taken as they are
    needed, ``IN_FLIGHT`` a worker ahead of what was yielded. If the iterator is closed, or the caller interrupted, the
    processes are ended at once.
    """
    made: list[Worker] = []
    own = threading.local()

    def call(arguments: tuple[Any, ...]) -> Any:
        if not hasattr(own, "worker"):
            own.worker = Worker()
            made.append(own.worker)
        return own.worker.call(function, *arguments)

    waiting: deque[Future[Any]] = deque()
    threads = ThreadPoolExecutor(workers)
    try:
        remaining = iter(items)
        while True:
            ahead = islice(remaining, workers * IN_FLIGHT - len(waiting))
            waiting.extend(threads.submit(call, arguments) for arguments in ahead)
            if not waiting:
                return
            answer = waiting[0]
            error = answer.exception()
            yield answer.result() if error is None else error
            waiting.popleft()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in made:
            worker.close()
        threads.shutdown()


def serve(stream: IO[bytes], memory: int | None) -> None:
    """Answer the calls that come on standard input until it ends: what a worker process runs."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a function prints is no answer
    if memory is not None:
        with suppress(ImportError):  # there is none on Windows
            import resource

            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    calls: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(stream, calls), daemon=True).start()
    while True:
        call = calls.get()
        try:
            function, arguments = pickle.loads(call)
            _write(out, _BEGUN)
            answer = pickle.dumps((True, function(*arguments)))
        except Exception as error:
            answer = pickle.dumps((False, error))
        _write(out, answer)


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
