"""``import cleanpage`` loads what cleaning needs and nothing else: extras and what few pages need wait."""

import json
import subprocess
import sys

HEAVY = {
    "numpy", "pandas", "pyarrow", "daft", "jinja2", "werkzeug", "tqdm", "argcomplete", "fastwarc", "zstandard",
    "charset_normalizer", "asyncio", "importlib.resources", "logging", "multiprocessing", "socket",
    "ssl", "tempfile", "unittest", "zipfile",
    "cleanpage.cli", "cleanpage.corpus", "cleanpage.report", "cleanpage.serve",
}  # fmt: skip


def test_import_is_light():
    program = "import sys, json, cleanpage; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True)
    assert HEAVY & set(json.loads(run.stdout)) == set()
