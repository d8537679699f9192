"""The densest run of prose: where rules for the head and the tail of a page begin and end."""

from cleanpage.draft import make_block, prose_core


def block(text):
    return make_block(0, len(text), (0, len(text)), text)


SENTENCE = block(
    "渡船停航四个星期以后，今天早晨又从码头出发了，船长说新的机器比旧的安静得多，"
    "每次过河还能省下三分之一的油，岸边站满了看热闹的人。"
)
LINK = block("相关新闻")


def test_captions_and_subheadings_do_not_end_it_and_lists_do():
    assert prose_core([SENTENCE, LINK, SENTENCE]) == (0, 2)
    assert prose_core([SENTENCE, *[LINK] * 12, SENTENCE, SENTENCE]) == (13, 14)


def test_one_long_disclaimer_does_not_outweigh_an_article():
    disclaimer = block("本站声明，" + "转载须经本站书面同意并注明出处，" * 60 + "违者必究。")
    article = [SENTENCE] * 3
    assert sum(b.units for b in article) < 200 < disclaimer.units
    assert prose_core([*article, *[LINK] * 30, disclaimer]) == (0, 2)


def test_a_page_without_prose_has_none():
    assert prose_core([LINK, LINK]) is None
