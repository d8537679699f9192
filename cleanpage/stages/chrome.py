"""Name the chrome and metadata lines: every block against the rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cleanpage.draft import Draft, TextBlock, find, is_canonical, prose_core
from cleanpage.model import Finding
from cleanpage.rules import Rule, search, shipped_rules

HINT_SCORE = 0.5
"""Score of a rule that other evidence may overrule."""
RUN_LENGTH = 60
"""Most items that a heading (``相关新闻``) takes with it; longer lists are left to the body stage."""
RUN_ITEM = 45.0
"""Longest item of such a list, in ideograms (TAXONOMY 1.13: 8 to 40 characters)."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules in the order in which they are tried, by how they are looked up."""

    ordered: tuple[Rule, ...]
    by_keyword: tuple[tuple[str, tuple[int, ...]], ...]
    without_keyword: tuple[int, ...]


@lru_cache(maxsize=32)
def _prepared(user_rules: tuple[Rule, ...]) -> _Rules:
    ordered = (*user_rules, *shipped_rules())
    by_keyword: dict[str, list[int]] = {}
    for i, rule in enumerate(ordered):
        for word in rule.keywords:
            by_keyword.setdefault(word, []).append(i)
    rest = tuple(i for i, rule in enumerate(ordered) if not rule.keywords)
    return _Rules(ordered, tuple((word, tuple(ids)) for word, ids in by_keyword.items()), rest)


def chrome(draft: Draft) -> Draft:
    """Add a finding for each rule that matches a block, and for the lists that headings open."""
    rules = _prepared(draft.config.rules)
    hits = list(_hits(draft.blocks, rules))
    findings = [_finding(draft.blocks[i], rule) for i, rule in hits]
    if is_canonical(draft) and not any(r.weight == "decisive" and r.where in ("anywhere", "paragraph_end") for _, r in hits):
        # A cleaned text: what position alone made chrome on a page is not chrome here.
        return draft.with_findings(replace(f, score=min(f.score, HINT_SCORE)) for f in findings)
    openers = {i: rule for i, rule in hits if rule.opens_run}
    decided = {i for i, rule in hits if rule.weight == "decisive"}
    findings += _runs(draft.blocks, openers, decided)
    return draft.with_findings(findings)


def _finding(block: TextBlock, rule: Rule) -> Finding:
    score = 1.0 if rule.weight == "decisive" else HINT_SCORE
    return find(block, rule.label, rule.id, rule.why, score)


def _hits(blocks: Sequence[TextBlock], rules: _Rules) -> Iterator[tuple[int, Rule]]:
    """Yield each block's index with each rule that matches it and may stand there."""
    first, last = prose_core(blocks) or (len(blocks), -1)
    wanted = _keyword_hits(blocks, rules)
    for i, block in enumerate(blocks):
        for at in sorted({*wanted.get(i, ()), *rules.without_keyword}):
            rule = rules.ordered[at]
            if block.units > rule.max_units or (rule.where == "head" and i >= first) or (rule.where == "tail" and i <= last):
                continue
            if rule.where == "paragraph_end" and not _ends_paragraph(blocks, i):
                continue
            if search(rule, block.folded):
                yield i, rule


def _ends_paragraph(blocks: Sequence[TextBlock], i: int) -> bool:
    return blocks[i].glued and (i + 1 == len(blocks) or not blocks[i + 1].glued)


def _keyword_hits(blocks: Sequence[TextBlock], rules: _Rules) -> dict[int, set[int]]:
    """Scan the page once for each keyword; return for each block the rules that one of its keywords asks for."""
    page = "\n".join(block.folded for block in blocks)
    starts = [0]
    for block in blocks:
        starts.append(starts[-1] + len(block.folded) + 1)
    wanted: dict[int, set[int]] = {}
    for word, ids in rules.by_keyword:
        at = page.find(word)
        while at >= 0:
            i = bisect_right(starts, at) - 1
            wanted.setdefault(i, set()).update(ids)
            at = page.find(word, starts[i + 1])
    return wanted


def _runs(blocks: Sequence[TextBlock], openers: dict[int, Rule], decided: set[int]) -> Iterator[Finding]:
    """Yield findings for the list items under each heading that opens a run."""
    first, last = prose_core(blocks) or (len(blocks), -1)
    for head, rule in openers.items():
        score = HINT_SCORE if rule.weight == "hint" or first < head < last else 1.0
        reason = f"item of the list under “{blocks[head].text}”"
        for i in range(head + 1, min(len(blocks), head + 1 + RUN_LENGTH)):
            block = blocks[i]
            if i in openers or block.is_prose or block.units > RUN_ITEM:
                break
            if i not in decided:
                yield find(block, rule.label, rule.id, reason, score)
