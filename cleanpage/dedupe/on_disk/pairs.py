"""Near-duplicates of any number of articles, first half: from fingerprints to verified pairs.

What ``neardup.Index`` does in memory, done in buckets on disk; both ask the same questions and find the same pairs.
Each function is one stage: it takes the plan and the number of a bucket, and returns tables cut into buckets.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain, permutations
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cleanpage.dedupe.candidates import CLOSEST, CROWD, neighbours, place_of, rarest, shingles_of
from cleanpage.dedupe.fingerprint import Fingerprint
from cleanpage.dedupe.on_disk.exchange import Buckets, Plan
from cleanpage.dedupe.verify import LEAST_SHARED, WEAK_COVERED, compare

DIGEST = pa.binary(16)
WITHOUT_TEXT = bytes(16)
"""Stands for the digest of an article without text; these are no copies of one another."""
PRINT = ("digest", "size", "trace", "sketch", "grams", "words", "published", "named")
LINK = pa.schema([
    ("one", DIGEST), ("other", DIGEST), ("cover", pa.float64()), ("back", pa.float64()), ("sure", pa.bool_()),
    ("is_variant", pa.bool_()),
])  # fmt: skip
_PAIR = pa.schema([("one", DIGEST), ("other", DIGEST)])
_SHARED = _PAIR.append(pa.field("shared", pa.int64()))
_PLACE = pa.schema([("shingle", pa.uint64()), ("digest", DIGEST), ("lowest", pa.list_(pa.uint64()))])


def scatter_prints(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Send the fingerprints of some parts to the buckets of their digests, and who holds it to that of each shingle."""
    texts = pa.concat_tables(_prints(plan, place, part) for place, part in plan.parts_of(bucket))
    holders, shingles = array("I"), array("Q")
    for row, held in enumerate(map(shingles_of, *(texts[name].to_pylist() for name in ("sketch", "grams")))):
        shingles += held
        holders.extend([row] * len(held))
    names = pa.table({"shingle": _as_arrow(pa.uint64(), shingles)})
    postings = names.append_column("digest", texts["digest"].take(_as_arrow(pa.uint32(), holders)))
    return {
        "texts": plan.split(texts, plan.buckets_of_texts(texts["digest"])),
        "postings": plan.split(postings, plan.buckets_of(postings["shingle"])),
    }


def _prints(plan: Plan, place: int, part: str) -> pa.Table:
    rows = pq.read_table(plan.clean / part / "prints.parquet")
    digests = pa.array((bytes.fromhex(digest) or WITHOUT_TEXT for digest in rows["digest"].to_pylist()), DIGEST)
    rows = rows.set_column(rows.schema.get_field_index("digest"), "digest", digests)
    return rows.append_column("part", pa.array([place] * len(rows), pa.int64()))


def to_print(row: dict[str, Any]) -> Fingerprint:
    """Return the fingerprint in a row of ``texts``."""
    digest = "" if row["digest"] == WITHOUT_TEXT else row["digest"].hex()
    return Fingerprint.from_row({**row, "digest": digest})


