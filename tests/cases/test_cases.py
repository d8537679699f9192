"""Small invented pages, each standing for a kind of page, and what must come out of them: one test for each page.

``NAME.html`` or ``NAME.txt`` is the page, ``NAME.json`` what must come out: ``kind`` (the kind of page and of fault),
``bytes`` (true: given as bytes), ``arguments`` of ``clean_page``, and ``expect``: phrases that ``text`` ``contains``,
that are ``absent``, that stand ``once``, with which it ``starts`` and ``ends`` (white space ignored); ``exact`` ones,
white space and all; the number of ``paragraphs``; part of a ``warning``, of one that must not come
(``without_warning``); author, day and first words of each of ``posts``, the first words of what they quote
(``quotes``); fields of the Article. ``fails`` gives the
reason why a case does not hold yet: it must then fail.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cleanpage import Article, clean_page

HERE = Path(__file__).parent
DATES = ("published", "modified")
APART = (
    "contains", "exact", "absent", "once", "starts", "ends", "paragraphs", "warning", "without_warning", "posts",
    "quotes",
)  # fmt: skip
"""What is expected besides values of fields."""


def bare(text: str | None) -> str:
    """Return a text without white space."""
    return re.sub(r"\s+", "", text or "")


def phrase_faults(expect: dict, article: Article) -> list[str]:
    """Return which phrases do not stand where they must."""
    text = bare(article.text)
    wrong = [f"missing: {phrase}" for phrase in expect.get("contains", ()) if bare(phrase) not in text]
    wrong += [f"missing to the letter: {phrase!r}" for phrase in expect.get("exact", ()) if phrase not in article.text]
    wrong += [f"kept: {phrase}" for phrase in expect.get("absent", ()) if bare(phrase) in text]
    counts = [(text.count(bare(phrase)), phrase) for phrase in expect.get("once", ())]
    wrong += [f"stands {times} times: {phrase}" for times, phrase in counts if times != 1]
    if not text.startswith(bare(expect.get("starts", ""))):
        wrong.append(f"begins with {article.text[:60]!r}")
    if not text.endswith(bare(expect.get("ends", ""))):
        wrong.append(f"ends with {article.text[-60:]!r}")
    return wrong


def value_of(article: Article, name: str) -> object:
    """Return a field of the Article, ``document_number`` for ``document.number``, in the form the cases have it."""
    if name == "licences":
        return sorted(licence.number for licence in article.licences)
    if name == "comments":
        return sorted(comment.text for comment in article.comments)
    holder = article.document if name.startswith("document_") else article
    value = getattr(holder, name.removeprefix("document_"), None)
    return sorted(value) if isinstance(value, tuple) else value


def field_faults(expect: dict, article: Article) -> list[str]:
    """Return which fields have another value; days and times up to the precision that is given."""
    wrong = []
    for name, wanted in expect.items():
        if name in APART:
            continue
        found = value_of(article, name)
        if name in DATES and isinstance(found, str) and isinstance(wanted, str):
            found = found[: len(wanted)]
        if bare(str(found)) != bare(str(sorted(wanted) if isinstance(wanted, list) else wanted)):
            wrong.append(f"{name}: {found!r}, not {wanted!r}")
    return wrong


def post_faults(expect: dict, article: Article) -> list[str]:
    """Return in what the posts are others; days and times up to the precision that is given."""
    if "posts" not in expect:
        return []
    found = [
        [post.author, post.published and post.published[: len(day or "")], post.text[: len(words)]]
        for post, (_, day, words) in zip(article.posts, expect["posts"], strict=False)
    ]
    wrong = [f"post: {a}, not {b}" for a, b in zip(found, expect["posts"], strict=False) if a != b]
    if len(article.posts) != len(expect["posts"]):
        wrong.append(f"{len(article.posts)} posts: {[(post.author, post.text[:20]) for post in article.posts]}")
    quotes = [quote for post in article.posts for quote in post.quotes]
    wanted = expect.get("quotes", quotes)
    if len(quotes) != len(wanted) or not all(map(str.startswith, quotes, wanted)):
        wrong.append(f"quotes: {quotes}")
    return wrong


def faults(expect: dict, article: Article) -> list[str]:
    """Return what is wrong with the Article that a case has given, a line each."""
    wrong = [*phrase_faults(expect, article), *field_faults(expect, article), *post_faults(expect, article)]
    if len(article.paragraphs) != expect.get("paragraphs", len(article.paragraphs)):
        wrong.append(f"{len(article.paragraphs)} paragraphs, not {expect['paragraphs']}")
    if "warning" in expect and not any(expect["warning"] in warning for warning in article.warnings):
        wrong.append(f"no warning with {expect['warning']!r}")
    unwanted = expect.get("without_warning")
    if unwanted and any(unwanted in warning for warning in article.warnings):
        wrong.append(f"a warning with {unwanted!r}")
    return wrong


def cases():
    for path in sorted(HERE.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
        yield pytest.param(path, case, id=path.stem, marks=marks)


@pytest.mark.parametrize(("path", "case"), list(cases()))
def test_case(path, case):
    page = next(p for p in (path.with_suffix(".html"), path.with_suffix(".txt")) if p.is_file()).read_bytes()
    raw = page if case.get("bytes") else page.decode("utf-8")
    assert faults(case["expect"], clean_page(raw, **case.get("arguments", {}))) == []
