"""Scores clean_page, or any callable, on the labelled pages: ``python -m tests.quality.pages --help``.

From a script: ``print_table(score_pages(my_function, sets=["waddle-zh"]))``, where my_function takes the raw text and
returns an Article, anything else with ``title`` and ``text``, or the text alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from tests.quality.data import ABSENT, FLATTENINGS, Page, load_pages, present, set_names
from tests.quality.score import Score, lines_apart, mean, score, score_shingles, shingles

BAR_FLATTENINGS = ("inscriptis", "html_text", "resiliparse")
"""What the bars speak of; bs4 is harder and shown on demand."""
SETS = ("waddle-zh", "magic-dev", "wcxb-dev")

Clean = Callable[[str], object]
"""From raw text to an Article, anything with ``title`` and ``text``, or a str that is the text."""


@dataclass(frozen=True, slots=True)
class Result:
    """One page in one flattening, scored."""

    page: Page
    flattening: str
    prediction: str = field(repr=False)
    score: Score
    whole: Score
    """Score of the whole text of the page: what doing nothing is worth."""
    seconds: float
    """Process CPU time of the callable."""


def score_pages(
    clean: Clean,
    *,
    sets: Sequence[str] = SETS,
    flattenings: Sequence[str] = BAR_FLATTENINGS,
    kinds: Sequence[str] = (),
    langs: Sequence[str] = (),
    limit: int | None = None,
) -> list[Result]:
    """Return the results for every labelled page of ``sets`` in every flattening; ``kinds`` and ``langs`` narrow it."""
    pages = [page for name in sets for page in load_pages(name, limit=limit) if page.body is not None]
    chosen = [p for p in pages if (not kinds or p.kind in kinds) and (not langs or p.lang in langs)]
    return [score_page(clean, page, flattening) for page in chosen for flattening in flattenings]


def score_page(clean: Clean, page: Page, flattening: str) -> Result:
    """Return the result for one page; where the label begins with the title, so does the prediction."""
    raw = page.texts[flattening]
    start = time.process_time()
    cleaned = clean(raw)
    seconds = time.process_time() - start
    title = getattr(cleaned, "title", None)
    text = cleaned if isinstance(cleaned, str) else getattr(cleaned, "text", "")
    prediction = f"{title}\n{text}" if page.body_has_title and title else text
    label = page.body or ""
    found = score_shingles(shingles(prediction), _label_shingles(label))
    return Result(page, flattening, prediction, found, _whole_text_score(raw, label), seconds)


@lru_cache(maxsize=8192)
def _label_shingles(label: str) -> Counter[tuple[str, ...]]:
    return shingles(label)


@lru_cache(maxsize=8192)
def _whole_text_score(raw: str, label: str) -> Score:
    return score(raw, label)


def summarise(results: Iterable[Result]) -> list[tuple[str, ...]]:
    """Return the rows of the table: one for each set, language, kind and flattening, then one over the flattenings."""

    def group(result: Result) -> tuple[str, str, str]:
        return result.page.set, result.page.lang, result.page.kind

    def flattening(result: Result) -> str:
        return result.flattening

    rows = []
    for key, of_group in groupby(sorted(results, key=group), key=group):
        members = list(of_group)
        ways = [(way, list(of_way)) for way, of_way in groupby(sorted(members, key=flattening), key=flattening)]
        rows += [_row(key, way, of_way) for way, of_way in ways]
        if len(ways) > 1:
            rows.append(_row(key, "all", members))
    return rows


def _row(key: tuple[str, str, str], way: str, results: Sequence[Result]) -> tuple[str, ...]:
    got = mean(result.score for result in results)
    whole = mean(result.whole for result in results)
    milliseconds = 1000 * sum(result.seconds for result in results) / len(results)
    figures = (f"{whole.f1:.3f}", f"{got.precision:.3f}", f"{got.recall:.3f}", f"{got.f1:.3f}", f"{milliseconds:.2f}")
    return (*key, way, str(len({result.page.id for result in results})), *figures)


def print_table(results: Iterable[Result]) -> None:
    """Print the summary of ``results``, columns aligned."""
    head = ("set", "lang", "kind", "flattening", "pages", "whole F1", "P", "R", "F1", "ms/page")
    rows = [head, *summarise(results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        cells = (cell.ljust(w) if i < 4 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True)))
        print("  ".join(cells).rstrip())


def print_worst(results: Sequence[Result], count: int) -> None:
    """Print the ``count`` results of lowest F1, each with what is missing and too much (300 characters each)."""
    for result in sorted(results, key=lambda r: (r.score.f1, r.page.id, r.flattening))[:count]:
        page, got = result.page, result.score
        print(f"\n{page.set} {page.kind} {result.flattening} {page.id}  {page.url}")
        print(f"  P {got.precision:.3f}  R {got.recall:.3f}  F1 {got.f1:.3f}  (whole {result.whole.f1:.3f})")
        label = page.body or ""
        print("  missing:", " ⏎ ".join(lines_apart(label, shingles(result.prediction)))[:300])
        print("  extra:  ", " ⏎ ".join(lines_apart(result.prediction, shingles(label)))[:300])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.pages", description=__doc__)
    parser.add_argument("--sets", type=_names, default=SETS, help=f"comma-separated; default {','.join(SETS)}")
    parser.add_argument("--flat", type=_names, default=BAR_FLATTENINGS, help=f"of {','.join(FLATTENINGS)}")
    parser.add_argument("--only", type=_names, default=(), metavar="KINDS", help="kinds of page: articles,forum,…")
    parser.add_argument("--lang", type=_names, default=(), metavar="CODES", help="languages: zh,en,…")
    parser.add_argument("--limit", type=int, help="this many pages of each set, spread evenly")
    parser.add_argument("--other-sites", action="store_true", help="only sites that nothing was tuned on")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N worst results")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    if options.sets == ("all",):
        options.sets = tuple(set_names())
    from cleanpage import clean_page

    kinds = ["article" if kind == "articles" else kind for kind in options.only]
    narrow = {"kinds": kinds, "langs": options.lang, "limit": options.limit}
    results = score_pages(clean_page, sets=options.sets, flattenings=options.flat, **narrow)
    results = [result for result in results if not (options.other_sites and result.page.tuned_on)]
    print_table(results)
    print_worst(results, options.worst)
    return 0


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


if __name__ == "__main__":
    sys.exit(main())
