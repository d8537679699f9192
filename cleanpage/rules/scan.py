"""Which of many rules can match a block at all: the page is scanned once, patterns run only where they may match."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from cleanpage.rules import DEFAULT_MAX_UNITS, Rule, compiled, search, shipped_rules
from cleanpage.text import fold

OPENING = 4
"""So many first letters of a word decide which rules are tried: for keywords anywhere, for word rules at line start."""
GLUED_WORDS = 14
"""A line this long without separators may still be several words of a bar, glued: ``FacebookTwitterEmail``."""
EVERYWHERE = frozenset(("zh", "en"))
"""Languages whose rules are tried on every page: sites of all languages carry their phrases."""
_NOT_FIRST = "".join(chr(c) for c in range(128) if not chr(c).isalpha()) + "、，。：；…↑↓×✕·"
"""What may stand before the first word of a word rule's line: blanks, digits, separators."""
_WORD = re.compile("[a-z\u00df-\u024f\u0370-\u052f]+")
"""A word of an alphabet, folded; in other scripts words have no borders, and single characters are looked at."""

Keywords = Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]
"""Opening of a keyword (see ``_opening``) -> (keyword, rules that it asks for)."""


def _opening(keyword: str) -> str:
    """Return the first ``OPENING`` letters of the keyword's first word; its first character if it has no such word."""
    word = _WORD.search(keyword)
    return word[0][:OPENING] if word else keyword[0]


def _openings(page: str) -> set[str]:
    """Return all openings that keywords on this page can have."""
    prefixes = {word[:OPENING] for word in _WORD.findall(page)}
    found = prefixes.union(page)
    for size in range(OPENING - 1, 1, -1):
        prefixes = {prefix[:size] for prefix in prefixes}
        found |= prefixes
    return found


@dataclass(frozen=True, slots=True)
class _Bar:
    """The words of a word rule, folded."""

    words: frozenset[str]
    """Those that neither begin nor end with a mark or digit: a line that is just one of them matches."""
    edged: frozenset[str]
    """The others (``3D``, ``24h``), stripped of these."""
    endings: frozenset[str]
    """Their last ``OPENING`` characters, or all of a shorter one: a line that ends otherwise does not match."""


def _bar(rule: Rule) -> _Bar | None:
    words = {fold(word) for word in rule.words}
    bare = {word.strip(_NOT_FIRST) for word in words}
    if not bare or "" in bare:
        return None
    return _Bar(frozenset(words & bare), frozenset(bare - words), frozenset(word[-OPENING:] for word in bare))


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules for pages of one language."""

    ordered: tuple[Rule, ...]
    """In the order in which they are tried; the user's own first."""
    keywords: Keywords
    """For blocks of up to ``DEFAULT_MAX_UNITS``: all of them."""
    long_keywords: Keywords
    """For longer blocks: those of rules that are tried on such."""
    openings: Mapping[str, tuple[int, ...]]
    """First ``OPENING`` characters of a word, or all of a shorter one -> word rules that hold it."""
    longest_bar: float
    """Longest block, in ideograms, that any word rule is tried on."""
    always: tuple[int, ...]
    """Rules without words and keywords."""
    bars: tuple[_Bar | None, ...]
    """For each word rule of ``ordered`` what tells many lines without its pattern."""
    patterns: list[regex.Pattern[str] | None]
    """The compiled patterns of ``ordered``, filled when first needed."""
    own: int
    """So many rules at the front are the user's: only these may be slow, and are watched by a clock (1.5 µs a call)."""

    def matches(self, at: int, folded: str) -> bool:
        """Tell whether rule ``at`` matches."""
        if at < self.own:
            return search(self.ordered[at], folded) is not None
        bar = self.bars[at]
        if bar is not None:
            bare = folded.strip(_NOT_FIRST)
            if bare in bar.words:
                return True
            single = len(bare) < GLUED_WORDS and bare.isalpha() and bare not in bar.edged
            if single or not any(bare[-size:] in bar.endings for size in range(1, OPENING + 1)):
                return False
        pattern = self.patterns[at]
        if pattern is None:
            pattern = self.patterns[at] = compiled(self.ordered[at])
        return pattern.search(folded) is not None

    def asked(self, lines: Sequence[tuple[str, float]]) -> dict[int, set[int]]:
        """Return for each line (folded text, ideograms) that any rule may match: the rules to try."""
        asked: dict[int, set[int]] = {}
        short = [i for i, (_, size) in enumerate(lines) if size <= DEFAULT_MAX_UNITS]
        long = [i for i, (_, size) in enumerate(lines) if size > DEFAULT_MAX_UNITS]
        _scan(lines, short, self.keywords, asked)
        _scan(lines, long, self.long_keywords, asked)
        openings = self.openings
        for i, (folded, size) in enumerate(lines):
            if size <= self.longest_bar:
                opening = folded.lstrip(_NOT_FIRST)[:OPENING]
                for length in range(1, len(opening) + 1):
                    ids = openings.get(opening[:length])
                    if ids:
                        asked.setdefault(i, set()).update(ids)
            if self.always:
                asked.setdefault(i, set()).update(self.always)
        return asked


