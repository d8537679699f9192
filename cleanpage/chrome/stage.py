"""Name the chrome and metadata lines: every block against the rules."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cleanpage.draft import BlockFinding, Draft, TextBlock, prose_core
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.model import Span
from cleanpage.rules import Rule, Where
from cleanpage.rules.keyword_index import RuleBook, rule_book
from cleanpage.rules.time_budget import BUDGET, Watch
from cleanpage.text import ends_sentence
from cleanpage.text.language import SAMPLE, detect

HINT_SCORE = 0.5
"""Score of a rule that other evidence may overrule."""
RUN_LENGTH = 60
"""Most items that a heading (``相关新闻``) takes with it; longer lists are left to the body stage."""
RUN_ITEM = 45.0
"""Longest item of such a list, in ideograms (TAXONOMY 1.13: 8 to 40 characters)."""
HOT_DEPTH = 2
"""A list of what is most read stands in HTML with its heading in an element at most so many around the heading: a
filter ``Top rated`` and a badge ``Bestseller`` of a shop open none of what follows. On sites held out collections
+.010, listings +.005, other kinds +.000. With the same bound for all lists one page of cleaneval loses .24, whose
related articles stand further off."""
LINES_OF_HEAD = 3
"""Right above a flattened text stand headline, standfirst and date: so many lines are no items of a menu for sure."""
LEAST_HEADLINE = 8.0
"""Ideograms of a headline that no menu has."""
LITTLE_PROSE = 200
"""So many characters of running text tell a page's language."""
SAYS = ("— ", "– ", "- ")
"""What a line begins with that somebody says."""
WHEREVER = frozenset(("anywhere", "paragraph_start", "paragraph_end"))
"""Where rules may stand that do not depend on where the body begins and ends."""
SLOW_WARNING = (
    "slow-rule: {} took more than {} s on this page and was skipped; look for nested repetition in its pattern"
)

MOST_DECISIVE = 6
"""Decisive rules that name one block, behind which none counts: of 70,000 blocks that rules name none has more, but
on a page whose language is not known the rules of 15 languages know ``X`` as a service."""
_FOOTER_LABELS, _NAVIGATION = labels_with(Trait.FOOTER), Label.NAVIGATION
Core = tuple[int, int]


class _Hit(NamedTuple):
    """A rule that matches a block."""

    block: int
    rule: Rule
    spans: tuple[Span, ...]
    """Where its pattern matched in the block's text; of rules that find numbers each number."""


def chrome(draft: Draft) -> Draft:
    """Add a finding for each rule that matches a block, and for the lists that headings open."""
    blocks = draft.blocks
    core = prose_core(blocks) or (len(blocks), -1)
    language = page_language(blocks)
    watch = Watch()
    hits = list(_hits(blocks, core, rule_book(draft.config.rules, language), watch))
    warnings = [SLOW_WARNING.format(draft.config.rules[at].id, BUDGET) for at in sorted(watch.slow)]
    draft = replace(draft, language=language, warnings=(*draft.warnings, *warnings))
    if _is_clean(draft, hits):
        # What position alone makes chrome on a page is not chrome in a text that was cleaned already; and a credit that
        # a paragraph of such a text ends with has been kept with it.
        kept = [hit for hit in hits if not (blocks[hit.block].glued and hit.rule.label == Label.CAPTION)]
        findings = [_finding(hit, alone=hit.rule.where in WHEREVER) for hit in kept]
        return replace(draft.with_findings(findings), is_clean=True)
    return draft.with_findings([*map(_finding, hits), *_labelled_runs(blocks, core, hits)])


def _is_clean(draft: Draft, hits: Sequence[_Hit]) -> bool:
    """Tell whether the source is a text that was cleaned already: in its form, and no rule is certain of a line.

    Each paragraph of such a text is a line, nothing stands between two; code alone has blank lines.
    """
    text, blocks = draft.source.text, draft.blocks
    if draft.source.kind != "text" or ("\n\n" in text and all(block.kind != "code" for block in blocks)):
        return False
    if draft.findings or any(text[block.content[1] : block.end] not in ("", " ", "\n") for block in blocks):
        return False
    certain = [(i, rule) for i, rule, _ in hits if rule.weight == "decisive" and rule.where in WHEREVER]
    # With ``keep_byline`` the names behind a paragraph are no loss.
    kept = draft.config.keep_byline
    return all(kept and rule.label == Label.BYLINE and blocks[i].glued for i, rule in certain)


def page_language(blocks: Sequence[TextBlock]) -> str | None:
    """Return the language whose rules are tried: that of the page's prose, or of all of it if there is little."""
    sample: list[str] = []
    size = 0
    for block in blocks:
        if size <= SAMPLE and block.is_prose:
            sample.append(block.text)
            size += len(block.text)
    if size < LITTLE_PROSE:
        sample += [block.text for block in blocks]
    return detect(" ".join(sample)[:SAMPLE])


def _finding(hit: _Hit, *, alone: bool = True) -> BlockFinding:
    """Return what a rule says of a block; ``alone`` if it may decide."""
    rule = hit.rule
    score = 1.0 if alone and rule.weight == "decisive" else HINT_SCORE
    groups = tuple([(rule.kind, *span) for span in hit.spans]) if rule.kind else ()
    return BlockFinding(hit.block, rule.label, rule.id, rule.why, score, groups=groups)


def _hits(blocks: Sequence[TextBlock], core: Core, book: RuleBook, watch: Watch) -> Iterator[_Hit]:
    """Yield each block with each rule that matches it and may stand there, in page order; none matches code."""
    before, decisive = -1, 0
    for i, at, spans in sorted(_matches(blocks, core, book, watch)):
        if i != before:
            before, decisive = i, 0
        if decisive < MOST_DECISIVE:
            decisive += book.ordered[at].weight == "decisive"
            yield _Hit(i, book.ordered[at], spans)


