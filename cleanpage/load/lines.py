"""The non-blank lines of a text, with what the joins need to know of them."""

from __future__ import annotations

from dataclasses import dataclass

from cleanpage.text import normalise, units


@dataclass(frozen=True, slots=True)
class Line:
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
    for row in raw.splitlines(keepends=True):
        text = normalise(row)
        if text:
            bare = row.strip()
            start = at + row.index(bare[0])
            lines.append(Line(start, start + len(bare), text, units(text), blank))
            blank = False
        else:
            blank = True
        at += len(row)
    return lines
