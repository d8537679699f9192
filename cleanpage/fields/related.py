"""Headlines that were cut as related links."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.evidence import Claim, Evidence, blocks_of
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.text import fold, units
from cleanpage.text.lazy_regex import lazy

RULE = "related"
MIN_UNITS = 6.0
"""Shorter items are tabs, buttons and channels: ``更多``, ``视觉焦点``."""
MIN_LINKED = 0.2
"""Share of an item of HTML that is a link; the rest are headings, dates, prices."""
MAX_UNITS = 200.0
"""Longest line, in ideograms, that is put together from its blocks: items are headlines."""
_OTHERS = labels_with(Trait.NO_RELATED)
"""The footer follows the list without a gap; a line that a rule names so is no item."""
_DATE_AFTER = lazy(
    r"[\s(\[]{0,9}(?:(?:19|20)\d\d ?[-/.年] ?)?\d{1,2} ?[-/.月] ?\d{1,2}日?(?: \d{1,2}:\d\d(?::\d\d)?)?[\s)\]]*$"
)
_DATE_ENDS = frozenset("0123456789日 )]")
_BEFORE = lazy(r"^(?:[·*>\-|■◆▪\s]+|\d{1,2}[.、)] ?|[(\[](?:19|20)?\d\d[^)\]]*[)\]] ?)+")


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the items of the related lists without bullets, numbers and dates; their headings are no items."""
    seen = set()
    others = blocks_of(page.labels, _OTHERS)
    for i in page.run_items(Label.RELATED):
        # Lists before the body are menus; a glued block has been given with the beginning of its line.
        if i < page.first or page.blocks[i].glued or i in others:
            continue
        dom = page.blocks[i].dom
        if dom is not None and dom.link_share < MIN_LINKED:
            continue
        text = _bare(page.line(i, MAX_UNITS)[0])
        if units(text) >= MIN_UNITS and text not in seen:
            seen.add(text)
            yield page.candidate(i, "related", text, RULE, 1.0)


def _bare(text: str) -> str:
    """Return an item without number, bullet and date."""
    folded = fold(text)
    before = _BEFORE.match(folded)
    start = before.end() if before else 0
    after = _DATE_AFTER.search(folded, start) if folded[-1:] in _DATE_ENDS else None
    return text[start : after.start() if after and after.start() > start else None].strip()
