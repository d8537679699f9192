"""Headlines that stand on several lines: cut at an inner stop, broken over lines, above the number of a paper."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from cleanpage.draft import TextBlock
from cleanpage.fields.headline_features import FIRST_LINES, is_heading
from cleanpage.fields.headline_text import (
    AFTER_LEAD,
    BEFORE_LEAD,
    JOINED_SCORE,
    MAX_BROKEN,
    MAX_UNITS,
    MIN_COLUMN,
    MIN_UNITS,
    PAPER_END,
    PAPER_SCORE,
    PAPER_START,
    given_titles,
    is_in_tag,
)
from cleanpage.fields.shared.evidence import Evidence, Headline, key
from cleanpage.fields.shared.suffix import headline_part, heads, site_parts
from cleanpage.text import fold, is_cjk, units
from cleanpage.text.lazy_regex import lazy

MIN_JOINED, MOST_JOINED = 12.0, 2
"""Shortest headline that is broken over lines, in ideograms; how many a page has at most, its subtitle among them."""
_PAPER_NUMBER = lazy(r"^[\u4e00-\u9fff]{1,12} ?[(\[<] ?(?:19|20)\d\d ?[)\]>] ?第?\d{1,4} ?号$")


def glued_title(page: Evidence) -> Iterator[Headline]:
    """Yield a line that was cut behind ``！`` or ``。`` and that the HTML head names whole."""
    told = {key(fold(headline_part(title, page.known, page.draft.endings))) for title in given_titles(page)}
    if not told - {""}:
        return
    for i in range(min(page.lead + AFTER_LEAD, len(page.blocks) - 1)):
        if page.blocks[i + 1].glued and not page.blocks[i].glued:
            text, last = page.line(i, MAX_UNITS)
            if last > i and (joined := key(fold(text))) in told:
                yield Headline(i, last, text, joined, JOINED_SCORE)


def joined_title(page: Evidence) -> Iterator[Headline]:
    """Yield titles that are broken over two or three lines, as on government papers."""
    titles = {key(fold(head)) for block in page.blocks[:FIRST_LINES] for head in heads(block.text)}
    sites = {key(fold(name)) for block in page.blocks[:FIRST_LINES] for name, _ in site_parts(block.text)}
    whole = page.known.union([key(fold(pair.value)) for pair in page.paired("title")], titles)
    if any(is_in_tag(page, i, "h1") for i in page.top_headings):
        yield from _broken_h1(page, [*whole, *(key(fold(title)) for title in given_titles(page))])
        return
    ordered = sorted(whole)
    never = page.no_titles
    yield from _above_number(page, never)
    found: dict[str, Headline] = {}
    sited = {i + 1 for i, own in enumerate(page.keys[: page.lead - 1]) if own in titles and page.keys[i + 1] in sites}
    for i in range(max(0, page.lead - BEFORE_LEAD), page.lead):
        own = page.keys[i]
        at = bisect_right(ordered, own)
        begins = at < len(ordered) and ordered[at].startswith(own)
        if own and i not in never and (begins or "关于" in own):
            found |= {headline.key: headline for headline in _joined_from(page, i, whole, never | sited)}
    # Several are the teasers of a list that stands on the page twice.
    yield from found.values() if len(found) <= MOST_JOINED else ()


def _broken_h1(page: Evidence, said: Sequence[str]) -> Iterator[Headline]:
    """Yield the lines of one h1 that ``<title>`` or another line gives as one."""
    lines = [i for i in page.top_headings if i < page.lead and is_heading(page.blocks[i])]
    for elements, run in groupby(lines, lambda i: _element_ids(page, i)):
        first, *more = run
        if more and elements and more[-1] - first == len(more) < MAX_BROKEN:
            own = "".join(page.keys[first : more[-1] + 1])
            if any(title.startswith(own) for title in said):
                yield Headline(first, more[-1], join_blocks(page.blocks[first : more[-1] + 1]), own, JOINED_SCORE)


def _element_ids(page: Evidence, i: int) -> tuple[int, ...]:
    dom = page.blocks[i].dom
    return dom.ids if dom else ()


def _joined_from(page: Evidence, i: int, whole: AbstractSet[str], never: AbstractSet[int]) -> Iterator[Headline]:
    for last in range(i + 1, min(i + MAX_BROKEN, page.lead)):
        if not page.keys[last] or page.blocks[last].units > MAX_UNITS or last in never:
            break
        if page.keys[last] == page.keys[i]:
            break
        joined = "".join(page.keys[i : last + 1])
        agreed = joined in whole and _heads_text(page, last)
        if agreed or ("关于" in page.keys[i] and PAPER_END.search(page.blocks[last].folded)):
            text = join_blocks(page.blocks[i : last + 1])
            if units(text) >= (MIN_COLUMN if agreed and joined not in page.known else MIN_JOINED):
                yield Headline(i, last, text, joined, JOINED_SCORE if agreed else PAPER_SCORE)


def _heads_text(page: Evidence, i: int) -> bool:
    """Tell whether the text or its publish line follows block ``i``; below the teasers of a list, others follow."""
    return i >= page.lead - MAX_BROKEN or any(page.has_date(j) for j in range(i + 1, i + 1 + MAX_BROKEN))


def _above_number(page: Evidence, never: AbstractSet[int]) -> Iterator[Headline]:
    """Yield the lines between the name of an office and the number of its paper, which stands alone under the title."""
    numbers = (i for i in range(min(page.lead + 1, len(page.blocks))) if _PAPER_NUMBER.match(page.blocks[i].folded))
    number = next(numbers, 0)
    for first in range(max(0, number - MAX_BROKEN), number):
        text = join_blocks(page.blocks[first:number])
        folded = fold(text).replace(" ", "")
        alone = len({*page.keys[first:number]}) == number - first and "|" not in folded
        alone = alone and page.blocks[first].units >= MIN_UNITS
        if alone and never.isdisjoint(range(first, number)) and PAPER_START.match(folded) and PAPER_END.search(folded):
            yield Headline(first, number - 1, text, key(fold(text)), JOINED_SCORE)
            return


def join_blocks(blocks: Sequence[TextBlock]) -> str:
    """Return the text of several lines as one: with a blank between words, with none beside ideograms."""
    text = blocks[0].text
    for block in blocks[1:]:
        text += block.text if is_cjk(text[-1]) or is_cjk(block.text[0]) else " " + block.text
    return text