def _matches(
    blocks: Sequence[TextBlock], core: Core, book: RuleBook, watch: Watch
) -> Iterator[tuple[int, int, tuple[Span, ...]]]:
    """Yield each block, the number of each rule that matches it and may stand there, and where it matches, by rules.

    One rule after another reads the page, lines that are equal once: a pattern that another has not driven out of the
    processor's cache takes a third of the time.
    """
    places: dict[int, list[int]] = {}
    for i, rules in book.rule_index.asked([(block.folded, block.units) for block in blocks]).items():
        if blocks[i].kind != "code":
            for at in rules:
                places.setdefault(at, []).append(i)
    for at, lines in places.items():
        where, find = book.ordered[at].where, book.finder(at, watch)
        tried: dict[str, tuple[Span, ...]] = {}
        for i in lines:
            if where == "anywhere" or _may_stand(where, blocks, i, core):
                folded = blocks[i].folded
                spans = tried.get(folded)
                if spans is None:
                    spans = tried[folded] = find(folded)
                if spans:
                    yield i, at, spans


def _may_stand(where: Where, blocks: Sequence[TextBlock], i: int, core: Core) -> bool:
    """Tell whether a block stands where a rule asks for it, one that may not stand anywhere."""
    if where == "paragraph_end":
        return blocks[i].glued and (i + 1 == len(blocks) or not blocks[i + 1].glued)
    if where == "paragraph_start":
        return i + 1 < len(blocks) and blocks[i + 1].glued
    return i < core[0] if where == "head" else i > core[1]


def _labelled_runs(blocks: Sequence[TextBlock], core: Core, hits: Sequence[_Hit]) -> Iterator[BlockFinding]:
    """Yield findings for the list items under each heading that opens a run; the page's footer ends it."""
    # Before the body, ``评论`` is a channel of the site, not the readers' part.
    openers: Mapping[int, Rule] = {
        i: rule for i, rule, _ in hits if rule.opens_run and (i > core[0] or rule.label != Label.COMMENTS)
    }
    if not openers:
        return
    decided = {i for i, rule, _ in hits if rule.weight == "decisive"}
    ends = {i for i, rule, _ in hits if rule.label in _FOOTER_LABELS}
    ends.update(openers)
    headline = _repeated_title(blocks[: core[0]])
    menu = {i for i, rule, _ in hits if rule.label == _NAVIGATION}
    for head, rule in openers.items():
        own = ends if headline == head + 1 else ends | {headline}  # its first item may be the page itself
        items = _items(blocks, head, own, _run_holder(blocks[head], rule.label))
        goes_on = len(items) > 1 and items.stop < len(blocks) and items.stop not in ends
        is_hint = rule.weight == "hint" or (core[0] < head < core[1] and goes_on)
        reason = f"item of the list under “{blocks[head].text}”"
        for i in items:
            if i not in decided:
                is_head = head in menu and blocks[i].dom is None and core[0] - LINES_OF_HEAD <= i < core[0]
                score = HINT_SCORE if is_hint or is_head else 1.0
                yield BlockFinding(i, rule.label, rule.id, reason, score, via="run")


def _repeated_title(blocks: Sequence[TextBlock]) -> int:
    """Return the block of a text that repeats the beginning of its title tag, the first block: the headline; or -1."""
    for i, block in enumerate(blocks[1:], 1):
        if block.dom is None and block.units >= LEAST_HEADLINE and blocks[0].folded.startswith(block.folded):
            return i
    return -1


def _items(blocks: Sequence[TextBlock], head: int, ends: Container[int], holder: int) -> range:
    """Return the blocks of the list under a heading: up to one of ``ends``, or to one that ends it.

    In text it ends two lines above an item that states something, behind the first at the earliest: below ``Read also``
    and its links the article may go on with a sub-heading and in short lines.
    """
    first, end = head + 1, min(len(blocks), head + 1 + RUN_LENGTH)
    last = next((i for i in range(first, end) if i in ends or _ends_run(blocks[i], holder)), end)
    if last - first < 2 or blocks[first].dom is not None:
        return range(first, last)
    stated = next((i for i in range(first + 1, last) if _states(blocks[i].text)), last + 1)
    return range(first, max(first + 1, stated - 1))


def _states(text: str) -> bool:
    """Tell whether a short line is a sentence, what somebody says, or announces something."""
    return (ends_sentence(text) and text[-1] not in "！？!?…") or text[-1] in ":：" or text.startswith(SAYS)


def _run_holder(heading: TextBlock, label: Label) -> int:
    """Return the number of the element that a list under a heading does not leave, 0 if there is none."""
    ids = heading.dom.ids if heading.dom is not None and label == Label.HOT_LIST else ()
    return ids[-1 - HOT_DEPTH] if len(ids) > HOT_DEPTH else 0


def _ends_run(block: TextBlock, holder: int) -> bool:
    """Tell whether a list ends above a block: at the heading of a page, at a statement, outside ``holder``."""
    if block.dom is not None and (block.dom.heading == 1 or (holder and holder not in block.dom.ids)):
        return True
    return not _is_listed_headline(block)


def _is_listed_headline(block: TextBlock) -> bool:
    """Tell whether a block may be a headline in a list: it may cry or ask, but does not state."""
    return block.kind != "code" and block.units <= RUN_ITEM and (not block.is_prose or block.text[-1] in "！？!?…")
