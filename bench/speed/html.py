"""CPU of clean_page on HTML against parsing it and against peers: ``python -m bench.speed.html [--set …] [--pages N]``.

All run interleaved in one process, each page once: some keep what they have seen. The ratios are those of the sums over
all pages, and of the medians. The bars: 3.5 times lxml parsing alone, a quarter of trafilatura, half of rs-trafilatura.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from lxml import etree

from bench.data import ABSENT, load_pages, present
from cleanpage import clean_page


def parse(html: str) -> Any:
    """Parse a page and do nothing with it."""
    return etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))


PEERS = {"trafilatura": ("trafilatura", "bare_extraction"), "rs-trafilatura": ("rs_trafilatura", "extract")}
"""Module and function of each, both with what the page says about itself."""


def tools() -> dict[str, Callable[[str], Any]]:
    """Return what is installed, clean_page first."""
    found: dict[str, Callable[[str], Any]] = {"clean_page": clean_page, "lxml parse": parse}
    for name, (module, function) in PEERS.items():
        try:
            found[name] = getattr(import_module(module), function)
        except ImportError:
            print(f"SKIPPED: {name} is not installed", file=sys.stderr)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.html", description=__doc__)
    parser.add_argument("--set", default="wcxb-dev")
    parser.add_argument("--pages", type=int, default=100, help="pages of the set, spread evenly (default 100)")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    pages = [page.html for page in load_pages(options.set, html=True, limit=options.pages)]
    chosen = tools()
    spent: dict[str, list[float]] = {name: [] for name in chosen}
    for function in chosen.values():  # caches, lazy imports and compiled patterns are no page's cost
        function(pages[0])
    for html in pages:
        for name, function in chosen.items():
            spent[name].append(_cpu(function, html))
    ours = spent["clean_page"]
    print(f"{'':16}{'mean ms':>9}{'median ms':>11}{'clean_page is, mean':>21}{'median':>9}")
    for name, own in spent.items():
        mean, median = statistics.mean(own), statistics.median(own)
        ratios = f"{sum(ours) / sum(own):>21.2f}{statistics.median(ours) / median:>9.2f}"
        print(f"{name:16}{1000 * mean:>9.2f}{1000 * median:>11.2f}{ratios}")
    return 0


def _cpu(function: Callable[[str], Any], html: str) -> float:
    start = time.process_time()
    function(html)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
