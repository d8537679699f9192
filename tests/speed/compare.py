"""CPU of clean_page on flattened text against trafilatura on the same pages' HTML: ``python -m tests.speed.compare``.

Both run interleaved in one process on pages of about 120 lines, best of several rounds a page; the ratio is that of the
medians. The bar is one fifth. Trafilatura gets the HTML, as it is made for it; clean_page what inscriptis made of that.
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
LINES = range(80, 161)
"""Lines of a page as inscriptis prints it; the bar speaks of 120."""
SETS = ("waddle-zh", "waddle-en", "waddle-ru", "magic-dev")
NO_PEER = "SKIPPED: trafilatura is not installed; pip install -e '.[peers]'"


class Comparison(NamedTuple):
    """Medians over the pages, in seconds of process CPU."""

    pages: int
    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """What part of trafilatura's time we take."""
        return self.ours / self.theirs


def pages_of_usual_length(sets: Sequence[str] = SETS, limit: int = 60) -> list[Page]:
    """Return up to ``limit`` pages whose text has about 120 lines, spread evenly over the sets."""
    pages = [page for name in sets for page in load_pages(name, html=True)]
    usual = [page for page in pages if len(page.texts["inscriptis"].splitlines()) in LINES]
    count = min(limit, len(usual))
    return [usual[i * len(usual) // count] for i in range(count)]


def compare(pages: Sequence[Page], rounds: int = 3) -> Comparison:
    """Return the medians over ``pages`` of the best of ``rounds`` runs of each."""
    import trafilatura

    from cleanpage import clean_page

    for page in pages[:3]:  # caches, lazy imports and compiled patterns are no page's cost
        clean_page(page.texts["inscriptis"])
        trafilatura.extract(page.html)
    ours, theirs = [], []
    for page in pages:
        text, html = page.texts["inscriptis"], page.html
        runs = [(_cpu(clean_page, text), _cpu(trafilatura.extract, html)) for _ in range(rounds)]
        ours.append(min(run[0] for run in runs))
        theirs.append(min(run[1] for run in runs))
    return Comparison(len(pages), statistics.median(ours), statistics.median(theirs))


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
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    if why := missing():
        print(why, file=sys.stderr)
        return 0
    got = compare(pages_of_usual_length(limit=options.pages), options.rounds)
    print(f"{got.pages} pages of {LINES[0]} to {LINES[-1]} lines, median CPU a page:")
    print(f"  clean_page, text   {1000 * got.ours:8.2f} ms")
    print(f"  trafilatura, HTML  {1000 * got.theirs:8.2f} ms")
    print(f"  ratio              {got.ratio:8.3f}    (bar {BAR:.3f}: {'kept' if got.ratio <= BAR else 'MISSED'})")
    return 0 if got.ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
