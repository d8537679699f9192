"""Menus on one line: rows of the names of a site's sections, which stand above the headline and look like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from cleanpage.draft import TextBlock
from cleanpage.languages import joined, shipped_languages
from cleanpage.text.lazy_regex import lazy

FEWEST_WORDS, FEWEST_CHANNELS, LEAST_SHARE = 5, 4, 0.4
"""A row of so many words, without marks, is a menu if so many different ones, and this share of all, name sections."""
CRUMBS_BELOW = 2
"""So many lines below a menu a breadcrumb may stand; a section that it names makes the row above one with fewer words.
"""
_MARKS = lazy(r"[.,:;!?…«»“”„\"()]|\d{2}")
_JOINT = lazy(r" [/|>›»→] ")


def menu_rows(blocks: Sequence[TextBlock], lead: int, language: str | None) -> Iterator[int]:
    """Yield the lines before the text that are menus, and the breadcrumbs below them; linear in the lines."""
    common = _common_words(language)
    for i, block in enumerate(blocks[:lead]):
        words = block.folded.split()
        if len(words) < FEWEST_WORDS or block.is_prose or _MARKS.search(block.text) or not common.isdisjoint(words):
            continue
        crumbs = [at for at in range(i + 1, min(lead, i + 1 + CRUMBS_BELOW)) if _names_section(blocks[at], words)]
        if crumbs or _is_menu(words):
            yield i
            yield from crumbs


def _is_menu(words: Sequence[str]) -> bool:
    """Tell whether words, or two that stand together, name sections of sites."""
    channels = _channels()
    pairs = [one + other for one, other in pairwise(words)]
    named = {word for word in words if word in channels}
    named_twice = {pair for pair in pairs if pair in channels}
    covered = sum(word in named for word in words) + 2 * sum(pair in named_twice for pair in pairs)
    return len(named | named_twice) >= FEWEST_CHANNELS and covered >= LEAST_SHARE * len(words)


def _names_section(block: TextBlock, words: Sequence[str]) -> bool:
    """Tell whether a line is a breadcrumb that names a section which stands among the words, besides the first."""
    crumbs = _JOINT.split(block.folded)
    row = f" {' '.join(words)} "
    return len(crumbs) > 1 and any(f" {crumb.strip()} " in row for crumb in crumbs if crumb.strip())


@cache
def _channels() -> frozenset[str]:
    return joined(lambda language: language.channels)


@cache
def _common_words(language: str | None) -> frozenset[str]:
    """Return the commonest words of a language: sentences have them, menus have none."""
    known = shipped_languages().get(language or "")
    return frozenset(known.words) if known else frozenset()
