"""Decide once, from all findings, what every block is, and build the Article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from cleanpage.draft import Candidate, Dom, Draft, TextBlock, find
from cleanpage.model import Article, Block, Finding, Paragraph, ParagraphKind, Removed, Span, role_of
from cleanpage.text import ends_sentence, units
from cleanpage.verdict import judge
from cleanpage.witnesses import witnesses

STAGE = "assemble"
MAX_CHAIN = 8
"""Longest chain of copies of copies, settling a page makes one of two; and most parts that one copies."""
HEADING_UNITS = 30.0
"""Longest heading, in ideograms."""

_TUPLE_FIELDS = frozenset(f.name for f in fields(Article) if str(f.type).startswith("tuple["))


def decide(draft: Draft) -> list[Finding]:
    """Return for each block the finding that decides what it is."""
    verdicts = [
        _decisive(block, row, keep_byline=draft.config.keep_byline)
        for block, row in zip(draft.blocks, draft.findings_by_block(), strict=True)
    ]
    copies = {verdict.start: verdict.duplicate_of for verdict in verdicts if verdict.label == "duplicate"}
    stays = list(_between_copies(draft.blocks, copies)) if copies else []
    return [_of_what_stays(verdict, copies, stays) if verdict.duplicate_of else verdict for verdict in verdicts]


def _between_copies(blocks: Sequence[TextBlock], copies: Mapping[int, Span | None]) -> Iterator[Span]:
    """Yield the spans of the blocks in a row that are no copies."""
    for is_copy, row in groupby((block for block in blocks if block.text), lambda block: block.content[0] in copies):
        spans = [] if is_copy else [block.content for block in row]
        if spans:
            yield spans[0][0], spans[-1][1]


def _of_what_stays(verdict: Finding, copies: Mapping[int, Span | None], stays: Sequence[Span]) -> Finding:
    """Return the verdict with ``duplicate_of`` followed through copies of copies, the longest part without any."""
    span = verdict.duplicate_of
    for _ in range(MAX_CHAIN):
        further = copies.get(span[0]) if span else None
        if further is None or further == span:
            break
        span = further
    if span:
        first = bisect_right(stays, span[0], key=itemgetter(1))
        after = min(bisect_left(stays, span[1], key=itemgetter(0)), first + MAX_CHAIN)
        parts = [(max(span[0], start), min(span[1], end)) for start, end in stays[first:after]]
        span = max(parts, key=lambda part: part[1] - part[0], default=span)
    return verdict if span == verdict.duplicate_of else replace(verdict, duplicate_of=span)


def _decisive(block: TextBlock, row: Sequence[Finding], *, keep_byline: bool) -> Finding:
    """Decisive findings first (the surest, then the first made), then the body stage, then hints where it says no."""
    if not block.text:
        return find(block, "blank", STAGE, "nothing stands here", 1.0)
    if keep_byline and block.glued:
        row = [finding for finding in row if finding.label != "byline"]
    stage: Finding | None = None
    named: Finding | None = None
    caption: Finding | None = None
    for finding in row:
        if finding.label == "body":
            stage = finding
        elif named is None or finding.score > named.score:
            named = finding
        if finding.label == "caption":
            caption = finding
    if named is not None and named.score >= 1.0:
        return named
    if stage is not None:
        return caption if caption is not None and not ends_sentence(block.text) else stage
    return named or find(block, "boilerplate", "body", "does not read and stand as the article's text does", 0.9)


def body_paragraphs(draft: Draft, verdicts: Sequence[Finding]) -> tuple[Paragraph, ...]:
    """Return the paragraphs: glued body blocks put together again, copies attached, headings told apart."""
    lines: list[list[TextBlock]] = []
    before_is_body = False
    for block, verdict in zip(draft.blocks, verdicts, strict=True):
        is_body = verdict.label == "body"
        if is_body and block.glued and before_is_body:
            lines[-1].append(block)
        elif is_body:
            lines.append([block])
        before_is_body = is_body
    copies = _copies(draft, verdicts, lines)
    texts = [_joined(line) for line in lines]
    paragraphs = []
    for i, line in enumerate(lines):
        kind = _kind(line[0].kind, texts[i : i + 2])
        where = _place(kind, line[0].dom) if line[0].dom else ()
        paragraphs.append(Paragraph(kind, texts[i], line[0].content[0], line[-1].content[1], copies.get(i, ()), *where))
    return tuple(paragraphs)


def _place(kind: ParagraphKind, dom: Dom) -> tuple[int, bool, str]:
    """Return ``level``, ``ordered`` and ``language`` of a paragraph."""
    if kind == "heading":
        return dom.heading, False, ""
    lists = dom.lists if kind == "list_item" else []
    return len(lists), lists[-1:] == ["ol"], dom.code or ""


def _joined(line: Sequence[TextBlock]) -> str:
    """Return the text of glued blocks: with a blank where the source has one."""
    parts = [line[0].text]
    for before, block in pairwise(line):
        parts.append(block.text if before.content[1] == block.content[0] else " " + block.text)
    return "".join(parts)


def _kind(kind: ParagraphKind, texts: Sequence[str]) -> ParagraphKind:
    """Return the kind of the first of two texts: a short unfinished line before running text is a heading."""
    if kind != "paragraph" or len(texts) < 2 or ends_sentence(texts[0]) or texts[0][-1] in "：:，,、":
        return kind
    short = units(texts[0]) <= HEADING_UNITS
    return "heading" if short and len(texts[1]) > len(texts[0]) and ends_sentence(texts[1]) else kind


def _copies(
    draft: Draft, verdicts: Sequence[Finding], lines: Sequence[Sequence[TextBlock]]
) -> dict[int, tuple[Span, ...]]:
    """Return for each paragraph the spans folded into it; neighbouring blocks of one copy make one span."""
    starts = [line[0].content[0] for line in lines]
    found: dict[int, list[Span]] = {}
    latest: dict[int, int] = {}
    for i, (block, verdict) in enumerate(zip(draft.blocks, verdicts, strict=True)):
        if verdict.label != "duplicate" or verdict.duplicate_of is None:
            continue
        at = bisect_right(starts, verdict.duplicate_of[0]) - 1
        if at < 0 or verdict.duplicate_of[0] >= lines[at][-1].content[1]:
            continue
        spans = found.setdefault(at, [])
        if spans and latest[at] == i - 1:
            spans[-1] = (spans[-1][0], block.content[1])
        else:
            spans.append(block.content)
        latest[at] = i
    return {at: tuple(spans) for at, spans in found.items()}


def assemble(draft: Draft, verdicts: Sequence[Finding]) -> Article:
    """Return the Article that the verdicts and candidates make."""
    paragraphs = body_paragraphs(draft, verdicts)
    values = dict(_values(draft.candidates))
    for name in ("original_title", "summary"):  # another text than the title, or none
        if values.get(name) == values.get("title"):
            values.pop(name, None)
    # An editor is never an author, whatever the HTML head says.
    values["authors"] = tuple(name for name in values.get("authors", ()) if name not in values.get("editors", ()))
    article = Article(
        **values,
        text="\n".join(p.text for p in paragraphs),
        paragraphs=paragraphs,
        url=draft.source.url,
        encoding=draft.source.encoding,
        source_text=draft.source.text,
        blocks=tuple(_tile(b, v) for b, v in zip(draft.blocks, verdicts, strict=True)),
        findings=draft.findings,
        evidence=tuple(witnesses(draft.candidates, values)),
        removed=tuple(_removed(draft, verdicts)),
    )
    judged = judge(draft, verdicts, article)
    return replace(
        article,
        is_article=judged.is_article,
        page_kind=judged.page_kind,
        confidence=judged.confidence,
        warnings=(*draft.source.warnings, *draft.warnings, *judged.warnings),
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
