"""The end of a run: tables as they go out, JSON lines and what the report counts; then all moves to its place."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cleanpage.corpus.accounting import ordered
from cleanpage.corpus.atomic_task import counted, finished, made_whole
from cleanpage.corpus.inputs import count_skipped
from cleanpage.corpus.settings import Settings
from cleanpage.errors import CleanpageError

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 6  # of the tables of a run; a run of another one is not gone on with
SETTLED = ("parts", "versions", "related")
COUNTED_TABLES = ("articles", "copies", "errors", "ledger", "templates", "clusters", *SETTLED)
"""What is counted beside pages and skipped records: rows of tables, and copies, articles that are not canonical."""
LINES_FILE, COUNTS = "articles.jsonl", "counts.json"


def publish_bucket(source: str, out: str) -> None:
    """Make what hangs on clusters for the parts of a bucket, their JSON lines, and what the report counts.

    ``source`` is the folder of the bucket's last task.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    from cleanpage.corpus.summary import summary_of
    from cleanpage.dedupe.on_disk.exchange import Plan

    plan, bucket, counts = Plan.load(Path(source).parents[1]), int(Path(out).name), Counter[str]()
    work = plan.folder.parent
    settings = Settings.load(work / "inputs")
    settled = [plan.read(stage, "clusters", bucket) for stage in ("gather_components", "settle_components")]
    rows = pa.concat_tables(settled)
    with made_whole(Path(out)) as made, counted(Path(out)) as count:
        for place, part in plan.parts_of(bucket):
            clusters = rows.filter(pc.equal(rows["part"], place)).drop_columns("part").sort_by("id")
            _put(clusters, made / "clusters" / f"{part}.parquet")
            counts += Counter(_write_articles(work / "clean" / part, made, clusters, settings))
            if settings.templates:
                templates = _templates(work, part)
                _put(templates, made / "templates" / f"{part}.parquet")
                counts["templates"] += len(templates)
            summary = summary_of(work / "clean" / part, clusters)
            (made / f"{part}.summary.json").write_text(json.dumps(summary), encoding="utf-8")
            count(len(clusters))
        for name in SETTLED:
            table = plan.own("settle_components", name, bucket)
            _put(table, made / name / f"part-{bucket:05d}.parquet")
            counts[name] += len(table)
        (made / COUNTS).write_text(json.dumps(counts), encoding="utf-8")


def _put(table: pa.Table, file: Path) -> None:
    import pyarrow.parquet as pq

    file.parent.mkdir(exist_ok=True)
    pq.write_table(table, file)


def _templates(work: Path, part: str) -> pa.Table:
    """Return the templates of the hosts whose first part this is."""
    from cleanpage.corpus.learn_task import as_rows, templates_of
    from cleanpage.corpus.parts import PagePart

    source = work / "parts" / f"{part}.json"
    described = PagePart.load(source)
    first = {host: parts for host, parts in described.hosts.items() if parts[0] == part}
    return as_rows(templates_of(source, described._replace(hosts=first)))


def _write_articles(clean: Path, made: Path, clusters: pa.Table, settings: Settings) -> dict[str, int]:
    """Write the articles as JSON lines, each with the canonical article of its cluster; if ``unique``, these alone.

    Returns the rows of each table of the part.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    canonical = dict(zip(clusters["id"].to_pylist(), clusters["canonical"].to_pylist(), strict=True))
    file = pq.ParquetFile(clean / "articles.parquet")
    kept, written = [], 0
    with (made / f"{clean.name}.jsonl").open("w", encoding="utf-8") as lines:
        for batch in file.iter_batches(batch_size=1024):
            rows = batch.to_pylist()
            chosen = [not settings.unique or canonical[row["id"]] == row["id"] for row in rows]
            for row, is_chosen in zip(rows, chosen, strict=True):
                if is_chosen:
                    lines.write(json.dumps({**row, "canonical": canonical[row["id"]]}, ensure_ascii=False) + "\n")
            written += sum(chosen)
            kept += [batch.filter(pa.array(chosen, pa.bool_()))] if settings.unique else []
    if settings.unique:
        _put(pa.Table.from_batches(kept, file.schema_arrow), made / "articles" / f"{clean.name}.parquet")
    cleaned = {name: pq.read_metadata(clean / f"{name}.parquet").num_rows for name in ("ledger", "errors")}
    copies = sum(id != other for id, other in canonical.items())
    return {"cleaned": file.metadata.num_rows, "articles": written, "copies": copies, **cleaned,
            "clusters": len(clusters)}  # fmt: skip


def publish(work: Path, folder: Path, key: str, pages: int) -> None:
    """Put what the tasks of a run have made into its folder; done again from wherever it broke off."""
    settings, skipped = Settings.load(work / "inputs"), ordered(count_skipped(work))
    buckets = finished(work / "publish")
    found: Counter[str] = Counter()
    for bucket in buckets:
        found.update(json.loads((bucket / COUNTS).read_text(encoding="utf-8")))
    if found["cleaned"] + found["errors"] != pages or found["clusters"] != found["cleaned"]:
        raise CleanpageError(f"{dict(found)} do not make {pages} pages: delete {folder} and run again")
    left_out = () if settings.ledger else ("ledger.parquet",)
    for part in finished(work / "clean"):
        for file in part.glob("*.parquet"):
            if file.name not in ("prints.parquet", *left_out):
                _move(file, folder / file.stem / f"{part.name}.parquet")
    for file in [file for bucket in buckets for file in bucket.glob("*/*.parquet")]:
        _move(file, folder / file.parent.name / file.name)
    with (folder / f"{LINES_FILE}.tmp").open("wb") as lines:
        for file in sorted((work / "publish").glob("*/*.jsonl"), key=lambda file: file.name):
            with file.open("rb") as piece:
                shutil.copyfileobj(piece, lines)
    _move(folder / f"{LINES_FILE}.tmp", folder / LINES_FILE)
    for path in (work / "report").iterdir():
        _move(path, folder / path.name)
    counts = {"pages": pages, **{name: found[name] for name in COUNTED_TABLES}, "skipped": sum(skipped.values())}
    put_json(folder / "manifest.json", {"format": FORMAT, "run": key, "counts": counts, "skipped": skipped})


def _move(file: Path, to: Path) -> None:
    to.parent.mkdir(exist_ok=True)
    file.replace(to)


def put_json(file: Path, value: Mapping[str, object]) -> None:
    """Write JSON so that the file is there wholly or not at all."""
    made = file.with_name(f"{file.name}.tmp")
    made.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    made.replace(file)
