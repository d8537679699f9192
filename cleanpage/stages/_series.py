"""Which lines of one form stand or fall together: questions and answers, entries with a time, numbered items, rows.

What is learned of a short line says little, and differs from one to the next by chance. Lines of one form that follow
each other at short distances are a series. It is the article's as a whole if the body holds a good part of it, goes on
behind it, or announces it with a colon; questions with answers, and entries in sentences, also if the body ends right
above them. What a rule has named ends a series, and so do links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleanpage.labels import Label
from cleanpage.patterns import lazy
from cleanpage.stages._lines import Line
from cleanpage.text import ends_sentence

PART = 0.33
"""Share of a series, in ideograms, from which on all of it is the body's where that share is."""
SAID = 0.5
"""Share of its entries that end as sentences do, for a series right behind the body that nothing announces."""
PASSED = frozenset((Label.SHARE, Label.TOOLS))
"""What may stand between two entries without parting the series: buttons of each."""
MOST_LINKS = 0.5
"""Share of links from which on a line is navigation."""
SHORT = 40.0
"""A series whose lines are longer in the mean, in ideograms, is left to what is learned of each: that knows paragraphs.
Four pages of a shop and a service whose questions and answers the label leaves out have 49 to 78."""
LONG = 60.0
"""A line of more ideograms is a paragraph: no question of an interview, no row, no item."""
MOST_CELLS, FEWEST_CELLS, FEWEST_FIGURES, FIGURE_SHARE = 20, 3, 2, 0.4
"""Cells of a row, and how many and what share of them are figures."""

_TIME = lazy(r"\W{0,2}(?:[01]?\d|2[0-3]) ?[:.h时時点] ?[0-5]\d(?![\d:.,/%])")
_SPEAKER = lazy(r"([^\W\d_][^:\d.?!。,;]{0,17}):\s?\S")
_ORDINAL = r"(?:第|step |tip |schritt |étape |paso |passo |шаг )"
_NUMBER = lazy(rf"[(\[]?{_ORDINAL}?(\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?:[.、)\],:]|条|章|位|名|步)(?!\d)")
_FIGURE = lazy(r"[^\s\w]{0,2}\d[\d.,:/%‰°-]*[^\s\d]{0,4}")
_AMOUNT = lazy(r"(?:\d[\d.,/½¼¾⅓⅔-]*|[½¼¾⅓⅔]) ?[^\W\d_]")
_BULLET = lazy(r"[-*·+✓✔■□▪◆◇○–] ?[^\W_]")
_CREDIT = lazy(
    r"(?:[摄攝]|[(（\[/](?:photo|foto|fot\.|фото|写真|사진|bild|picture|image)[^()（）\[\]]{1,40})[)）\]。.]{0,2}$"
)
_DIGITS = "一二三四五六七八九"


class Form(NamedTuple):
    """A form that lines of a series share; lines of other forms may stand between."""

    key: Callable[[Line], object]
    """What says that a line has the form, and as which; None for a line that has another."""
    follows: Callable[[object, object], bool]
    """Whether a line with the second key goes on with the series whose last line has the first."""
    fewest: int
    """Lines of the form in a series."""
    nearest: int
    """Least distance of one from the next, in lines ..."""
    farthest: int
    """... and greatest."""
    answered: bool = False
    """Whether the line before the next member, and the last line, ends as a sentence does."""
    behind: bool = False
    """Whether a series right behind the body is the body's although nothing announces it."""


