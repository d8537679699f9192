"""The non-blank lines of a text, with what joining and cutting them needs to know."""

from __future__ import annotations

from typing import NamedTuple

from cleanpage.text import normaliser, units_all


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
    after_blank: bool = False
    """Whether a blank line stands before it."""
    glued: bool = False
    """Whether it is a piece cut from a line, and not the first one."""

    @property
    def is_even(self) -> bool:
        """Whether nothing was taken out of the line: single blanks, nothing invisible."""
        return len(self.text) == self.end - self.start


def split_lines(raw: str) -> list[Line]:
    """Return the lines of ``raw`` that are not blank, in order."""
    spans: list[tuple[int, int, str, bool]] = []
    at = 0
    blank = False
    clean = normaliser(raw)
    for row in raw.splitlines(keepends=True):
        bare = row.strip()
        if bare and (text := clean(bare)):
            start = at + row.find(bare[0])
            spans.append((start, start + len(bare), text, blank))
            blank = False
        else:
            blank = True
        at += len(row)
    sizes = units_all([text for _, _, text, _ in spans])
    return [Line(start, end, text, size, gap) for (start, end, text, gap), size in zip(spans, sizes, strict=True)]
