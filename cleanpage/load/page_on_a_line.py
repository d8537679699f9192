"""Where menus and the headline end on a page on one line: ``Home News Sport Mill reopens The mill ground its first …``.

The words of menus and page tools are those of the languages' rules; what of a page they are part of, the rules decide.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from cleanpage.labels import Label
from cleanpage.model import Span
from cleanpage.rules import shipped_rules
from cleanpage.text import fold, units
from cleanpage.text.lazy_regex import lazy

PHRASE_LABELS = frozenset((
    Label.NAVIGATION, Label.SEARCH_BOX, Label.LOGIN, Label.SHARE, Label.TOOLS, Label.SITE_BAR, Label.RELATED,
    Label.COPYRIGHT,
))  # fmt: skip
"""Labels of the rules whose words menus, toolbars and footers consist of."""
LONGEST = 4
"""Most words of a phrase that is looked up."""
LEAST_PHRASES = 3
"""Fewest phrases and separators in a run of them: prose has one now and then."""
PHRASE_GAP = 2
"""Most words in a run between two phrases: a section that no rule names."""
SENTENCE_WORDS = 80
"""Words of a page's first sentence that are looked at."""
LEAST_TITLE = 6.0
"""Shortest headline, in ideograms, that is known because it stands before a menu and behind it."""

_SEPARATORS = "|>»›/·•"
_WORD = lazy(rf"[^\s{_SEPARATORS}]+|[{_SEPARATORS}]+")


@cache
def _menu_phrases() -> frozenset[str]:
    """Return the folded words of the shipped rules that menus, toolbars and footers consist of."""
    return frozenset(fold(word) for rule in shipped_rules() if rule.label in PHRASE_LABELS for word in rule.words)


@cache
def _first_words() -> frozenset[str]:
    """Return what the phrases begin with, up to a blank and up to a separator."""
    return frozenset(first for phrase in _menu_phrases() for first in (phrase.split()[0], _WORD.findall(phrase)[0]))


def menu_cuts(line: str) -> tuple[int, ...]:
    """Return where the part of a page up to the end of its first sentence is cut: around menus, behind the headline.

    The headline's end is known if the headline stands before a menu as well. Linear: so many words are looked at.
    """
    words = [found.span() for _, found in zip(range(SENTENCE_WORDS), _WORD.finditer(line), strict=False)]
    cuts: list[int] = []
    for start, end in _menus(line, words):
        cuts += [start, end, _headline_end(line, start, words[bisect_left(words, (end, 0)) :])]
    return tuple(sorted({at for at in cuts if 0 < at < len(line)}))


def is_menu(text: str) -> bool:
    """Tell whether a text is links of menus and nothing else."""
    words = [found.span() for _, found in zip(range(SENTENCE_WORDS), _WORD.finditer(text), strict=False)]
    return any(start == words[0][0] and end == len(text) for start, end in _menus(text, words))


def _menus(line: str, words: Sequence[Span]) -> Iterator[Span]:
    """Yield the stretches of links: of phrases, which begin with no small letter, and what stands beside separators."""
    first = [letter for start, _ in words if not (letter := line[start]).islower()]
    if len(first) + sum(letter in _SEPARATORS for letter in first) < LEAST_PHRASES:
        return
    run: list[range] = []
    at = 0
    while at < len(words):
        link = range(at, at + _link(line, words, at))
        if run and at - run[-1].stop > PHRASE_GAP:
            yield from _menu(words, run)
            run = []
        run += [link] if link else []
        at = max(at + 1, link.stop)
    yield from _menu(words, run)


def _menu(words: Sequence[Span], run: Sequence[range]) -> Iterator[Span]:
    if len(run) >= LEAST_PHRASES:
        end = run[-1].stop
        yield words[run[0].start][0], words[end][0] if end < len(words) else words[-1][1]


def _link(line: str, words: Sequence[Span], at: int) -> int:
    """Return how many words from ``at`` on are a link: a phrase, a separator, what stands behind one; 0 for none."""
    start = words[at][0]
    if line[start] in _SEPARATORS or (at and line[words[at - 1][0]] in _SEPARATORS):
        return 1
    if line[start].islower() or fold(line[start : words[at][1]]) not in _first_words():
        return 0
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        goes_on = at + length < len(words) and line[words[at + length][0]].islower()
        if not goes_on and fold(line[start : words[at + length - 1][1]]) in _menu_phrases():
            return length
    return 0


def _headline_end(line: str, menu: int, words: Sequence[Span]) -> int:
    """Return where the longest headline ends that ``words``, behind a menu, begin with and that stands before it."""
    end = words[0][0] if words else 0
    for (_, stop), (following, _) in pairwise(words):
        if line.find(line[words[0][0] : stop], 0, menu) < 0:
            break
        end = following
    return end if words and units(line[words[0][0] : end]) >= LEAST_TITLE else 0
