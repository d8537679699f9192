"""How the articles of a run are deduplicated: the stages, in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cleanpage.corpus.atomic_task import made_whole
from cleanpage.dedupe.on_disk import components, pairs
from cleanpage.dedupe.on_disk.exchange import Buckets, Plan, write_batches

Stage = Callable[[Plan, int], dict[str, Buckets]]
STAGES: Sequence[Stage] = (
    pairs.scatter_prints,
    pairs.share_postings,
    pairs.choose_closest,
    pairs.meet_neighbours,
    pairs.ask_for_prints,
    pairs.lend_prints,
    pairs.verify_pairs,
    components.find_components,
    components.gather_components,
    components.join_components,
    components.count_spread,
    components.settle_components,
)
"""Each is a task for every bucket, and begins when the one before has ended; ``find_components`` is one task."""
BY_NAME = {stage.__name__: stage for stage in STAGES}


def tasks_of(plan: Plan) -> list[list[tuple[str, str]]]:
    """Return the tasks of each stage."""
    return [
        [(str(plan.folder), str(plan.folder / stage.__name__ / f"{n:05d}")) for n in range(_count(plan, stage))]
        for stage in STAGES
    ]


def _count(plan: Plan, stage: Stage) -> int:
    return 1 if stage is components.find_components else plan.buckets


def run_stage(source: str, out: str) -> None:
    """Do one task: ``source`` is the folder of the plan, ``out`` names stage and bucket."""
    plan, folder = Plan.load(source), Path(out)
    with made_whole(folder) as made:
        for name, buckets in BY_NAME[folder.parent.name](plan, int(folder.name)).items():
            write_batches(made / f"{name}.arrow", buckets)
