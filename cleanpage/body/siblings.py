"""What stands among the paragraphs of the body in HTML and does not read as one of them, but goes with them.

A subheading above kept paragraphs, a quotation between them, a last paragraph that breaks off: the element that holds
them all says more about them than their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, groupby

from cleanpage.body.containers import is_apart
from cleanpage.body.lines import BodyLines, Line
from cleanpage.draft import Dom
from cleanpage.text import ends_sentence, is_cjk

MIN_SIBLING = 10.0
"""Ideograms of a kept paragraph whose element is the article's."""
MAX_HEADING = 40.0
"""Longest subheading, in ideograms."""
MIN_LAST = 8, 18
"""Words or ideograms of the shortest paragraph that may break off: signatures and addresses are shorter."""
MAX_QUOTED = 150.0
"""Longest quotation, in ideograms."""
MOST_LINKED = 0.3
"""Share of a line's text that may be links."""
_MARKS = frozenset(":：|@©")
"""What stands in signatures, prompts and addresses."""
_BOLD = 7
"""The level of a bold line that stands as a heading."""

KeptLines = Sequence[bool]


def with_headings(page: BodyLines, kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the subheadings right above kept paragraphs, under the headline.

    A heading stays if another of its level in its element does, or if it is the only one in that
    of the headline: elsewhere the only one is the headline itself (waddle-ru).
    """
    lines, headline = page.lines, page.headline
    homes = _homes(page, kept)
    if not homes or page.elements is None:
        return kept
    tops = [i for i, dom in enumerate(page.doms) if dom.tag == "h1" or i == headline]
    if not tops:
        return kept
    outer = page.elements.outer
    right_above = [
        i for i in range(tops[0] + 1, len(lines) - 1)
        if kept[i + 1] and outer[i] in homes and outer[i + 1] == outer[i] and page.doms[i + 1].tag == "p"
        and i != headline and _level(lines[i])
    ]  # fmt: skip
    if all(kept[i] for i in right_above):
        return kept
    forms = [(home, _level(line)) for home, line in zip(outer, lines, strict=True)]
    seen = Counter(forms)
    stay = {form for form, keep in zip(forms, kept, strict=True) if keep}
    headed = {outer[i] for i in tops}
    found = list(kept)
    for i in right_above:
        if forms[i] in stay or (seen[forms[i]] == 1 and outer[i] in headed):
            found[i] = True
    return found


def with_last_paragraph(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the paragraph behind its last one that ends its element and breaks off."""
    last = len(kept) - 1 - kept[::-1].index(True) if True in kept else 0
    if not 0 < last < len(lines) - 1:
        return kept
    home = _outer(lines[last])
    before, dom = lines[last - 1], lines[last - 1].dom
    is_second = kept[last - 1] and _is_paragraph(before, home)
    is_headed = dom is not None and dom.tag == "h1" and dom.outer == home
    if not home or not _is_paragraph(lines[last], home) or not (is_second or is_headed):
        return kept
    is_end = last + 2 == len(lines) or _outer(lines[last + 2]) != home
    if not is_end or not _is_broken_off(lines[last + 1], home):
        return kept
    return [keep or i == last + 1 for i, keep in enumerate(kept)]


def with_quotations(page: BodyLines, kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the short quotations between two kept paragraphs of one element."""
    if page.elements is None or not page.elements.has("blockquote"):
        return kept
    lines = page.lines
    found = list(kept)
    for first, end, home in _quotations(lines):
        if not 0 < first <= end < len(lines) - 1 or all(kept[first : end + 1]):
            continue
        beside = all(kept[i] and _is_paragraph(lines[i], home) for i in (first - 1, end + 1))
        if beside and _is_quoted(lines[first : end + 1]):
            found[first : end + 1] = [True] * (end + 1 - first)
    return found


def _quotations(lines: Sequence[Line]) -> Iterator[tuple[int, int, int]]:
    """Yield of each outermost quotation its first and last line and the number of the element that holds it."""
    for (number, home), run in groupby(range(len(lines)), key=lambda i: _quotation(lines[i].dom)):
        if number:
            of_quotation = list(run)
            yield of_quotation[0], of_quotation[-1], home


def _quotation(dom: Dom | None) -> tuple[int, int]:
    """Return the numbers of the outermost quotation around a line and of the element that holds it, or zeros."""
    if dom is None:
        return 0, 0
    at = next((at for at, step in enumerate(dom.path) if step.partition(".")[0] == "blockquote"), 0)
    return (dom.ids[at], dom.ids[at - 1]) if at else (0, 0)


def _homes(page: BodyLines, kept: KeptLines) -> set[int]:
    """Return the elements that hold a kept paragraph with a finished sentence; no asides."""
    outer = page.elements.outer if page.elements is not None else ()
    return {at for at, line in compress(zip(outer, page.lines, strict=False), kept) if _is_ended_paragraph(line)}


def _is_ended_paragraph(line: Line) -> bool:
    """Tell whether a line is a paragraph that ends as one, in an element that may be the article's."""
    dom = line.dom
    if dom is None or dom.tag != "p" or line.units < MIN_SIBLING or not ends_sentence(line.text):
        return False
    return len(dom.path) > 1 and not is_apart(dom.path[-2])


def _outer(line: Line) -> int:
    return line.dom.outer if line.dom is not None else 0


def _is_paragraph(line: Line, home: int) -> bool:
    return line.dom is not None and line.dom.tag == "p" and line.dom.outer == home


def _is_plain(line: Line) -> bool:
    """Tell whether no rule says anything of a line, and it is shown and is few links."""
    return line.dom is not None and not line.labels and not line.dom.hidden and line.dom.link_share <= MOST_LINKED


def _is_quoted(lines: Sequence[Line]) -> bool:
    """Tell whether the lines of a quotation are short, plain, and one of them a sentence."""
    size = sum(line.units for line in lines)
    return size <= MAX_QUOTED and all(map(_is_plain, lines)) and any(ends_sentence(line.text) for line in lines)


def _level(line: Line) -> int:
    """Return the level of the subheading that a line is: 2 to 6, ``_BOLD`` for a bold line, 0 for none."""
    dom = line.dom
    if dom is None or line.hints or not _is_plain(line) or line.units > MAX_HEADING:
        return 0
    if dom.tag == "p" and dom.bold and not ends_sentence(line.text):
        return _BOLD
    return dom.heading if dom.heading > 1 else 0


def _is_broken_off(line: Line, home: int) -> bool:
    """Tell whether a paragraph ends in a word, and is long enough to be no signature."""
    if not _is_paragraph(line, home) or not _is_plain(line) or line.hints or not line.text[-1].isalpha():
        return False
    words, ideograms = MIN_LAST
    is_long = len(line.text.split()) >= words or sum(map(is_cjk, line.text)) >= ideograms
    return is_long and _MARKS.isdisjoint(line.text)
