"""Labelled values: ``来源: 长治日报``, several on one line, or a label on one line and its value on the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.draft import TextBlock
from cleanpage.fields.shared.labels import document_labels, endings, meanings, row_ends, row_starts
from cleanpage.fields.shared.when import may_hold_usual_date
from cleanpage.text.lazy_regex import lazy

MAX_HALF = 2
"""Longest half of a label that is set apart, in characters."""
MAX_UNITS = 150.0
"""Longer blocks are running text; an inscriptis row of a government table with a long title stays below."""

PARTED, YEARS, ROW, TOP = 1, 2, 4, 8
"""Marks of a line that is no running text: it holds what may set a value off; it may hold a usual date; it begins or
ends as the rows of government tables do. Of any line: it stands in an h1 or h2."""
_ENDS_LABEL, _ENDS_ROW, _BEGINS_ROW = 1, 2, 4
"""What a letter may be of a label; so may a blank end one."""
_CELL = lazy(r"\S+")
_LABEL_END = lazy(lambda: f"[:|/\\]](?<=[ {re.escape(''.join(sorted({label[-1] for label in meanings()})))}].)")
"""What sets a value off behind a blank or the last letter of a label."""
_BAR_MEANINGS = frozenset({"author", "photographer", "editor", "source"})
"""Labels that may be set off by a bar or a slash instead of a colon: ``校对|黄慧敏``, ``编辑/倪家宁``."""

_AFTER_DATE = frozenset("日时分秒年号点")
_OF_OFFICES, MAX_OFFICE = frozenset({"editor", "reporter"}), 5
"""Labels that may begin with the name of an office; its longest one and the blank before it, in characters."""
_OFFICE_BEFORE = lazy(r"(?:(?<=[ (\[|])|^)[\u4e00-\u9fff]{2,4}$")
_EDGES = " |[]<>,;·-_、，;。*"
_CUT = lazy(r" ?[|\]]| (?=[\[(] ?(?:字|打印|关闭|返回|收藏))")
"""Where a value ends before the next label: at a bar, a closing bracket, a tool in brackets."""

_NATION = lazy(r"[\[(] ?[\u4e00-\u9fff]{1,3} ?[\])] ?(?=[\u4e00-\u9fff])")
"""The nationality before a foreign writer's name: ``[美]``."""


class LabelledValue(NamedTuple):
    """One labelled value."""

    meaning: str
    """What the label announces; see ``labels``."""
    label: str
    """The label as printed, without blanks."""
    value: str
    """The value as printed; empty if none follows."""
    at: int
    """Index of the block with the label."""
    block: int
    """Index of the block with the value."""


class _Label(NamedTuple):
    meaning: str
    start: int
    end: int
    after: int


@cache
def letters_of_labels() -> bytes:
    """Return what each letter may be of a label, by its code point."""
    kinds = bytearray(0x10000)
    ends = {" ", *(label[-1] for label in meanings())}
    for part, letters in ((_ENDS_LABEL, ends), (_ENDS_ROW, row_ends()), (_BEGINS_ROW, row_starts())):
        for letter in letters:
            kinds[ord(letter)] |= part
    return bytes(kinds)


@twin("fields")
def line_marks(blocks: Sequence[TextBlock], letters: bytes) -> bytes:
    """Return the marks of each block; ``letters`` are ``letters_of_labels``."""
    return bytes([_mark_of(block, letters) for block in blocks])


def _mark_of(block: TextBlock, letters: bytes) -> int:
    folded, top = block.folded, TOP * (block.dom is not None and block.dom.tag in ("h1", "h2"))
    if not folded or block.units > MAX_UNITS:
        return top
    parted = any(_is(letters, before, _ENDS_LABEL) for before, mark in pairwise(folded) if mark in ":|/]")
    row = _is(letters, folded[-1], _ENDS_ROW) or (block.dom is None and _is(letters, folded[0], _BEGINS_ROW))
    return PARTED * parted | YEARS * may_hold_usual_date(folded) | ROW * row | top


def _is(letters: bytes, letter: str, part: int) -> bool:
    return ord(letter) < len(letters) and letters[ord(letter)] & part != 0


def find_pairs(blocks: Sequence[TextBlock], marks: bytes) -> tuple[LabelledValue, ...]:
    """Return the labelled values of all blocks that are not running text, in order; ``marks`` are ``line_marks``."""
    pairs: list[LabelledValue] = []
    for i in [i for i, mark in enumerate(marks) if mark & (PARTED | ROW)]:
        labels = list(_labels_in(blocks[i]))
        for n, label in enumerate(labels):
            stop = labels[n + 1].start if n + 1 < len(labels) else len(blocks[i].text)
            pairs.append(_pair(blocks, i, label, stop))
        if not labels and (split := _split_label(blocks, i)):
            pairs.append(split)
    return tuple(pairs)


def _split_label(blocks: Sequence[TextBlock], i: int) -> LabelledValue | None:
    """Return the pair of a letter-spaced label of two words that a flattener has put on two lines: ``文``, ``号：``."""
    before, colon = blocks[i - 1].folded if i else "", blocks[i].folded.find(":")
    if not (0 < colon <= MAX_HALF and 0 < len(before) <= MAX_HALF):
        return None
    name = before + blocks[i].folded[:colon].strip()
    meaning = meanings().get(name)
    return (
        _pair(blocks, i, _Label(meaning, 0, colon, colon + 1), len(blocks[i].text))._replace(label=name)
        if meaning
        else None
    )


