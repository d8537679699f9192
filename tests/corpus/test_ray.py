"""A run on a Ray cluster of two nodes gives the files that a native run gives, whoever is killed on the way."""

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

from cleanpage.corpus import run
from cleanpage.pool import Limits
from tests.corpus.hazards import customized, write
from tests.corpus.ray_cluster import PART
from tests.corpus.test_run import contents, rows

ENOUGH = 2400
"""Seconds, on a machine that is busy; a quiet one takes two minutes."""
SCENARIOS = ("plain", "worker", "driver", "node")


def missing():
    """Return why there can be no cluster here, or None."""
    if find_spec("ray") is None:
        return "SKIPPED: no cluster was tried: ray is not installed; pip install -e '.[test,ray]'"
    command = ["unshare", "-rn", "ip", "link", "set", "lo", "up"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    why = f"SKIPPED: no cluster was tried, as no network namespace can be made here: {said.stderr.strip()}"
    return why if said.returncode else None


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    if why := missing():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("ray")
    pages = [{**row, "text": f"{row['text']} SLOW"} for row in rows(60)]
    pages.insert(30, {"id": "lost", "url": pages[0]["url"], "text": f"EXIT {pages[0]['text']}"})
    source = write(folder / "in.jsonl", pages)
    command = ["unshare", "-rn", sys.executable, "-m", "tests.corpus.ray_cluster", source, folder / "out", *SCENARIOS]
    env = customized(folder / "custom")
    said = subprocess.run(command, env=env, capture_output=True, text=True, timeout=ENOUGH, check=False)
    assert said.returncode == 0, said.stderr
    return folder, {line["scenario"]: line for line in map(json.loads, said.stdout.splitlines())}


@pytest.fixture(scope="module")
def native(cluster):
    folder, _ = cluster
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIMIT", str(Limits().cpu))
        patch.setenv("PYTHONPATH", customized(folder / "custom")["PYTHONPATH"])
        return run([folder / "in.jsonl"], folder / "native", part_size=PART)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_as_native(scenario, cluster, native):
    folder, results = cluster
    assert results[scenario]["status"] == 1  # one page failed
    assert bool(results[scenario]["killed"]) == (scenario != "plain")
    assert contents(folder / "out" / scenario) == contents(native.folder)
    assert (native.counts["articles"], native.counts["errors"]) == (60, 1)


def test_both_nodes_worked(cluster):
    folder, _ = cluster
    assert len(list((folder / "out" / "nodes").iterdir())) == 2
