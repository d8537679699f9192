"""Which of many rules can match a block at all: the page is scanned once, patterns run only where they may match."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import accumulate, chain, groupby
from os.path import commonprefix
from typing import TYPE_CHECKING, NamedTuple

from cleanpage._native import twin
from cleanpage.labels import Label
from cleanpage.model import Span
from cleanpage.rules import Rule, Words, before, compiled, shipped_rules
from cleanpage.rules.time_budget import Watch, spans_of
from cleanpage.text import fold

if TYPE_CHECKING:
    import regex

OPENING = 4
"""So many first letters of a line, and so many last ones, decide which word rules are tried on it."""
GLUED_WORDS = 14
"""A line this long without separators may still be several words of a bar, glued: ``FacebookTwitterEmail``."""
EVERYWHERE = frozenset(("zh", "en"))
"""Languages whose rules are tried on every page: sites of all languages carry their phrases."""
_NOT_FIRST = "".join(chr(c) for c in range(128) if not chr(c).isalpha()) + "、，。：；…↑↓×✕·"
"""What may stand before the first word of a word rule's line: blanks, digits, separators."""


@twin("keywords")
class Keywords:
    """Keywords that are found in one pass over a page."""

    def __init__(self, asking: Mapping[str, Sequence[int]]) -> None:
        """``asking`` are the numbers of the rules that each keyword asks for."""
        # A pattern for each kind of first character: together they would try many places in vain.
        kinds: dict[tuple[str, bool], list[str]] = {}
        for word in asking:
            kinds.setdefault((before(word), word[0].isascii()), []).append(word)
        patterns = chain.from_iterable(_patterns(words, start) for (start, _), words in kinds.items())
        self._patterns = tuple(map(re.compile, patterns))
        """Together they find the longest keyword at each place of a page."""
        self._rules = {word: [i for at in range(len(word)) for i in asking.get(word[: at + 1], ())] for word in asking}
        """Keyword -> rules that it, or a keyword that it begins with, asks for."""

    def scan(self, lines: Sequence[str]) -> dict[int, list[int]]:
        """Return for each line that holds keywords the rules that they ask for, in order."""
        asked: dict[int, set[int]] = {}
        page = "\n".join(lines)
        starts = list(accumulate([len(line) + 1 for line in lines], initial=0))
        for pattern in self._patterns:
            for match in pattern.finditer(page):
                row = bisect_right(starts, match.start()) - 1
                asked.setdefault(row, set()).update(self._rules[match[1]])
        return {row: sorted(rules) for row, rules in asked.items()}


def _asking(rules: Iterable[Rule]) -> dict[str, list[int]]:
    """Return for each keyword the numbers of the rules that have it."""
    asking: dict[str, list[int]] = {}
    for i, rule in enumerate(rules):
        for word in rule.keywords:
            asking.setdefault(word, []).append(i)
    return asking


def _patterns(words: Sequence[str], start: str) -> Iterator[str]:
    """Yield patterns whose group 1 is the longest of the words that begins at a place.

    A match of a longer word is its first character, so that words are found inside others too. The pattern begins with
    a class, which a search skips to; few places pass the test of the first two characters.
    """
    single = sorted(word for word in words if len(word) == 1)
    longer = sorted(word for word in words if len(word) > 1)
    if single:
        yield f"{start}([{''.join(map(re.escape, single))}])"
    if longer:
        first, second = ("".join(map(re.escape, sorted({word[at] for word in longer}))) for at in (0, 1))
        yield rf"[{first}](?=[{second}])(?<={start}(?=({_branches(longer)}))[\s\S])"


def _branches(words: Sequence[str]) -> str:
    """Return a pattern for the longest of some sorted words; what they begin with together stands in it once."""
    branches = []
    for _, group in groupby(words, key=lambda word: word[0]):
        same = list(group)
        start = commonprefix(same)  # noqa: RUF071 - of characters, it is
        rest = [word[len(start) :] for word in same if word != start]
        tail = f"(?:{_branches(rest)})" if rest else ""
        branches.append(re.escape(start) + tail + "?" * (bool(rest) and start in same))
    return "|".join(branches)


class _Bar(NamedTuple):
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


def _ends_with_one(bare: str, endings: Set[str]) -> bool:
    return bare[-4:] in endings or bare[-3:] in endings or bare[-2:] in endings or bare[-1:] in endings


