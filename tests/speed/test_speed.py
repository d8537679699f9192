"""Guards against disasters only: the figures come from compare.py and scaling.py, run by hand on a quiet machine."""

import pytest

from cleanpage import clean_page
from tests.speed import compare, scaling


@pytest.mark.skipif(compare.missing() is not None, reason=str(compare.missing()))
def test_clean_page_is_far_cheaper_than_parsing_the_html():
    ours, theirs = compare.medians(compare.compare(compare.pages_of_usual_length("waddle-ru", 16), rounds=2))
    assert ours <= 0.5 * theirs


@pytest.mark.parametrize("case", scaling.CASES, ids=lambda case: case.__name__)
def test_four_times_the_page_is_not_sixteen_times_the_time(case):
    size = scaling.CASES[case] // 100
    small, large = (min(scaling.cpu_of(clean_page, case(n)) for _ in range(3)) for n in (size, 4 * size))
    assert large <= 10 * max(small, 0.002)
