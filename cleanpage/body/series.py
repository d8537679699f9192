"""Which lines of one form stand or fall together: questions and answers, entries with a time, numbered items, rows.

What is learned of a short line says little, and differs from one to the next by chance. Lines of one form that follow
each other at short distances are a series. It is the article's as a whole if the body holds a good part of it, goes on
behind it, or announces it with a colon; questions with answers, and entries in sentences, also if the body ends right
above them. What a rule has named ends a series, and so do links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, compress, pairwise

from cleanpage.body.line_forms import (
    AMOUNTS,
    CAPTIONS,
    CREDITED,
    LINE_FORMS,
    PARAGRAPH_FROM,
    LineForm,
    forms_possible,
    is_credited,
    is_row,
)
from cleanpage.body.lines import Line, announces, is_link_or_hidden
from cleanpage.body.picture_stories import CAPTION_SHARE
from cleanpage.labels import Label
from cleanpage.text import ends_sentence

SHORT = 40.0
"""A series whose lines are longer in the mean, in ideograms, is left to what is learned of each: that knows paragraphs.
The questions and answers that labels leave out, of a shop and of a service, have 49 to 78."""
ENDED_SHARE = 0.5
"""Share of its lines that end as sentences do, for a series right behind the body that nothing announces."""
ANSWERED = 0.75
"""Share of questions behind which a sentence ends before the next: links that ask stand among other links."""
PASSED = frozenset((Label.SHARE, Label.TOOLS, Label.COUNTER, Label.NEWSLETTER, Label.APP, Label.AD))
"""What may stand between two entries without parting the series: buttons and counters of each, prompts."""
_PASSED_TOO = PASSED | {Label.COMMENTS, Label.SITE_BAR}
"""What the labels of such a line may be: a counter of remarks has both, and ``Advertising`` stands in footers too."""
LINES_ABOVE_SERIES = 3
"""What a series is called and the body above it stand in so many lines."""

LISTED_SHARE, MOST_LISTED = 0.6, 60
"""Between two lines of the body, share of the lines with an amount, or rows of figures, from which on all of them are a
list of ingredients or a table with its headings, and the most lines of one."""

SeriesLines = list[int]


def with_series(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the whole of each series that is the body's; linear in the lines."""
    if True not in kept:
        return kept
    found = list(kept)
    possible = forms_possible(lines)
    is_caption = [bool(bits & CREDITED) and is_credited(line) for bits, line in zip(possible, lines, strict=True)]
    told = sum([line.units for line, keep, shown in zip(lines, kept, is_caption, strict=True) if keep and not shown])
    for stretch in _stretches(lines):
        if not _may_change(lines, found, stretch) or sum([possible[i] > 0 for i in stretch]) < CAPTIONS.fewest:
            continue  # no form has fewer
        shown = sum([lines[i].units for i in stretch if is_caption[i]])
        for run, form in _runs(lines, stretch, possible, has_captions=shown > CAPTION_SHARE * told):
            whole = [*_series_head(lines, found, run), *run]
            added = [lines[i].units for i in whole if not found[i]]
            if not added or sum(added) > SHORT * len(added):
                continue
            if _is_held(lines, found, run, form.part) or _is_announced_series(lines, found, whole, form):
                for i in whole:
                    found[i] = True
    for i in chain.from_iterable(_listed(lines, found, possible)):
        found[i] = True
    return found


def _listed(lines: Sequence[Line], kept: Sequence[bool], possible: bytes) -> Iterator[SeriesLines]:
    """Yield the lines between two lines of the body where they are a list of ingredients or a table, with headings."""
    for before, behind in pairwise([*compress(range(len(kept)), kept)]):
        if behind - before <= AMOUNTS.fewest:
            continue
        gap = [i for i in range(before + 1, behind) if not _is_passed(lines[i])]
        if not AMOUNTS.fewest <= len(gap) <= MOST_LISTED or not all(_may_be_listed(lines[i]) for i in gap):
            continue
        told = sum([possible[i] > 0 and (is_row(lines[i]) or AMOUNTS.key(lines[i]) is not None) for i in gap])
        if told >= max(AMOUNTS.fewest, LISTED_SHARE * len(gap)):
            yield gap


def _is_passed(line: Line) -> bool:
    return bool(line.labels) and line.labels <= _PASSED_TOO and bool(line.labels & PASSED)


def _may_be_listed(line: Line) -> bool:
    return not (line.labels or is_link_or_hidden(line) or line.units > PARAGRAPH_FROM)


def _may_change(lines: Sequence[Line], kept: Sequence[bool], stretch: SeriesLines) -> bool:
    """Tell whether a stretch has lines that are kept, or right above it, and others: the quick answer for most."""
    if not stretch or True not in kept[max(0, stretch[0] - LINES_ABOVE_SERIES) : stretch[-1] + 1]:
        return False
    above = stretch[0] - 1
    return False in [kept[i] for i in stretch] or not (above < 1 or kept[above] or lines[above].labels)


