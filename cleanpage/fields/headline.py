"""Which short line before the body is the headline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import accumulate, groupby

from cleanpage.draft import TextBlock
from cleanpage.fields.byline import BY
from cleanpage.fields.credits import is_credit_line
from cleanpage.fields.headline_features import (
    BULLETS,
    FIRST_LINES,
    NOT_TITLES,
    TITLES,
    Line,
    expensive_score,
    h1_of,
    is_heading,
    set_scene,
    weigh_early,
)
from cleanpage.fields.reporters import REPORTER_WORD
from cleanpage.fields.shared.datelines import EDITION
from cleanpage.fields.shared.evidence import MAX_KEYED, Evidence, Headline, blocks_of, key
from cleanpage.fields.shared.labels import DOCUMENT_MEANINGS
from cleanpage.fields.shared.names import is_name, is_organisation
from cleanpage.fields.shared.suffix import CHANNELS, MAX_SITE_UNITS, headline_part, heads
from cleanpage.fields.shared.when import find_dates
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.text import fold, is_cjk, normalise, units
from cleanpage.text.lazy_regex import lazy

MAX_UNITS = 70.0
"""Longest headline in ideograms (210 letters); the longest of 1,015 labelled ones has 61."""
MIN_UNITS = 3.4
"""Shortest: three ideograms and a mark, or eleven letters; shorter lines are menus nearly always."""
BEFORE_LEAD, AFTER_LEAD = 40, 30
"""How far from the body's first running text the headline is looked for; 80 before it find no more of 460 titles."""
MAX_BROKEN = 4
"""Most lines that a title is broken over."""
TABLE_SCORE, JOINED_SCORE, PAPER_SCORE, META_SCORE = 30.0, 20.0, 12.0, 4.0
"""Scores of what is not found line by line, on the scale of ``WEIGHTS``, where a good line has 6 to 12: the title row
of a government table is sure; lines that agree with the HTML head pass what it says alone."""
LAST_SCORE, MIN_WORDS, _OPEN_ENDS = 0.1, 3, ":：,，、;；。."
"""Score of the line between menu and text that no feature speaks for, its fewest words, and what ends no headline."""
SHORT_TITLE, MAX_PERSON = 6.0, 7.0
"""Length below which a headline has no features that speak for it; of a line with a person's name; in ideograms."""
STACKED_SCORE, _STACKED, MAX_HEADING, MAX_MAIN = 14.0, 3, 30.0, 0.75
"""Score of the main one of a paper's headings, above that of a good line; how many there are; the longest of them, in
ideograms; share of the first one's length below which the second is the main one."""
NOTICE_SCORE = 7.0
"""Of a title of one word: a line that is a good headline by itself has more."""
MAX_ENTRY = 20
"""Longest name of an encyclopedia's entry in characters."""
ENTRY_LINES = 3
"""Most lines between a dictionary's entry, which its ``<title>`` begins with, and the text."""
WEAK_SCORE, MAX_WEEKDAY = 2.0, 12
"""Score below which a line is a headline for want of a better one; characters besides the day in the line of a date."""
MAX_KICKER = 2
"""Most words of a kicker, which says where or what a headline is about and is no part of it."""
MIN_JOINED, MOST_JOINED = 12.0, 2
"""Shortest headline that is broken over lines, in ideograms; how many a page has at most, its subtitle among them."""

