"""Menus on one line are no headlines; headlines of the same words are."""

from __future__ import annotations

import pytest

from cleanpage import clean_page

BODY = "\n\n".join(
    f"The harbour master said on day {n} that the quay would stay open, whatever the tide brings." for n in range(4)
)


@pytest.mark.parametrize(
    "row",
    [
        "News Sport Weather Business Obituaries Contact",
        "Notizie Cronaca Sport Cultura Meteo Necrologie",
        "Trang chủ Thời sự Thế giới Kinh doanh Giải trí Liên hệ",
        "होम देश विदेश खेल मनोरंजन वीडियो",
    ],
)
def test_a_row_of_sections_above_the_headline_is_no_headline(row):
    article = clean_page(f"{row}\n\nQuay stays open through the winter\n\n{BODY}")
    assert article.title == "Quay stays open through the winter"


@pytest.mark.parametrize("crumbs", ["Ferries / Timetable", "Start > Ferries > Timetable", "Ferries » Fares"])
def test_a_row_that_a_breadcrumb_below_it_repeats_is_no_headline(crumbs):
    row = "Harbour Ferries Fares Timetable Lockers Tides"
    article = clean_page(f"{row}\n{crumbs}\n\nQuay stays open all winter\n\n{BODY}")
    assert article.title == "Quay stays open all winter"


@pytest.mark.parametrize(
    "title",
    [
        "Business and sport meet at the weather station",
        "Education, Health, Sport, Travel: What the Council Cut",
        "World Health Money Runs Out Again",
        "Best Live TV Streaming Services",
    ],
)
def test_headlines_that_name_sections_stay(title):
    assert clean_page(f"{title}\n\n{BODY}").title == title
