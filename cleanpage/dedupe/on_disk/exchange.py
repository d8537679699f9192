"""How rows get from the tasks that make them to the task that needs them: a file a task, with a batch for each bucket.

The engine spills nothing to disk, so every exchange passes through files. A task writes each of its tables as one
Arrow file whose n-th batch holds the rows of bucket n, empty ones too; who needs bucket n reads the n-th batch of all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

Buckets = list[pa.Table]
"""A table cut into buckets."""


class Plan(NamedTuple):
    """How the articles of a run are deduplicated: where, and in how many pieces."""

    folder: Path
    """Holds a folder for each stage, with one for each of its tasks."""
    clean: Path
    """Holds the parts of the pages, cleaned."""
    parts: tuple[str, ...]
    """Their names."""
    buckets: int
    """Pieces of what is exchanged."""

    @classmethod
    def load(cls, folder: str | Path) -> Plan:
        """Return the plan that ``save`` left in a folder."""
        kept = json.loads((Path(folder) / "plan.json").read_text(encoding="utf-8"))
        return cls(Path(folder), Path(kept["clean"]), tuple(kept["parts"]), kept["buckets"])

    def save(self) -> None:
        """Write the plan into its folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = {"clean": str(self.clean), "parts": self.parts, "buckets": self.buckets}
        (self.folder / "plan.json").write_text(json.dumps(kept), encoding="utf-8")

    def read(self, stage: str, table: str, bucket: int) -> pa.Table:
        """Return what all tasks of a stage have put into a bucket of a table."""
        return pa.concat_tables(rows for _, rows in self.read_each(stage, table, bucket))

    def read_each(self, stage: str, table: str, bucket: int) -> Iterator[tuple[int, pa.Table]]:
        """Yield the tasks of a stage, and what each has put into a bucket of a table."""
        for task in sorted(path for path in (self.folder / stage).iterdir() if path.name.isdigit()):
            yield int(task.name), read_batch(task / f"{table}.arrow", bucket)

    def own(self, stage: str, table: str, bucket: int) -> pa.Table:
        """Return a table that the task of the same number has kept for this one."""
        return read_batch(self.folder / stage / f"{bucket:05d}" / f"{table}.arrow", 0)

    def parts_of(self, bucket: int) -> Iterator[tuple[int, str]]:
        """Yield place and name of the parts that belong to a bucket."""
        for place in range(bucket, len(self.parts), self.buckets):
            yield place, self.parts[place]

    def split(self, rows: pa.Table, buckets: pa.ChunkedArray) -> Buckets:
        """Return the rows by bucket; ``buckets`` names that of each row."""
        if self.buckets == 1:
            return [rows]
        sizes = {count["values"]: count["counts"] for count in pc.value_counts(buckets).to_pylist()}
        ordered, found, start = rows.take(pc.sort_indices(buckets)), [], 0
        for bucket in range(self.buckets):
            found.append(ordered.slice(start, sizes.get(bucket, 0)))
            start += sizes.get(bucket, 0)
        return found

    def buckets_of_texts(self, digests: pa.ChunkedArray) -> pa.ChunkedArray:
        """Return the buckets of texts: by the first four bytes of their digests."""
        first = pc.binary_slice(digests, 0, 4)
        return self.remainder(pa.chunked_array([chunk.view(pa.uint32()) for chunk in first.chunks], pa.uint32()))

    def buckets_of(self, shingles: pa.ChunkedArray) -> pa.ChunkedArray:
        """Return the buckets of sketched shingles: by their lower half, as the upper one is low in all of them."""
        return self.remainder(pc.bit_wise_and(shingles, pa.scalar(0xFFFFFFFF, pa.uint64())))

    def remainder(self, numbers: pa.ChunkedArray) -> pa.ChunkedArray:
        """Return the bucket of each number: its remainder."""
        count = pa.scalar(self.buckets, numbers.type)
        return pc.subtract(numbers, pc.multiply(pc.divide(numbers, count), count))


def write_batches(file: Path, buckets: Buckets) -> None:
    """Write a table so that its n-th batch holds bucket n."""
    schema = buckets[0].schema
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, schema, options=options) as writer:
        for rows in buckets:
            batches = rows.combine_chunks().to_batches()
            writer.write_batch(batches[0] if batches else pa.RecordBatch.from_pylist([], schema))


def read_batch(file: Path, bucket: int) -> pa.Table:
    """Return a bucket of a table."""
    with pa.OSFile(str(file)) as source:
        return pa.Table.from_batches([pa.ipc.open_file(source).get_batch(bucket)])
