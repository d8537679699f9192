"""The marks of footnotes in the body of HTML, and what leads back from each note."""

from __future__ import annotations

from collections.abc import Sequence

from cleanpage.draft import TextBlock
from cleanpage.model import Link, Mark
from cleanpage.text.note_signs import BACK, number_of_mark, number_of_note


def footnote_marks(
    lines: Sequence[Sequence[TextBlock]], texts: Sequence[str], items: Sequence[int]
) -> dict[int, tuple[Mark, ...]]:
    """Return for paragraphs the marks ``note`` and ``back``, each of a number that the text and a note below it have.

    ``lines`` are the blocks of each paragraph, ``items`` its number in a list. Linear in the links.
    """
    marks: dict[str, list[tuple[int, Link]]] = {}
    notes: dict[str, tuple[int, Link]] = {}
    for i, line in enumerate(lines):
        if not (links := _inner_links(line)):
            continue
        start = line[0].content[0]
        back = _back(links, start)
        number = number_of_note(back.text, items[i], texts[i])[0] if back else ""
        if back and number in marks and number not in notes:
            if back.text.strip() != texts[i].strip():  # a number on a line of its own is printed as it stands
                notes[number] = i, back
            continue
        for link in links:
            if (number := number_of_mark(link.text)) and link.start > start:
                marks.setdefault(number, []).append((i, link))
    found: dict[int, tuple[Mark, ...]] = {}
    for number, (i, back) in notes.items():
        found[i] = (*found.get(i, ()), Mark("back", back.start, back.end))
        for j, link in marks[number]:
            found[j] = (*found.get(j, ()), Mark("note", link.start, link.end))
    return found


def _back(links: Sequence[Link], start: int) -> Link | None:
    """Return what leads back from a note: the first or last of its links; a number where it begins, or an arrow."""
    edges = (link for link in (*links[:1], *links[-1:]) if BACK.fullmatch(link.text))
    return next((link for link in edges if link.start == start or not number_of_mark(link.text)), None)


def _inner_links(line: Sequence[TextBlock]) -> list[Link]:
    """Return the links of a paragraph to places of its own page, in order."""
    if (dom := line[0].dom) is None or (len(line) == 1 and not dom.links):
        return []
    start, end = line[0].content[0], line[-1].content[1]
    doms = {id(block.dom): block.dom for block in line if block.dom is not None}
    links = (link for dom in doms.values() for link in dom.links if link.url[:1] == "#" and link.url[1:])
    return [link for link in links if start <= link.start and link.end <= end]
