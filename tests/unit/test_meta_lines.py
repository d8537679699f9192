"""Parts of the line under a headline become lines; marks of links to a heading leave it."""

import pytest

from cleanpage.load.html import load_html


def lines(html):
    return load_html(f"<body><h1>Gate stays open</h1>{html}").text.split("\n")[1:]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><span>Essay</span><span>Von Jo Rau</span><span>4. März 2025</span></div>", 3),
        ("<div><span>Jo Rau</span> <time>4 mars</time></div>", 2),
        ("<p><a href='/a'>Jo Rau</a><em>2025-03-04</em></p>", 2),
        ("<div><span>Von</span> <span>Jo Rau</span><time>4. März</time></div>", 2),
        ("<div><span>Autor:</span> <span>Jo Rau</span> <span>4. März 2025</span></div>", 2),
        ("<div><span>Jo Rau</span> <span>Redakteur</span></div>", 1),
        ("<div>Jo Rau <span>4. März</span> <span>2025</span></div>", 1),
        ("<div><span>Jo Rau</span> | <span>4. März 2025</span></div>", 1),
        ("<p><span>It rained in 2024.</span> <span>It rained again.</span></p>", 1),
        ("<p><span>2024年，</span><span>我离开了家</span></p>", 1),
        ("<ul><li>2025</li><li>2024</li></ul>", 2),
        (f"<p>{'It rained all day. ' * 12}</p><div><span>Jo Rau</span><time>4 mars</time></div>", 2),
    ],
)
def test_parts(html, expected):
    assert len(lines(html)) == expected


def test_a_part_stands_in_an_element_that_is_called_as_it_was():
    html = "<h1>Gate stays open</h1><div><a class=nickname href=/u/7>jo</a><span>2025-03-04</span></div>"
    block = next(block for block in load_html(html).blocks if block.text == "jo")
    assert block.dom.path[-1] == "div.nickname"
    assert block.dom.links[0].url == "/u/7"


def test_a_word_before_a_link_keeps_off_it():
    assert lines("<div><span>By<a>Jo Rau</a></span><span>March 4, 2025</span></div>")[0] == "By Jo Rau"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ('<h2>Options<a href="#o">#</a></h2>', "Options"),
        ('<h2><a href="/guide#o">§</a>Options</h2>', "Options"),
        ('<h3>Options <span><a href="#o"><b>¶</b></a></span></h3>', "Options"),
        ('<h2>Options <a href="#n1">[1]</a></h2>', "Options [1]"),
        ('<h2><a href="#o">Options</a></h2>', "Options"),
        ('<h2>Talking in C<a href="/c">#</a></h2>', "Talking in C#"),
        ('<p>Options <a href="#o">#</a></p>', "Options #"),
    ],
)
def test_permalinks(heading, expected):
    assert lines(heading) == [expected]
