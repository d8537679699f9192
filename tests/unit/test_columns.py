"""columns_apart: columns of a layout come one by one, rows and code stay; nothing but blanks is lost."""

from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage import clean_page
from cleanpage.load.columns import WARNING, columns_apart

MENU = ["Home", "News", "Weather", "", "Contact", "Letters", "Archive", "Privacy", "Partners", "Prices"]
SIDE = ["Most read", "Fire in the mill", "", "Polls"]
BODY = [
    "The ferry crossed the sound on Monday with ninety passengers and a brass band on board.",
    "",
    "Its engine was taken out in autumn and overhauled at the yard that had built the ship.",
    "",
    "Bicycles go free of charge, dogs pay half, and all are asked to be there in good time.",
    "",
]


def drawn(*columns, gap=2):
    """Return columns side by side, each as wide as its longest line."""
    widths = [max(map(len, column)) + gap for column in columns]
    rows = zip_longest(*columns, fillvalue="")
    return "\n".join("".join(map(str.ljust, row, widths)) for row in rows)


def shown(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("columns", [(MENU, BODY), (BODY, MENU), (MENU, BODY, SIDE)], ids=["left", "right", "both"])
def test_columns_come_one_by_one(columns):
    assert shown(columns_apart(drawn(*columns))) == [line for column in columns for line in column if line]


def test_what_stands_around_a_layout_stays_where_it_is():
    around = "A line that goes across all of the page, from its first column to the very last of them\n"
    found = shown(columns_apart(around + drawn(MENU, BODY) + "\n" + around + drawn(MENU, BODY) + "\n" + around))
    one = [line for column in (MENU, BODY) for line in column if line]
    assert found == [around.strip(), *one, around.strip(), *one, around.strip()]


def test_columns_inside_a_column():
    found = shown(columns_apart(drawn([*MENU, *SIDE], drawn(MENU, BODY).split("\n"))))
    assert found == [line for column in (MENU, SIDE, MENU, BODY) for line in column if line]


@pytest.mark.parametrize(
    "text",
    [
        drawn(["one", "two", "three", "four"], BODY[::2] + BODY[:1]),
        drawn(["Place:", "Time:", "", "Price:", "Seats:", "Dogs:"], BODY),
        "Short.  Two blanks.\nAnother line.  And more.\nA third.  The end.\nOne.  Two.\n",
        drawn(MENU, ["a", "", "b", "", "c", ""]),
        drawn(["-a", "", "--brass", "", "-c", ""], BODY[::2] + BODY[::2]),
    ],
    ids=["rows of a table", "labels and values", "blanks behind stops", "no prose", "entries"],
)
def test_what_shows_no_columns_stays_as_it_is(text):
    assert columns_apart(text) is text


def test_code_stays_as_it_is():
    code = """\
def taken(fares):
    total = 0      # the sum of all that was paid, in the smallest coin of the land
    for fare in fares:
        total += fare.price

    return total   # never below nothing at all"""
    assert code in columns_apart(drawn(MENU, BODY) + "\n\n" + code + "\n")


def test_article_says_so():
    article = clean_page("\n".join(["The Sound Courier", drawn(MENU, BODY)]), kind="text")
    assert WARNING in article.warnings
    assert "Its engine was taken out" in article.source_text


CELLS = ["", "a", "menu  item", " ".join(BODY[:3]), "\u6e21\u8f2a", "x:", "\0", "\t", "\u3000"]


@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=4), max_size=25))
def test_nothing_but_blanks_is_lost(rows):
    text = "\n".join("".join(cell.ljust(30) for cell in row) for row in rows)
    assert sorted("".join(columns_apart(text).split())) == sorted("".join(text.split()))
