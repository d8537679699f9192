"""Which lines are headings: what HTML marks as such; in flattened text a guess, never a credit or a dateline."""

import pytest

from cleanpage import clean_page

FIRST = (
    "The ferry across the inner harbour ran again on Tuesday, four weeks after the northern stage had been closed "
    "because two of its piles were found to be rotten."
)
SECOND = (
    "The harbour master said that the new piles are of larch and should carry the stage for thirty years, if the ice "
    "is kept away from them in winter."
)


def kinds(raw):
    return {paragraph.text: paragraph.kind for paragraph in clean_page(raw).paragraphs}


def page(middle):
    return f"<html><body><article><h1>The ferry runs</h1><p>{FIRST}</p>{middle}<p>{SECOND}</p></article></body></html>"


@pytest.mark.parametrize(
    "middle",
    [
        "<h3>A winter of repairs</h3>",
        "<p><b>A winter of repairs</b></p>",
        "<p><strong>A winter</strong> <b>of repairs</b></p>",
        '<div class="subheading">A winter of repairs</div>',
        '<p class="crosshead">A winter of repairs</p>',
        "<h3><a href='#x'>A winter of repairs</a></h3>",
    ],
)
def test_marked(middle):
    assert kinds(page(middle)).get("A winter of repairs") == "heading"


@pytest.mark.parametrize(
    ("middle", "line"),
    [
        ("<p>A winter of repairs</p>", "A winter of repairs"),
        (f"<p><b>A winter of repairs</b><br>{SECOND}</p>", "A winter of repairs"),
        (f"<p>A winter of repairs<br>{SECOND} And so on.</p>", "A winter of repairs"),
        ("<p><b>A winter</b> of repairs</p>", "A winter of repairs"),
        ("<ul><li><b>A winter of repairs</b></li><li>a summer of rest</li></ul>", "A winter of repairs"),
        ("<p><b>Photo: Ada Lund</b></p>", "Photo: Ada Lund"),
        ("<p><b>By Ada Lund</b></p>", "By Ada Lund"),
        (f"<p><b>{SECOND}</b></p>", SECOND),
    ],
)
def test_not_marked(middle, line):
    assert kinds(page(middle)).get(line) != "heading"


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("A winter of repairs", True),
        ("Photo: Ada Lund / Harbour Courier", False),
        ("By Ada Lund", False),
        ("Northport, 6 May 2024", False),
        ("Updated 09:12", False),
    ],
)
def test_guessed(line, is_heading):
    found = kinds(f"{FIRST}\n\n{line}\n\n{SECOND}\n\n{FIRST[:-1]}, said the skipper.")
    assert (found.get(line) == "heading") is is_heading
