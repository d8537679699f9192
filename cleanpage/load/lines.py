"""The non-blank lines of a text, with what joining and cutting them needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.text import normaliser, units_all
from cleanpage.text.lazy_regex import lazy

BULLETS = "•·*▪■◆●○►▶※☆★‣⁃-"
BULLET = lazy(rf"^(?:[{BULLETS}]\s+)+(?=\S{{0,9}}\w)")
"""The bullets before the text of an item."""


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

    @property
    def is_even(self) -> bool:
        """Whether nothing was taken out of the line: single blanks, nothing invisible."""
        return len(self.text) == self.end - self.start


def split_lines(raw: str, *, most: int | None = None) -> list[Line]:
    """Return the lines of ``raw`` that are not blank, in order; of more than twice ``most`` the first ``most``."""
    rows = raw.splitlines(keepends=True)
    if most is not None and len(rows) > 2 * most:
        rows = rows[: next(islice((at for at, row in enumerate(rows) if not row.isspace()), most, None), None)]
    return lines_of(raw, rows)


@twin("text")
def lines_of(raw: str, rows: Iterable[str]) -> list[Line]:
    """Return those of ``rows`` that are not blank, in order; joined, the rows are ``raw``, a line end more or less.

    Equal ones, of which a page has many, share a text.
    """
    clean = normaliser(raw)
    texts: dict[str, str] = {}
    found: list[tuple[int, int, str, bool]] = []
    at = 0
    blank = False
    for row in rows:
        bare = row.strip()
        text = texts.get(bare)
        if text is None:
            texts[bare] = text = clean(bare)
        if text:
            start = at + row.find(bare[0])
            found.append((start, start + len(bare), text, blank))
        blank = not text
        at += len(row)
    units = dict(zip(texts.values(), units_all([*texts.values()]), strict=True))
    return [Line(start, end, text, units[text], after_blank) for start, end, text, after_blank in found]
