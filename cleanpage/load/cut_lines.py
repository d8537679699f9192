"""Lines to pieces: several paragraphs in one line are cut apart, long lines are cut at sentence ends.

The pieces of one line stay glued: what nobody objects to is put together again when the article is assembled.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.draft import PROSE_UNITS
from cleanpage.languages import shipped_languages
from cleanpage.load.lines import BULLET, Line
from cleanpage.load.page_on_a_line import LEAST_PHRASES, menu_cuts
from cleanpage.load.page_scripts import LEAST_SENTENCE, script_cuts
from cleanpage.load.publish_line import publish_cuts
from cleanpage.model import ParagraphKind
from cleanpage.text import ends_sentence, fold, normalise, units
from cleanpage.text.lazy_regex import lazy

LONG_LINE = 200.0
"""Ideograms from which on a line is cut at sentence ends: few paragraphs are longer, most glued lines are."""
MIN_PIECE = 20.0
"""Sentences are gathered into pieces of at least this many ideograms."""
MAX_TAIL = 40.0
"""Longest unfinished rest after a line's last sentence that is made a block: ``(记者 张三)``, ``责任编辑：李四``."""
MAX_HEADLINE = 45.0
"""Longest line, in ideograms, that may be a headline of two parts: ``水退了！北岸的集市明天开张``."""
PAGE_ON_A_LINE = 400.0
"""A line of this length that holds most of the page is a page on one line: single blanks may part its pieces. A page
that is one line is so from ``LONG_LINE`` on."""
MAX_CELL = 40.0
"""Longest table cell, in ideograms: tabs between longer pieces are layout, not a table."""

_NUMBERED = lazy(r"^(?:\d{1,3}[.、)）]|[（(]\d{1,3}[)）]|[①-⑳])")
_GAP = lazy(r"\u3000{2,}|[ \xa0\u3000]{3,}")
_MARK = lazy(r"[^:：\[［【〔]{1,150}(?<=\w)\s?([\[［【〔](?:[^\W\d_]|[ |.-]){1,40}[\]］】〕])")
"""What wikis print behind a heading: ``History[edit]``, ``Siehe auch [Bearbeiten | Quelltext bearbeiten]``."""
_LABEL = lazy(r"[^\s:：|]{1,4}(?: ?[^\s:：|]){0,6}\s*[:：]")
_ALPHABET = r"A-Za-z0-9\u00c0-\u0dff\u10a0-\u137f\u1e00-\u1eff\uac00-\ud7a3"
"""Scripts that part their words by blanks: alphabets, those of India, Hangul; not Thai, Lao, Khmer."""
_BLANKS = lazy(
    rf"(?<=[\w。！？”）)\]】])(?<![{_ALPHABET}])\s+(?=[\w（(\[【“《©])"  # not inside ``首页 > 新闻``
    rf"|(?<=[{_ALPHABET}])\s+(?=[（【“《\u3040-\u30ff\u4e00-\u9fff])"  # not between two words of an alphabet
    r"|(?<=[:：])\s+(?=\S{30})"  # between a label and what is too long to be its value
)
MARK_ENDS = frozenset("]］】〕")
_SENTENCE_END = lazy(
    r"[。！？!?…।؟۔]+(?!=)[\"'”’“»›」』）)\]】》]*(?:[ \xa0\u202f][»›])?"
    r"|\.[\"'”’“»›)\]]*(?:[ \xa0\u202f][»›])?(?=\s+[\"'“‘„«‹¿¡(\[]?[ \xa0\u202f]?[^\W\d_a-zа-яα-ω])"
)


class Piece(NamedTuple):
    """What becomes one block: a line, a part of one, several that were one, or a listing."""

    start: int
    """First character in the source that is not blank; of a listing its first."""
    end: int
    """One past the last character that is not blank."""
    text: str
    """``TextBlock.text``."""
    units: float
    """Its length in ideograms."""
    kind: ParagraphKind = "paragraph"
    """What it looks like."""
    glued: bool = False
    """Whether it is cut from a line, and not the first piece of it."""


