"""Whether ``page_kind`` and ``is_article`` are true: ``python -m bench.page_kinds [--held-out DIR] [--input html]``.

For wcxb-dev, whose labels name kinds: how many pages of each kind are taken for which, F1 of each kind, its mean, and
how many are called articles; then how many threads and lists of other sets are.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.data import ABSENT, INPUTS, Page, load_pages, present
from bench.held_out import held_out
from bench.report import print_columns
from bench.runs import Method, raw_only
from cleanpage import Article, clean_page
from cleanpage.body.page_kind import KINDS

LABELLED, OTHERS = "wcxb-dev", ("magic-dev", "waddle-zh", "zh-unlabelled")
"""The set whose labels name all kinds, and others with pages of some."""


class Answer(NamedTuple):
    """What a page is, and what was said of it."""

    page: Page
    kind: str
    is_article: bool


def answers(method: Method, name: str, way: str) -> Iterator[Answer]:
    """Yield what is said of each page of a set."""
    for page in load_pages(name, html=way == "html"):
        article = method(page, page.raw(way))
        assert isinstance(article, Article)
        yield Answer(page, article.page_kind, article.is_article)


def f1_of(found: Sequence[Answer], kind: str) -> float:
    """Return the F1 of a kind."""
    common = sum(one.kind == one.page.kind == kind for one in found)
    return 2.0 * common / max(1, sum((one.kind == kind) + (one.page.kind == kind) for one in found))


def print_kinds(method: Method, way: str) -> None:
    """Print the tables for one input."""
    found = [*answers(method, LABELLED, way)]
    counts = Counter((one.page.kind, one.kind) for one in found)
    said = sorted({one.kind for one in found})
    rows = []
    for kind in KINDS:
        own = [one for one in found if one.page.kind == kind]
        articles = str(sum(one.is_article for one in own))
        rows.append(
            (kind, *(str(counts[kind, other]) for other in said), str(len(own)), f"{f1_of(found, kind):.3f}", articles)
        )
    print(f"\n{way}: pages of {LABELLED} by kind, and what they are taken for")
    print_columns(("kind", *said, "pages", "F1", "is_article"), rows, words=1)
    print(f"mean F1 {sum(f1_of(found, kind) for kind in KINDS) / len(KINDS):.3f}\n")
    others = [one for name in OTHERS for one in answers(method, name, way)]
    kinds = sorted({(one.page.set, one.page.kind) for one in others})
    lines = []
    for name, kind in kinds:
        own = [one for one in others if (one.page.set, one.page.kind) == (name, kind)]
        named = ", ".join(f"{other} {n}" for other, n in Counter(one.kind for one in own).most_common())
        lines.append((name, kind, str(len(own)), str(sum(one.is_article for one in own)), named))
    print_columns(("set", "kind", "pages", "is_article", "taken for"), lines, words=2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.page_kinds", description=__doc__)
    parser.add_argument("--held-out", type=Path, metavar="DIR", help="each site by the weights that have not seen it")
    parser.add_argument("--input", default="inscriptis,html", metavar="INPUTS", help=f"of {','.join(INPUTS)}")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    method = held_out(options.held_out) if options.held_out else raw_only(clean_page)
    for way in options.input.split(","):
        print_kinds(method, way)
    return 0


if __name__ == "__main__":
    sys.exit(main())
