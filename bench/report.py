"""The tables that the bench prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from bench.runs import BAR_INPUTS, Result
from bench.score import Score, lines_apart, mean, shingles

Group: TypeAlias = tuple[str, str, str]
"""Set, language, kind."""
ALL_KINDS = "all kinds"


class Figures(NamedTuple):
    """Means over results."""

    pages: int
    whole: Score
    score: Score
    ms: float
    """Process CPU a page."""


def figures(results: Sequence[Result]) -> Figures:
    """Return the means of ``results``, of which there is at least one."""
    pages = len({(result.page.set, result.page.id) for result in results})
    ms = 1000 * sum(result.seconds for result in results) / len(results)
    return Figures(pages, mean(r.whole for r in results), mean(r.score for r in results), ms)


def grouped(results: Iterable[Result], *, all_kinds: bool = False) -> dict[Group, list[Result]]:
    """Return the results by set, language and kind; ``all_kinds`` adds one over the kinds where there are several."""
    groups: dict[Group, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.page.set, result.page.lang, result.page.kind].append(result)
    if all_kinds:
        for name, lang in {group[:2] for group in groups}:
            kinds = [groups[group] for group in list(groups) if group[:2] == (name, lang)]
            if len(kinds) > 1:
                groups[name, lang, ALL_KINDS] = [result for kind in kinds for result in kind]
    return {group: groups[group] for group in sorted(groups, key=lambda g: (g[:2], g[2] == ALL_KINDS, g))}


def by_input(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Return the results by input, in the order in which the inputs come first."""
    ways: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        ways[result.input].append(result)
    return dict(ways)


def summarise(results: Iterable[Result], *, all_kinds: bool = False) -> list[tuple[str, ...]]:
    """Return the rows of the table: for each group one a kind of input, one over them, and the worst for the bars."""
    rows = []
    for group, members in grouped(results, all_kinds=all_kinds).items():
        ways = {way: figures(of_way) for way, of_way in by_input(members).items()}
        rows += [_row(group, way, found) for way, found in ways.items()]
        if len(ways) > 1:
            rows.append(_row(group, "mean", figures(members)))
        if ways.keys() >= set(BAR_INPUTS):
            worst = min(BAR_INPUTS, key=lambda way: ways[way].score.f1)
            rows.append(_row(group, f"worst: {worst}", ways[worst]))
    return rows


def _row(group: Group, way: str, found: Figures) -> tuple[str, ...]:
    shares = (found.whole.f1, *found.score)
    return (*group, way, str(found.pages), *(f"{share:.3f}" for share in shares), f"{found.ms:.2f}")


def print_table(results: Iterable[Result], *, all_kinds: bool = False) -> None:
    """Print the summary of ``results``; the whole text of an HTML page is what inscriptis makes of it."""
    head = ("set", "lang", "kind", "input", "pages", "whole F1", "P", "R", "F1", "ms/page")
    print_columns(head, summarise(results, all_kinds=all_kinds), words=4)


def print_columns(head: Sequence[str], rows: Sequence[Sequence[str]], *, words: int) -> None:
    """Print rows with columns aligned: the first ``words`` columns to the left, the others, numbers, to the right."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        columns = enumerate(zip(row, widths, strict=True))
        print("  ".join(cell.ljust(w) if i < words else cell.rjust(w) for i, (cell, w) in columns).rstrip())


def print_worst(results: Sequence[Result], count: int) -> None:
    """Print the ``count`` results of lowest F1, each with what is missing and too much (300 characters each)."""
    for result in sorted(results, key=lambda r: (r.score.f1, r.page.id, r.input))[:count]:
        page, got = result.page, result.score
        print(f"\n{page.set} {page.kind} {result.input} {page.id}  {page.url}")
        print(f"  P {got.precision:.3f}  R {got.recall:.3f}  F1 {got.f1:.3f}  (whole {result.whole.f1:.3f})")
        label = page.body or ""
        print("  missing:", " ⏎ ".join(lines_apart(label, shingles(result.prediction)))[:300])
        print("  extra:  ", " ⏎ ".join(lines_apart(result.prediction, shingles(label)))[:300])


def print_side_by_side(runs: Mapping[str, Sequence[Result]], *, all_kinds: bool = False) -> None:
    """Print F1, then CPU, of several contenders, given by name: a line a group, a column a contender and input."""
    cells: dict[tuple[Group, tuple[str, str]], Figures] = {}
    for name, results in runs.items():
        for group, members in grouped(results, all_kinds=all_kinds).items():
            for way, of_way in by_input(members).items():
                cells[group, (name, way)] = figures(of_way)
    columns = list(dict.fromkeys(column for _, column in cells))
    groups = list(dict.fromkeys(group for group, _ in cells))
    for title in ("F1", "CPU ms/page"):
        print(f"\n{title}")
        rows = [("", "", "", "", *(way for _, way in columns))]
        for group in groups:
            found = [cells[group, column] for column in columns]
            shown = [f"{one.score.f1:.3f}" if title == "F1" else f"{one.ms:.2f}" for one in found]
            rows.append((*group, str(found[0].pages), *shown))
        print_columns(("set", "lang", "kind", "pages", *(name for name, _ in columns)), rows, words=3)
