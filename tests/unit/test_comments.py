"""Readers' comments as values: who wrote them and when, above or below their text."""

import pytest

from cleanpage import clean_page
from cleanpage.model import Comment

STORY = """Nine cats, one office
8 September 2020
Nobody at the sorting office can say when the first cat arrived, only that by the spring there were nine of them.
The staff answered a letter with a petition, a rota for feeding, and a bill that they had paid among themselves.
A compromise was found last week: four cats may stay, provided that none of them sleeps in the registered mail.
"""


@pytest.mark.parametrize(
    "below",
    [
        "2 Comments\nMarge Pell\nSeptember 9, 2020 at 8:14 am\nOur office had a dog once.\n"
        "It slept under the machine for years.\n"
        "postie44\nSeptember 9, 2020 at 11:02 am\nRegistered mail makes a very poor pillow.",
        "2 Comments\nOur office had a dog once.\n"
        "It slept under the machine for years.\nMarge Pell, September 9, 2020 at 8:14 am\n"
        "Registered mail makes a very poor pillow.\npostie44, September 9, 2020 at 11:02 am",
    ],
    ids=["above", "below"],
)
def test_name_and_day_belong_to_the_text_beside_them(below):
    article = clean_page("Home\nNews\nSport\n" + STORY + below)
    found = {comment.author: comment for comment in article.comments if comment.author}
    assert found["postie44"] == Comment("postie44", "2020-09-09T11:02", "Registered mail makes a very poor pillow.")
    assert found["Marge Pell"].published == "2020-09-09T08:14"
    assert article.published == "2020-09-08"


def test_a_heading_is_no_author():
    html = (
        f"<h1>Nine cats</h1><p>{STORY}</p><p>{STORY}</p><div id=comments><h3>Comments</h3>"
        "<p>Good for the cats, and for the mail.</p><p>Who feeds them at the weekend?</p></div>"
    )
    assert [comment.author for comment in clean_page(html).comments] == [None, None]


def test_one_sentence_without_a_name_is_the_form_s():
    html = (
        f"<h1>Nine cats</h1><p>{STORY}</p><p>{STORY}</p><div id=comments><h3>Comments</h3>"
        "<p>We encourage a lively discussion of the cats.</p></div>"
    )
    assert clean_page(html).comments == ()


def test_what_stands_above_the_first_name_is_a_notice():
    html = (
        f"<h1>Nine cats</h1><p>{STORY}</p><p>{STORY}</p><div id=comments><h3>Comments</h3>"
        "<p>Please be kind to one another below.</p><div class=comment><b>postie44</b> <i>9 September 2020 11:02</i>"
        "<p>Registered mail makes a very poor pillow.</p></div><div class=comment><b>Marge Pell</b>"
        " <i>9 September 2020 08:14</i><p>Nine of them sleep in our shed.</p></div></div>"
    )
    assert [comment.author for comment in clean_page(html).comments] == ["postie44", "Marge Pell"]
