"""Who wrote the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from cleanpage.draft import TextBlock
from cleanpage.fields.byline import (
    BY,
    BY_ALONE,
    BY_END,
    MAX_UNITS,
    NAME_COST,
    OUR,
    TOPICS,
    Byline,
    by_openings,
    is_common,
    names_in,
    opens_text,
    undated,
    without_pictures,
)
from cleanpage.fields.credits import WRITERS, may_hold_credits, read_credits, roles
from cleanpage.fields.people_about import INTRODUCED, TOLD_SCORE, named_by_text, owner, signed_at_end
from cleanpage.fields.people_bare import MAX_MENU, bare_names
from cleanpage.fields.people_html import NO_WRITERS, called, given
from cleanpage.fields.people_ja import japanese
from cleanpage.fields.people_ko import korean
from cleanpage.fields.people_posts import ACCOUNT_SCORE, first_poster, nicknamed, posted, voted_for
from cleanpage.fields.people_zh import may_be_account, signed
from cleanpage.fields.reporters import (
    MOST_READ,
    REPORTER,
    blank_out,
    dateline,
    letters_besides,
    opening_reporters,
    reporters,
)
from cleanpage.fields.shared.datelines import find_two_digits
from cleanpage.fields.shared.evidence import DATE_LINE, Claim, Evidence, Hint, blocks_of, unique
from cleanpage.fields.shared.labelled_values import LabelledValue
from cleanpage.fields.shared.names import (
    has_surname,
    is_glued,
    is_name,
    is_organisation,
    is_pen_name,
    split_names,
)
from cleanpage.fields.shared.weekdays import whole_dates
from cleanpage.fields.shared.words import words
from cleanpage.labels import Label
from cleanpage.languages import any_phrase
from cleanpage.text import fold, is_cjk
from cleanpage.text.lazy_regex import lazy

RULE = "people"
MOST_BYLINES = 200
"""So many lines that rules call bylines, that say ``by`` or that have a label of people are read; of 700 pages, as HTML
and as text, none has more than 69."""
TAIL_BLOCKS = 4
"""How far from the body's end a reporter's name in brackets may stand."""
_SIGNATURE = lazy(r"\( ?[\u4e00-\u9fff]{2,4}(?:[、,/ ] ?[\u4e00-\u9fff]{2,4}){0,4} ?\)")
"""Names in brackets on a line of their own."""
_ICONS = lazy(r" ?[(（]微博[)）] ?")
"""The link to an office's account, in a line that its reporters sign."""
_BEHIND_DATE = lazy(r"(?<=[ \d])(?:written |posted )?by:? (?=\S)")
_AND = lazy(lambda: rf"(?:&|{any_phrase(lambda language: language.conjunctions)}) (?=\S)")
BARE_SCORE, TAIL_SCORE = 1.0, 1.6
"""Most that a name alone on a line is worth, and one that closes the last paragraph."""
SIGNED_COST = 0.5
"""What it costs that no person signs: ``By Our Staff``."""
_DESK = lazy(r"\w+|(?:(?:the|and|of|our|[^\W\d_a-z]\w*) ){1,3}[^\W\d_a-z]\w*")
"""An account in one word, or up to four words in capitals: ``The Ferry Team``."""
NAMES_ABOVE_HEADLINE = 10
"""Blocks above the headline beyond which a label names the author of something else."""
CREDITS_FIRST = 0.01
"""A line that is read as a whole goes before the label that stands in it."""
LISTED = 0.3
"""What a label inside the body costs: it may name the author of one of several books."""
MOST_MORE = 2
"""Letters beside names, office and place in a line that only says who reports: ``文``."""
_BEFORE_TEXT = {
    "called": "names in an element called byline, before the text",
    "reporter": "says who reports, before the text",
    "signed": "says who reports, before the text",
}
"""Kinds of bylines that are no text where the body begins with them: why."""
DATELINE_SCORE, REPORTER_BLOCKS, BEFORE_OPENING = 1.85, 5, 3
"""A paper's own dateline is surer than the account that the head names; the blocks of the body that may begin so, and
those between it and the headline: links in a dateline break it into lines that are no prose."""
_DATELINE_WORD = lazy("[讯电息道导发]|记者")
_CUT_DATELINE = lazy(r"(?:[电讯息]|[(\[][^()\[\]]{0,30}|(?:实习|见习|特约|特派)(?:记者)?|记者|通讯员)$")
MOST_CUTS, MOST_CUT = 3, 40
"""Lines over which a dateline is cut at most, and characters of what is read before the next line is added."""
_LIST_MARK = lazy(r"[、，,/／&]")
_VALUE_END = lazy(
    r"(?<=\S) (?:访问|阅读|浏览|点击|评论|回复|人气|发表|发布|更新|时间|日期|出自|来自|来源|选自|摘自|原载|字数"
    r"|推荐|转载|单位|著(?= |$)|编著"
    r"|标签|分类|收藏|关注|返回|查看|等$|字号|字体|文字|打印|责编|编辑|校对|审核|审校|摄影)"
)
"""What follows the author in a publish line without a mark between."""
_OTHER_CREDIT = lazy(r"[ ,|(](?i:fot|foto|fotos|photos?|фото|tekst|text|texto|rys|il)\b\.?:?")
"""Who did something else, behind the writer's name: ``Autor: Ewa Lis fot. Jan Bąk``."""
_POSITION_BEFORE = lazy(
    r"^(?:本[报网台刊])?(?:见习|实习|助理|特约|资深|高级|专栏)?(?:编辑|主编|作家|作者|教授|研究员|律师|分析师) ?(?=\S)"
)
"""What an author is, printed before his name: ``见习编辑 李文``."""
_NAME_ASIDE = lazy(r" ?[(\[][^()\[\]]{1,40}(?:[)\]]|$)")
"""Where an author works, or his name in other letters: ``李文（某大学教授）``."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the authors of the best byline and the byline as printed; take reporter tails out of the body."""
    bylines = {reader: list(reader(page)) for reader, most in _READERS if most is None}
    surest = max([byline.score for read in bylines.values() for byline in read], default=0.0)
    bylines |= {reader: list(reader(page)) for reader, most in _READERS if most is not None and most >= surest}
    found = [byline for reader, _ in _READERS for byline in bylines.get(reader, ())] or list(owner(page))
    if not found:
        return
    best = max(found, key=lambda byline: byline.score)
    same = [byline for byline in found if byline.kind == best.kind and abs(byline.block - best.block) <= best.reach]
    names = unique(name for byline in same for name in byline.names)
    yield page.candidate(best.block, "authors", tuple(names), RULE, best.score)
    yield page.candidate(best.block, "byline_raw", best.raw, RULE, best.score)
    before = [byline for byline in found if byline.kind in _BEFORE_TEXT and page.in_body(byline.block)]
    for byline in before:
        yield page.finding(byline.block, Label.BYLINE, RULE, _BEFORE_TEXT[byline.kind])
    if best.block in {byline.block for byline in before}:
        return
    if best.kind in ("by", "credits") and opens_text(page, best.block) and _is_alone(page, best):
        yield page.finding(best.block, Label.BYLINE, RULE, "names the author on a line of its own before the text")


