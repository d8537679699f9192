"""Own pages, wholly invented, and what must come out of them: one test for each page and key.

``NAME.expected.json`` holds only what is asserted: fields of ``Article.to_dict()``, exactly as they must be, and the
keys of CHECKS. ``page`` names the text if it lies elsewhere; ``xfail`` maps keys that are known to fail to the reason.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from bench.ledger import ledger_faults
from cleanpage import Article, clean_page

HERE = Path(__file__).parent


@cache
def article(path: Path) -> Article:
    return clean_page(path.read_bytes().decode("utf-8"))


def holds(article, phrases):
    assert [phrase for phrase in phrases if phrase not in article.text] == []


def holds_not(article, phrases):
    assert [phrase for phrase in phrases if phrase in article.text] == []


def lines(article, expected):
    assert article.text.split("\n") == expected


def copies(article, expected):
    assert article.body_copies_found == expected


def codes(article, expected):
    assert [warning.partition(":")[0] for warning in article.warnings] == expected


def images(article, expected):
    assert [image.url for image in article.images] == expected


def links(article, expected):
    assert [link.url for link in article.links] == expected


CHECKS = {
    "images": images,
    "links": links,
    "text_lines": lines,
    "text_must_contain": holds,
    "text_must_not_contain": holds_not,
    "body_copies_found": copies,
    "warning_codes": codes,
}


def cases():
    for path in sorted(HERE.glob("*.expected.json")):
        name = path.name.removesuffix(".expected.json")
        expected = json.loads(path.read_text(encoding="utf-8"))
        page = HERE / expected.pop("page", f"{name}.txt")
        known = expected.pop("xfail", {})
        assert set(known) <= set(expected), f"{path.name}: xfail names a key that is not asserted"
        for key, value in expected.items():
            marks = [pytest.mark.xfail(reason=known[key])] if key in known else []
            yield pytest.param(page, key, value, id=f"{name}-{key}", marks=marks)


@pytest.mark.parametrize(("path", "key", "value"), list(cases()))
def test_page(path, key, value):
    if key in CHECKS:
        CHECKS[key](article(path), value)
    else:
        assert article(path).to_dict()[key] == value


@pytest.mark.parametrize("path", sorted([*HERE.glob("*.txt"), *HERE.glob("*.html")]), ids=lambda path: path.stem)
def test_ledger(path):
    assert ledger_faults(article(path)) == []
    text = article(path).text
    assert clean_page(text).text == text
