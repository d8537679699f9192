"""Who wrote the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cleanpage.fields.evidence import ELSEWHERE, Claim, Evidence, blocks_of, unique
from cleanpage.fields.names import is_glued, is_name, is_organisation, is_pen_name, split_names
from cleanpage.fields.pairs import Pair
from cleanpage.fields.when import find_dates
from cleanpage.fields.words import words
from cleanpage.text import fold, is_cjk, units

RULE = "people"
TAIL_BLOCKS = 4
"""How far from the body's end a reporter's name in brackets may stand."""
MAX_UNITS = 50.0
MAX_OFFICE_UNITS = 15.0
"""Longest name of an office in ideograms."""

_WROTE = "written|authored|posted|published|words|story|article|submitted|contributed|text"
_BY = re.compile(
    rf"^(?:(?:{_WROTE}) )?by(?:: ?| )(?=\S)"
    r"|^(?:von|par|por|autor|autora|автор|tekst|text):? (?=\S)"
)
_BY_OPENINGS = (*_WROTE.split("|"), "by", "von", "par", "por", "autor", "автор", "tekst", "text")
"""What the lines begin with that ``_BY`` and ``_BY_ALONE`` match."""
_BY_INSIDE = re.compile(r"(?<=[ \d])(?:written |posted )?by:? (?=\S)")
_BY_ALONE = re.compile(rf"^(?:(?:{_WROTE}) )?(?:by|von|par|por):?$")
_BY_END = re.compile(
    r" ?[|•·●▪■—–]| - |\d|(?<=[a-z])(?=Published|Updated|Posted|Last )"
    r"|\b(?i:published|updated|posted|last|on|in|for|at|reviewed|edited|medically|fact|le|am|with photos?)\b(?= )"
    r"|, (?=[A-Z]?[a-z]+ ?(?i:editor|writer|reporter|correspondent|staff)\b)|\b(?i:staff|senior) [Ww]riter"
)
"""What ends the names behind ``By``: a date, a bar, another credit, a position."""
SAMPLE_BLOCKS = 200
"""Blocks of the body in which the words of a supposed name are looked for."""

_FULL_NAME = re.compile(
    r"[^\W\d_a-z][^\W\d_]+(?: [A-Z]\.)?(?: (?:van|von|de|di|el|al))?(?: [A-Z][^\W\d_]*(?:[-'’][^\W\d_]+)*){1,2}"
)
_BARS = re.compile(r"[|·•●▪–—]| in (?=[A-Z])")
_TOPICS = words(
    """health news business guide guides tips news blog blogs home page about contact privacy policy terms services
    service data security learning marketing technology travel food life style lifestyle finance money sports sport
    culture politics world education science opinion reviews review resources articles article insights trends latest
        more read share table contents best top how what why your the and our support customer products product
    design digital media     social mobile web software development management training programs program online
    mental care family fitness     nutrition weight home garden real estate law legal small personal comments
    comment related posts post min minutes     copy link print email save follow subscribe newsletter sign log
    view all author authors spotlight strategy quick corporate written
    font fonts size play video"""
)
"""Words of category and menu lines that have the form of a name: ``Mental Health``."""
SIGNED = 0.5
"""What it costs that no person signs: ``By Our Staff``."""
_DESK = re.compile(r"\w+|(?:(?:the|and|of|our|[^\W\d_a-z]\w*) ){1,3}[^\W\d_a-z]\w*")
"""An account in one word, or up to four words in capitals: ``The Ferry Team``."""
LISTED = 0.3
"""What a label inside the body costs: it may name the author of one of several books."""
MAX_COST = 0.55
"""Beyond the fifth line after the body names are readers' (``Evidence.place``)."""
NAME_COST = 0.27
"""A bare name is a byline only close under or above the headline (``Evidence.place``)."""

