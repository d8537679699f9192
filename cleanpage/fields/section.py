"""The section: where on the site the article stands, outermost first."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.breadcrumb import segments
from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence
from cleanpage.text import normalise

RULE = "section.breadcrumb"
_GIVEN = ("article:section", "columnname")
"""Where the head names it; the last on pages of the Chinese government."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the segments of the breadcrumb, the root among them; the HTML head's section if there is no breadcrumb."""
    i, parts = segments(page)
    if parts:
        yield page.candidate(i, "section", parts, RULE, 1.0)
    meta = page.draft.source.meta
    given = next((name for key in _GIVEN if (name := normalise(meta.get(key, "")))), "")
    if not parts and given and page.blocks:
        yield page.candidate(ELSEWHERE, "section", (given,), "section.meta", 0.5)
