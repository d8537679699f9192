"""A collection larger than the memory that a run may take."""

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from bench.speed.collection import watched
from tests.corpus.test_run import rows

CAP = 400
"""Megabytes of all processes together; 150 to 200 are libraries, most where pandas is installed."""
PAGES = 440
"""Each is a megabyte, nearly all of it a comment, so that they are soon cleaned."""


def write(file: Path):
    """Write more than the cap."""
    with file.open("w", encoding="utf-8") as lines:
        for n, row in enumerate(rows(PAGES)):
            body = "".join(f"<p>{line}</p>" for line in row.pop("text").splitlines())
            html = f"<html><body><!-- {n} {'wide load ' * 100_000} -->{body}</body></html>"
            lines.write(json.dumps({**row, "html": html}, ensure_ascii=False) + "\n")
    assert file.stat().st_size > CAP * 1e6


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="SKIPPED: needs /proc to see the memory")
def test_it_finishes_under_a_cap(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    write(source)
    command = [sys.executable, "-m", "cleanpage", "corpus", "run", str(source), "--out", str(out), "--workers", "1"]
    cost = watched(command, PAGES, CAP)
    assert not cost.failed, cost
    assert sorted(pq.read_table(out / "articles")["id"].to_pylist()) == sorted(row["id"] for row in rows(PAGES))
