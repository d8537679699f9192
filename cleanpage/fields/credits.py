"""Credits of a short line: who wrote, took the pictures, translated, in any order and language.

A line is read as roles and lists of names: ``Text: A Foto: B``, ``文 A 图 B``, ``A/文 B/图``, ``글 A 사진 B``.
What is neither makes a segment unreadable, but for dates, where somebody works and what he is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from cleanpage.fields.byline import BY_END, FULL_NAME, POSITIONS, TOPICS, undated, without_pictures, without_position
from cleanpage.fields.people_ja import japanese_persons
from cleanpage.fields.shared.labels import ANNOUNCED
from cleanpage.fields.shared.names import (
    NAME_EDGES,
    has_surname,
    is_name,
    is_organisation,
    is_pen_name,
    is_position,
    split_names,
)
from cleanpage.fields.shared.words import words
from cleanpage.languages import gathered, shipped_languages
from cleanpage.text import fold, is_cjk
from cleanpage.text.lazy_regex import lazy

PEOPLE = ("author", "reporter", "photographer", "translator", "editor")
"""What labels announce that are somebody's work; all others end a list of names."""
WRITERS = ("author", "reporter")
NOBODY = "other"
MAX_PHRASE = 4
"""Words of the longest role: ``ein interview von``."""
MAX_ASIDE_WORDS = 6
"""Words of the longest thing that is said of a writer behind his name: ``Korrespondentin in Wien``."""
_SEGMENT = lazy(r"[。；]|[|｜丨•●▪■□◎◆·―—–;\t](?=\s|$)|(?:^|(?<=\s))[|｜丨•●▪■□◎◆·―—–-](?=\s)|^[■□◎●◆▲★]|\s{2,}|\u3000")
_MARKED_ROLE = lazy(r"[|｜丨【·・]|[/:*]in\b")
_BARRED = lazy(
    r"(?<![^\s|｜丨·・（(、，,])([^\s|｜丨·・（(、，,]{1,16}) ?[|｜丨·・](?!(?:写真|사진|撮影|摄影)(?![^\s=＝:：]))"
)
_BRACKETED_PART = lazy(r"【([^【】\s]{1,6})】 ?(?=[^\s【】])")
_CREDIT_FORMS = lazy(r"(?<=[^\W\d_])[/:*]in(?:nen)?\b")
"""``Autor/in`` and the like."""
_WORD = lazy(r"[:=/|,、()\[\]&+・]|[^\s:=/|,、()\[\]&+・]+")
"""Marks and words of a folded segment."""
_JOINS = frozenset("/・·&+、")
"""What joins two roles of the same person: ``文/图``, ``글·사진``."""
_SETS_OFF = frozenset(":=/|")
_CONNECTORS = words("by von vom de di da del dal par por av af door przez mit con и і der la le el van")
"""Words between a role and the names: ``foto di``."""
_TITLES = words("기자 특파원 선임기자 수습기자 인턴기자 객원기자 작가 氏 さん")
"""What somebody is, behind his name."""
BESIDE_NAME = lazy(r"\s?[(（\[【][^()（）\[\]【】]{0,40}(?:[)）\]】]|$)|\s@\w+")
_LISTS = (",", "&", "/", " and ", " und ", " et ", " y ", " e ", " i ", " и ", " och ", " og ", " en ")
"""What stands between the last two names of a list, the quick answer for most lines."""
_ARTICLES = words("a an the ein eine un une una um uma een")
_HAN_RUN = lazy(r"[\u4e00-\u9fff]+")
_KOREAN_NAME = lazy("[가-힣]{2,5}")
_RARE_NAME = lazy(r"[\u4e00-\u9fff]{3,6}(?<!报道)(?<!报导)(?<!報導)(?<!報道)")
MAX_HAN_NAME, MIN_OFFICE = 4, 4
"""Longest name, and shortest role with an office or a rank before it, in ideograms."""
MAX_CASELESS = 3
"""Words of the longest name in scripts without capitals, where a sentence looks like one."""


class Credit(NamedTuple):
    """Names and what they did."""

    role: str
    """One of ``PEOPLE``, or ``NOBODY``."""
    names: tuple[str, ...]


class _RoleOrText(NamedTuple):
    """A role, or the text between two roles."""

    roles: tuple[str, ...]
    """Empty for text."""
    start: int
    end: int
    set_off: bool
    """Whether a mark or ``by`` parts the role from what follows, or a slash from what goes before."""
    slashed: bool = False
    """Whether a slash stands before it."""


