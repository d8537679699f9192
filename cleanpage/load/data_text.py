"""Data that is written as text, by its form: tables, logs, feeds, mailboxes, subtitles, configuration.

A flattened page has a headline, a menu or a paragraph among its lines. So a text is data only if all lines of its head
have the form of a row, of a key with its value, of an entry.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from cleanpage.load.bounds import EDGE
from cleanpage.text import ends_sentence
from cleanpage.text.lazy_regex import lazy

LEAST_ROWS, LEAST_HEADED = 5, 3
"""Fewest rows of a table, and of one whose first row holds names of columns."""
LIKE_ROWS = 0.9
"""Share of the rows that have as many cells as the first, and of the lines of a log that begin with a time."""
FIRST_ROWS = 10
"""So many rows are looked at before the others: the first line of a page often holds a comma."""
PADDED = 0.5
"""Share of the cells behind a blank from which on rows whose cells hold few values are enumerations."""
VALUE_CELLS = 0.8
"""Share of the cells of a column that are numbers, dates or addresses for it to be none of prose."""
LEAST_LINES = 4
"""Fewest lines of configuration, and of a log."""
LEVELS_OF_NAMES = 3
"""So deep stand keys in what is YAML though they begin with capitals."""
LEVELS = 0.5
"""Share of the lines of a log that name a level, a process or a thread."""

_OPENINGS = (
    (lazy(r"WEBVTT\b[^\n]*\n"), "subtitles (WebVTT)"),
    (lazy(r"\d{1,4}\n\d{1,2}:\d\d:\d\d[,.]\d{3} --> \d"), "subtitles (SRT)"),
    (lazy(r"\[Script Info\][ \t]*\n"), "subtitles (SSA)"),
    (lazy(r"(?:\[[a-z]{2,6}:[^\]\n]*\]\n\s*+)*+\[\d\d:\d\d[.:]\d\d[^\n]*\n\[\d\d:\d\d[.:]\d\d"), "subtitles (LRC)"),
    (lazy(r"From \S{1,200} [MTWFS][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d[^\n]*\n[\w-]+:"), "a mailbox (mbox)"),
    (lazy(r"@[A-Za-z]{3,20}\s?\{[^\s,{}]{1,200},[ \t]*+\n\s*+\w+ {0,20}="), "a bibliography (BibTeX)"),
    (lazy(r"TY  - [A-Z]{3,6}[ \t]*\n[A-Z][A-Z\d]  - "), "a bibliography (RIS)"),
    (lazy(r"(?:diff --git |Index: )\S[^\n]*\n|--- \S[^\n]*\n\+\+\+ \S[^\n]*\n@@ "), "a patch (diff)"),
    (lazy(r"(?:#[^\n]*\n|\s)*+msgid \"[^\n]*\n(?:\"[^\n]*\n)*+msgstr \""), "translations (gettext)"),
    (lazy(r"(?:#[^\n]*\n|\s)*+User-agent:[^\n]*\n(?:#[^\n]*\n|User-agent:[^\n]*\n)*+(?:Dis)?allow:"), "a robots.txt"),
)
"""What a format of data begins with, and its name."""
_XML = lazy(
    r"\s*+(?:<\?[^>]{0,400}\?>\s*+|<!--[^>]{0,2000}-->\s*+|<!DOCTYPE (?!html)[^>]{0,400}>\s*+){0,9}"
    r"<([\w:.-]{1,60})[\s/>]"
)
_ROOTS = {
    "rss": "a feed (RSS)", "rdf:rdf": "a feed (RSS)", "feed": "a feed (Atom)", "urlset": "a sitemap",
    "sitemapindex": "a sitemap", "svg": "an SVG image", "opml": "a list of feeds (OPML)", "plist": "a property list",
    "gpx": "a track (GPX)", "kml": "a map (KML)",
}  # fmt: skip
"""Elements that hold all of an XML document, in lower case, and its format."""
_OF_PAGES = lazy(r"<(?:p|div|h[1-6]|html|body|article|section|li)[\s>]", re.IGNORECASE)
_OF_TEXTS = lazy(r"<(?:p|para|div|h[1-6]|html|body|article|section|li|card|text)[\s>]|>[^<>]{120}"
    r"|[\u3040-\u30ff\u3400-\u9fff][^<>]{39}", re.IGNORECASE)
"""What XML of a text holds: elements of texts, or a long string."""
_CELL_DELIMITERS = ",;\t|"
_NAME = lazy(r"[\"']?[a-z_][\w .#/()-]{0,40}[\"']?", re.ASCII | re.IGNORECASE)
"""The name of a column."""
_CELL_VALUE = lazy(
    r"[-+(]{0,2}[$€£¥]?\s?\d[\d.,: _]{0,30}\s?[%€$£)]{0,2}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.Z+-]{4,30})?"
    r"|https?://\S+|[\w.+-]+@[\w.-]+|true|false|null|n/?a|nan|-|",
    re.IGNORECASE,
)
"""A number, a date, an address; nothing at all."""
_LOG_TIME = lazy(
    r"(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?:"
    r"|[\w.:]{3,60} \S+ \S+ \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d"
    r"|\[[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d)"
)
_LEVEL = lazy(
    r"\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)\b"
    r"|\[\w[\w.:/ -]{0,60}\]|HTTP/\d|\w\[\d+\]:",
    re.IGNORECASE,
)
_KEY = r"[\"']?[A-Za-z_$][\w./$*@+-]{0,60}[\"']?"
_YAML = lazy(rf"(?:- )*({_KEY})\s?:(?: +(\S.*))?$")
_BETWEEN = lazy(r"---(?: .*)?$|\.\.\.$|#.*|%YAML .*")
_SETTING = lazy(rf"(?:export )?{_KEY}(\s?=(?!=)\s?)")
_SECTION = lazy(r"\[\[?[\w.\"':/ *-]{1,80}\]\]?$")
_GOES_ON = lazy(r"\s+\S|[\"'\[\]{}\d]")
_FIRST_LINES = (_LOG_TIME, _YAML, _BETWEEN, _SETTING, _SECTION)
"""What the first line of a log, of YAML and of a configuration has, unless it is an item or a comment."""


def data_format(head: str, tail: str) -> str | None:
    """Return the name of the format if a text that begins and ends so is data, None for others; in linear time."""
    head = head.removeprefix("\ufeff").lstrip("\r\n").replace("\r\n", "\n")
    if head.lstrip()[:1] == "<":
        return _xml(head, tail.rstrip())
    if found := next((name for pattern, name in _OPENINGS if pattern.match(head)), None):
        return found
    if found := _table(head):
        return found
    first = head.lstrip().partition("\n")[0].rstrip()
    if first[:1] not in "-#;" and not any(pattern.match(first) for pattern in _FIRST_LINES):  # as most pages
        return None
    return _of_lines([line.rstrip() for line in head.split("\n") if line.strip()])


def _xml(head: str, tail: str) -> str | None:
    """Return what an XML document is: by its outermost element, which ends where the text ends."""
    found = _XML.match(head)
    name = found[1].lower() if found else ""
    if not tail.lower().endswith((f"</{name}>", "/>")):
        return None
    if name in _ROOTS:
        return None if name == "svg" and _OF_PAGES.search(head) else _ROOTS[name]
    is_data = found and head.startswith("<?xml") and not _OF_TEXTS.search(head)
    return "XML data" if is_data else None


def _table(head: str) -> str | None:
    """Return the kind of table that all rows of a text are, with the delimiter that its first row has most."""
    first = head.partition("\n")[0]
    delimiter = max(_CELL_DELIMITERS, key=first.count)
    if not first.count(delimiter) or first.startswith(("|", "<")):
        return None
    if not _are_even([*islice(_rows(head, delimiter), FIRST_ROWS)]) or not _are_even(rows := [*_rows(head, delimiter)]):
        return None
    width = len(rows[0])
    columns = [*zip(*(row for row in rows[1:] if len(row) == width), strict=True)]
    values = sum(_are_values(column) for column in columns)
    names = all(_NAME.fullmatch(cell.strip() or "_") and not (cell and _is_value(cell)) for cell in rows[0])
    quoted = head.count(f'"{delimiter}') >= len(rows) - 1
    if len(rows) < (LEAST_HEADED if names else LEAST_ROWS) or not (values or quoted):
        return None
    padded = sum(cell[:1] == " " for row in rows for cell in row[1:])
    if padded > PADDED * (width - 1) * len(rows) and 2 * values < width:  # an enumeration
        return None
    return "a table (TSV)" if delimiter == "\t" else "a table (CSV)"


def _are_even(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether nearly all rows have as many cells as the first, which has several."""
    width = len(rows[0]) if rows else 0
    return width > 1 and sum(len(row) == width for row in rows) >= LIKE_ROWS * len(rows)


