"""Menus on one line: rows of the names of a site's sections, which stand above the headline and look like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleanpage.draft import TextBlock
from cleanpage.fields.shared.names import menu_words
from cleanpage.languages import shipped_languages
from cleanpage.text.lazy_regex import lazy

FEWEST_IN_ROW, FEWEST_SECTIONS, MENU_SHARE = 6, 4, 0.4
"""A row of so many words, without marks, is a menu if so many different ones, and this share of all, are of menus; of
fewer words there are headlines: ``Best Live TV Streaming Services``."""
CRUMBS_BELOW = 2
"""So many lines below a row a breadcrumb may stand; if it names a section that the row has, the row is a menu."""
_NO_MENU = lazy(r"[.,:;!?…«»“”„\"()]|\d{2}")
_CRUMB_JOINT = lazy(r" [/|>›»→] ")


def menu_rows(blocks: Sequence[TextBlock], lead: int, language: str | None) -> Iterator[int]:
    """Yield the lines before the text that are menus, and the breadcrumbs below them; linear in the lines."""
    known = shipped_languages().get(language or "")
    common = frozenset(known.words if known else ())  # sentences have them, menus have none
    for i, block in enumerate(blocks[:lead]):
        words = block.folded.split()
        if len(words) < FEWEST_IN_ROW or block.is_prose or _NO_MENU.search(block.text) or not common.isdisjoint(words):
            continue
        crumbs = [at for at in range(i + 1, min(lead, i + 1 + CRUMBS_BELOW)) if _names_section(blocks[at], words)]
        if crumbs or _are_of_menus(words):
            yield i
            yield from crumbs


def _are_of_menus(words: Sequence[str]) -> bool:
    """Tell whether words, or two that stand together, are mostly those of menus."""
    single = [word for word in words if word in menu_words()]
    double = [pair for pair in map(" ".join, pairwise(words)) if pair in menu_words()]
    covered = len(single) + 2 * len(double)
    return len({*single, *double}) >= FEWEST_SECTIONS and covered >= MENU_SHARE * len(words)


def _names_section(block: TextBlock, words: Sequence[str]) -> bool:
    """Tell whether a line is a breadcrumb one segment of which stands among the words."""
    crumbs = _CRUMB_JOINT.split(block.folded)
    row = f" {' '.join(words)} "
    return len(crumbs) > 1 and any(f" {crumb.strip()} " in row for crumb in crumbs if crumb.strip())