def _labels_in(block: TextBlock) -> Iterator[_Label]:
    folded = block.folded
    for match in _LABEL_END.finditer(folded):
        at = match.start()
        label = _label_before(block, at)
        if label is None:
            continue
        meaning = meanings()[label[1]]
        if match[0] == "]":  # ``[发文机关] …``
            if folded[:1] == "[" and label[0] == 1:
                yield _Label(meaning, 1, at, at + 1)
            continue
        cell = match[0] == "|" and block.kind == "table" and folded[: label[0]].rstrip()[-1:] in ("", "|")
        barred = meaning in _BAR_MEANINGS or cell or (match[0] == "|" and meaning == "other")
        if match[0] == ":" or (barred and at + 1 < len(folded)):
            yield _Label(meaning, label[0], at, at + 1)
    if folded[:1] in row_starts() and _is_row(block):
        yield from _cells(folded)
    elif folded[-1:] in row_ends():
        row = document_labels().get(folded.replace(" ", ""))
        if row:
            yield _Label(row, 0, len(folded), len(folded))


def _is_row(block: TextBlock) -> bool:
    """Tell whether a line of text begins with a label of a government table and a blank: its colons were rules."""
    if block.dom is not None or block.folded.isascii() or block.folded[0] not in row_starts():
        return False
    label, blank, _ = block.folded.partition(" ")
    return bool(blank) and len(label) > 2 and label in document_labels()


def _cells(folded: str) -> Iterator[_Label]:
    """Yield the labels among the cells of such a row."""
    for cell in _CELL.finditer(folded):
        meaning = meanings().get(cell[0])
        if meaning is not None and len(cell[0]) > 1:
            yield _Label(meaning, cell.start(), cell.end(), cell.end())


def _label_before(block: TextBlock, at: int) -> tuple[int, str] | None:
    """Return start and folded form of the longest label that ends before ``at``; it may be letter-spaced."""
    folded, word, best = block.folded, "", None
    ends, labels = endings(), meanings()
    i = at
    while i > 0:
        i -= 1
        if folded[i] == " ":
            continue
        word = folded[i] + word
        if word not in ends:
            break
        if word in labels and (_begins_word(block, i) or _names_office(word, folded, i)):
            best = (i, word)
    return best


def _begins_word(block: TextBlock, i: int) -> bool:
    if i == 0 or not block.folded[i - 1].isalpha() or block.folded[i - 1] in _AFTER_DATE:
        return True
    # Flatteners glue neighbours: "Jane DoePublished:".
    return block.text[i - 1].islower() and block.text[i].isupper()


def _names_office(word: str, folded: str, i: int) -> bool:
    """Tell whether a role has the short name of an office before it, which begins a word: ``红星编辑``."""
    return (
        meanings()[word] in _OF_OFFICES
        and len(word) > 1
        and _OFFICE_BEFORE.search(folded, max(0, i - MAX_OFFICE), i) is not None
    )


def _pair(blocks: Sequence[TextBlock], i: int, label: _Label, stop: int) -> LabelledValue:
    block = blocks[i]
    name = block.text[label.start : label.end].replace(" ", "")
    if block.folded[label.start - 1 : label.start] in ("(", "[") and block.folded[label.end : label.end + 1] != "]":
        closing = block.folded.find(")" if block.folded[label.start - 1] == "(" else "]", label.after, stop)
        stop = closing if closing > 0 else stop
    value = _value(block, label.after, stop)
    if value or stop < len(block.text) or i + 1 >= len(blocks) or not _may_be_value(blocks[i + 1]):
        return LabelledValue(label.meaning, name, value, i, i)
    following = blocks[i + 1]
    return LabelledValue(label.meaning, name, _value(following, 0, len(following.text)), i, i + 1)


def _may_be_value(block: TextBlock) -> bool:
    """Tell whether a block can be the value of a label on the line before: bs4 puts them on two lines."""
    return block.units <= MAX_UNITS and not block.is_prose and not any(True for _ in _labels_in(block))


def _value(block: TextBlock, start: int, stop: int) -> str:
    """Return the value between two offsets: up to the first bar, without what is not part of it at both ends."""
    while start < stop and block.folded[start] in _EDGES:
        start += 1
    if nation := _NATION.match(block.folded, max(0, start - 1), stop):
        start = nation.end()
    for cut in _CUT.finditer(block.folded, start, stop):
        # A closing bracket that was opened in the value is part of it: "国办发〔2019〕4号".
        if cut[0] != "]" or "[" not in block.folded[start : cut.start()]:
            stop = cut.start()
            break
    return _strip(block.text[start:stop], block.folded[start:stop])


def _strip(value: str, folded: str) -> str:
    """Cut separators and unpaired brackets from the end."""
    start, end = 0, len(folded)
    while end > start and (folded[end - 1] in _EDGES or _unpaired(folded, start, end)):
        end -= 1
    return value[start:end]


def _unpaired(folded: str, start: int, end: int) -> bool:
    last = folded[end - 1]
    return last == "(" or (last == ")" and folded.count("(", start, end) < folded.count(")", start, end))