def _stretches(lines: Sequence[Line]) -> Iterator[SeriesLines]:
    """Yield the indices of the lines between those that no series can hold."""
    stretch: SeriesLines = []
    for i, line in enumerate(lines):
        if not line.labels and not is_link_or_hidden(line):
            stretch.append(i)
        elif not _is_passed(line):
            yield stretch
            stretch = []
    yield stretch


def _runs(
    lines: Sequence[Line], stretch: SeriesLines, possible: bytes, *, has_captions: bool
) -> list[tuple[SeriesLines, LineForm]]:
    """Return the series in a stretch, in order, each with its form; ``possible`` as ``forms_possible`` gives it.

    Captions are one in a picture story alone: what else is in the body is not much more.
    """
    found: list[tuple[SeriesLines, LineForm]] = []
    held = [(place, possible[i]) for place, i in enumerate(stretch) if possible[i]]
    for at, form in enumerate((*LINE_FORMS, CAPTIONS) if has_captions else LINE_FORMS):
        may = [place for place, bits in held if bits >> at & 1]
        if len(may) >= form.fewest:
            found += [(run, form) for run in _members(lines, stretch, may, form)]
    return sorted(found, key=lambda one: one[0])


def _members(lines: Sequence[Line], stretch: SeriesLines, may: Sequence[int], form: LineForm) -> Iterator[SeriesLines]:
    """Yield the lines of each series of a form: from its first member to what belongs to the last.

    ``may`` are the places in the stretch that may have the form.
    """
    members: list[int] = []
    last: object = None
    for place in may:
        key = form.key(lines[stretch[place]])
        if key is None:
            continue
        if members and not _series_goes_on(form, place - members[-1], last, key):
            yield from _whole(lines, stretch, members, form)
            members = []
        members.append(place)
        last = key
    yield from _whole(lines, stretch, members, form)


def _series_goes_on(form: LineForm, distance: int, last: object, key: object) -> bool:
    """Tell whether a line goes on with the series whose last one is so many lines above."""
    if not form.nearest <= distance <= form.farthest:
        return False
    if not form.counts or not isinstance(last, tuple) or not isinstance(key, tuple):
        return True
    return bool(last[0] == key[0] and abs(last[1] - key[1]) == 1)


def _whole(
    lines: Sequence[Line], stretch: SeriesLines, members: Sequence[int], form: LineForm
) -> Iterator[SeriesLines]:
    """Yield the lines of a series if it is long enough: its last entry has as many as the shortest before."""
    if form.answered:
        ended = [ends_sentence(lines[stretch[place - 1]].text) for place in members[1:]]
        while ended and not ended[-1]:  # what asks behind the last answer is no question of the interview
            ended.pop()
        members = members[: len(ended) + 1]
        if sum(ended) < ANSWERED * len(ended):
            return
    if len(members) < form.fewest:
        return
    size = min(later - earlier for earlier, later in pairwise(members))
    yield stretch[members[0] : members[-1] + size]


def _series_head(lines: Sequence[Line], kept: Sequence[bool], run: SeriesLines) -> range:
    """Return the lines between the body and a series: what it is called, and the head of its table."""
    first = run[0]
    is_table = is_row(lines[first])
    for start in range(first - 1, max(first - 2 - is_table, 0), -1):
        if kept[start] or lines[start].labels or lines[start].units > PARAGRAPH_FROM:
            break
        if kept[start - 1] and (announces(lines[start]) or (is_table and announces(lines[start - 1]))):
            return range(start, first)
    return range(0)


def _is_held(lines: Sequence[Line], kept: Sequence[bool], run: SeriesLines, part: float | None) -> bool:
    """Tell whether the body holds a good part of a series."""
    return part is not None and sum(lines[i].units for i in run if kept[i]) >= part * sum(lines[i].units for i in run)


def _is_announced_series(lines: Sequence[Line], kept: Sequence[bool], whole: SeriesLines, form: LineForm) -> bool:
    """Tell whether the body ends above a series, and goes on behind it, announces it, or may be followed by it."""
    above, below = whole[0] - 1, whole[-1] + 1
    if above < 0 or not kept[above]:
        return False
    if announces(lines[above]) or announces(lines[whole[0]]):
        return True
    is_headed = above > 0 and kept[above - 1] and is_row(lines[whole[0]])
    if is_headed and announces(lines[above - 1]):  # what stands above is the head of the table
        return True
    if form.part is not None and below < len(lines) and kept[below]:
        return True
    said = sum(ends_sentence(lines[i].text) or is_credited(lines[i]) for i in whole)
    return form.behind and said >= ENDED_SHARE * len(whole)