def _labelled_authors(page: Evidence) -> Iterator[Byline]:
    """Yield ``作者：X``; the reporters named in ``记者：X`` come second."""
    above = page.headline.first - NAMES_ABOVE_HEADLINE if page.headline else 0
    for pair in islice(page.paired("author", "reporter"), MOST_BYLINES):
        cost = page.place(pair.at)
        if is_cjk(pair.label[0]) and page.draft.language == "ja":  # names have a blank there: ``japanese`` reads them
            continue
        if cost is None or pair.at < above or (page.in_body(pair.at) and page.blocks[pair.at].units > MAX_UNITS / 2):
            continue
        if BY_ALONE.match(fold(pair.label)):  # "by" opens lines of filters as well; near the headline _lines reads it
            continue
        raw = f"{pair.label}：{pair.value}" if is_cjk(pair.label[0]) else f"{pair.label}: {pair.value}"
        names = _named(pair)
        if names and (is_cjk(pair.label[0]) or is_name(split_names(_OTHER_CREDIT.split(pair.value)[0])[0])):
            # Inside the body it is the author of a thing that the article lists.
            cost = LISTED + cost if page.lead < pair.at <= page.last else cost / 10
            yield Byline(pair.block, names, raw, (2.0 if pair.meaning == "author" else 1.8) - cost, "labelled", 2)


