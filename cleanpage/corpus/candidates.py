"""Near-duplicates of any number of articles, first half: from fingerprints to verified pairs.

What ``neardup.Index`` does in memory, done in buckets on disk; both ask the same questions and find the same pairs.
Each function is one stage: it takes the plan and the number of a bucket, and returns tables cut into buckets.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cleanpage.corpus.fingerprint import Fingerprint
from cleanpage.corpus.neardup import CROWD, rank, shingles_of
from cleanpage.corpus.shuffle import Buckets, Plan
from cleanpage.corpus.verify import LEAST_SHARED, View, compare, is_candidate, view

DIGEST = pa.binary(16)
NO_TEXT = bytes(16)
"""Stands for the digest of an article without text; these are no copies of one another."""
PRINT = ("digest", "size", "trace", "sketch", "grams", "numbers", "key", "published", "named")
LINK = pa.schema([
    ("one", DIGEST), ("other", DIGEST), ("cover", pa.float64()), ("back", pa.float64()), ("sure", pa.bool_()),
    ("is_variant", pa.bool_()),
])  # fmt: skip
_PAIR = pa.schema([("one", DIGEST), ("other", DIGEST), ("shared", pa.int64()), ("near", pa.bool_())])


def scatter_prints(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Send the fingerprints of some parts to the buckets of their digests, and who holds it to that of each shingle."""
    texts = pa.concat_tables(_prints(plan, place, part) for place, part in plan.parts_of(bucket))
    holders, shingles = array("I"), array("Q")
    for row, found in enumerate(map(to_print, texts.select(PRINT).to_pylist())):
        held = shingles_of(found)
        shingles += held
        holders.extend([row] * len(held))
    names = pa.table({"shingle": _as_arrow(pa.uint64(), shingles)})
    postings = names.append_column("digest", texts["digest"].take(_as_arrow(pa.uint32(), holders)))
    return {
        "texts": plan.split(texts, map(plan.bucket_of, texts["digest"].to_pylist())),
        "postings": plan.split(postings, plan.buckets_of(postings["shingle"])),
    }


def _prints(plan: Plan, place: int, part: str) -> pa.Table:
    rows = pq.read_table(plan.clean / part / "prints.parquet")
    digests = pa.array((bytes.fromhex(digest) or NO_TEXT for digest in rows["digest"].to_pylist()), DIGEST)
    rows = rows.set_column(rows.schema.get_field_index("digest"), "digest", digests)
    return rows.append_column("part", pa.array([place] * len(rows), pa.int64()))


def to_print(row: dict[str, Any]) -> Fingerprint:
    """Return the fingerprint in a row of ``texts``."""
    digest = "" if row["digest"] == NO_TEXT else row["digest"].hex()
    return Fingerprint.from_row({**row, "digest": digest})


