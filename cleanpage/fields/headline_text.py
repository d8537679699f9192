"""What of a line is the headline: without the site's suffix, tools, columns and clocks that stand on it as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from cleanpage.draft import TextBlock
from cleanpage.fields.headline_features import BULLETS, FIRST_LINES, TITLES, Line, is_heading
from cleanpage.fields.shared.evidence import MAX_KEYED, Evidence, key
from cleanpage.fields.shared.names import is_name
from cleanpage.fields.shared.suffix import CHANNELS, headline_part, heads
from cleanpage.fields.shared.when import find_dates
from cleanpage.languages import any_of, any_phrase
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
MAX_HEADING = 30.0
"""Longest of several headings, in ideograms."""
MAX_KICKER = 2
"""Most words of a kicker, which says where or what a headline is about and is no part of it."""
_BLOG_NAME = lazy(r"\S{1,12}的(?:博客|部落格|日志|空间|专栏|blog)")
_CRUMBS = lazy(
    lambda: (
        rf"(?i:{any_phrase(lambda language: language.home)}) ?[/>»›→]|[^>»›]{{1,30}} [>»›] "
        r"|[\u4e00-\u9fff]{2,6}[>»›](?=[\u4e00-\u9fff])"
    )
)
_ARROWS = ">»›"
"""What a breadcrumb has between its segments and behind the last."""
_CRUMBS_LABEL = lazy(lambda: rf"\W{{0,3}}{any_of(lambda language: language.breadcrumb)} ?:")
"""What announces a breadcrumb, folded: ``Vous êtes ici : …``."""
SUBTITLE = "--"
"""What a second headline begins with: ``——…``."""
_ADDRESS = lazy(r"https?://\S+(?: [\d:/. -]+)?$")
"""A line of nothing but an address, or with the day and time behind it."""
_BUTTONS = lazy(r"(?:[【\[][^】\]]{1,12}[】\]] *){2,}")
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
_COLUMNS = lazy(r"\s{3,}")
_GLUED_BEHIND = lazy(r"(?<=\S) ?(?:https?://|(?<![a-z])www\.[a-z]).*$| ?\[(?:编辑|edit)\]$")
_SITE_BEFORE = lazy(r"[^\W\d_]{2,8}(?:新闻|[网报社台])[:|] ?(?=\S)")
_CLOCK = lazy(r"(?<=\S) ?(?:[\[(]\d{1,2}:\d\d[\])]|https?://\S{4,60} (?:19|20)\d\d[-/.年]\d.*)$")
"""The time of day behind a headline, or a whole publish line: ``【16:15】``, ``http://… 2012/1/17 …``."""
PAPER_END = lazy(
    r"(?:通知|意见|决定|办法|公告|条例|规定|批复|通报|方案|报告|函|规划|公报|命令|指示|纲要|细则|通告|答复)(?:\(.{1,12}\))?$"
)
PAPER_START = lazy(
    r"[\u4e00-\u9fff、 ]{1,30}(?:院|府|部|委|厅|局|办|会|署|司|室|处|队)(?:关于|转发|批转|印发|发布|公布|对)"
)
"""An office and what it does: so begin the titles of its papers."""


def given_titles(page: Evidence) -> Iterator[str]:
    """Yield the titles that the HTML head gives; flattened text has none."""
    meta = page.draft.source.meta
    return (normalise(meta[name]) for name in TITLES if meta.get(name))


def is_in_tag(page: Evidence, i: int, tag: str) -> bool:
    """Tell whether a block stands in an element."""
    dom = page.blocks[i].dom
    return dom is not None and dom.tag == tag


def line_of(page: Evidence, i: int) -> Line:
    """Return block ``i`` as a headline: the first ones without the site's suffix, all without what is glued to them."""
    block = page.blocks[i]
    if i >= FIRST_LINES and _is_whole_line(block):
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


def _is_whole_line(block: TextBlock) -> bool:
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
    before, after = text[:ends], text[ends:].lstrip("]】")[:1]
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
    text = block.text[start:end].strip() if mark or tail else ""
    if units(text) < MIN_UNITS:
        return None
    # What stands elsewhere on the page without it, or in its head, has it from its neighbours.
    own = key(fold(text))
    told = [key(fold(title)) for title in given_titles(page)]
    return text if any(title.startswith(own) for title in (*page.known, *told) if title != key(folded)) else None


def _behind_crumbs(block: TextBlock, page: Evidence) -> str:
    """Return the headline to which a flattener has glued the breadcrumb, as a first line of the page gives it."""
    at = max(map(block.text.rfind, _ARROWS))
    text = block.text[at + 1 :].strip() if at >= 0 else ""
    if units(text) < MIN_COLUMN:
        return ""
    own = key(fold(text))
    return text if own and any(other.startswith(own) for other in page.keys[:FIRST_LINES]) else ""


def _widest_column(block: TextBlock, page: Evidence) -> str | None:
    """Return the headline out of a line on which a flattener has put columns side by side, None if there are none."""
    if not _has_gap(block):
        return None
    start, end = block.content
    split = _COLUMNS.split(page.draft.source.text[start:end])
    if len(split) == 1:
        return None
    columns = [column for column in map(normalise, split) if column[:1] not in BULLETS and not _is_tool(column)]
    best = max(columns, key=units, default="")
    rest = sum(map(units, columns)) - units(best)
    if units(best) < MIN_COLUMN:
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
    if (":" in text or "：" in text) and _CRUMBS_LABEL.match(fold(text)):
        return False
    if "://" in text and _ADDRESS.match(text):
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
