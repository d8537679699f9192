"""Guards against disasters only: the figures come from compare.py and scaling.py, run by hand on a quiet machine."""

import pytest

from cleanpage import clean_page
from tests.speed import scaling


@pytest.mark.parametrize("case", scaling.CASES, ids=lambda case: case.__name__)
def test_four_times_the_page_is_not_sixteen_times_the_time(case):
    size = scaling.CASES[case] // 100
    small, large = (min(scaling.cpu_of(clean_page, case(n)) for _ in range(3)) for n in (size, 4 * size))
    assert large <= 10 * max(small, 0.002)
