"""Code and tables between paragraphs stay, hidden remarks do not; text has no markup."""

import pytest

from cleanpage import clean_page

LEAD = "The oven weighs a little over two tonnes, and the new bakery stands on the far side of the river."
REST = [
    "It took nine days to put everything together again, and the first loaves came out on the tenth.",
    "The builder's grandson came to light the fire, and stayed until the last loaf was sold.",
]


def page(between, lead=LEAD):
    body = f"<p>{lead}</p>{between}<p>{REST[0]}</p><p>{REST[1]}</p>"
    menu = "<ul><li><a href=/>Home</a></li><li><a href=/r>Recipes</a></li></ul>"
    return f"<!doctype html><body><nav>{menu}</nav><article><h1>How we moved a stone oven</h1>{body}</article></body>"


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("<pre>rows = 17</pre>", ["rows = 17"]),
        ("<pre>rows = 17\nbricks = 306</pre>", ["rows = 17", "bricks = 306"]),
        ("<table><tr><td>bricks</td><td>306</td></tr></table>", ["bricks | 306"]),
        ("<figure><figcaption>The dome</figcaption></figure><pre>rows = 17</pre>", ["rows = 17"]),
        ("<p style='display:none'>Page 7, made by machine</p>", []),
        ("<div hidden>Page 7, made by machine</div>", []),
        ("<table><tr><td><a href=/1>Bread</a></td><td><a href=/2>Cake</a></td></tr></table>", []),
    ],
)
def test_between_paragraphs(between, expected):
    assert clean_page(page(between)).text.split("\n") == [LEAD, *expected, *REST]


def test_a_body_that_is_hidden_until_a_click_stays():
    days = (f"<p>On day {n} the oven was carried a little further, and everybody ate bread.</p>" for n in range(6))
    hidden = "".join(days)
    assert "On day 5" in clean_page(page(f'<div style="display:none">{hidden}</div>')).text


def test_a_caption_is_one_and_has_its_picture():
    article = clean_page(page("<figure><img src=/dome.jpg><figcaption>The dome, half taken down</figcaption></figure>"))
    assert article.captions == ("The dome, half taken down",)
    assert [(image.url, image.caption) for image in article.images] == [("/dome.jpg", "The dome, half taken down")]
