"""The layout of a page: one long text, or many short ones of one form."""

import pytest

from cleanpage import Config
from cleanpage.body.lines import lines_of
from cleanpage.body.page_layout import LAYOUT, page_layout
from cleanpage.body.text_features import own_columns
from cleanpage.pipeline import load

SENTENCE = "The mill at the weir grinds rye again, and the miller sells the flour at the gate on Tuesdays and Fridays."
WHEELS = ["stone", "iron", "oak", "elm", "lead", "brass"]


def layout_of(raw, kept, kind=None):
    page = lines_of(load(raw, Config(), kind=kind))
    chosen = [kept(line.text) for line in page.lines]
    values = page_layout(page, own_columns(page.lines), chosen, [0.9 if keep else 0.1 for keep in chosen])
    return dict(zip(LAYOUT, values, strict=True))


def teasers(mark="p"):
    return "".join(
        f'<div class="card"><h2><a href="/{at}">A wheel of {wheel} for the mill</a></h2><{mark}>{at} May 2031</{mark}>'
        f"<p>Wheel {at}: {SENTENCE}</p><a href='/{at}'>Read more</a></div>"
        for at, wheel in enumerate(WHEELS)
    )


ARTICLE = "<html><body><h1>The mill grinds again</h1><div>" + "".join(
    f"<p>{at}. {SENTENCE}</p>" for at in range(6)
) + "</div></body></html>"
LISTING = f"<html><body><h1>Wheels</h1>{teasers()}</body></html>"


def is_sentence(text):
    return SENTENCE in text


def test_an_article_stands_in_one_element_line_after_line():
    found = layout_of(ARTICLE, is_sentence)
    assert found["longest_run"] == found["prose_paired"] == found["body_dense"] == 1
    assert found["outer_share"] == found["outer_count"] == pytest.approx(1)
    assert found["prose_run_lines"] == 6
    assert found["body_not_prose"] == pytest.approx(0)
    assert found["links_inside"] == 0


def test_a_listing_is_many_short_texts_in_elements_of_their_own():
    found = layout_of(LISTING, is_sentence)
    assert found["longest_run"] < 0.2
    assert found["prose_paired"] == 0
    assert found["outer_share"] == pytest.approx(1 / 6, rel=0.1)
    assert found["outer_count"] == pytest.approx(6, rel=0.1)
    assert found["links_headings"] == 1
    assert found["repeated_inside"] > 0.2


@pytest.mark.parametrize("kind", ["html", "text"])
def test_forms_of_lines_come_again_item_after_item(kind):
    raw = LISTING
    if kind == "text":
        raw = "\n\n".join(
            f"A wheel of {wheel} for the mill\n\n{at + 1} May 2031\n\nWheel {at}: {SENTENCE}\n\nRead more"
            for at, wheel in enumerate(WHEELS)
        )
    listing = layout_of(raw, is_sentence, kind)
    assert listing["page_period"] > 0.8 > 0 > listing["page_step"]
    assert layout_of(ARTICLE, is_sentence)["page_period"] < 0.3


@pytest.mark.parametrize("raw", ["", "One line", "<html><body><p>One line</p></body></html>"])
def test_pages_without_a_body_have_a_layout(raw):
    assert len(layout_of(raw, is_sentence)) == len(LAYOUT)
