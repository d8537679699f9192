"""Decide once, from all findings, what every block is, and build the Article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from cleanpage.draft import Candidate, Draft, TextBlock, find
from cleanpage.model import Article, Block, Finding, Paragraph, ParagraphKind, Removed, Span, role_of
from cleanpage.text import ends_sentence
from cleanpage.verdict import judge

STAGE = "assemble"
HEADING_UNITS = 30.0
"""Longest heading, in ideograms."""

_TUPLE_FIELDS = frozenset(f.name for f in fields(Article) if str(f.type).startswith("tuple["))


@dataclass(slots=True)
class _Open:
    """A paragraph under construction."""

    kind: ParagraphKind
    text: str
    start: int
    end: int


def decide(draft: Draft) -> list[Finding]:
    """Return for each block the finding that decides what it is."""
    return [
        _decisive(block, row, keep_byline=draft.config.keep_byline)
        for block, row in zip(draft.blocks, draft.findings_by_block(), strict=True)
    ]


def _decisive(block: TextBlock, row: Sequence[Finding], *, keep_byline: bool) -> Finding:
    """Decisive findings first (the surest, then the first made), then the body stage, then hints where it says no."""
    if keep_byline and block.glued:
        row = [finding for finding in row if finding.label != "byline"]
    stage = next((f for f in row if f.rule == "body"), None)
    named = sorted((f for f in row if f.rule != "body" and f.label != "body"), key=lambda f: -f.score)
    if named and named[0].score >= 1.0:
        return named[0]
    if stage is not None and stage.label == "body":
        caption = next((f for f in named if f.label == "caption"), None)
        return caption if caption and not ends_sentence(block.text) else stage
    if named:
        return named[0]
    return stage or find(block, "blank" if not block.text else "boilerplate", STAGE, "nothing speaks for it", 0.5)


def body_paragraphs(draft: Draft, verdicts: Sequence[Finding]) -> tuple[Paragraph, ...]:
    """Return the paragraphs: glued body blocks put together again, copies attached, headings told apart."""
    open_: list[_Open] = []
    before: TextBlock | None = None  # the body block of the same line that came last
    for block, verdict in zip(draft.blocks, verdicts, strict=True):
        if not block.glued:
            before = None
        if verdict.label != "body":
            continue
        if before is not None:
            last = open_[-1]
            last.text += ("" if before.content[1] == block.content[0] else " ") + block.text
            last.end = block.content[1]
        else:
            open_.append(_Open(block.kind, block.text, *block.content))
        before = block
    copies = _copies(draft, verdicts, open_)
    return tuple(
        Paragraph(_kind(open_, i), p.text, p.start, p.end, copies.get(i, ())) for i, p in enumerate(open_)
    )


def _kind(paragraphs: Sequence[_Open], i: int) -> ParagraphKind:
    """A short unfinished line before running text is a heading."""
    here = paragraphs[i]
    if here.kind != "paragraph" or ends_sentence(here.text) or i + 1 == len(paragraphs):
        return here.kind
    follows = paragraphs[i + 1]
    short = len(here.text) <= 3 * HEADING_UNITS and here.text[-1] not in "：:，,、"
    return "heading" if short and len(follows.text) > len(here.text) and ends_sentence(follows.text) else here.kind


def _copies(draft: Draft, verdicts: Sequence[Finding], paragraphs: Sequence[_Open]) -> dict[int, tuple[Span, ...]]:
    """Return for each paragraph the spans folded into it; neighbouring blocks of one copy make one span."""
    starts = [p.start for p in paragraphs]
    found: dict[int, list[Span]] = {}
    latest: dict[int, int] = {}
    for i, (block, verdict) in enumerate(zip(draft.blocks, verdicts, strict=True)):
        if verdict.label != "duplicate" or verdict.duplicate_of is None:
            continue
        at = bisect_right(starts, verdict.duplicate_of[0]) - 1
        if at < 0 or verdict.duplicate_of[0] >= paragraphs[at].end:
            continue
        spans = found.setdefault(at, [])
        if spans and latest[at] == i - 1:
            spans[-1] = (spans[-1][0], block.content[1])
        else:
            spans.append(block.content)
        latest[at] = i
    return {at: tuple(spans) for at, spans in found.items()}


def assemble(draft: Draft) -> Article:
    """Return the Article that the findings and candidates make."""
    verdicts = decide(draft)
    paragraphs = body_paragraphs(draft, verdicts)
    values = dict(_values(draft.candidates))
    article = Article(
        **values,
        text="\n".join(p.text for p in paragraphs),
        paragraphs=paragraphs,
        url=draft.source.url,
        encoding=draft.source.encoding,
        source_text=draft.source.text,
        blocks=tuple(_tile(b, v) for b, v in zip(draft.blocks, verdicts, strict=True)),
        findings=draft.findings,
        removed=tuple(_removed(draft, verdicts)),
    )
    is_article, confidence, warnings = judge(draft, verdicts, article)
    return replace(
        article,
        is_article=is_article,
        confidence=confidence,
        warnings=(*draft.source.warnings, *warnings),
    )


def _tile(block: TextBlock, verdict: Finding) -> Block:
    return Block(block.start, block.end, role_of(verdict.label), verdict.label, block.kind)


def _removed(draft: Draft, verdicts: Sequence[Finding]) -> Iterator[Removed]:
    for block, verdict in zip(draft.blocks, verdicts, strict=True):
        if verdict.label == "body" or not block.text:
            continue
        start, end = block.content
        text = draft.source.text[start:end]
        of = verdict.duplicate_of if verdict.label == "duplicate" else None
        yield Removed(start, end, text, verdict.label, verdict.rule, verdict.reason, verdict.score, of)


def _values(candidates: Sequence[Candidate]) -> Iterator[tuple[str, Any]]:
    """Yield each field's value: the best candidate, or for tuples of items all of them in page order."""
    by_field: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_field.setdefault(candidate.field, []).append(candidate)
    for name, found in by_field.items():
        found.sort(key=lambda c: c.start)
        best = max(found, key=lambda c: c.score).value
        if name in _TUPLE_FIELDS and not isinstance(best, tuple):
            yield name, tuple(dict.fromkeys(c.value for c in found))
        else:
            yield name, best