def _scan(
    lines: Sequence[tuple[str, float]], chosen: Sequence[int], keywords: Keywords, asked: dict[int, set[int]]
) -> None:
    """Find every keyword in the chosen lines; in each line its first place is enough."""
    if not chosen:
        return
    page = "\n".join([lines[i][0] for i in chosen])
    starts = [0]
    for i in chosen:
        starts.append(starts[-1] + len(lines[i][0]) + 1)
    for opening in keywords.keys() & _openings(page):
        for word, ids in keywords[opening]:
            at = page.find(word)
            while at >= 0:
                row = bisect_right(starts, at) - 1
                asked.setdefault(chosen[row], set()).update(ids)
                at = page.find(word, starts[row + 1])


@lru_cache(maxsize=64)
def rule_book(user_rules: tuple[Rule, ...], language: str | None) -> RuleBook:
    """Return the user's rules and the shipped ones for pages of this language, ready to be looked up."""
    ordered = (*user_rules, *(rule for rule in shipped_rules() if _speaks(rule, language)))
    openings: dict[str, list[int]] = {}
    for i, rule in enumerate(ordered):
        for opening in {fold(word).lstrip(_NOT_FIRST)[:OPENING] for word in rule.words if not rule.keywords}:
            openings.setdefault(opening, []).append(i)
    nameless = openings.pop("", [])  # words of digits and marks only
    return RuleBook(
        ordered,
        _by_opening(enumerate(ordered)),
        _by_opening((i, rule) for i, rule in enumerate(ordered) if rule.max_units > DEFAULT_MAX_UNITS),
        {opening: tuple(ids) for opening, ids in openings.items()},
        max((rule.max_units for rule in ordered if rule.words), default=0.0),
        (*(i for i, rule in enumerate(ordered) if not rule.keywords and not rule.words), *nameless),
        tuple(_bar(rule) for rule in ordered),
        [None] * len(ordered),
        len(user_rules),
    )


def _by_opening(rules: Iterable[tuple[int, Rule]]) -> Keywords:
    words: dict[str, list[int]] = {}
    for i, rule in rules:
        for word in rule.keywords:
            words.setdefault(word, []).append(i)
    grouped: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for word, ids in words.items():
        grouped.setdefault(_opening(word), []).append((word, tuple(ids)))
    return {opening: tuple(entries) for opening, entries in grouped.items()}


def _speaks(rule: Rule, language: str | None) -> bool:
    """Tell whether a rule is tried on pages of this language; on a page too short to tell, every rule is."""
    if rule.label == "licence" or not rule.languages or language is None:
        return True
    return language in rule.languages or not EVERYWHERE.isdisjoint(rule.languages)
