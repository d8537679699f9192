"""Licence and registration numbers, in order of appearance."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.labels import Label
from cleanpage.model import Licence

RULE = "licences"


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield a Licence for each number that a licence rule has captured; of overlapping ones the longest."""
    found = page.findings.get(Label.LICENCE, ())
    captured = sorted((f.block, start, -end, kind) for f in found for kind, start, end in f.groups)
    seen = set()
    done = (-1, 0)
    for i, start, minus_end, kind in captured:
        if (i, start) < done:
            continue
        done = (i, -minus_end)
        licence = Licence(kind, page.blocks[i].text[start:-minus_end].replace(" ", ""))
        if licence not in seen:
            seen.add(licence)
            yield page.candidate(i, "licences", licence, RULE, 1.0)
