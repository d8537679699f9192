"""What the report says of a run, counted part by part: sums, and the pages with the lowest or highest values."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from heapq import nlargest, nsmallest
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpage.text.lazy_regex import lazy

if TYPE_CHECKING:
    import pyarrow as pa

BINS = 20
"""Of the histograms of confidence and of the share of text that was kept."""
LOWEST, OF_EACH = 60, 5
"""Pages of lowest confidence that are listed, and at least so many of each value of ``KEYS`` …"""
HOSTS = 15
"""… of hosts of those with most pages."""
SLOWEST, CLUSTERS = 10, 8
"""Slowest pages, and examples of clusters."""
KEYS = ("host", "language", "page_kind")
_VARYING = lazy(r"'[^']{0,9999}'|\d+")

SummaryRow = dict[str, Any]
Example = tuple[str, str, int]
"""A copy, the canonical article of its cluster, and the size of that."""


def summary_of(clean: Path, clusters: pa.Table) -> dict[str, Any]:
    """Return the summary of a part, ready for JSON: of what cleaning made of it, and the clusters of its articles."""
    import pyarrow.parquet as pq

    rows = [{**row, "part": clean.name} for row in pq.read_table(clean / "measures.parquet").to_pylist()]
    errors = pq.read_table(clean / "errors.parquet", columns=["host", "reason"]).to_pylist()
    labels = pq.read_table(clean / "ledger.parquet", columns=["label"])["label"].to_pylist()
    copies = list(zip(*(clusters[name].to_pylist() for name in ("id", "canonical", "size")), strict=True))
    sums: dict[str, Counter[str]] = {
        "labels": Counter(labels),
        "errors": Counter(_VARYING.sub("…", row["reason"])[:200] for row in errors),
        "host errors": Counter(row["host"] for row in errors),
        "confidence": Counter(_bin(row["confidence"]) for row in rows),
        "kept": Counter(_bin(row["text_chars"] / row["source_chars"]) for row in rows if row["source_chars"]),
        "sizes": Counter(str(size) for id, canonical, size in copies if id == canonical and size > 1),
        **{key: Counter(row[key] or "" for row in rows) for key in KEYS},
    }
    totals = {name: sum(row[name] for row in rows) for name in ("seconds", "source_chars", "text_chars")}
    of_keys = {f"{key} confidence": _sums(rows, key) for key in KEYS}
    return {
        "sums": {**sums, **of_keys, "totals": totals}, "lowest": _lowest(rows), "slowest": _slowest(rows),
        "clusters": _examples(copy for copy in copies if copy[0] != copy[1]),
    }  # fmt: skip


def _sums(rows: Iterable[SummaryRow], key: str) -> dict[str, float]:
    """Return the sum of the confidences of the pages with each value of a key."""
    found: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        found[row[key] or ""] += row["confidence"]
    return found


def _bin(share: float) -> str:
    return str(min(BINS - 1, int(share * BINS)))


def _lowest(rows: Iterable[SummaryRow], hosts: Collection[str] | None = None) -> list[SummaryRow]:
    """Return the pages of lowest confidence, and the lowest of each language and kind, and of these hosts (or all)."""
    taken: list[SummaryRow] = []
    seen: Counter[tuple[str, str]] = Counter()
    for place, row in enumerate(sorted(rows, key=lambda row: (row["confidence"], row["id"]))):
        of = [(key, row[key]) for key in KEYS if key != "host" or hosts is None or row[key] in hosts]
        if place < LOWEST or any(seen[value] < OF_EACH for value in of):
            taken.append(row)
        seen.update(of)
    return taken


def _slowest(rows: Iterable[SummaryRow]) -> list[SummaryRow]:
    return nlargest(SLOWEST, rows, key=lambda row: (row["seconds"], row["id"]))


def _examples(copies: Iterable[Example]) -> list[Example]:
    """Return a copy each of the largest clusters, and of the smallest."""
    one = {canonical: (id, canonical, size) for id, canonical, size in copies}.values()
    by_size = [choose(CLUSTERS // 2, one, key=lambda copy: (copy[2], copy[0])) for choose in (nlargest, nsmallest)]
    return list(dict.fromkeys(chain(*by_size)))


class Summary:
    """The summaries of all parts, one of which is held at a time beside the sums."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.slowest: list[SummaryRow] = []
        self.lowest: list[SummaryRow] = []
        self.clusters: list[Example] = []
        for part in map(_load, files):
            for name, counts in part["sums"].items():
                self.sums[name].update(counts)
            self.slowest = _slowest([*self.slowest, *part["slowest"]])
            self.clusters = _examples([*self.clusters, *map(tuple, part["clusters"])])
        hosts = {host for host, _ in self.sums["host"].most_common(HOSTS)}
        for part in map(_load, files):
            self.lowest = _lowest([*self.lowest, *part["lowest"]], hosts)


def _load(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
