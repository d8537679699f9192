"""Items of lists, what stands in them below their first line, their numbers; and how they are set."""

import pytest
from markdown_it import MarkdownIt

from cleanpage import clean_page

RAIN = "It rained all day in the valley, and nobody came to the market. "


def paragraphs(body):
    """Return kind, level, number and first words of what stands between two paragraphs."""
    article = clean_page(f"<h1>Rain</h1><p>{RAIN * 4}</p>{body}<p>End of it. {RAIN * 4}</p>", kind="html")
    return article, [(p.kind, p.level, p.number, p.text.split(".")[0]) for p in article.paragraphs[1:-1]]


LOOSE = f"<ol><li><p>One. {RAIN}</p><p>More. {RAIN}</p></li><li><p>Two. {RAIN}</p></li></ol>"
NESTED = f"<ul><li>One. {RAIN}<ol><li>Inner. {RAIN}</li></ol><p>Back. {RAIN}</p></li></ul>"
STEPS = f"<ol><li>One. {RAIN}<pre>boats = 3\nprint(boats)</pre></li><li>Two. {RAIN}</li></ol>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (LOOSE, [("list_item", 1, 1, "One"), ("paragraph", 1, 0, "More"), ("list_item", 1, 2, "Two")]),
        (NESTED, [("list_item", 1, 0, "One"), ("list_item", 2, 1, "Inner"), ("paragraph", 1, 0, "Back")]),
        (
            f"<ul><li><h3>Cards</h3><p>Below. {RAIN * 2}</p></li></ul>",
            [("heading", 3, 0, "Cards"), ("paragraph", 0, 0, "Below")],
        ),
        (
            f"<ol><li><div><p>Wrapped. {RAIN * 2}</p><p>Post. {RAIN * 2}</p></div></li></ol>",
            [("paragraph", 0, 0, "Wrapped"), ("paragraph", 0, 0, "Post")],
        ),
    ],
    ids=["paragraphs", "a list inside", "below a heading", "laid out as a list"],
)
def test_items_and_what_follows_in_them(body, expected):
    assert paragraphs(body)[1] == expected


@pytest.mark.parametrize("body", [LOOSE, NESTED], ids=["paragraphs", "a list inside"])
def test_markdown_and_html_nest_alike(body):
    article, _ = paragraphs(body)
    for written in (MarkdownIt().render(article.to_markdown()), article.to_html()):
        inside = written[written.index("One.") : written.index("End of it.")]
        ends, words = ("</ol>", "More.") if body is LOOSE else ("</ul>", "Back.")
        assert inside.index(words) < inside.index(ends)
        assert inside.count("<li>") == 1


def test_numbers_go_on_behind_what_stands_in_an_item():
    article, _ = paragraphs(STEPS)
    assert "\n2. Two." in article.to_markdown()
    assert '<li value="2">Two.' in article.to_html()
