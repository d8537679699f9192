"""Near-duplicates of any number of articles, second half: from verified pairs to clusters.

What follows for an article hangs on the texts that links lead to from it, however far: those come to one bucket, and
``settle_links`` decides there as it does in memory. One thing hangs on all articles, how many clusters hold a shingle;
that is counted where the shingle's holders are, for those shingles that somebody asks about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cleanpage.dedupe.clusters import Duplicates, Member, is_open, join_sure, settle_links
from cleanpage.dedupe.fillings import part_fillings
from cleanpage.dedupe.fingerprint import unpack
from cleanpage.dedupe.on_disk.exchange import Buckets, Plan
from cleanpage.dedupe.on_disk.pairs import DIGEST, LINK, PRINT, WITHOUT_TEXT, to_print
from cleanpage.dedupe.verify import CopyLink, Match
from cleanpage.union_find import UnionFind

_ROOT = pa.schema([("digest", DIGEST), ("root", DIGEST)])
_CLUSTER = pa.schema([("id", pa.string()), ("canonical", pa.string()), ("size", pa.int64()), ("part", pa.int64())])
_PART = pa.schema([("part", pa.string()), ("whole", pa.string()), ("share", pa.float64())])
_VERSIONS = pa.schema([("id", pa.string()), ("canonical", pa.string()), ("place", pa.int64())])
_RELATED = pa.schema([("one", pa.string()), ("other", pa.string()), ("share", pa.float64())])
_SPREAD = pa.schema([("shingle", pa.uint64()), ("spread", pa.int64())])


def find_components(plan: Plan, _bucket: int) -> dict[str, Buckets]:
    """Name for each text that has links the first of all those that links lead to; one task.

    It holds the digests of linked texts, and nothing else of any article.
    """
    links = [plan.own("verify_pairs", "links", n).select(["one", "other"]) for n in range(plan.buckets)]
    pairs = pa.concat_tables(links)
    digests = pc.unique(pa.chunked_array([*pairs["one"].chunks, *pairs["other"].chunks], DIGEST))
    digests = digests.take(pc.sort_indices(digests))
    places = (pc.index_in(pairs[side], digests).to_pylist() for side in ("one", "other"))
    sets = UnionFind()
    for one, other in zip(*places, strict=True):
        sets.join(one, other)
    roots = digests.take(pa.array(map(sets.root, range(len(digests))), pa.int64()))
    table = pa.table([digests, roots], schema=_ROOT)
    return {"roots": plan.split(table, plan.buckets_of_texts(table["digest"]))}


def gather_components(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Send linked articles and links to the buckets of their components; settle the articles that have no links."""
    named = plan.read("find_components", "roots", bucket)
    roots = dict(zip(named["digest"].to_pylist(), named["root"].to_pylist(), strict=True))
    texts = plan.read("scatter_prints", "texts", bucket)
    of = texts["digest"].to_pylist()
    linked = pa.array((digest in roots for digest in of), pa.bool_())
    members = texts.filter(linked)
    links = plan.own("verify_pairs", "links", bucket)
    return {
        "members": _by_root(plan, members, "digest", roots),
        "links": _by_root(plan, links, "one", roots),
        "clusters": _split_clusters(plan, _clusters_alone(texts.filter(pc.invert(linked)))),
    }


def _by_root(plan: Plan, rows: pa.Table, column: str, roots: Mapping[bytes, bytes]) -> Buckets:
    of = pa.chunked_array([[roots[digest] for digest in rows[column].to_pylist()]], DIGEST)
    return plan.split(rows, plan.buckets_of_texts(of))


def _clusters_alone(texts: pa.Table) -> Iterator[dict[str, Any]]:
    """Yield the clusters of articles that have no links: those of equal text."""
    groups: dict[object, list[dict[str, Any]]] = defaultdict(list)
    for row in texts.select(["id", "part", "digest", "size", "published", "named"]).to_pylist():
        groups[row["id"] if row["digest"] == WITHOUT_TEXT else row["digest"]].append(row)
    for rows in groups.values():
        members = _members_of(rows)
        yield from _cluster_rows(settle_links(members, [range(len(rows))], [], [], lambda shingle: 0), rows)


def _members_of(rows: Iterable[Mapping[str, Any]]) -> list[Member]:
    return [Member(row["id"], to_print({**dict.fromkeys(PRINT, b""), **row})) for row in rows]


