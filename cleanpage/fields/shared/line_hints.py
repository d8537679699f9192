"""Which short lines near headline and text may hold what an extractor reads: one pass for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from cleanpage.draft import TextBlock
from cleanpage.fields.byline import by_openings, translated
from cleanpage.fields.credits import HAN_MARKS, roles
from cleanpage.fields.reporters import REPORTER_WORDS
from cleanpage.fields.shared.evidence import Hint
from cleanpage.fields.shared.labels import meanings
from cleanpage.languages import gathered
from cleanpage.rules.keyword_index import RuleIndex, WordRules
from cleanpage.text import is_cjk

MAX_COST = 0.55
"""Beyond the fifth line after the body names are readers' (``Evidence.place``)."""
MAX_HINTED = 50.0
"""Longest line, in ideograms, that is looked at; captions are longer."""


def find_hints(
    blocks: Sequence[TextBlock], near: Iterable[tuple[int, float]], captions: AbstractSet[int]
) -> Mapping[Hint, AbstractSet[int]]:
    """Return for each hint the lines among ``near``, lines and what their place costs, that hold a word for it."""
    lines = [i for i, cost in near if cost <= MAX_COST and (blocks[i].units <= MAX_HINTED or i in captions)]
    found: dict[Hint, set[int]] = {hint: set() for hint in Hint}
    by_number = list(found.values())
    for row, hints in _hint_index().asked([(blocks[i].folded, blocks[i].units) for i in lines]).items():
        for number in hints:
            by_number[number].add(lines[row])
    return found


@cache
def _hint_index() -> RuleIndex:
    """Return what finds the words of each hint; words in letters are found where a word begins."""
    asking: dict[str, list[int]] = {}
    for hint, told in _words_of_hints().items():
        for word in dict.fromkeys(told):
            asking.setdefault(word, []).append(hint)
    limits = [float("inf") if hint is Hint.PICTURE else MAX_HINTED for hint in Hint]
    return RuleIndex(asking, WordRules({}, {}, ()), (), limits)


def _words_of_hints() -> dict[Hint, Iterable[str]]:
    pictures = (label for label, meaning in meanings().items() if meaning == "photographer" and not is_cjk(label[0]))
    return {
        Hint.BYLINE: by_openings(None),
        Hint.REPORTER: REPORTER_WORDS,
        # Of a phrase the first word and the blank behind it: that of "a cura di" begins many others.
        Hint.CREDITS: (*HAN_MARKS, *(first + blank for first, blank, _ in (role.partition(" ") for role in roles()))),
        Hint.PICTURE: ("摄", "图", "写真", "撮影", "사진", *pictures),
        Hint.TRANSLATION: ("译", *gathered(translated)),
    }
