"""Which short line before the body is the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleanpage.draft import TextBlock
from cleanpage.fields.evidence import Evidence, Headline, key
from cleanpage.fields.headline_features import FIRST_LINES, NOT_TITLES, set_scene, weigh
from cleanpage.fields.suffix import headline_part
from cleanpage.text import fold, is_cjk, normalise, units

MAX_UNITS = 70.0
"""Longest headline in ideograms (210 letters); the longest of 1,015 labelled ones has 61."""
MIN_UNITS = 3.4
"""Shortest: three ideograms and a mark, or eleven letters; shorter lines are menus nearly always."""
BEFORE_LEAD, AFTER_LEAD = 80, 30
"""How far from the body's first running text the headline is looked for."""
MAX_BROKEN = 4
"""Most lines that a title is broken over."""
TABLE_SCORE, JOINED_SCORE, PAPER_SCORE, META_SCORE = 30.0, 20.0, 12.0, 8.0
"""Scores of what is not found line by line, on the scale of ``WEIGHTS``, where a good line has 6 to 12: the title row
of a government table is sure; lines that agree with the HTML head pass what it says alone."""
MIN_JOINED = 12.0
"""Shortest headline that is broken over lines, in ideograms."""

_PAPER_END = re.compile(
    r"(?:通知|意见|决定|办法|公告|条例|规定|批复|通报|方案|报告|函|规划|公报|命令|指示|纲要|细则|通告)(?:\(.{1,12}\))?$"
)


def find_headline(page: Evidence) -> Headline | None:
    """Return the headline, None if no line looks like one."""
    options = [*_named(page), *_lines(page), *_joined(page)]
    best = max(options, key=lambda headline: headline.score, default=None)
    return best if best is not None and best.score > 0 else None


def _named(page: Evidence) -> Iterator[Headline]:
    """Yield what the page itself calls its title: the row of a government table, the HTML head."""
    for pair in page.paired("title"):
        if pair.value and units(pair.value) >= MIN_UNITS and page.has_document_row(pair.at):
            yield Headline(pair.block, pair.block, pair.value, key(fold(pair.value)), TABLE_SCORE)
    given = page.draft.source.meta
    for name in ("og:title", "title"):
        text = headline_part(normalise(given.get(name, "")), page.keys)
        if text and page.blocks:
            yield Headline(0, 0, text, key(fold(text)), META_SCORE)
            return


def _lines(page: Evidence) -> Iterator[Headline]:
    """Yield every line that could be the headline, with the weighed sum of what speaks for it."""
    scene = set_scene(page)
    for i in possible(page):
        text = headline_part(page.blocks[i].text, page.keys) if i < FIRST_LINES else page.blocks[i].text
        own = page.keys[i] if text == page.blocks[i].text else key(fold(text))
        yield Headline(i, i, text, own, weigh(scene, i, text, own))


def possible(page: Evidence) -> Iterator[int]:
    """Yield the short lines before the body and, in case the body begins too early, shortly after its first line."""
    stop = min(page.lead + AFTER_LEAD, len(page.blocks))
    for i in (*range(min(FIRST_LINES, stop)), *range(max(FIRST_LINES, page.lead - BEFORE_LEAD), stop)):
        if MIN_UNITS <= page.blocks[i].units <= MAX_UNITS and _readable(page.blocks[i]):
            yield i


def _readable(block: TextBlock) -> bool:
    """Tell whether the block holds words, more than a date, and no address."""
    return "@" not in block.text and sum(map(str.isalpha, block.text)) >= max(2.0, len(block.text) * 0.4)


def _joined(page: Evidence) -> Iterator[Headline]:
    """Yield titles that are broken over two or three lines, as on government papers."""
    whole = set(page.keys)
    whole.update(key(fold(pair.value)) for pair in page.paired("title"))
    for i in range(page.lead):
        for last in range(i + 1, min(i + MAX_BROKEN, page.lead)):
            if page.blocks[last].units > MAX_UNITS or page.sure[last] & NOT_TITLES or page.sure[i] & NOT_TITLES:
                break
            joined = "".join(page.keys[i : last + 1])
            agreed = joined in whole
            if agreed or ("关于" in page.keys[i] and _PAPER_END.search(page.blocks[last].folded)):
                text = _join(page.blocks[i : last + 1])
                if units(text) >= MIN_JOINED:
                    yield Headline(i, last, text, joined, JOINED_SCORE if agreed else PAPER_SCORE)


def _join(blocks: Sequence[TextBlock]) -> str:
    text = blocks[0].text
    for block in blocks[1:]:
        text += block.text if is_cjk(text[-1]) or is_cjk(block.text[0]) else " " + block.text
    return text
