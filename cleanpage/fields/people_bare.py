"""Names that stand alone beside a date under the headline, without a word that says who they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from cleanpage.fields.byline import FULL_NAME, Byline, is_common, opens_text, undated
from cleanpage.fields.credits import BESIDE_NAME, begins_with_name, leading_names
from cleanpage.fields.people_caseless import caseless_names, is_other
from cleanpage.fields.people_html import is_person
from cleanpage.fields.shared.evidence import Evidence, key
from cleanpage.fields.shared.names import is_name, is_organisation, is_position, split_names
from cleanpage.fields.shared.suffix import CHANNELS, site_parts
from cleanpage.fields.shared.weekdays import from_weekday
from cleanpage.fields.shared.when import NUMERIC
from cleanpage.languages import gathered, shipped_languages
from cleanpage.text import fold, is_cjk
from cleanpage.text.lazy_regex import lazy

NO_LAST = "市县区省镇乡村路街网讯报社台版刊室科局部院厅所站号图页榜史类区会店厂馆校系班组队城县州岛山湾港湖河江桥评论"
"""What a place, an office or a section may end with that has three ideograms, as most names have."""
_PIECE_EDGES = " ,،-[]()【】（）"
_CLOCK_WORDS = ("am", "pm", "a.m", "p.m", "ist", "gmt", "utc", "uhr")
"""What stands behind the hour, folded."""
MAX_LABEL_WORDS = 4
"""Words of the longest label of a date."""
_BARS = lazy(r"[|·•●▪–—]| - | in (?=[A-Z])| (?=@\w)")
MAX_MENU = 7.0
"""Longest item of a menu above the headline, in ideograms."""
BARE_UNDER = 3
"""Lines under the headline in which names may stand alone."""


def bare_names(page: Evidence, i: int, score: float) -> Iterator[Byline]:
    """Yield the names in line ``i`` if it stands beside a date under the headline, or before the author's portrait."""
    if " " not in page.blocks[i].text and page.blocks[i].text.isascii():
        return
    pieces = _pieces_beside_date(page, i)
    text = pieces[0] if pieces else ""
    if page.draft.language in ("ja", "ko") or (text[:1].islower() == text[:1].isupper() and not is_cjk(text[:1])):
        names = caseless_names(page, i, pieces) if page.under_headline(i, BARE_UNDER) else ()
    else:
        names = (_chinese_names if is_cjk(text[:1]) else _full_names)(page, i, text)
    if names:
        yield Byline(i, tuple(names), page.blocks[i].text, score, "name")


def _chinese_names(page: Evidence, i: int, text: str) -> Sequence[str]:
    """Return the one name, or the several, that line ``i`` is beside a date under the headline."""
    if not page.under_headline(i, BARE_UNDER) or not any(page.has_date(j) for j in (i - 1, i, i + 1)):
        return ()
    office, _, person = text.rpartition(" ")
    if office and is_organisation(office):
        text = person
    elif is_name(office, surname=True) and is_organisation(person):
        text = office
    text = BESIDE_NAME.sub("", text)
    if 2 <= len(text) <= 4 and is_cjk(text[0]):
        return (text,) if _may_be_alone(page, i, text) else ()
    if page.in_body(i) and not opens_text(page, i):
        return ()
    several = split_names(undated(page.blocks[i].text))
    listed = len(several) > 1 and max(map(len, several)) > 2
    return several if listed and all(is_name(name, surname=True) for name in several) else ()


def _full_names(page: Evidence, i: int, text: str) -> Sequence[str]:
    """Return the names with first and last name that ``text`` is, or begins with under the headline."""
    under = page.under_headline(i, BARE_UNDER)
    may_be = " " in text and not page.is_headline(i) and not (page.in_body(i) and page.blocks[i].is_prose)
    if not may_be or not (begins_with_name(text) if under else FULL_NAME.fullmatch(text)):
        return ()
    dated = _is_beside_date(page, i)
    if not dated and not (FULL_NAME.fullmatch(text) and is_name(text) and _has_portrait(page, text)):
        return ()
    printed = leading_names(text) if under else [text]
    names = [name for name in printed if not is_other(name, page.draft.language)]
    plain = all(FULL_NAME.fullmatch(name) and is_name(name) for name in names)
    if not plain or names[:1] != printed[:1] or _closes_menu(page, i):
        return ()
    common = any(is_common(page, name) or _is_site_name(page, name) for name in names)
    return names if not common or _has_portrait(page, text) else ()


