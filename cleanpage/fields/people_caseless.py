"""Names that stand alone beside a date in scripts without capitals, where their words and place alone tell them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from cleanpage.fields.byline import SAMPLE_BLOCKS, TOPICS
from cleanpage.fields.people_html import NO_WRITERS
from cleanpage.fields.people_ja import japanese_persons
from cleanpage.fields.shared.datelines import find_two_digits
from cleanpage.fields.shared.evidence import DATE_LINE, Evidence, key
from cleanpage.fields.shared.names import is_organisation
from cleanpage.fields.shared.suffix import site_parts
from cleanpage.fields.shared.words import words
from cleanpage.labels import Label
from cleanpage.languages import shipped_languages
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

_CASELESS_LETTER = (
    r"[\u0590-\u05ff\u0610-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u200c\u0900-\u0963\u0970-\u097f"
    r"\u0e01-\u0e3a\u0e40-\u0e4e]"
)
"""Letters and signs of Hebrew, Arabic, Devanagari and Thai."""
_CASELESS_WORD = rf"{_CASELESS_LETTER}{{2,14}}(?:['’׳-]{_CASELESS_LETTER}{{1,10}})?"
_CASELESS = lazy(rf"{_CASELESS_WORD}(?: {_CASELESS_WORD}){{1,2}}")
_NAME_PARTS = lazy(" (?:ال)?|-")
_COMMA_OR_ARABIC = lazy(r" ?[,،] ?")
_ARABIC_ARTICLE = "ال"
"""No first name begins with it, names of sections do: ``الشرق الأوسط``."""
_GLUED_PREFIXES = {"ar": lazy(" و?(?:ال|لل)(?=[^ ]{3})"), "he": lazy(" [והבלמשכ](?=[^ ]{3})")}
"""Article and prepositions that are written with the word behind them."""
_CASELESS_LANGUAGES = frozenset(("ar", "fa", "he", "hi", "ko", "ur"))
"""Those in whose names the words of buttons are looked for; Japanese and Thai words have no borders."""
_UNSPACED = frozenset(("th",))
"""Languages without blanks between words: a word that no name holds may stand inside one of theirs."""
MAX_ASIDE = 3
"""Most words of what is said of a writer behind a comma: where he is, what he does."""
_KOREAN = lazy(
    r"(?P<name>[가-힣]{2,4})"
    r"(?P<role> ?(?:칼럼니스트|논설위원|논설실장|편집위원|평론가|객원기자|시민기자|에디터|리포터|통신원"
    r"|시인|소설가|교수|변호사))?"
)
_NO_KOREAN_END = frozenset("부시군읍면과팀실회사장론평획집계층업율률법안품점청단도구가역말레")
"""What an office, a place, a section ends with in Korean."""
_JAPANESE_ROLE = lazy(r" ?(?:編集委員|論説委員|専門記者|記者|ライター)$")
_KANJI_NAME = lazy(r"[\u4e00-\u9fff々]+")
MAX_JAPANESE, MAX_KANJI = 7, 5
"""Longest Japanese name in characters, and without kana or a blank."""
_NO_JAPANESE_END = frozenset("市県区町村面部局社紙版欄室会誌本店館院省庁所")

_PLACE_OPENING = lazy(
    r"(?:San|Santa|Santo|São|St\.?|Sainte?|Bad|New|Los|Las|Puerto|Fort|Lake|Mount|Upper|Lower|Great) \S+$"
)
"""A place whose name begins so and has two words."""


def caseless_names(page: Evidence, i: int, pieces: Sequence[str]) -> Sequence[str]:
    """Return the names that line ``i``, whose pieces between dates and bars are given, is beside a date."""
    language = page.draft.language
    if language is None or not pieces or not _is_beside_day(page, i) or not _may_be_byline(page, i):
        return ()
    if language == "ko":
        found = _KOREAN.fullmatch(pieces[0])
        names = [found["name"]] if found and _is_korean(found["name"], announced=found["role"] is not None) else []
    elif language == "ja":
        names = [name for name in japanese_persons(_JAPANESE_ROLE.sub("", pieces[0])) if is_japanese(name)]
    else:
        first = pieces[1] if len(pieces) > 1 and " " not in pieces[0] else pieces[0]
        names = _listed_persons(first, language)
    return names if names and not any(stands_elsewhere(page, i, name) for name in names) else ()


def is_japanese(name: str) -> bool:
    """Tell whether a piece of a list is a person's name: by its surname, or by the blank behind it."""
    bare, parted = name.replace(" ", ""), name.find(" ") > 1
    known = parted or any(bare[:size] in _surnames("ja") for size in (2, 3) if len(bare) > size)
    most = MAX_JAPANESE if parted or not _KANJI_NAME.fullmatch(bare) else MAX_KANJI
    plain = 3 <= len(bare) <= most and bare[-1] not in _NO_JAPANESE_END
    return known and plain and not _holds_other(name, "ja", whole=False)


