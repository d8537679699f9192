"""The report as text: what needs no browser (tests/browser has the rest)."""

import re
from pathlib import Path

import pytest

from cleanpage import Article, Config, Rule, clean_page
from cleanpage.report import article_report
from cleanpage.report.changes import changes
from cleanpage.report.shown import MAX_SHOWN
from cleanpage.report.view import view

ROOT = Path(__file__).parents[2]
NOTICE = (ROOT / "examples" / "notice.txt").read_text(encoding="utf-8")
PUMPS = Rule("mine.pumps", "ad", "a test", ("北岸泵站",), ("青石镇",), pattern=".*泵站.*", max_units=200)


@pytest.mark.parametrize("article", [Article(), clean_page(""), clean_page("\ud800\n\x00")])
def test_any_article_has_a_report_that_can_be_written(article):
    assert article_report(article).encode("utf-8").startswith(b"<!doctype html>")


def test_it_names_no_other_file():
    report = article_report(clean_page(NOTICE))
    assert re.findall(r"""(?:src|href)=["'](?!#)""", report) == []
    assert "default-src &#39;none&#39;" in report


def test_same_article_same_report():
    assert article_report(clean_page(NOTICE)) == article_report(clean_page(NOTICE))


def test_a_line_of_megabytes_is_cut_and_says_so():
    report = article_report(clean_page("a" * 2_000_000))
    assert len(report) < 200_000
    assert f"… {2_000_000 - MAX_SHOWN:,} more characters" in report


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ("../../examples/notice.txt", "zh-Hans"),
        ("hant_news.txt", "zh-Hant"),
        ("ja_news.txt", "ja"),
        ("de_news.txt", "de"),
    ],
)
def test_the_script_decides_about_the_face(page, language):
    assert view(clean_page((ROOT / "tests" / "pages" / page).read_text(encoding="utf-8"))).language == language


def test_changes_name_blocks_paragraphs_and_fields():
    before, after = clean_page(NOTICE), clean_page(NOTICE, config=Config(rules=(PUMPS,)))
    found = changes(before, after)
    assert {(block.before, block.after) for block in found.blocks} >= {("body", "ad"), ("related", "ad")}
    assert all("泵站" in paragraph for paragraph in found.gone)
    assert found.gone and not found.new
    assert "related" in {name for name, _, _ in found.fields}


def test_no_changes_are_false():
    assert not changes(clean_page(NOTICE), clean_page(NOTICE))


def test_paragraphs_that_come_are_new():
    before, after = clean_page(NOTICE, config=Config(rules=(PUMPS,))), clean_page(NOTICE)
    assert changes(before, after).new == changes(after, before).gone
