"""What a byline is, and how names are read out of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cleanpage.fields.shared.evidence import Evidence, unique
from cleanpage.fields.shared.names import is_name, split_names
from cleanpage.fields.shared.weekdays import whole_dates
from cleanpage.fields.shared.words import words
from cleanpage.languages import Language, any_phrase, gathered
from cleanpage.text import is_cjk
from cleanpage.text.lazy_regex import lazy
from cleanpage.values import frozen

MAX_UNITS = 50.0
"""Longest line that is a byline, in ideograms."""
MAX_OFFICE_UNITS = 15.0
"""Longest name of an office in ideograms."""
NAME_COST = 0.27
"""A bare name is a byline only close under or above the headline (``Evidence.place``)."""
WROTE = (
    "written|authored|posted|published|words|story|article|opinion|analysis|commentary|submitted|contributed|text|report"
    "|reported|started|asked|compiled|reporting|column|review|interview|guest post|guest column|words and photos"
    "|text and photos|story and photos"
)
BY = lazy(
    lambda: (
        rf"^by ?by(?:: ?| )(?=\S)|^(?:(?:{WROTE}) )?by(?:: ?| )(?=\S)"
        rf"|^from our (?:own )?correspondents?,? (?=\S)|^(?:{any_phrase(_byline_words)}):? (?=\S)"
    )
)
BY_ALONE = lazy(lambda: rf"^(?:(?:{WROTE}) )?{any_phrase(lambda language: language.by)}:?$")
ROLE = (
    r"(?:(?:AP|AFP|UPI|PA|CP|Reuters|Bloomberg) )?"
    r"(?:(?:Senior|Staff|Chief|Deputy|Managing|Associate|Contributing|Political|Foreign|Special|Guest|Freelance|Science|"
    r"Technology|Business|Sports|Features?|News|Health|Culture|Environment|Education|Digital|Executive|Lead) ){1,3}"
    r"(?:Writer|Editor|Reporter|Correspondent|Contributor|Columnist|Producer|Journalist|Author)"
    r"|(?:Chef|Volont[aä]r|Wirtschafts|Politik|Sport|Kultur|Online)?-?(?:[Rr]edakteur|[Rr]edaktor|[Kk]orrespondent)(?:in)?"
    r"|Volontär(?:in)?|Journaliste?(?:in)?|Periodista|Giornalista|Dziennikar(?:z|ka)|Redactora?|Redactrice|Rédacteur|Rédactrice"
)
ROLE_ALONE = r"Reporter(?:in)?|Correspondent|Columnist|Contributor|Corresponsal|Correspondante?"
"""Positions that end a name: ``Jane Doe Staff Writer``, and without a blank where a flattener has lost it; those of one
word behind a comma alone, for ``BS Reporter`` is what a desk is called."""
_LARGE = "[A-ZÀ-ÖØ-ÞĀ-ŽƠƯȘȚẠ-ỸΆ-ΫЀ-Я]"
"""Capitals of Latin, Greek and Cyrillic; ``Ā-Ž`` and ``Ạ-Ỹ`` have small letters as well."""
BY_END = lazy(
    lambda: (
        r" ?[|•·●▪■—–$€£©»]| - |(?<![^\W_])\d|(?<=[a-z])(?=Published|Updated|Posted|Last )"
        r"|\b(?i:published|updated|posted|last|on|in|for|at|reviewed|edited|medically|fact|am|with photos?"
        r"|dans|nella|nel|unter|sous|bajo)\b(?= )"
        r"| (?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
        r"| (?:le|il|el|den|op|dne|em|på) (?=\d|(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*di\b)"
        rf"| (?={_LARGE}[^\W\d_A-Z]{{2,19}}:)"
        r"| (?=Leave a (?:Comment|Reply)|(?:\d+|No) (?:Comments?|Responses?)\b|Filed under|Posted in|Tagged )"
        r"|, (?=[A-Z]?[a-z]+ ?(?i:editor|writer|reporter|correspondent|staff)\b)|\b(?i:staff|senior) [Ww]riter"
        rf"|(?:(?<=[a-z])|[ ,]\s?)(?=(?:{ROLE})\b)|(?:(?<=[a-z])|, ?)(?=(?:{ROLE_ALONE})\b)|[ ,]? ?(?<![\w.])@(?=\w)"
        rf"|[.,] (?i:{any_phrase(translated)})\b| (?={_LARGE})(?=(?i:{any_phrase(_labels_behind)})(?!\w))"
    )
)
"""What ends the names behind ``By``: a date, a bar, another credit, a position, the label of a date or counter."""
MIN_LABEL_BEHIND = 5
"""Shortest label that ends a name, in characters: shorter ones are names as well (``Maj``, ``Dela``)."""
_WITH_PICTURES = lazy(
    r"(?<![^\s,，、()（）&])(?!(?:und|and|et|och|og|en|[yeiи]) )[^\s,，、()（）&]{1,24}"
    r"(?: (?!(?:und|and|et|och|og|en|[yeiи]) )[^\s,，、()（）&]{1,24}){0,3} ?[(（]"
    r"(?i:摄影|攝影|摄|攝|图|圖|图片|fotos?|photos?|bilder|bild|foto's|kuvat|фото|illustrations?|video)[)）]"
)
_WITH_TEXT = lazy(r" ?[(（](?i:文|文字|text|texte?o?|testo|tekst|words|story|текст)[)）]")
SAMPLE_BLOCKS = 200
"""Blocks of the body in which the words of a supposed name are looked for."""
FULL_NAME = lazy(
    rf"(?:[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+|['’]{_LARGE}[^\W\d_]+)*(?: [A-Z]\.)?|(?:{_LARGE}\. ?){{0,2}}{_LARGE}\.)"
    r"(?: (?:(?:van|von|de|di|da|du|dos|del|della|la|le|der|den|el|al|bin|ibn|af|av|ter|ten|te|zu|y|e) ){0,2}"
    rf"(?:St\. |[dlDLO]['’])?{_LARGE}[^\W\d_]*(?:[-'’][^\W\d_]+)*){{1,3}}(?:,? [JS]r\.?| I{{2,3}}| IV)?"
)
TOPICS = words(
    """health news business guide guides tips news blog blogs home page about contact privacy policy terms services
    service data security learning marketing technology travel food life style lifestyle finance money sports sport
    culture politics world education science opinion reviews review resources articles article insights trends latest
        more read share table contents best top how what why your the and our support customer products product
    design digital media     social mobile web software development management training programs program online
    mental care family fitness     nutrition weight home garden real estate law legal small personal comments
    comment related posts post min minutes     copy link print email save follow subscribe newsletter sign log
    view all author authors spotlight strategy quick corporate written
    font fonts size play video rss feed feeds caption published updated posted zobacz także prześlij drukuj
    monday tuesday wednesday thursday friday saturday sunday watch live listen"""
)
"""Words of category and menu lines that have the form of a name: ``Mental Health``."""


POSITIONS = words(
    """editor reporter correspondent writer columnist critic journalist contributor blogger
    redakteur redakteurin redaktor redaktorin korrespondent korrespondentin reporterin volontär volontärin autor autorin
    kolumnist kolumnistin corresponsal enviado enviada redactor redactora periodista columnista correspondant
    correspondante envoyé envoyée journaliste rédacteur rédactrice chroniqueur chroniqueuse inviato inviata giornalista
    corrispondente redattore redattrice repórter jornalista correspondente enviada colunista dziennikarz dziennikarka
    reporterka korespondent korespondentka publicysta publicystka редактор корреспондент корреспондентка обозреватель
    журналист журналистка спецкор собкор колумнист репортёр кореспондент кореспондентка журналістка журналіст оглядач
    muhabir muhabiri yazar yazarı editör editörü verslaggever verslaggeefster redacteur redactrice korespondentem
    toimittaja journalisten korrespondenten novinář novinářka redaktorka"""
)
"""What those are who write, as words in lower case: a line may print it before or behind a name."""
_BEATS = words(
    """senior staff deputy managing associate contributing political foreign special guest freelance feature features
    environment environmental transport crime court courts city local national regional royal defence defense economics
    economy energy arts night assistant executive lead countryside rural religion housing investigations investigative
    data chess football cricket rugby wine book books film theatre theater music motoring property consumer global
    europe asia africa middle east north south west northern southern eastern western washington london paris berlin
    beijing moscow brussels general multimedia trainee junior industry state county community senior-level online
    climate diplomatic legal affairs labour labor retail banking and of at large in our the former"""
)
"""Words before a position that are no part of the name before them, besides ``TOPICS``."""


OUR = lazy(
    r"(?:unser\w{0,2}|notre|nostr[oaie]|nuestr[oa]s?|noss[oa]s?|our|onze|nasz\w{0,3}|своего|нашего) (?:own )?"
    r"[^\W\d_]+,? "
    r"(?:sp[eé]ci?[ae]le?s? |especial(?:es)? )?(?=\S)"
)
"""Where a reporter works, behind ``by``: ``von unserer Redakteurin``; folded."""


def without_position(name: str) -> str:
    """Return a name without what its bearer is, behind or before it: ``Jane Doe Transport correspondent``."""
    printed = name.split(" ")
    at = next((i for i, word in enumerate(printed) if word.lower() in POSITIONS), -1)
    if at < 0 or len(printed) == 1:
        return name
    first = at
    while first and printed[first - 1].lower() in _BEATS | TOPICS:
        first -= 1
    last = max(i for i, word in enumerate(printed) if word.lower() in POSITIONS)
    return " ".join(printed[:first]) if first else " ".join(printed[last + 1 :]) or name


def _byline_words(language: Language) -> tuple[str, ...]:
    """Return the words that begin bylines; the English one stands behind verbs, too, and has a pattern of its own."""
    return () if language.code == "en" else (*language.by, *language.byline, *language.written_by)


def translated(language: Language) -> tuple[str, ...]:
    """Return the phrases before a translator's name."""
    return tuple(label for label in (language.labels or {}).get("translator", ()) if " " in label)


