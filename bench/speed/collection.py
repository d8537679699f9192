"""Rate, CPU and memory of runs over made-up collections: ``python -m bench.speed.collection 10000 50000``.

Each size is one ``cleanpage corpus run`` in a process of its own. What all its processes hold together (proportional
set size, so that shared memory counts once) is looked at twice a second; above ``--cap`` they are killed and the size
has failed. CPU is that of all processes, so other jobs on the machine do not blur it; wall is what it is.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.speed.made_up import main as make_up

EVERY = 0.5
"""Seconds between two looks."""


class Cost(NamedTuple):
    """What a run took."""

    pages: int
    wall: float
    cpu: float
    peak: float
    """Megabytes of all processes together."""
    failed: str = ""

    def __str__(self) -> str:
        rates = f"{self.pages / self.wall:.0f} pages a second, {1000 * self.cpu / self.pages:.2f} CPU ms a page"
        told = f"{self.pages} pages: {self.wall:.0f} s, CPU {self.cpu:.0f} s, {rates}, peak {self.peak:.0f} MB"
        return f"{told}{f'; FAILED: {self.failed}' if self.failed else ''}"


def processes(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        below.setdefault(parent, []).append(int(stat.parent.name))
    waiting = [pid]
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += below.get(pid, [])


def megabytes(pid: int) -> float:
    """Return what a process and all below it hold."""
    total = 0
    for one in processes(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def watched(command: list[str], pages: int, cap: float) -> Cost:
    """Run a command and return what it took; kill it and all below it above ``cap`` megabytes."""
    began, before = time.monotonic(), _cpu()
    child = subprocess.Popen(command)
    peak, failed = 0.0, ""
    while child.poll() is None:
        held = megabytes(child.pid)
        if held > peak * 1.1:
            print(f"  {time.monotonic() - began:.0f} s: {held:.0f} MB", file=sys.stderr, flush=True)
        peak = max(peak, held)
        if held > cap and not failed:
            failed = f"more than {cap:.0f} MB"
            for pid in list(processes(child.pid)):
                os.kill(pid, signal.SIGKILL)
        time.sleep(EVERY)
    failed = failed or (f"exit status {child.returncode}" if child.returncode not in (0, 1) else "")  # 1: of pages
    return Cost(pages, time.monotonic() - began, _cpu() - before, peak, failed)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.collection", description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int, metavar="PAGES")
    parser.add_argument("--folder", type=Path, default=Path("made-up"), help="collections and runs lie there")
    parser.add_argument("--cap", type=float, default=4096, metavar="MB", help="of all processes together")
    known, options = parser.parse_known_args()
    known.folder.mkdir(parents=True, exist_ok=True)
    worst = 0
    for size in known.sizes:
        source, out = known.folder / f"{size}.jsonl.gz", known.folder / f"run-{size}"
        if not source.exists():
            make_up(size, str(source))
        if (out / "manifest.json").exists():
            shutil.rmtree(out)  # complete: made anew; one that broke off goes on
        command = [sys.executable, "-m", "cleanpage", "corpus", "run", str(source), "--out", str(out), *options]
        cost = watched(command, size, known.cap)
        print(cost, flush=True)
        worst = max(worst, bool(cost.failed))
        if not cost.failed:
            print("  " + json.dumps(json.loads((out / "manifest.json").read_text())["counts"]), flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
