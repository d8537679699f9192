"""What is a menu, and which tiny lines show that lines were cut to pieces."""

import pytest

from cleanpage import clean_page
from cleanpage.load.page_on_a_line import is_menu
from cleanpage.load.rejoin_lines import is_damaged

PROSE = "The ferry between the two landing stages runs again after four weeks, the company said on Monday."


@pytest.mark.parametrize("text", ["Home | News | Contact", "Home Contact Privacy policy", "首页 新闻 登录 注册"])
def test_three_links_are_a_menu(text):
    assert is_menu(text)


@pytest.mark.parametrize("text", ["The mill reopens | Harbour Courier", "Copyright Office Report", PROSE])
def test_a_headline_is_none(text):
    assert not is_menu(text)


def test_pieces_of_lines_show_damage_and_counts_do_not():
    assert is_damaged([PROSE, "(", "a", ")", PROSE, "5", "月"])
    assert not is_damaged([PROSE, "8", "Open", "28", "Closed", "73", "12"])


def test_cells_of_a_table_are_no_pieces_of_lines():
    assert not is_damaged([PROSE, "Corner", "X", "Y", "A1", "13725.58", "A2", "13715.19"])
    assert not is_damaged([PROSE, "Pupils", "90", "北岸", "45", "南岸", "40", "西岸", "10"])


def test_a_list_with_counts_stays_as_it_is_when_it_is_cleaned_again():
    rows = [row for n in range(9) for row in ("Closed back", "dynamic model of the yard, for two", str(10 + n))]
    text = "\n".join([PROSE, PROSE.replace("four", "five"), *rows, PROSE.replace("four", "nine")])
    once = clean_page(text, kind="text").text
    assert clean_page(once, kind="text").text == once
