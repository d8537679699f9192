"""One hypothesis profile for all tests: the same examples every time, unless CLEANPAGE_FUZZ asks for new ones.

``CLEANPAGE_FUZZ=5000 python -m pytest tests/property`` tries that many random examples a property.
"""

import os

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


def pytest_terminal_summary(terminalreporter):
    """Say aloud that the scores were not checked: a skip is easily overlooked."""
    if not present():
        terminalreporter.write_line(ABSENT, yellow=True)