_REPORTER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}?(?:报|网|社|台|刊|媒体|新闻|都|视))?(?:特派|特约|见习|实习|首席)?"
    r"(?:记者|通讯员|通信员|评论员|特派员|撰稿人?|采写|撰文|实习生|作者)(?: ?[:/])? ?"
)
_REPORTER_WORD = re.compile("记者|通讯员|通信员|评论员|特派员|撰稿|采写|撰文|实习生|作者")
"""What every line holds that ``_REPORTER`` is found in."""
_PHOTOGRAPHER = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4} ?[/|]? ?(?:摄影|摄|图|制图|供图)(?![\u4e00-\u9fff/])"
)
_CREDIT = re.compile(
    r"(?:综合|整理|编译|报道|报导|文/图|图/文|文图|图文|(?<=[\s/|,、])[文编])(?=[)\] ]*$)"
    r"|^[(\[]?(?:文|图|编译|整理) ?[/|:]"
)
_GIVEN = {
    "ld:author": 2.1, "parsely-author": 1.9, "sailthru.author": 1.9, "byl": 1.9, "author": 1.8, "article:author": 1.8,
    "dc.creator": 1.8, "dcterms.creator": 1.8, "citation_author": 1.8, "article.author": 1.8,
    "itemprop:author": 1.75, "rel:author": 1.75,
    "twitter:written": 1.75,
    "ld:author:organization": 0.9,
}  # fmt: skip
"""Where the HTML head names the author, and the score; the printed byline has 1.9 at most, less its place."""
DESK, OWN_SITE = 0.8, 1.2
"""What an element called author says that is no name; a person who is called as the site is."""
MAX_DESK_WORDS = 5
UNPRINTED = 0.3
"""What a name of the head costs that stands nowhere on the page: the account that entered the article, mostly."""
CALLED = 1.9
_CALLED = re.compile(r"^(?!.*comment).*(?:author|byline|writt?er|creator|contributor|posted-by|zuozhe)")
"""Names of elements with the author's name (the elements' classes are lower case)."""
_NO_WRITERS = ("login", "share", "tools", "comments", "counter", "related", "editor", "navigation", "ad", "app")
"""Labels of lines that name nobody who wrote, whatever their element is called."""
_MARKS = " ,|·•"
_SIGN = re.compile(r"(?:作者|文|撰文|记者) ?[:/|] ?")
_ABOUT_AUTHOR = re.compile(r"/(?:authors?|contributors?|writers?|columnists?|journalists?)/[^/?#]+/?(?:[?#]|$)")
"""Addresses of the page about an author."""
_SITES = ("og:site_name", "ld:publisher", "ld:publisher:organization", "application-name")
_ORIGINAL = re.compile(r"原创 ?[:|]? (?P<name>[^\s:|,，。]{2,20})(?= |$)")
_FROM_PLACE = re.compile(r"(?:^|[ )\]])(?P<name>[\u4e00-\u9fff]{2,4}) ?/ ?[\u4e00-\u9fff]{2,5}(?:报导|报道)$")
_PLACE = re.compile(r"[/ ](?:[\u4e00-\u9fff]{2,5})(?:报导|报道|电|讯)")


@dataclass(frozen=True, slots=True)
class _Byline:
    """The names of one byline."""

    block: int
    names: tuple[str, ...]
    raw: str
    score: float
    kind: str
    reach: int = 0
    """How many blocks away a byline of the same kind belongs to this one: reporters stand one a line."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the authors of the best byline and the byline as printed; take reporter tails out of the body."""
    found = [*_labelled(page), *_lines(page), *_tails(page), *_called(page), *_given(page)]
    if not found:
        return
    best = max(found, key=lambda byline: byline.score)
    same = [byline for byline in found if byline.kind == best.kind and abs(byline.block - best.block) <= best.reach]
    names = unique(name for byline in same for name in byline.names)
    yield page.candidate(best.block, "authors", tuple(names), RULE, best.score)
    yield page.candidate(best.block, "byline_raw", best.raw, RULE, best.score)
    for byline in found:
        if byline.kind == "called" and page.in_body(byline.block):
            yield page.finding(byline.block, "byline", RULE, "names in an element called byline, before the text")