def _labels_behind(language: Language) -> tuple[str, ...]:
    """Return the labels that print themselves behind a name, of dates and counters: ``Publié``, ``Diskuse``."""
    named = language.labels or {}
    found = [label for meaning in ("published", "modified", "other") for label in named.get(meaning, ())]
    return tuple([label for label in found if len(label) >= MIN_LABEL_BEHIND and not is_cjk(label[0])])


@cache
def by_openings(code: str | None) -> tuple[str, ...]:
    """Return what bylines begin with on a page in a language: the words of that language and the English ones.

    All languages' words if ``code`` is None. Elsewhere a word of another language may be anything (``Door``).
    """
    codes = {code, "en"}
    spoken = gathered(lambda one: (*one.by, *one.byline, *one.written_by) if code is None or one.code in codes else ())
    return (*WROTE.split("|"), "from our", *spoken)


@frozen
class Byline:
    """The names of one byline."""

    block: int
    names: tuple[str, ...]
    raw: str
    score: float
    kind: str
    reach: int = 0
    """How many blocks away a byline of the same kind belongs to this one: reporters stand one a line."""


def opens_text(page: Evidence, i: int) -> bool:
    """Tell whether a line of the body stands right before its first running text."""
    return page.first <= i < page.lead


def is_common(page: Evidence, name: str) -> bool:
    """Tell whether all words of a name stand in lower case in the body: ``Event Planning``."""
    body = "\n".join([page.blocks[i].text for i in page.body[:SAMPLE_BLOCKS]])
    return all(_is_word(word, body) for word in name.lower().split())