_NO_HEADLINE = labels_with(Trait.FOOTER) | {Label.NAVIGATION}
"""On a copy of a page inside another the footer's lines stand above the headline."""
_CREDITED = ("source", "author", "reporter", "photographer", "editor")
MAX_VALUE = 12.0
"""Longest value, in ideograms, of a label whose line is no headline; behind ``Editor:`` a headline may speak."""
_NOTICE = lazy(
    "讣告|讣闻|公告|通知|通告|启事|声明|公示|告示|通报|唁电|贺信|倡议书|更正|致歉|简讯|(?:寻[人物]|招领|招聘|征稿|征婚|迁坟)启事"
    "|(?:遗失|郑重|更正|严正)声明|悼词|祭文|序言?|自序|前言|后记|跋|卷首语|编后记?|(?:道歉|感谢|公开|慰问|邀请|介绍|推荐|致歉)[信函]"
    "|批复|决定|决议|答复|停[电水气]通知|放假通知|招生简章|任职公示|喜报|捷报|辟谣|致辞|讲话"
)
_ENCYCLOPEDIA = lazy("百科|词条|维基|wikipedia")
_IS = lazy(r" ?(?:[(,]|是|为|位于|即|指|又称|又名|简称|原名)")
"""What stands behind the name in the first sentence of an entry."""
_BLOG_NAME = lazy(r"\S{1,12}的(?:博客|部落格|日志|空间|专栏|blog)")
_CRUMBS = lazy(r"(?i:home|首页|首頁) ?[/>»›]|[^>»›]{1,30} [>»›] |[\u4e00-\u9fff]{2,6}[>»›](?=[\u4e00-\u9fff])")
_ARROWS = ">»›"
"""What a breadcrumb has between its segments and behind the last."""
_SUBTITLE = "--"
"""What a second headline begins with: ``——…``."""
_BUTTONS = lazy(r"(?:[【\[][^】\]]{1,12}[】\]] *){2,}")
_STOPS = "。；;"
"""A headline may cry or ask, but does not end as a sentence does (a Latin full stop may: ``U.S.``)."""
_MARK = lazy(r"(?:原创|转载|置顶|独家|头条|速报|快讯) ?(?:[|:]|>{1,2})? ?(?=\S)")
_TOOLS = lazy(
    r"(?:\[ ?[^\[\]]{0,6}"
    r"(?:打 ?印|列 ?印|收 ?藏|关 ?闭|评 ?论|格式|我说两句|字 ?[体号型]|推 ?荐|投 ?稿|转 ?发|大 ?中 ?小)[^\[\]]{0,4}\] ?"
    r"|字[体号型](?:大小)? ?:? ?(?:[小中大特][^\w]{0,6}){1,3}[小中大特][^\w\"“「『《<(\[]{0,6}"
    r"(?:视力保护色? ?-?)?"
    r"|#{1,3} |(?:速报|快讯|头条|独家|即时) ?>{1,2} ?|(?:原创|转载|置顶) ){1,6}(?=\w|[^\w\s]\w)"
)
"""What a flattener has glued to the front: ``字體： 小．中．大*``, ``【打印】``, ``速報>>``, Markdown's ``#``."""
_TOOLS_BEGIN = frozenset("#[字速快头独即原转置")
"""What ``_TOOLS`` and ``_MARK`` begin with."""
_SIZES = lazy(r"[小大]\W{1,6}中\W{1,6}[大小](?!\w)")
"""The sizes of letters that a page offers."""
MIN_COLUMN, MIN_TOLD = 6.0, 0.4
"""Shortest headline beside other columns, in ideograms; they have half of its length at most, or the text begins with
its words: so many of its pairs of letters stand there, and not half as many of those of any other."""
_LIST_HEADING = lazy(
    r"(?:本[周日月期站]|最[新热近]|今日|热[门点]|相关|推荐|更多|精彩|图片)[^\W\d_]{0,4}(?:文章|新闻|排行榜?|阅读|推荐|资讯|消息|图文|专题)"
)
MAX_ITEM = 4
"""Longest item of a menu in characters."""
_TWO_CLAUSES = lazy(r"^[^|>_-]*[\u4e00-\u9fff] (?=[\u4e00-\u9fff])")
_COLUMNS = lazy(r"\s{3,}")
_GLUED_BEHIND = lazy(r"(?<=\S) ?(?:https?://|(?<![a-z])www\.[a-z]).*$| ?\[(?:编辑|edit)\]$")
_SITE_BEFORE = lazy(r"[^\W\d_]{2,8}(?:新闻|[网报社台])[:|] ?(?=\S)")
_CLOCK = lazy(r"(?<=\S) ?(?:[\[(]\d{1,2}:\d\d[\])]|https?://\S{4,60} (?:19|20)\d\d[-/.年]\d.*)$")
"""The time of day behind a headline, or a whole publish line: ``【16:15】``, ``http://… 2012/1/17 …``."""
_CREDIT = lazy(r"(?:供图|配图|摄)\)?$|(?:制图|供图|摄影|^图) ?[/:|] ?[^:。]{2,20}\)?$")
"""So end captions that name who took the picture."""
_PAPER_END = lazy(
    r"(?:通知|意见|决定|办法|公告|条例|规定|批复|通报|方案|报告|函|规划|公报|命令|指示|纲要|细则|通告|答复)(?:\(.{1,12}\))?$"
)
_PAPER_START = lazy(
    r"[\u4e00-\u9fff、 ]{1,30}(?:院|府|部|委|厅|局|办|会|署|司|室|处|队)(?:关于|转发|批转|印发|发布|公布|对)"
)
"""An office and what it does: so begin the titles of its papers."""
_PAPER_NUMBER = lazy(r"^[\u4e00-\u9fff]{1,12} ?[(\[<] ?(?:19|20)\d\d ?[)\]>] ?第?\d{1,4} ?号$")


