"""The fields of an Article other than its body: one family a file, each an ``extract(Evidence)``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleanpage.draft import LEVELS, BlockFinding, Candidate, Draft, without
from cleanpage.fields import (
    attachments,
    captions,
    comments,
    contacts,
    dates,
    document,
    editors,
    language,
    licences,
    links,
    original_title,
    people,
    related,
    section,
    site,
    source,
    summary,
    title,
)
from cleanpage.fields.shared.build_evidence import gather
from cleanpage.fields.shared.evidence import Claim, Evidence

EXTRACTORS: list[Callable[[Evidence], Iterator[Claim]]] = [
    title.extract,
    original_title.extract,
    dates.extract,
    people.extract,
    editors.extract,
    source.extract,
    site.extract,
    section.extract,
    document.extract,
    summary.extract,
    captions.extract,
    attachments.extract,
    related.extract,
    comments.extract,
    licences.extract,
    links.extract,
    contacts.extract,
    language.extract,
]
"""All see the same evidence and nothing of each other."""


def extract_fields(draft: Draft) -> Draft:
    """Return the draft with the candidates and findings of all extractors.

    A tuple whose items belong together (authors, editors and their roles, the breadcrumb) is one candidate; other tuple
    fields have a candidate for each item, in the order of the page.
    """
    return without(draft, LEVELS, _extracted)


def _extracted(draft: Draft) -> Draft:
    page = gather(draft)
    claims = [claim for extract in EXTRACTORS for claim in extract(page)]
    # A cleaned text stays whole: its first line may be a heading as well as the headline.
    findings = [] if draft.is_clean else [claim for claim in claims if isinstance(claim, BlockFinding)]
    candidates = [claim for claim in claims if isinstance(claim, Candidate)]
    return draft.with_findings(findings).with_candidates(candidates)
