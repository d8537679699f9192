"""Where the time of a page goes: ``python -m bench.speed.stages [--sets …] [--pages N] [--input text]``.

Prints CPU ms a page by stage.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Sequence

from bench.data import ABSENT, load_pages, present
from cleanpage import Config, clean_page
from cleanpage.decide.assemble import assemble, decide
from cleanpage.pipeline import STAGES, load

SETS = ("wcxb-dev", "waddle-zh")


def spent(raw: str, kind: str) -> dict[str, float]:
    """Return the process CPU seconds of each part of cleaning ``raw``."""
    parts: dict[str, float] = {}
    start = time.process_time()
    draft = load(raw, Config(), kind=kind)
    parts["load"] = time.process_time() - start
    for stage in STAGES:
        start = time.process_time()
        draft = stage(draft)
        parts[stage.__name__] = time.process_time() - start
    start = time.process_time()
    assemble(draft, decide(draft))
    parts["assemble"] = time.process_time() - start
    return {**parts, "all": sum(parts.values())}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.stages", description=__doc__)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--pages", type=int, default=30, help="pages of each set (default 30)")
    parser.add_argument("--input", choices=("html", "text"), default="html", help="text: as inscriptis prints it")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    pages = [page for name in options.sets.split(",") for page in load_pages(name, html=True, limit=options.pages)]
    raws = [page.html if options.input == "html" else page.texts["inscriptis"] for page in pages]
    clean_page(raws[0])
    total: dict[str, float] = defaultdict(float)
    for raw in raws:
        runs = [spent(raw, options.input) for _ in range(3)]
        for part in runs[0]:
            total[part] += min(run[part] for run in runs)
    for part, seconds in total.items():
        print(f"{part:16}{1000 * seconds / len(pages):8.2f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