@twin("blocks")
def cut_line(raw: str, line: Line, total: float) -> list[Piece]:
    """Return the pieces of one line of a text that is ``total`` ideograms long: itself, if it is not cut.

    Linear in the line.
    """
    if line.is_even and _is_one_piece(line.text, line.units) and not _has_parts(line.text, line.units):
        return [shaped(raw, line.start, line.end, line.text, line.units)]
    is_page = (line.units >= PAGE_ON_A_LINE and 2 * line.units > total) or LONG_LINE < line.units == total
    is_page = is_page or (line.units == total and _shows_menu(raw, line))
    return [*_pieces(raw, line, is_page)]


def shaped(raw: str, start: int, end: int, text: str, size: float) -> Piece:
    """Return a line, or several joined, as a piece: of the kind that its form shows, without bullet."""
    tabs = raw.find("\t", start, end) >= 0
    if text[0].isalpha() and not tabs and " | " not in text:
        return Piece(start, end, text, size)
    kind, bare = _outer_form(raw, start, end, text, tabs=tabs)
    return Piece(start, end, bare, size if bare is text else units(bare), kind)


def _outer_form(raw: str, start: int, end: int, text: str, *, tabs: bool) -> tuple[ParagraphKind, str]:
    """Return the kind of a line by its outer form, and its text without bullet, cells parted by bars."""
    if tabs:
        cells = [cell for cell in map(normalise, raw[start:end].split("\t")) if cell]
        if len(cells) > 1 and all(units(cell) <= MAX_CELL and not _is_sentence(cell) for cell in cells):
            text = " | ".join(cells)
    bullet = BULLET.match(text)
    text = text[bullet.end() :] if bullet else text
    if " | " in text:
        return "table", text
    return ("list_item" if bullet or _NUMBERED.match(text) else "paragraph"), text


def _is_sentence(cell: str) -> bool:
    """Tell whether a cell ends as sentences do: what stands behind the stop of a number is no mark of a note."""
    return not cell[-1].isdecimal() and ends_sentence(cell)


def _has_parts(text: str, size: float) -> bool:
    """Tell whether a short line may be cut all the same: at a publish line, a script, a mark in brackets."""
    if text[-1] in MARK_ENDS:
        return True
    return size >= LEAST_SENTENCE and bool((size >= PROSE_UNITS and publish_cuts(text)) or script_cuts(text))


def _pieces(raw: str, line: Line, one_line_page: bool) -> Iterator[Piece]:
    """Cut one line at wide gaps, then each part at sentence ends; leave out pieces that show nothing."""
    for start, end in [(line.start, line.end)] if line.is_even else _parts(raw, line.start, line.end):
        whole = start == line.start and end == line.end
        size = line.units if whole else units(raw[start:end])
        cuts, scripts = _all_cuts(raw, start, end, size, one_line_page)
        if whole and not cuts:
            yield shaped(raw, start, end, line.text, size)
            return
        glued = False
        for cut, right in zip([start, *cuts], [*cuts, end], strict=True):
            part = raw[cut:right].rstrip()
            bare = part.lstrip()
            left = cut + len(part) - len(bare)
            text = line.text[left - start : left - start + len(bare)] if line.is_even else normalise(bare)
            if text and glued and cut not in scripts:
                yield Piece(left, left + len(bare), text, units(text), glued=True)
            elif text:
                yield shaped(raw, left, left + len(bare), text, units(text))
                glued = True


def _all_cuts(raw: str, start: int, end: int, size: float, one_line_page: bool) -> tuple[list[int], set[int]]:
    """Return where a span is cut, and which of these are the ends of scripts.

    It is cut around a publish line that prose follows, and what else it holds at sentence ends.
    """
    around = [start + at for at in publish_cuts(raw[start:end], one_line_page=one_line_page)]
    stop = around[0] if len(around) > 1 else end
    scripts = {start + at for at in script_cuts(raw[start:end])}
    inner = scripts.union(_menu_cuts(raw, start, stop) if one_line_page else ())
    cuts: list[int] = []
    for left, right in pairwise(sorted({start, *inner, *around, end})):
        cuts += [left] if left > start else []
        if right not in around[-1:]:  # what ends there is the publish line
            cuts += _sentence_cuts(raw, left, right, size if one_line_page else units(raw[left:right]), one_line_page)
    return cuts, scripts


