"""Which short line before the body is the headline."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from cleanpage.fields.byline import BY
from cleanpage.fields.headline_features import FIRST_LINES, h1_of
from cleanpage.fields.headline_joined import glued_title, join_blocks, joined_title
from cleanpage.fields.headline_lines import heaviest_line
from cleanpage.fields.headline_short import entry_title, notice_title, paper_title, short_heading, short_line
from cleanpage.fields.headline_stacked import above_subtitle
from cleanpage.fields.headline_text import (
    BEFORE_LEAD,
    JOINED_SCORE,
    MAX_BROKEN,
    MAX_HEADING,
    MAX_UNITS,
    META_SCORE,
    MIN_UNITS,
    TABLE_SCORE,
    given_titles,
    is_readable,
)
from cleanpage.fields.shared.evidence import Evidence, Headline, key
from cleanpage.fields.shared.names import is_name
from cleanpage.fields.shared.suffix import headline_part
from cleanpage.text import fold, is_cjk, units

LAST_SCORE, MIN_WORDS, _OPEN_ENDS = 0.1, 3, ":：,，、;；。."
"""Score of the line between menu and text that no feature speaks for, its fewest words, and what ends no headline."""
_SENTENCE_ENDS = ".?!…。？！।"
"""What ends a sentence of a headline of two."""
WEAK_SCORE, MAX_WEEKDAY = 2.0, 12
"""Score below which a line is a headline for want of a better one; characters besides the day in the line of a date."""


def find_headline(page: Evidence) -> Headline | None:
    """Return the headline, None if no line looks like one."""
    sites, every_h1 = _site_headings(page), h1_of(page)
    h1 = every_h1 - sites
    options = [
        *_named(page), *_behind_site(page, every_h1, sites), *heaviest_line(page, h1, sites), *joined_title(page),
        *glued_title(page), *notice_title(page), *paper_title(page), *entry_title(page), *short_heading(page, h1),
        *short_line(page), *above_subtitle(page),
    ]  # fmt: skip
    best = max(options, key=lambda headline: headline.score, default=None)
    if best is None or best.score <= 0:
        return _between(page) or _first_heading(page, sites)
    best = (_below_date(page) or best) if best.score < WEAK_SCORE else best
    best = _above_name(page, best) or _below_kicker(page, best) or _with_rest(page, best) or best
    best = _whole_line(page, best) or best
    return _above_text(page, best)


def _site_headings(page: Evidence) -> AbstractSet[int]:
    """Return the lines that name the site, on a page that has a heading besides; the ``<title>`` may be one."""
    found = set(page.sites)
    keys = {page.keys[i] for i in found}
    near = range(max(0, page.lead - BEFORE_LEAD // 2), min(page.lead + 1, len(page.blocks)) if found else 0)
    if not any(page.blocks[i].kind == "heading" and page.keys[i] not in keys for i in near):
        return frozenset()
    return found.union(i for i, own in enumerate(page.keys[:FIRST_LINES]) if own in keys)


def _above_name(page: Evidence, best: Headline) -> Headline | None:
    """Return the line above if the best is a person's name beside a date, None otherwise."""
    i = best.first - 1
    named = i > 0 and best.last == best.first and " " in best.text and page.blocks[best.first].dom is None
    if not named or not page.has_date(best.first + 1) or not is_name(best.text, surname=True):
        return None
    return _other_line(page, i, best) if _may_head(page, i) and not is_name(page.blocks[i].text) else None


def _below_kicker(page: Evidence, best: Headline) -> Headline | None:
    """Return the line below if the best is the one word above it that says where it is about, None otherwise.

    The text begins with such a place, and no ``<title>`` begins with it.
    """
    i = best.last + 1
    kicker = best.first == best.last and " " not in best.text and not is_cjk(best.text[-1]) and best.first > 0
    if not kicker or i >= page.lead or page.blocks[best.first].dom is not None:
        return None
    words = page.blocks[i].text.count(" ") + 1
    below = words >= MIN_WORDS and _may_head(page, i) and page.blocks[i].units <= MAX_HEADING
    opening = page.lead < len(page.blocks) and fold(best.text) in page.blocks[page.lead].folded
    plain = below and opening and page.blocks[i].text[-1] not in _OPEN_ENDS and not BY.match(page.blocks[i].folded)
    return _other_line(page, i, best) if plain and best.key not in page.keys[:FIRST_LINES] else None


def _with_rest(page: Evidence, best: Headline) -> Headline | None:
    """Return the headline with the next line if this goes on in lower case, None if it does not."""
    i = best.last + 1
    if i >= page.lead or page.blocks[best.first].dom is not None or best.text != page.blocks[best.last].text:
        return None
    text, ends = page.blocks[i].text, best.text[-1]
    goes_on = text[:1].islower() and text.partition(" ")[0].isalpha() and (ends.isalnum() or ends == ",")
    plain = goes_on and not is_cjk(ends) and _may_continue(page, i) and not BY.match(page.blocks[i].folded)
    if not plain or best.key in page.keys[: best.last]:
        return None
    text = join_blocks(page.blocks[best.first : i + 1])
    return Headline(best.first, i, text, key(fold(text)), best.score) if units(text) <= MAX_UNITS else None