def find_headline(page: Evidence) -> Headline | None:
    """Return the headline, None if no line looks like one."""
    sites, every_h1 = _site_headings(page), h1_of(page)
    h1 = every_h1 - sites
    options = [
        *_named(page), *_behind_site(page, every_h1, sites), *_lines(page, h1, sites), *_joined(page), *_glued(page),
        *_notice(page), *_paper(page), *_entry(page), *_short_heading(page, h1), *_short_line(page),
        *_above_subtitle(page),
    ]  # fmt: skip
    best = max(options, key=lambda headline: headline.score, default=None)
    if best is None or best.score <= 0:
        return _between(page) or _first_heading(page, sites)
    best = (_below_date(page) or best) if best.score < WEAK_SCORE else best
    best = _above_name(page, best) or _below_kicker(page, best) or _with_rest(page, best) or best
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
    text = _join_blocks(page.blocks[best.first : i + 1])
    return Headline(best.first, i, text, key(fold(text)), best.score) if units(text) <= MAX_UNITS else None


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


def _given(page: Evidence) -> Iterator[str]:
    """Yield the titles that the HTML head gives; flattened text has none."""
    meta = page.draft.source.meta
    return (normalise(meta[name]) for name in TITLES if meta.get(name))


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


def _short_heading(page: Evidence, h1: AbstractSet[int]) -> Iterator[Headline]:
    """Yield the page's only h1, or h2 if it has none, if it is short and the HTML head says the same: ``Heron``.

    So does a ``<title>`` that says it before names of section and site; what is long or a heading behind it is
    another headline, and the h1 the name of the site.
    """
    near = (i for i in page.top_headings if i < page.lead + AFTER_LEAD)
    lone = h1 or {i for i in near if _is_in(page, i, "h2")}
    i = next(iter(lone), len(page.blocks))
    if len(lone) != 1 or i >= page.lead + AFTER_LEAD or not page.keys[i] or page.blocks[i].units >= MIN_UNITS:
        return
    block, own, given = page.blocks[i], page.keys[i], page.draft.source.meta
    if block.folded == fold(given.get("og:site_name", "")):
        return
    headings = {page.keys[j] for j, other in enumerate(page.blocks) if j != i and other.kind == "heading"}
    tags = [other.text for other in page.blocks[:FIRST_LINES] if other.dom is not None and other.dom.tag == "title"]
    for text in (*tags, *_given(page)):
        rest = [key(fold(text[len(head) :])) for head in heads(text) if key(fold(head)) == own]
        behind = rest and units(rest[0]) <= MAX_SITE_UNITS and rest[0] not in headings
        entry = 0 < page.first - i <= ENTRY_LINES and fold(text).startswith(f"{block.folded} ")
        if behind or entry or key(fold(text)) == own:
            yield Headline(i, i, block.text, own, JOINED_SCORE)
            return