class RuleBook(NamedTuple):
    """The rules for pages of one language."""

    ordered: tuple[Rule, ...]
    """In the order in which they are tried; the user's own first."""
    keywords: Keywords
    """Those of all rules."""
    words: Mapping[str, tuple[int, ...]]
    """Word of a word rule, without marks and digits at its ends -> rules that hold it."""
    openings: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]
    """First ``OPENING`` characters of a word, or all of a shorter one -> the words, each with the rules that hold it;
    without the marks and digits that they begin with."""
    endings: frozenset[str]
    """Those of all bars."""
    longest_bar: float
    """Longest block, in ideograms, that any word rule is tried on."""
    always: tuple[int, ...]
    """Rules without words and keywords."""
    bars: tuple[_Bar | None, ...]
    """For each word rule of ``ordered`` what tells many lines without its pattern."""
    patterns: list[regex.Pattern[str] | Words | None]
    """The compiled patterns and the words of ``ordered``, filled when first needed."""
    own: int
    """So many rules at the front are the user's: only these may be slow, and are watched by a clock."""

    def spans(self, at: int, folded: str, watch: Watch) -> tuple[Span, ...]:
        """Return where rule ``at`` matches, of rules that find numbers each number; empty if it does not.

        ``watch`` counts what the user's rules take on this page.
        """
        bar = self.bars[at]
        if bar is not None:
            bare = folded.strip(_NOT_FIRST)
            if bare in bar.words:
                return ((0, len(folded)),)
            if (_is_single(bare) and bare not in bar.edged) or not _ends_with_one(bare, bar.endings):
                return ()
        pattern = self.patterns[at]
        if pattern is None:
            pattern = self.patterns[at] = _matcher(self.ordered[at])
        if isinstance(pattern, Words):
            return ((0, len(folded)),) if pattern.cover(folded) else ()
        if at < self.own:
            return watch.spans(at, pattern, folded, every=bool(self.ordered[at].kind))
        return spans_of(pattern, folded, every=bool(self.ordered[at].kind))

    def asked(self, lines: Sequence[tuple[str, float]]) -> dict[int, list[int]]:
        """Return for each line (folded text, ideograms) that any rule may match: the rules to try, in order."""
        asked = self.keywords.scan([folded for folded, _ in lines])
        for i, (folded, size) in enumerate(lines):
            ids = self._word_rules(folded) if size <= self.longest_bar else ()
            if ids or self.always:
                asked[i] = sorted({*asked.get(i, ()), *ids, *self.always})
        return asked

    def _word_rules(self, folded: str) -> Collection[int]:
        """Return the word rules to try on a line: those that hold it, or for a longer line what it begins with."""
        bare = folded.strip(_NOT_FIRST)
        if _is_single(bare):
            return self.words.get(bare, ())
        if not _ends_with_one(bare, self.endings):
            return ()
        opening = folded.lstrip(_NOT_FIRST)
        found = [self.openings.get(opening[:length], ()) for length in range(1, OPENING + 1)]
        return {i for words in found for word, ids in words if opening.startswith(word) for i in ids}


def _matcher(rule: Rule) -> regex.Pattern[str] | Words:
    words = [fold(word) for word in rule.words]
    return Words(words) if words and all(words) else compiled(rule)


def _is_single(bare: str) -> bool:
    """Tell whether a line is one word, and short enough to be sure of that."""
    return len(bare) < GLUED_WORDS and bare.isalpha()


@lru_cache(maxsize=64)
def rule_book(user_rules: tuple[Rule, ...], language: str | None) -> RuleBook:
    """Return the user's rules and the shipped ones for pages of this language, ready to be looked up."""
    ordered = (*user_rules, *(rule for rule in shipped_rules() if _speaks(rule, language)))
    bars = tuple(_bar(rule) for rule in ordered)
    words: dict[str, list[int]] = {}
    opening: dict[str, list[int]] = {}
    for i, (rule, bar) in enumerate(zip(ordered, bars, strict=True)):
        if rule.keywords:
            continue
        for word in bar.words | bar.edged if bar else ():
            words.setdefault(word, []).append(i)
        for word in {fold(word).lstrip(_NOT_FIRST) for word in rule.words}:
            opening.setdefault(word, []).append(i)
    nameless = opening.pop("", [])  # words of digits and marks only
    openings: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for word, ids in opening.items():
        openings.setdefault(word[:OPENING], []).append((word, tuple(ids)))
    return RuleBook(
        ordered,
        Keywords(_asking(ordered)),
        {word: tuple(ids) for word, ids in words.items()},
        {start: tuple(words) for start, words in openings.items()},
        frozenset().union(*(bar.endings for bar in bars if bar)),
        max((rule.max_units for rule in ordered if rule.words), default=0.0),
        (*(i for i, rule in enumerate(ordered) if not rule.keywords and not rule.words), *nameless),
        bars,
        [None] * len(ordered),
        len(user_rules),
    )


def _speaks(rule: Rule, language: str | None) -> bool:
    """Tell whether a rule is tried on pages of this language; on a page too short to tell, every rule is."""
    if rule.label == Label.LICENCE or not rule.languages or language is None:
        return True
    return language in rule.languages or not EVERYWHERE.isdisjoint(rule.languages)