def _labelled(page: Evidence) -> Iterator[_Byline]:
    """Yield ``作者：X``; the reporters named in ``记者：X`` come second."""
    for pair in page.paired("author", "reporter"):
        cost = page.place(pair.at)
        if cost is None or (page.in_body(pair.at) and page.blocks[pair.at].units > MAX_UNITS / 2):
            continue
        if _BY_ALONE.match(fold(pair.label)):  # "by" opens lines of filters as well; near the headline _lines reads it
            continue
        raw = f"{pair.label}：{pair.value}" if is_cjk(pair.label[0]) else f"{pair.label}: {pair.value}"
        names = _named(pair)
        if names and (is_cjk(pair.label[0]) or is_name(split_names(pair.value)[0])):
            # Inside the body it is the author of a thing that the article lists.
            cost = LISTED + cost if page.lead < pair.at <= page.last else cost / 10
            yield _Byline(pair.block, names, raw, (2.0 if pair.meaning == "author" else 1.8) - cost, "labelled", 2)
        elif pair.meaning == "author" and _is_office(pair.value):
            yield _Byline(pair.block, (pair.value,), raw, 0.5, "office")


def _is_office(name: str) -> bool:
    return is_organisation(name) and units(name) <= MAX_OFFICE_UNITS and name.count(" ") <= 4 and not name.endswith(".")


def _named(pair: Pair) -> tuple[str, ...]:
    if _REPORTER.search(fold(pair.value)):
        return _reporters(pair.value)
    value = _cut_date(_BY.sub("", pair.value))
    # One-character labels are parts of other lines as well: "图/文".
    return _names(value, surname=len(pair.label) == 1)


def _undated(text: str) -> str:
    """Return the text with blanks for its dates: ``Dec. 19, 2025 · Jane Doe``."""
    for when in find_dates(fold(text)):
        text = f"{text[: when.start]}{' ' * (when.end - when.start)}{text[when.end :]}"
    return text


def _cut_date(text: str) -> str:
    dates = find_dates(fold(text))
    return text[: dates[0].start] if dates else text


def _lines(page: Evidence) -> Iterator[_Byline]:
    """Yield lines near the headline: ``本报记者 于涛``, ``By Jane Doe``, ``記者陳鈞凱／台北報導``."""
    for i, cost in enumerate(page.costs):
        if cost is None or cost > MAX_COST:
            continue
        block = page.blocks[i]
        if block.units > (MAX_UNITS / 2 if page.in_body(i) else MAX_UNITS):
            continue
        opens = block.folded.startswith(_BY_OPENINGS)
        by = (opens and _BY.match(block.folded)) or (page.has_date(i) and _BY_INSIDE.search(block.folded))
        if by:
            yield from _western(page, i, block.text, by.end(), 1.9 - cost)
        elif opens and _BY_ALONE.match(block.folded) and i + 1 < len(page.blocks):
            yield from _western(page, i, f"{block.text} {page.blocks[i + 1].text}", len(block.text) + 1, 1.9 - cost)
        elif signed := _signed(page, i, cost):
            yield _Byline(i, signed, block.text, 1.4 - cost, "signed")
        elif not block.text.isascii() and not page.in_body(i) and _REPORTER_WORD.search(block.folded):
            names = _reporters(block.text)
            if names:
                yield _Byline(i, names, block.text, 1.5 - cost, "reporter", 1)
        elif cost <= NAME_COST:
            yield from _bare(page, i, 1.0 - cost)


def _signed(page: Evidence, i: int, cost: float) -> tuple[str, ...]:
    """Return who signs near the headline as platforms print it (``原创 NAME``) or papers (``NAME／台北報導``)."""
    folded, text = page.blocks[i].folded, page.blocks[i].text
    if cost > NAME_COST or page.in_body(i) or page.is_headline(i):
        return ()
    if original := _ORIGINAL.match(folded):
        name = text[original.start("name") : original.end("name")]
        return (name,) if is_pen_name(fold(name)) else ()
    place = _FROM_PLACE.search(folded) if folded.endswith(("报导", "报道")) else None
    name = text[place.start("name") : place.end("name")] if place else ""
    return (name,) if place and is_name(name, surname=True) else ()


