"""CPU of clean_page on flattened text against trafilatura on the same pages' HTML: ``python -m tests.speed.compare``.

Both run interleaved in one process on pages of about 120 lines (or ``--lines``), best of several rounds a page; the
ratio is that of the medians. The bar is one fifth. Trafilatura gets the HTML, as it is made for it; clean_page what
inscriptis made of that.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from tests.quality.data import ABSENT, Page, load_pages, present

BAR = 1 / 5
LINES = 120
"""Lines of a page as inscriptis prints it; a third more or less will do."""
SETS = ("waddle-zh", "waddle-en", "waddle-ru", "magic-dev", "wcxb-dev")
NO_PEER = "SKIPPED: trafilatura is not installed; pip install -e '.[peers]'"


class Timing(NamedTuple):
    """One page: seconds of process CPU."""

    ours: float
    theirs: float


def pages_of_usual_length(name: str, limit: int, lines: int = LINES) -> list[Page]:
    """Return up to ``limit`` pages of a set whose text has about so many lines, spread evenly."""
    near = range(2 * lines // 3, 4 * lines // 3 + 1)
    usual = [page for page in load_pages(name, html=True) if len(page.texts["inscriptis"].splitlines()) in near]
    count = min(limit, len(usual))
    return [usual[i * len(usual) // count] for i in range(count)]


def compare(pages: Sequence[Page], rounds: int = 3) -> list[Timing]:
    """Return for each page the best of ``rounds`` runs of each side."""
    import trafilatura

    from cleanpage import clean_page

    for page in pages[:3]:  # caches, lazy imports and compiled patterns are no page's cost
        clean_page(page.texts["inscriptis"])
        trafilatura.extract(page.html)
    timings = []
    for page in pages:
        text, html = page.texts["inscriptis"], page.html
        runs = [Timing(_cpu(clean_page, text), _cpu(trafilatura.extract, html)) for _ in range(rounds)]
        timings.append(Timing(min(run.ours for run in runs), min(run.theirs for run in runs)))
    return timings


def medians(timings: Sequence[Timing]) -> Timing:
    """Return the medians over pages."""
    ours, theirs = zip(*timings, strict=True)
    return Timing(statistics.median(ours), statistics.median(theirs))


def _cpu(function: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    function(text)
    return time.process_time() - start


def missing() -> str | None:
    """Return why the comparison cannot run here, or None."""
    if not present():
        return ABSENT
    return NO_PEER if find_spec("trafilatura") is None else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 1 if the bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.speed.compare", description=__doc__)
    parser.add_argument("--pages", type=int, default=20, help="pages of each set (default 20)")
    parser.add_argument("--lines", type=int, default=LINES, help=f"lines of a page (default {LINES})")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each page, of which the best counts")
    options = parser.parse_args(arguments)
    if why := missing():
        print(why, file=sys.stderr)
        return 0
    print(f"median CPU a page of about {options.lines} lines, in ms (bar for the ratio: {BAR})")
    print(f"{'set':12}{'pages':>6}{'clean_page':>12}{'trafilatura':>13}{'ratio':>8}")
    timings: list[Timing] = []
    for name in SETS:
        of_set = compare(pages_of_usual_length(name, options.pages, options.lines), options.rounds)
        print(_row(name, of_set), flush=True)
        timings += of_set
    print(_row("all", timings))
    ours, theirs = medians(timings)
    return 0 if ours <= BAR * theirs else 1


def _row(name: str, timings: Sequence[Timing]) -> str:
    ours, theirs = medians(timings)
    return f"{name:12}{len(timings):>6}{1000 * ours:>12.2f}{1000 * theirs:>13.2f}{ours / theirs:>8.3f}"


if __name__ == "__main__":
    sys.exit(main())
