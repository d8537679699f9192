"""DESIGN section 3, invariants 1 to 3, on any page. (4, near-linear time, is measured in tests/speed.)"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleanpage import Article, CleanpageError, clean_page
from cleanpage.explain import explain
from cleanpage.export import to_json, to_schema_org, to_text
from cleanpage.load.text import load_text
from cleanpage.markdown import to_markdown
from cleanpage.text import is_blank, normalise
from tests.quality.ledger import ledger_faults
from tests.strategies import SENTENCES, TITLES, article_pages, html_pages, pages

TITLE, (SAME, LEAD) = TITLES[0], SENTENCES["en"][:2]


@given(pages)
@example("")
@example(" \n\u3000\r\n")
@example("\ud800")
@example("\x00")
@example(f"{TITLE}\n{' '.join([SAME] * 4)}")
@example(
    f"{TITLE}{' '.join([SAME] * 5)}{TITLE}{' '.join([SAME] * 3)[:-28]}…首页 > 新闻 > 本地{TITLE}{' '.join([SAME] * 5)}"
)
def test_nothing_is_lost(raw):
    article = clean_page(raw)
    assert article.source_text == raw
    assert "".join(raw[block.start : block.end] for block in article.blocks) == raw
    assert ledger_faults(article) == []


@given(pages)
def test_text_is_its_paragraphs(raw):
    article = clean_page(raw)
    assert article.text == "\n".join(paragraph.text for paragraph in article.paragraphs)
    for paragraph in article.paragraphs:
        assert paragraph.text == normalise(paragraph.text)
        assert not is_blank(paragraph.text)
        for start, end in paragraph.copies:
            assert 0 <= start < end <= len(raw)


@given(pages)
@example(f"{TITLE}\n{LEAD}\n{LEAD} {LEAD}\n{LEAD} {LEAD}\n{SAME}")
def test_cleaning_twice_changes_nothing(raw):
    text = clean_page(raw).text
    assert clean_page(text).text == text


@given(html_pages())
def test_nothing_of_html_is_lost(raw):
    article = clean_page(raw, kind="html")
    source = article.source_text
    assert "".join(source[block.start : block.end] for block in article.blocks) == source
    assert ledger_faults(article) == []
    assert article.text == "\n".join(paragraph.text for paragraph in article.paragraphs)
    assert Article.from_dict(article.to_dict()) == article
    assert clean_page(raw, kind="html") == article


@given(html_pages())
def test_cleaning_what_came_out_of_html_changes_nothing(raw):
    text = clean_page(raw, kind="html").text
    assert clean_page(text, kind="text").text == text


@given(st.one_of(st.binary(max_size=300), html_pages().map(lambda raw: raw.encode("gb18030", "replace"))))
def test_any_bytes_give_an_article(raw):
    article = clean_page(raw)
    assert article.encoding
    assert ledger_faults(article) == []


@given(pages)
def test_same_page_same_article(raw):
    assert clean_page(raw) == clean_page(raw)


@given(pages)
def test_dict_round_trip_through_json(raw):
    article = clean_page(raw)
    assert Article.from_dict(article.to_dict()) == article
    assert Article.from_dict(json.loads(json.dumps(article.to_dict()))) == article
    assert Article.from_dict(json.loads(to_json(article).encode("utf-8"))) == article


@given(pages)
def test_every_export_can_be_written(raw):
    article = clean_page(raw)
    exports = (to_text(article), to_markdown(article), to_json(article), to_schema_org(article))
    for output in (*exports, *explain(article, width=80)):
        output.encode("utf-8")


@given(article_pages())
def test_line_ends_do_not_matter(raw):
    """The same page with \\r\\n for \\n is cut into the same blocks."""
    unix = raw.replace("\r\n", "\n").replace("\r", "\n")
    dos = unix.replace("\n", "\r\n")
    assert [block.text for block in load_text(dos)] == [block.text for block in load_text(unix)]


@pytest.mark.parametrize("wrong", [None, 7, ["page"], object()])
def test_a_wrong_type_is_the_callers_mistake(wrong):
    with pytest.raises(CleanpageError, match="str"):
        clean_page(wrong)


SAMPLE = "\n".join(
    ["青石镇老桥重新通车", "分享到:", *(f"第{i}天，施工队修好了{i}座小桥，镇上的人都来帮忙。" for i in range(30))] * 2
)


def test_same_article_in_every_process():
    """String hashes differ from process to process; the Article may not."""
    program = "import sys; from cleanpage.cli import main; sys.exit(main(['-']))"
    outputs = set()
    for seed in ("0", "1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        run = subprocess.run(
            [sys.executable, "-c", program], input=SAMPLE.encode(), env=environment, capture_output=True, check=True
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1


def test_same_article_in_every_thread():
    alone = clean_page(SAMPLE)
    with ThreadPoolExecutor(4) as threads:
        assert all(article == alone for article in threads.map(clean_page, [SAMPLE] * 16))