def _bare(page: Evidence, i: int, score: float) -> Iterator[_Byline]:
    """Yield a name that stands alone beside a date under the headline, or once more before the author's portrait."""
    text = _first_piece(page, i)
    if not _FULL_NAME.fullmatch(text) or not is_name(text) or page.is_headline(i) or words(text) & _TOPICS:
        return
    around = range(max(0, i - 2), min(len(page.blocks), i + 3))
    dated = any(page.has_date(j) for j in around)
    portrait = fold(text) + " is "
    if (dated and not _is_common(page, text)) or any(block.folded.startswith(portrait) for block in page.blocks):
        yield _Byline(i, (text,), page.blocks[i].text, score, "name")


def _first_piece(page: Evidence, i: int) -> str:
    """Return what a line says first besides its date: ``Jane Doe | Staff writer | July 2, 2025``."""
    text, at = page.blocks[i].text, 0
    pieces = []
    for when in page.dates.get(i, ()):
        pieces.append(text[at : when.start])
        at = when.end
    pieces.append(text[at:])
    said = (piece.strip(" ,-") for part in pieces for piece in _BARS.split(part))
    return next(filter(None, said), "")


def _western(page: Evidence, i: int, text: str, start: int, score: float) -> Iterator[_Byline]:
    end = _BY_END.search(text, start)
    names = _names(text[start : end.start() if end else len(text)], surname=True)
    names = tuple(name for name in names if not _is_common(page, name))
    desk = text[start : end.start() if end else len(text)].strip(" ,.|")
    # "by going on …" is a sentence.
    prose = is_glued(desk) or (desk.islower() and end is not None and end[0].strip().isalpha())
    if names:
        yield _Byline(i, names, text, score, "by")
    elif score >= 1.9 - NAME_COST and _DESK.fullmatch(desk) and not prose and is_pen_name(fold(desk)):
        yield _Byline(i, (desk,), text, score - SIGNED, "by")


def _is_common(page: Evidence, name: str) -> bool:
    """Tell whether all words of a name stand in lower case in the body: ``Event Planning``."""
    words = [word.lower() for word in name.split()]
    text = " ".join(page.blocks[i].text for i in page.body[:SAMPLE_BLOCKS])
    return all(word in text and re.search(rf"\b{re.escape(word)}\b", text) for word in words)


def _tails(page: Evidence) -> Iterator[_Byline]:
    """Yield the names in brackets that close the last paragraph: ``(刘晓荣、梁栋)``."""
    for i in page.labelled("byline"):
        block = page.blocks[i]
        if i < page.lead or block.units > 30 or page.distance(i) > TAIL_BLOCKS:
            continue
        names = _reporters(block.text)
        if names:
            yield _Byline(i, names, block.text, 1.6 if block.glued else 1.2, "tail", 1)


def _called(page: Evidence) -> Iterator[_Byline]:
    """Yield the names in elements that are called author or byline and in links to an author's page, near the text."""
    theirs = blocks_of(page.sure, _NO_WRITERS)
    for i, block in enumerate(page.blocks):
        cost = page.costs[i]
        if block.dom is None or cost is None or block.units > MAX_UNITS / 2 or block.dom.hidden or i in theirs:
            continue
        if page.in_body(i) and i >= page.lead:
            continue
        linked = [link.text for link in block.dom.links if _ABOUT_AUTHOR.search(link.url)]
        called = any(_CALLED.search(step) for step in block.dom.path[-2:])
        if not linked and not called:
            continue
        text = ", ".join(linked) if linked else _without_by(block.text)
        names = tuple(unique(name for name in split_names(text) if is_name(name, surname=_is_han(name))))
        if words(text.removeprefix("The ")) & _TOPICS or any(_is_common(page, name) for name in names):
            continue
        if names:
            yield _Byline(i, names, block.text, CALLED - cost, "called")
        elif cost <= NAME_COST and _is_desk(text, block.text):
            yield _Byline(i, (text,), block.text, DESK - cost, "desk")


