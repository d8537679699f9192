"""CPU, files and memory of the stages that find the copies of a run: ``python -m bench.speed.exchange [SMALL LARGE]``.

The same made-up articles as in ``bench.speed.neardup``, as many a bucket as in a run; all tasks one after the other in
this process. The bar: four times the articles take at most 4.6 times the CPU.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.speed.neardup import texts
from cleanpage.corpus.columns import SCHEMAS
from cleanpage.corpus.plan import BUCKET, DEDUPE_STAGES, run_stage, tasks_of
from cleanpage.dedupe.fingerprint import fingerprint
from cleanpage.dedupe.on_disk.exchange import Plan

PART = 2000


def write_parts(folder: Path, size: int) -> tuple[str, ...]:
    """Write fingerprints of made-up articles as the parts of a run; return their names."""
    told, names = enumerate(texts(size)), []
    while some := list(islice(told, PART)):
        names.append(f"part-{len(names):05d}")
        (folder / names[-1]).mkdir(parents=True)
        rows = [{"id": str(n), **fingerprint(text).to_row()} for n, text in some]
        pq.write_table(pa.Table.from_pylist(rows, SCHEMAS["prints"]), folder / names[-1] / "prints.parquet")
    return tuple(names)


def measure(size: int, folder: Path) -> float:
    """Print what each stage takes; return the CPU seconds of all."""
    parts = write_parts(folder / "clean", size)
    held = sum(file.stat().st_size for file in (folder / "clean").rglob("*.parquet"))
    plan = Plan(folder / "dedupe", folder / "clean", parts, held // BUCKET + 1)
    plan.save()
    total = 0.0
    for name, tasks in zip(DEDUPE_STAGES, tasks_of(plan.folder, plan.buckets), strict=True):
        stage = name.partition(":")[2]
        began = time.process_time()
        for task in tasks:
            run_stage(*task)
        spent = time.process_time() - began
        total += spent
        held = sum(file.stat().st_size for file in (plan.folder / stage).rglob("*.arrow"))
        print(f"  {stage:20}{1e6 * spent / size:8.0f} µs{held / size:8.0f} bytes an article", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size} articles, {plan.buckets} buckets: {total:.1f} CPU s, peak {peak:.0f} MB", flush=True)
    return total


def main(sizes: list[int]) -> None:
    """Measure each size, and print the ratio of the last to the first."""
    spent = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            spent.append(measure(size, Path(folder)))
    print(f"ratio {spent[-1] / spent[0]:.2f}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [50000, 200000])
