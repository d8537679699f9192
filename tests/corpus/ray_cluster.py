"""Runs on a Ray cluster of two nodes while processes, a node and the driver are killed; see test_ray.py.

Called inside a network namespace of its own: ``python -m tests.corpus.ray_cluster IN OUT SCENARIO…``. There is nothing
but a loopback in it, which is brought up first: Ray listens on the host's own address, whatever it is told.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STORE = 100 * 2**20
PART = 8_000
"""Bytes."""


def main(source: Path, out: Path, scenarios: list[str]) -> None:
    """Start the cluster, play the scenarios, print what became of each as JSON."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    (out / "nodes").mkdir(parents=True)
    folder = tempfile.mkdtemp(prefix="ray-")  # a short one: a socket's path has 107 characters at most
    os.environ.update(NODES=str(out / "nodes"), RAY_USAGE_STATS_ENABLED="0", RAY_TMPDIR=folder,
                      RAY_worker_niceness="0")  # 15 by default: beside other jobs they would never end
    from ray.cluster_utils import Cluster

    head = {"num_cpus": 0, "object_store_memory": STORE, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    nodes = [cluster.add_node(num_cpus=1, object_store_memory=STORE) for _ in range(2)]
    try:
        for scenario in scenarios:
            print(json.dumps({"scenario": scenario, **play(scenario, source, out, cluster, nodes)}), flush=True)
    finally:
        cluster.shutdown()


def play(scenario, source, out, cluster, nodes):
    """Run once, kill somebody in the middle, run again if that was the driver."""
    began = time.monotonic()
    command = [sys.executable, "-m", "cleanpage", "corpus", "run", str(source), "--out", str(out / scenario),
               "--part-size", str(PART / 1024**2), "--engine", "ray", "--address", cluster.address]  # fmt: skip
    driver = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    killed = 0
    try:
        if scenario != "plain":
            wait_for_parts(out / scenario, driver)
            killed = kill(scenario, out, driver, cluster, nodes)
        status = driver.wait(timeout=700)
    finally:
        driver.kill()
    if scenario == "driver":
        status = subprocess.run(command, stdout=subprocess.DEVNULL, timeout=700, check=False).returncode
    return {"status": status, "killed": killed, "seconds": round(time.monotonic() - began)}


def wait_for_parts(folder, driver):
    """Wait until a part is done and others are not."""
    deadline = time.monotonic() + 240
    while not [path for path in folder.glob("work/clean/*") if path.is_dir() and path.suffix == ""]:
        assert driver.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)


def working(folder):
    """Return a process that cleans pages, as soon as there is one."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        pids = {int(pid) for file in folder.iterdir() for pid in file.read_text().split()}
        if alive := [pid for pid in pids if Path(f"/proc/{pid}").exists()]:
            return max(alive)
        time.sleep(0.02)
    raise TimeoutError("no process cleans pages")


def kill(scenario, out, driver, cluster, nodes):
    """Kill who the scenario is named for; return its process id."""
    if scenario == "worker":
        pid = working(out / "nodes")
        os.kill(pid, signal.SIGKILL)
    elif scenario == "node":
        pid = nodes[-1].all_processes["raylet"][0].process.pid
        cluster.remove_node(nodes.pop(), allow_graceful=False)
    else:
        pid = driver.pid
        driver.kill()
    return pid


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
