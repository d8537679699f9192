"""The pages of one article as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.ledger import ledger_faults
from cleanpage import Article, CleanpageError, clean_page, join_pages

PAGE = """<html><head><title>The new path</title></head><body><h1>The new path</h1><p>By Jane Doe, May 6, 2023</p>
<article><p>The town has built a path along its river.</p>{}</article>{}<footer>Copyright 2023 The Paper</footer></body>
</html>"""
ONE = (
    "Last spring the old stores were taken down one by one, and the bricks lay in heaps on the bank for weeks.",
    "Workers came at six every morning, rested in the heat of the day, and went on until it was dark.",
)
TWO = (
    "The old people say that this was once a harbour where the boats with salt lay side by side.",
    "Since the path was finished more people walk there after supper, and the stalls have come back.",
)
THREE = ("In winter the path is lit until ten, and the first runners come long before it is light again.", ONE[1])


def page(paragraphs, n, last=False):
    tail = "" if last else f'<p><a href="/path_{n + 1}.html">Next page</a></p>'
    own = "/path.html" if n == 1 else f"/path_{n}.html"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return clean_page(PAGE.format(text, tail), url=f"https://x.example{own}")


@pytest.fixture
def pages():
    return [page(ONE, 1), page((ONE[1], *TWO), 2), page(THREE, 3, last=True)]


def holds(article):
    source = article.source_text
    assert "".join(source[block.start : block.end] for block in article.blocks) == source
    assert ledger_faults(article) == []
    assert [source[p.start : p.end] for p in article.paragraphs] == [p.text for p in article.paragraphs]
    assert article.text == "\n".join(p.text for p in article.paragraphs)
    assert Article.from_dict(article.to_dict()) == article


def test_joined(pages):
    article = join_pages(pages)
    lead = "The town has built a path along its river."
    # The lead goes, and what page 2 repeats of page 1's end; a paragraph that comes again later stays.
    assert article.text.split("\n") == [lead, *ONE, *TWO, *THREE]
    assert (article.title, article.authors, article.published) == ("The new path", ("Jane Doe",), "2023-05-06")
    holds(article)


def test_where_it_goes_on(pages):
    part = join_pages(pages[:2])
    assert part.next_page == "https://x.example/path_3.html"
    assert [w for w in part.warnings if w.startswith("truncated: ")] == [
        "truncated: the page says that the article continues elsewhere at https://x.example/path_3.html"
    ]
    whole = join_pages(pages)
    assert whole.next_page is None
    assert not any(warning.startswith("truncated: ") for warning in whole.warnings)


def test_repeated_paragraphs_are_duplicates(pages):
    article = join_pages(pages)
    gone = [removed for removed in article.removed if removed.rule == "join_pages"]
    assert ONE[1] in [removed.text for removed in gone]
    for removed in gone:
        assert article.source_text[slice(*removed.duplicate_of)] == removed.text
    copied = next(p for p in article.paragraphs if p.text == ONE[1])
    assert len(copied.copies) == 1


def test_one_page_is_itself(pages):
    assert join_pages(pages[:1]) == pages[0]


def test_the_same_page_twice_adds_nothing(pages):
    article = join_pages([pages[0], pages[0]])
    assert article.text == pages[0].text
    holds(article)


def test_lists_are_put_together(pages):
    first, second = replace(pages[0], keywords=("path", "river")), replace(pages[1], keywords=("river", "salt"))
    assert join_pages([first, second]).keywords == ("path", "river", "salt")


def test_a_page_without_text_changes_no_text(pages):
    article = join_pages([clean_page(b"\x89PNG\r\n\x1a\n" + bytes(64)), *pages])
    assert article.text.endswith(THREE[-1])
    holds(article)


@pytest.mark.parametrize("wrong", [[], [None], ["text"]])
def test_callers_mistakes(wrong):
    with pytest.raises(CleanpageError, match="Articles of one or more pages"):
        join_pages(wrong)
