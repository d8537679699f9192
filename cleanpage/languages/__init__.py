"""The languages of pages: one .toml file each, with what the package knows of the language and its rules.

A file that is dropped in here is all that a language needs; docs/adding-a-language.md says how to write one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from cleanpage.errors import CleanpageError
from cleanpage.own_toml import read_folder
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy
from cleanpage.values import frozen

Status = Literal["measured", "unmeasured"]
ROW_SIZES = {"months": 12, "weekdays": 7}
"""Fields that are rows of names, and how many each row has."""
_BETWEEN = lazy(r"[,\n]")
Value = TypeVar("Value")


@frozen
class Language:
    """What is known of one language. Phrases and patterns see folded text (``text.fold``).

    In the file, phrases are one string, parted by commas; patterns are a list of regular expressions.
    """

    code: str
    """ISO 639-1 code, the name of the file."""
    name: str
    """English name."""
    script: str
    """Script that it is written in, as ``language.SCRIPTS`` names it."""
    status: Status
    """``measured`` on labelled pages, or ``unmeasured``: made from what pages of the language print."""
    words: tuple[str, ...] = ()
    """Its commonest words, by which it is told from others of its script; parted by blanks."""
    function_words: tuple[str, ...] = ()
    """Words and ideograms that name nothing, besides its commonest words."""
    negations: tuple[str, ...] = ()
    """Words that turn what is said into its opposite: ``not``."""
    months: tuple[tuple[str, ...], ...] = ()
    """Rows of twelve names of months, in all the forms that dates have; a low line stands for a blank in a name."""
    weekdays: tuple[tuple[str, ...], ...] = ()
    """Rows of seven names of weekdays from Monday on, in the same way."""
    ago: tuple[str, ...] = ()
    """Patterns of relative dates: ``3 hours ago``."""
    ago_marks: tuple[str, ...] = ()
    """Literals one of which every relative date holds."""
    at: tuple[str, ...] = ()
    """Words between a date and the hour: ``at``, a weekday."""
    by: tuple[str, ...] = ()
    """Words before a writer's name, also alone on a line: ``by``."""
    byline: tuple[str, ...] = ()
    """Words that begin a byline, but are none by themselves: ``text``."""
    particles: tuple[str, ...] = ()
    """Words in lower case inside names: ``van der``."""
    conjunctions: tuple[str, ...] = ()
    """Words between the last two names of a list: ``and``."""
    not_names: tuple[str, ...] = ()
    """Words of pages that have the form of a name."""
    no_name_words: tuple[str, ...] = ()
    """Words that no person's name holds: of offices, sections, places, and of buttons in scripts without capitals."""
    name_words: tuple[str, ...] = ()
    """The commonest words of persons' names in scripts without capitals: a line that holds one may be a name."""
    surnames: tuple[str, ...] = ()
    """The commonest surnames, where they stand before the given name without a blank."""
    written_by: tuple[str, ...] = ()
    """Label of the writer in metadata of blogs: ``written by``."""
    published: tuple[str, ...] = ()
    """Patterns of what says that a date is that of publication."""
    modified: tuple[str, ...] = ()
    """Patterns of what says that a date is that of the last change."""
    days_of_others: tuple[str, ...] = ()
    """Patterns of what says that a day at a post is that of an account or of others: ``joined``, ``last seen``."""
    date_labels: tuple[str, ...] = ()
    """Labels that may announce any date."""
    breadcrumb: tuple[str, ...] = ()
    """Patterns of the label of a breadcrumb: ``you are here``."""
    home: tuple[str, ...] = ()
    """What the root of a breadcrumb is called."""
    last_crumbs: tuple[str, ...] = ()
    """What the last segment of a breadcrumb is called that names no channel."""
    summary: tuple[str, ...] = ()
    """Patterns of the label of an abstract."""
    page: tuple[str, ...] = ()
    """Words for a page, before its number: ``page 1 of 3``."""
    page_of: tuple[str, ...] = ()
    """Words between the number of a page and that of all: ``of``."""
    page_counts: tuple[str, ...] = ()
    """Patterns of counts with other forms; their groups ``n`` and ``of`` are the two numbers."""
    next_page: tuple[str, ...] = ()
    """What the link to an article's next page shows."""
    next: tuple[str, ...] = ()
    """What it shows in a row of page numbers, and the link to the next article elsewhere: ``next``."""
    pager: tuple[str, ...] = ()
    """What the other links of such a row show: ``previous``, ``last``."""
    read_on: tuple[str, ...] = ()
    """Patterns of lines that ask to read the rest elsewhere: ``continue reading``."""
    continued: tuple[str, ...] = ()
    """Patterns of what stands in brackets behind a text that goes on elsewhere: ``to be continued``."""
    continues_on: tuple[str, ...] = ()
    """Patterns of what says so without brackets, as the end of a line: ``continued on page 3``."""
    labels: Mapping[str, tuple[str, ...]] | None = None
    """What announces a value (``source``, ``author``, ``published`` …: ``fields/shared/labels.py``): the labels that
    do."""
    rules: tuple[Mapping[str, Any], ...] = ()
    """The tables ``[[rule]]``, as they stand in the file."""