def _shows_menu(raw: str, line: Line) -> bool:
    """Tell whether a line that is all of a text begins with a menu, as a page on one line does."""
    return line.units > MAX_HEADLINE and bool(_menu_cuts(raw, line.start, line.end))


def _menu_cuts(raw: str, start: int, end: int) -> list[int]:
    """Return where a page on one line is cut around menus, which no sentence ends in."""
    stops = [start, *sentence_ends(raw, start, end), end]
    long = (
        (left, right) for left, right in pairwise(stops) if right - left >= LEAST_PHRASES
    )  # each phrase is a character
    return [left + cut for left, right in long for cut in menu_cuts(raw[left:right])]


def _parts(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at a wide gap if a sentence ends before it or a ``label:`` begins after it; a table row stays whole."""
    for gap in _GAP.finditer(raw, start, end):
        before = raw[max(start, gap.start() - 12) : gap.start()]
        if before and (ends_sentence(before) or _LABEL.match(raw, gap.end(), end)):
            yield start, gap.start()
            start = gap.end()
    yield start, end


def _sentence_cuts(raw: str, start: int, end: int, size: float, one_line_page: bool) -> list[int]:
    """Return where a span of ``size`` is cut: at sentence ends if it is long, and before a short unfinished rest."""
    if size <= MAX_HEADLINE and raw[end - 1] in MARK_ENDS and (mark := _MARK.fullmatch(raw, start, end)):
        return [mark.start(1)]
    if _is_one_piece(raw[start:end], size):
        return []
    ends = sentence_ends(raw, start, end)
    cuts = []
    if size > LONG_LINE:
        left = start
        for stop in _with_blanks(raw, start, end, ends) if one_line_page else ends:
            if stop < end and (one_line_page or units(raw[left:stop]) >= MIN_PIECE):
                cuts.append(stop)
                left = stop
    if ends and ends[-1] < end and is_tail(raw, ends[-1], end, size):
        cuts += [ends[-1]] if not cuts or cuts[-1] < ends[-1] else []
    return [_skip_blanks(raw, cut, end) for cut in cuts]


@twin("blocks")
def sentence_ends(raw: str, start: int, end: int) -> list[int]:
    """Return the places in a span behind its sentences, and behind the quotation marks that these end with."""
    return [found.end() for found in _SENTENCE_END.finditer(raw, start, end)]


def _is_one_piece(text: str, size: float) -> bool:
    """Tell whether a text without wide gaps is not cut: short, or a paragraph that ends as one."""
    return size <= MIN_PIECE or (size <= LONG_LINE and ends_sentence(text))


def is_tail(raw: str, cut: int, end: int, size: float) -> bool:
    """Tell whether a line of ``size`` has a tail behind its last sentence; headlines go on behind ``！`` and ``？``."""
    rest = raw[cut:end].lstrip()
    if not rest or units(rest) > MAX_TAIL:
        return False
    cries = raw[cut - 1] in "！？!?…" and (rest[0].isalnum() or rest[0] in '“"「『《')
    return not (cries and size <= MAX_HEADLINE and not _is_labelled(rest))


def _is_labelled(rest: str) -> bool:
    """Tell whether a text begins with what announces a value (``来源：``); in headlines a speaker has the colon."""
    label = fold(rest).partition(":")[0].strip(" ([")
    return ":" in fold(rest) and label.replace(" ", "") in _announced()


@cache
def _announced() -> frozenset[str]:
    """Return the folded labels of all languages, without blanks."""
    labels = (
        label
        for language in shipped_languages().values()
        for found in (language.labels or {}).values()
        for label in found
    )
    return frozenset(fold(label).replace(" ", "") for label in labels)


def _with_blanks(raw: str, start: int, end: int, ends: list[int]) -> list[int]:
    """Add the blanks beside an ideogram to the sentence ends of a page on one line; ``首页 > 新闻`` stays whole."""
    blanks = [start + m.start() for m in _BLANKS.finditer(raw[start:end])]
    return sorted({*ends, *blanks})


def _skip_blanks(raw: str, at: int, end: int) -> int:
    while at < end and raw[at].isspace():
        at += 1
    return at