def _short_line(page: Evidence) -> Iterator[Headline]:
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


def _above_subtitle(page: Evidence) -> Iterator[Headline]:
    """Yield the main one of the headings that stand one above the other over a text, as papers print them."""
    for main in stacked(page)[:1]:
        line = line_of(page, main)
        yield Headline(main, main, line.text, line.key, STACKED_SCORE)


def stacked(page: Evidence) -> tuple[int, ...]:
    """Return the main heading and the subtitle of those that stand one above the other over a text; none if none do.

    The main one is the one above ``——…``, of two the one in one clause, on a page of a printed paper the first unless
    the second is much shorter; of three there the second.
    """
    chrome = page.no_titles
    end = page.lead if page.draft.is_clean else page.first
    while end > 0 and (page.has_date(end - 1) or REPORTER_WORD.search(page.blocks[end - 1].folded)):
        end -= 1
    first = end
    while first > max(0, end - MAX_BROKEN - 1) and _may_be_stacked(page, first - 1, chrome):
        first -= 1
    if end - first < 2 or page.blocks[first].dom is not None:
        return ()
    if page.blocks[end - 1].folded.startswith(_SUBTITLE):
        return end - 2, end - 1
    edition = any(EDITION.search(block.folded) for block in page.blocks[:first])
    if end - first == 2 and edition:
        one, other = page.blocks[first].units, page.blocks[first + 1].units
        return (first, first + 1) if other >= MAX_MAIN * one else (first + 1,)
    dated = any(i in page.dates for i in range(first - MAX_BROKEN, first))
    if end - first == 2 and end < page.first and not dated and (main := _without_gap(page, first)) is not None:
        return (main,) if main > first else (main, first + 1)
    return (first + 1, first + 2) if end - first == _STACKED and edition else ()


def _without_gap(page: Evidence, first: int) -> int | None:
    """Return which of two headings has no blank between clauses, as the main one; None if that tells nothing."""
    gaps = [_TWO_CLAUSES.search(page.blocks[i].folded) is not None for i in (first, first + 1)]
    return first + gaps.index(False) if any(gaps) and not all(gaps) else None


def _may_be_stacked(page: Evidence, i: int, chrome: AbstractSet[int]) -> bool:
    """Tell whether a line may be one of several headings."""
    block = page.blocks[i]
    plain = i not in chrome and i not in page.dates and not EDITION.search(block.folded) and not block.is_prose
    return plain and MIN_UNITS <= block.units <= MAX_HEADING and is_readable(block.text)


def _named(page: Evidence) -> Iterator[Headline]:
    """Yield what the page itself calls its title: the row of a government table, the HTML head."""
    for pair in page.paired("title"):
        if pair.value and units(pair.value) >= MIN_UNITS and page.has_document_row(pair.at):
            yield Headline(pair.block, pair.block, pair.value, key(fold(pair.value)), TABLE_SCORE)
    given = page.draft.source.meta
    for title in _given(page):
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


def _lines(page: Evidence, h1: AbstractSet[int], sites: AbstractSet[int]) -> Iterator[Headline]:
    """Yield the line that most speaks for; what is dear to find out is asked only where it can still decide."""
    scene = set_scene(page, h1)
    whole = dict(_whole_lines(page))
    inner = {i for line, last in whole.items() for i in range(line.i, last + 1)}
    lines = [*(line_of(page, i) for i in possible(page) if i not in inner), *whole]
    never = _never(page)
    lines = [line for line in lines if line.i not in never or is_heading(page.blocks[line.i])]
    lines = [line for line in lines if line.i not in sites] if sites else lines
    ranked = list(zip(weigh_early(scene, lines), lines, strict=True))
    ranked.sort(key=lambda item: -item[0])
    best: tuple[float, Line] | None = None
    most_late = scene.most_late
    for early, line in ranked:
        if best is not None and early + most_late < best[0]:
            break
        if is_readable(line.text):
            score = early + expensive_score(scene, line)
            better = best is None or (score, -line.i) > (best[0], -best[1].i)
            if better and not _is_credit(page.blocks[line.i]):
                best = score, line
    if best is not None:
        yield Headline(best[1].i, whole.get(best[1], best[1].i), best[1].text, best[1].key, best[0])


