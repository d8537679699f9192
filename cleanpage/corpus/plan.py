"""How the articles of a run are deduplicated: the stages, in their order."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name

from cleanpage.corpus.atomic_task import finished, made_whole

DEDUPE_STAGES = (
    "pairs:scatter_prints",
    "pairs:share_postings",
    "pairs:choose_closest",
    "pairs:meet_neighbours",
    "pairs:ask_for_prints",
    "pairs:lend_prints",
    "pairs:verify_pairs",
    "components:find_components",
    "components:gather_components",
    "components:join_components",
    "components:count_spread",
    "components:settle_components",
)
"""Modules and functions of ``dedupe.on_disk``. Each is a task for every bucket, and begins when the one before has
ended; ``find_components`` is one task."""
BUCKET = 32 * 1024**2
"""Bytes of fingerprints, at 1.4 KB about 20,000 articles, for each of the buckets in which copies are looked for: a
process holds one at a time."""


def make_plan(source: str, out: str) -> None:
    """Make the folder of the dedupe, with a plan that says how many buckets the cleaned parts in ``source`` need."""
    from cleanpage.dedupe.on_disk.exchange import Plan

    clean = Path(source)
    parts = tuple(path.name for path in finished(clean))
    size = sum((clean / part / "prints.parquet").stat().st_size for part in parts)
    with made_whole(Path(out)) as made:
        Plan(made, clean, parts, min(len(parts), size // BUCKET + 1)).save()


def tasks_of(folder: Path, buckets: int) -> list[list[tuple[str, str]]]:
    """Return the tasks of each stage; ``folder`` is that of the plan."""
    names = [stage.partition(":")[2] for stage in DEDUPE_STAGES]
    counts = [1 if name == "find_components" else buckets for name in names]
    return [
        [(str(folder), str(folder / name / f"{n:05d}")) for n in range(count)]
        for name, count in zip(names, counts, strict=True)
    ]


def run_stage(source: str, out: str) -> None:
    """Do one task: ``source`` is the folder of the plan, ``out`` names stage and bucket."""
    from cleanpage.dedupe.on_disk.exchange import Plan, write_batches

    plan, folder = Plan.load(source), Path(out)
    task = next(stage for stage in DEDUPE_STAGES if stage.endswith(f":{folder.parent.name}"))
    stage = resolve_name(f"cleanpage.dedupe.on_disk.{task}")
    with made_whole(folder) as made:
        for name, buckets in stage(plan, int(folder.name)).items():
            write_batches(made / f"{name}.arrow", buckets)
