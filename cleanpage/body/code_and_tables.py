"""What markup says for sure about the body that has been chosen: lists and tables, captions, hidden remarks in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, pairwise

from cleanpage.body.containers import with_lists
from cleanpage.body.contents_boxes import without_contents
from cleanpage.body.footnotes import with_notes
from cleanpage.body.lines import Line
from cleanpage.text import ends_sentence

MIN_ROWS = 2
"""Fewest rows of a table in a text: one line with bars is a menu."""
REMARK_SHARE = 0.1
"""Hidden lines are left out if they are at most this share of the body; what is hidden until a click is more. So much
running text besides captions may a picture story have: of one page with more, the captions were not the text."""


def with_markup(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with its tables and lists, without hidden remarks, captions and contents."""
    if not lines or lines[0].dom is None:
        return _with_rows(lines, kept)
    plain = _of_pictures(lines, kept) or [
        keep and line.kind != "caption" for line, keep in zip(lines, kept, strict=True)
    ]
    whole = with_lists(lines, _without_remarks(lines, plain))
    return with_notes(lines, without_contents(lines, whole))


def _of_pictures(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with all captions like those in it if these are its running text, else nothing."""
    said = [line for line in compress(lines, kept) if ends_sentence(line.text)]
    captions = [line for line in said if line.kind == "caption"]
    shown = sum([line.units for line in captions])
    if not shown or sum([line.units for line in said if line.kind != "caption"]) > REMARK_SHARE * shown:
        return []
    paths = {line.dom.path for line in captions if line.dom is not None}
    return [
        keep or (line.kind == "caption" and line.dom is not None and line.dom.path in paths and not line.labels)
        for line, keep in zip(lines, kept, strict=True)
    ]


def _without_remarks(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    body = list(compress(lines, kept))
    hidden = [line for line in body if line.dom is not None and line.dom.hidden]
    if not hidden or sum([line.units for line in hidden]) > REMARK_SHARE * sum([line.units for line in body]):
        return kept
    return [keep and not (line.dom is not None and line.dom.hidden) for line, keep in zip(lines, kept, strict=True)]


def _with_rows(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of a text's body with the rows of a table that alone stand between two paragraphs of it."""
    if not any(line.kind == "table" for line in lines):
        return kept
    found = list(kept)
    prose = [i for i, line in enumerate(lines) if kept[i] and line.kind != "table"]
    for before, behind in pairwise(prose):
        rows = range(before + 1, behind)
        if len(rows) >= MIN_ROWS and all(lines[i].kind == "table" and not lines[i].labels for i in rows):
            found[before + 1 : behind] = [True] * len(rows)
    return found
