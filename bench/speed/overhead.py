"""What a run costs beyond ``clean_page``: ``python -m bench.speed.overhead [PAGES | FILE]``.

``clean_page`` is called for one page after the other in this process, then the plain command cleans them with one
process, then ``corpus run`` with one worker; without FILE on made-up pages of 200 to 600 characters, the dearest case.
All are CPU seconds (of the commands: those of all their processes), so other jobs on the machine do not blur their
ratio. What a run does besides, finding copies, is measured apart and is not part of the ratio.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.speed.made_up import main as make_up
from cleanpage import Article, clean_page
from cleanpage.corpus.io import read_pages
from cleanpage.dedupe import Index

BAR = 1.15


def bare(source: Path) -> tuple[list[Article], float]:
    """Return the articles of the pages, and the CPU seconds of reading and cleaning them."""
    began = time.process_time()
    pages = [page for page in read_pages([source]) if not page.problem]
    articles = [clean_page(page.raw, url=page.url or None, encoding=page.encoding or None) for page in pages]
    return articles, time.process_time() - began


def copies(articles: list[Article]) -> float:
    """Return the CPU seconds of finding the copies among some articles."""
    began, index = time.process_time(), Index()
    for id, article in enumerate(articles):
        index.add(str(id), article)
    index.duplicates()
    return time.process_time() - began


def command(*arguments: str) -> float:
    """Return the CPU seconds of ``cleanpage`` and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "cleanpage", *arguments], stdout=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print the ratios; return 1 if the bar is missed."""
    given = sys.argv[1] if len(sys.argv) > 1 else "20000"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "pages.jsonl.gz") if given.isdecimal() else Path(given)
        if given.isdecimal():
            make_up(int(given), str(source))
        articles, cleaning = bare(source)
        finding = copies(articles)
        plain = command(str(source), "-o", f"{folder}/articles.jsonl", "--jobs", "1")
        whole = command("corpus", "run", str(source), "--out", f"{folder}/run", "--workers", "1")
    ratio = (whole - finding) / cleaning
    print(f"{len(articles)} pages: clean_page {cleaning:.1f} CPU s, copies {finding:.1f}, plain command {plain:.1f}, "
          f"run {whole:.1f}; run without copies / clean_page {ratio:.2f} (bar {BAR}), run / plain command "
          f"{whole / plain:.2f}")  # fmt: skip
    return int(ratio > BAR)


if __name__ == "__main__":
    sys.exit(main())
