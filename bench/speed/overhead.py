"""What a run costs beyond its kernels, and what a second process brings: ``python -m bench.speed.overhead [PAGES]``.

The bare kernels are called one after the other in this process: read, learn the templates, clean, fingerprint, find the
copies. Both sides are CPU seconds (of the run: those of all its processes), so other jobs on the machine do not blur
their ratio. ``--wall`` times the run with one worker and with two, in turn, and gives the ratio of the best of each;
that is worth something on a quiet machine only, so the load is printed beside it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from bench.speed.collection import Cost, watched
from bench.speed.made_up import main as make_up
from cleanpage import clean_page
from cleanpage.corpus import SiteTemplate
from cleanpage.corpus.io import RawPage, read_pages
from cleanpage.corpus.learning import LEAST_PAGES
from cleanpage.corpus.parts import site_of
from cleanpage.dedupe import Index
from cleanpage.dedupe.fingerprint import Fingerprint, fingerprint

BARS = 1.25, 1.7


def bare(source: Path) -> tuple[float, float]:
    """Return the CPU seconds of the kernels alone, and those of them that went into finding copies."""
    began = time.process_time()
    sites: dict[str, list[RawPage]] = defaultdict(list)
    for page in read_pages([source]):
        if not page.problem:
            sites[site_of(page.url)].append(page)
    prints: dict[str, Fingerprint] = {}
    for pages in sites.values():
        template = SiteTemplate.learn(page.raw for page in pages) if len(pages) >= LEAST_PAGES else None
        for page in pages:
            prints[page.id] = fingerprint(clean_page(page.raw, url=page.url, template=template))
    half, index = time.process_time(), Index()
    for id, found in prints.items():
        index.add(id, found)
    index.duplicates()
    return time.process_time() - began, time.process_time() - half


def run(source: Path, out: Path, pages: int, workers: int) -> Cost:
    """Return what a run takes."""
    command = [sys.executable, "-m", "cleanpage", "corpus", "run", str(source), "--out", str(out)]
    return watched([*command, "--workers", str(workers)], pages, float("inf"))


def main() -> int:
    """Print the ratios; return 1 if a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.overhead", description=__doc__)
    parser.add_argument("pages", nargs="?", type=int, default=20000)
    parser.add_argument("--wall", type=int, default=0, metavar="ROUNDS", help="time one worker and two so often")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "pages.jsonl.gz")
        make_up(options.pages, str(source))
        kernels, copies = bare(source)
        whole = run(source, Path(folder, "run"), options.pages, 1)
        ratio = whole.cpu / kernels
        print(f"{options.pages} pages: kernels {kernels:.1f} CPU s ({copies:.1f} of them for copies), "
              f"run {whole.cpu:.1f}, ratio {ratio:.2f} (bar {BARS[0]})", flush=True)  # fmt: skip
        missed = ratio > BARS[0]
        walls: dict[int, list[float]] = {1: [], 2: []}
        for turn in range(options.wall):
            for workers, found in walls.items():
                found.append(run(source, Path(folder, f"run-{turn}-{workers}"), options.pages, workers).wall)
        if options.wall:
            gain = min(walls[1]) / min(walls[2])
            print(f"one worker {min(walls[1]):.1f} s, two {min(walls[2]):.1f} s, ratio {gain:.2f} (bar {BARS[1]}), "
                  f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
            missed = missed or gain < BARS[1]
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
