"""When the article was published and last changed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from functools import cache

from cleanpage.fields.shared.datelines import EDITION, find_dateline, find_two_digits, may_hold_two_digits
from cleanpage.fields.shared.evidence import DATE_LINE, ELSEWHERE, UNDER_HEADLINE, Claim, Evidence, blocks_of
from cleanpage.fields.shared.when import When, ago_marks, find_dates, find_relative, find_short_date
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.languages import any_of, joined
from cleanpage.text import fold, is_cjk
from cleanpage.text.lazy_regex import lazy
from cleanpage.values import frozen

RULE = "dates"
ORIGINAL, LABELLED, PUBLISH_LINE, BYLINE, BARE, INSIDE = 3.5, 3.0, 2.0, 1.8, 1.4, 0.8
"""Scores by what the date stands with: the first publication, its label, a publish line, a byline, nothing, words."""
GENERAL, BEHIND = 2.0, 0.4  # score behind a label as general as `date`; cost of a line not right under the headline
META, ONLY, SIGNED, IN_URL = 2.5, 1.3, 0.6, 0.4
"""Scores of what the HTML head says; a page that only tells its last change; a notice's last line; the address."""
NEAR, CLOSE, BESIDE = 0.29, 0.1, 0.3
"""Costs up to which a date stands beside the headline, and right under it; what the former has in addition."""
PRINTED = 0.9
"""What a date right under the headline has in addition when the HTML head tells a later day."""
WEST, CLOCK = 12, 19
"""Hours that the westernmost local time lags behind UTC; characters of an ISO date with time, without its zone."""
DATELINE, DATED_PARAGRAPHS = 1.0, 4
"""Score of the date that the text begins with, and in how many paragraphs it is looked for."""
YEAR_FIRST = ("zh", "ja", "ko", "hu", "sv", "lt")
"""Languages in which ``12.05.24`` may begin with the year, or be a number."""
MAX_IN_BODY, MAX_SAID = 25.0, 40.0
"""Longest publish line, in ideograms, that the body stage may have taken for text; of those that say ``published``."""
MAX_BEFORE = 12
"""Characters between a label and its date (``Published on Monday,``)."""

