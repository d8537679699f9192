"""The language of the body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.text.language import SAMPLE, detect

RULE = "language"


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the ISO 639-1 code of the body's language, or of the whole page's if there is no body.

    What the page says counts where it holds too little to tell: templates are translated more often than their code.
    """
    if not page.blocks:
        return
    chosen = page.body or range(len(page.blocks))
    code = detect(_sample(page, chosen))
    said = code or _said(page.draft.source.meta)
    if said:
        yield page.candidate(chosen[0], "language", said, RULE, 1.0)


def _said(meta: Mapping[str, str]) -> str | None:
    """Return the language that the page names for its own address, or for itself."""
    own = meta.get(f"hreflang:{meta.get('link:canonical', '')}".lower()) or meta.get("html:lang", "")
    code = own.lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isalpha() else None


def _sample(page: Evidence, chosen: tuple[int, ...] | range) -> str:
    pieces, size = [], 0
    for i in chosen:
        pieces.append(page.blocks[i].text)
        size += len(pieces[-1])
        if size >= SAMPLE:
            break
    return " ".join(pieces)[:SAMPLE]
