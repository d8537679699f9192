"""The body that a page does not show: it stands in the description of itself (JSON-LD) alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleanpage.draft import Dom
from cleanpage.load.elements import folded

LEAST_UNSEEN = 300
"""Shortest body, in characters, that is taken from JSON-LD; shorter ones are abstracts."""
PROBE, PROBE_EVERY, SHOWN = 20, 60, 0.5
"""A body is shown if this share of its pieces, so long and so far apart, in letters and digits, stands on the page."""
UNSEEN = 1_000_000_000
"""Number of the first element that the page does not have."""
_MARKUP = re.compile(r"<[^<>]{1,300}>")

WARNING = "body-in-json: the page shows no such text; the body comes from its description of itself (JSON-LD)"


def unseen_body(body: str, shown: Iterable[str]) -> Iterator[tuple[str, Dom]]:
    """Yield the paragraphs of ``body``, and a place for each, unless the lines ``shown`` hold it."""
    text = _MARKUP.sub("\n", body)
    if len(text) < LEAST_UNSEEN:
        return
    there, own = _letters("".join(shown)), _letters(text)
    probes = [own[at : at + PROBE] for at in range(0, len(own) - PROBE, PROBE_EVERY)]
    if sum(probe in there for probe in probes) < SHOWN * len(probes):
        for number, line in enumerate(filter(None, map(folded, text.splitlines())), UNSEEN + 2):
            yield line, Dom("p", ("body", "article.ld-articlebody", "p"), (UNSEEN, UNSEEN + 1, number))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
