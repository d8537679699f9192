"""The last stage of a run: its tables move to their place, JSON lines and report are written, then the manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cleanpage.corpus.accounting import ordered
from cleanpage.errors import CleanpageError

if TYPE_CHECKING:
    from cleanpage.dedupe.on_disk.exchange import Plan

FORMAT = 5
CLEANED = ("articles", "ledger", "templates", "errors", "timings")
SETTLED = ("parts", "versions", "related")
TABLES = (*CLEANED, "clusters", *SETTLED)


def publish(plan: Plan, folder: Path, key: str, seen: Callable[[int, int], None]) -> None:
    """Put what a run has made into its folder; done again from wherever it broke off.

    ``seen`` is told how many parts are written as JSON lines, of how many: that takes most of the time.
    """
    import pyarrow.parquet as pq

    from cleanpage.corpus.parts import count_skipped
    from cleanpage.corpus.report import write_report

    for name in TABLES:
        (folder / name).mkdir(exist_ok=True)
    for part in plan.parts:
        for name in CLEANED:
            made = plan.clean / part / f"{name}.parquet"
            if made.is_file():
                made.replace(folder / name / f"{part}.parquet")
    _write_clusters(plan, folder)
    counts = {name: sum(pq.read_metadata(file).num_rows for file in (folder / name).iterdir()) for name in TABLES}
    pages = sum(pq.read_metadata(plan.clean.with_name("pages") / f"{part}.parquet").num_rows for part in plan.parts)
    if counts["articles"] + counts["errors"] != pages or counts["clusters"] != counts["articles"]:
        raise CleanpageError(f"{counts} do not make {pages} pages: delete {folder} and run again")
    _write_jsonl(plan, folder, seen)
    skipped = ordered(count_skipped(plan.clean.with_name("pages")))
    counts = {"pages": pages, **counts, "skipped": sum(skipped.values())}
    write_report(folder, counts, skipped)
    put_json(folder / "manifest.json", {"format": FORMAT, "run": key, "counts": counts, "skipped": skipped})


def _write_clusters(plan: Plan, folder: Path) -> None:
    """Write the clusters of the articles of each part, and what is between clusters."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    for bucket in range(plan.buckets):
        settled = [plan.read(stage, "clusters", bucket) for stage in ("gather_components", "settle_components")]
        rows = pa.concat_tables(settled)
        for place, part in plan.parts_of(bucket):
            of_part = rows.filter(pc.equal(rows["part"], place)).drop_columns("part").sort_by("id")
            pq.write_table(of_part, folder / "clusters" / f"{part}.parquet")
        for name in SETTLED:
            table = plan.own("settle_components", name, bucket)
            pq.write_table(table, folder / name / f"part-{bucket:05d}.parquet")


def _write_jsonl(plan: Plan, folder: Path, seen: Callable[[int, int], None]) -> None:
    """Write the articles once more as JSON lines, each with the canonical article of its cluster."""
    import pyarrow.parquet as pq

    with (folder / "articles.jsonl").open("w", encoding="utf-8") as lines:
        for done, part in enumerate(plan.parts, 1):
            clusters = pq.read_table(folder / "clusters" / f"{part}.parquet", columns=["id", "canonical"]).to_pydict()
            canonical = dict(zip(clusters["id"], clusters["canonical"], strict=True))
            for batch in pq.ParquetFile(folder / "articles" / f"{part}.parquet").iter_batches(batch_size=1024):
                for row in batch.to_pylist():
                    lines.write(json.dumps({**row, "canonical": canonical[row["id"]]}, ensure_ascii=False) + "\n")
            seen(done, len(plan.parts))


def put_json(file: Path, value: Mapping[str, object]) -> None:
    """Write JSON so that the file is there wholly or not at all."""
    made = file.with_name(f"{file.name}.tmp")
    made.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    made.replace(file)
