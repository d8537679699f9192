"""The head table of a government paper (TAXONOMY 1.25)."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.evidence import TABLE_BLOCKS, Claim, Evidence, key
from cleanpage.fields.shared.labels import DOCUMENT_MEANINGS
from cleanpage.fields.shared.when import find_dates
from cleanpage.labels import Label
from cleanpage.model import Document
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

RULE = "document"
TABLE, NUMBER_LINE = 2.0, 0.5  # scores of the head table, and of a number alone
ISSUED = 0.2
"""A paper is published on the day it is sent out, if nothing else says when."""
_ISSUED = frozenset({"发文日期", "发文时间", "印发日期"})
LINES_OF_NUMBER = 8
"""Blocks at the start of the body among which the number of the paper stands as a line of its own."""

_NUMBER = lazy(
    r"^[\u4e00-\u9fff]{1,12} ?[(\[<]? ?(?:19|20)\d\d ?[)\]>]? ?第?\d{1,4}号$"
    r"|^\(?[\u4e00-\u9fff]{0,10}令?第\d{1,4}号\)?$"
    r"|^\((?:19|20)\d\d\)[\u4e00-\u9fff]{1,3}\d{0,6}[\u4e00-\u9fff]{1,4}\d{1,6}号(?:之[一二三四五六七八九十\d]{1,2})?$"
)
_TABLE_MEANINGS = DOCUMENT_MEANINGS | {"title", "published"}


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the Document; the blocks of its table are metadata, not body."""
    rows = [pair for pair in page.pairs if pair.meaning in DOCUMENT_MEANINGS and page.has_document_row(pair.at)]
    titles = [key(fold(pair.value)) for pair in page.paired("title") if pair.value]
    values: dict[str, str] = {}
    for pair in rows:
        value = _clean(pair.meaning, pair.value)
        # The last key of the table often has no value (主题词); what stands on the next line is the headline.
        next_line = pair.block != pair.at and pair.meaning == "keywords"
        if value and not (next_line and any(title.startswith(key(fold(value))) for title in titles)):
            values.setdefault(pair.meaning, value)
    if len(values) >= 2:
        yield page.candidate(rows[0].at, "document", Document(**values), RULE, TABLE)
        yield from _table(page, rows[0].at)
        issued = next((pair for pair in rows if fold(pair.label) in _ISSUED), None)
        if issued is not None and values.get("written"):
            yield page.candidate(issued.block, "published", values["written"], f"{RULE}.issued", ISSUED)
    elif page.body:
        yield from _number_line(page)


def _clean(meaning: str, value: str) -> str | None:
    if meaning == "written":
        dates = find_dates(fold(value))
        return dates[0].iso if dates else None
    return value.replace("\\\\", "\\").strip() or None


def _table(page: Evidence, first: int) -> Iterator[Claim]:
    """Yield a finding for each block that holds a key or a value of the table."""
    blocks = set()
    for pair in page.paired(*_TABLE_MEANINGS, "other"):
        if abs(pair.at - first) <= TABLE_BLOCKS and (pair.meaning != "other" or page.has_document_row(pair.at)):
            blocks |= {pair.at, pair.block}
    for i in sorted(blocks):
        yield page.finding(i, Label.DOCUMENT, RULE, "a row of the head table of a government paper")


def _number_line(page: Evidence) -> Iterator[Claim]:
    """Yield the number that stands under the title of a paper without a table; it stays in the body."""
    for i in range(max(0, page.first - LINES_OF_NUMBER), min(page.first + LINES_OF_NUMBER, len(page.blocks))):
        if "号" in page.blocks[i].folded and _NUMBER.match(page.blocks[i].folded):
            number = page.blocks[i].text
            number = number[1:-1] if number[0] in "(（" and number[-1] in ")）" else number
            paper = Document(number=number, written=_signing_day(page))
            yield page.candidate(i, "document", paper, f"{RULE}.line", NUMBER_LINE)
            return


def _signing_day(page: Evidence) -> str | None:
    """Return the day that first stands alone in a paper: under its text, before what is attached to it."""
    for i in page.body:
        dates = page.dates.get(i, ())
        alone = len(dates) == 1 and dates[0].end - dates[0].start >= len(page.blocks[i].text) - 1
        if alone and len(dates[0].iso) == 10:
            return dates[0].iso
    return None