def _whole_line(page: Evidence, best: Headline) -> Headline | None:
    """Return the headline of two sentences whose last one the best is, None if its line says no more before it."""
    first, last = best.first, best.last
    while first > 0 and page.blocks[first].glued:
        first -= 1
    if first == best.first or page.blocks[first].dom is not None or best.text != page.blocks[last].text:
        return None
    before = range(first, best.first)
    if last >= page.lead or any(i in page.no_titles or i in page.dates for i in before):
        return None
    sentences = [page.blocks[i].text for i in before]
    if not all(text[-1] in _SENTENCE_ENDS and any(map(str.isalpha, text)) for text in sentences):
        return None
    text = join_blocks(page.blocks[first : last + 1])
    return Headline(first, last, text, key(fold(text)), best.score) if units(text) <= MAX_UNITS else None


def _may_head(page: Evidence, i: int) -> bool:
    """Tell whether a line may be a headline by its length, and by what it is not."""
    return MIN_UNITS <= page.blocks[i].units <= MAX_UNITS and _may_continue(page, i)


def _may_continue(page: Evidence, i: int) -> bool:
    """Tell whether a line is no chrome, no sentence of the text and holds no date."""
    return i not in page.no_titles and i not in page.dates and not page.blocks[i].is_prose


def _below_date(page: Evidence) -> Headline | None:
    """Return the line of a text between a bare date and the first paragraph, as in blogs; None if there is none."""
    i = page.lead - 1
    if i < 2 or page.blocks[i].dom is not None or not _may_head(page, i) or not page.has_date(i - 1):
        return None
    day = page.dates[i - 1][0]
    text, rest = page.blocks[i].text, len(page.blocks[i - 1].text) - (day.end - day.start)
    if rest > MAX_WEEKDAY or i - 2 in page.dates or not is_readable(text) or is_name(text):
        return None
    return Headline(i, i, text, page.keys[i], WEAK_SCORE)


def _other_line(page: Evidence, i: int, best: Headline) -> Headline:
    return Headline(i, i, page.blocks[i].text, page.keys[i], best.score)


def _first_heading(page: Evidence, sites: AbstractSet[int]) -> Headline | None:
    """Return the first heading right above the text and its publish lines, None if there is none."""
    chrome = page.no_titles | sites
    for i in range(max(0, page.lead - MAX_BROKEN), page.lead if page.body else 0):
        block = page.blocks[i]
        if block.kind == "heading" and i not in chrome and i not in page.dates and is_readable(block.text):
            return Headline(i, i, block.text, page.keys[i], LAST_SCORE)
    return None


def _above_text(page: Evidence, best: Headline) -> Headline:
    """Return a headline that the ``<title>`` says where it stands once more, the last time above the text."""
    if best.last >= FIRST_LINES or page.blocks[best.first].dom is not None:
        return best
    again = [i for i in range(FIRST_LINES - 1, page.lead) if i > best.last and page.keys[i] == best.key]
    return replace(best, first=again[-1], last=again[-1]) if again else best


def _between(page: Evidence) -> Headline | None:
    """Return the one line of a text that stands between menu and first paragraph, however short; None if none does.

    Above a publish line it may be a word: ``盐棚``.
    """
    chrome, end = page.no_titles, page.lead
    while end > 0 and (end - 1 in page.dates or end - 1 in chrome or page.blocks[end - 1].folded[-1:] == ":"):
        end -= 1
    i = end - 1
    if i < 0 or end > page.first or page.blocks[i].dom is not None or page.lead - end > MAX_BROKEN:
        return None
    block = page.blocks[i]
    below = i == 0 or i - 1 in chrome or page.blocks[i - 1].units < MIN_UNITS
    alone = i not in chrome and below and (end == page.lead or page.has_date(end))
    words = block.text.count(" ") + 1 >= MIN_WORDS and MIN_UNITS <= block.units <= MAX_UNITS
    words = words or (end < page.lead and is_cjk(block.text[0]) and len(block.text) > 1 and i > 0)
    named = is_name(block.text, surname=end < page.lead)
    if not (alone and words) or named or block.glued or block.is_prose or not is_readable(block.text):
        return None
    return None if block.text[-1] in _OPEN_ENDS else Headline(i, i, block.text, page.keys[i], LAST_SCORE)


def _named(page: Evidence) -> Iterator[Headline]:
    """Yield what the page itself calls its title: the row of a government table, the HTML head."""
    for pair in page.paired("title"):
        if pair.value and units(pair.value) >= MIN_UNITS and page.has_document_row(pair.at):
            yield Headline(pair.block, pair.block, pair.value, key(fold(pair.value)), TABLE_SCORE)
    given = page.draft.source.meta
    for title in given_titles(page):
        text = headline_part(title, page.known, page.draft.endings)
        if text and page.blocks and fold(text) != fold(given.get("og:site_name", "")):
            yield Headline(0, 0, text, key(fold(text)), META_SCORE)
            return


def _behind_site(page: Evidence, lone: AbstractSet[int], sites: AbstractSet[int]) -> Iterator[Headline]:
    """Yield what ``<title>`` says behind the page's only h1, if it is a heading too: then the h1 names the site.

    Behind an h1 that is known to name it, it may say more before the heading: ``Site » Archive » Headline``.
    """
    i = next(iter(lone), -1)
    if len(lone) != 1 or not page.keys[i]:
        return
    for tag in (block for block in page.blocks[:FIRST_LINES] if block.dom is not None and block.dom.tag == "title"):
        own = key(tag.folded)
        rest = own.removeprefix(page.keys[i])
        for j in range(i + 1, min(page.lead + 1, len(page.blocks))) if own != rest != "" else ():
            there = page.keys[j]
            told = rest.endswith(there) if i in sites else rest == there and j >= page.lead - MAX_BROKEN
            if page.blocks[j].kind == "heading" and there and told:
                yield Headline(j, j, page.blocks[j].text, there, JOINED_SCORE)
                return
