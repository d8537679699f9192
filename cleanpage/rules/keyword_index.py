"""Which of many rules can match a block at all: the page is scanned once, patterns run only where they may match."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial
from itertools import accumulate, chain, groupby
from os.path import commonprefix
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cleanpage._native import twin
from cleanpage.labels import Label
from cleanpage.model import Span
from cleanpage.rules import Rule, Words, before, compiled, shipped_rules
from cleanpage.rules.time_budget import Watch, spans_of
from cleanpage.text import fold

if TYPE_CHECKING:
    pass

LETTERS_OF_ENDS = 4
"""So many first letters of a line, and so many last ones, decide which word rules are tried on it."""
GLUED_WORDS = 14
"""A line this long without separators may still be several words of a bar, glued: ``FacebookTwitterEmail``."""
EVERYWHERE = frozenset(("zh", "en"))
"""Languages whose rules are tried on every page: sites of all languages carry their phrases."""
NOT_FIRST = "".join(chr(c) for c in range(128) if not chr(c).isalpha()) + "、，。：；…↑↓×✕·"
"""What may stand before the first word of a word rule's line: blanks, digits, separators."""


class WordRules(NamedTuple):
    """The word rules, which are numbers."""

    words: Mapping[str, Sequence[int]]
    """Those of a line that is this one word, but for marks and digits at its ends."""
    openings: Mapping[str, Sequence[int]]
    """Those of a longer line that begins with this word and ends with one of ``endings``."""
    endings: Collection[str]
    """Endings of at most ``LETTERS_OF_ENDS`` characters."""


@twin("keywords")
class RuleIndex:
    """Which rules to try on which line: by keywords, found in one pass over a page, and by the words of word rules."""

    def __init__(
        self,
        keywords: Mapping[str, Sequence[int]],
        word_rules: WordRules,
        always: Sequence[int],
        limits: Sequence[float],
    ) -> None:
        """Make the index of rules, which are numbers.

        ``keywords`` has those of each keyword, ``always`` those of every line, ``limits`` for each rule the longest
        line, in ideograms, that it is tried on.
        """
        words, openings, endings = word_rules
        # A pattern for each kind of first character: together they would try many places in vain.
        kinds: dict[tuple[str, bool], list[str]] = {}
        for word in keywords:
            kinds.setdefault((before(word), word[0].isascii()), []).append(word)
        patterns = chain.from_iterable(_patterns(words, start) for (start, _), words in kinds.items())
        self._patterns = tuple(map(re.compile, patterns))
        """Together they find the longest keyword at each place of a page."""
        self._rules = {
            word: [i for at in range(len(word)) for i in keywords.get(word[: at + 1], ())] for word in keywords
        }
        """Keyword -> rules that it, or a keyword that it begins with, asks for."""
        self._words, self._endings, self._limits, self._always = words, frozenset(endings), limits, always
        self._openings: dict[str, list[tuple[str, Sequence[int]]]] = {}
        """First ``LETTERS_OF_ENDS`` characters of a word, or all of a shorter one -> the words, each with its rules."""
        for word, ids in openings.items():
            self._openings.setdefault(word[:LETTERS_OF_ENDS], []).append((word, ids))
        self._longest = max((limits[i] for ids in openings.values() for i in ids), default=0.0)

    def asked(self, lines: Iterable[tuple[str, float]]) -> dict[int, list[int]]:
        """Return for each line (folded text, ideograms) that any rule may match: the rules to try, in order."""
        lines, limits = list(lines), self._limits
        asked = self._by_keywords([folded for folded, _ in lines])
        for i, (folded, size) in enumerate(lines):
            ids = self._by_words(folded) if size <= self._longest else ()
            if ids or self._always:
                asked.setdefault(i, set()).update(ids, self._always)
        return {
            row: rules
            for row, ids in asked.items()
            if (rules := [i for i in sorted(ids) if lines[row][1] <= limits[i]])
        }

    def _by_keywords(self, lines: Sequence[str]) -> dict[int, set[int]]:
        """Return for each line that holds keywords the rules that they ask for."""
        asked: dict[int, set[int]] = {}
        page = "\n".join(lines)
        starts = list(accumulate([len(line) + 1 for line in lines], initial=0))
        for pattern in self._patterns:
            for match in pattern.finditer(page):
                row = bisect_right(starts, match.start()) - 1
                asked.setdefault(row, set()).update(self._rules[match[1]])
        return asked

    def _by_words(self, folded: str) -> Collection[int]:
        """Return the word rules to try on a line: those that hold it, or for a longer line what it begins with."""
        bare = folded.strip(NOT_FIRST)
        if _is_single(bare):
            return self._words.get(bare, ())
        if not _ends_with_one(bare, self._endings):
            return ()
        opening = folded.lstrip(NOT_FIRST)
        found = [self._openings.get(opening[:length], ()) for length in range(1, LETTERS_OF_ENDS + 1)]
        return {i for words in found for word, ids in words if opening.startswith(word) for i in ids}


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


