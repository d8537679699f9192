"""Who wrote it first (来源, 稿源, 转自)."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence, blocks_of
from cleanpage.fields.shared.labels import meanings
from cleanpage.fields.shared.names import is_name, is_organisation
from cleanpage.fields.shared.places import PLACES
from cleanpage.fields.shared.site_marks import are_called_account
from cleanpage.fields.shared.weekdays import whole_dates
from cleanpage.fields.shared.words import words
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.text import fold, is_cjk, units
from cleanpage.text.lazy_regex import lazy

RULE = "source"
META_SOURCE = 1.6
"""Score of what the head of a Chinese page says."""
AGENCY_SCORE = 0.3
"""Score of the agency that the text's dateline names."""
OFFICE, MAX_OFFICE = 0.46, 15.0
"""Score of an agency or office that signs as the author, less its place; its longest name in ideograms."""
_GIVEN = ("contentsource", "source", "article:source")
MAX_UNITS = 20.0
"""Longest name of a source in ideograms (60 letters)."""

_BRACKETED = lazy(r"[(（][^()（）]*[)）]")
_CITY = lazy(r" ?\([\u4e00-\u9fff]{2,4}\)$")
_ADDRESS = lazy(r"(?:https?://|www\.)\S*|(?<!\S)\S+\.(?:com|cn|net|org)\b\S*")
_TRAILING = lazy(
    r"(?:作者|记者|编辑|责编) ?:.*$|(?:参与互动|我要评论|我来说两句|发表评论).*$"
    r"|(?:访问|浏览|阅读|点击)(?:次数|量|数)?(?: ?:|$).*$"
    r"|(?<=[报网社台刊])(?:特派|特约|见习|实习|首席)?(?:记者|通讯员).*$"
    r"| (?=[\u4e00-\u9fff(\[]).*$|[(\[](?:记者|作者|编辑|责编|\d).*$"
)
_NO_SOURCE = words(
    """原创 转载 转载文章 未知 不详 本站 本站原创 本网 资料图 资料图片 资料照片 网络图片 网络 互联网 网络转载 其他
    整理 admin"""
)
_FROM = lazy(
    r"^[(\[]?(?:本文|文章|稿件)?(?:来源于|转自|转载自|摘自|选自|摘编自|来源(?=[ 《])|文章来自) ?:? ?"
    r"(?=[^\s的]|$)"
)
_TAKEN_FROM = lazy(r"^(?:转载自|转自|摘自|来源于) ?:? ?(?=\S{2})")
_OF_REPORTER = lazy(
    r"[(\[](?P<name>[\u4e00-\u9fff]{1,9}(?:报|网|社|台|刊|新闻)) ?/ ?(?:记者|特派员|[\u4e00-\u9fff]{2,4} ?/)"
)
"""``【聯合報╱記者李文／台北報導】``"""
_AGENCY_DATELINE = lazy(
    r"[(\[](?!本[报网台刊社])(?P<bracketed>[\u4e00-\u9fff]{1,8}(?:报|网|社|台|刊|新闻))"
    r" ?(?:(?:综合|独家|专题)?(?:专讯|快讯|讯|消息|报道|报导|特稿|专电"
    r"|[\u4e00-\u9fff]{0,8}(?:\d{1,2}月)?\d{1,2}日[专综]?(?:合)?[电讯]))? ?[)\]]"
    r"|(?![本据])(?P<open>[\u4e00-\u9fff]{1,7}(?:报|网|社)|[\u4e00-\u9fff]{2,5}(?:电视台|广播电台|在线))"
    r"(?:[\u4e00-\u9fff]{2,6})?(?:讯(?=[ ,(:])|\d{1,2}月\d{1,2}日(?:电|讯|消息))"
)
"""How papers name themselves before the first sentence: ``【X報專訊】``, ``（X社台北20日電）``, ``X网讯``."""
_ACCOUNT = lazy(r"原创 \S{2,20} (?P<name>[^\s\d]\S{1,19}) (?=\d{4}[-年]).{8,24}发表于")
"""``原创 李文 城事观察 2023-05-11 07:30 发表于四川``: the account that a platform names behind the writer."""
_ISSUE = lazy(r"《(?P<name>[^《》]{2,20})》 ?(?:\(?(?:19|20)\d\d ?年?\)?)?[^\w]?第? ?\d{1,4} ?[期卷].*$")
_BY_ACCOUNT = lazy(r"(?:微信)?(?:公众号|视频号|头条号|百家号) ?:? ?[\"\[《]?(?P<name>[^\"\]《》]{2,20})[\"\]》]?$")
"""The number of a periodical behind its name, and the kind of account before one."""
_ICON = lazy(r"(?<=[\u4e00-\u9fff]{2})(?:官方)?微博$")
"""The link to the source's own account, glued to its name."""
_MEDIA = lazy(
    r"(?:报|网|在线|社|电视台|电台|广播|周刊|杂志|客户端)$|^(?:新浪|搜狐|网易|腾讯|凤凰)(?:财经|科技|体育|娱乐|新闻|汽车|教育)$"
)
_JAPANESE_PAPER = lazy(r"(?:新闻|新报|日报)(?:社|电子版|デジタル)?$")
"""How papers are called in Japanese, where channels have other names."""
_JOINED = lazy(r"(?<=[网报社台])-(?=[\u4e00-\u9fff])")
"""Between a site and the paper it prints: ``人民网-人民日报``."""
_NAMED = labels_with(Trait.NO_SOURCE)
_PART_BORDERS = lazy(r"[\s|()（）\[\]【】]+")
_TOOL = lazy(
    r"评论|参与|微博|举报|阅读|浏览|分享|打印|字[号体]|人气|点击|复制|收藏|转发|查看|更新|发布(?=.)|^发布|发表|时间|日期|来源|作者|编辑|责编|星期|原创"
    r"|已有|[\d:/@?!。]|^(?:大|中|小|上午|下午|晚上|周[一二三四五六日天])$"
)
_CHANNEL = lazy(
    r"新闻|专题|频道|首页|栏目|文章|详情|正文|内容|[今昨]天|刚刚|来自|上一|下一|我来|博客|报导|报道|回复|最后|佚名|管理"
)
"""What no paper or site is called that is called nothing else (``_MEDIA``)."""
_NUMBERED = lazy(r"[\u4e00-\u9fff]{0,3}\d{2,3}[\u4e00-\u9fff]{0,6}(?:网|报|在线|报道)")
"""``新华08网``, ``21世纪网``: a number in a medium's name."""
_WITH_PERSON = lazy(
    r"(?P<medium>[\u4e00-\u9fff]{2,8}?(?:网|报|在线|社))(?P<person>[\u4e00-\u9fff]{2,3})"
    r"(?:我要评论|我来说|发表评论|评论|已有|参与|字号|打印|$)"
)
"""``家园日报李文我要评论``: writer and tools glued behind the medium."""
_HAN = lazy(r"[a-z\d]*[\u4e00-\u9fff]{2,}")
ACCOUNT_NAMED = 0.6
"""Score of an account or medium whose element or place says that it is one, less its place."""
SOURCE_CLOSE, MAX_BARE, UNDER = 0.1, 10.0, 5
"""Cost up to which a line stands right under the headline; longest name without a label, in ideograms; how many lines
under the headline may say where the text is from."""
MARKS = 4
"""Blanks and brackets in a line of a paper's name and a day."""
_QUOTED_WORD = lazy(r'"[^"]{2,16}"(?=[^"])|\[[^\[\]]{2,16}\](?=[^\[\]])')
"""A quoted word before the kind of account: ``“城市发布”微信公众号``."""
_NO_TITLE_MARKS = str.maketrans("", "", "《》")
_QUOTES = "《》“”\"'「」『』"


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield candidates for ``source``."""
    for pair in page.paired("source"):
        cost = page.place(pair.at)
        if cost is None or (page.in_body(pair.at) and page.blocks[pair.at].units > MAX_UNITS * 2):
            continue
        name = _name(pair.value)
        # Behind an empty label stands what comes next on the page: a tool, another label.
        if name and not (pair.block != pair.at and (_TOOL.search(fold(name)) or fold(name) in meanings())):
            yield page.candidate(pair.block, "source", name, RULE, 2.0 - cost)
    for pair in page.paired("author"):
        cost = page.place(pair.at)
        name = _name(pair.value) if cost is not None and is_organisation(pair.value) else None
        if name and cost is not None and units(name) <= MAX_OFFICE and not page.in_body(pair.at):
            yield page.candidate(pair.block, "source", name, f"{RULE}.author", OFFICE - cost / 10)
    meta = page.draft.source.meta
    given = next(filter(None, (_name(meta[name]) for name in _GIVEN if meta.get(name))), None)
    if given and page.blocks:
        yield page.candidate(ELSEWHERE, "source", given, f"{RULE}.meta", META_SOURCE)
    named = blocks_of(page.sure, _NAMED)
    short = {i for i in page.dates if page.has_date(i) and (page.place(i) or 1.0) <= SOURCE_CLOSE}
    short |= {i for i in _under_headline(page) if _FROM.match(page.blocks[i].folded)}
    yield from _around_text(page, named)
    yield from _accounts(page)
    for i in sorted(short.union(page.labelled(Label.SOURCE, Label.PUBLISH, Label.BYLINE))):
        cost = page.place(i)
        if cost is not None and (not page.in_body(i) or (page.first <= i < page.lead and page.under_headline(i, 3))):
            yield from _unlabelled(page, i, cost, named)


def _accounts(page: Evidence) -> Iterator[Claim]:
    """Yield the account or medium in an element that is called so, and the one between a writer and the day.

    Platforms print a line each: ``原创``, who wrote it, the account, the day, the place.
    """
    for i in _under_headline(page):
        block = page.blocks[i]
        called = block.dom is not None and are_called_account(block.dom.path[-2:])
        behind_writer = page.has_date(i + 1) and i > 1 and page.keys[i - 2] == "原创" and i not in page.dates
        name = _name(block.text) if called or behind_writer else None
        if name and not _TOOL.search(fold(name)) and units(name) <= MAX_BARE:
            yield page.candidate(i, "source", name, f"{RULE}.account", ACCOUNT_NAMED - (page.place(i) or 0.0))


def _around_text(page: Evidence, named: AbstractSet[int]) -> Iterator[Claim]:
    """Yield what the text names before its first sentence and behind its last."""
    if page.lead >= len(page.blocks):
        return
    opening = page.blocks[page.lead]
    if _OF_REPORTER.match(opening.folded):
        yield from _unlabelled(page, page.lead, page.place(page.lead) or 0.0, named)
    elif match := _AGENCY_DATELINE.match(opening.folded):
        name = opening.text[slice(*match.span(match.lastgroup or 0))]
        yield page.candidate(page.lead, "source", name, f"{RULE}.dateline", AGENCY_SCORE)
    last = page.blocks[page.last]
    if page.last > page.lead and last.units <= MAX_UNITS and _FROM.match(last.folded):
        yield from _unlabelled(page, page.last, 1.0, named)


def _under_headline(page: Evidence) -> Iterator[int]:
    """Yield the short lines between headline and text that stand close under it."""
    first = page.headline.last + 1 if page.headline else page.lead
    return (i for i in range(first, min(first + UNDER, page.lead)) if page.blocks[i].units <= MAX_UNITS)


def _unlabelled(page: Evidence, i: int, cost: float, named: AbstractSet[int]) -> Iterator[Claim]:
    """Yield ``本文来源于《财经网》`` and a newspaper that stands alone behind a date."""
    block = page.blocks[i]
    match = _FROM.match(block.folded)
    if match is not None:
        # A flattener may have put what stands behind the words on the next line.
        i += match.end() == len(block.text) and i + 1 < len(page.blocks)
        name = _name(page.blocks[i].text if page.blocks[i] is not block else block.text[match.end() :])
        if name and not _TOOL.search(fold(name)):
            yield page.candidate(i, "source", name, f"{RULE}.from", 1.5 - cost)
        return
    if printed := _OF_REPORTER.match(block.folded) or _ACCOUNT.match(block.folded):
        start, end = printed.span("name")
        yield page.candidate(i, "source", block.text[start:end], f"{RULE}.reporter", 0.6 - cost)
        return
    dates = page.dates.get(i, ())
    if not dates:
        return
    before = "" if ">" in block.folded else block.text[: dates[0].start]  # a breadcrumb
    for rest in (f"{block.text[dates[-1].end :]} {_in_element(page, i)}", before):
        if rest.isascii():  # no medium that ``_is_medium`` knows
            continue
        pieces = [*filter(None, (_tools_cut(part) for part in _PART_BORDERS.split(rest)))]
        # A writer may stand before the paper.
        piece = next((piece for piece in pieces if _MEDIA.search(fold(piece))), *pieces[:1]) if pieces else ""
        name = _name(piece)
        if name and _is_medium(name, close=cost <= SOURCE_CLOSE) and fold(name) not in meanings():
            yield page.candidate(i, "source", name, f"{RULE}.beside_date", 0.5 - cost)
            yield from _head_line(page, i, name)
    for j in (i + 1, i - 1):
        alone = 0 <= j < len(page.blocks) and j not in named and _stands_alone(page, j)
        if alone and (name := _name(page.blocks[j].text)):
            yield page.candidate(j, "source", name, f"{RULE}.next_to_date", 0.45 - cost)


def _in_element(page: Evidence, i: int) -> str:
    """Return the papers and sites that short lines behind line ``i`` name, each in an element of its own beside it."""
    own, lines = page.blocks[i].dom, []
    for block in page.blocks[i + 1 : i + 1 + UNDER]:
        dom = block.dom
        if own is None or dom is None or dom.ids[:-1] != own.ids[:-1] or block.units > MAX_BARE:
            break
        pieces = map(_tools_cut, _PART_BORDERS.split(block.text))
        lines += [piece for piece in pieces if _MEDIA.search(fold(piece))]
    return " ".join(lines)


def _head_line(page: Evidence, i: int, name: str) -> Iterator[Claim]:
    """Yield that a line of the body before its first paragraph is no text: a paper's name and a day, no more."""
    rest = len(page.blocks[i].text) - len(name) - sum(when.end - when.start for when in page.dates[i])
    if page.first <= i < page.lead and rest <= MARKS and _MEDIA.search(fold(name)):
        yield page.finding(i, Label.PUBLISH, RULE, "the paper's name and the day, before the text")