def _without_date_words(piece: str) -> str:
    """Return a piece without what it says of the date at its end: ``Publié``, ``AM IST``."""
    said = piece.split(" ")
    while said and fold(said[-1]).rstrip(":.") in _last_date_words():
        sizes = range(min(MAX_LABEL_WORDS, len(said)), 0, -1)
        size = next((size for size in sizes if fold(" ".join(said[-size:])).rstrip(":.") in _date_words()), 0)
        if not size:
            break
        del said[-size:]
    return " ".join(said).strip(_PIECE_EDGES)


@cache
def _date_words() -> frozenset[str]:
    """Return the folded labels of dates in all languages, and the words beside hours."""
    named = [language.labels or {} for language in shipped_languages().values()]
    labels = [label for one in named for meaning in ("published", "modified") for label in one.get(meaning, ())]
    return frozenset((*map(fold, labels), *_CLOCK_WORDS, *gathered(lambda language: language.at)))


@cache
def _last_date_words() -> frozenset[str]:
    return frozenset(label.rpartition(" ")[2] for label in _date_words())


def _is_beside_date(page: Evidence, i: int) -> bool:
    """Tell whether a date stands near a line, or right below one under the headline what somebody is."""
    around = range(max(0, i - 2), min(len(page.blocks), i + 3))
    if any(page.has_date(j) or NUMERIC.fullmatch(page.blocks[j].folded.strip(" |·•*")) for j in around):
        return True
    return page.under_headline(i, 2) and any(is_position(block.text) for block in page.blocks[i + 1 : i + 2])


def _has_portrait(page: Evidence, name: str) -> bool:
    """Tell whether a line of the page introduces somebody: ``Jane Doe is …``."""
    opening = fold(name) + " is "
    return any(block.folded.startswith(opening) for block in page.blocks)


def _may_be_alone(page: Evidence, i: int, text: str) -> bool:
    """Tell whether two or three ideograms may be a name without any word beside it: no place, no section."""
    if page.in_body(i) or text[-1] in NO_LAST or not is_name(text, surname=True):
        return False
    dom = page.blocks[i].dom
    plain = len(text) == 3 or dom is None or not dom.links
    return plain and not CHANNELS.fullmatch(fold(text)) and page.keys.count(page.keys[i]) == 1


def _is_site_name(page: Evidence, name: str) -> bool:
    """Tell whether a name is that of the site, as ``<title>`` gives it, and no person's."""
    called = any(key(fold(part)) == key(fold(name)) for part, _ in site_parts(page.blocks[0].text))
    return called and not is_person(page, name)


def _closes_menu(page: Evidence, i: int) -> bool:
    """Tell whether a line above the headline follows two short ones: it is an item of their menu (``Son Dakika``)."""
    above = page.headline is not None and 2 <= i < page.headline.first
    return above and all(page.blocks[j].units <= MAX_MENU and j not in page.dates for j in (i - 2, i - 1))


def _pieces_beside_date(page: Evidence, i: int) -> list[str]:
    """Return what a line says besides its date, between bars: ``Jane Doe | Staff writer | July 2, 2025``."""
    text, at = page.blocks[i].text, 0
    pieces = []
    for when in page.dates.get(i, ()):
        pieces.append(text[at : from_weekday(page.blocks[i].folded, when)])
        at = when.end
    pieces.append(text[at:])
    said = (piece.strip(_PIECE_EDGES) for part in pieces for piece in _BARS.split(part))
    return [bare for piece in said if (bare := _without_date_words(piece))]