@cache
def roles() -> dict[str, str]:
    """Return for each folded phrase that names a role what it announces, words parted by single blanks."""
    found = {
        fold(label): meaning if meaning in PEOPLE else NOBODY
        for meaning in ANNOUNCED
        for language in shipped_languages().values()
        for label in (language.labels or {}).get(meaning, ())
        if not any(mark in label for mark in ":=/・")
    }
    bylines = gathered(lambda language: (*language.byline, *language.by, *language.written_by))
    return {fold(phrase).rstrip(":"): "author" for phrase in bylines} | found


@cache
def _role_words() -> frozenset[str]:
    """Return the first words of all roles that are not written with ideograms."""
    return frozenset(role.split(" ")[0] for role in roles())


_HAN_ROLE = lazy(lambda: f"(?:{'|'.join(sorted(filter(_is_long_han, roles()), key=len, reverse=True))})")
"""Roles of two and more ideograms."""
HAN_MARKS = "文图摄译撰写者员稿辑责校訳"
"""What each role of ideograms holds one of."""
_HAN_MARK = lazy(f"[{HAN_MARKS}]")


def _is_long_han(role: str) -> bool:
    return len(role) > 1 and is_cjk(role[0]) and roles()[role] in PEOPLE


def may_hold_credits(folded: str) -> bool:
    """Tell whether a folded line may hold a role, faster than ``read_credits`` does."""
    if not folded.isascii() and _HAN_MARK.search(folded):
        return True
    first = folded.partition(" ")[0].strip("(:-–—")
    if first in _role_words() or ("·" in first and first.partition("·")[0] in _role_words()):
        return True
    parted = first[:1].isdigit() or ":" in folded or "/" in folded or "|" in folded
    return parted and not _role_words().isdisjoint(_WORD.findall(folded))


@lru_cache(maxsize=256)
def read_credits(text: str, language: str | None = None) -> tuple[Credit, ...]:
    """Return the credits of a line in the order of the page; of each segment between bars and dates all or none."""
    found: list[Credit] = []
    alone: tuple[str, ...] = ()
    for segment in _credit_segments(text):
        credits, names = _read_segment(segment, language)
        found += credits
        alone = alone or names
    if alone and any(credit.role in PEOPLE for credit in found) and not any(credit.role in WRITERS for credit in found):
        found.insert(0, Credit("author", alone))
    return tuple(found)


def is_credit_line(text: str) -> bool:
    """Tell whether a line names people behind their roles, or one person and his position, and nothing else."""
    if may_hold_credits(fold(text)) and any(credit.role in PEOPLE for credit in read_credits(text)):
        return True
    says_position = not POSITIONS.isdisjoint(fold(text).split(" "))
    names = leading_names(text) if says_position or any(map(text.__contains__, _LISTS)) else []
    return len(names) > 1 or (bool(names) and says_position)


def leading_names(text: str) -> list[str]:
    """Return the full names that a line begins with, if all else in it says what they are or where they work.

    ``Jane Doe, Brook Courier``, ``J. Doe and John Roe Jr. (@roe)``, ``Politics editor Jane Doe``.
    """
    bare = BESIDE_NAME.sub("", text).strip(" ,-–—|·•")
    if not begins_with_name(bare):
        return []
    end = BY_END.search(bare)
    found: list[str] = []
    if end is not None and end[0].isdigit():
        return []
    for item in split_names(bare[: end.start()] if end else bare):
        name = without_position(item)
        if FULL_NAME.fullmatch(name) and is_name(name) and not name.startswith("The "):
            found.append(name)
        elif not (found and is_beside_name(item)):
            return []
    return found


def begins_with_name(text: str) -> bool:
    """Tell whether ``leading_names`` may find any, faster than it does."""
    return FULL_NAME.match(text.lstrip(NAME_EDGES)) is not None or not POSITIONS.isdisjoint(words(text))


def _credit_segments(text: str) -> Iterator[str]:
    """Yield the parts of a line between dates and bars; a bar behind a role belongs to it: ``作者 | 李文``."""
    line = without_pictures(undated(text))
    if _MARKED_ROLE.search(line):
        line = _CREDIT_FORMS.sub("", _BRACKETED_PART.sub(r"\1:", line))
        line = _BARRED.sub(lambda found: f"{found[1]}:" if _is_plain_role(found[1]) else found[0], line)
    for part in _SEGMENT.split(line):
        if part and (segment := part.strip(" ,-–—()（）[]【】〔〕")):
            yield segment


def _is_plain_role(text: str) -> bool:
    return fold(text) in roles() and text not in _TITLES


