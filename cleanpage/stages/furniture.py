"""Take from the body what the site's template knows as furniture: the stage for ``clean_page(…, template=…)``.

It stands behind the body stage, which has learned without templates, and takes out what is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from cleanpage.draft import Draft, Stage, TextBlock, find

STAGE = "template"
RUN = 4
"""So many known lines in a row are furniture wherever they stand; fewer may be headings of a body (Conclusion)."""


class Template(Protocol):
    """What other pages of the site have taught; ``cleanpage.corpus.SiteTemplate`` is one."""

    def share_of(self, block: TextBlock) -> float:
        """Return the share of the site's pages that hold this block as furniture; 0 if it is none."""


def furniture(template: Template) -> Stage:
    """Return the stage that adds a decisive finding for each block that the template knows and no rule has named.

    In a body a short line is furniture only in a run of known lines, or at the edge of the page.
    """

    def named(draft: Draft) -> Draft:
        # Offers of a shop and entries of a list share what they are made of. Measured on 101 pages of other kinds than
        # articles: without this test they changed by -.06 to +.03, most of them for the worse.
        if draft.outlook and draft.outlook.kind != "article":
            return draft
        shares = [template.share_of(block) if block.text else 0.0 for block in draft.blocks]
        rows = draft.findings_by_block()
        decided = [any(finding.score >= 1.0 for finding in row) for row in rows]
        findings = []
        for first, last in _runs([share > 0.0 or d for share, d in zip(shares, decided, strict=True)]):
            at_edge = first == 0 or last == len(shares)
            for i in range(first, last):
                block = draft.blocks[i]
                if shares[i] and not decided[i] and (at_edge or last - first >= RUN or block.is_prose):
                    reason = f"stands on {shares[i]:.0%} of the site's pages, whatever they tell"
                    findings.append(find(block, "furniture", STAGE, reason))
        return draft.with_findings(findings)

    return named


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where runs of true flags begin and end."""
    first = None
    for i, flag in enumerate((*flags, False)):
        if flag and first is None:
            first = i
        elif not flag and first is not None:
            yield first, i
            first = None