def _as_arrow(kind: pa.DataType, values: array[int]) -> pa.Array:
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def pair_postings(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Pair the texts that hold the same shingle: each with each, in a crowd with its neighbours only."""
    postings = plan.read("scatter_prints", "postings", bucket).group_by(["shingle", "digest"], use_threads=False)
    held = postings.aggregate([])
    counts = held.group_by("shingle", use_threads=False).aggregate([("digest", "count")])
    shared = counts.filter(pc.greater(counts["digest_count"], 1))["shingle"]
    held = held.filter(pc.is_in(held["shingle"], shared.combine_chunks())).sort_by(
        [("shingle", "ascending"), ("digest", "ascending")]
    )
    ones, others, near = array("I"), array("I"), array("B")
    for shingle, rows in _groups(held["shingle"].combine_chunks()):
        crowd = len(rows) > CROWD
        for one, other in pairwise(_ranked(shingle, rows, held["digest"])) if crowd else combinations(rows, 2):
            ones.append(min(one, other))
            others.append(max(one, other))
            near.append(crowd)
    return {"pairs": _split_pairs(plan, held["digest"], ones, others, near)}


def _groups(shingles: pa.Array) -> Iterator[tuple[int, range]]:
    """Yield each shingle with the rows that hold it; they stand together."""
    if len(shingles):
        runs = pc.run_end_encode(shingles)
        start = 0
        for shingle, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            yield shingle, range(start, end)
            start = end


def _ranked(shingle: int, rows: range, digests: pa.ChunkedArray) -> list[int]:
    """Return the rows of a crowd in the order in which they are neighbours."""
    names = digests.slice(rows.start, len(rows)).to_pylist()
    return sorted(rows, key=lambda row: rank(shingle, names[row - rows.start].hex()))


def _split_pairs(
    plan: Plan, digests: pa.ChunkedArray, ones: array[int], others: array[int], near: array[int]
) -> Buckets:
    """Return the pairs of rows, the same pair once, by the bucket of the one with the lower digest."""
    flags = pc.equal(_as_arrow(pa.uint8(), near), 1)
    shared = pc.subtract(1, _as_arrow(pa.uint8(), near).cast(pa.int64()))
    columns = [digests.take(_as_arrow(pa.uint32(), side)) for side in (ones, others)]
    pairs = _summed(pa.table([*columns, shared, flags], schema=_PAIR))
    return plan.split(pairs, map(plan.bucket_of, pairs["one"].to_pylist()))


def _summed(pairs: pa.Table) -> pa.Table:
    groups = pairs.group_by(["one", "other"], use_threads=False)
    return groups.aggregate([("shared", "sum"), ("near", "max")]).rename_columns(_PAIR.names)


def choose_pairs(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Keep the pairs that share enough to be compared; ask the other buckets for the fingerprints that are there."""
    pairs = _summed(plan.read("pair_postings", "pairs", bucket))
    kept = pairs.filter(pc.or_(pc.greater_equal(pairs["shared"], LEAST_SHARED), pairs["near"]))
    kept = kept.select(["one", "other"]).sort_by([("one", "ascending"), ("other", "ascending")])
    asked = pa.table({"digest": pc.unique(kept["other"])})
    asked_of = plan.split(asked, map(plan.bucket_of, asked["digest"].to_pylist()))
    asked_of[bucket] = asked.slice(0, 0)  # they are here
    return {"pairs": [kept], "asked": asked_of}


def lend_prints(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Send the fingerprints of this bucket to those that ask for them."""
    here = _one_of_each(plan.read("scatter_prints", "texts", bucket))
    lent = [here.slice(0, 0)] * plan.buckets
    for asking, asked in plan.read_each("choose_pairs", "asked", bucket):
        lent[asking] = here.filter(pc.is_in(here["digest"], asked["digest"].combine_chunks()))
    return {"lent": lent}


def _one_of_each(texts: pa.Table) -> pa.Table:
    """Return what is compared of each text, once; what only an article has is left out."""
    rows = pa.table({"row": pa.array(range(len(texts)), pa.int64()), "digest": texts["digest"]})
    firsts = rows.group_by("digest", use_threads=False).aggregate([("row", "min")])["row_min"]
    return texts.select(PRINT).take(firsts)


def verify_pairs(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Compare the two texts of each pair."""
    pairs = plan.own("choose_pairs", "pairs", bucket)
    wanted = pa.concat_arrays([pc.unique(pairs[side]) for side in ("one", "other")])
    here = _one_of_each(plan.read("scatter_prints", "texts", bucket))
    known = pa.concat_tables([here, plan.read("lend_prints", "lent", bucket)])
    rows = known.filter(pc.is_in(known["digest"], wanted)).to_pylist()
    views = {row["digest"]: view(to_print(row)) for row in rows}
    links = list(_links(zip(pairs["one"].to_pylist(), pairs["other"].to_pylist(), strict=True), views))
    return {"links": [pa.Table.from_pylist(links, LINK)]}


def _links(pairs: Iterable[tuple[bytes, bytes]], views: dict[bytes, View]) -> Iterator[dict[str, Any]]:
    for one, other in pairs:
        sides = views[one], views[other]
        match = compare(*sides) if is_candidate(*sides) else None
        if match:
            yield {"one": one, "other": other, **match._asdict()}