def _rows(head: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows of a table; the last one of those that are looked at may be cut."""
    whole = head if len(head) < EDGE else head.rpartition("\n")[0]
    try:
        yield from filter(None, csv.reader(whole.split("\n"), delimiter=delimiter))
    except csv.Error:
        return


def _are_values(column: Sequence[str]) -> bool:
    return any(column) and sum(map(_is_value, column)) >= VALUE_CELLS * len(column)


def _is_value(cell: str) -> bool:
    return _CELL_VALUE.fullmatch(cell.strip()) is not None


def _of_lines(lines: Sequence[str]) -> str | None:
    """Return the format that the lines of a text have."""
    if len(lines) < LEAST_LINES:
        return None
    if _is_log(lines):
        return "a log"
    if _is_yaml(lines):
        return "YAML data"
    return "a configuration file" if is_configuration(lines) else None


def _is_log(lines: Sequence[str]) -> bool:
    if _LOG_TIME.match(lines[0]) is None:
        return False
    entries = [line for line in lines if not line[0].isspace()]
    timed = [line for line in entries if _LOG_TIME.match(line)]
    return len(timed) >= LIKE_ROWS * len(entries) and sum(map(bool, map(_LEVEL.search, timed))) >= LEVELS * len(timed)


def _is_yaml(lines: Sequence[str]) -> bool:
    """Tell whether all lines are YAML: keys below keys, or different keys whose values are no sentences."""
    found = _yaml_lines(lines)
    keys = [line.key for line in found if line.key]
    if len(keys) < LEAST_LINES - 1:
        return False
    flat = len({*keys}) == len(keys) and not any(" " in line.value and ends_sentence(line.value) for line in found)
    return _are_nested(found) or (flat and _are_small(keys))


def is_nested_yaml(lines: Sequence[str]) -> bool:
    """Tell whether all lines are YAML, and some stand in below a key or an item."""
    found = _yaml_lines(lines)
    return sum(line.key != "" for line in found) >= LEAST_LINES - 1 and _are_nested(found)


class _YamlLine(NamedTuple):
    """A line of YAML."""

    margin: int
    dash: bool
    """Whether it is an item, which may begin with a key."""
    key: str
    value: str


def _yaml_lines(lines: Sequence[str]) -> list[_YamlLine]:
    """Return the lines as keys, items and what goes on with a value, comments left out; nothing if some are no YAML."""
    found: list[_YamlLine] = []
    for line in lines:
        bare = line.lstrip()
        if not _BETWEEN.match(bare):
            key = _YAML.match(bare)
            dash = bare.startswith("-")
            margin = len(line) - len(bare)
            if key is None and not dash and not (found and found[-1].value and margin > found[0].margin):
                return []
            found.append(_YamlLine(margin, dash, key[1] if key else "", (key[2] or "") if key else bare))
    return found


def _are_nested(found: Sequence[_YamlLine]) -> bool:
    """Tell whether a line stands in below a key or an item, and keys are written small or stand on three levels."""
    opens = any(
        (line.key and not line.value.strip("|>-+") and (after.margin > line.margin or (after.dash and not line.dash)))
        or (line.dash and line.key and after.margin == line.margin + 2 and after.key)
        for line, after in pairwise(found)
    )
    keys = [line.key for line in found if line.key]
    return opens and (_are_small(keys) or len({line.margin for line in found if line.key}) >= LEVELS_OF_NAMES)


def _are_small(keys: Sequence[str]) -> bool:
    return 2 * sum(key.strip("\"'")[:1].islower() for key in keys) >= len(keys)


def is_configuration(lines: Sequence[str]) -> bool:
    """Tell whether all lines are settings, sections and comments, or go on with a value."""
    settings = sections = tight = 0
    for line in lines:
        if _SECTION.match(line):
            sections += 1
        elif line.lstrip()[0] not in "#;":
            setting = _SETTING.match(line.strip())
            if setting is None and not (settings and _GOES_ON.match(line)):
                return False
            settings += setting is not None
            tight += setting is not None and setting[1] == "="
    is_marked = sections > 0 or tight == settings  # ``word = meaning`` is a line of a glossary
    return settings >= LEAST_LINES - 2 and settings + sections >= LEAST_LINES - 1 and is_marked