def _cluster_rows(found: Duplicates, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    parts = {row["id"]: row["part"] for row in rows}
    for cluster in found.clusters:
        for id in cluster.ids:
            yield {"id": id, "canonical": cluster.canonical, "size": len(cluster.ids), "part": parts[id]}


def _split_clusters(plan: Plan, rows: Iterable[dict[str, Any]]) -> Buckets:
    table = pa.Table.from_pylist(list(rows), _CLUSTER)
    return plan.split(table, plan.remainder(table["part"]))


class _Piece:
    """The components of a bucket: their articles, the texts among them, and the links between these."""

    def __init__(self, plan: Plan, bucket: int) -> None:
        self.rows = plan.read("gather_components", "members", bucket).to_pylist()
        self.members = _members_of(self.rows)
        self.sizes = [(member.print.size, member.print.digest) for member in self.members]
        texts: dict[bytes, list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            texts[row["digest"]].append(place)
        self.texts = list(texts.values())
        links = [
            CopyLink(texts[row["one"]][0], texts[row["other"]][0], Match(*(row[name] for name in LINK.names[2:])))
            for row in plan.read("gather_components", "links", bucket).to_pylist()
        ]
        self.links, self.apart = part_fillings(links, [member.print for member in self.members])


def join_components(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Make the clusters that need nothing but their own pairs; ask about the shingles of the pairs that are open."""
    piece = _Piece(plan, bucket)
    sure = join_sure(piece.links, piece.apart, piece.sizes)
    roots = [
        {"digest": row["digest"], "root": piece.rows[sure.root(place)]["digest"]}
        for place, row in enumerate(piece.rows)
    ]
    joined = pa.Table.from_pylist([row for row in roots if row["digest"] != row["root"]], _ROOT)
    wanted = {
        shingle
        for link in piece.links
        if is_open(link, piece.members)
        for side in (link.one, link.other)
        for shingle in unpack("Q", piece.members[side].print.sketch)
    }
    asked = pa.table({"shingle": pa.array(sorted(wanted), pa.uint64())})
    return {"joined": [joined], "asked": plan.split(asked, plan.buckets_of(asked["shingle"]))}


def count_spread(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Count in how many clusters the shingles stand that were asked about."""
    asked = dict(plan.read_each("join_components", "asked", bucket))
    wanted = pc.unique(pa.concat_tables(asked.values())["shingle"])
    postings = plan.read("scatter_prints", "postings", bucket)
    postings = postings.filter(pc.is_in(postings["shingle"], wanted))
    joined = pa.concat_tables(plan.own("join_components", "joined", n) for n in range(plan.buckets))
    roots = joined["root"].take(pc.index_in(postings["digest"], joined["digest"].combine_chunks()))
    postings = postings.append_column("root", pc.coalesce(roots, postings["digest"]))
    spread = postings.group_by("shingle", use_threads=False).aggregate([("root", "count_distinct")])
    told = pa.table([spread["shingle"], spread["root_count_distinct"]], schema=_SPREAD)
    none = told.slice(0, 0)
    answers = [
        told.filter(pc.is_in(told["shingle"], asked[n]["shingle"].combine_chunks())) if n in asked else none
        for n in range(plan.buckets)
    ]
    return {"spread": answers}


def settle_components(plan: Plan, bucket: int) -> dict[str, Buckets]:
    """Decide what the articles of a bucket's components are to one another."""
    piece = _Piece(plan, bucket)
    told = plan.read("count_spread", "spread", bucket)
    spread = dict(zip(told["shingle"].to_pylist(), told["spread"].to_pylist(), strict=True))
    found = settle_links(piece.members, piece.texts, piece.links, piece.apart, spread.__getitem__)
    parts = [{"part": part.part, "whole": part.whole, "share": part.share} for part in found.parts]
    related = [{"one": pair.one, "other": pair.other, "share": pair.share} for pair in found.related]
    versions = [
        {"id": id, "canonical": story.canonical, "place": place}
        for story in found.versions
        for place, id in enumerate(story.ids)
    ]
    return {
        "clusters": _split_clusters(plan, _cluster_rows(found, piece.rows)),
        "parts": [pa.Table.from_pylist(parts, _PART)],
        "versions": [pa.Table.from_pylist(versions, _VERSIONS)],
        "related": [pa.Table.from_pylist(related, _RELATED)],
    }
