"""``import cleanpage`` loads what cleaning needs and nothing else: extras and what few pages need wait."""

import json
import subprocess
import sys

HEAVY = {
    "numpy", "pandas", "pyarrow", "ray", "jinja2", "werkzeug", "tqdm", "argcomplete", "fastwarc", "zstandard",
    "charset_normalizer", "asyncio", "importlib.resources", "logging", "multiprocessing", "socket",
    "ssl", "tempfile", "unittest", "zipfile",
    "cleanpage.cli", "cleanpage.corpus", "cleanpage.report", "cleanpage.serve",
}  # fmt: skip


def test_import_is_light():
    program = "import sys, json, cleanpage; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True)
    assert HEAVY & set(json.loads(run.stdout)) == set()


def test_rules_are_compiled_when_a_line_asks_for_them():
    program = """
import cleanpage, cleanpage.rules as rules
before = rules._compile_rule.cache_info().currsize
cleanpage.clean_page("Evening market\\nThe market opens at six, and the mill beside it at seven.\\nShare this")
print(before, rules._compile_rule.cache_info().currsize, len(rules.shipped_rules()))
"""
    run = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True)
    before, after, rules = map(int, run.stdout.split())
    assert before == 0 < after < rules / 4
