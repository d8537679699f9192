"""The language of the body."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.evidence import Claim, Evidence
from cleanpage.language import SAMPLE, detect

RULE = "language"


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the ISO 639-1 code of the body's language; of the whole page's if there is no body."""
    if not page.blocks:
        return
    chosen = page.body or range(len(page.blocks))
    code = detect(_sample(page, chosen))
    if code:
        yield page.candidate(chosen[0], "language", code, RULE, 1.0)


def _sample(page: Evidence, chosen: tuple[int, ...] | range) -> str:
    pieces, size = [], 0
    for i in chosen:
        pieces.append(page.blocks[i].text)
        size += len(pieces[-1])
        if size >= SAMPLE:
            break
    return " ".join(pieces)[:SAMPLE]
