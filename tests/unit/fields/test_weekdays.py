"""A date begins with its weekday; the word of another day stays with what stands before it."""

import pytest

from cleanpage.fields.shared.weekdays import weekdays, whole_dates


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Jane Doe Tuesday 4 March 2025", "Jane Doe "),
        ("Jane Doe, Tue., March 4, 2025", "Jane Doe, "),
        ("Sekar Wulandari Selasa, 4 Maret 2025 | 13:05 WIB", "Sekar Wulandari "),
        ("هالة الخميسي الثلاثاء 4 مارس 2025", "هالة الخميسي "),
        ("Глеб Четвергов вторник, 4 марта 2025", "Глеб Четвергов "),
        ("Tomás Abril Terça-feira, 4 de março de 2025", "Tomás Abril "),
        ("Đỗ Thu Hà Thứ Ba, 04/03/2025", "Đỗ Thu Hà Thứ Ba, 04/03/2025"),
        ("Ramiro Domingo 4 de marzo de 2025", "Ramiro Domingo "),
        ("Carol Montuesday 4 March 2025", "Carol Montuesday "),
    ],
)
def test_before(text, before):
    dates = whole_dates(text)
    assert text[: dates[0].start if dates else len(text)] == before


def test_no_word_is_two_days():
    names = [name for names in weekdays() for name in names]
    assert len(names) == len(set(names))
