"""What ``find_repeats`` costs, beside segmentation: ``python -m bench.speed.repeats``.

Prints for the shared cases with a copy and without, and for real pages: median ms, the ratio to ``load_text`` on the
same page (median), and microseconds a character. Each page is timed five times, the fastest counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from statistics import median

from bench.data import ABSENT, load_pages, present
from bench.repeats import CASES, read_cases
from cleanpage.load.text import load_text
from cleanpage.repeats.stage import find_repeats

SETS = ("waddle-zh", "waddle-en", "magic-dev")
PAGES = 60
TIMES = 5


def seconds(call: Callable[[], object]) -> float:
    """Return the seconds of the fastest of some calls."""
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        call()
        found.append(time.perf_counter() - began)
    return min(found)


def report(name: str, pages: Iterable[str]) -> None:
    """Print one line."""
    taken, ratios, size = [], [], 0
    for page in pages:
        blocks = load_text(page)
        taken.append(seconds(lambda blocks=blocks: find_repeats(blocks)))
        ratios.append(taken[-1] / seconds(lambda page=page: load_text(page)))
        size += len(page)
    each = 1e6 * sum(taken) / size
    print(f"{name:16}{1e3 * median(taken):8.2f} ms  x{median(ratios):6.2f}{each:8.3f} us a character")


def main() -> int:
    """Run the command; return its exit status."""
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    cases = [(case["kind"], "\n".join(line[0] for line in case["lines"])) for case in read_cases(str(CASES))]
    report("full copies", (page for kind, page in cases if kind == "full"))
    report("with a copy", (page for kind, page in cases if not kind.startswith("neg-")))
    report("without", (page for kind, page in cases if kind.startswith("neg-")))
    report("real pages", (page.texts["inscriptis"] for name in SETS for page in load_pages(name, limit=PAGES)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