def stands_elsewhere(page: Evidence, i: int, name: str) -> bool:
    """Tell whether a name is also a line of its own elsewhere, the site's, or one that the text tells of."""
    own = key(fold(name))
    lines = page.keys.count(own) - (page.keys[i] == own)
    called = any(key(fold(part)) == own for part, _ in site_parts(page.blocks[0].text))
    return bool(lines) or called or any(name in page.blocks[j].text for j in page.body[:SAMPLE_BLOCKS] if j != i)


def _is_beside_day(page: Evidence, i: int) -> bool:
    """Tell whether a date or a counter, as that of minutes to read, stands on a line or right beside it."""
    counters, near = page.sure.get(Label.COUNTER, ()), range(max(0, i - 1), min(i + 2, len(page.blocks)))
    if any(page.has_date(j) or j in counters for j in near):
        return True
    lines = (page.blocks[j] for j in near if page.blocks[j].units <= DATE_LINE)
    return any(find_two_digits(block.folded, day_first=True) is not None for block in lines)


def _may_be_byline(page: Evidence, i: int) -> bool:
    """Tell whether no rule is sure that a line is something else, and it is no line inside the text."""
    others = any(i in page.sure.get(label, ()) for label in NO_WRITERS)
    return not others and (not page.in_body(i) or page.first <= i < page.lead)


def _listed_persons(text: str, language: str) -> list[str]:
    """Return the names of a list, or the first of what says behind it where he is: ``रेवती पांडेय, सोनपुरा``."""
    items = _COMMA_OR_ARABIC.split(text)
    names = [item for item in items if _is_caseless_name(item, language)]
    if not names or names[0] != items[0]:
        return []
    plain = all(item.count(" ") < MAX_ASIDE and not any(map(str.isdigit, item)) for item in items)
    return (names if len(names) == len(items) else names[:1]) if plain else []


def _is_caseless_name(name: str, language: str) -> bool:
    """Tell whether two or three words, one of them common in names, may be a person's name."""
    if not _CASELESS.fullmatch(name) or _name_words(language).isdisjoint(_NAME_PARTS.split(name)):
        return False
    other = is_organisation(name) or name.startswith(_ARABIC_ARTICLE)
    return not other and not _holds_other(name, language, whole=language not in _UNSPACED)


def _is_korean(name: str, *, announced: bool) -> bool:
    """Tell whether syllables are a name: of three, or behind which a role stands."""
    surname = name[0] in _surnames("ko") or name[:2] in _surnames("ko")
    plain = surname and (announced or (len(name) == 3 and name[-1] not in _NO_KOREAN_END))
    return plain and not _holds_other(name, "ko")


def is_other(name: str, code: str | None) -> bool:
    """Tell whether words with the form of a name are a section, an office or a place: ``Vie Locale``."""
    return bool(words(name) & TOPICS) or _PLACE_OPENING.match(name) is not None or _holds_other(name, code)


def _holds_other(name: str, code: str | None, *, whole: bool = True) -> bool:
    """Tell whether a name holds what stands in no name, as whole words or at all."""
    folded = f" {fold(name)} "
    single, phrases = _other_phrases(code)
    if not whole:
        return any(word in folded for word in single)
    bare = _GLUED_PREFIXES[code].sub(" ", folded).split() if code in _GLUED_PREFIXES else ()
    said = {*folded.split(), *bare}
    if not single.isdisjoint(said) or any(phrase in folded for phrase in phrases):
        return True
    return code in _CASELESS_LANGUAGES and not _page_words(code).isdisjoint(folded.split())


@cache
def _name_words(code: str) -> frozenset[str]:
    known = shipped_languages().get(code)
    return frozenset(known.name_words if known else ())


@cache
def _surnames(code: str) -> frozenset[str]:
    return frozenset(shipped_languages()[code].surnames)


@cache
def _other_phrases(code: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the folded words of a language that no name holds, and its phrases between blanks; of all for None."""
    languages = shipped_languages()
    known = [languages[one] for one in (code, "en") if one in languages] if code else [*languages.values()]
    told = [fold(phrase) for language in known for phrase in language.no_name_words]
    return frozenset(one for one in told if " " not in one), tuple([f" {one} " for one in told if " " in one])


@cache
def _page_words(code: str) -> frozenset[str]:
    """Return the folded words of a language's buttons, menus and labels that are no names as well."""
    language = shipped_languages()[code]
    phrases = [phrase for rule in language.rules for phrase in rule.get("words", ())]
    phrases += [*language.not_names, *(label for labels in (language.labels or {}).values() for label in labels)]
    return frozenset(word for phrase in phrases for word in fold(phrase).split(" ") if word) - _name_words(code)
