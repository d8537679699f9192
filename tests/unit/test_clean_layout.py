"""The layout of a cleaned text: its listings are found again, a flattened page is none."""

import pytest

from cleanpage import clean_page
from cleanpage.load.clean_layout import listings_by_layout
from cleanpage.load.lines import split_lines

PROSE = "Anyone who runs a small ferry knows the problem, the list of boats changes more often than the program."
MORE = "And that is how we have done it ever since the winter, in which the river froze and no boat could go."


def listings(text):
    return [text[start:end] for start, end in listings_by_layout(text, split_lines(text), [])]


def cleaned(*listings):
    return "\n".join([PROSE, *(line for code in listings for line in (code, MORE)), PROSE.replace("ferry", "pier")])


@pytest.mark.parametrize(
    "code",
    [
        "boats = 3\n\nprint(boats)",
        "$ git log --graph\n* c2b9e Mend the winch\n| * 87ab2 Paint the pier\n|/\n* f30ab Add the ferry",
        "ferry:\n  name: Anna\n  seats: 12\n\npier: north",
        "  indented(from, the, first)\nend;",
        "a   TEXT      NOT NULL,\nb   INTEGER   NOT NULL",
        "boats.tell(all)  \nrope",
    ],
)
def test_what_no_paragraph_is_laid_out_as_is_code(code):
    text = cleaned(code)
    assert code in "\n".join(listings(text))
    assert clean_page(text, kind="text").text == text


def test_lines_at_the_margin_belong_to_the_listing_beside_them():
    code = "def ferry(boat):\n    boat.go()\n}\n/quay/north"
    assert listings(cleaned(code)) == [code]


def test_every_listing_of_html_is_found_again():
    pre = "<pre><code>{}</code></pre>".format
    parts = [pre("boats = 3\n\nif boats:\n    go(boats)"), pre("ferry list"), pre("- rope\n- buoy\n\n- bell")]
    rest = "".join(f"{part}<p>{MORE.replace('winter', f'winter of year {i}')}</p>" for i, part in enumerate(parts))
    once = clean_page(f"<article><h1>Boats</h1><p>{PROSE}</p>{rest}</article>", kind="html").text
    assert "\n\n- bell" in once
    assert clean_page(once, kind="text").text == once


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n\n{MORE}\n\nboats = 3\n\nprint(boats)",  # blank lines between the paragraphs
        f"Home\n\nNews\n\nHarbour\n{PROSE}\n{MORE}\n{PROSE}",  # a menu
        f"{PROSE}\n{MORE}\n{PROSE}\n  * About us\n  * Contact\n  * Imprint",  # a footer
        f"{PROSE}\n{MORE}\n* Rope and buoy\n* Bell\n* Winch\n{PROSE}",  # a list
        f"{PROSE}\n{MORE}\n- boats: 3\n- piers: 2\n{PROSE}",
        f"{PROSE}\n{MORE}\nPier\tBoats\nNorth\t3\n{PROSE}",  # a table
        f"{PROSE}\n{MORE}\n    {PROSE}\n    {MORE}",  # paragraphs that stand in
        f"{PROSE}\n{MORE}\n\n<script>dataLayer.push(1);</script>\n\n{PROSE}",
        "boats = 3\n\nprint(boats)",  # no prose that tells
        f"{PROSE}\n{MORE}",
        "",
    ],
)
def test_a_flattened_page_is_left_as_it_is(text):
    assert listings(text) == []


def test_what_was_found_otherwise_stays():
    text = f"{PROSE}\nboats = 3;\n{MORE}"
    start = text.index("boats = 3")
    span = (start, start + len("boats = 3;"))
    assert listings_by_layout(text, split_lines(text), [span]) == [span]
