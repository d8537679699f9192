"""What hostile pages cost: ``python -m bench.hostile [--kind WORD] [--size N] [--pages N]``.

Each kind is cleaned at a sixteenth, a fourth and all of the size, each kind in a process of its own. A line a kind: CPU
seconds at each size, the larger of the two exponents of their growth, CPU seconds a MB and MB of memory at the largest.
Where one is too large the page may only have become long enough for one more part of the work (a body is found, copies
go): the step to four times the size, without ``max_blocks``, decides, as growth proper goes on.
Then N pages in one process, which must not grow. Exit status 1 if a bound is broken.
"""

from __future__ import annotations

import argparse
import gc
import math
import multiprocessing
import resource
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bench.hostile.kinds import KINDS, Kind, page
from cleanpage import Config, build_info, clean_page
from tests.fuzz.find import seeds

EXPONENT, SECONDS = 1.15, 1.0 if build_info().compiled else 6.0
"""Most that time may grow as a power of the size, and CPU seconds a MB at the largest."""
FACTOR, FIXED, BLOCK = 40, 30.0, 2.5 / 1024
"""Memory: times the page, MB, and MB a line or tag, of which ``Config.max_blocks`` count."""
SIZE, SIZES, STEP = 400_000, 3, 4
"""Characters of the largest page, how many there are, and how many times as many each has as the one before."""
NOISE = 0.03
"""CPU seconds from which on a time says something."""
GROWTH = 10.0
"""MB by which a process may grow between the first tenth of many pages and the last."""
MOST_MEMORY = 6 << 30
"""Bytes that the process of a kind may take: what takes all that there is would be killed, and waited for for ever."""
_DEFAULT = Config()


class Cost(NamedTuple):
    """What a kind costs at the three sizes."""

    seconds: list[float]
    megabytes: float
    """Size of the largest page."""
    memory: float
    """MB that the largest adds to what the process had."""
    blocks: int
    """Lines and tags of it, as many as are read."""
    beyond: float = math.inf
    """The exponent of the step to ``STEP`` times the size, where it was measured."""

    @property
    def exponent(self) -> float:
        """The larger exponent of the steps that begin above ``NOISE``; not a number if none does."""
        steps = [math.log(b / a, STEP) for a, b in pairwise(self.seconds) if a > NOISE]
        return max(steps, default=math.nan)

    def faults(self) -> list[str]:
        """Return the bounds that it breaks."""
        broken = {
            "growth": min(self.exponent, self.beyond) > EXPONENT,
            "time": self.seconds[-1] > SECONDS * self.megabytes,
            "memory": self.memory > FACTOR * self.megabytes + FIXED + BLOCK * self.blocks,
        }
        return [name for name, is_broken in broken.items() if is_broken]


def cost(kind: Kind, size: int) -> Cost:
    """Return what a kind costs, in this process."""
    clean_page(page(kind, 2_000))
    seconds = [_seconds(page(kind, size // STEP**back)) for back in range(SIZES - 1, 0, -1)]
    raw = page(kind, size)
    with open("/proc/self/clear_refs", "w", encoding="ascii") as reset:
        reset.write("5")  # the peak begins anew
    before = _held("VmRSS")
    seconds.append(_seconds(raw))
    memory = _held("VmHWM") - before
    text = raw.decode("latin-1") if isinstance(raw, bytes) else raw
    breaks = sum(map(text.count, "\n\r\u2028<。"))
    length = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "surrogatepass"))
    return Cost(seconds, length / 1e6, memory, min(breaks, Config().max_blocks or breaks))


def _seconds(raw: str | bytes, config: Config = _DEFAULT) -> float:
    """Return the process CPU seconds of one call; the collector runs before, not within."""
    gc.collect()
    start = time.process_time()
    clean_page(raw, config=config)
    return time.process_time() - start


def _beyond(kind: Kind, size: int) -> float:
    """Return the exponent of the step from ``size`` to ``STEP`` times it, all blocks of either read."""
    small, large = (_seconds(page(kind, most), Config(max_blocks=None)) for most in (size, STEP * size))
    return math.log(large / small, STEP)


def _held(name: str) -> float:
    """Return a line of the process's status, in MB: ``VmRSS`` now, ``VmHWM`` at most."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name)) / 1024


def grown(count: int) -> float:
    """Return the MB by which this process grows while it cleans ``count`` pages, after the first tenth."""
    pages = [case.raw for case in seeds()]
    early = 0.0
    for number in range(count):
        raw = pages[number % len(pages)]
        mark = f"\n{number} says {number * 7919}.\n"
        clean_page(raw + (mark.encode() if isinstance(raw, bytes) else mark))
        if number == count // 10:
            early = _held("VmRSS")
    return _held("VmRSS") - early


def _measured(task: tuple[str, int]) -> Cost:
    """Return what a kind costs; one that breaks a bound is measured again, as other work on the machine may do that."""
    name, size = task
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    found = cost(KINDS[name], size)
    if not found.faults():
        return found
    again = cost(KINDS[name], size)
    seconds = list(map(min, found.seconds, again.seconds))
    found = found._replace(seconds=seconds, memory=min(found.memory, again.memory))
    return found._replace(beyond=_beyond(KINDS[name], size)) if "growth" in found.faults() else found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description=__doc__)
    parser.add_argument("--kind", default="", help="only kinds with this in their name")
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--pages", type=int, default=0, help="so many pages in one process, behind the kinds")
    options = parser.parse_args(arguments)
    names = [name for name in KINDS if options.kind in name]
    broken = 0
    print(f"{'kind':30}{'CPU seconds':>24}{'exponent':>10}{'beyond':>8}{'s/MB':>7}{'MB':>8}")
    with multiprocessing.Pool(1, maxtasksperchild=1) as pool:
        tasks = ((name, options.size) for name in names)
        for name, found in zip(names, pool.imap(_measured, tasks), strict=True):
            faults = found.faults()
            broken += bool(faults)
            seconds = "".join(f"{taken:8.3f}" for taken in found.seconds)
            rate = found.seconds[-1] / found.megabytes
            exponent = f"{found.exponent:10.2f}{f' ({found.beyond:.2f})' if found.beyond < math.inf else '':8}"
            print(f"{name:30}{seconds}{exponent}{rate:7.2f}{found.memory:8.1f}", *faults, flush=True)
    print(f"{broken} of {len(names)} kinds break a bound")
    if options.pages:
        growth = grown(options.pages)
        print(f"{options.pages} pages in one process: {growth:+.1f} MB")
        broken += growth > GROWTH
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
