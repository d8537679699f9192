"""CPU of clean_page on flattened text against trafilatura on the same pages' HTML: ``python -m bench.speed.compare``.

Both run interleaved in one process on pages of about 120 lines (or ``--lines``), best of several rounds a page; the
ratio is that of the medians. Trafilatura gets the HTML, as it is made for it; clean_page what inscriptis made of that.
With ``--resiliparse`` that one's main content from HTML, which is C, stands beside them. The bars: a fifteenth of
trafilatura, and no more than 3 ms above resiliparse.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from typing import NamedTuple

from bench.data import ABSENT, Page, load_pages, present

BAR, ABOVE = 1 / 15, 0.003
LINES = 120
"""Lines of a page as inscriptis prints it; a third more or less will do."""
SETS = ("waddle-zh", "waddle-en", "waddle-ru", "magic-dev", "wcxb-dev")
NO_PEER = "SKIPPED: trafilatura is not installed; pip install -e '.[peers]'"


class Timing(NamedTuple):
    """One page: seconds of process CPU."""

    ours: float
    theirs: float
    resiliparse: float = 0.0


def pages_of_usual_length(name: str, limit: int, lines: int = LINES) -> list[Page]:
    """Return up to ``limit`` pages of a set whose text has about so many lines, spread evenly."""
    near = range(2 * lines // 3, 4 * lines // 3 + 1)
    usual = [page for page in load_pages(name, html=True) if len(page.texts["inscriptis"].splitlines()) in near]
    count = min(limit, len(usual))
    return [usual[i * len(usual) // count] for i in range(count)]


def compare(pages: Sequence[Page], rounds: int = 3, *, resiliparse: bool = False) -> list[Timing]:
    """Return for each page the best of ``rounds`` runs of each side."""
    import trafilatura

    from cleanpage import clean_page

    third = _resiliparse() if resiliparse else str
    for page in pages[:3]:  # caches, lazy imports and compiled patterns are no page's cost
        clean_page(page.texts["inscriptis"])
        trafilatura.extract(page.html)
        third(page.html)
    timings = []
    for page in pages:
        text, html = page.texts["inscriptis"], page.html
        calls: list[tuple[Callable[[str], object], str]] = [
            (clean_page, text), (trafilatura.extract, html), (third, html)
        ]  # fmt: skip
        runs = [[_cpu(function, argument) for function, argument in calls] for _ in range(rounds)]
        timings.append(Timing(*map(min, zip(*runs, strict=True))))
    return timings


def _resiliparse() -> Callable[[str], object]:
    from resiliparse.extract.html2text import extract_plain_text

    return partial(extract_plain_text, main_content=True)


def medians(timings: Sequence[Timing]) -> Timing:
    """Return the medians over pages."""
    return Timing(*map(statistics.median, zip(*timings, strict=True)))


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
    parser = argparse.ArgumentParser(prog="python -m bench.speed.compare", description=__doc__)
    parser.add_argument("--pages", type=int, default=20, help="pages of each set (default 20)")
    parser.add_argument("--lines", type=int, default=LINES, help=f"lines of a page (default {LINES})")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each page, of which the best counts")
    parser.add_argument("--resiliparse", action="store_true", help="beside it, what resiliparse takes")
    options = parser.parse_args(arguments)
    if why := missing():
        print(why, file=sys.stderr)
        return 0
    print(f"median CPU a page of about {options.lines} lines, in ms (bar for the ratio: {BAR:.3f})")
    print(f"{'set':12}{'pages':>6}{'clean_page':>12}{'trafilatura':>13}{'ratio':>8}{'resiliparse':>13}")
    timings: list[Timing] = []
    for name in SETS:
        pages = pages_of_usual_length(name, options.pages, options.lines)
        of_set = compare(pages, options.rounds, resiliparse=options.resiliparse)
        print(_row(name, of_set), flush=True)
        timings += of_set
    print(_row("all", timings))
    ours, theirs, third = medians(timings)
    return 0 if ours <= BAR * theirs and (not third or ours <= third + ABOVE) else 1


def _row(name: str, timings: Sequence[Timing]) -> str:
    ours, theirs, third = medians(timings)
    row = f"{name:12}{len(timings):>6}{1000 * ours:>12.2f}{1000 * theirs:>13.2f}{ours / theirs:>8.3f}"
    return f"{row}{1000 * third:>13.2f}" if third else row


if __name__ == "__main__":
    sys.exit(main())
