"""A lead that stands again as abstract (摘要, 核心提示, 导读)."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.labels import Label
from cleanpage.languages import any_of
from cleanpage.text.lazy_regex import lazy

RULE = "summary"
MIN_UNITS = 10.0
"""Shorter ones are headings: ``核心提示``."""
_LABEL = lazy(lambda: rf"^[\[(]? ?{any_of(lambda language: language.summary)} ?[\])]? ?:? ?")


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the text of the blocks that were found to be a summary."""
    for i in page.labelled(Label.SUMMARY):
        block = page.blocks[i]
        # What is said twice behind the beginning of the text is a reader's remark, a teaser, a formula.
        titled = page.headline is not None and page.keys[i].startswith(page.headline.key) and not block.is_prose
        if i > page.lead or titled:
            continue
        label = _LABEL.match(block.folded)
        text = block.text[label.end() :] if label else block.text
        if block.folded[:1] in "[(" and text[-1:] in "］】]）)":
            text = text[:-1]
        if block.units >= MIN_UNITS:
            yield page.candidate(i, "summary", text.strip(), RULE, 1.0)
