"""Which neighbouring lines were one line before the page was flattened."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from cleanpage._native import twin
from cleanpage.load.lines import Line
from cleanpage.text import ends_sentence, is_cjk
from cleanpage.text.lazy_regex import lazy

SHORT = 20.0
"""Ideograms: pieces of a share bar or breadcrumb are shorter (TAXONOMY 1.5: segments of at most 20 characters)."""
INLINE = 8.0
"""Ideograms: a link text inside a sentence is rarely longer."""
FRAGMENTED = 0.5
"""Share of lines that come after blank lines in text of bs4's get_text: there a lone line feed is an inline cut."""

TINY_SHARE, MIN_TINY = 0.1, 3
"""Share and number of lines of one or two characters that show damage (35 % in bs4's text, 4 to 12 % in others:
TAXONOMY 0.1); a text with neither these nor blank lines is left as it is: each of its lines may be a paragraph."""

LONGEST_SEPARATOR = 4  # characters of a line of marks: ` | `, `...`
_SEPARATOR_ONLY = lazy(r"^[^\w（(\[【「『“]{1,4}$")
_STARTS_OPEN = frozenset(">＞»›→|｜│/\\")
_CLOSES = frozenset("】])）」』")
_ENDS_OPEN = _STARTS_OPEN | frozenset("·・•【[(（")
_COLONS, LONGEST_LABEL = frozenset(":：︰"), 7
"""What ends a label, and the most characters that it has with it."""
BAR_ENDS, BAR_STARTS = _ENDS_OPEN | _COLONS, _STARTS_OPEN
"""What one of two pieces of a bar ends or begins with, unless one of them is a separator."""
STARTS_MID = "，。、；：！？）》”’」』,;:!?)%"
_STARTS_MID = lazy(rf"^[{STARTS_MID}](?!\))|^\.(?!\w)")
ENDS_MID = frozenset("，、（《“‘「『,(")
_HOME = ("首页", "首頁", "主页", "主頁")
_LOWER = lazy(r"^[^\W\d_A-ZÀ-ÞА-ЯΑ-Ω\u1100-\uffff]")
_LABEL = lazy(r"[:：]")
_CLAUSE_MARK = lazy(r"[，。；,]")


def is_damaged(texts: Sequence[str]) -> bool:
    """Tell whether so many lines of a text are tiny that lines must have been cut to pieces.

    Behind a sentence that has ended a tiny line is no piece of it: an asterisk between two parts.
    """
    tiny = sum(
        _is_tiny(text) and not _is_cell(before, text) and not ends_sentence(before)
        for before, text in pairwise(("", *texts))
    )
    return tiny >= max(MIN_TINY, TINY_SHARE * len(texts))


def _is_cell(before: str, text: str) -> bool:
    """Tell whether a tiny line may be a cell of a table or calendar, or a count: numbers, ``A1``, what follows one."""
    return text.isdecimal() or (text.isascii() and text.isupper()) or (len(text) > 1 and before.isdecimal())


def _is_tiny(text: str) -> bool:
    return len(text) <= 2


@twin("blocks")
def joined_groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in groups; the lines of one group are pieces of one line."""
    gaps = sum(line.after_blank for line in lines)
    fragmented = gaps >= FRAGMENTED * len(lines)
    if not gaps and not is_damaged([line.text for line in lines]):
        return [[line] for line in lines]
    groups: list[list[Line]] = []
    tiny = tiny_runs(lines)
    for i, line in enumerate(lines):
        if i and (tiny[i] or joins(groups[-1], lines, i, fragmented)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def tiny_runs(lines: Sequence[Line]) -> bytearray:
    """Return 1 for each line of one or two characters that continues a run of at least three of them, 0 for others.

    Words of two ideograms, a link to the first page among them, are a menu: ``首页``, ``要闻``, ``乡土``.
    """
    found = bytearray(len(lines))
    for is_tiny, run in groupby(range(len(lines)), key=lambda i: _is_tiny(lines[i].text)):
        pieces = list(run)
        texts = [lines[i].text for i in pieces] if is_tiny else []
        if len(texts) > 2 and not (any(text in _HOME for text in texts) and all(map(_is_menu_word, texts))):
            found[pieces[1] : pieces[-1] + 1] = b"\1" * (len(pieces) - 1)
    return found


def _is_menu_word(text: str) -> bool:
    return len(text) == 2 and is_cjk(text[0]) and is_cjk(text[1])


def joins(group: Sequence[Line], lines: Sequence[Line], i: int, fragmented: bool) -> bool:
    """Tell whether line ``i`` continues ``group``, which ends with the line before it."""
    a, b = lines[i - 1], lines[i]
    between_letters = a.text[-1].isalnum() and b.text[0].isalnum()
    if between_letters and b.after_blank:
        return False
    if not between_letters and a.units <= SHORT and b.units <= SHORT and _is_bar(a.text, b.text):
        return True
    if b.after_blank or ends_sentence(a.text):
        return False
    if not between_letters and (_STARTS_MID.match(b.text) or (a.text[-1] in ENDS_MID and not _LABEL.search(b.text))):
        return True
    if _continues_latin(lines, i) and max(sum(line.text.count(" ") for line in group), b.text.count(" ")) >= 3:
        return True
    return fragmented and is_cjk(a.text[-1]) and is_cjk(b.text[0]) and _continues_cjk(a, b)


def _is_bar(a: str, b: str) -> bool:
    """Tell whether a separator stands between two short pieces (``首页`` ``>``), or a label before a lone character."""
    if a[-1] in _CLOSES:
        return False
    if a[-1] in _COLONS and 1 < len(a) <= LONGEST_LABEL:
        joins = len(b) <= 2
    else:
        joins = a[-1] in _ENDS_OPEN or b[0] in _STARTS_OPEN or _is_separator(b) or _is_separator(a)
    return joins and not ends_sentence(b)


def _is_separator(text: str) -> bool:
    return len(text) <= LONGEST_SEPARATOR and _SEPARATOR_ONLY.match(text) is not None


def _continues_latin(lines: Sequence[Line], i: int) -> bool:
    """Tell whether a sentence goes on in lower case, at once or after a link text of a few words.

    Behind an ideogram, which has no case, that is no evidence: ``标题`` ``http://…``, ``更多新闻`` ``v 标题``.
    """
    if is_cjk(lines[i - 1].text[-1]):
        return False
    if _LOWER.match(lines[i].text):
        return True
    after = lines[i + 1] if i + 1 < len(lines) else None
    return (
        after is not None
        and not after.after_blank
        and lines[i - 1].text.count(" ") >= 5
        and lines[i].text.count(" ") <= 4
        and bool(_LOWER.match(after.text) or _STARTS_MID.match(after.text))
    )


def _continues_cjk(a: Line, b: Line) -> bool:
    """Tell whether a sentence was cut at a link: a short piece beside a clause, no ``label:`` in either."""
    if _LABEL.search(a.text) or _LABEL.search(b.text[:12]):
        return False
    into = a.units <= INLINE or bool(_CLAUSE_MARK.search(a.text))
    clause_after = b.units >= 15 and bool(_CLAUSE_MARK.search(b.text)) and into
    link_after = a.units >= 15 and bool(_CLAUSE_MARK.search(a.text)) and b.units <= INLINE
    return clause_after or link_after
