"""What the tree says of a line, on trees that can be read at a glance."""

import pytest

from cleanpage.body.dom_features import DOM, DOM_COMPANY, NONE, NOWHERE, dom_company, dom_features
from cleanpage.body.element_tree import Elements
from cleanpage.body.lines import BodyLines, Line
from cleanpage.body.window_features import column
from cleanpage.draft import Dom

BODY = Dom("p", ("body", "div.main", "div.entry-content", "p"), (1, 2, 3, 4))
NEXT = Dom("p", ("body", "div.main", "div.entry-content", "p"), (1, 2, 3, 5))
SIDE = Dom("li", ("body", "aside", "ul.hot", "li"), (1, 6, 7, 8), link_share=1.0)
HIDDEN = Dom("div", ("body", "div"), (1, 9), hidden=True, images=("a.png",))
DOMS = [SIDE, BODY, NEXT, HIDDEN]
NAMES = {"": -1.0, "*hot": -2.0, "0:<p": 1.0, "1:entry": 0.5, "*entry-content": 3.0, "0:hot": 9.0}
UNITS = [10.0, 60.0, 40.0, 20.0]
PROSE = [0.0, 60.0, 40.0, 0.0]


def page_of(doms, units, texts=(), headline=None, summary=""):
    texts = texts or [""] * len(doms)
    lines = [
        Line(i, i, text, text, size, "paragraph", frozenset(), frozenset(), 1, dom)
        for i, (dom, size, text) in enumerate(zip(doms, units, texts, strict=True))
    ]
    return BodyLines(lines, headline, summary)


def columns(page=None, prose=PROSE):
    page = page or page_of(DOMS, UNITS)
    found = dom_features(page, Elements(page.doms), column(prose), NAMES)
    return {name: list(values) for name, values in zip(DOM, found, strict=True)}


def test_a_number_for_each_line():
    assert {len(values) for values in columns().values()} == {len(DOMS)}
    assert {len(values) for values in columns(page_of([], []), []).values()} == {0}


def test_the_line_itself():
    found = columns()
    assert found["is_p"] == [0, 1, 1, 0]
    assert found["link_share"] == [1, 0, 0, 0]
    assert found["hidden"] == [0, 0, 0, 1]
    assert found["pictured"] == [0, 0, 0, 1]
    assert found["depth"] == [4, 4, 4, 2]
    assert found["sibling-1"] == [0, 0, 1, 0]


def test_steps_to_named_elements():
    found = columns()
    assert found["out_to_aside"] == [2, NONE, NONE, NONE]
    assert found["out_to_good"] == [NONE, 1, 1, NONE]
    assert found["out_to_bad"] == [1, NONE, NONE, NONE]


def test_the_main_element_holds_the_running_text():
    found = columns()
    assert found["main_up"] == [2, 0, 0, 2]
    assert found["main_down"] == [3, 1, 1, 1]


HEAD = Dom("h1", ("body", "div.story", "h1"), (1, 2, 3))
DATE = Dom("p", ("body", "div.story", "div.meta", "p"), (1, 2, 4, 5))
CARDS = [
    Dom(tag, ("body", "div.side", "div.card", tag), (1, 6, card, card + at), link_share=float(tag == "h3"))
    for card in (7, 10)
    for at, tag in enumerate(("h3", "p"), 1)
]


@pytest.mark.parametrize("headline", [0, None])
def test_steps_from_the_headline(headline):
    found = columns(page_of([HEAD, DATE, *CARDS], [5.0] * 6, headline=headline), [0.0] * 6)
    assert found["head_up"] == [0, 0, 1, 1, 1, 1]
    assert found["head_down"] == [1, 2, 3, 3, 3, 3]


def test_no_headline():
    assert columns()["head_up"] == columns()["head_down"] == [NOWHERE] * len(DOMS)


def test_the_heading_above():
    found = columns(page_of([HEAD, DATE, *CARDS], [5.0] * 6), [0.0] * 6)
    assert found["under_level"] == [0, 1, 1, 3, 3, 3]
    assert found["under_linked"] == [0, 0, 0, 1, 1, 1]
    assert found["under_inside"] == [0, 1, 0, 1, 0, 1]


def test_elements_of_the_same_names_beside_each_other():
    found = columns(page_of([HEAD, DATE, *CARDS], [5.0] * 6), [0.0] * 6)
    assert found["alike_1"] == [1, 1, 2, 2, 2, 2]
    assert found["alike_before_1"] == [0, 0, 0, 0, 1, 1]
    assert found["opens_linked_1"] == [0, 0, 1, 1, 1, 1]


def test_the_words_of_the_summary():
    texts = ["river bridge opens", "a bridge opens", "weather", ""]
    found = columns(page_of(DOMS, UNITS, texts, summary="a new bridge opens"))
    assert found["summary_words"] == [pytest.approx(2 / 3), pytest.approx(2 / 3), 0, 0]
    assert columns()["summary_words"] == [NOWHERE] * len(DOMS)


def test_what_the_elements_around_hold():
    found = columns()
    assert found["prose_share_1"] == [0, 1, 1, 1]
    assert found["link_part_1"] == [1, 0, 0, 10 / 130]
    assert found["family"] == [1, 2, 2, 1]
    assert found["family_units"] == [10, 50, 50, 20]


def test_company_in_the_elements_around():
    values = dom_company(Elements(DOMS), column([0.0, 1.0, 1.0, 0.0]), column(UNITS))
    found = {name: list(own) for name, own in zip(DOM_COMPANY, values, strict=True)}
    assert found["element_chance_1"][:3] == [0, 1, 1]
    assert found["element_chance_3"][3] == -1
    assert found["element_share_1"][1] > 0.99


def test_what_the_names_say():
    assert columns()["names"] == [-3, 3.5, 3.5, -1]
