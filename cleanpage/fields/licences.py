"""Licence and registration numbers, in order of appearance."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.draft import TextBlock
from cleanpage.fields.evidence import Claim, Evidence
from cleanpage.model import Licence
from cleanpage.rules import Rule, compiled, shipped_rules

RULE = "licences"
_TIMEOUT = 0.2
"""Seconds that a user's pattern may spend on one block."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield a Licence for each number that a licence rule has found."""
    rules = {rule.id: rule for rule in (*page.draft.config.rules, *shipped_rules()) if rule.kind}
    seen = set()
    for i in page.labelled("licence"):
        wanted = [rules[f.rule] for f in page.rules[i] if f.rule in rules]
        for licence in _licences(page.blocks[i], wanted):
            if licence not in seen:
                seen.add(licence)
                yield page.candidate(i, "licences", licence, RULE, 1.0)


def _licences(block: TextBlock, rules: list[Rule]) -> Iterator[Licence]:
    """Yield the numbers in a block from left to right; of overlapping ones the longest."""
    found = sorted(
        ((start, -end, rule.kind) for rule in rules for start, end in _spans(rule, block.folded)),
    )
    done = 0
    for start, minus_end, kind in found:
        if start >= done:
            done = -minus_end
            yield Licence(kind, block.text[start:done].replace(" ", ""))


def _spans(rule: Rule, folded: str) -> list[tuple[int, int]]:
    pattern = compiled(rule)
    group: str | int = "number" if "number" in pattern.groupindex else 0
    try:
        return [match.span(group) for match in pattern.finditer(folded, timeout=_TIMEOUT)]
    except TimeoutError:
        return []
