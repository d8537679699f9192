"""The work that a page takes grows as the page does: lines of Python that run are counted, so no clock is asked."""

import sys

import pytest

from bench.hostile.kinds import KINDS, page
from cleanpage import Config, clean_page

SMALL, TIMES, MOST = 3_000, 4, 4.6
"""Characters, how many times as many the larger page has, and how many times as many lines may run: 4 to the 1.1. What
looks at every pair takes 16 times as many."""
CONFIG = Config(max_blocks=None)
DRIVEN = [
    name for name in KINDS
    if not name.startswith(("<", "only", "bytes", "equal: ")) or name.endswith("> unclosed") or "div" in name
]  # fmt: skip


def work(raw: str | bytes) -> int:
    """Return how many lines of Python run while a page is cleaned."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        clean_page(raw, config=CONFIG)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("name", DRIVEN)
def test_work_grows_as_the_page_does(name):
    small, large = (page(KINDS[name], size) for size in (SMALL, TIMES * SMALL))
    clean_page(small, config=CONFIG)  # fills what is kept between calls
    assert work(large) <= MOST * work(small)
