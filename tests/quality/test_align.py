"""Which lines of a page stand in its label."""

import pytest

from bench.align import matched

BODY = "The ferry to the island runs again from Monday.\nTickets cost the same as last year.\nA bus meets each boat."
LINES = BODY.split("\n")


def test_lines_of_the_label_are_found_among_others():
    assert matched(["Home", *LINES, "Contact us"], BODY) == [False, True, True, True, False]


def test_teaser_that_repeats_a_sentence_before_the_body_is_not_taken_for_it():
    assert matched([LINES[2], "More news", *LINES], BODY) == [False, False, True, True, True]


def test_menu_word_that_the_body_also_holds_is_no_part_of_it():
    assert matched(["ferry", "island", *LINES, "bus"], BODY) == [False, False, True, True, True, False]


def test_pieces_of_a_line_that_was_cut_at_a_link_are():
    assert matched(["The ferry to", "the island", "runs again from Monday.", *LINES[1:]], BODY) == [True] * 5


def test_line_that_differs_in_a_word_is():
    assert matched(["The ferry to the island runs again since Monday.", *LINES[1:]], BODY) == [True] * 3


def test_paragraphs_glued_to_one_line_are():
    assert matched([" ".join(LINES)], BODY) == [True]


@pytest.mark.parametrize("lines", [[], [""], ["Home", "News"]])
def test_page_without_the_body(lines):
    assert not any(matched(lines, BODY))


def test_short_line_that_is_a_line_of_the_label_is_found():
    body = "Opening hours\nThe pool opens at nine on weekdays and at ten on Sundays."
    assert matched(["Menu", *body.split("\n")], body) == [False, True, True]


def test_chinese_is_read_by_character():
    body = "渡船从周一起恢复通航，票价与去年相同。\n每班船都有公交车接驳。"
    assert matched(["首页", *body.split("\n"), "渡船"], body) == [False, True, True, False]
