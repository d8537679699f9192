"""What callers give by mistake: an error or a warning that says what to give instead."""

from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html

from cleanpage import CleanpageError, clean_page

SOUP = type("BeautifulSoup", (), {"__module__": "bs4"})


@pytest.mark.parametrize(
    ("raw", "advice"),
    [
        (Path("page.html"), r"got \w+Path: give what is in the file, path\.read_bytes\(\)"),
        (None, "got NoneType, a missing page: leave it out"),
        (float("nan"), "got float, a missing page"),
        (["<p>a</p>"], "got list: call clean_page for each page"),
        ({"html": "<p>a</p>"}, "got dict: give the page that is in it"),
        (html.fromstring("<p>a</p>"), r"give lxml\.html\.tostring\(element\)"),
        (SOUP(), r"give str\(soup\)"),
        (SimpleNamespace(status_code=200, content=b"a"), r"give response\.content"),
        (StringIO("<p>a</p>"), r"got StringIO: give what is in the file, file\.read\(\)"),
        (7, r"raw must be str or bytes \(bytearray, memoryview\), got int"),
    ],
)
def test_a_wrong_type_says_what_to_give(raw, advice):
    with pytest.raises(CleanpageError, match=advice):
        clean_page(raw)


@pytest.mark.parametrize("raw", ["https://courier.example/ferry", " http://a.example/x?y=1 \n", b"https://a.example/"])
def test_an_address_is_no_page(raw):
    assert clean_page(raw).warnings[0].startswith("address: ")


@pytest.mark.parametrize("raw", ["pages/ferry.html", "C:\\pages\\ferry.txt", "news article.htm", "book.pdf"])
def test_a_file_name_is_no_page(raw):
    warning = clean_page(raw).warnings[0]
    assert warning.startswith("file-name: ") and repr(raw) in warning


@pytest.mark.parametrize(
    "raw",
    [
        "The ferry runs again.",
        "See https://a.example/ferry for more.",
        "<p>page.html</p>",
        "a.html\nb.html",
        "",
        "…html",
    ],
)
def test_other_texts_are_none(raw):
    assert not [warning for warning in clean_page(raw).warnings if warning.startswith(("address", "file-name"))]
