"""Which lines of HTML are footnotes of the body: a mark in the text leads to each, and each leads back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress

from cleanpage.body.lines import Line
from cleanpage.model import Link
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.note_signs import BACK

MOST_LINKED_NOTE = 0.5
"""Share of links from which on a note is one of links, not of text."""
MOST_CITING = 0.5
"""Share of notes that lead to other pages from which on they are the references of an encyclopedia."""
_MARK = lazy(r"\W{0,2}(?:\d{1,3}|[*†‡])\W{0,2}")
"""What stands in the text: ``1``, ``[1]``, ``*``."""


def with_notes(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the footnotes under it."""
    linked = [line for line in compress(lines, kept) if line.dom is not None and line.dom.links]
    if not any(_links(line, _MARK) for line in linked):
        return kept
    last = max(i for i, keep in enumerate(kept) if keep)
    notes = [i for i in range(last + 1, len(lines)) if _is_note(lines[i])]
    if sum(_cites(lines[i]) for i in notes) >= MOST_CITING * len(notes):
        return kept
    return [keep or i in notes for i, keep in enumerate(kept)]


def _cites(line: Line) -> bool:
    """Tell whether a note leads to another page: a list of such is a bibliography."""
    return line.dom is not None and any(not link.url.startswith("#") for link in line.dom.links)


def _is_note(line: Line) -> bool:
    dom = line.dom
    if dom is None or dom.hidden or line.labels or dom.heading or dom.link_share >= MOST_LINKED_NOTE:
        return False
    return any(link in (dom.links[0], dom.links[-1]) for link in _links(line, BACK))


def _links(line: Line, pattern: re.Pattern[str]) -> list[Link]:
    """Return the links of a line to a place in the page whose text is such a mark."""
    links = line.dom.links if line.dom is not None else ()
    return [link for link in links if link.url.startswith("#") and len(link.url) > 1 and pattern.fullmatch(link.text)]