def _as_arrow(kind: pa.DataType, values: array[int]) -> pa.Array:
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def share_postings(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Tell each text which of its shingles others hold as well, and with whom it shares those that few hold."""
    postings = plan.read("scatter_prints", "postings", bucket).group_by(["shingle", "digest"], use_threads=False)
    held = postings.aggregate([])
    counts = held.group_by("shingle", use_threads=False).aggregate([("digest", "count")])
    counts = counts.filter(pc.greater(counts["digest_count"], 1))
    shared = held.filter(pc.is_in(held["shingle"], counts["shingle"].combine_chunks()))
    shared = shared.sort_by([("shingle", "ascending"), ("digest", "ascending")])
    of = pc.index_in(shared["shingle"], counts["shingle"].combine_chunks())
    shared = shared.append_column("holders", counts["digest_count"].take(of))
    few = (rows for rows in _equal_ranges(shared["shingle"]) if len(rows) <= CROWD)
    sides = array("I", chain.from_iterable(chain.from_iterable(permutations(rows, 2) for rows in few)))
    ones, others = (shared["digest"].take(_as_arrow(pa.uint32(), sides[side::2])) for side in (0, 1))
    pairs = _summed(pa.table([ones, others, pa.array([1] * len(ones), pa.int64())], schema=_SHARED))
    return {
        "shared": plan.split(shared, plan.buckets_of_texts(shared["digest"])),
        "pairs": plan.split(pairs, plan.buckets_of_texts(pairs["one"])),
    }


def _equal_ranges(column: pa.ChunkedArray) -> Iterator[range]:
    """Yield the rows of each value of a column in which equal ones stand together."""
    if len(column):
        start = 0
        for end in pc.run_end_encode(column.combine_chunks()).run_ends.to_pylist():
            yield range(start, end)
            start = end


def _summed(pairs: pa.Table) -> pa.Table:
    groups = pairs.group_by(["one", "other"], use_threads=False)
    return groups.aggregate([("shared", "sum")]).rename_columns(_SHARED.names)


def choose_closest(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Pair each text with those that share most with it; send it to the crowds in which it seeks neighbours."""
    pairs = _summed(plan.read("share_postings", "pairs", bucket))
    pairs = pairs.filter(pc.greater_equal(pairs["shared"], LEAST_SHARED))
    pairs = pairs.sort_by([("one", "ascending"), ("shared", "descending"), ("other", "ascending")])
    kept = _as_arrow(pa.uint32(), array("I", [row for rows in _equal_ranges(pairs["one"]) for row in rows[:CLOSEST]]))
    crowds = pa.Table.from_pylist(list(_crowd_places(plan.read("share_postings", "shared", bucket))), _PLACE)
    return {
        "pairs": _split_pairs(plan, pairs["one"].take(kept).to_pylist(), pairs["other"].take(kept).to_pylist()),
        "crowds": plan.split(crowds, plan.buckets_of(crowds["shingle"])),
    }


def _crowd_places(shared: pa.Table) -> Iterator[dict[str, Any]]:
    """Yield the place of each text in the crowds of its rarest common shingles."""
    shared = shared.sort_by([("digest", "ascending"), ("shingle", "ascending")])
    for rows in _equal_ranges(shared["digest"]):
        own = shared.slice(rows.start, len(rows))
        names, holders = own["shingle"].to_pylist(), own["holders"].to_pylist()
        digest = own["digest"][0].as_py()
        for shingle in rarest((count, name) for count, name in zip(holders, names, strict=True) if count > CROWD):
            yield {"shingle": shingle, "digest": digest, "lowest": place_of(digest.hex(), names, shingle)[0]}


def _split_pairs(plan: Plan, ones: Iterable[bytes], others: Iterable[bytes]) -> Buckets:
    """Return pairs by the bucket of the one with the lower digest, which comes first."""
    ordered = [sorted(pair) for pair in zip(ones, others, strict=True)]
    pairs = pa.table([[pair[side] for pair in ordered] for side in (0, 1)], schema=_PAIR)
    return plan.split(pairs, plan.buckets_of_texts(pairs["one"]))


def meet_neighbours(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Pair the texts that stand side by side in the crowds of a bucket."""
    crowds = plan.read("choose_closest", "crowds", bucket).sort_by("shingle")
    pairs: list[tuple[bytes, bytes]] = []
    for rows in _equal_ranges(crowds["shingle"]):
        texts = crowds.slice(rows.start, len(rows)).to_pylist()
        pairs += neighbours(((tuple(row["lowest"]), row["digest"].hex()), row["digest"]) for row in texts)
    return {"pairs": _split_pairs(plan, [one for one, _ in pairs], [other for _, other in pairs])}


def ask_for_prints(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Keep each pair once; ask the other buckets for the fingerprints that are there."""
    found = [plan.read(stage, "pairs", bucket) for stage in ("choose_closest", "meet_neighbours")]
    pairs = pa.concat_tables(found).group_by(["one", "other"], use_threads=False).aggregate([])
    pairs = pairs.sort_by([("one", "ascending"), ("other", "ascending")])
    asked = pa.table({"digest": pc.unique(pairs["other"])})
    asked_of = plan.split(asked, plan.buckets_of_texts(asked["digest"]))
    asked_of[bucket] = asked.slice(0, 0)  # they are here
    return {"pairs": [pairs], "asked": asked_of}


def lend_prints(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Send the fingerprints of this bucket to those that ask for them."""
    here = _one_of_each(plan.read("scatter_prints", "texts", bucket))
    lent = [here.slice(0, 0)] * plan.buckets
    for asking, asked in plan.read_each("ask_for_prints", "asked", bucket):
        lent[asking] = here.filter(pc.is_in(here["digest"], asked["digest"].combine_chunks()))
    return {"lent": lent}


def _one_of_each(texts: pa.Table) -> pa.Table:
    """Return what is compared of each text, once; what only an article has is left out."""
    rows = pa.table({"row": pa.array(range(len(texts)), pa.int64()), "digest": texts["digest"]})
    firsts = rows.group_by("digest", use_threads=False).aggregate([("row", "min")])["row_min"]
    return texts.select(PRINT).take(firsts)


def verify_pairs(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Compare the two texts of each pair."""
    pairs = plan.own("ask_for_prints", "pairs", bucket)
    wanted = pa.concat_arrays([pc.unique(pairs[side]) for side in ("one", "other")])
    here = _one_of_each(plan.read("scatter_prints", "texts", bucket))
    known = pa.concat_tables([here, plan.read("lend_prints", "lent", bucket)])
    rows = known.filter(pc.is_in(known["digest"], wanted)).to_pylist()
    prints = {row["digest"]: to_print(row) for row in rows}
    links = list(_text_pairs(zip(pairs["one"].to_pylist(), pairs["other"].to_pylist(), strict=True), prints))
    return {"links": [pa.Table.from_pylist(links, LINK)]}


def _text_pairs(pairs: Iterable[tuple[bytes, bytes]], prints: dict[bytes, Fingerprint]) -> Iterator[dict[str, Any]]:
    for one, other in pairs:
        match = compare(prints[one], prints[other])
        if match.cover >= WEAK_COVERED:
            yield {"one": one, "other": other, **match._asdict()}
