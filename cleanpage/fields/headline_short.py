"""Headlines that no line's features speak for: one word, a paper's name, an entry of an encyclopedia."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from cleanpage.fields.headline_features import FIRST_LINES, NOT_TITLES
from cleanpage.fields.headline_text import (
    AFTER_LEAD,
    JOINED_SCORE,
    MAX_BROKEN,
    MAX_UNITS,
    MIN_UNITS,
    PAPER_END,
    PAPER_SCORE,
    PAPER_START,
    given_titles,
    is_in_tag,
)
from cleanpage.fields.shared.evidence import Evidence, Headline, blocks_of, key
from cleanpage.fields.shared.names import is_organisation
from cleanpage.fields.shared.suffix import CHANNELS, MAX_SITE_UNITS, heads
from cleanpage.text import fold, units
from cleanpage.text.lazy_regex import lazy

SHORT_TITLE, MAX_PERSON = 6.0, 7.0
"""Length below which a headline has no features that speak for it; of a line with a person's name; in ideograms."""
NOTICE_SCORE = 7.0
"""Of a title of one word: a line that is a good headline by itself has more."""
MAX_ENTRY = 20
"""Longest name of an encyclopedia's entry in characters."""
ENTRY_LINES = 3
"""Most lines between a dictionary's entry, which its ``<title>`` begins with, and the text."""
_NOTICE = lazy(
    "讣告|讣闻|公告|通知|通告|启事|声明|公示|告示|通报|唁电|贺信|倡议书|更正|致歉|简讯|(?:寻[人物]|招领|招聘|征稿|征婚|迁坟)启事"
    "|(?:遗失|郑重|更正|严正)声明|悼词|祭文|序言?|自序|前言|后记|跋|卷首语|编后记?|(?:道歉|感谢|公开|慰问|邀请|介绍|推荐|致歉)[信函]"
    "|批复|决定|决议|答复|停[电水气]通知|放假通知|招生简章|任职公示|喜报|捷报|辟谣|致辞|讲话"
)
_ENCYCLOPEDIA = lazy("百科|词条|维基|wikipedia")
_IS = lazy(r" ?(?:[(,]|是|为|位于|即|指|又称|又名|简称|原名)")
"""What stands behind the name in the first sentence of an entry."""


def short_heading(page: Evidence, h1: AbstractSet[int]) -> Iterator[Headline]:
    """Yield the page's only h1, or h2 if it has none, if it is short and the HTML head says the same: ``Heron``.

    So does a ``<title>`` that says it before names of section and site; what is long or a heading behind it is
    another headline, and the h1 the name of the site.
    """
    near = (i for i in page.top_headings if i < page.lead + AFTER_LEAD)
    lone = h1 or {i for i in near if is_in_tag(page, i, "h2")}
    i = next(iter(lone), len(page.blocks))
    if len(lone) != 1 or i >= page.lead + AFTER_LEAD or not page.keys[i] or page.blocks[i].units >= MIN_UNITS:
        return
    block, own, given = page.blocks[i], page.keys[i], page.draft.source.meta
    if block.folded == fold(given.get("og:site_name", "")):
        return
    headings = {page.keys[j] for j, other in enumerate(page.blocks) if j != i and other.kind == "heading"}
    tags = [other.text for other in page.blocks[:FIRST_LINES] if other.dom is not None and other.dom.tag == "title"]
    for text in (*tags, *given_titles(page)):
        rest = [key(fold(text[len(head) :])) for head in heads(text) if key(fold(head)) == own]
        behind = rest and units(rest[0]) <= MAX_SITE_UNITS and rest[0] not in headings
        entry = 0 < page.first - i <= ENTRY_LINES and fold(text).startswith(f"{block.folded} ")
        if behind or entry or key(fold(text)) == own:
            yield Headline(i, i, block.text, own, JOINED_SCORE)
            return


def short_line(page: Evidence) -> Iterator[Headline]:
    """Yield a short line of a text right above its publish line or first paragraph that ``<title>`` begins with."""
    named = {key(fold(head)) for block in page.blocks[:1] for head in heads(block.text)}
    for i in range(1, page.lead if named else 0):
        block = page.blocks[i]
        if block.dom is not None or page.keys[i] not in named or not 0 < block.units < SHORT_TITLE:
            continue
        if is_organisation(block.text) or CHANNELS.fullmatch(block.folded):
            continue
        text_begins = next((j for j in page.body if j > i), page.lead)
        between = range(i + 1, text_begins)
        dated = not between or any(map(page.has_date, between))
        # A longer line between would be the headline, and this one its section.
        if dated and len(between) <= MAX_BROKEN and all(_is_of_byline(page, j) for j in between):
            yield Headline(i, i, block.text, page.keys[i], JOINED_SCORE)
            return


def _is_of_byline(page: Evidence, j: int) -> bool:
    """Tell whether a line may stand between headline and text: with a date or next to one, or as short as a name."""
    return page.blocks[j].units <= MAX_PERSON or any(page.has_date(k) for k in (j - 1, j, j + 1))


def notice_title(page: Evidence) -> Iterator[Headline]:
    """Yield a title of one word right above the publish line or the text: ``讣告``, ``公告``."""
    crumbs = blocks_of(page.labels, NOT_TITLES)
    for i in range(min(page.lead, len(page.blocks) - 1)):
        text = page.blocks[i].text
        plain = page.blocks[i].units <= MIN_UNITS + 1 and not text.isascii() and i not in crumbs
        if not plain or not _NOTICE.fullmatch(fold(text).replace(" ", "")):
            continue
        text_begins = next((j for j in page.body if j > i), page.lead)
        between = range(i + 1, text_begins)
        if len(between) <= MAX_BROKEN and all(page.has_date(j) or j in crumbs for j in between):
            yield Headline(i, i, text, page.keys[i], NOTICE_SCORE)
            return


def paper_title(page: Evidence) -> Iterator[Headline]:
    """Yield the line right above a paper's text that says which office issues what: ``X办公室关于…的通知``."""
    for i in range(page.lead - 1, max(-1, page.lead - 1 - MAX_BROKEN), -1):
        block = page.blocks[i]
        if block.units <= MAX_UNITS and PAPER_START.match(block.folded) and PAPER_END.search(block.folded):
            yield Headline(i, i, block.text, page.keys[i], NOTICE_SCORE)
            return


def entry_title(page: Evidence) -> Iterator[Headline]:
    """Yield the name of what an encyclopedia's entry is about: its first sentence begins with it."""
    if page.lead >= len(page.blocks) or not any(_ENCYCLOPEDIA.search(block.folded) for block in page.blocks[:3]):
        return
    opening = page.blocks[page.lead].folded
    for i in range(page.lead):
        name = page.blocks[i].folded
        if 2 <= len(name) <= MAX_ENTRY and opening.startswith(name) and _IS.match(opening, len(name)):
            yield Headline(i, i, page.blocks[i].text, page.keys[i], PAPER_SCORE)
            return