Finder: TypeAlias = Callable[[str], tuple[Span, ...]]


class _Bar(NamedTuple):
    """The words of a word rule, folded."""

    words: frozenset[str]
    """Those that neither begin nor end with a mark or digit: a line that is just one of them matches."""
    edged: frozenset[str]
    """The others (``3D``, ``24h``), stripped of these."""
    endings: frozenset[str]
    """Their last ``LETTERS_OF_ENDS`` characters, or all of a shorter one: a line that ends otherwise does not match."""


def _bar(rule: Rule) -> _Bar | None:
    words = {fold(word) for word in rule.words}
    bare = {word.strip(NOT_FIRST) for word in words}
    if not bare or "" in bare:
        return None
    return _Bar(frozenset(words & bare), frozenset(bare - words), frozenset(word[-LETTERS_OF_ENDS:] for word in bare))


def _ends_with_one(bare: str, endings: Set[str]) -> bool:
    return bare[-4:] in endings or bare[-3:] in endings or bare[-2:] in endings or bare[-1:] in endings


class RuleBook(NamedTuple):
    """The rules for pages of one language."""

    ordered: tuple[Rule, ...]
    """In the order in which they are tried; the user's own first."""
    rule_index: RuleIndex
    """Which of them to try on which line."""
    finders: list[Finder | None]
    """What finds the rules of ``ordered``, filled when first needed; never for rules that are watched."""
    own: int
    """So many rules at the front are the user's: only these may be slow, and are watched by a clock."""

    def finder(self, at: int, watch: Watch) -> Finder:
        """Return what finds where rule ``at`` matches, of rules that find numbers each number; nothing if it does not.

        ``watch`` counts what the user's rules take on this page.
        """
        find = self.finders[at]
        if find is None:
            rule = self.ordered[at]
            if at < self.own and not rule.words:
                return partial(watch.spans, at, compiled(rule), every=bool(rule.kind))
            find = self.finders[at] = _finder(rule)
        return find


def _finder(rule: Rule) -> Finder:
    """Return the function from a folded line to the places of a rule's matches, its pattern compiled."""
    if rule.words:
        return _word_finder(rule)
    pattern = compiled(rule)
    if rule.kind:
        return lambda folded: spans_of(pattern, folded, every=True)
    search = pattern.search

    def first(folded: str) -> tuple[Span, ...]:
        found = search(folded)
        return () if found is None else (found.span(),)

    return first


def _word_finder(rule: Rule) -> Finder:
    """Return the same for a word rule; most lines are told without its pattern."""
    words = [fold(word) for word in rule.words]
    covers = Words(words).cover if all(words) else compiled(rule).search  # of no words the pattern is an error
    bar = _bar(rule)

    def covering(folded: str) -> tuple[Span, ...]:
        if bar is not None:
            bare = folded.strip(NOT_FIRST)
            if bare in bar.words:
                return ((0, len(folded)),)
            if (_is_single(bare) and bare not in bar.edged) or not _ends_with_one(bare, bar.endings):
                return ()
        return ((0, len(folded)),) if covers(folded) else ()

    return covering


def _is_single(bare: str) -> bool:
    """Tell whether a line is one word, and short enough to be sure of that."""
    return len(bare) < GLUED_WORDS and bare.isalpha()


@lru_cache(maxsize=64)
def rule_book(user_rules: tuple[Rule, ...], language: str | None) -> RuleBook:
    """Return the user's rules and the shipped ones for pages of this language, ready to be looked up."""
    ordered = (*user_rules, *(rule for rule in shipped_rules() if _speaks(rule, language)))
    bars = tuple(_bar(rule) for rule in ordered)
    words: dict[str, list[int]] = {}
    openings: dict[str, list[int]] = {}
    for i, (rule, bar) in enumerate(zip(ordered, bars, strict=True)):
        if rule.keywords:
            continue
        for word in bar.words | bar.edged if bar else ():
            words.setdefault(word, []).append(i)
        for word in {fold(word).lstrip(NOT_FIRST) for word in rule.words}:
            openings.setdefault(word, []).append(i)
    nameless = openings.pop("", [])  # words of digits and marks only
    index = RuleIndex(
        _asking(ordered),
        WordRules(words, openings, frozenset().union(*(bar.endings for bar in bars if bar))),
        (*(i for i, rule in enumerate(ordered) if not rule.keywords and not rule.words), *nameless),
        tuple([rule.max_units for rule in ordered]),
    )
    return RuleBook(ordered, index, [None] * len(ordered), len(user_rules))


def _speaks(rule: Rule, language: str | None) -> bool:
    """Tell whether a rule is tried on pages of this language; on a page too short to tell, every rule is."""
    if rule.label == Label.LICENCE or not rule.languages or language is None:
        return True
    return language in rule.languages or not EVERYWHERE.isdisjoint(rule.languages)
