"""CPU of a page beside lxml's parse and the peers: ``python -m bench.speed.table [--pages N] [--growth]``.

One run, page by page: each page goes through all tools before the next, clean_page on the HTML and on what inscriptis
makes of it, with compiled kernels and, in a process of its own, in Python alone; of ``--rounds`` runs the best counts.
The first page in a fresh process is apart. ``--growth``: a page of 10 kB to 10 MB of paragraphs and links.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any

from lxml import etree

from bench.data import ABSENT, Page, load_pages, present
from cleanpage import build_info, clean_page

SETS = ("wcxb-dev", "waddle-zh")
SWITCH = "CLEANPAGE_PURE"
WORKER = """
import sys, time
from cleanpage import clean_page
while size := sys.stdin.buffer.readline():
    page = sys.stdin.buffer.read(int(size)).decode()
    start = time.process_time()
    clean_page(page)
    print(time.process_time() - start, flush=True)
"""
FIRST = """
import sys
page = sys.stdin.buffer.read().decode()
import time
start = time.process_time()
import cleanpage
middle = time.process_time()
cleanpage.clean_page(page)
print(middle - start, time.process_time() - start)
"""
PEERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "trafilatura": ("trafilatura", "bare_extraction", {}),
    "trafilatura, fast": ("trafilatura", "bare_extraction", {"fast": True}),
    "readability-lxml": ("readability", "Document", {}),
    "resiliparse": ("resiliparse.extract.html2text", "extract_plain_text", {"main_content": True}),
    "rs-trafilatura": ("rs_trafilatura", "extract", {}),
}
"""Module, function and arguments of each."""
KILOBYTES = (10, 100, 1000, 10_000)

Tool = Callable[[Page], float]
"""From a page to the CPU seconds that it takes."""


def parse(html: str) -> Any:
    """Parse a page and do nothing with it."""
    return etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))


def cpu(function: Callable[[str], Any], text: str) -> float:
    """Return the CPU seconds of one call."""
    start = time.process_time()
    function(text)
    return time.process_time() - start


@contextmanager
def pure() -> Iterator[Callable[[str], float]]:
    """Give a function from a page to the CPU seconds that Python alone takes, in a process of its own."""
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, SWITCH: "1"}
    )

    def spent(text: str) -> float:
        data = text.encode("utf-8", "replace")
        worker.stdin.write(b"%d\n" % len(data) + data)
        worker.stdin.flush()
        return float(worker.stdout.readline())

    yield spent
    worker.stdin.close()
    worker.wait()


def peers() -> dict[str, Callable[[str], Any]]:
    """Return the peers that are installed."""
    found: dict[str, Callable[[str], Any]] = {}
    for name, (module, function, arguments) in PEERS.items():
        try:
            tool = getattr(import_module(module), function)
        except ImportError:
            print(f"SKIPPED: {name} is not installed", file=sys.stderr)
            continue
        summary = function == "Document"
        found[name] = (lambda html, tool=tool: tool(html).summary()) if summary else partial(tool, **arguments)
    return found


def first_page(page: str, switch: str) -> tuple[float, float]:
    """Return the CPU seconds of the import, and of import and first page, in a fresh process; the best of three.

    The first of them writes the bytecode, which an installed package has.
    """
    environment = {**os.environ, SWITCH: switch, "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", FIRST]
    runs = [
        subprocess.run(command, input=page.encode(), env=environment, stdout=subprocess.PIPE, check=True)
        for _ in range(3)
    ]
    found = [tuple(map(float, run.stdout.split())) for run in runs]
    return min(one for one, _ in found), min(both for _, both in found)


def made(kilobytes: int) -> str:
    """Return a page of so many kB: paragraphs, each followed by a link."""
    paragraph = "<p>In the year {0} the council built {0} bridges over the river, and the ferry stopped at {0}.</p>"
    link = '<ul><li><a href="/news/{0}">Story number {0} of the harbour</a></li></ul>'
    size = len(paragraph) + len(link)
    parts = (f"{paragraph}{link}".format(at) for at in range(kilobytes * 1000 // size))
    return f"<html><body><h1>Bridges</h1>{''.join(parts)}</body></html>"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.table", description=__doc__)
    parser.add_argument("--pages", type=int, default=50, help="pages of each set, spread evenly (default 50)")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each page, of which the best counts")
    parser.add_argument("--growth", action="store_true", help="made pages of 10 kB to 10 MB instead")
    options = parser.parse_args(arguments)
    print(f"clean_page: {build_info().reason}")
    if options.growth:
        for size in KILOBYTES:
            own, parsed = cpu(clean_page, made(size)), cpu(parse, made(size))
            print(f"{size:>7} kB {own:>8.3f} s {parsed:>8.4f} s lxml parse", flush=True)
        return 0
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    pages = [page for name in SETS for page in load_pages(name, html=True, limit=options.pages)]
    _compare(pages, options.rounds)
    for switch, name in (("0", "compiled"), ("1", "Python alone")):
        imported, first = first_page(pages[0].html, switch)
        print(f"{name}: import {1000 * imported:.0f} ms, first page with it {1000 * first:.0f} ms")
    return 0


def _compare(pages: Sequence[Page], rounds: int) -> None:
    with pure() as alone:
        tools: dict[str, Tool] = {
            "lxml parse": lambda page: cpu(parse, page.html),
            "clean_page, HTML": lambda page: cpu(clean_page, page.html),
            "clean_page, text": lambda page: cpu(clean_page, page.texts["inscriptis"]),
            "HTML, Python alone": lambda page: alone(page.html),
            "text, Python alone": lambda page: alone(page.texts["inscriptis"]),
        }
        tools |= {name: lambda page, tool=tool: cpu(tool, page.html) for name, tool in peers().items()}
        for tool in tools.values():  # caches, lazy imports and compiled patterns are no page's cost
            for page in (pages[0], pages[-1]):
                tool(page)
        spent: dict[str, list[float]] = {name: [] for name in tools}
        for page in pages:
            runs = [{name: tool(page) for name, tool in tools.items()} for _ in range(rounds)]
            for name in tools:
                spent[name].append(min(run[name] for run in runs))
    parsed, trafilatura = sum(spent["lxml parse"]), sum(spent.get("trafilatura", [0.0])) or float("nan")
    print(f"{len(pages)} pages{'':12}{'mean ms':>9}{'median ms':>11}{'of lxml parse':>15}{'of trafilatura':>16}")
    for name, own in spent.items():
        ratios = f"{sum(own) / parsed:>15.2f}{sum(own) / trafilatura:>16.3f}"
        print(f"{name:21}{1000 * statistics.mean(own):>9.2f}{1000 * statistics.median(own):>11.2f}{ratios}")


if __name__ == "__main__":
    sys.exit(main())
