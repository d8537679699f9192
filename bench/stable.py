"""How many real pages stay as they are when they are cleaned twice: ``python -m bench.stable --help``.

``article.text``, cleaned as text, is to be itself on at least BAR of the pages of each set, whatever the page was given
as. A row says how many are, also among those whose article holds code. Exit status 1 if a set is below the bar.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import NamedTuple

from bench.data import ABSENT, INPUTS, Page, load_pages, present, set_names
from bench.report import print_columns
from cleanpage import clean_page

BAR = 0.99
"""Least share of the pages of a set that a second cleaning leaves unchanged."""


class Twice(NamedTuple):
    """A page, cleaned twice."""

    page: Page
    once: str
    again: str
    code: bool
    """Whether the article holds code."""

    @property
    def same(self) -> bool:
        """Whether the second cleaning changed nothing."""
        return self.once == self.again


def cleaned_twice(pages: Sequence[Page], way: str) -> Iterator[Twice]:
    """Yield the pages that were given as ``way``, cleaned, and their texts cleaned again as text."""
    for page in pages:
        article = clean_page(page.raw(way), kind="html" if way == "html" else "text")
        again = clean_page(article.text, kind="text").text
        yield Twice(page, article.text, again, any(paragraph.kind == "code" for paragraph in article.paragraphs))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.stable", description=__doc__)
    parser.add_argument("--sets", help="comma-separated; all if not given")
    parser.add_argument("--input", default="html,inscriptis", metavar="INPUTS", help=f"of {','.join(INPUTS)}")
    parser.add_argument("--limit", type=int, metavar="N", help="this many pages of each set, spread evenly")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="what changes on the first N pages that do")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    names = options.sets.split(",") if options.sets else set_names()
    rows, below = [], 0
    for name in names:
        for way in options.input.split(","):
            found = list(cleaned_twice(load_pages(name, html=way == "html", limit=options.limit), way))
            rows.append((name, way, *_figures(found), *_figures([twice for twice in found if twice.code])))
            below += sum(twice.same for twice in found) < BAR * len(found)
            _show([twice for twice in found if not twice.same][: options.show], way)
    print_columns(("set", "input", "pages", "same", "share", "with code", "same", "share"), rows, words=2)
    print(f"{below} of {len(rows)} are below {BAR}")
    return 1 if below else 0


def _figures(found: Sequence[Twice]) -> tuple[str, str, str]:
    """Return how many pages there are, how many of them stay the same, and their share."""
    same = sum(twice.same for twice in found)
    return str(len(found)), str(same), f"{same / len(found):.4f}" if found else "-"


def _show(changed: Sequence[Twice], way: str) -> None:
    """Print what the second cleaning changes."""
    for twice in changed:
        print(f"--- {twice.page.set} {twice.page.id} {way}{', with code' if twice.code else ''}")
        print("\n".join([*unified_diff(twice.once.split("\n"), twice.again.split("\n"), n=1, lineterm="")][2:]))


if __name__ == "__main__":
    sys.exit(main())