def _never(page: Evidence) -> AbstractSet[int]:
    """Return the blocks that are no headline whatever else speaks for them: the footer's, credits, labelled values.

    What only stands in a run of the footer's lines may be one: the run may have begun above the headline.
    """
    findings = (finding for label in _NO_HEADLINE for finding in page.findings.get(label, ()))
    named = {finding.block for finding in findings if finding.via != "run"}
    credited = {
        pair.at
        for pair in page.paired(*_CREDITED)
        if page.blocks[pair.at].text.startswith(pair.label) and units(pair.value) <= MAX_VALUE
    }
    values = {pair.block for pair in page.paired(*DOCUMENT_MEANINGS) if pair.block != pair.at}
    return (blocks_of(page.sure, _NO_HEADLINE) & named) | credited | values


def _is_credit(block: TextBlock) -> bool:
    """Tell whether a line names who took a picture, or says nothing but who wrote it."""
    if ("图" in block.folded or "摄" in block.folded) and _CREDIT.search(block.folded):
        return True
    if block.dom is None:
        return is_credit_line(block.text)
    by = BY.match(block.folded) if block.kind != "heading" else None
    return by is not None and " " in block.text[by.end() :] and is_name(block.text[by.end() :])


def _whole_lines(page: Evidence) -> Iterator[tuple[Line, int]]:
    """Yield the lines that were cut at an inner full stop or quote and are one headline, each with its last block.

    They stand in one h1, or the HTML head or another of the first lines says them whole.
    """
    blocks, stop = page.blocks, min(page.lead + AFTER_LEAD, len(page.blocks))
    starts = [i for i in range(stop - 1) if blocks[i + 1].glued and not blocks[i].glued]
    runs = [(i, *page.line(i, MAX_UNITS)) for i in starts]
    keys = {i: key(fold(text)) for i, text, _ in runs}
    given = [key(fold(title)) for title in _given(page)]
    opening = [(j, own) for j, own in keys.items() if j < FIRST_LINES]
    for i, text, last in runs:
        own = headline_part(text, page.known, page.draft.endings) if i < FIRST_LINES else text
        said = [*given, *(other for j, other in opening if j != i)]
        agreed = is_heading(blocks[i]) or any(title.startswith(key(fold(own))) for title in said)
        ends = not any(block.glued for block in blocks[last + 1 : last + 2])
        if agreed and last > i and ends:
            yield Line(i, own, key(fold(own)), units(own)), last


def possible(page: Evidence) -> Iterator[int]:
    """Yield the short lines before the body and, in case the body begins too early, shortly after its first line."""
    stop = min(page.lead + AFTER_LEAD, len(page.blocks))
    first = max(FIRST_LINES, page.lead - BEFORE_LEAD)
    before = (i for i in page.top_headings if FIRST_LINES <= i < first and is_heading(page.blocks[i]))
    for i in (*range(min(FIRST_LINES, stop)), *before, *range(first, stop)):
        block = page.blocks[i]
        if not MIN_UNITS <= block.units <= MAX_UNITS or (block.is_prose and block.text[-1] in _STOPS):
            continue
        if not block.folded.startswith(_SUBTITLE) and not (i in page.rows and page.has_document_row(i)):
            yield i


def _is_in(page: Evidence, i: int, tag: str) -> bool:
    """Tell whether a block stands in an element."""
    dom = page.blocks[i].dom
    return dom is not None and dom.tag == tag


