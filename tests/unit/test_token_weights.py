"""Words become tokens, each once; what a line says is the sum of theirs, and a line knows what those beside it say."""

import pytest

from cleanpage.body.token_weights import READ, SAID, said, tokens


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("read more: news in 2023", ["^read", "read", "more", "news", "in", "0000"]),
        ("news and news", ["^news", "news", "and"]),
        ("责任编辑", ["^责任", "责任", "任编", "编辑"]),
        ("图", ["^图", "图"]),
        ("关注bbc中文网", ["^关注", "关注", "bbc", "中文", "文网"]),
        ("tel 1234567890", ["^tel", "tel", "00000"]),
        ("a | b", []),
        ("", []),
    ],
)
def test_tokens(line, expected):
    assert tokens(line) == expected


def test_of_a_long_line_the_beginning_is_read():
    assert tokens("one " * READ + "two") == ["^one", "one"]


def test_a_line_says_what_its_known_words_say_by_the_root_of_their_number():
    words = {"share": -3.0, "the": 1.0, "^share": -4.0}
    found = said(["share", "of the year", "nothing known"], words)
    rows = [dict(zip(SAID, row, strict=True)) for row in zip(*found, strict=True)]
    assert [row["said"] for row in rows] == [pytest.approx(-7.0 / 2**0.5), 1.0, 0.0]
    assert [row["said_least"] for row in rows] == [-4.0, 1.0, 0.0]
    assert rows[1]["said-1"] == rows[0]["said"]
    assert rows[1]["said+1"] == rows[2]["said"]


def test_a_page_without_lines_says_nothing():
    assert [list(column) for column in said([], {"share": -3.0})] == [[]] * len(SAID)
