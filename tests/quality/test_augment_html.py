"""Short bodies out of long ones, and bodies with structure: what becomes of the page and of its label."""

from random import Random

import pytest
from lxml.html import document_fromstring

from training.augment_html import rebuilt, shortened
from training.structure import Words

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


SEEDS = range(30)
WORDS = Words(
    [f"On day {n} of the count, a reader said, nobody had seen the heron. That was enough for him." for n in range(9)],
    ["Heron counted twice", "Library opens late on Mondays"], "en",
)  # fmt: skip


def lines_of(html):
    return [" ".join(text.split()) for text in document_fromstring(html).xpath("//body//text()") if text.strip()]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rebuilt_page_holds_its_label_and_what_stands_around_the_body(seed):
    html, label = rebuilt(page(*PARAGRAPHS, more="<footer>About us</footer>"), LABEL, WORDS, Random(seed))
    shown = lines_of(html)
    assert shown[:3] == ["Home", "News", "New pier"]
    assert shown[-1] == "About us"
    body = " ".join(shown)
    assert [line for line in label.splitlines() if " ".join(line.split()) not in body] == []


def test_rebuilt_pages_have_new_lines_of_the_body_and_links_that_are_not_body():
    made = [rebuilt(page(*PARAGRAPHS), LABEL, WORDS, Random(seed)) for seed in SEEDS]
    assert sum(line not in LABEL for _, label in made for line in label.splitlines()) > 2 * len(made)
    links = [link.text for html, _ in made for link in document_fromstring(html).xpath("//p//a | //div//a | //ul//a")]
    assert "Heron counted twice" in links
    assert not any("Heron counted twice" in label for _, label in made)


def test_a_line_between_paragraphs_that_the_label_lacks_stays_outside_of_the_rebuilt_label():
    noted = page(PARAGRAPHS[0], "<p>Advertisement, which nobody reads at all</p>", *PARAGRAPHS[1:])
    made = [rebuilt(noted, LABEL, WORDS, Random(seed)) for seed in SEEDS]
    assert any("Advertisement" in html for html, _ in made)
    assert not any("Advertisement" in label for _, label in made)


@pytest.mark.parametrize(
    ("html", "label"),
    [
        pytest.param(page(PARAGRAPHS[0]), LABEL.splitlines()[0], id="one paragraph"),
        pytest.param(page(*PARAGRAPHS[:6]), LABEL, id="half of it is not there"),
        pytest.param(page("<div>" + LABEL.replace("\n", "<br>") + "</div>"), LABEL, id="paragraphs without elements"),
        pytest.param("", LABEL, id="an empty page"),
    ],
)
def test_a_body_whose_paragraphs_are_not_found_is_not_rebuilt(html, label):
    assert rebuilt(html, label, WORDS, Random(0)) is None