_PATTERNS = frozenset(
    {"ago", "published", "modified", "days_of_others", "breadcrumb", "summary", *ROW_SIZES}
    | {"page_counts", "read_on", "continued", "continues_on"}
)
_PLAIN_KEYS = frozenset(("name", "script", "status"))
_READ_APART = {"code", "labels", "rules"}


@cache
def shipped_languages() -> dict[str, Language]:
    """Return the languages of the package by code: those with rules first, then by code."""
    found = [_parse_language(code, data) for code, data in read_folder(Path(__file__).parent).items()]
    return {language.code: language for language in sorted(found, key=lambda one: (not one.rules, one.code))}


def read(code: str, text: str) -> Language:
    """Return the language that a file describes; raise CleanpageError that names the key that is wrong."""
    import tomllib  # the files of the package are parsed already

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CleanpageError(f"{code}.toml: cannot be read: {error}") from error
    language = _parse_language(code, data)
    for name in sorted(_PATTERNS - ROW_SIZES.keys()):
        for pattern in getattr(language, name):
            _check_pattern(f"{code}.toml: {name}", pattern)
    return language


def _parse_language(code: str, data: Mapping[str, Any]) -> Language:
    """Return the language that a parsed file describes; of its patterns it is not asked whether they compile."""
    known = {f.name for f in fields(Language)} - _READ_APART
    unknown = sorted(data.keys() - known - {"labels", "rule"})
    if unknown:
        raise CleanpageError(f"{code}.toml: there is no key {unknown[0]!r}; known: {', '.join(sorted(known))}")
    missing = sorted(_PLAIN_KEYS - data.keys())
    if missing:
        raise CleanpageError(f"{code}.toml: lacks {', '.join(missing)}")
    values = {name: _value(f"{code}.toml: {name}", name, data[name]) for name in data.keys() & known}
    labels = {name: _phrases(f"{code}.toml: labels.{name}", value) for name, value in data.get("labels", {}).items()}
    return Language(code, **values, labels=labels, rules=tuple(data.get("rule", ())))


def _value(path: str, name: str, value: Any) -> Any:
    if name in _PLAIN_KEYS:
        if not isinstance(value, str) or (name == "status" and value not in get_args(Status)):
            raise CleanpageError(f"{path}: expected {' or '.join(get_args(Status))}" if name == "status" else path)
        return value
    if name not in _PATTERNS:
        return tuple(value.split()) if name == "words" else _phrases(path, value)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CleanpageError(f"{path}: expected a list of strings")
    return _named_rows(path, value, ROW_SIZES[name]) if name in ROW_SIZES else tuple(value)


def _phrases(path: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, str):
        raise CleanpageError(f"{path}: expected one string, phrases parted by commas")
    items = _BETWEEN.split(value.strip("\n"))
    if len(items) > 1:  # one alone may begin or end with a blank: `` ago``
        items = [item.strip() for item in items]
    return tuple(filter(None, items))


def _named_rows(path: str, rows: list[str], size: int) -> tuple[tuple[str, ...], ...]:
    found = tuple(tuple(row.split()) for row in rows)
    for row in found:
        if len(row) != size:
            raise CleanpageError(f"{path}: a row has {size} names, parted by blanks; this has {len(row)}: {row}")
    return found


def _check_pattern(path: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise CleanpageError(f"{path}: {pattern!r} does not compile: {error}") from error


def gathered(field: Callable[[Language], tuple[Value, ...]]) -> tuple[Value, ...]:
    """Return what all languages have in a field, without repetition, in the order of the languages."""
    return tuple(dict.fromkeys(value for language in shipped_languages().values() for value in field(language)))


def any_of(patterns: Callable[[Language], tuple[str, ...]]) -> str:
    """Return a regular expression for any of the patterns that the languages have in a field."""
    return f"(?:{'|'.join(gathered(patterns))})"


def any_phrase(phrases: Callable[[Language], tuple[str, ...]]) -> str:
    """Return a regular expression for any of the phrases that the languages have in a field, longer ones first."""
    found = sorted(gathered(phrases), key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(re.escape, found))})"


def joined(phrases: Callable[[Language], tuple[str, ...]]) -> frozenset[str]:
    """Return the phrases that the languages have in a field, folded and without blanks: to be looked up."""
    return frozenset(fold(phrase).replace(" ", "") for phrase in gathered(phrases))
