from __future__ import annotations

from datetime import date, timedelta

import pytest

from cleanpage.fields.shared.calendars import JALALI_YEARS, gregorian, may_hold_other_date, western
from cleanpage.fields.shared.when import find_dates, may_hold_date
from cleanpage.text import fold


@pytest.mark.parametrize(
    ("jalali", "day"),
    [
        ((1357, 11, 22), "1979-02-11"),
        ((1375, 1, 1), "1996-03-20"),
        ((1387, 12, 30), "2009-03-20"),
        ((1399, 12, 30), "2021-03-20"),
        ((1400, 1, 1), "2021-03-21"),
        ((1403, 1, 1), "2024-03-20"),
        ((1403, 2, 17), "2024-05-06"),
        ((1403, 12, 30), "2025-03-20"),
        ((1404, 1, 1), "2025-03-21"),
    ],
)
def test_days_of_the_solar_hijri_calendar(jalali, day):
    assert gregorian(*jalali) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "jalali", [(1404, 12, 30), (1403, 7, 31), (1403, 13, 1), (1403, 0, 1), (1403, 1, 0), (1403, 1, 32)]
)
def test_days_that_it_does_not_have(jalali):
    assert gregorian(*jalali) is None


def test_its_days_follow_one_another():
    days = [gregorian(y, m, d) for y in JALALI_YEARS for m in range(1, 13) for d in range(1, 32)]
    known = [day for day in days if day is not None]
    assert known == [known[0] + timedelta(n) for n in range(len(known))]


def test_years_of_the_buddhist_era():
    assert gregorian(2567, 2, 29) == date(2024, 2, 29)
    assert gregorian(2566, 2, 29) is None


@pytest.mark.parametrize(
    "text", ["۱۷ اردیبهشت ۱۴۰۳", "٦ مايو ٢٠٢٤، ١٠:١٥", "०६ मई २०२४", "๖ พ.ค. ๒๕๖๗ ๑๐.๑๕ น.", "plain"]
)
def test_digits_are_read_character_by_character(text):
    read = western(text)
    assert len(read) == len(text)
    assert not any(char.isdigit() and not char.isascii() for char in read)


def test_a_date_is_found_where_it_stands():
    text = fold("شرکت گفت: ۱۷ اردیبهشت ۱۴۰۳ - ۱۰:۱۵ پایان")
    (when,) = find_dates(text)
    assert text[when.start : when.end].strip() == "۱۷ اردیبهشت ۱۴۰۳ - ۱۰:۱۵"


@pytest.mark.parametrize(
    "text", ["Call 0800 1400-12", "1300 ships, 2567 men", "Model 25/4", "наука и жизнь", "今天天气"]
)
def test_what_is_no_date_is_not_looked_at(text):
    assert not may_hold_other_date(fold(text))
    assert not may_hold_date(fold(text))