def _is_desk(name: str, line: str) -> bool:
    """Tell whether ``name``, found in a ``line``, may be what somebody signs with who gives no person's name."""
    if not is_pen_name(fold(name)) or ":" in fold(name) or name.count(" ") >= MAX_DESK_WORDS:
        return False
    # A Chinese line that says more is no signature: "正有 0 人评论".
    return not is_cjk(name[-1]) or (_undated(line).strip(_MARKS).endswith(name) and units(name) <= MAX_OFFICE_UNITS)


def _is_han(name: str) -> bool:
    return 2 <= len(name) <= 4 and all(map(is_cjk, name))


def _without_by(text: str) -> str:
    """Return what a byline says besides its date, ``By`` and what ends the names."""
    text = _undated(text).lstrip(_MARKS)
    by = _BY.match(fold(text)) or _SIGN.match(fold(text))
    text = text[by.end() if by else 0 :]
    end = _BY_END.search(text)
    return text[: end.start() if end else len(text)].strip(_MARKS)


def _given(page: Evidence) -> Iterator[_Byline]:
    """Yield what the HTML head names."""
    meta = page.draft.source.meta
    if not page.blocks:
        return
    site = {fold(meta.get(name, "")) for name in _SITES}
    for field, score in _GIVEN.items():
        text = _BY.sub("", meta.get(field, ""))
        given = _taken_apart(text, field)
        names = tuple(unique(name for name in given if _is_given(name, site)))
        if not names and len(given) == 1 and _is_person(page, given[0]):
            yield _Byline(ELSEWHERE, tuple(given), meta[field], OWN_SITE, "meta")
        if names:
            printed = any(fold(name) in page.draft.source.text.lower() for name in names)
            yield _Byline(ELSEWHERE, names, meta[field], score if printed else score - UNPRINTED, "meta")
            return


def _is_person(page: Evidence, name: str) -> bool:
    """Tell whether a site is called as a person is: none of the words stands in lower case in the body."""
    whole = _FULL_NAME.fullmatch(name) and is_name(name)
    return bool(whole) and not any(_is_common(page, word) for word in name.split(" "))


def _taken_apart(text: str, field: str) -> list[str]:
    """Return the names in a text: JSON-LD keeps them apart, elsewhere what is no list of persons is one name."""
    if field.startswith("ld:") or "; " in text:
        return text.split("; ")
    names = split_names(text)
    return names if all(is_name(name) for name in names) else [text]


def _is_given(name: str, site: AbstractSet[str]) -> bool:
    """Tell whether a name that the head gives may be the author's: pen names and desks are, the site itself is not.

    Chinese pages name the site there more often than anybody, so two to four ideograms must be a person's name.
    """
    folded = fold(name)
    if folded in site:
        return False
    if _is_han(name):
        return is_name(name, surname=True)
    slogan = any(map(is_cjk, name)) and ("," in folded or units(name) > MAX_OFFICE_UNITS or is_organisation(name))
    return is_pen_name(folded) and not slogan


def _reporters(text: str) -> tuple[str, ...]:
    """Return the names in a reporter line or tail, without offices, places, photographers."""
    for pattern in (_PHOTOGRAPHER, _PLACE):
        text = _blank_out(pattern, text)
    first = _REPORTER.search(fold(text))
    # What stands before "记者" is the office that sent him.
    text = text[first.start() :] if first else text
    return _names(_blank_out(_CREDIT, _blank_out(_REPORTER, text)), surname=True)


def _blank_out(pattern: re.Pattern[str], text: str) -> str:
    """Put a comma for each match of ``pattern`` in the folded text."""
    pieces, at = [], 0
    for match in pattern.finditer(fold(text)):
        pieces += [text[at : match.start()], "、"]
        at = match.end()
    return "".join(pieces) + text[at:]


def _names(text: str, *, surname: bool) -> tuple[str, ...]:
    return tuple(unique(name for name in split_names(text) if is_name(name, surname=surname)))

