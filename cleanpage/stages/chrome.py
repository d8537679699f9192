"""Name the chrome and metadata lines: every block against the rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from cleanpage.draft import Draft, TextBlock, find, is_canonical, prose_core
from cleanpage.model import Finding
from cleanpage.language import SAMPLE, detect
from cleanpage.rules import Rule, compiled, search, shipped_rules
from cleanpage.text import fold

HINT_SCORE = 0.5
"""Score of a rule that other evidence may overrule."""
RUN_LENGTH = 60
"""Most items that a heading (``相关新闻``) takes with it; longer lists are left to the body stage."""
RUN_ITEM = 45.0
"""Longest item of such a list, in ideograms (TAXONOMY 1.13: 8 to 40 characters)."""


_EVERYWHERE = frozenset(("zh", "en"))
FOOTER = frozenset(("contact", "site_bar", "copyright", "licence", "disclaimer", "friend_links"))
"""Labels that end a list of links."""
OPENING = 4
"""So many first characters of a line decide which word rules are tried on it."""
_NOT_FIRST = "".join(chr(c) for c in range(128) if not chr(c).isalpha()) + "、，。：；…↑↓×✕·"
"""What may stand before the first word of a word rule's line: blanks, digits, separators."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules for pages of one language, and how the few that may match a block are found."""

    ordered: tuple[Rule, ...]
    """In the order in which they are tried; the user's own first."""
    by_keyword: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]
    """First character of a keyword -> (keyword, rules that it asks for)."""
    by_opening: Mapping[str, tuple[int, ...]]
    """First ``OPENING`` characters of a word, or all of a shorter one -> word rules that hold it."""
    longest_bar: float
    """Longest block, in ideograms, that any word rule is tried on."""
    always: tuple[int, ...]
    """Rules without words and keywords."""
    patterns: list[regex.Pattern[str] | None]
    """The compiled patterns of ``ordered``, filled when first needed."""
    own: int
    """So many rules at the front are the user's: only these may be slow, and are watched by a clock (1.5 µs a call)."""

    def match(self, at: int, folded: str) -> bool:
        """Tell whether rule ``at`` matches."""
        if at < self.own:
            return search(self.ordered[at], folded) is not None
        pattern = self.patterns[at]
        if pattern is None:
            pattern = self.patterns[at] = compiled(self.ordered[at])
        return pattern.search(folded) is not None


@lru_cache(maxsize=64)
def _prepared(user_rules: tuple[Rule, ...], language: str | None) -> _Rules:
    ordered = (*user_rules, *(rule for rule in shipped_rules() if _speaks(rule, language)))
    keywords: dict[str, list[int]] = {}
    openings: dict[str, list[int]] = {}
    for i, rule in enumerate(ordered):
        for word in rule.keywords:
            keywords.setdefault(word, []).append(i)
        for opening in {fold(word).lstrip(_NOT_FIRST)[:OPENING] for word in rule.words if not rule.keywords}:
            openings.setdefault(opening, []).append(i)
    by_first: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for word, ids in keywords.items():
        by_first.setdefault(word[0], []).append((word, tuple(ids)))
    nameless = openings.pop("", [])  # words of digits and marks only
    return _Rules(
        ordered,
        {first: tuple(words) for first, words in by_first.items()},
        {opening: tuple(ids) for opening, ids in openings.items()},
        max((rule.max_units for rule in ordered if rule.words), default=0.0),
        (*(i for i, rule in enumerate(ordered) if not rule.keywords and not rule.words), *nameless),
        [None] * len(ordered),
        len(user_rules),
    )


def _speaks(rule: Rule, language: str | None) -> bool:
    """Tell whether a rule is tried on pages of this language; on a page too short to tell, every rule is."""
    return rule.label == "licence" or not rule.languages or language is None or language in rule.languages or not _EVERYWHERE.isdisjoint(rule.languages)


def _language(blocks: Sequence[TextBlock]) -> str | None:
    """Return the language of the page's prose, or of all of it if there is none."""
    sample: list[str] = []
    size = 0
    for block in (b for b in blocks if b.is_prose):
        sample.append(block.text)
        size += len(block.text)
        if size > SAMPLE:
            break
    return detect(" ".join(sample or [block.text for block in blocks])[:SAMPLE])


