"""What each repair of the chosen lines brings on sites held out: ``python -m bench.repairs --held-out DIR``.

Every labelled page is cleaned with all entries of ``body.stage.REPAIRS``, and where one changed something, again
without it. A row says on how many pages it did, how many of these are better and worse for it, the F1 that it brings
over all pages, and the sets in which that is more than FAR. ``COMMENTS`` and ``OTHERS`` are rows as well.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.data import ABSENT, INPUTS, Page, load_pages, present
from bench.held_out import held_out
from bench.report import print_columns
from bench.runs import Method
from bench.score import score
from cleanpage.body import stage
from cleanpage.model import Article

SETS = (
    "gn1", "cleaneval", "waddle-zh", "waddle-en", "waddle-pl", "waddle-ru", "waddle-el", "magic-dev", "govcn",
    "wcxb-dev",
)  # fmt: skip
APART = {"without_comments": stage.COMMENTS, "without_other_articles": stage.OTHERS}
"""Repairs that depend on the kind of page, by the name under which the stage calls them."""
FAR, SAME = 0.0005, 1e-6


def f1(article: Article, page: Page) -> float:
    """Return the F1 of an article, with its title where the label has it."""
    text = f"{article.title or ''}\n{article.text}" if page.body_has_title else article.text
    return score(text, page.body or "").f1


@contextmanager
def repairs_but(left_out: str | None, changed: set[str]) -> Iterator[None]:
    """Leave out one repair, and enter into ``changed`` the names of those that change something."""

    def watched(name: str, change: Callable[..., list[bool]]) -> Callable[..., list[bool]]:
        def apply(found: Any, kept: list[bool]) -> list[bool]:
            new = kept if name == left_out else change(found, kept)
            if new != kept:
                changed.add(name)
            return new

        return apply

    before = {"REPAIRS": stage.REPAIRS, **{name: getattr(stage, name) for name in APART}}
    try:
        stage.REPAIRS = tuple(repair._replace(apply=watched(repair.name, repair.apply)) for repair in stage.REPAIRS)
        for name, said in APART.items():
            setattr(stage, name, watched(said, getattr(stage, name)))
        yield
    finally:
        for name, value in before.items():
            setattr(stage, name, value)


def gains(method: Method, page: Page, raw: str) -> Iterator[tuple[str, float]]:
    """Yield each repair that changes a page, with the F1 that it brings."""
    changed: set[str] = set()

    def scored(left_out: str | None) -> float:
        with repairs_but(left_out, changed):
            article = method(page, raw)
        assert isinstance(article, Article)
        return f1(article, page)

    whole = scored(None)
    for name in sorted(changed):
        yield name, whole - scored(name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.repairs", description=__doc__)
    parser.add_argument("--held-out", type=Path, metavar="DIR", required=True, help="the weights of each fold")
    parser.add_argument("--sets", default=",".join(SETS), help=f"comma-separated; default {','.join(SETS)}")
    parser.add_argument("--input", default="inscriptis,html", help=f"of {','.join(INPUTS)}")
    parser.add_argument("--limit", type=int, metavar="N", help="this many pages of each set, spread evenly")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    method = held_out(options.held_out)
    for way in options.input.split(","):
        found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        sizes = {}
        for name in options.sets.split(","):
            pages = [page for page in load_pages(name, html=way == "html", limit=options.limit) if page.body]
            sizes[name] = len(pages)
            for page in pages:
                for repair, gain in gains(method, page, page.raw(way)):
                    found[repair][name].append(gain)
        print(f"{way}: {sum(sizes.values())} pages")
        repairs = [*(repair.name for repair in stage.REPAIRS), *APART.values()]
        rows = [_row(repair, found[repair], sizes) for repair in repairs]
        print_columns(("repair", "pages", "better", "worse", "F1", "sets"), rows, words=1)
    return 0


def _row(repair: str, found: dict[str, list[float]], sizes: dict[str, int]) -> tuple[str, ...]:
    every = [gain for of_set in found.values() for gain in of_set]
    means = {name: sum(of_set) / sizes[name] for name, of_set in found.items()}
    far = " ".join(f"{name} {mean:+.4f}" for name, mean in means.items() if abs(mean) >= FAR)
    better, worse = sum(gain > SAME for gain in every), sum(gain < -SAME for gain in every)
    return repair, str(len(every)), str(better), str(worse), f"{sum(every) / sum(sizes.values()):+.5f}", far


if __name__ == "__main__":
    sys.exit(main())