def _read_segment(segment: str, language: str | None) -> tuple[list[Credit], tuple[str, ...]]:
    """Return the credits of a segment, or the names that it is if no role stands in it."""
    pieces = list(_without_ranks(_split_at_roles(segment, fold(segment))))
    while pieces and pieces[-1].roles == (NOBODY,):  # what stood behind it was a date
        pieces.pop()
    pieces = pieces[1:] if _opens_with_office(segment, pieces) else pieces
    named = [piece for piece in pieces if piece.roles]
    if not named:
        return [], (_persons_of_list(segment, language) if len(pieces) == 1 else ())
    first = segment[named[0].start]
    if len(named) == 1 and not named[0].set_off and first.lower() != first.upper():
        return [], ()
    found: list[Credit] = []
    for text, role, sure in _attributed(pieces):
        printed = segment[text.start : text.end]
        names = (printed,) if role == (NOBODY,) else _persons_of_list(printed, language, announced=sure) if role else ()
        if not names:
            return [], ()
        found += [Credit(one, names) for one in role]
    return found, ()


def _without_ranks(pieces: Iterable[_RoleOrText]) -> Iterator[_RoleOrText]:
    """Yield the pieces; of two roles side by side the one that tells what was done: ``摄影：本报记者 李文``."""
    before: _RoleOrText | None = None
    for piece in pieces:
        if before is not None and before.roles and piece.roles and not before.slashed:
            ranked = piece.roles[0] in WRITERS and before.roles != (NOBODY,)
            before = before._replace(end=piece.end) if ranked else piece
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _attributed(pieces: Sequence[_RoleOrText]) -> Iterator[tuple[_RoleOrText, tuple[str, ...], bool]]:
    """Yield for each text between roles the role that it belongs to, before or behind it, and whether marks tell so."""
    taken = -1
    for i, piece in enumerate(pieces):
        if piece.roles:
            continue
        before = None if i in (0, taken + 1) else pieces[i - 1]
        behind = pieces[i + 1] if i + 1 < len(pieces) else None
        closes = behind is not None and (i + 2 == len(pieces) or pieces[i + 2].roles != ())
        if before is None and behind is not None and behind.set_off and not behind.slashed:
            # "A | Foto: B" has a writer, "A by B" none.
            yield piece, () if behind.roles[0] in (*WRITERS, NOBODY) else ("author",), False
        elif behind is not None and (before is None or behind.slashed or (closes and before.roles[0] in WRITERS)):
            taken = i + 1
            yield piece, behind.roles, before is not None and "photographer" in behind.roles
        else:
            yield piece, before.roles if before else ("author",), before is not None and _vouches(before)


def _vouches(role: _RoleOrText) -> bool:
    """Tell whether a role makes what follows it a name, whatever its surname."""
    return role.set_off and role.roles[0] == "author"


def _opens_with_office(segment: str, pieces: Sequence[_RoleOrText]) -> bool:
    """Tell whether an office, or an article that belongs to the role, stands before the first role."""
    if len(pieces) < 2 or pieces[0].roles or pieces[-1].roles:
        return False
    opening = segment[: pieces[0].end].strip()
    article, _, said = opening.partition(" ")
    plain = said.islower() or article.lower().startswith("ein")
    return is_organisation(opening) or (fold(article) in _ARTICLES and plain and said.count(" ") < 2)


def _split_at_roles(segment: str, folded: str) -> Iterator[_RoleOrText]:
    """Yield the roles of a segment and the texts between them."""
    words = [*_WORD.finditer(folded)]
    at, i, n = 0, 0, len(words)
    start = -1
    while i < n:
        role = _role_at(folded, words, i) if start < 0 or words[i][0] not in _TITLES else None
        if role is None:
            if start < 0 and words[i][0] not in _SETS_OFF:
                start = words[i].start()
            split = _glued_role(words[i]) if is_cjk(words[i][0][0]) else None
            if split is not None:
                at = split.end
                if start < split.start:
                    yield _RoleOrText((), start, split.start, False)
                yield split
                start = at if at < words[i].end() else -1
            i += 1
            continue
        if start >= 0 and words[i].start() > start:
            yield _RoleOrText((), start, words[i].start(), False)
        start = -1
        yield role[0]
        i = role[1]
    if start >= 0:
        yield _RoleOrText((), start, len(folded), False)


def _role_at(folded: str, words: Sequence[re.Match[str]], i: int) -> tuple[_RoleOrText, int] | None:
    """Return the role that begins with word ``i``, with those joined to it, and the index of the word behind it."""
    found: list[str] = []
    start, end, before = words[i].start(), i, i > 0 and words[i - 1][0] == "/"
    while (role := _longest(words, end)) is not None:
        if found and role[0][0] == "reporter":  # "文/记者 李文"
            end -= 1
            break
        found += role[0]
        end = role[1]
        joins = end + 1 < len(words) and (words[end][0] in _JOINS or words[end][0] in _conjunctions())
        if not joins or _longest(words, end + 1) is None:
            break
        end += 1
    if not found:
        return None
    behind = end
    while behind < len(words) and (words[behind][0] in _SETS_OFF or words[behind][0] in _CONNECTORS):
        behind += 1
    stop = words[behind - 1].end()
    connected = behind > end or words[end - 1][0] in _CONNECTORS or words[end - 1][0][-1] == "."
    return _RoleOrText(tuple(dict.fromkeys(found)), start, stop, before or connected, before and not connected), behind