def _is_word(word: str, text: str) -> bool:
    """Tell whether a word stands in a text, and not only as a part of longer ones."""
    at = text.find(word)
    while at >= 0 and not (_is_border(text, at) and _is_border(text, at + len(word))):
        at = text.find(word, at + 1)
    return at >= 0


def _is_border(text: str, at: int) -> bool:
    """Tell whether a word begins or ends at a place of a text, as patterns see it."""
    before, behind = text[at - 1 : at], text[at : at + 1]
    return (before.isalnum() or before == "_") != (behind.isalnum() or behind == "_")


def undated(text: str) -> str:
    """Return the text with blanks for its dates and their weekdays: ``Dec. 19, 2025 · Jane Doe``."""
    for when in whole_dates(text):
        text = f"{text[: when.start]}{' ' * (when.end - when.start)}{text[when.end :]}"
    return text


def without_pictures(text: str) -> str:
    """Return a list of names without those who took the pictures, and without the word for text behind the others.

    ``Jane Doe (Text), John Roe (Fotos)``, ``李文（文） 王平（摄影）``.
    """
    return _WITH_TEXT.sub("", _WITH_PICTURES.sub("", text)) if "(" in text or "（" in text else text


def names_in(text: str, *, surname: bool) -> tuple[str, ...]:
    """Return the persons in a list of names; ``surname`` asks that Chinese ones begin with a known one."""
    names = map(without_position, split_names(text))
    found = unique(name for name in names if is_name(name, surname=surname))
    return tuple(found[:1] + [name for name in found[1:] if not name.startswith("The ")])  # a paper


def full_names(text: str, end: re.Pattern[str]) -> Iterator[str]:
    """Yield the persons with first and last name that a text begins with, up to what ends such a list."""
    found = end.search(text)
    for name in split_names(text[: found.start()] if found else text):
        if FULL_NAME.fullmatch(name) and is_name(name):
            yield name
