"""``clean_pages``: articles in the order of the pages, errors raised or as values."""

import os

import pytest

from cleanpage import Article, CleanpageError, Config, clean_page, clean_pages
from cleanpage import many as module
from cleanpage.errors import LostError

RAIN = "It rained all day in the valley, and nobody came to the market before noon. "
PAGES = [f"<h1>Market {i}</h1><p>{RAIN * 3}</p>" for i in range(5)]


@pytest.mark.parametrize("workers", [None, 1, 2])
def test_articles_are_those_of_clean_page_in_order(workers):
    config = Config(favor="recall")
    got = list(clean_pages(iter(PAGES), workers=workers, config=config))
    assert got == [clean_page(page, config=config) for page in PAGES]


def test_a_page_may_bring_what_is_known_about_it():
    pages = [{"raw": PAGES[0], "url": "https://a.example/1"}, bytearray(b"Rain"), {"raw": "<p>", "kind": "text"}]
    first, second, third = clean_pages(pages)
    assert first.url == "https://a.example/1"
    assert (second.encoding is not None, third.source_text) == (True, "<p>")


@pytest.mark.parametrize("workers", [None, 2])
def test_errors_come_as_values(workers):
    first, error, last = clean_pages([PAGES[0], None, PAGES[1]], workers=workers, on_error="yield")
    assert isinstance(first, Article) and isinstance(last, Article)
    assert isinstance(error, CleanpageError) and "a missing page" in str(error)
    assert error.__notes__ == ["page 1 of those given to clean_pages"]


@pytest.mark.parametrize("workers", [None, 2])
def test_errors_are_raised_at_their_place(workers):
    articles = clean_pages([PAGES[0], None, PAGES[1]], workers=workers)
    assert RAIN.strip() in next(articles).text
    with pytest.raises(CleanpageError, match="a missing page"):
        next(articles)


def test_a_page_that_ends_its_process_is_an_error(monkeypatch):
    monkeypatch.setattr(module, "_cleaned", ends_on_market_2)
    got = list(clean_pages(PAGES, workers=2, on_error="yield"))
    assert [type(one) for one in got] == [Article, Article, LostError, Article, Article]


def ends_on_market_2(page, config):
    if "Market 2" in page:
        os._exit(1)
    return clean_page(page, config=config)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: clean_pages("<p>Rain</p>"), "got one str: call clean_page"),
        (lambda: clean_pages(None), "got one NoneType"),
        (lambda: clean_pages({"raw": "a"}), "got one dict"),
        (lambda: clean_pages([], on_error="skip"), "on_error is 'raise' or 'yield'"),
        (lambda: clean_pages([], workers=0), "at least 1"),
        (lambda: list(clean_pages([{"html": "a"}])), "keys raw, url, kind, encoding, template .*; got html"),
    ],
)
def test_a_wrong_call_says_what_to_do(call, message):
    with pytest.raises(CleanpageError, match=message):
        call()