_NOT_OURS = labels_with(Trait.NO_DATE)
_NO_LABELS_OF_OURS = _NOT_OURS - {Label.DOCUMENT}
_OF_OTHERS = (Label.COMMENTS, Label.RELATED, Label.HOT_LIST)
_LINE_LABELS = labels_with(Trait.HEAD_LINE) - {Label.PUBLISH}
_MODIFIED = lazy(lambda: any_of(lambda language: language.modified))
_PUBLISHED = lazy(lambda: any_of(lambda language: language.published))
_FIRST = lazy(
    r"^(?:(?:this|the) (?:\w{1,12} ){1,3})?(?:was )?(?:originally|first|initially) (?:published|posted|appeared)"
    r"|(?:ursprünglich|erstmals) (?:veröffentlicht|erschienen)"
    r"|publié(?:e)? initialement|publicado originalmente|pubblicato originariamente"
)
"""Says that the day is that of the first publication, whatever the head or another line prints."""
_CALLED = lazy(r"date|publish|posted|byline|(?:post|entry|article)[-_]*(?:meta|info)|\btime")
"""Names of elements with the day of publication (the elements' classes are lower case)."""
_BYLINE = lazy("byline")
_TODAY = lazy(r"今天是|今日(?![^\W\d_]{0,2}报)|\bweather\b|\btoday\b")
_SHORT_ALONE = lazy(r"\W{0,3}\d\d-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?\W{0,3}")
"""A line of nothing but a date whose year is short and comes first: ``[18-07-30]``."""
_WEEKDAY = lazy(r"星期|礼拜|^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
"""A date with its weekday before the headline is the day of reading."""
EDITION_BESIDE = 2
"""Lines that may lie between a date and the page of a printed paper: the day is its own."""
_URL_DATE = lazy(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR_ALONE = lazy(r"(?:19|20)\d\d")
_DAY_ALONE, _CLOCK_ALONE = lazy(r"\d{1,2}[/.-]\d{1,2}"), lazy(r"\d{1,2}:\d\d(?::\d\d)?")
"""Lines of a date that is printed on two or three: year, day, time."""
_YEARLESS = lazy(r" ?((?:1[0-2]|0?\d)(?:[/.-](?:3[01]|[12]\d|0?\d)|月(?:3[01]|[12]\d|0?\d)日) ?\d{1,2}:\d\d(?::\d\d)?)")
_META_PUBLISHED = (
    "ld:datepublished", "article:published_time", "datepublished", "time:published", "pubdate", "publishdate",
    "publish-date", "publish_date", "published-date", "published_time", "og:published_time", "article.published",
    "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date",
    "dcterms.date", "citation_publication_date", "itemprop:datepublished", "article:create_at",
    "og:article:published_time", "date", "attr:published", "script:datepublished", "time",
)  # fmt: skip
_META_MODIFIED = (
    "ld:datemodified", "article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified",
    "dcterms.modified", "dc.date.modified", "article.updated", "itemprop:datemodified", "dateupdate",
    "attr:modified",
)  # fmt: skip
_META_LIKE = lazy(r"^published$|publi\w{0,20}[-_.: ]?(?:date|time|on)|(?:date|time)[-_.: ]?publi|pub[-_]?date")
"""Names of other meta elements that mean the date of publication."""
_WEAK = ("time", "script:datepublished", "attr:published", "attr:modified")
"""A time element without a role may tell any date, and so may a script."""


@frozen
class _Dated:
    """A date with what it dates."""

    block: int
    iso: str
    raw: str
    modified: bool
    score: float
    close: bool = False
    """Whether it stands right under the headline."""
    before: bool = False
    """Whether it stands before the text."""
    said: bool = False
    """Whether its line says that it is that of publication."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield candidates for ``published`` (with ``published_raw``) and ``modified``."""
    labelled = list(_labelled(page))
    # 成文日期 is when a paper was signed, 有效期至 when it ends: neither is when the page was published.
    taken = {(dated.block, dated.iso) for dated in labelled}
    taken |= {(pair.block, _iso(pair.value)) for pair in page.paired("written")}
    taken |= {(pair.block, _iso(pair.value)) for pair in page.paired("other") if pair.at == pair.block}
    head, theirs = list(_elsewhere(page)), _days_of_others(page)
    known = [dated for dated in head if len(dated.iso) >= 10]
    standing = _boost_conflicting(list(_standing(page, taken, theirs)), known)
    printed = {dated.iso[:10]: dated for dated in (*standing, *labelled) if "T" in dated.iso and not dated.modified}
    head = [_to_the_minute(dated, printed) for dated in head]
    apart = (*_dates_on_lines(page, theirs), *_dates_apart(page, theirs), *_signed(page))
    found = [*labelled, *standing, *apart, *head]
    if not any(dated.raw and not dated.modified and dated.score >= INSIDE for dated in found):
        found += _relative(page, theirs)
    ours = [max(dated.block, 0) for dated in found if dated.iso and not dated.modified]
    # A line that tells the last change apart from another day tells that of publication, wherever it stands.
    both = {dated.block for dated in found if dated.modified and dated.block >= 0}
    first_known = any(i in both or (_cost(page, i) or 1.0) <= NEAR for i in ours)
    for dated in found:
        if dated.modified:
            yield page.candidate(dated.block, "modified", dated.iso, RULE, dated.score)
            score = 0.0 if first_known else min(dated.score, ONLY)
            yield page.candidate(dated.block, "published", dated.iso, f"{RULE}.modified_only", score)
        elif dated.iso:
            yield page.candidate(dated.block, "published", dated.iso, RULE, dated.score)
        if dated.raw and not dated.modified:
            yield page.candidate(dated.block, "published_raw", dated.raw, RULE, dated.score)


@cache
def _date_labels() -> frozenset[str]:
    """Return labels that may tell any date: that of an event, of a meeting."""
    return joined(lambda language: language.date_labels)


def _labelled(page: Evidence) -> Iterator[_Dated]:
    """Yield the dates behind a label; ``发布日期`` in the head table of a government paper is one."""
    theirs = blocks_of(page.sure, _NO_LABELS_OF_OURS)
    for pair in page.paired("published", "modified"):
        cost = _cost(page, pair.at)
        if cost is None or pair.at in theirs or _is_text(page, pair.at):
            continue
        when = _first(pair.value)
        if when is None and is_cjk(pair.label[:1]):
            when = find_short_date(fold(pair.value))
        if when is None and is_cjk(pair.label[:1]) and pair.meaning == "published":
            when = _without_year(pair.value)
        if when is None:
            when = find_two_digits(fold(pair.value), day_first=_writes_day_first(page))
        if when is not None and when.start <= MAX_BEFORE:
            score = GENERAL if fold(pair.label) in _date_labels() else LABELLED
            yield _Dated(pair.block, when.iso, _raw(pair.value, when), pair.meaning == "modified", score - cost)


def _boost_conflicting(standing: list[_Dated], head: Sequence[_Dated]) -> list[_Dated]:
    """Return the dates, those right under the headline raised if they deny the ``head``.

    A later day than the head's must call itself that of publication: it may be that of the last change. None denies
    the head if its day is printed before the text as well. A head whose days of publication and of change are one
    instant has been written by the last change: an earlier day that calls itself that of publication passes it, or
    stands on a publish line. A head in another time zone than the page gives way to the day that the address has too.
    """
    ours = [dated for dated in standing if not dated.modified]
    published = [dated for dated in head if not dated.modified]
    named = {there.iso[:10] for there in published if there.score > IN_URL}
    if any(_same_day(here, there) for here in ours if here.before for there in published):
        local = {there.iso[:10] for there in published} - named
        return _raised(standing, [here for here in ours if here.close and here.iso[:10] in local], PRINTED)
    first = min((other.iso[:10] for other in published), default="")
    changed = {dated.iso[:CLOCK] for dated in head if dated.modified and "T" in dated.iso}
    stamped = bool(published) and all(dated.iso[:CLOCK] in changed for dated in published)
    close = [dated for dated in ours if dated.close and (dated.said or dated.iso[:10] < first)]
    if stamped:
        close += [here for here in ours if here.iso[:10] < first and (here.said or here.score >= PUBLISH_LINE)]
    return _raised(standing, close, PRINTED * 2 if stamped else PRINTED)


def _raised(standing: list[_Dated], chosen: Sequence[_Dated], more: float) -> list[_Dated]:
    return [replace(dated, score=dated.score + more) if dated in chosen else dated for dated in standing]


def _to_the_minute(dated: _Dated, printed: Mapping[str, _Dated]) -> _Dated:
    """Return what the head tells as a day with the time that is printed for it."""
    more = None if dated.modified else printed.get(dated.iso)
    return replace(dated, block=more.block, iso=more.iso, raw=more.raw) if more else dated


def _same_day(printed: _Dated, head: _Dated) -> bool:
    """Tell whether a printed day may be the head's in another time zone: a day earlier only of a head's morning."""
    days = (date.fromisoformat(printed.iso[:10]) - date.fromisoformat(head.iso[:10])).days
    return abs(days) <= 1 and (days >= 0 or "T" not in head.iso or int(head.iso[11:13]) < WEST)


def _standing(page: Evidence, taken: set[tuple[int, str]], theirs: AbstractSet[int]) -> Iterator[_Dated]:
    """Yield the dates that stand without a label near the headline and the body."""
    for i, cost in _neighbourhood(page, page.dates, theirs):
        block = page.blocks[i]
        before = not page.under_headline(i, UNDER_HEADLINE)
        reading = before and _WEEKDAY.search(block.folded)
        if reading and not _may_be_ours(page, i, cost):
            continue
        if _TODAY.search(block.folded):
            continue
        dates = [when for when in page.dates[i] if len(when.iso) >= 10]
        if not 0 < len(dates) <= 2:
            continue
        said = _PUBLISHED.search(block.folded) is not None
        standing = _standing_score(page, i, dates, said=said)
        for when, start in zip(dates, [0, *(when.end for when in dates)], strict=False):
            if (i, when.iso) in taken:
                continue
            modified = _MODIFIED.search(block.folded[max(start, when.start - 30) : when.start]) is not None
            after = when is dates[-1] and _MODIFIED.match(block.folded[when.end :].lstrip()) is not None
            line = min(standing, PUBLISH_LINE) if modified or after else standing
            close = line > INSIDE and cost <= CLOSE
            score = line - cost + 0.1 * when.has_time + BESIDE * (cost <= NEAR)
            yield _Dated(i, when.iso, _raw(block.text, when), modified or after, score, close, i <= page.lead, said)


def _may_be_ours(page: Evidence, i: int, cost: float) -> bool:
    """Tell whether a date with its weekday before the headline may be more than the day of reading."""
    return _names_edition(page, i) or _heads_post(page, i) or (cost <= NEAR and _is_called_date(page, i))


def _heads_post(page: Evidence, i: int) -> bool:
    """Tell whether a date stands right above a headline that the text follows at once, as blogs have it."""
    headline, when = page.headline, page.dates[i][0]
    bare = len(page.blocks[i].text) - (when.end - when.start) <= MAX_BEFORE
    return bare and headline is not None and i + 1 == headline.first and headline.last + 1 == page.lead


def _names_edition(page: Evidence, i: int) -> bool:
    """Tell whether a short line beside a date, or its own, names the page of a printed paper."""
    beside = page.blocks[max(0, i - EDITION_BESIDE) : i + EDITION_BESIDE + 1]
    return any(block.units <= DATE_LINE and EDITION.search(block.folded) for block in beside)


def _without_year(value: str) -> When | None:
    """Return where a day and a time without a year stand, as raw text: no clock is read here."""
    match = _YEARLESS.match(fold(value))
    return When("", match.start(1), match.end()) if match else None


def _dates_on_lines(page: Evidence, theirs: AbstractSet[int]) -> Iterator[_Dated]:
    """Yield the dates whose year stands on a line, the day on the next and the time of day, if any, on a third."""
    blocks = page.blocks
    years = [i for i, _ in page.near if len(blocks[i].folded) == 4 and _YEAR_ALONE.fullmatch(blocks[i].folded)]
    for i, cost in _neighbourhood(page, years, theirs):
        below = [block.folded for block in blocks[i + 1 : i + 3]]
        parts = [blocks[i].folded, *_while(below, (_DAY_ALONE, _CLOCK_ALONE))]
        when = _first(f"{parts[0]}/{' '.join(parts[1:])}")
        if when is not None and when.iso[8:]:
            score = BARE - cost + 0.1 * when.has_time + BESIDE * (cost <= NEAR)
            yield _Dated(i, when.iso, " ".join(parts), False, score, cost <= CLOSE, i <= page.lead)


def _dates_apart(page: Evidence, theirs: AbstractSet[int]) -> Iterator[_Dated]:
    """Yield the dates that are none elsewhere: without a century beside the headline, in the dateline."""
    yield from _short(page, theirs)
    yield from _datelines(page)


def _short(page: Evidence, theirs: AbstractSet[int]) -> Iterator[_Dated]:
    """Yield the dates with two digits for their year beside the headline: ``Hafen | 31.05.24``."""
    year_first = page.draft.language in (None, *YEAR_FIRST)
    near = [i for i, cost in page.beside if cost <= NEAR and i not in page.dates and page.blocks[i].units <= DATE_LINE]
    near = [i for i in near if "-" in page.blocks[i].folded] if year_first else near
    if not may_hold_two_digits("\n".join([page.blocks[i].folded for i in near])):
        return
    for i, cost in _neighbourhood(page, near, theirs):
        folded = page.blocks[i].folded
        if cost > NEAR or (year_first and (folded.count("-") != 2 or not _SHORT_ALONE.fullmatch(folded))):
            continue
        when = find_short_date(folded) if year_first else find_two_digits(folded, day_first=_writes_day_first(page))
        if when is not None:
            modified = _MODIFIED.search(page.blocks[i].folded[: when.start]) is not None
            score = BARE - cost + 0.1 * when.has_time + BESIDE
            yield _Dated(i, when.iso, _raw(page.blocks[i].text, when), modified, score, cost <= CLOSE, i <= page.lead)


def _writes_day_first(page: Evidence) -> bool | None:
    """Tell whether the page writes the day before the month, by its dates or else by its language."""
    if page.day_first is not None or page.draft.language in (None, "en", *YEAR_FIRST):
        return page.day_first
    return True


def _datelines(page: Evidence) -> Iterator[_Dated]:
    """Yield the date that the text begins with: ``27.1.2024 - Seit Montag …``; several such are a chronicle's."""
    opening = page.body[bisect_left(page.body, page.lead) :][:DATED_PARAGRAPHS]
    found = [
        (i, when) for i in opening if (when := find_dateline(page.blocks[i].folded, day_first=_writes_day_first(page)))
    ]
    if len(found) == 1 and found[0][0] == page.lead:
        i, when = found[0]
        yield _Dated(i, when.iso, _raw(page.blocks[i].text, when), False, DATELINE, False, True)


def _while(lines: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> Iterator[str]:
    """Yield the lines as long as each matches the pattern in its place."""
    for line, pattern in zip(lines, patterns, strict=False):
        if not pattern.fullmatch(line):
            return
        yield line


def _cost(page: Evidence, i: int) -> float | None:
    """Return what the place of a date costs; behind the body most dates are those of lists and comments."""
    cost = page.place(i)
    if cost is None or i <= page.last:
        return cost
    dated = page.headline is not None and any(map(page.has_date, range(page.headline.last + 1, page.lead)))
    return cost if page.under_headline(i, UNDER_HEADLINE) and not dated else cost + BEHIND


def _is_text(page: Evidence, i: int) -> bool:
    """Tell whether block ``i`` is text of the body: a line too long, or too far inside, for a publish line."""
    near, block = page.under_headline(i, UNDER_HEADLINE) or i <= page.lead, page.blocks[i]
    said = not block.is_prose and _PUBLISHED.search(block.folded) is not None
    if page.in_body(i) and i > page.lead and block.is_prose and not _is_called_date(page, i):
        return True
    return page.in_body(i) and not (block.units <= (MAX_SAID if said else MAX_IN_BODY) and near)


def _standing_score(page: Evidence, i: int, dates: list[When], *, said: bool) -> float:
    if said:
        return ORIGINAL if _FIRST.search(page.blocks[i].folded) else PUBLISH_LINE
    if i in page.labels.get(Label.PUBLISH, ()):
        return PUBLISH_LINE
    if i in page.credited or any(i in page.labels.get(label, ()) for label in _LINE_LABELS):
        return BYLINE
    rest = len(page.blocks[i].text) - sum(when.end - when.start for when in dates)
    return BARE if rest <= 12 or _is_called_date(page, i) else INSIDE


def _is_called_date(page: Evidence, i: int) -> bool:
    """Tell whether the element of a line, or the one around it, is called after dates or bylines."""
    return _is_in_element_called(page, i, _CALLED)


def _is_in_element_called(page: Evidence, i: int, names: re.Pattern[str]) -> bool:
    dom = page.blocks[i].dom
    return dom is not None and any(names.search(step) for step in dom.path[-2:])


def _signed(page: Evidence) -> Iterator[_Dated]:
    """Yield the date under the last lines of a notice."""
    for i in page.body[-3:]:
        block = page.blocks[i]
        dates = page.dates.get(i, ())
        if len(dates) == 1 and len(block.text) - (dates[0].end - dates[0].start) <= 3:
            yield _Dated(i, dates[0].iso, _raw(block.text, dates[0]), False, SIGNED)


def _relative(page: Evidence, theirs: AbstractSet[int]) -> Iterator[_Dated]:
    """Yield ``9 小时前`` as raw text: no clock is read here."""
    short = [i for i, _ in page.near if page.blocks[i].units <= MAX_IN_BODY]
    together = "\n".join([page.blocks[i].folded for i in short])
    marks = [mark for mark in ago_marks() if mark in together]
    asked = [i for i in short if any(mark in page.blocks[i].folded for mark in marks)] if marks else []
    for i, cost in _neighbourhood(page, asked, theirs):
        block = page.blocks[i]
        when = find_relative(block.folded)
        if when is not None:
            yield _Dated(i, "", _raw(block.text, when), False, INSIDE - cost)


def _elsewhere(page: Evidence) -> Iterator[_Dated]:
    """Yield what the HTML head and the address say."""
    if not page.blocks:
        return
    source = page.draft.source
    meta = {name.lower(): value for name, value in source.meta.items()}
    for names, modified in ((_META_PUBLISHED, False), (_META_MODIFIED, True)):
        likely = names if modified else (*names[:-3], *filter(_META_LIKE.search, meta), *names[-3:])
        name = next((name for name in likely if name in meta and _first(meta[name])), "")
        when = _first(meta.get(name, ""))
        if when is not None:
            yield _Dated(ELSEWHERE, when.iso, _raw(meta[name], when), modified, BARE if name in _WEAK else META)
    match = _URL_DATE.search(source.url or "")
    when = _first("-".join(match.groups())) if match else None
    if when is not None:
        yield _Dated(ELSEWHERE, when.iso, "", False, IN_URL)


def _neighbourhood(page: Evidence, asked: Iterable[int], theirs: AbstractSet[int]) -> Iterator[tuple[int, float]]:
    """Yield those of the blocks where a publish line may stand, with what their place costs."""
    for i in asked:
        if (cost := _cost(page, i)) is None:
            continue
        # Beside the headline it is ours even if a list before it has swallowed the line.
        ours = i not in theirs or (i <= page.lead and cost <= NEAR)
        if ours and not _is_text(page, i):
            yield i, cost


def _days_of_others(page: Evidence) -> AbstractSet[int]:
    """Return the blocks whose days are those of lists and comments."""
    # Behind the text a hint is enough: a reader's day looks like the page's own.
    behind = {i for i in blocks_of(page.labels, _OF_OTHERS) if i > page.last and page.costs[i] is not None}
    # So does the stamp right above the first comment, and any further down.
    comments = next((i for i in page.run_items(Label.COMMENTS) if i > page.last), len(page.blocks) + 1)
    behind.update(i for i in page.dates if i >= comments - 1)
    return blocks_of(page.sure, _NOT_OURS) | {i for i in behind if not _is_in_element_called(page, i, _BYLINE)}


def _first(text: str) -> When | None:
    dates = find_dates(fold(text))
    return dates[0] if dates else None


def _iso(text: str) -> str:
    when = _first(text)
    return when.iso if when else ""


def _raw(text: str, when: When) -> str:
    return text[when.start : when.end].strip()
