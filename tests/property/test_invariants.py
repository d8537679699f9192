"""Nothing lost, total, pure and stable: on any page. (Near-linear time is measured in tests/speed.)"""

import os
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleanpage import CleanpageError, clean_page
from cleanpage.load.text import load_text
from tests.oracles import faults
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
@example(f"{TITLE}\n{LEAD}\n{LEAD} {LEAD}\n{LEAD} {LEAD}\n{SAME}")
def test_any_text_keeps_the_invariants(raw):
    assert faults(raw, kind="text") == []


@given(html_pages())
def test_any_html_keeps_the_invariants(raw):
    assert faults(raw, kind="html") == []


@given(st.one_of(st.binary(max_size=300), html_pages().map(lambda raw: raw.encode("gb18030", "replace"))))
def test_any_bytes_keep_the_invariants(raw):
    assert faults(raw) == []
    article = clean_page(raw)
    assert article.encoding or article.warnings[0].startswith("not-text: ")


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