def _credited(page: Evidence) -> Iterator[Byline]:
    """Yield the writers of lines of credits by the headline and at the text's end: ``文 李文 图 王平``."""
    theirs = blocks_of(page.sure, NO_WRITERS)
    above = page.headline.first - NAMES_ABOVE_HEADLINE if page.headline else 0
    for i in sorted(page.hints[Hint.CREDITS]):
        block, cost = page.blocks[i], page.costs[i] or 0.0
        if i < above or i in theirs:
            continue
        inside = page.lead <= i <= page.last
        if page.is_headline(i) or (i > page.lead and inside and (block.is_prose or i < page.last - 1)):
            continue
        if i > page.lead and i in page.dates and not is_cjk(block.text[0]):  # another article's
            continue
        credits = read_credits(block.text, page.draft.language) if may_hold_credits(block.folded) else ()
        names = tuple(unique(name for credit in credits if credit.role in WRITERS for name in credit.names))
        if names and not any(words(name) & TOPICS or is_common(page, name) for name in names):
            score = 2.0 if any(credit.role == "author" for credit in credits) else 1.8
            score -= LISTED + cost if inside and i > page.lead else cost / 10 - CREDITS_FIRST
            yield Byline(i, names, block.text, score, "credits" if i < page.lead else "closing credits", 2)


def _named(pair: LabelledValue) -> tuple[str, ...]:
    value = pair.value
    if end := _VALUE_END.search(fold(value)):
        value = value[: end.start()]
    value = without_pictures(_cut_date(BY.sub("", value)))
    if not is_cjk(pair.label[0]) and (credit := _OTHER_CREDIT.search(value)):
        value = value[: credit.start()]
    # One-character labels are parts of other lines as well: "图/文"; behind a name and a blank may stand his town.
    listed = " " in value and not _LIST_MARK.search(value) and has_surname(value.partition(" ")[0])
    if is_cjk(pair.label[0]):
        value = blank_out(_POSITION_BEFORE, value)
        office, _, person = value.rpartition(" ")
        value = person if office and is_organisation(office) else value
        value = bare if (bare := blank_out(_NAME_ASIDE, value)).strip("、 ") else value
    if fold(value).strip() in roles():
        return ()
    if REPORTER.search(fold(value)):
        return reporters(value)
    return names_in(value, surname=len(pair.label) == 1 or listed)


def _cut_date(text: str) -> str:
    dates = whole_dates(text)
    return text[: dates[0].start] if dates else text


def _lines(page: Evidence) -> Iterator[Byline]:
    """Yield lines near the headline: ``本报记者 于涛``, ``By Jane Doe``, ``記者陳鈞凱／台北報導``."""
    said = 0
    for i, cost, block in _byline_lines(page):
        if (by := _by_at(page, i)) and (said := said + 1) <= MOST_BYLINES:
            yield from _western(page, i, block.text, by.end(), 1.9 - cost)
            yield from _second(page, i, 1.9 - cost)
        elif _is_by_alone(page, i):
            yield from _western(page, i, f"{block.text} {page.blocks[i + 1].text}", len(block.text) + 1, 1.9 - cost)
        elif cost <= NAME_COST and not block.text.isascii() and (names := _platform_signature(page, i)):
            yield Byline(i, names, block.text, 1.4 - cost, "signed")
        elif i in page.hints[Hint.REPORTER]:
            names = reporters(block.text)
            alone = not page.in_body(i) or letters_besides(block.text, names) <= MOST_MORE
            if names and alone and (not page.in_body(i) or opens_text(page, i)):
                yield Byline(i, names, block.text, 1.5 - cost, "reporter", 1)


