"""Says aloud that no cluster was tried: a skip is easily overlooked."""

from tests.corpus.test_ray import missing


def pytest_terminal_summary(terminalreporter):
    """Print why."""
    if why := missing():
        terminalreporter.write_line(why, yellow=True)