def chrome(draft: Draft) -> Draft:
    """Add a finding for each rule that matches a block, and for the lists that headings open."""
    rules = _prepared(draft.config.rules, _language(draft.blocks))
    hits = list(_hits(draft.blocks, rules))
    findings = [_finding(draft.blocks[i], rule) for i, rule in hits]
    if is_canonical(draft) and not any(r.weight == "decisive" and r.where in ("anywhere", "paragraph_end") for _, r in hits):
        # A cleaned text: what position alone made chrome on a page is not chrome here.
        return draft.with_findings(replace(f, score=min(f.score, HINT_SCORE)) for f in findings)
    openers = {i: rule for i, rule in hits if rule.opens_run}
    decided = {i for i, rule in hits if rule.weight == "decisive"}
    footer = {i for i, rule in hits if rule.label in FOOTER}
    findings += _runs(draft.blocks, openers, decided, footer)
    return draft.with_findings(findings)


def _is_item(block: TextBlock) -> bool:
    """Tell whether a block may be a headline in a list: it may cry or ask, but does not state."""
    return block.units <= RUN_ITEM and (not block.is_prose or block.text[-1] in "！？!?…")


def _finding(block: TextBlock, rule: Rule) -> Finding:
    score = 1.0 if rule.weight == "decisive" else HINT_SCORE
    return find(block, rule.label, rule.id, rule.why, score)


def _hits(blocks: Sequence[TextBlock], rules: _Rules) -> Iterator[tuple[int, Rule]]:
    """Yield each block's index with each rule that matches it and may stand there."""
    first, last = prose_core(blocks) or (len(blocks), -1)
    wanted = _keyword_hits(blocks, rules)
    for i, block in enumerate(blocks):
        asked = {*wanted.get(i, ()), *_asked_by_opening(block, rules), *rules.always}
        for at in sorted(asked):
            rule = rules.ordered[at]
            if block.units > rule.max_units or (rule.where == "head" and i >= first) or (rule.where == "tail" and i <= last):
                continue
            if rule.where == "paragraph_end" and not _ends_paragraph(blocks, i):
                continue
            if rules.match(at, block.folded):
                yield i, rule


def _asked_by_opening(block: TextBlock, rules: _Rules) -> Iterator[int]:
    """Yield the word rules one of whose words the block may begin with."""
    if block.units <= rules.longest_bar:
        opening = block.folded.lstrip(_NOT_FIRST)[:OPENING]
        for size in range(1, len(opening) + 1):
            yield from rules.by_opening.get(opening[:size], ())


def _ends_paragraph(blocks: Sequence[TextBlock], i: int) -> bool:
    return blocks[i].glued and (i + 1 == len(blocks) or not blocks[i + 1].glued)


def _keyword_hits(blocks: Sequence[TextBlock], rules: _Rules) -> dict[int, set[int]]:
    """Scan the page once for each keyword; return for each block the rules that one of its keywords asks for."""
    page = "\n".join(block.folded for block in blocks)
    starts = [0]
    for block in blocks:
        starts.append(starts[-1] + len(block.folded) + 1)
    wanted: dict[int, set[int]] = {}
    for char in set(page):
        for word, ids in rules.by_keyword.get(char, ()):
            at = page.find(word)
            while at >= 0:
                i = bisect_right(starts, at) - 1
                wanted.setdefault(i, set()).update(ids)
                at = page.find(word, starts[i + 1])
    return wanted


def _runs(
    blocks: Sequence[TextBlock], openers: dict[int, Rule], decided: set[int], footer: set[int]
) -> Iterator[Finding]:
    """Yield findings for the list items under each heading that opens a run; the page's footer ends it."""
    first, last = prose_core(blocks) or (len(blocks), -1)
    for head, rule in openers.items():
        score = HINT_SCORE if rule.weight == "hint" or first < head < last else 1.0
        reason = f"item of the list under “{blocks[head].text}”"
        for i in range(head + 1, min(len(blocks), head + 1 + RUN_LENGTH)):
            block = blocks[i]
            if i in openers or i in footer or not _is_item(block):
                break
            if i not in decided:
                yield find(block, rule.label, rule.id, reason, score)
