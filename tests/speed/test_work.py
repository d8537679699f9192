"""The work that a page takes grows as the page does: lines of Python that run are counted, so no clock is asked."""

import sys
import tracemalloc
from pathlib import Path

import pytest

import cleanpage
from bench.hostile.kinds import KINDS, LOOPS, page
from cleanpage import Config, clean_page

SMALL, TIMES, MOST = 3_000, 16, 23.0
"""Characters, how many times as many the larger page has, and how many times as many lines may run: 16 to the 1.13.
What looks at every pair takes 256 times as many. Some work begins only where a page has enough to work on, which a
smaller factor would take for growth."""
LARGE, A_CHARACTER = 48_000, 400
"""Characters of a page, and the most bytes that objects may take for each of them: the first beginnings of a line, all
kept, would take 24,000."""
CONFIG = Config(max_blocks=None)
OURS = str(Path(cleanpage.__file__).parent)
NESTED = (" in ", "nested", "svg", "entities")
"""Elements in elements cost more the deeper they stand, up to 256 levels; references are looked at from 4,000 on."""
DRIVEN = [name for name in LOOPS if not any(word in name for word in NESTED)]


def work(raw: str | bytes) -> int:
    """Return how many lines of our own Python run while a page is cleaned."""
    clean_page(raw, config=CONFIG)  # compiles the rules
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        return trace if frame.f_code.co_filename.startswith(OURS) else None

    sys.settrace(trace)
    try:
        clean_page(raw, config=CONFIG)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("name", DRIVEN)
def test_work_grows_as_the_page_does(name):
    small, large = (work(page(KINDS[name], size)) for size in (SMALL, TIMES * SMALL))
    assert large <= MOST * small


@pytest.mark.parametrize("name", DRIVEN)
def test_memory_grows_as_the_page_does(name):
    raw = page(KINDS[name], LARGE)
    tracemalloc.start()
    try:
        clean_page(raw)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= A_CHARACTER * LARGE