def line_of(page: Evidence, i: int) -> Line:
    """Return block ``i`` as a headline: the first ones without the site's suffix, all without what is glued to them."""
    block = page.blocks[i]
    if i >= FIRST_LINES and _is_whole(block):
        return Line(i, block.text, page.keys[i], block.units)
    cut = _own_part(block, page)
    cut = _without_kicker(page, i) if cut is None and is_heading(block) else cut
    if cut is not None:
        return Line(i, cut, key(fold(cut)), units(cut))
    if i < FIRST_LINES:
        text = headline_part(_without_site(page, i), page.known, page.draft.endings)
        if text != block.text:
            return Line(i, text, key(fold(text)), units(text))
    return Line(i, block.text, page.keys[i], block.units)


def _is_whole(block: TextBlock) -> bool:
    """Tell whether nothing in a line can be cut from a headline: the quick answer for most lines."""
    folded, dom = block.folded, block.dom
    if folded[0] in _TOOLS_BEGIN or folded[-1] in ")]" or "http" in folded or "www." in folded:
        return False
    return dom.tag != "h1" or dom.hidden if dom is not None else not _has_gap(block)


def _has_gap(block: TextBlock) -> bool:
    """Tell whether a line holds more blanks than its text: columns may stand side by side."""
    start, end = block.content
    return end - start >= len(block.text) + 2


def _without_site(page: Evidence, i: int) -> str:
    """Return a first line without the site's name before it, if a line below ends with the rest: ``X新闻：…``."""
    text, folded = page.blocks[i].text, page.blocks[i].folded
    site = _SITE_BEFORE.match(folded)
    below = page.blocks[i + 1 : i + 1 + FIRST_LINES] if site else ()
    return text[site.end() :] if site and any(block.folded.endswith(folded[site.end() :]) for block in below) else text


def _without_kicker(page: Evidence, i: int) -> str | None:
    """Return an h1 as ``<title>`` says it: without the word or two before it that a browser sets apart."""
    own = page.keys[i]
    for tag in (block for block in page.blocks[:FIRST_LINES] if block.dom is not None and block.dom.tag == "title"):
        for head in (tag.text, *heads(tag.text)) if own and units(tag.text) <= MAX_KEYED else ():
            said = key(fold(head))
            if said != own and own.endswith(said) and units(head) >= MIN_COLUMN:
                return head if _is_kicker(page.blocks[i].text, len(own) - len(said)) else None
    return None


def _is_kicker(text: str, letters: int) -> bool:
    """Tell whether the first ``letters`` of a headline are a word or two of their own, or a day, before it."""
    ends = 0
    for at, count in enumerate(accumulate(map(str.isalnum, text))):
        ends = at + 1
        if count == letters:
            break
    before, after = text[:ends], text[ends : ends + 1]
    words = before.split()
    capital = len(words) <= MAX_KICKER and not words[-1][0].islower() and after.isspace() and len(words[-1]) > 1
    return capital or bool(find_dates(fold(before)))


def _own_part(block: TextBlock, page: Evidence) -> str | None:
    """Return a headline without the mark before it and the address or date behind it, None if there are none."""
    folded = block.folded
    if folded[0] in _TOOLS_BEGIN and (before := _TOOLS.match(folded)):
        bare = block.text[before.end() :].strip()
        return bare if units(bare) >= MIN_UNITS else None
    if block.dom is None and (column := _widest_column(block, page)) is not None:
        return column
    if block.dom is None and (behind := _behind_crumbs(block, page)):
        return behind
    address = "http" in folded or "www." in folded
    if (address or folded[-1] in ")]") and (clock := _CLOCK.search(folded)):
        return block.text[: clock.start()]
    mark = _MARK.match(folded) if folded[0] in _TOOLS_BEGIN else None
    tail = _GLUED_BEHIND.search(folded) if address or folded[-1] == "]" else None
    start, end = mark.end() if mark else 0, tail.start() if tail else len(block.text)
    text = block.text[start:end].strip()
    if (not mark and not tail) or units(text) < MIN_UNITS:
        return None
    # What stands elsewhere on the page without it, or in its head, has it from its neighbours.
    own = key(fold(text))
    told = [key(fold(title)) for title in _given(page)]
    return text if any(title.startswith(own) for title in (*page.known, *told) if title != key(folded)) else None


