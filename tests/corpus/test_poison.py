"""Pages that end the process that cleans them, or never come to an end, are errors of one page each."""

import json
import subprocess
import sys

import pyarrow.parquet as pq

from tests.corpus.hazards import POISON, customized, write
from tests.corpus.test_run import rows


def test_each_is_one_error(tmp_path):
    pages = rows(40)
    told, url = pages[0]["text"], pages[0]["url"]
    poison = [{"id": id, "url": url, "text": f"{text} {told}"} for id, (text, _) in POISON.items()]
    source = write(tmp_path / "in.jsonl", [*pages[:20], *poison, *pages[20:]])
    command = [sys.executable, "-m", "cleanpage", "corpus", "run", source, "--out", tmp_path / "out", "--part-size",
               "0.01"]  # fmt: skip
    env = customized(tmp_path / "custom", limit=4.0)  # a gigabyte is hoarded in one on a busy machine
    said = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert said.returncode == 1, said.stderr  # pages failed
    errors = {row["id"]: row["reason"] for row in pq.read_table(tmp_path / "out" / "errors").to_pylist()}
    assert set(errors) == set(POISON)
    for id, (_, reason) in POISON.items():
        assert errors[id].startswith(reason)
    articles = pq.read_table(tmp_path / "out" / "articles")["id"].to_pylist()
    assert sorted(articles) == sorted(page["id"] for page in pages)
    counts = json.loads((tmp_path / "out" / "manifest.json").read_text())["counts"]
    assert (counts["pages"], counts["articles"], counts["errors"]) == (44, 40, 4)