def _tools_cut(piece: str) -> str:
    """Return a piece of a publish line, empty if it is a tool, a counter, an address."""
    piece = _ICON.sub("", piece.strip(" |,，()（）【】[]·"))
    if _NUMBERED.fullmatch(fold(piece)):
        return piece
    glued = _WITH_PERSON.match(fold(piece))
    if glued and not _TOOL.search(glued["medium"]) and is_name(piece[slice(*glued.span("person"))], surname=True):
        return piece[: glued.end("medium")]
    return "" if _TOOL.search(fold(piece)) else piece


def _is_medium(name: str, *, close: bool) -> bool:
    """Tell whether a name that no label announces is a paper's or site's; right under the headline it may be any."""
    folded = fold(name)
    if units(name) > MAX_BARE or not (name[0].isalpha() and is_cjk(name[-1])):
        return False
    if _MEDIA.search(folded):
        return True
    plain = _HAN.fullmatch(folded) is not None and not _CHANNEL.search(folded)
    return close and plain and folded not in PLACES and not is_name(name, surname=True)


def _stands_alone(page: Evidence, j: int) -> bool:
    """Tell whether a line is nothing but the name of a paper or site."""
    block = page.blocks[j]
    short = block.units <= MAX_BARE and is_cjk(block.text[-1:]) and _JOINED.sub("", block.folded).isalnum()
    plain = short and not page.in_body(j) and not page.is_headline(j)
    japanese = page.draft.language == "ja" and _JAPANESE_PAPER.search(block.folded) is not None
    return plain and (japanese or _MEDIA.search(block.folded) is not None)