def _behind_crumbs(block: TextBlock, page: Evidence) -> str:
    """Return the headline to which a flattener has glued the breadcrumb, as a first line of the page gives it."""
    at = max(map(block.text.rfind, _ARROWS))
    text = block.text[at + 1 :].strip()
    if at < 0 or units(text) < MIN_COLUMN:
        return ""
    own = key(fold(text))
    return text if own and any(other.startswith(own) for other in page.keys[:FIRST_LINES]) else ""


def _widest_column(block: TextBlock, page: Evidence) -> str | None:
    """Return the headline out of a line on which a flattener has put columns side by side, None if there are none."""
    if not _has_gap(block):
        return None
    start, end = block.content
    split = _COLUMNS.split(page.draft.source.text[start:end])
    columns = [column for column in map(normalise, split) if column[:1] not in BULLETS and not _is_tool(column)]
    best = max(columns, key=units, default="")
    rest = sum(map(units, columns)) - units(best)
    if len(split) == 1 or units(best) < MIN_COLUMN:
        return None
    return best if rest < units(best) / 2 else _of_text(columns, page)


def _is_tool(column: str) -> bool:
    """Tell whether a column is the heading of a list or sets the size of letters."""
    folded = fold(column)
    return _LIST_HEADING.fullmatch(folded) is not None or _TOOLS.fullmatch(folded) is not None or "字体:" in folded


def _of_text(columns: Sequence[str], page: Evidence) -> str | None:
    """Return the one of several columns whose words the text begins with, None if none stands out."""
    opening = "".join([page.keys[i] or key(page.blocks[i].folded) for i in page.body[:MAX_BROKEN]])
    shares = sorted(((_share(key(fold(column)), opening), column) for column in columns), reverse=True)
    (most, best), (next_most, _) = shares[0], shares[1]
    return best if most >= MIN_TOLD and next_most < most / 2 else None


def _share(own: str, opening: str) -> float:
    """Return how many of the pairs of letters of a key stand in a text."""
    pairs = [own[at : at + 2] for at in range(len(own) - 1)]
    return sum([pair in opening for pair in pairs]) / len(pairs) if pairs else 0.0


def is_readable(text: str) -> bool:
    """Tell whether a line holds words, more than a date, no address, buttons (``【打印】 【关闭】``), path or menu."""
    if CHANNELS.fullmatch(text) or _BLOG_NAME.fullmatch(text):
        return False
    if (text[0] in "【[" and not _BUTTONS.sub("", text)) or _CRUMBS.match(text):
        return False
    if ("中" in text and _SIZES.search(text)) or _is_menu(text) or _are_names(text):
        return False
    return "@" not in text and sum(map(str.isalpha, text)) >= max(2.0, len(text) * 0.4)


def _are_names(text: str) -> bool:
    """Tell whether a line is nothing but two or more Chinese names."""
    items = text.split(" ") if " " in text and is_cjk(text[0]) else ()
    return len(items) > 1 and all(len(item) > 2 and is_name(item, surname=True) for item in items)


def _is_menu(text: str) -> bool:
    """Tell whether a line is nothing but three or more short items, a channel among them: ``首页 文化 专栏``."""
    items = fold(text).split(" ") if text.count(" ") > 1 and is_cjk(text[0]) else ()
    short = items and all(len(item) <= MAX_ITEM or _LIST_HEADING.fullmatch(item) for item in items)
    return bool(short) and any(map(CHANNELS.fullmatch, items))


def _glued(page: Evidence) -> Iterator[Headline]:
    """Yield a line that was cut behind ``！`` or ``。`` and that the HTML head names whole."""
    told = {key(fold(headline_part(title, page.known, page.draft.endings))) for title in _given(page)}
    if not told - {""}:
        return
    for i in range(min(page.lead + AFTER_LEAD, len(page.blocks) - 1)):
        if page.blocks[i + 1].glued and not page.blocks[i].glued:
            text, last = page.line(i, MAX_UNITS)
            if last > i and (joined := key(fold(text))) in told:
                yield Headline(i, last, text, joined, JOINED_SCORE)


