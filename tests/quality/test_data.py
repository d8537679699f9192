"""Which pages are one site, and which sites are judged together."""

from dataclasses import replace

import pytest

from bench.data import FOLDS, Page

PAGE = Page("p1", "own", "zh", "article", "", "正文", False, None, None, None, {"bs4": "raw"}, html="<p>raw</p>")


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://www.example.com/a/b.html", "example.com"),
        ("https://world.example.com:8080/", "example.com"),
        ("http://finance.paper.com.cn/a", "paper.com.cn"),
        ("http://paper.com.cn/", "paper.com.cn"),
        ("http://www.com.cn/", "com.cn"),
        ("http://news.in.gr/x", "in.gr"),
        ("", "own"),
        ("no address", "own"),
    ],
)
def test_site(url, site):
    assert replace(PAGE, url=url).site == site


def test_pages_of_a_site_share_their_fold():
    assert replace(PAGE, url="http://a.example.com/1").fold == replace(PAGE, id="p2", url="http://example.com/2").fold


def test_folds_are_all_used_and_stay():
    folds = [replace(PAGE, url=f"http://site-{n}.example/").fold for n in range(50)]
    assert set(folds) == set(range(FOLDS))
    assert folds[:6] == [3, 1, 4, 0, 2, 0]


def test_raw():
    assert (PAGE.raw("bs4"), PAGE.raw("html")) == ("raw", "<p>raw</p>")
