"""Where the time of a page goes: ``python -m bench.speed.stages [--sets …] [--pages N] [--lines N]``.

Prints CPU ms a page by stage.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Sequence

from bench.data import ABSENT, present
from bench.speed.compare import LINES, pages_of_usual_length
from cleanpage import Config, clean_page
from cleanpage.decide.assemble import assemble, decide
from cleanpage.draft import Draft, Source
from cleanpage.load.text import load_text
from cleanpage.pipeline import STAGES

SETS = ("waddle-zh", "waddle-en", "magic-dev")


def spent(raw: str) -> dict[str, float]:
    """Return the process CPU seconds of each part of cleaning ``raw``."""
    parts: dict[str, float] = {}
    start = time.process_time()
    blocks = load_text(raw)
    parts["load"] = time.process_time() - start
    draft = Draft(Source(raw, "text", None), blocks, Config())
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
    parser.add_argument("--pages", type=int, default=20, help="pages of each set (default 20)")
    parser.add_argument("--lines", type=int, default=LINES, help=f"lines of a page (default {LINES})")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    sets = options.sets.split(",")
    pages = [page for name in sets for page in pages_of_usual_length(name, options.pages, options.lines)]
    clean_page(pages[0].texts["inscriptis"])
    total: dict[str, float] = defaultdict(float)
    for page in pages:
        runs = [spent(page.texts["inscriptis"]) for _ in range(3)]
        for part in runs[0]:
            total[part] += min(run[part] for run in runs)
    for part, seconds in total.items():
        print(f"{part:16}{1000 * seconds / len(pages):8.2f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