def _bare(page: Evidence) -> Iterator[Byline]:
    """Yield the names that stand alone on a line near the headline."""
    for i, cost, block in _byline_lines(page):
        if cost > NAME_COST or block.glued or i in page.hints[Hint.REPORTER]:
            continue
        if not _by_at(page, i) and not _is_by_alone(page, i):
            yield from bare_names(page, i, BARE_SCORE - cost)


def _byline_lines(page: Evidence) -> Iterator[tuple[int, float, TextBlock]]:
    """Yield the short lines right beside the headline, and further ones that may be bylines by a word."""
    theirs, further = blocks_of(page.sure, NO_WRITERS), {*page.labelled(Label.BYLINE)[MOST_BYLINES:]}
    above = page.headline.first - NAMES_ABOVE_HEADLINE if page.headline else 0
    worded = page.hints[Hint.BYLINE] | page.hints[Hint.REPORTER]
    for i in sorted(worded | {i for i, cost in page.beside if cost <= NAME_COST}):
        block, cost = page.blocks[i], page.costs[i] or 0.0
        if i < above or (i > page.last and i in theirs) or i in further:
            continue
        long = block.units > MAX_UNITS / 2 and page.in_body(i) and (block.is_prose or i not in page.dates)
        if block.units <= MAX_UNITS and not long:
            yield i, cost, block


def _opens_byline(page: Evidence, i: int) -> bool:
    """Tell whether a line begins with a word of bylines."""
    return i in page.hints[Hint.BYLINE] and page.blocks[i].folded.startswith(by_openings(page.draft.language))


def _is_by_alone(page: Evidence, i: int) -> bool:
    """Tell whether a line is the word before the name on the next."""
    alone = _opens_byline(page, i) and BY_ALONE.match(page.blocks[i].folded)
    return bool(alone) and i + 1 < len(page.blocks)


def _by_at(page: Evidence, i: int) -> re.Match[str] | None:
    """Return where ``by`` stands in a line: at the beginning, or behind a date."""
    if i not in page.hints[Hint.BYLINE]:
        return None
    folded = page.blocks[i].folded
    by = BY.match(folded) if _opens_byline(page, i) else None
    return by or (_BEHIND_DATE.search(folded) if "by" in folded and _may_begin_dated(page, i) else None)


def _second(page: Evidence, i: int, score: float) -> Iterator[Byline]:
    """Yield the writer whom the line below a byline adds: ``and Jane Doe``."""
    below = page.blocks[i + 1] if i + 1 < len(page.blocks) else None
    if below is not None and below.units <= MAX_MENU * 2 and (more := _AND.match(below.folded)):
        yield from _western(page, i, below.text, more.end(), score)


def _may_begin_dated(page: Evidence, i: int) -> bool:
    """Tell whether a short line has a date, maybe one that is none elsewhere: ``27.05.18 | by Jane Doe``."""
    block = page.blocks[i]
    return page.has_date(i) or (block.units <= DATE_LINE and find_two_digits(block.folded, day_first=True) is not None)


def _is_alone(page: Evidence, byline: Byline) -> bool:
    """Tell whether a byline is the whole of its line, and no sentence."""
    block, after = page.blocks[byline.block], page.blocks[byline.block + 1 : byline.block + 2]
    glued = block.glued or any(other.glued for other in after)
    return block.text == byline.raw and not glued and not block.is_prose and page.in_body(byline.block)


def _platform_signature(page: Evidence, i: int) -> tuple[str, ...]:
    """Return who signs a line near the headline as Chinese papers and platforms print it."""
    text = page.blocks[i].text
    if (page.in_body(i) and not opens_text(page, i)) or page.is_headline(i):
        return ()
    if page.keys[i] == "原创" and i + 1 < len(page.blocks):  # the writer stands on the next line
        text = f"{text} {page.blocks[i + 1].text}" if i + 1 not in page.dates else text
    return signed(undated(text).strip(" |") if i in page.dates and may_be_account(page.blocks[i].folded) else text)