def _name(value: str) -> str | None:
    """Return the source's name out of what is printed behind the label, None if there is none."""
    value = _ADDRESS.sub("", value).strip(" ,，;；|")
    if sum(value.count(mark) for mark in "(（") != sum(value.count(mark) for mark in ")）"):
        value = value.strip("()（） ")
    elif _BRACKETED.fullmatch(value):
        value = value[1:-1].strip()
    dates = whole_dates(value)
    if dates:
        value = value[: dates[0].start].strip()
    folded = fold(value)
    start = taken.end() if (taken := _TAKEN_FROM.match(folded)) else 0
    if (issue := _ISSUE.match(folded)) or (issue := _BY_ACCOUNT.match(folded, start)):
        span = slice(*issue.span("name"))
        value, folded, start = value[span], folded[span], 0
    if any(map(is_cjk, folded[:6])):
        folded = _TRAILING.sub("", folded)
    name = value[start : len(_CITY.sub("", folded))].strip(" ,，.。")
    if not _QUOTED_WORD.match(fold(name)):
        name = name.strip(_QUOTES + " ,，.。")
    if name.count("《") != name.count("》"):
        name = name.translate(_NO_TITLE_MARKS)
    if len(name) < 2 or units(name) > MAX_UNITS or fold(name) in _NO_SOURCE:
        return None
    return name
