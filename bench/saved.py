"""Keeps the scores of a run in a file, and tells what another run has changed."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.report import print_columns
from bench.runs import Result

MOVED = 10
"""Pages shown that fell most, and that rose most."""
MEAN = "mean"
"""Over the inputs."""


class Row(NamedTuple):
    """One page as one input."""

    set: str
    id: str
    kind: str
    lang: str
    input: str
    p: float
    r: float
    f1: float
    ms: float


class Change(NamedTuple):
    """Mean F1 and CPU of the pages that both runs hold."""

    name: tuple[str, ...]
    """Set, language, kind, input for a group; set, kind, id for a page."""
    pages: int
    before: float
    after: float
    ms_before: float
    ms_after: float

    @property
    def delta(self) -> float:
        return self.after - self.before


def rows_of(results: Iterable[Result]) -> list[Row]:
    """Return the results as rows, in order of set, id and input."""
    return sorted(_row(result) for result in results)


def _row(result: Result) -> Row:
    page, shares = result.page, (round(share, 4) for share in result.score)
    return Row(page.set, page.id, page.kind, page.lang, result.input, *shares, round(1000 * result.seconds, 1))


def save(path: Path, rows: Sequence[Row], measure: str) -> None:
    """Write a run: JSON with a page a line, so that two files can be compared with diff as well."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    head = f'{{"measure": {json.dumps(measure)},\n"columns": {json.dumps(Row._fields)},\n"pages": [\n'
    path.write_text(f"{head}{lines}\n]}}\n", encoding="utf-8")


def load(path: Path, measure: str) -> list[Row]:
    """Return a saved run; leave with a message if there is none or it was measured in another way."""
    if not path.is_file():
        raise SystemExit(f"no saved run {path}; write one with --save")
    run = json.loads(path.read_text(encoding="utf-8"))
    if run["measure"] != measure:
        raise SystemExit(f"{path} was scored with --measure {run['measure']}; score this run so too")
    return [Row(*row) for row in run["pages"]]


def group_changes(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """Return the changes by set, language, kind and input, and over the inputs where there are several."""
    groups: dict[tuple[str, ...], list[tuple[Row, Row]]] = defaultdict(list)
    for old, new in _pairs(before, after):
        for way in (new.input, MEAN):
            groups[new.set, new.lang, new.kind, way].append((old, new))
    ways = Counter(name[:3] for name in groups)
    names = [name for name in groups if name[3] != MEAN or ways[name[:3]] > 2]
    return [_change(name, groups[name]) for name in sorted(names, key=lambda name: (name[:3], name[3] == MEAN, name))]


def page_changes(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """Return the change of each page whose F1, mean over the inputs, is another; what fell most comes first."""
    pages: dict[tuple[str, ...], list[tuple[Row, Row]]] = defaultdict(list)
    for old, new in _pairs(before, after):
        pages[new.set, new.kind, new.id].append((old, new))
    changes = [_change(name, pairs) for name, pairs in pages.items()]
    return sorted((change for change in changes if change.delta), key=lambda change: (change.delta, change.name))


def _pairs(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[Row, Row]]:
    known = {(row.set, row.id, row.input): row for row in before}
    found = [(known.get((row.set, row.id, row.input)), row) for row in after]
    return [(old, new) for old, new in found if old]


def _change(name: tuple[str, ...], pairs: Sequence[tuple[Row, Row]]) -> Change:
    sums = [sum(column) / len(pairs) for column in zip(*((o.f1, n.f1, o.ms, n.ms) for o, n in pairs), strict=True)]
    return Change(name, len({(new.set, new.id) for _, new in pairs}), *sums)


def print_changes(before: Sequence[Row], after: Sequence[Row]) -> None:
    """Print what ``after`` has changed: by group, then the pages that fell and that rose most."""
    both = len(_pairs(before, after))
    print(f"\n{both} results in both runs; only before: {len(before) - both}, only after: {len(after) - both}")
    head = ("set", "lang", "kind", "input", "pages", "before", "after", "delta", "ms before", "ms after")
    print_columns(head, [_cells(c) for c in group_changes(before, after)], words=4)
    moved = page_changes(before, after)
    fell, rose = [c for c in moved if c.delta < 0][:MOVED], [c for c in moved[::-1] if c.delta > 0][:MOVED]
    for title, changes in (("fell most", fell), ("rose most", rose)):
        print(f"\n{title}:" if changes else f"\n{title}: none")
        for c in changes:
            print(f"  {c.delta:+.3f}  {c.before:.3f} → {c.after:.3f}  {' '.join(c.name)}")


def _cells(c: Change) -> tuple[str, ...]:
    shares = (f"{c.before:.3f}", f"{c.after:.3f}", f"{c.delta:+.3f}")
    return (*c.name, str(c.pages), *shares, f"{c.ms_before:.2f}", f"{c.ms_after:.2f}")
