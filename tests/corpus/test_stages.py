"""Deduplication in buckets on disk finds what the index in memory finds."""

import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.speed.neardup import texts as made_up
from cleanpage.corpus.columns import SCHEMAS
from cleanpage.corpus.plan import run_stage, tasks_of
from cleanpage.dedupe import Index, candidates
from cleanpage.dedupe.fingerprint import fingerprint
from cleanpage.dedupe.on_disk import pairs
from cleanpage.dedupe.on_disk.exchange import Plan
from tests.unit.corpus.test_neardup import edited
from tests.unit.corpus.texts import BRIDGE, DAM, LIBRARY, MILK, TEA

STANDING = "Readers who know more about this story may write to the desk, which answers every letter within a week."


def collection():
    """Return texts of every kind: copies, noisy ones, parts, digests, equal, short, empty, with a standing sentence."""
    rng, own = random.Random(5), [BRIDGE, DAM, LIBRARY, MILK, TEA]
    many = list(made_up(150))
    texts = [*own, *(edited(text, every, seed) for text in own for every in (9, 25) for seed in range(6))]
    texts += [text[: len(text) * share // 10] for text in own for share in (4, 6, 8)]
    texts += ["\n".join(rng.sample(own, 3)) for _ in range(4)]
    texts += [*many, *(f"{text} {STANDING}" for text in many[:70]), *many[:9], "", "!", "Rain.", "Rain again.", "Rain."]
    texts += [f"{text[:300]} {STANDING} {BRIDGE[at : at + 170]}" for at, text in enumerate(many[70:120])]
    return {f"p{n:03d}": text for n, text in enumerate(texts)}


def write_parts(folder, texts, count):
    """Write fingerprints as parts of a run."""
    names = tuple(f"part-{n:05d}" for n in range(count))
    for n, name in enumerate(names):
        (folder / name).mkdir(parents=True)
        rows = [{"id": id, **fingerprint(text).to_row()} for id, text in list(texts.items())[n::count]]
        pq.write_table(pa.Table.from_pylist(rows, SCHEMAS["prints"]), folder / name / "prints.parquet")
    return names


@pytest.mark.parametrize("crowd", [50, 4])
@pytest.mark.parametrize("buckets", [1, 3])
def test_as_in_memory(buckets, crowd, tmp_path, monkeypatch):
    for module in (candidates, pairs):
        monkeypatch.setattr(module, "CROWD", crowd)
        monkeypatch.setattr(module, "CLOSEST", crowd)
    texts = collection()
    index = Index()
    for id, text in texts.items():
        index.add(id, text)
    expected = index.duplicates()
    plan = Plan(tmp_path / "dedupe", tmp_path / "clean", write_parts(tmp_path / "clean", texts, 5), buckets)
    plan.save()
    for tasks in tasks_of(plan.folder, plan.buckets):
        for task in tasks:
            run_stage(*task)
    found = [
        row
        for bucket in range(buckets)
        for stage in ("gather_components", "settle_components")
        for row in plan.read(stage, "clusters", bucket).to_pylist()
    ]
    assert {row["id"]: row["canonical"] for row in found} == expected.canonical
    assert {row["id"]: row["size"] for row in found} == {
        id: len(cluster.ids) for cluster in expected.clusters for id in cluster.ids
    }
    parts = [row for n in range(buckets) for row in plan.own("settle_components", "parts", n).to_pylist()]
    assert {(row["part"], row["whole"], row["share"]) for row in parts} == {
        (part.part, part.whole, part.share) for part in expected.parts
    }
    versions = [row for n in range(buckets) for row in plan.own("settle_components", "versions", n).to_pylist()]
    assert {(row["id"], row["canonical"], row["place"]) for row in versions} == {
        (id, story.canonical, place) for story in expected.versions for place, id in enumerate(story.ids)
    }
    related = [row for n in range(buckets) for row in plan.own("settle_components", "related", n).to_pylist()]
    assert {(row["one"], row["other"], row["share"]) for row in related} == {
        (link.one, link.other, link.share) for link in expected.related
    }
    assert len(expected.parts) + len(expected.related) > 5
    assert len(expected.versions) > 2
    assert {row["part"] for row in found} == set(range(5))
    asked = sum(len(plan.read("count_spread", "spread", n)) for n in range(buckets))
    assert asked > 20, "no pair hung on how rare its shingles are"
