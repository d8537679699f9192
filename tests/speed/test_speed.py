"""Guards against disasters only: the figures come from compare.py and scaling.py, run by hand on a quiet machine."""

import pytest

from bench.speed import scaling
from cleanpage import clean_page

ATTEMPTS = 6
"""A busy machine spoils one measurement or two; what is quadratic spoils all."""


@pytest.mark.parametrize("case", scaling.CASES, ids=lambda case: case.__name__)
def test_four_times_the_page_is_not_sixteen_times_the_time(case):
    size = scaling.CASES[case] // 100
    pages = case(size), case(4 * size)
    attempts = ([scaling.cpu_of(clean_page, page) for page in pages] for _ in range(ATTEMPTS))
    assert any(large <= 10 * max(small, 0.002) for small, large in attempts)
