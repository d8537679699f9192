"""Whether ``confidence`` means what it says, and what is taken for an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bench.data import load_pages
from bench.report import print_columns
from bench.runs import Method, Result
from cleanpage.model import Article

BINS = 10
GOOD = 0.9
"""A body is right at this F1: confidence is to be the chance of that."""
LISTS = ("zh-unlabelled", "list")
"""Set and kind of pages that have no label because they hold no article."""


class Verdict(NamedTuple):
    """What an Article said of itself, and what the label says."""

    kind: str
    is_article: bool
    confidence: float
    f1: float | None
    """None where the page has no label."""


class Bin(NamedTuple):
    """The results whose confidence lies in one tenth; 1 belongs to the last."""

    low: float
    pages: int
    confidence: float
    """Mean of what was said."""
    good: float
    """Share of results with F1 of GOOD or more."""


def verdicts_of(results: Iterable[Result]) -> Iterator[Verdict]:
    """Yield the verdict of each result whose callable returned an Article."""
    for result in results:
        if result.is_article is not None and result.confidence is not None:
            yield Verdict(result.page.kind, result.is_article, result.confidence, result.score.f1)


def list_verdicts(method: Method, inputs: Sequence[str], limit: int | None = None) -> Iterator[Verdict]:
    """Yield the verdicts on the pages that only list headlines."""
    for page in load_pages(LISTS[0], html="html" in inputs, limit=limit):
        for way in inputs if page.kind == LISTS[1] else ():
            article = method(page, page.raw(way))
            if isinstance(article, Article):
                yield Verdict(page.kind, article.is_article, article.confidence, None)


def bins(verdicts: Iterable[Verdict]) -> list[Bin]:
    """Return the tenths of confidence that hold a labelled result, lowest first."""
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.f1 is not None:
            tenths[min(BINS - 1, int(verdict.confidence * BINS))].append((verdict.confidence, verdict.f1 >= GOOD))
    return [
        Bin(tenth / BINS, len(held), *(sum(column) / len(held) for column in zip(*held, strict=True)))
        for tenth, held in sorted(tenths.items())
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """Return the mean distance between what was said and what came true (expected calibration error, Naeini 2015)."""
    return sum(b.pages * abs(b.confidence - b.good) for b in found) / max(1, sum(b.pages for b in found))


def articles_by_kind(verdicts: Iterable[Verdict]) -> dict[str, tuple[int, int]]:
    """Return by kind of page how many results there are and how many of them were called articles."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for verdict in verdicts:
        kinds[verdict.kind].append(verdict.is_article)
    return {kind: (len(said), sum(said)) for kind, said in sorted(kinds.items())}


def print_reliability(verdicts: Sequence[Verdict]) -> None:
    """Print the bins and the counts; a page counts once for each input."""
    if not verdicts:
        print("\nno Article among the results, so no confidence to judge")
        return
    found = bins(verdicts)
    rows = [(f"{b.low:.1f}-{b.low + 0.1:.1f}", str(b.pages), f"{b.confidence:.3f}", f"{b.good:.3f}") for b in found]
    print()
    print_columns(("confidence", "results", "mean", f"F1 >= {GOOD}"), rows, words=1)
    print(f"expected calibration error {calibration_error(found):.3f}\n")
    counts = articles_by_kind(verdicts).items()
    print_columns(("kind", "results", "is_article"), [(kind, str(n), str(yes)) for kind, (n, yes) in counts], words=1)
