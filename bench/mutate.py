"""Real pages made worse, as text, HTML and bytes: ``python -m bench.mutate [--pages N] [--findings DIR]``.

Each is cleaned and asked for every invariant (``tests.oracles``); what breaks one is written to DIR as a case for
``python -m tests.fuzz.find``. The slowest page of a size class (pages of one kind within a factor of two) may take SLOW
times the class's median. Page N of a seed is always the same one: ``--first N`` goes on where a run was broken off,
which sums up what it had done. Exit status 1 if anything broke or was slower.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeAlias

from bench.data import ABSENT, FLATTENINGS, Page, load_pages, present, set_names
from bench.report import print_columns
from cleanpage import clean_page
from cleanpage.cli.progress import Lines
from tests.fuzz.case import Case
from tests.fuzz.find import Findings
from tests.fuzz.mutations import ENCODINGS, mutated

SLOW = 50.0
"""Most times the median of its size class that a page may take."""
LONGEST = 100_000
"""Characters that a page is cut to."""
LEAST = 20
"""Pages of the smallest class that is judged."""
SizeClass: TypeAlias = tuple[str, int]
"""What a page is given as, and the bits of its length."""
WAYS = (*FLATTENINGS, "html", "bytes")


def cases(pages: Sequence[Page], numbers: Iterable[int], seed: int) -> Iterator[tuple[int, str, Case]]:
    """Yield the mutated pages of these numbers, each with what it was given as."""
    others = [page.texts["inscriptis"] for page in pages[:: max(1, len(pages) // 100)]]
    for number in numbers:
        chance = Random(f"{seed} {number}")
        page, way = chance.choice(pages), WAYS[number % len(WAYS)]
        raw = page.html if way in ("html", "bytes") else page.texts[way]
        case = Case(raw.encode(chance.choice(ENCODINGS), "ignore")) if way == "bytes" else Case(raw)
        yield number, way, mutated(case, others, chance, longest=LONGEST)


def seconds(case: Case) -> float:
    """Return the CPU seconds that cleaning takes."""
    start = time.process_time()
    clean_page(case.raw, **case.arguments)
    return time.process_time() - start


@dataclass(slots=True)
class Run:
    """What has been found so far."""

    findings: Findings
    done: int = 0
    """Pages looked at."""
    broken: int = 0
    """Those that broke an invariant."""
    classes: dict[SizeClass, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    """CPU seconds and number of each of the others."""

    def look(self, number: int, way: str, case: Case) -> None:
        """Ask a page for every invariant, and for its time if it keeps them."""
        if self.findings.look(case):
            print(f"page {number}, {way}", flush=True)
            self.broken += 1
        else:
            kind = way if way in ("html", "bytes") else "text"
            self.classes[kind, len(case.raw).bit_length()].append((seconds(case), number))
        self.done += 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutate", description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, metavar="N", help="number of the first page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=Path("findings"))
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    options.findings.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    pages = [page for name in set_names() for page in load_pages(name, html=True)]
    progress = Lines(options.pages)
    run = Run(Findings(options.findings))
    try:
        for number, way, case in cases(pages, range(options.first, options.first + options.pages), options.seed):
            run.look(number, way, case)
            progress.step()
    except KeyboardInterrupt:
        print(f"broken off; --first {options.first + run.done} goes on")
    slow = show(run.classes)
    print(f"{run.done} pages: {run.broken} broke an invariant; of {slow} size classes one took over {SLOW:g} medians")
    return 1 if run.broken or slow else 0


def show(classes: Mapping[SizeClass, Sequence[tuple[float, int]]]) -> int:
    """Print a row a size class; return how many hold a page that is too slow."""
    rows, slow = [], 0
    for (kind, bits), times in sorted(classes.items()):
        median, (most, number) = statistics.median(taken for taken, _ in times), max(times)
        ratio = most / max(median, 1e-6)
        slow += len(times) >= LEAST and ratio > SLOW
        figures = (f"{value:.2f}" for value in (1e3 * median, 1e3 * most, ratio))
        rows.append((kind, str(1 << bits >> 1), str(len(times)), *figures, str(number)))
    print_columns(("kind", "from", "pages", "median ms", "max ms", "ratio", "slowest"), rows, words=2)
    return slow


if __name__ == "__main__":
    sys.exit(main())
