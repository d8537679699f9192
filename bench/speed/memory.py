"""What cleaning takes of memory: ``python -m bench.speed.memory [--pages N]``.

Each page is cleaned in a process of its own, whose peak above what it took before is measured: at most 40 times the
input, 30 MB and 2.2 KB a line or tag, of which ``Config.max_blocks`` are read. Then N pages in one process, which must
not grow. Exit status 1 if either is broken.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Sequence

from bench.speed import scaling

FACTOR, FIXED, BLOCK = 40, 30.0, 2.2 / 1024
"""Times the input, MB, and MB a line or tag."""
GROWTH = 10.0
"""MB by which a process may grow between the first tenth of the pages and the last."""
SIZE = 2_000_000
"""Bytes of each page."""


def html_of(text: str) -> str:
    """Return a page of HTML with a line an element."""
    return "<html><body>" + "".join(f"<p class='text'>{line}</p>" for line in text.splitlines())


def short_lines(count: int) -> str:
    """Return so many unlike lines of five letters, as no rule knows them."""
    return "\n".join("".join(chr(97 + number // 26**place % 26) for place in range(5)) for number in range(count))


CASES = {
    "short_lines": short_lines,
    **{case.__name__: case for case in scaling.CASES},
    "unlike_elements": lambda count: "<html><body>" + "".join(f"<p>{number}" for number in range(count)),
    **{
        f"html_{name}": lambda count, unit=unit: "<html><body>" + unit * count
        for name, unit in {
            "unclosed_divs": "<div>x",
            "rules": "<hr>x",
            "breaks": "x<br>",
            "items": "<li>x",
            "cells": "<td>x",
            "links": "<a href=a>x</a>",
            "pictures": "<img src=a>",
            "spans": "<span>x",
            "paragraphs": "<p>x",
        }.items()
    },
    "html_preformatted": lambda count: "<html><body><pre>" + "x\n" * count,
    "html_of_distinct_lines": lambda count: html_of(scaling.distinct_lines(count)),
    "html_of_short_lines": lambda count: html_of(scaling.equal_short_lines(count)),
}


def page_of(name: str, size: int) -> str:
    """Return the page of a case that takes about ``size`` bytes."""
    small = len(CASES[name](700).encode("utf-8", "surrogatepass"))
    return str(CASES[name](max(1, 700 * size // max(small, 1))))


def peak() -> float:
    """Return the most MB that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def current() -> float:
    """Return the MB that this process holds now."""
    with open("/proc/self/statm", encoding="ascii") as numbers:
        return int(numbers.read().split()[1]) * resource.getpagesize() / 1024**2


def measure(name: str, size: int) -> dict[str, float]:
    """Return the size of a page, and the peak that cleaning it adds, in MB; in this process."""
    from cleanpage import Config, clean_page

    clean_page(page_of(name, 10_000))
    page = page_of(name, size)
    before = peak()
    clean_page(page)
    added = peak() - before
    breaks = min(Config().max_blocks or 0, page.count("\n") + page.count("<") + page.count("。"))
    return {"input": len(page.encode("utf-8", "surrogatepass")) / 1024**2, "peak": added, "breaks": breaks}


def grown(count: int) -> float:
    """Return the MB by which this process grows while it cleans ``count`` pages, after the first tenth."""
    from cleanpage import clean_page
    from tests.fuzz.find import seeds

    pages = [case.raw for case in seeds()]
    early = 0.0
    for number in range(count):
        page = pages[number % len(pages)]
        mark = f"\n{number} says {number * 7919}.\n"
        clean_page(page + (mark.encode() if isinstance(page, bytes) else mark))
        if number == count // 10:
            early = current()
    return current() - early


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.memory", description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--case", choices=CASES, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.case:
        print(json.dumps(measure(options.case, options.size)))
        return 0
    broken = 0
    for name in CASES:
        command = [sys.executable, "-m", "bench.speed.memory", "--case", name, "--size", str(options.size)]
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        bound = FACTOR * found["input"] + FIXED + BLOCK * found["breaks"]
        broken += found["peak"] > bound
        print(f"{name:26}{found['input']:8.2f} MB in{found['peak']:9.1f} MB peak{bound:9.1f} MB bound", flush=True)
    growth = grown(options.pages)
    print(f"{options.pages} pages in one process: {growth:+.1f} MB")
    return 1 if broken or growth > GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
