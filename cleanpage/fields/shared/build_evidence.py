"""Look over the draft once, so that no extractor has to look over it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from cleanpage._native import twin
from cleanpage.draft import BlockFinding, Draft, TextBlock
from cleanpage.fields.headline import find_headline
from cleanpage.fields.headline_features import NOT_TITLES
from cleanpage.fields.headline_menus import menu_rows
from cleanpage.fields.shared.calendars import in_other_script, western
from cleanpage.fields.shared.evidence import MAX_DATED, UNDER_HEADLINE, Evidence, Headline, blocks_of, keys_of
from cleanpage.fields.shared.labelled_values import TOP, YEARS, find_pairs, letters_of_labels, line_marks
from cleanpage.fields.shared.labels import DOCUMENT_MEANINGS
from cleanpage.fields.shared.line_hints import find_hints
from cleanpage.fields.shared.site_marks import site_lines
from cleanpage.fields.shared.when import NUMERIC, When, day_comes_first, find_dates, may_hold_date
from cleanpage.labels import Label
from cleanpage.text.language import SAMPLE, detect

CREDITS = frozenset({"source", "author", "reporter", "editor"})
LEAD_UNITS = 40.0
"""A block this long is running text even if it does not end as a sentence (Thai has no full stop; links cut lines)."""
ENGLISH_DAY_FIRST = frozenset(("gb", "au", "nz", "ie", "in", "za", "sg", "hk", "ng", "ke"))
"""Regions of English that write the day before the month; of other languages all do that write the year last."""
LANGUAGE_BLOCKS = 12
"""Blocks of the body that are asked for their language."""
ABOVE_HEADLINE, BEFORE_BODY, AFTER_BODY = 6, 60, 12
"""How many blocks above the headline, before and behind the body a publish line, a byline or a source is looked for."""


def gather(draft: Draft) -> Evidence:
    """Look over the draft; of code, no field is read."""
    blocks, kinds = draft.blocks, [block.kind for block in draft.blocks]
    if "code" in kinds:
        blocks = tuple([_unread(block) if block.kind == "code" else block for block in blocks])
    findings, labels, sure = by_label(draft.findings)
    copies = labels.get(Label.DUPLICATE, set())
    body = tuple(sorted(labels.get(Label.BODY, set()) - copies))
    marks = line_marks(blocks, letters_of_labels())
    pairs = find_pairs(blocks, marks)
    keys = tuple(keys_of(blocks))
    dated = _may_be_dated(draft, blocks, marks)
    day_first = _day_first(draft, dated, body)
    lead = _lead(blocks, body)
    menus = frozenset(menu_rows(blocks, lead, draft.language))
    looked_over = partial(
        Evidence,
        draft=draft,
        blocks=blocks,
        labels=labels,
        kinds=tuple(kinds),
        sure=sure,
        findings=findings,
        keys=keys,
        known=frozenset(keys),
        body=body,
        lead=lead,
        sites=tuple(site_lines(blocks, lead, draft.source.address)) if draft.source.kind != "text" else (),
        top_headings=tuple([i for i, mark in enumerate(marks) if mark & TOP]),
        no_titles=blocks_of(sure, NOT_TITLES) | menus,
        menus=menus,
        pairs=pairs,
        rows=tuple([pair.at for pair in pairs if pair.meaning in DOCUMENT_MEANINGS]),
        credited=frozenset([pair.at for pair in pairs if pair.meaning in CREDITS]),
        dates=_dates(blocks, dated, day_first),
        day_first=day_first,
        distances=_distances(len(blocks), sorted(copies.union(body))),
    )
    page = looked_over()
    headline = find_headline(page)
    costs = _costs(page, headline)
    near = tuple([(i, cost) for i, cost in enumerate(costs) if cost is not None])
    beside = tuple([(i, cost) for i in _beside(headline, len(blocks)) if (cost := costs[i]) is not None])
    hints = find_hints(blocks, near, labels.get(Label.CAPTION, frozenset()))
    return looked_over(headline=headline, costs=costs, near=near, beside=beside, hints=hints)


def _may_be_dated(draft: Draft, blocks: Sequence[TextBlock], marks: bytes) -> list[int]:
    """Return the blocks in which dates are looked for; most hold none."""
    if in_other_script(draft.source.text):
        return [i for i, block in enumerate(blocks) if block.units <= MAX_DATED and may_hold_date(block.folded)]
    return [i for i, mark in enumerate(marks) if mark & YEARS and blocks[i].units <= MAX_DATED]


def _unread(code: TextBlock) -> TextBlock:
    """Return a listing with blanks for all that a field might be read from."""
    return replace(code, folded=" " * len(code.folded))


@twin("fields")
def by_label(
    findings: Sequence[BlockFinding],
) -> tuple[dict[Label, list[BlockFinding]], dict[Label, set[int]], dict[Label, set[int]]]:
    """Return for each label the findings that give it, their blocks, and the blocks of those that are decisive."""
    found: dict[Label, list[BlockFinding]] = {}
    for finding in findings:
        found.setdefault(finding.label, []).append(finding)
    blocks = {label: {f.block for f in own} for label, own in found.items()}
    return found, blocks, {label: {f.block for f in own if f.score >= 1} for label, own in found.items()}


def _dates(blocks: Sequence[TextBlock], dated: Sequence[int], day_first: bool | None) -> dict[int, tuple[When, ...]]:
    found = {i: tuple(find_dates(blocks[i].folded, day_first=day_first)) for i in dated}
    return {i: dates for i, dates in found.items() if dates}


def _day_first(draft: Draft, dated: Sequence[int], body: Sequence[int]) -> bool | None:
    """Tell how the page writes dates: by those that can be read in one way only, by its locale, by its language."""
    short = [western(draft.blocks[i].folded) for i in dated]
    if not any(map(NUMERIC.search, short)):
        return None
    told = day_comes_first(short)
    if told is not None:
        return told
    meta = draft.source.meta
    locale = (meta.get("html:lang") or meta.get("og:locale") or "").lower().replace("_", "-")
    language, _, region = locale.partition("-")
    language = language or detect(" ".join([draft.blocks[i].text for i in body[:LANGUAGE_BLOCKS]])[:SAMPLE]) or "en"
    if language == "en" and region not in ENGLISH_DAY_FIRST:
        return False if region == "us" else None
    return True


def _lead(blocks: Sequence[TextBlock], body: tuple[int, ...]) -> int:
    running = (i for i in body if blocks[i].is_prose or blocks[i].units >= LEAD_UNITS)
    return next(running, body[0] if body else len(blocks))


def _distances(size: int, main: Sequence[int]) -> tuple[int, ...]:
    """Return for each block its distance to the nearest of ``main``, which are in order; ``size`` if there is none."""
    if not main:
        return (size,) * size
    found = list(range(main[0], 0, -1))
    for here, there in pairwise(main):
        found += [min(at, there - here - at) for at in range(there - here)] if there - here > 1 else [0]
    return (*found, *range(size - main[-1]))


def _costs(page: Evidence, headline: Headline | None) -> tuple[float | None, ...]:
    """Return for each block what its place costs a publish line, 0 (under the headline) to 1; None if too far.

    TAXONOMY 5: publish line and byline stand within 3 lines of the title, editors within 3 of the body's end.
    """
    lead, size = page.lead, len(page.blocks)
    costs = [0.3 + 0.01 * (lead - i) if lead - i <= BEFORE_BODY else None for i in range(lead)]
    costs += [0.4 + 0.03 * gap if gap <= AFTER_BODY else None for gap in page.distances[lead:]]
    for i in _beside(headline, size):
        gap = i - headline.last if headline else 0
        costs[i] = 0.02 * gap if gap > 0 else 0.15 - 0.02 * gap
    return tuple(costs)


def _beside(headline: Headline | None, size: int) -> range:
    """Return the blocks right above and under the headline."""
    if headline is None:
        return range(0)
    return range(max(0, headline.last - ABOVE_HEADLINE), min(size, headline.last + UNDER_HEADLINE + 1))