def _longest(words: Sequence[re.Match[str]], i: int) -> tuple[tuple[str, ...], int] | None:
    """Return what the longest role announces that begins with word ``i``, and the index of the word behind it."""
    word = words[i][0]
    if "·" in word or (word not in _role_words() and word.rstrip(".") not in _role_words()):
        return _joined_letters(words, i)
    for last in range(min(len(words), i + MAX_PHRASE), i, -1):
        phrase = " ".join([word[0] for word in words[i:last]])
        meaning = roles().get(phrase) or roles().get(phrase.rstrip("."))
        if meaning is not None:
            return (meaning,), last
    return None


def _joined_letters(words: Sequence[re.Match[str]], i: int) -> tuple[tuple[str, ...], int] | None:
    """Return the role of a word that joins two (``글·사진``) or has an office before it (``本报特约撰稿人``)."""
    word = words[i][0]
    if "·" in word and all(part in roles() for part in word.split("·")):
        return tuple(roles()[part] for part in word.split("·")), i + 1
    if not is_cjk(word[-1]) or len(word) < MIN_OFFICE or "只看" in word:
        return None
    *_, last = (None, *_HAN_ROLE.finditer(word))
    return ((roles()[last[0]],), i + 1) if last is not None and last.end() == len(word) else None


def _glued_role(word: re.Match[str]) -> _RoleOrText | None:
    """Return the role in a run of ideograms that a name follows or goes before: ``见习记者李文``, ``李文摄``."""
    text = word[0]
    *_, last = (None, *_HAN_ROLE.finditer(text))
    if last is not None and 2 <= len(text) - last.end() <= MAX_HAN_NAME and has_surname(text[last.end() :]):
        return _RoleOrText((roles()[last[0]],), word.start(), word.start() + last.end(), True)
    if 3 <= len(text) <= MAX_HAN_NAME + 1 and text[-1] in "摄译" and has_surname(text[:-1]):
        return _RoleOrText((roles()[text[-1]],), word.end() - 1, word.end(), True, True)
    return None


def _persons_of_list(text: str, language: str | None, *, announced: bool = False) -> tuple[str, ...]:
    """Return the persons in a list of names, without what is said of them; nothing if it does not begin with one.

    ``announced`` makes three or four ideograms a name whatever its surname.
    """
    bare = BESIDE_NAME.sub("", text).strip(" ,，、·-–—/:")
    if language == "ja":
        return japanese_persons(bare)
    if (end := BY_END.search(bare)) is not None and not is_cjk(bare[:1]):
        bare = bare[: end.start()]
    words = [word for word in bare.split(" ") if fold(word) not in _TITLES]
    if words and words[-1] in _conjunctions():
        words.pop()
    items = [without_position(item) for item in split_names(" ".join(words))]
    named = list(filter(is_full_person, items))
    if announced and not named and items and _RARE_NAME.fullmatch(items[0]) and _may_be_rare(items[0]):
        named = items[:1]
    if not named or items[0] != named[0]:
        return ()
    return tuple(dict.fromkeys(named)) if all(is_beside_name(item) for item in items if item not in named) else ()


def _may_be_rare(name: str) -> bool:
    """Tell whether ideograms behind a role may be a name without a known surname."""
    return is_name(name) if len(name) <= MAX_HAN_NAME else is_pen_name(name) and not is_organisation(name)


@cache
def _conjunctions() -> frozenset[str]:
    return frozenset(gathered(lambda language: language.conjunctions))


def is_full_person(name: str) -> bool:
    """Tell whether a text is the whole name of a person, in any script."""
    if any(map(is_cjk, name[:1])) and _HAN_RUN.match(name):
        return is_name(name, surname=True)
    if _KOREAN_NAME.fullmatch(name):
        return is_name(name)
    if " " not in name or words(name) & TOPICS:
        return False
    cased = name[0] != name[0].swapcase()
    whole = FULL_NAME.fullmatch(name) is not None if cased else name.count(" ") < MAX_CASELESS
    return whole and is_name(name)


def is_beside_name(item: str) -> bool:
    """Tell whether an item of a list says where somebody works or what he is."""
    return (
        item.count(" ") < MAX_ASIDE_WORDS
        and (
            is_organisation(item)
            or item.startswith("The ")
            or is_position(item)
            or item[0].islower()
            or " " not in item
        )
        and not item[0].isdigit()
    )
