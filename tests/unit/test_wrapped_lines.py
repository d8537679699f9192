"""Prose that is wrapped at a width is put together again; verse, lists and code stay in lines."""

import textwrap

import pytest

from cleanpage.load.html import load_html

TEXT = (
    "The old ferry that crossed the upper lake every morning had been built by two brothers who never agreed about the "
    "shape of a hull, and the compromise showed in every line of her until the frost came over the reeds."
)


def lines(html):
    return load_html(html).text.split("\n")


@pytest.mark.parametrize("width", [50, 64, 72])
@pytest.mark.parametrize("form", ["<pre>{}</pre>", "<div>{}</div>", "<td>{}"])
def test_wrapped_prose_is_one_line(width, form):
    wrapped = textwrap.fill(TEXT, width)
    broken = wrapped if form.startswith("<pre") else wrapped.replace("\n", "<br>\n")
    assert lines(form.format(broken)) == [TEXT]


@pytest.mark.parametrize(
    "rows",
    [
        [
            "The heron stands where slow waters bend",
            "and all the sands of the river",
            "run to their end",
            "in brown reeds",
        ],
        [f"{name} built the hull of a ferry in the year of the flood" for name in ("Ann", "Bob", "Cy", "Di", "Ed")],
        ["Ferry Office", "Lower Quay 4", "Tarn Valley", "Open from May to October"],
        ["- the old ferry that crossed the upper lake every day", "- the new ferry that crosses the upper lake at noon"]
        * 3,
    ],
)
def test_lines_that_break_where_they_please_stay(rows):
    assert lines("<div>" + "<br>".join(rows) + "</div>") == rows
    assert [line.strip() for line in lines("<pre>" + "\n".join(rows) + "</pre>")] == rows


def test_a_flood_of_breaks_is_no_wrapped_prose():
    rows = textwrap.wrap(TEXT, 60)
    again = 10_000 // len(rows) + 1
    assert lines("<div>" + "<br>".join(rows * again) + "</div>")[: len(rows)] == rows


def test_ideograms_are_joined_without_a_blank():
    text = "上游的水磨坊从星期一起重新开磨新的水轮已经安装在两座石墩之间四名木匠整个冬天都在忙这件活" * 5
    wrapped = [text[i : i + 35] for i in range(0, len(text), 35)]
    assert lines("<div>" + "<br>\n".join(wrapped) + "</div>") == [text]
