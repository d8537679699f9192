"""One hypothesis profile for all tests: the same examples every time, unless CLEANPAGE_FUZZ asks for new ones.

``CLEANPAGE_FUZZ=5000 python -m pytest tests/property`` tries that many random examples a property.
"""

import os
from importlib.util import find_spec

from hypothesis import HealthCheck, settings

from bench.data import ABSENT, present

FUZZ = int(os.environ.get("CLEANPAGE_FUZZ", "0"))

settings.register_profile(
    "cleanpage",
    max_examples=FUZZ or 200,
    derandomize=not FUZZ,
    deadline=None,  # time is judged in tests/speed
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("cleanpage")


HEAVY = {
    "tests/browser": ("playwright", "axe_playwright_python", "pyarrow"),
    "tests/corpus": ("pyarrow", "zstandard", "brotli", "warcio", "fastwarc"),
    "tests/unit/test_docs.py": ("mkdocs", "material", "mkdocstrings"),
    "tests/unit/test_examples.py": ("pyarrow", "pandas", "polars", "scrapy", "datasets", "langchain_core"),
    "tests/unit/test_export.py": ("extruct",),
    "tests/unit/test_licences.py": ("ray", "pyarrow", "zstandard", "brotli"),
    "tests/unit/test_not_text.py": ("pyarrow",),
}
"""Tests that need what the extra ``test`` does not install, or that test more where it is there."""
PARTLY = ("tests/unit/test_docs.py", "tests/unit/test_not_text.py")
"""Those of them that run without it, too."""
_missing = {path: gone for path, needed in HEAVY.items() if (gone := [name for name in needed if not find_spec(name)])}


def pytest_addoption(parser):
    """Offer what ``.ci/run`` does behind the light tests."""
    parser.addoption("--only-heavy", action="store_true", help="only the tests that need the extra test-all")


def pytest_ignore_collect(collection_path, config):
    """Leave out the tests whose packages are absent; with ``--only-heavy`` all others."""
    path = collection_path.relative_to(config.rootpath).as_posix()
    inside = [heavy for heavy in HEAVY if f"{path}/".startswith(f"{heavy}/")]
    if any(heavy in _missing and heavy not in PARTLY for heavy in inside):
        return True
    leads_there = any(heavy.startswith(f"{path}/") for heavy in HEAVY)
    return True if config.getoption("--only-heavy") and not inside and not leads_there else None


def pytest_terminal_summary(terminalreporter):
    """Say aloud what was not checked: a skip is easily overlooked."""
    for path, names in _missing.items():
        part = "partly " if path in PARTLY else ""
        line = f"SKIPPED {part}{path}: {', '.join(names)} absent: pip install -e '.[test-all]'"
        terminalreporter.write_line(line, yellow=True)
    if not present():
        terminalreporter.write_line(ABSENT, yellow=True)
