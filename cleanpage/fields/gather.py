"""Look over the draft once, so that no extractor has to look over it again."""

from __future__ import annotations

from dataclasses import replace

from cleanpage.draft import Draft, TextBlock
from cleanpage.fields.evidence import MAX_DATED, Evidence, key
from cleanpage.fields.headline import find_headline
from cleanpage.fields.labels import DOCUMENT_MEANINGS
from cleanpage.fields.pairs import find_pairs
from cleanpage.fields.when import find_dates

CREDITS = frozenset({"source", "author", "reporter", "editor"})
LEAD_UNITS = 40.0
"""A block this long is running text even if it does not end as a sentence (Thai has no full stop; links cut lines)."""


def gather(draft: Draft) -> Evidence:
    """Look over the draft."""
    rows = draft.findings_by_block()
    labels = tuple(frozenset(f.label for f in row) for row in rows)
    main = tuple(i for i, found in enumerate(labels) if found & {"body", "duplicate"})
    body = tuple(i for i in main if "duplicate" not in labels[i])
    pairs = find_pairs(draft.blocks)
    page = Evidence(
        draft=draft,
        blocks=draft.blocks,
        labels=labels,
        sure=tuple(frozenset(f.label for f in row if f.score >= 1) for row in rows),
        rules=tuple(tuple(row) for row in rows),
        keys=tuple(key(block.folded) for block in draft.blocks),
        body=body,
        lead=_lead(draft.blocks, body),
        pairs=pairs,
        rows=tuple(pair.at for pair in pairs if pair.meaning in DOCUMENT_MEANINGS),
        credited=frozenset(pair.at for pair in pairs if pair.meaning in CREDITS),
        dates=tuple(tuple(find_dates(block.folded)) if block.units <= MAX_DATED else () for block in draft.blocks),
        distances=_distances(len(rows), main),
    )
    return replace(page, headline=find_headline(page))


def _lead(blocks: tuple[TextBlock, ...], body: tuple[int, ...]) -> int:
    running = (i for i in body if blocks[i].is_prose or blocks[i].units >= LEAD_UNITS)
    return next(running, body[0] if body else len(blocks))



def _distances(size: int, main: tuple[int, ...]) -> tuple[int, ...]:
    """Return for each block its distance to the nearest of ``main``; ``size`` if there is none."""
    found = [size] * size
    for i in main:
        found[i] = 0
    for i in range(1, size):
        found[i] = min(found[i], found[i - 1] + 1)
    for i in range(size - 2, -1, -1):
        found[i] = min(found[i], found[i + 1] + 1)
    return tuple(found)
