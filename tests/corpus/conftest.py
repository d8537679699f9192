"""Says aloud that no cluster was tried: a skip is easily overlooked."""

import pytest

from tests.corpus.kept import POOL
from tests.corpus.test_ray import missing


@pytest.fixture(scope="session", autouse=True)
def kept_pool():
    """End the processes when all tests are done."""
    yield
    POOL.shutdown()


def pytest_terminal_summary(terminalreporter):
    """Print why."""
    if why := missing():
        terminalreporter.write_line(why, yellow=True)
