"""The fields of an Article other than its body: one family a file, each an ``extract(Evidence)``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleanpage.draft import BlockFinding, Candidate, Draft, skip_ignored
from cleanpage.fields import (
    attachments,
    captions,
    comments,
    contacts,
    dates,
    description,
    document,
    editors,
    image,
    keywords,
    language,
    licences,
    links,
    next_page,
    original_title,
    people,
    photographers,
    posts,
    related,
    section,
    site,
    source,
    subtitle,
    summary,
    title,
    translators,
)
from cleanpage.fields.shared.build_evidence import gather
from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.labels import Label

EXTRACTORS: list[Callable[[Evidence], Iterator[Claim]]] = [
    title.extract,
    subtitle.extract,
    original_title.extract,
    dates.extract,
    people.extract,
    editors.extract,
    source.extract,
    site.extract,
    section.extract,
    document.extract,
    summary.extract,
    description.extract,
    keywords.extract,
    photographers.extract,
    translators.extract,
    image.extract,
    captions.extract,
    attachments.extract,
    related.extract,
    comments.extract,
    posts.extract,
    licences.extract,
    links.extract,
    next_page.extract,
    contacts.extract,
    language.extract,
]
"""All see the same evidence and nothing of each other."""
HEAD = frozenset((Label.TITLE, Label.BYLINE, Label.PUBLISH))
"""Labels of the lines above the first paragraph."""


def extract_fields(draft: Draft) -> Draft:
    """Return the draft with the candidates and findings of all extractors.

    A tuple whose items belong together (authors, editors and their roles, the breadcrumb) is one candidate; other tuple
    fields have a candidate for each item, in the order of the page.
    """
    return skip_ignored(draft, _extracted)


def _extracted(draft: Draft) -> Draft:
    page = gather(draft)
    claims = [claim for extract in EXTRACTORS for claim in extract(page)]
    found = [claim for claim in claims if isinstance(claim, BlockFinding)]
    findings = _of_clean(page, found) if draft.is_clean else found
    candidates = [claim for claim in claims if isinstance(claim, Candidate)]
    return draft.with_findings(findings).with_candidates(candidates)


def _of_clean(page: Evidence, found: list[BlockFinding]) -> list[BlockFinding]:
    """Return the findings about a text without chrome: that it goes on elsewhere; the first line may be its heading.

    A byline or publish line right under the first line shows that this is the headline; then both go.
    """
    best = page.headline
    goes_on = [finding for finding in found if finding.label is Label.TRUNCATION]
    if page.draft.source.kind != "text" or best is None or best.first or best.last + 1 >= len(page.blocks):
        return goes_on
    under = best.last + 1
    head = [finding for finding in found if finding.block <= under and finding.label in HEAD]
    return [*head, *goes_on] if any(finding.block == under for finding in head) else goes_on
