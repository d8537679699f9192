"""The report of a run: one HTML page that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from cleanpage.corpus.accounting import SKIPPED
from cleanpage.report.render import asset

SHOWN = 15
"""Rows of each list."""
TOTALS = {
    "pages": "pages", "articles": "articles", "errors": "errors", "skipped": "skipped", "ledger": "spans removed",
    "templates": "templates of sites", "parts": "parts of others",
}  # fmt: skip
"""Counts of the manifest that are shown, and what they are called."""
LONGEST = 120
"""Characters of a name that are shown."""


class Row(NamedTuple):
    """A line of a chart."""

    name: str
    note: str
    shown: str
    share: float
    """Length of its bar in percent."""


class Chart(NamedTuple):
    """A list of names with numbers."""

    title: str
    said: str
    name: str
    unit: str
    rows: list[Row]


def write_report(folder: Path, counts: Mapping[str, int], skipped: Mapping[str, int]) -> None:
    """Write ``report.html`` from the tables of a run: sites, labels, clusters, errors, slowest and least sure pages.

    Reads the tables file by file, and of each only the columns that are shown.
    """
    import jinja2

    source = files(__package__).joinpath("report.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    totals = [(shown, counts[name]) for name, shown in TOTALS.items()]
    charts, colours = list(_charts(folder, skipped)), asset("colours.css")
    page = environment.from_string(source).render(colours=colours, totals=totals, charts=charts)
    (folder / "report.html").write_text(page, encoding="utf-8")


def _charts(folder: Path, skipped: Mapping[str, int]) -> Iterator[Chart]:
    sizes = Counter({size: count // size for size, count in _counted(folder / "clusters", "size").items()})
    crowds = [(f"{size} articles", count) for size, count in sorted(sizes.items()) if size > 1]
    sites = _counted(folder / "articles", "site")
    yield _numbers("Sites", f"{len(sites):,} in all, the largest", "site", "articles", sites.most_common(SHOWN))
    labels = _counted(folder / "ledger", "label").most_common(SHOWN)
    yield _numbers("What was removed", "spans of the pages, by what they are", "label", "spans", labels)
    kinds = _counted(folder / "articles", "page_kind").most_common()
    yield _numbers("Kinds of pages", "what the pages look like", "kind", "pages", kinds)
    said = f"{sizes[1]:,} articles have no copy; the others are in clusters"
    yield _numbers("Clusters of copies", said, "size", "clusters", crowds[:SHOWN])
    errors = _counted(folder / "errors", "reason").most_common(SHOWN)
    yield _numbers("Errors", "why pages could not be read or cleaned", "reason", "pages", errors)
    left_out = [(f"{reason}: {SKIPPED.get(reason, '')}", count) for reason, count in skipped.items()]
    yield _numbers("Skipped", "what is no page and was not cleaned", "reason", "records", left_out)
    slow = _extreme(folder / "timings", "seconds", "descending")
    yield _pages("Slowest pages", "CPU of one cleaning", "ms", slow, 1000)
    unsure = _extreme(folder / "articles", "confidence", "ascending", "title")
    yield _pages("Least sure pages", "probability that the body is right", "confidence", unsure, 1)


def _numbers(title: str, said: str, name: str, unit: str, counts: Iterable[tuple[object, int]]) -> Chart:
    pairs = [(str(key) or "without address", count) for key, count in counts]
    most = max((count for _, count in pairs), default=0) or 1
    rows = [Row(_cut(key), "", f"{count:,}", round(100 * count / most, 1)) for key, count in pairs]
    return Chart(title, said, name, unit, rows)


def _pages(title: str, said: str, unit: str, found: list[dict[str, Any]], scale: float) -> Chart:
    most = max((row["value"] for row in found), default=0) or 1
    rows = [
        Row(_cut(row["id"]), _cut(row.get("title") or ""), f"{scale * row['value']:.{1 if scale > 1 else 3}f}",
            round(100 * row["value"] / most, 1))
        for row in found
    ]  # fmt: skip
    return Chart(title, said, "page", unit, rows)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _tables(table: Path, *columns: str) -> Iterator[Any]:
    import pyarrow.parquet as pq

    return (pq.read_table(file, columns=list(columns)) for file in sorted(table.iterdir()))


def _counted(table: Path, column: str) -> Counter[Any]:
    import pyarrow.compute as pc

    found: Counter[Any] = Counter()
    for rows in _tables(table, column):
        found.update({row["values"]: row["counts"] for row in pc.value_counts(rows[column]).to_pylist()})
    return found


def _extreme(table: Path, column: str, order: str, *more: str) -> list[dict[str, Any]]:
    """Return the rows with the highest or lowest values, called ``value``."""
    import pyarrow as pa

    by = [(column, order), ("id", "ascending")]
    best = pa.concat_tables(rows.sort_by(by).slice(0, SHOWN) for rows in _tables(table, "id", column, *more))
    return [{**row, "value": row[column]} for row in best.sort_by(by).slice(0, SHOWN).to_pylist()]
