"""Scoring one page: what is handed over, what is compared, what is kept."""

from types import SimpleNamespace

import pytest

from bench.data import Page
from bench.report import print_side_by_side, summarise
from bench.runs import raw_only, score_page
from bench.score import Score
from cleanpage import clean_page

TEXTS = {way: f"home {way} a b c d e" for way in ("inscriptis", "html_text", "resiliparse", "bs4")}
PAGE = Page("p1", "own", "en", "article", "", "a b c d e", False, None, None, None, TEXTS, html="<p>a b c d e</p>")
TITLED = Page("p2", "own", "en", "article", "", "t\na b c d", True, "t", None, None, TEXTS)


def test_a_method_gets_the_page_and_what_was_asked_for():
    seen = []
    score_page(lambda page, raw: seen.append((page.id, raw)) or "", PAGE, "html")
    score_page(lambda page, raw: seen.append((page.id, raw)) or "", PAGE, "bs4")
    assert seen == [("p1", "<p>a b c d e</p>"), ("p1", "home bs4 a b c d e")]


def test_whole_text_of_html_is_that_of_inscriptis():
    by_html, by_text = (score_page(raw_only(lambda raw: ""), PAGE, way) for way in ("html", "inscriptis"))
    assert by_html.whole == by_text.whole == Score(pytest.approx(1 / 2), 1, pytest.approx(2 / 3))


def test_the_title_counts_where_the_label_holds_it():
    article = SimpleNamespace(title="t", text="a b c d")
    assert score_page(raw_only(lambda raw: article), TITLED, "bs4").score.f1 == 1
    assert score_page(raw_only(lambda raw: article), PAGE, "bs4").prediction == "a b c d"
    assert score_page(raw_only(lambda raw: "a b c d"), TITLED, "bs4").prediction == "a b c d"


def test_bag_does_not_see_order():
    method = raw_only(lambda raw: "e d c b a")
    assert score_page(method, PAGE, "bs4", "bag").score == Score(1, 1, 1)
    assert score_page(method, PAGE, "bs4").score == Score(0, 0, 0)


def test_only_an_article_has_a_confidence():
    said = score_page(raw_only(clean_page), PAGE, "bs4")
    assert (said.is_article, said.confidence) == (False, 0.0)
    assert score_page(raw_only(str), PAGE, "bs4").is_article is None


def test_summary_has_a_line_over_the_inputs_and_the_worst_of_the_bars():
    said = {"html_text": "a b c d e", "inscriptis": "a b c d", "resiliparse": "", "bs4": "a b c d e"}
    results = [score_page(raw_only(lambda raw, text=text: text), PAGE, way) for way, text in said.items()]
    f1 = {row[3]: row[8] for row in summarise(results)}
    assert f1 == {"html_text": "1.000", "inscriptis": "0.667", "resiliparse": "0.000", "bs4": "1.000"} | {
        "mean": "0.667",
        "worst: resiliparse": "0.000",
    }
    assert [row[3] for row in summarise(results[:2])] == ["html_text", "inscriptis", "mean"]


def test_all_kinds_come_last_and_only_where_there_are_several():
    forum = Page("p3", "own", "en", "forum", "", "x", False, None, None, None, TEXTS)
    results = [score_page(raw_only(lambda raw: "a b c d e"), page, "bs4") for page in (forum, PAGE)]
    assert [(row[2], row[8]) for row in summarise(results, all_kinds=True)] == [
        ("article", "1.000"),
        ("forum", "0.000"),
        ("all kinds", "0.500"),
    ]
    assert [row[2] for row in summarise(results[:1], all_kinds=True)] == ["forum"]


def test_contenders_stand_side_by_side(capsys):
    runs = {
        "ours": [score_page(raw_only(lambda raw: "a b c d"), PAGE, way) for way in ("bs4", "html_text")],
        "theirs": [score_page(raw_only(lambda raw: ""), PAGE, "html")],
    }
    print_side_by_side(runs)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()[1:5]]
    assert lines == [
        ["F1"],
        ["set", "lang", "kind", "pages", "ours", "ours", "theirs"],
        ["bs4", "html_text", "html"],
        ["own", "en", "article", "1", "0.667", "0.667", "0.000"],
    ]
