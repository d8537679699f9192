"""Who translated it."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.byline import BY_END, FULL_NAME, full_names, translated, undated
from cleanpage.fields.credits import may_hold_credits, read_credits
from cleanpage.fields.shared.evidence import Claim, Evidence, Hint
from cleanpage.fields.shared.names import is_name, split_names
from cleanpage.languages import any_phrase
from cleanpage.text import is_cjk
from cleanpage.text.lazy_regex import lazy

RULE = "translators"
MAX_UNITS = 40.0
"""Longest line that names a translator, in ideograms."""
_BY = lazy(lambda: rf"(?<!\w)(?:{any_phrase(translated)}) (?=\S)")
_TRANSLATES = lazy(r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,4}) ?/? ?译(?![\u4e00-\u9fff])")
"""``管宁 译``, ``管宁/译``."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield a candidate for ``translators`` for each name near the text, in the page's order."""
    for pair in page.paired("translator"):
        if page.place(pair.at) is None or page.blocks[pair.at].units > MAX_UNITS:
            continue
        value = undated(pair.value).strip()
        end = BY_END.search(value)
        for name in split_names(value[: end.start()] if end and not is_cjk(value[:1]) else value):
            if is_name(name) and (is_cjk(name[0]) or FULL_NAME.fullmatch(name)):
                yield page.candidate(pair.block, "translators", name, RULE, 1.0)
    for i in sorted(page.hints[Hint.TRANSLATION]):
        block = page.blocks[i]
        if block.units > MAX_UNITS:
            continue
        yield from _phrased(page, i)
        for found in _TRANSLATES.finditer(block.folded) if not block.is_prose else ():
            name = block.text[slice(*found.span("name"))]
            if is_name(name, surname=True):
                yield page.candidate(i, "translators", name, RULE, 1.0)


def _phrased(page: Evidence, i: int) -> Iterator[Claim]:
    """Yield the full names behind ``translated by`` in a short line."""
    block = page.blocks[i]
    for credit in read_credits(block.text, page.draft.language) if may_hold_credits(block.folded) else ():
        for name in credit.names if credit.role == "translator" else ():
            yield page.candidate(i, "translators", name, RULE, 1.0)
            return
    found = _BY.search(block.folded)
    if found is None:
        return
    for name in full_names(block.text[found.end() :], BY_END):
        yield page.candidate(i, "translators", name, RULE, 1.0)
