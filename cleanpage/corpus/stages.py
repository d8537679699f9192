"""How the articles of a run are deduplicated: the stages, in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cleanpage.corpus import pairing, settling
from cleanpage.corpus.shuffle import Buckets, Plan, write_batches
from cleanpage.corpus.tasks import made_whole

Stage = Callable[[Plan, int], dict[str, Buckets]]
STAGES: Sequence[Stage] = (
    pairing.scatter_prints,
    pairing.share_postings,
    pairing.choose_closest,
    pairing.meet_neighbours,
    pairing.ask_for_prints,
    pairing.lend_prints,
    pairing.verify_pairs,
    settling.find_components,
    settling.gather_components,
    settling.join_components,
    settling.count_spread,
    settling.settle_components,
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
    return 1 if stage is settling.find_components else plan.buckets


def run_stage(source: str, out: str) -> None:
    """Do one task: ``source`` is the folder of the plan, ``out`` names stage and bucket."""
    plan, folder = Plan.load(source), Path(out)
    with made_whole(folder) as made:
        for name, buckets in BY_NAME[folder.parent.name](plan, int(folder.name)).items():
            write_batches(made / f"{name}.arrow", buckets)
