"""How far a run is, on standard error: a bar of tqdm where it is installed, else a line every few seconds."""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from cleanpage.cli.options import say

INTERVAL = 5.0
"""Seconds between two lines."""


class ProgressReport(Protocol):
    """Reports of a run's progress."""

    def step(self) -> None:
        """Count one page."""

    def say(self, message: str) -> None:
        """Print a line about a page."""


class Silent:
    """Counts nothing, but lets lines through."""

    def step(self) -> None:
        """Count nothing."""

    def say(self, message: str) -> None:
        """Print a line about a page."""
        say(message)


class Lines(Silent):
    """A line every ``INTERVAL`` seconds: pages done, rate, time left."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._done = 0
        self._began = self._said = time.monotonic()

    def step(self) -> None:
        """Count one page."""
        self._done += 1
        now = time.monotonic()
        if now - self._said >= INTERVAL:
            self._said = now
            rate = self._done / (now - self._began)
            if self._total is None:
                say(f"{self._done} pages, {rate:.0f} a second")
            else:
                left = (self._total - self._done) / rate
                say(f"{self._done} of {self._total} pages, {rate:.0f} a second, {left:.0f} s left")


class Bar:
    """A bar of tqdm; it gives way to lines about pages."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def step(self) -> None:
        """Count one page."""
        self._bar.update()

    def say(self, message: str) -> None:
        """Print a line about a page."""
        with self._bar.external_write_mode():
            say(message)


@contextmanager
def progress(total: int | None, *, shown: bool) -> Iterator[ProgressReport]:
    """Return the reporter of a run over ``total`` pages; None if their number is unknown."""
    if not shown:
        yield Silent()
        return
    tqdm: Any = None
    with suppress(ModuleNotFoundError):
        tqdm = importlib.import_module("tqdm").tqdm
    if tqdm is None:
        yield Lines(total)
        return
    with tqdm(total=total, unit=" pages", desc="cleanpage", dynamic_ncols=True) as bar:
        yield Bar(bar)
