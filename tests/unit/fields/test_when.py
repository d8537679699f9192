from __future__ import annotations

import pytest

from cleanpage.fields.shared.when import find_dates, find_relative, han_number
from cleanpage.text import fold

from .drafts import load_cases


@pytest.mark.parametrize("case", load_cases("when"), ids=lambda case: case["text"])
def test_dates(case: dict[str, object]) -> None:
    assert [when.iso for when in find_dates(fold(str(case["text"])))] == case["iso"]


@pytest.mark.parametrize(
    "text", ["9 小时前", "3天前", "2 hours ago", "an hour ago", "vor 5 Minuten", "il y a 2 heures", "5 часов назад"]
)
def test_relative_dates_are_found_but_not_resolved(text: str) -> None:
    when = find_relative(fold(text))
    assert when is not None
    assert (when.iso, text[when.start : when.end]) == ("", text)


@pytest.mark.parametrize(
    ("text", "number"), [("二〇二二", 2022), ("十", 10), ("二十二", 22), ("一百一十三", 113), ("三十", 30)]
)
def test_han_number(text: str, number: int) -> None:
    assert han_number(text) == number


def test_long_digit_runs_are_fast() -> None:
    assert find_dates("1" * 20_000) == []
    assert find_dates("1-" * 10_000) == []
