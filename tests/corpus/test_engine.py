"""Stages follow one another in one child of the engine."""

from pathlib import Path

import pytest

from cleanpage.corpus.engine import Engine, run_tasks
from cleanpage.errors import CleanpageError
from tests.corpus.hazards import assert_ended


def stages_in(folder):
    (folder / "one").mkdir()
    (folder / "two").mkdir()
    return [
        [(str(folder), str(folder / "one" / f"{n}")) for n in range(4)],
        [(str(folder), str(folder / "two" / f"{n}")) for n in range(4)],
    ]


@pytest.mark.parametrize("workers", [1, 2, 6])
def test_a_stage_begins_when_the_one_before_has_ended(workers, tmp_path):
    seen = []
    run_tasks(
        "tests.corpus.hazards:count_stage",
        stages_in(tmp_path),
        Engine(workers=workers),
        log=tmp_path / "log",
        seen=lambda done, of: seen.append((done, of)),
    )
    assert [(tmp_path / "two" / f"{n}" / "4").is_file() for n in range(4)] == [True] * 4
    assert seen[-1] == (8, 8)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="SKIPPED: needs /proc to find the processes")
def test_what_waits_for_a_task_that_fails_is_not_waited_for(tmp_path):
    with pytest.raises(CleanpageError, match="no 3 today"):
        run_tasks(
            "tests.corpus.hazards:fail_at_three",
            stages_in(tmp_path),
            Engine(workers=2, stall=300),
            log=tmp_path / "log",
            seen=lambda done, of: None,
        )
    assert not list((tmp_path / "two").iterdir())
    workers = [int(file.name) for file in (tmp_path / "one").glob("?/*")]
    assert len(workers) == 3
    assert_ended(workers)