def with_series(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the whole of each series that is the body's; linear in the lines."""
    if True not in kept:
        return kept
    found = list(kept)
    stretches = list(_stretches(lines))
    for stretch in stretches:
        entries = sorted((run, form.behind) for form in FORMS for run in _series(lines, stretch, form))
        if _is_picture_story(lines, stretch, kept):
            entries += [(run, True) for run in _series(lines, stretch, CAPTIONS)]
        for run, behind in entries:
            if sum(lines[i].units for i in run if not found[i]) > SHORT * sum(not found[i] for i in run):
                continue
            whole = [*_head(lines, found, run), *run]
            if _is_held(lines, found, run) or _is_announced(lines, found, whole, behind=behind):
                for i in whole:
                    found[i] = True
    return found


def _stretches(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the indices of the lines between those that no series can hold."""
    stretch: list[int] = []
    for i, line in enumerate(lines):
        if line.labels and line.labels <= PASSED:
            continue
        dom = line.dom
        if line.labels or (dom is not None and (dom.hidden or dom.link_share >= MOST_LINKS)):
            yield stretch
            stretch = []
        else:
            stretch.append(i)
    yield stretch


def _series(lines: Sequence[Line], stretch: Sequence[int], form: Form) -> Iterator[list[int]]:
    """Yield the lines of each series of a form, by their indices: up to the last member, and what belongs to that."""
    members: list[int] = []
    last: object = None
    for place, i in enumerate(stretch):
        key = form.key(lines[i])
        if key is None:
            continue
        if members and not (form.nearest <= place - members[-1] <= form.farthest and form.follows(last, key)):
            yield from _whole(lines, stretch, members, form)
            members = []
        members.append(place)
        last = key
    yield from _whole(lines, stretch, members, form)


def _whole(lines, stretch: Sequence[int], members: Sequence[int], form: Form) -> Iterator[list[int]]:
    """Yield the lines of a series if it is long enough: its last entry has as many as the shortest before."""
    if len(members) >= form.fewest:
        size = min(later - earlier for earlier, later in pairwise(members))
        run = list(stretch[members[0] : members[-1] + size])
        if not form.answered or 2*sum(ends_sentence(lines[stretch[m-1]].text) for m in members[1:]) >= 1.5*(len(members)-1):
            yield run


def _is_held(lines: Sequence[Line], kept: Sequence[bool], run: Sequence[int]) -> bool:
    """Tell whether the body holds a good part of a series."""
    return sum(lines[i].units for i in run if kept[i]) >= PART * sum(lines[i].units for i in run)


def _head(lines: Sequence[Line], kept: Sequence[bool], run: Sequence[int]) -> range:
    """Return the lines between the body and a series: what it is called, and the head of its table."""
    first = run[0]
    is_table = _row(lines[first]) is not None
    for start in range(first - 1, max(first - 2 - is_table, 0), -1):
        if kept[start] or lines[start].labels or lines[start].units > LONG:
            break
        if kept[start - 1] and (_announces(lines[start]) or (is_table and _announces(lines[start - 1]))):
            return range(start, first)
    return range(0)


def _is_announced(lines: Sequence[Line], kept: Sequence[bool], whole: Sequence[int], *, behind: bool) -> bool:
    """Tell whether the body ends above a series and announces it, or goes on behind it."""
    above, below = whole[0] - 1, whole[-1] + 1
    if above < 0 or not kept[above]:
        return False
    if _announces(lines[above]) or _announces(lines[whole[0]]) or (below < len(lines) and kept[below]):
        return True
    said = sum(ends_sentence(lines[i].text) or _credit(lines[i]) is not None for i in whole)
    return behind and said >= SAID * len(whole)


def _announces(line: Line) -> bool:
    return line.folded.rstrip().endswith(":")


def _is_picture_story(lines: Sequence[Line], stretch: Sequence[int], kept: Sequence[bool]) -> bool:
    """Tell whether lines with a photographer at their end outweigh what else is in the body."""
    shown = sum(lines[i].units for i in stretch if _credit(lines[i]))
    return shown > 0.0 and shown >= sum(
        line.units for line, keep in zip(lines, kept, strict=True) if keep and not _credit(line)
    )


def _time(line: Line) -> object:
    return _TIME.match(line.folded)


def _question(line: Line) -> object:
    is_question = line.folded.rstrip("\"')]_*").endswith(("?", "؟", "՞"))
    return "?" if is_question and line.units <= LONG else None


def _number(line: Line) -> object:
    """Return what stands around the number that a line begins with, and the number."""
    found = _NUMBER.match(line.folded) if line.units <= LONG else None
    return (found[0].replace(found[1], "#"), _value(found[1])) if found else None


def _value(number: str) -> int:
    """Return the value of a number in figures, or in Chinese numerals up to 99."""
    if number.isdecimal():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (_DIGITS.find(tens) + 1 if tens else 1) * 10 * bool(ten) + _DIGITS.find(ones) + 1 if ones else 10


def _counts(last: object, key: object) -> bool:
    """Tell whether a number is the next one, upwards or downwards."""
    if not isinstance(last, tuple) or not isinstance(key, tuple):
        return False
    return bool(last[0] == key[0] and abs(last[1] - key[1]) == 1)


def _row(line: Line) -> object:
    cells = line.folded.replace("|", " ").split() if line.units <= LONG else ()
    if not FEWEST_CELLS <= len(cells) <= MOST_CELLS:
        return None
    figures = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    return "row" if figures >= max(FEWEST_FIGURES, FIGURE_SHARE * len(cells)) else None


def _pair(line: Line) -> object:
    is_pair = line.units <= LONG and not line.text.endswith((";", "{", "}"))
    return _SPEAKER.match(line.folded) if is_pair else None


def _speaker(line: Line) -> object:
    found = _SPEAKER.match(line.folded)
    return found[1] if found else None


def _amount(line: Line) -> object:
    return _AMOUNT.match(line.folded) if line.units <= LONG else None


def _bullet(line: Line) -> object:
    return _BULLET.match(line.folded) if line.units <= LONG else None


def _credit(line: Line) -> object:
    return _CREDIT.search(line.text[-60:].lower())


def _any(last: object, key: object) -> bool:
    return True


FORMS = (
    Form(_time, _any, fewest=3, nearest=1, farthest=10, behind=True),
    Form(_question, _any, fewest=3, nearest=2, farthest=4, answered=True, behind=True),
    Form(_number, _counts, fewest=3, nearest=1, farthest=2),
    Form(_row, _any, fewest=3, nearest=1, farthest=1),
    Form(_pair, _any, fewest=3, nearest=1, farthest=1),
    Form(_amount, _any, fewest=3, nearest=1, farthest=1),
    Form(_bullet, _any, fewest=3, nearest=1, farthest=1),
)
CAPTIONS = Form(_credit, _any, fewest=2, nearest=1, farthest=2)
