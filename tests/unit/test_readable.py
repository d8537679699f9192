"""What ``cleanpage PAGE`` prints on a terminal."""

import unicodedata
from pathlib import Path

import pytest

from cleanpage import Article, clean_page
from cleanpage.export.readable import to_readable

NOTICE = (Path(__file__).resolve().parents[2] / "examples" / "notice.txt").read_text(encoding="utf-8")


def columns(line):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def test_title_facts_text_and_what_was_removed():
    lines = to_readable(clean_page(NOTICE)).split("\n")
    assert lines[:3] == ["青石镇召开防汛准备工作会议", "", "高敏, 林佩山 · 2023-05-06 · 河湾日报 · 河湾新闻网"]
    assert lines[4].startswith("5月5日下午,青石镇召开防汛准备工作会议,")
    assert lines[-2].startswith("[") and "blocks removed: " in lines[-2] and "--explain" in lines[-2]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_fit(width):
    page = f"{NOTICE}\n\n" + "The harbour office said that the ferry would run again on Monday. " * 9
    text = to_readable(clean_page(page), width=width)
    body = [line for line in text.split("\n") if not line.startswith("[")]
    assert max(map(columns, body)) <= min(width, 100)


def test_a_mark_that_combines_takes_no_column():
    text = "か\u3099" * 20
    assert to_readable(Article(title=text, text=""), width=40).split("\n")[0] == text


def test_code_keeps_its_lines():
    prose = "The list of boats is read by a small program of ours. " * 3
    page = f"<h1>Boats</h1><p>{prose}</p><pre><code>if a:\n    b()</code></pre>"
    assert "\n    if a:\n        b()\n" in to_readable(clean_page(page))


def test_no_escape_sequence_of_a_page_reaches_the_terminal():
    assert "\x1b" not in to_readable(Article(title="a\x1b[2J", text="b\x1b]0;c\x07"))


def test_a_page_without_text_says_why():
    assert "[not-article: " in to_readable(clean_page("Home | News"))
