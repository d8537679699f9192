"""Take from the body what the site's template knows as furniture, and give it what the template shows to be the story.

The stage for ``clean_page(…, template=…)``. It stands behind the body stage, which has learned without templates.
Measured on 705 pages of 61 sites, with weights that had not seen the site: chances that are moved by how often a line
stands on other pages, or learned again with that, give less than these two rules (F1 -.0023 and -.0080).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from cleanpage.draft import BlockFinding, Draft, Stage, TextBlock
from cleanpage.labels import Label

STAGE = "template"
RUN = 4
"""So many known lines in a row are furniture wherever they stand; fewer may be headings of a body (Conclusion)."""
ENOUGH = 5
"""Pages of the sample from which on lines that are on none of them count as the page's own."""
INSIDE_CHANCE, SENTENCE_CHANCE, LINE_CHANCE = 0.02, 0.05, 0.15
"""Chance from which on a block of the page's only own stretch is body: between what is body already, and around it if
it is running text, or if it is not (headlines of the day change too)."""
LEAST_TAKEN = 0.5
"""The stretch is the story if so much of it, in ideograms, is body already."""


class Template(Protocol):
    """What other pages of the site have taught; ``cleanpage.corpus.SiteTemplate`` is one."""

    def __len__(self) -> int:
        """Return the number of pages that it knows."""

    @property
    def endings(self) -> tuple[str, ...]:
        """What titles of the site end with, folded, the longest first."""

    def share_of(self, block: TextBlock) -> float:
        """Return the share of the site's pages that hold this block as furniture; 0 if it is none."""

    def times_elsewhere(self, blocks: Sequence[TextBlock]) -> list[int]:
        """Return for each block of a page the number of other known pages that hold it."""


def template_stage(template: Template) -> Stage:
    """Return the stage that adds what a template knows about a page.

    A decisive finding for each block that is furniture and that no rule has named: in a body a short line is furniture
    only in a run of known lines, or at the edge of the page. And where all that the page has of its own is one stretch,
    most of which is body, the finding ``body`` for the rest of it.
    """

    def named(draft: Draft) -> Draft:
        draft = replace(draft, endings=template.endings)
        # Offers of a shop and entries of a list share what they are made of. Measured on 101 pages of other kinds than
        # articles: without this test they changed by -.06 to +.03, most of them for the worse.
        if draft.outlook and draft.outlook.kind != "article":
            return draft
        sure = {finding.block for finding in draft.findings if finding.score >= 1.0}
        decided = [i in sure for i in range(len(draft.blocks))]
        findings = [*_furniture(draft, template, decided)]
        if draft.outlook and draft.config.favor != "precision" and len(template) >= ENOUGH:
            findings += _extend_to_unique(draft, draft.outlook.chances, template.times_elsewhere(draft.blocks), decided)
        return draft.with_findings(findings)

    return named


def _furniture(draft: Draft, template: Template, decided: Sequence[bool]) -> Iterator[BlockFinding]:
    shares = [template.share_of(block) if block.text else 0.0 for block in draft.blocks]
    for first, last in _flag_runs([share > 0.0 or d for share, d in zip(shares, decided, strict=True)]):
        at_edge = first == 0 or last == len(shares)
        for i in range(first, last):
            block = draft.blocks[i]
            if shares[i] and not decided[i] and (at_edge or last - first >= RUN or block.is_prose):
                reason = f"stands on {shares[i]:.0%} of the site's pages"
                yield BlockFinding(i, Label.FURNITURE, STAGE, reason, via="copy")


def _extend_to_unique(
    draft: Draft, chances: Sequence[float], times: Sequence[int], decided: Sequence[bool]
) -> Iterator[BlockFinding]:
    """Yield what is missing of the body in the only stretch of the page that no other page holds."""
    blocks = draft.blocks
    free = [i for i, block in enumerate(blocks) if block.text and not decided[i]]
    own = [i for i in free if not times[i]]
    inside = [i for i in free if own and own[0] <= i <= own[-1]]
    body = {finding.block for finding in draft.findings if finding.label == Label.BODY}
    taken = [i for i in own if i in body]
    size = sum(blocks[i].units for i in own)
    if own != inside or not taken or sum(blocks[i].units for i in taken) < LEAST_TAKEN * size:
        return
    for i in sorted(set(own).difference(taken)):
        around = SENTENCE_CHANCE if blocks[i].is_prose else LINE_CHANCE
        if chances[i] >= (INSIDE_CHANCE if taken[0] < i < taken[-1] else around):
            reason = "stands with the body, and all else on the page stands on other pages of the site"
            yield BlockFinding(i, Label.BODY, STAGE, reason, round(chances[i], 2), via="repair")


def _flag_runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where runs of true flags begin and end."""
    first = None
    for i, flag in enumerate((*flags, False)):
        if flag and first is None:
            first = i
        elif not flag and first is not None:
            yield first, i
            first = None
