"""The section: where on the site the article stands, outermost first."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.crumbs import segments
from cleanpage.fields.evidence import ELSEWHERE, Claim, Evidence

RULE = "section.breadcrumb"


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the segments of the breadcrumb, the root among them; the HTML head's section if there is no breadcrumb."""
    i, parts = segments(page)
    if parts:
        yield page.candidate(i, "section", parts, RULE, 1.0)
    given = page.draft.source.meta.get("article:section", "").strip()
    if not parts and given and page.blocks:
        yield page.candidate(ELSEWHERE, "section", (given,), "section.meta", 0.5)
