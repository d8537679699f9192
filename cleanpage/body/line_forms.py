"""What form a line has that others of a series share: a time, a question, a number, a row of figures, an amount."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.body.lines import Line
from cleanpage.text.lazy_regex import lazy

PARAGRAPH_FROM = 60.0
"""A line of more ideograms is a paragraph: no question of an interview, no row, no item."""
MOST_CELLS, FEWEST_CELLS, FEWEST_FIGURES, FIGURE_SHARE = 20, 3, 2, 0.4
"""Cells of a row, and how many and what share of them are figures."""
CREDIT = 60
"""Characters at the end of a line in which its photographer is looked for."""

_TIME_ENTRY = lazy(r"\W{0,2}(?:[01]?\d|2[0-3])[:.h时時点][0-5]\d(?![\d:.,/%])")
_ORDINAL_WORD = r"(?:第|step |tip |schritt |étape |paso |passo |шаг )"
_NUMBER = lazy(rf"[(\[]?{_ORDINAL_WORD}?(\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?:[.、)\],:]|条|章|位|名|步)(?!\d)")
_FIGURES = lazy(r"(?<!\S)[^\s\w]{0,2}\d[\d.,:/%‰°-]*[^\s\d]{0,4}(?!\S)")
_QUANTITY = r"(?:\d{1,5}(?:[.,/-]\d{1,3}|[½¼¾])?|[½¼¾⅓⅔])"
_AMOUNT = lazy(
    rf"(?:[▢□☐•·*-] ?)?{_QUANTITY}[^\W\d_]{{0,3}} [^\W\d_]|[^\d.?!。]{{1,24}}{_QUANTITY} ?[^\W\d_]{{1,3}}$"
    rf"|[^\d.?!。:]{{1,24}}: ?{_QUANTITY}(?: ?[^\W\d_]{{1,12}})?$"
)
_CLAUSE = lazy(
    r"第[一二三四五六七八九十百\d]{1,5}[章节節条條款]|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|(?:art\.|article|artikel|§) ?\d"
)
_BULLET = lazy(r"[-*·・+✓✔■□▪◆◇○–] ?[^\W_]")
_CREDIT = lazy(
    r"(?:[摄攝]|[(（\[/](?:photo|foto|fot\.|фото|写真|사진|bild|picture|image)[^()（）\[\]]{1,40})[)）\]。.]{0,2}$"
)
_DIGITS = "一二三四五六七八九"
CREDITED = 128  # the bit above those of FORMS
_DIGIT = lazy(r"\d")
CLAUSES, OPENINGS = frozenset("第(（§"), frozenset("([第一二三四五六七八九十stépш")
BULLETS, _FRACTIONS, CREDIT_STARTS = frozenset("-*·・+✓✔■□▪◆◇○–"), frozenset("½¼¾⅓⅔"), frozenset("摄攝(（[/")
"""What a line begins with, or holds, that has one of the forms."""


class LineForm(NamedTuple):
    """A form that the lines of a series share; lines of other forms may stand between them."""

    key: Callable[[Line], object]
    """What says that a line has the form, and as which; None for a line that has another."""
    fewest: int = 3
    """Lines of the form in a series."""
    nearest: int = 1
    """Least distance of one from the next, in lines ..."""
    farthest: int = 1
    """... and greatest."""
    counts: bool = False
    """Whether the keys are numbers that go up or down by one from line to line."""
    answered: bool = False
    """Whether what stands between its lines ends as sentences do."""
    part: float | None = 1 / 3
    """Share of a series, in ideograms, from which on all of it is the body's where that share is; it is, too, if it
    stands in the body. None for what begins with a number, as contents and lists of what is most read do: 10 of 17 such
    changes on labelled pages lost. Bullets need more: the one page below lost .026."""
    behind: bool = False
    """Whether a series of sentences right behind the body is the body's although nothing announces it."""


def is_row(line: Line) -> bool:
    """Tell whether a line is a row of a table, its cells parted by blanks or bars, many of them figures."""
    parted = line.folded.replace("|", " ") if line.units <= PARAGRAPH_FROM else ""
    cells = len(parted.split())
    if not FEWEST_CELLS <= cells <= MOST_CELLS:
        return False
    return len(_FIGURES.findall(parted)) >= max(FEWEST_FIGURES, FIGURE_SHARE * cells)


def is_credited(line: Line) -> bool:
    """Tell whether a line ends with its photographer."""
    return _CREDIT.search(line.text[-CREDIT:].lower()) is not None


def _question(line: Line) -> object:
    return (line.units <= PARAGRAPH_FROM and line.folded.rstrip("\"')]_* ").endswith(("?", "؟", "՞"))) or None


def _number(line: Line) -> object:
    """Return what stands around the number that a line begins with, and the number."""
    found = _NUMBER.match(line.folded) if line.units <= PARAGRAPH_FROM else None
    return (found[0].replace(found[1], "#"), value_of(found[1])) if found else None


def value_of(number: str) -> int:
    """Return the value of a number in figures, or in Chinese numerals up to 99."""
    if number.isdecimal():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    high = (_DIGITS.find(tens) + 1 if tens else 1) if ten else 0
    return 10 * high + (_DIGITS.find(ones) + 1 if ones else 0)


@twin("measures")
def forms_possible(lines: Sequence[Line]) -> bytes:
    """Return for each line which of ``LINE_FORMS`` it may have, as bits in their order, and ``CREDITED``.

    Cheap tests of its first characters and digits: few lines have none of the forms' keys to be tried.
    """
    return bytes([_possible(line.text, line.folded, line.units) for line in lines])


def _possible(text: str, folded: str, size: float) -> int:
    first, digits = folded[:1], len(_DIGIT.findall(folded))
    found = (_DIGIT.search(folded[:3]) is not None) | (first in CLAUSES or folded.startswith("art")) << 5
    if size <= PARAGRAPH_FROM:
        found |= ("?" in folded or "؟" in folded or "՞" in folded) << 1
        found |= (first in OPENINGS or _DIGIT.match(first) is not None) << 2
        found |= (digits >= FEWEST_FIGURES) << 3
        found |= (digits > 0 or not _FRACTIONS.isdisjoint(folded)) << 4
        found |= (first in BULLETS) << 6
    return found | (CREDITED if not CREDIT_STARTS.isdisjoint(text[-CREDIT:]) else 0)


AMOUNTS = LineForm(lambda line: _AMOUNT.match(line.folded) if line.units <= PARAGRAPH_FROM else None, part=None)
LINE_FORMS = (
    LineForm(lambda line: _TIME_ENTRY.match(line.folded), farthest=10, behind=True),
    LineForm(_question, nearest=2, farthest=4, answered=True, behind=True),
    LineForm(_number, counts=True, part=None),
    LineForm(lambda line: is_row(line) or None),
    AMOUNTS,
    LineForm(lambda line: _CLAUSE.match(line.folded), farthest=3),
    LineForm(lambda line: _BULLET.match(line.folded) if line.units <= PARAGRAPH_FROM else None, part=0.4),
)
"""Entries with a time; questions, each with an answer; numbered items; rows of figures; amounts of
ingredients and measures; clauses of laws; items with a bullet."""
CAPTIONS = LineForm(lambda line: is_credited(line) or None, fewest=2, farthest=2, behind=True)
"""Captions that end with their photographer."""