def _western(page: Evidence, i: int, text: str, start: int, score: float) -> Iterator[Byline]:
    text = text[:start] + without_pictures(text[start:])
    if (ours := OUR.match(fold(text[start:]))) is not None:
        start += ours.end()
    end = BY_END.search(text, start)
    dates = [when.start for when in whole_dates(text) if when.start > start]
    listed = text[start : min([end.start() if end else len(text), *dates])]
    names = tuple(name for name in names_in(listed, surname=True) if not is_common(page, name))
    desk = listed.strip(" ,.|»")
    # "by going on …" is a sentence.
    prose = (" " in desk and is_glued(desk)) or (desk.islower() and end is not None and end[0].strip().isalpha())
    if names:
        yield Byline(i, names, text, score, "by")
    elif score >= 1.9 - NAME_COST and _DESK.fullmatch(desk) and not prose and is_pen_name(fold(desk)):
        yield Byline(i, (desk,), text, score - SIGNED_COST, "by")


def _openings(page: Evidence) -> Iterator[Byline]:
    """Yield the reporters whom the first paragraphs name in their dateline, which stays where it is."""
    under = page.headline.last + 1 if page.headline else page.first
    for i in (*range(max(under, page.first - BEFORE_OPENING), page.first), *page.body[:REPORTER_BLOCKS]):
        text = _opening_text(page, i)
        if not text.isascii() and _DATELINE_WORD.search(fold(text[:MOST_READ])):
            names = opening_reporters(text)
            if names:
                yield Byline(i, names, dateline(text, names), DATELINE_SCORE, "dateline")
                return


def _opening_text(page: Evidence, i: int) -> str:
    """Return block ``i`` with those behind it over which a flattener has cut its dateline, at links and names."""
    text = page.blocks[i].text
    for block in page.blocks[i + 1 : i + 1 + MOST_CUTS]:
        if len(text) > MOST_CUT or not _CUT_DATELINE.search(fold(text)):
            break
        text += block.text
    return text


def _tails(page: Evidence) -> Iterator[Byline]:
    """Yield the names in brackets that close the last paragraph: ``(刘晓荣、梁栋)``."""
    alone = (i for i in range(page.last - 1, page.last + TAIL_BLOCKS) if i < len(page.blocks))
    signed = {i for i in alone if i > page.lead and _is_signature(page.blocks[i])}
    for i in sorted(signed.union(page.labelled(Label.BYLINE)[:MOST_BYLINES])):
        block = page.blocks[i]
        if i < page.lead or block.units > 30 or page.distance(i) > TAIL_BLOCKS:
            continue
        names = reporters(block.text) if not block.text.isascii() else ()
        if names:
            yield Byline(i, names, block.text, TAIL_SCORE if block.glued else 1.2, "tail", 1)


def _is_signature(block: TextBlock) -> bool:
    """Tell whether a line is nothing but names in brackets, or an office and its reporters."""
    if block.units > MAX_UNITS / 2 or block.text.isascii():
        return False
    if _SIGNATURE.fullmatch(block.folded):
        return all(is_name(name, surname=True) for name in split_names(block.folded))
    first = REPORTER.match(_ICONS.sub("", block.folded))
    if first is None or "者" not in first[0]:
        return False
    return letters_besides(_ICONS.sub("", block.text), reporters(block.text)) <= MOST_MORE


_READERS: tuple[tuple[Callable[[Evidence], Iterator[Byline]], float | None], ...] = (
    (_credited, None),
    (_labelled_authors, None),
    (_lines, None),
    (_bare, BARE_SCORE),
    (_openings, None),
    (_tails, TAIL_SCORE),
    (called, None),
    (japanese, None),
    (korean, None),
    (named_by_text, TOLD_SCORE),
    (signed_at_end, INTRODUCED),
    (posted, ACCOUNT_SCORE),
    (first_poster, ACCOUNT_SCORE),
    (voted_for, ACCOUNT_SCORE),
    (nicknamed, ACCOUNT_SCORE),
    (given, None),
)
"""What reads bylines, and the most that one of its is worth: if a surer one is known, it is not asked. None: always
asked, for it may be the surest, or names lines that are no text."""
