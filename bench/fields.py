"""Scores the fields on our own labelled pages, HTML and four flattenings of it: ``python -m bench.fields --help``.

The pages are those of tests/cases and tests/pages that label a field. A flattening is made with lxml alone, so that
anybody's machine gives the same figures. What the element's attributes or the head alone say is missing from text.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.flatten import PINNED
from bench.metadata import key
from bench.report import print_columns
from cleanpage import clean_page

FIELDS = ("title", "published", "modified", "authors", "editors", "photographers", "source", "site", "keywords")
FLATTENINGS = ("lxml_raw", "lxml_blocks", "inner_text", "wet")
"""Those of ``flatten.PINNED`` that need lxml alone."""
TESTS = Path(__file__).resolve().parents[1] / "tests"
FLOORS = Path(__file__).with_name("fields.toml")
SHOWN = 80
"""Characters of a value that are printed."""


class Value(NamedTuple):
    """What one page has in one field."""

    page: str
    input: str
    """``html``, ``text`` (a page that is text) or one of FLATTENINGS."""
    field: str
    wanted: tuple[str, ...]
    """The label item by item; empty if nobody is to be named."""
    found: tuple[str, ...]

    @property
    def right(self) -> int:
        """How many items are right."""
        return sum(item in self.wanted for item in self.found)

    @property
    def wrong(self) -> int:
        """How many items are no item of the label."""
        return len(self.found) - self.right

    @property
    def missing(self) -> int:
        """How many items of the label have not been found."""
        return len(self.wanted) - self.right


class Score(NamedTuple):
    """The counts of one field over the pages of one input."""

    right: int
    wrong: int
    missing: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 if nothing was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what is labelled that was found; 1 if nothing is."""
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0


def values() -> Iterator[Value]:
    """Yield the labelled fields of all pages, as each input gives them."""
    for path in sorted((*(TESTS / "cases").glob("*.json"), *(TESTS / "pages").glob("*.expected.json"))):
        case = json.loads(path.read_text(encoding="utf-8"))
        labels = {name: value for name, value in case.get("expect", case).items() if name in FIELDS}
        stem = path.name.removesuffix(".json").removesuffix(".expected")
        page = next((p for p in (path.with_name(f"{stem}.html"), path.with_name(f"{stem}.txt")) if p.is_file()), None)
        if not labels or page is None or case.get("bytes"):
            continue
        raw, url = page.read_text(encoding="utf-8"), case.get("arguments", {}).get("url")
        inputs = {"text": raw} if page.suffix == ".txt" else {"html": raw}
        if page.suffix == ".html":
            inputs |= {name: PINNED[name](raw) for name in FLATTENINGS}
        for name, text in inputs.items():
            article = clean_page(text, url=url, kind="text" if name in FLATTENINGS else None)
            for field, label in labels.items():
                found = tuple(_items(getattr(article, field), field))
                yield Value(stem, name, field, tuple(_items(label, field)), _as_precise(found, label, field))


def _items(value: object, field: str) -> Iterator[str]:
    """Yield what a field says, item by item, in a form that compares: letters and digits, a date as it is."""
    for item in value if isinstance(value, list | tuple) else [value]:
        if item is not None:
            yield str(item) if field in ("published", "modified") else key(str(item))


def _as_precise(found: tuple[str, ...], label: object, field: str) -> tuple[str, ...]:
    """Return dates cut to the precision of the label."""
    if field in ("published", "modified") and isinstance(label, str):
        return tuple(item[: len(label)] for item in found)
    return found


def score(rows: Iterable[Value]) -> dict[tuple[str, str], Score]:
    """Return the counts by input and field."""
    counts: dict[tuple[str, str], Score] = {}
    for row in rows:
        before = counts.get((row.input, row.field), Score(0, 0, 0))
        added = (row.right, row.wrong, row.missing)
        counts[row.input, row.field] = Score(*(a + b for a, b in zip(before, added, strict=True)))
    return counts


def fallen(counts: dict[tuple[str, str], Score]) -> list[str]:
    """Return which floors of ``fields.toml`` do not hold, a sentence each."""
    wrong = []
    for floor in tomllib.loads(FLOORS.read_text(encoding="utf-8"))["floor"]:
        found = counts[floor["input"], floor["field"]]
        for name in ("precision", "recall"):
            if getattr(found, name) < floor[name]:
                wrong.append(f"{floor['input']} {floor['field']}: {name} {getattr(found, name):.3f} < {floor[name]}")
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 1 if a floor does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench.fields", description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="show each value that is wrong or missing")
    options = parser.parse_args(arguments)
    rows = list(values())
    counts = score(rows)
    table = [
        (way, field, *(str(n) for n in found), f"{found.precision:.3f}", f"{found.recall:.3f}")
        for (way, field), found in sorted(counts.items())
    ]
    print_columns(("input", "field", "right", "wrong", "missing", "precision", "recall"), table, words=2)
    for row in rows if options.wrong else ():
        if row.wrong or row.missing:
            print(f"  {row.page} {row.input} {row.field}: {str(row.found)[:SHOWN]}, not {str(row.wanted)[:SHOWN]}")
    print(f"{len({row.page for row in rows})} pages")
    told = fallen(counts)
    print(*told, sep="\n", end="\n" if told else "")
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
