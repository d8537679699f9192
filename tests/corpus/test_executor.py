"""Tasks in the executor of this machine: what fails, and what ends its process."""

from pathlib import Path

import pytest

from cleanpage.corpus import run
from cleanpage.corpus.executor import Engine, run_tasks
from cleanpage.errors import CleanpageError
from cleanpage.pool import Pool
from tests.corpus.hazards import assert_ended, write
from tests.corpus.test_run import rows


def tasks_in(folder, count):
    return [(str(folder), str(folder / f"{n}")) for n in range(count)]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="SKIPPED: needs /proc to find the processes")
def test_one_task_that_fails_does_not_stop_the_others(tmp_path):
    with Engine(workers=2).open() as pool, pytest.raises(CleanpageError, match=r"1 of 6 tasks(?s:.)*no 3 today"):
        run_tasks(pool, "tests.corpus.hazards:note_process", tasks_in(tmp_path, 6))
    workers = {int(file.name) for file in tmp_path.glob("?/*")}
    assert len(list(tmp_path.glob("?"))) == 5
    assert_ended(workers)


def test_a_task_that_ended_its_process_is_begun_again_with_care(tmp_path):
    seen = []
    with Engine(workers=2).open() as pool:
        run_tasks(pool, "tests.corpus.hazards:end_once", tasks_in(tmp_path, 2), lambda: seen.append(1), apart=True)
    assert seen and len(list(tmp_path.glob("?/*"))) == 2


def test_engines_that_are_none():
    for wrong in ({"name": "daft"}, {"address": "auto"}, {"workers": 0}):
        with pytest.raises(CleanpageError):
            Engine(**wrong)


def test_no_task_of_a_run_fails_and_is_begun_again(tmp_path):
    """As each worker's first one did while pandas was made to seem absent by a None, where it is installed."""
    done = []

    class Watched(Pool):
        def submit(self, function, /, *arguments):
            done.append(super().submit(function, *arguments))
            return done[-1]

    source = write(tmp_path / "in.jsonl", rows(12))
    with Watched(2) as pool:
        run([source], tmp_path / "out", engine=pool, part_size=2000)
    assert [future.exception() for future in done] == [None] * len(done)
