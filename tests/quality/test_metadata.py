"""What counts as a right title, date and author, on cases that can be judged at a glance."""

from dataclasses import replace

import pytest

from bench.data import Page
from bench.metadata import Told, right

PAGE = Page("p1", "own", "en", "article", "", "", False, "The Ferry", "Mara Ellsworth and A. Roe", "2021-05-06", {})


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Told("The ferry!", "2021-05-06T08:00:00Z", "Mara Ellsworth; A. Roe"), (True, True, True)),
        (Told("The ferry | The Post", "2021-05-06", "Mara Ellsworth"), (True, True, True)),
        (Told("A ferry", "2021-05", "A. Doe"), (False, False, False)),
        (Told(None, None, None), (False, False, False)),
    ],
)
def test_right(told, expected):
    assert tuple(right(told, PAGE)[field] for field in ("title", "date", "author")) == expected


def test_what_has_no_label_does_not_count():
    assert right(Told("x", "2021", "y"), replace(PAGE, title=None, author=None, date=None)) == {}
