"""Lines of prose and lines of code."""

import pytest

from cleanpage.load.listing import is_listing, is_prose_line


@pytest.mark.parametrize(
    ("line", "is_prose"),
    [
        ("the boats leave at nine today", True),
        ("the boats leave at nine", False),
        ("let boats = load(at, nine, today, now)", False),
    ],
)
def test_six_words_without_a_mark_of_code_are_a_line_of_prose(line, is_prose):
    assert is_prose_line(line) == is_prose


def test_a_text_of_prose_is_no_listing_where_no_markup_calls_it_so():
    assert not is_listing("the boats leave at nine today\nand they come back before ten\n$ = money", marked=False)
    assert is_listing("boats = load(quay);\nfor (boat of boats) go(boat);", marked=False)
