"""The head's instant in UTC and the printed local day: the head stays unless the address has the printed day too.

No files of tests/cases: a page as text prints the other day and no more.
"""

from __future__ import annotations

import pytest

from cleanpage import clean_page

PAGE = """<html lang="en"><head><title>The Late Boat Comes Back</title>
<meta property="article:published_time" content="{instant}"></head><body><article>
<h1>The Late Boat Comes Back</h1><div class="entry-meta">{printed}</div>
<p>The ferry crew spent the winter scraping barnacles off the hull, and the harbour smelled of paint for weeks.</p>
<p>Everyone who lives on the island has an opinion about the new timetable, which drops the late crossing.</p>
<p>The council says that the late boat will come back in May, provided that the new lights have been delivered.</p>
</article></body></html>"""


@pytest.mark.parametrize(
    ("instant", "printed", "path"),
    [
        ("2024-03-09T02:41:41+00:00", "March 8, 2024", "late-boat/"),
        ("2024-03-08T09:00:00+00:00", "March 9, 2024", "2024/03/08/late-boat/"),
    ],
    ids=["no-day-in-address", "address-and-head-agree"],
)
def test_the_heads_instant_stays(instant, printed, path):
    page = PAGE.format(instant=instant, printed=printed)
    assert clean_page(page, url=f"https://islander.example/{path}").published == instant