def _notice(page: Evidence) -> Iterator[Headline]:
    """Yield a title of one word right above the publish line or the text: ``讣告``, ``公告``."""
    crumbs = blocks_of(page.labels, NOT_TITLES)
    for i in range(min(page.lead, len(page.blocks) - 1)):
        text = page.blocks[i].text
        if i in crumbs or page.blocks[i].units > MIN_UNITS + 1 or not _NOTICE.fullmatch(fold(text).replace(" ", "")):
            continue
        text_begins = next((j for j in page.body if j > i), page.lead)
        between = range(i + 1, text_begins)
        if len(between) <= MAX_BROKEN and all(page.has_date(j) or j in crumbs for j in between):
            yield Headline(i, i, text, page.keys[i], NOTICE_SCORE)
            return


def _paper(page: Evidence) -> Iterator[Headline]:
    """Yield the line right above a paper's text that says which office issues what: ``X办公室关于…的通知``."""
    for i in range(page.lead - 1, max(-1, page.lead - 1 - MAX_BROKEN), -1):
        block = page.blocks[i]
        if block.units <= MAX_UNITS and _PAPER_START.match(block.folded) and _PAPER_END.search(block.folded):
            yield Headline(i, i, block.text, page.keys[i], NOTICE_SCORE)
            return


def _entry(page: Evidence) -> Iterator[Headline]:
    """Yield the name of what an encyclopedia's entry is about: its first sentence begins with it."""
    if page.lead >= len(page.blocks) or not any(_ENCYCLOPEDIA.search(block.folded) for block in page.blocks[:3]):
        return
    opening = page.blocks[page.lead].folded
    for i in range(page.lead):
        name = page.blocks[i].folded
        if 2 <= len(name) <= MAX_ENTRY and opening.startswith(name) and _IS.match(opening, len(name)):
            yield Headline(i, i, page.blocks[i].text, page.keys[i], PAPER_SCORE)
            return


def _joined(page: Evidence) -> Iterator[Headline]:
    """Yield titles that are broken over two or three lines, as on government papers."""
    titles = {key(fold(head)) for block in page.blocks[:FIRST_LINES] for head in heads(block.text)}
    whole = page.known.union([key(fold(pair.value)) for pair in page.paired("title")], titles)
    if any(_is_in(page, i, "h1") for i in page.top_headings):
        yield from _broken_h1(page, [*whole, *(key(fold(title)) for title in _given(page))])
        return
    ordered = sorted(whole)
    never = page.no_titles
    yield from _above_number(page, never)
    found: dict[str, Headline] = {}
    for i in range(max(0, page.lead - BEFORE_LEAD), page.lead):
        own = page.keys[i]
        at = bisect_right(ordered, own)
        begins = at < len(ordered) and ordered[at].startswith(own)
        if own and i not in never and (begins or "关于" in own):
            found |= {headline.key: headline for headline in _joined_from(page, i, whole, never)}
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
                yield Headline(first, more[-1], _join_blocks(page.blocks[first : more[-1] + 1]), own, JOINED_SCORE)


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
        if agreed or ("关于" in page.keys[i] and _PAPER_END.search(page.blocks[last].folded)):
            text = _join_blocks(page.blocks[i : last + 1])
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
        text = _join_blocks(page.blocks[first:number])
        folded = fold(text).replace(" ", "")
        alone = len({*page.keys[first:number]}) == number - first and "|" not in folded
        alone = alone and page.blocks[first].units >= MIN_UNITS
        if (
            alone
            and never.isdisjoint(range(first, number))
            and _PAPER_START.match(folded)
            and _PAPER_END.search(folded)
        ):
            yield Headline(first, number - 1, text, key(fold(text)), JOINED_SCORE)
            return


def _join_blocks(blocks: Sequence[TextBlock]) -> str:
    text = blocks[0].text
    for block in blocks[1:]:
        text += block.text if is_cjk(text[-1]) or is_cjk(block.text[0]) else " " + block.text
    return text
