"""The non-blank lines of a text, with what the joins need to know of them."""

from __future__ import annotations

from typing import NamedTuple

from cleanpage.text import normaliser, units


class Line(NamedTuple):
    """One line that shows something."""

    start: int
    """First non-blank character in the source."""
    end: int
    """One past the last non-blank character."""
    text: str
    """The line normalised."""
    units: float
    """Its length in ideograms."""
    after_blank: bool
    """Whether a blank line stands before it."""


def split_lines(raw: str) -> list[Line]:
    """Return the lines of ``raw`` that are not blank, in order."""
    lines = []
    at = 0
    blank = False
    clean = normaliser(raw)
    for row in raw.splitlines(keepends=True):
        bare = row.strip()
        text = clean(bare) if bare else ""
        if text:
            start = at + len(row) - len(row.lstrip())
            lines.append(Line(start, start + len(bare), text, units(text), blank))
            blank = False
        else:
            blank = True
        at += len(row)
    return lines
