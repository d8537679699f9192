"""Which lines of HTML are footnotes of the body: a mark in the text leads to each, and each leads back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    notes = {i for i in range(last + 1, len(lines)) if _is_note(lines[i])}.union(*_marked(lines, last + 1))
    if sum(_cites(lines[i]) for i in notes) >= MOST_CITING * len(notes):
        return kept
    return [keep or i in notes for i, keep in enumerate(kept)]


def _marked(lines: Sequence[Line], start: int) -> Iterator[range]:
    """Yield the lines of each note whose mark, a link back, stands on a line of its own in the note's element."""
    for i in range(start, len(lines)):
        dom = lines[i].dom
        if dom is None or not dom.ids or not _MARK.fullmatch(lines[i].text) or not _links(lines[i], _MARK):
            continue
        end = i + 1
        while end < len(lines) and _may_be_note(lines[end]) and _is_inside(lines[end], dom.ids[-1]):
            end += 1
        if end > i + 1:
            yield range(i, end)


def _cites(line: Line) -> bool:
    """Tell whether a note leads to another page: a list of such is a bibliography."""
    return line.dom is not None and any(not link.url.startswith("#") for link in line.dom.links)


def _is_note(line: Line) -> bool:
    if not _may_be_note(line):
        return False
    links = line.dom.links if line.dom is not None else ()
    return any(link in (links[0], links[-1]) for link in _links(line, BACK))


def _is_inside(line: Line, element: int) -> bool:
    return line.dom is not None and element in line.dom.ids


def _may_be_note(line: Line) -> bool:
    dom = line.dom
    return dom is not None and not (dom.hidden or line.labels or dom.heading or dom.link_share >= MOST_LINKED_NOTE)


def _links(line: Line, pattern: re.Pattern[str]) -> list[Link]:
    """Return the links of a line to a place in the page whose text is such a mark."""
    links = line.dom.links if line.dom is not None else ()
    return [link for link in links if link.url.startswith("#") and len(link.url) > 1 and pattern.fullmatch(link.text)]
