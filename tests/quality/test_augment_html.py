"""Short bodies out of long ones: what is left of the page and of its label."""

from random import Random

import pytest

from training.augment_html import shortened

LABEL = "\n".join(
    f"The ferry on line {number} now leaves from the new pier. Tickets (zone {number}) are sold at kiosk {number}, too."
    for number in range(1, 13)
)
NAV = "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"


def page(*paragraphs, more=""):
    return f"<html><body>{NAV}<h1>New pier</h1>{''.join(paragraphs)}{more}</body></html>"


PARAGRAPHS = [f"<p>{line}</p>" for line in LABEL.splitlines()]


@pytest.mark.parametrize("seed", range(8))
def test_a_beginning_is_left_and_the_rest_of_the_page(seed):
    html, label = shortened(page(*PARAGRAPHS, more="<footer>About us</footer>"), LABEL, Random(seed))
    assert LABEL.startswith(label)
    assert label.endswith(".")
    assert len(label) < len(LABEL) / 2
    shown = html.replace("</p><p>", "\n")
    assert label in shown
    assert f"kiosk {label.count('ferry') + 1}" not in shown
    assert "About us" in shown
    assert "<h1>New pier</h1>" in shown


def test_links_within_a_paragraph_go_with_it():
    linked = [p.replace("kiosk", "<a href='/k'>kiosk</a>").replace("pier", "<b>pier</b>") for p in PARAGRAPHS]
    html, label = shortened(page(*linked), LABEL, Random(1))
    assert html.count(">kiosk</a>") == label.count("kiosk")


@pytest.mark.parametrize(
    ("html", "label"),
    [
        pytest.param(page(PARAGRAPHS[0]), LABEL.splitlines()[0], id="a short label"),
        pytest.param(page(*PARAGRAPHS[:6]), LABEL, id="half of it is not there"),
        pytest.param(page(*PARAGRAPHS, more=PARAGRAPHS[9]), LABEL, id="a paragraph stands twice"),
        pytest.param("", LABEL, id="an empty page"),
    ],
)
def test_what_is_not_sure_is_left_alone(html, label):
    assert shortened(html, label, Random(0)) is None
