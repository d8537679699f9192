"""Scores the authors of Chinese pages that name a reporter in their first lines: ``python -m bench.reporters --help``.

The labels are facts read by eye, ``bench/reporters.toml``. A page is right if its authors are the ones
labelled, wrong if one of them is not: of pages whose first lines only speak of reporters anybody is wrong.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.data import ABSENT, INPUTS, load_pages, present
from bench.metadata import key
from bench.report import print_columns
from cleanpage import clean_page

LABELS = Path(__file__).with_suffix(".toml")
RIGHT, WRONG = 0.90, 0.03
"""The least share of right pages among those that name somebody, and the most of wrong ones among all."""


class Named(NamedTuple):
    """Whom a page names and whom we say."""

    page: str
    label: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether it names somebody, and we say the same."""
        return bool(self.label) and set(map(key, self.found)) == set(map(key, self.label))

    @property
    def wrong(self) -> bool:
        """Whether somebody is said who is not named."""
        return not set(map(key, self.found)) <= set(map(key, self.label))


def named(way: str) -> Iterator[Named]:
    """Yield the labelled pages, given as one of INPUTS."""
    for name, labels in tomllib.loads(LABELS.read_text(encoding="utf-8")).items():
        pages = load_pages(name, html=way == "html")
        for begin, names in labels.items():
            page = next(page for page in pages if page.id.startswith(begin))
            found = clean_page(page.raw(way), url=page.url or None).authors
            yield Named(begin, tuple(filter(None, names.split(", "))), found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 1 if a bar does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench.reporters", description=__doc__)
    parser.add_argument("--input", choices=INPUTS, action="append", help="all of them unless given")
    parser.add_argument("--wrong", action="store_true", help="show each page that is not right")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    table, holds = [], True
    for way in options.input or INPUTS:
        rows = list(named(way))
        right = sum(row.right for row in rows) / sum(bool(row.label) for row in rows)
        wrong = sum(row.wrong for row in rows) / len(rows)
        holds = holds and right >= RIGHT and wrong <= WRONG
        table.append((way, str(len(rows)), f"{right:.3f}", f"{wrong:.3f}"))
        for row in rows if options.wrong else ():
            if row.wrong or (row.label and not row.right):
                print(f"  {row.page} {way}: {row.found}, not {row.label}")
    print_columns(("input", "pages", "right", "wrong"), table, words=1)
    return int(not holds)


if __name__ == "__main__":
    sys.exit(main())
