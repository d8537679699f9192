"""Licence and registration numbers, in order of appearance."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanpage.draft import TextBlock
from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.labels import Label
from cleanpage.model import Licence
from cleanpage.rules import Rule, compiled, shipped_rules
from cleanpage.rules.time_budget import BUDGET

RULE = "licences"
_Asked = tuple[Rule, float | None]
"""A rule with the time that it has; those that are shipped are linear, and have all they need."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield a Licence for each number that a licence rule has found."""
    if Label.LICENCE not in page.labels:
        return
    rules = _counted(page.draft.config.rules)
    asked: dict[int, list[_Asked]] = {}
    for i, finding in page.findings[Label.LICENCE]:
        if finding.rule in rules:
            asked.setdefault(i, []).append(rules[finding.rule])
    seen = set()
    for i, wanted in sorted(asked.items(), key=lambda item: item[0]):
        for licence in _licences(page.blocks[i], wanted):
            if licence not in seen:
                seen.add(licence)
                yield page.candidate(i, "licences", licence, RULE, 1.0)


@lru_cache(maxsize=16)
def _counted(own: tuple[Rule, ...]) -> dict[str, _Asked]:
    """Return the rules that say what kind of number they find, the user's ``own`` among them, by id."""
    shipped = {rule.id: (rule, None) for rule in shipped_rules() if rule.kind}
    return {**{rule.id: (rule, BUDGET) for rule in own if rule.kind}, **shipped}


def _licences(block: TextBlock, rules: list[_Asked]) -> Iterator[Licence]:
    """Yield the numbers in a block from left to right; of overlapping ones the longest."""
    found = sorted(
        ((start, -end, rule.kind) for rule, time in rules for start, end in _spans(rule, block.folded, time)),
    )
    done = 0
    for start, minus_end, kind in found:
        if start >= done:
            done = -minus_end
            yield Licence(kind, block.text[start:done].replace(" ", ""))


def _spans(rule: Rule, folded: str, timeout: float | None) -> list[tuple[int, int]]:
    pattern = compiled(rule)
    group: str | int = "number" if "number" in pattern.groupindex else 0
    try:
        return [match.span(group) for match in pattern.finditer(folded, timeout=timeout)]
    except TimeoutError:
        return []
