"""What markup says for sure about the body that has been chosen: tables inside it, hidden remarks in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, pairwise

from cleanpage.body.containers import with_lists
from cleanpage.body.contents_boxes import without_contents
from cleanpage.body.footnotes import with_notes
from cleanpage.body.lines import MOST_LINKS, Line
from cleanpage.text import ends_sentence

CELL_TAGS = frozenset(("td", "th", "tr"))
"""Elements whose lines do not read as an article's do, but belong to it where they stand between its paragraphs."""
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
    whole = with_lists(lines, _with_forms(lines, _without_remarks(lines, plain)))
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


def _with_forms(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    found = list(kept)
    body = [i for i, keep in enumerate(kept) if keep]
    for before, behind in pairwise(body):
        if behind == before + 1:
            continue
        between = [i for i in range(before + 1, behind) if lines[i].kind != "caption"]
        if all(_is_form(lines, i, before, behind) for i in between):
            for i in between:
                found[i] = True
    return found


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


def _is_form(lines: Sequence[Line], i: int, before: int, behind: int) -> bool:
    """Tell whether line ``i`` is code or a row of a table in the element that holds the paragraphs around it."""
    dom, above, below = lines[i].dom, lines[before].dom, lines[behind].dom
    if dom is None or above is None or below is None or lines[i].labels or dom.hidden or dom.link_share >= MOST_LINKS:
        return False
    scope = [number for number in above.ids[:-1] if number in below.ids[:-1]][-1:]
    return (lines[i].kind == "code" or dom.tag in CELL_TAGS) and bool(scope) and scope[0] in dom.ids
