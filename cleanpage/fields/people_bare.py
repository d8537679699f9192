"""Names that stand alone beside a date under the headline, without a word that says who they are."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.byline import FULL_NAME, TOPICS, Byline, is_common, opens_text, undated
from cleanpage.fields.credits import BESIDE_NAME, leading_names
from cleanpage.fields.people_html import is_person
from cleanpage.fields.shared.evidence import Evidence, key
from cleanpage.fields.shared.names import is_name, is_organisation, is_position, split_names
from cleanpage.fields.shared.suffix import CHANNELS, site_parts
from cleanpage.fields.shared.weekdays import from_weekday
from cleanpage.fields.shared.when import NUMERIC
from cleanpage.fields.shared.words import words
from cleanpage.text import fold, is_cjk
from cleanpage.text.lazy_regex import lazy

NO_LAST = "市县区省镇乡村路街网讯报社台版刊室科局部院厅所站号图页榜史类区会店厂馆校系班组队城县州岛山湾港湖河江桥"
"""What a place, an office or a section may end with that has three ideograms, as most names have."""
_BARS = lazy(r"[|·•●▪–—]| - | in (?=[A-Z])| (?=@\w)")
_SECTIONS = words(
    """local locale locales locali lokal lokale lokales national nationale nacional nacionales nazionale international
    internationale internacional internazionale regional régional régionale regionale province provincia provincias
    society société sociedad società sociedade politique política politica kultur cultura économie economía economia
    deportes esportes actualité actualités actualidad attualità cronaca vie alltag leben gesellschaft
    wirtschaft attention nation region région región regione đời sống gündem ekonomi berita daerah"""
)
"""Words of the names of sections, which have the form of a person's name: ``Vie Locale``."""
_PLACE_OPENING = lazy(
    r"(?:San|Santa|Santo|São|St\.?|Sainte?|Bad|New|Los|Las|Puerto|Fort|Lake|Mount|Upper|Lower|Great) \S+$"
)
"""A place whose name begins so and has two words."""
MAX_MENU = 7.0
"""Longest item of a menu above the headline, in ideograms."""
BARE_UNDER = 3
"""Lines under the headline in which names may stand alone."""


def bare_names(page: Evidence, i: int, score: float) -> Iterator[Byline]:
    """Yield the names in line ``i`` if it stands beside a date under the headline, or before the author's portrait."""
    text = _first_piece(page, i)
    office, _, person = text.rpartition(" ")
    text = person if office and is_cjk(text[0]) and is_organisation(office) else text
    text = BESIDE_NAME.sub("", text) if is_cjk(text[:1]) else text
    if 2 <= len(text) <= 4 and is_cjk(text[0]):
        beside = any(page.has_date(j) for j in (i - 1, i, i + 1))
        if beside and page.under_headline(i, 3) and _may_be_alone(page, i, text):
            yield Byline(i, (text,), page.blocks[i].text, score, "name")
        return
    several = split_names(undated(page.blocks[i].text)) if is_cjk(text[:1]) and page.under_headline(i, 3) else ()
    several = () if page.in_body(i) and not opens_text(page, i) else several
    if len(several) > 1 and max(map(len, several)) > 2 and all(is_name(name, surname=True) for name in several):
        if any(page.has_date(j) for j in (i - 1, i, i + 1)):
            yield Byline(i, tuple(several), page.blocks[i].text, score, "name")
        return
    names = leading_names(text) if page.under_headline(i, BARE_UNDER) else [text]
    if not names or not all(map(FULL_NAME.fullmatch, names)) or page.is_headline(i):
        return
    if words(" ".join(names)) & (TOPICS | _SECTIONS) or _PLACE_OPENING.match(text) or _closes_menu(page, i):
        return
    if not all(map(is_name, names)):
        return
    around = range(max(0, i - 2), min(len(page.blocks), i + 3))
    dated = any(page.has_date(j) or NUMERIC.fullmatch(page.blocks[j].folded.strip(" |·•*")) for j in around)
    dated = dated or (
        page.under_headline(i, 2) and any(is_position(block.text) for block in page.blocks[i + 1 : i + 2])
    )
    portrait = fold(text) + " is "
    common = any(is_common(page, name) or _is_site_name(page, name) for name in names)
    if (dated and not common) or any(block.folded.startswith(portrait) for block in page.blocks):
        yield Byline(i, tuple(names), page.blocks[i].text, score, "name")


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


def _first_piece(page: Evidence, i: int) -> str:
    """Return what a line says first besides its date: ``Jane Doe | Staff writer | July 2, 2025``."""
    text, at = page.blocks[i].text, 0
    pieces = []
    for when in page.dates.get(i, ()):
        pieces.append(text[at : from_weekday(page.blocks[i].folded, when)])
        at = when.end
    pieces.append(text[at:])
    said = (piece.strip(" ,-[]()【】（）") for part in pieces for piece in _BARS.split(part))
    return next(filter(None, said), "")
