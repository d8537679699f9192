"""Decide once, from all findings, what every block is, and build the Article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

from cleanpage.decide.field_evidence import evidence_rows
from cleanpage.decide.footnote_marks import footnote_marks
from cleanpage.decide.list_places import list_places
from cleanpage.decide.page_verdict import judge
from cleanpage.decide.removal_confidence import removal_confidence
from cleanpage.decide.thread_posts import with_texts
from cleanpage.draft import BlockFinding, Candidate, Draft, TextBlock
from cleanpage.labels import Label
from cleanpage.load.html_blocks import is_credit
from cleanpage.load.lines import BULLET
from cleanpage.model import Article, Block, Finding, Mark, Paragraph, ParagraphKind, Removed, Span, Witness, make_all
from cleanpage.text import ends_sentence, units
from cleanpage.text.lazy_regex import lazy

# Each access to a member of an enumeration takes 200 ns in Python 3.11, and there are thousands a page.
_BODY, _BOILERPLATE, _DUPLICATE = Label.BODY, Label.BOILERPLATE, Label.DUPLICATE
STAGE = "assemble"
MAX_CHAIN = 8
"""Longest chain of copies of copies (the second look at the body makes one of two), and most parts of what one
copies."""
HEADING_UNITS = 30.0
"""Longest heading, in ideograms."""
NO_HEADINGS = frozenset(("byline", "caption", "editor", "publish", "source"))
"""Labels of lines that are no headings, also where they are hints and the body stage has kept the line."""
KEPT_NAMES = "names behind a paragraph, which ``keep_byline`` keeps with it"
COPY_OF_CHROME = "stands again at {}:{}, which goes: {}"

_REPORTER_BYLINE = lazy(r"(?:电|讯|消息|报道|报導)\s*[（(].{0,12}(?:记者|記者|通讯员|通訊員)")
"""A byline in the text's own dateline."""
_TUPLE_FIELDS = frozenset(f.name for f in fields(Article) if str(f.type).startswith("tuple["))


SourceTile: TypeAlias = tuple[int, int, Span, ParagraphKind, bool]
"""What the ledger, which is made when it is read, needs of a block, so that it does not keep the whole page until then:
where its tile begins and ends, the content in it, its form, and whether it is blank."""


def decide(draft: Draft) -> list[BlockFinding]:
    """Return for each block the finding that decides what it is."""
    verdicts = [
        (row[0] if len(row) == 1 else _decisive(i, block, row))
        if block.text
        else BlockFinding(i, Label.BLANK, STAGE, "nothing stands here")
        for i, (block, row) in enumerate(zip(draft.blocks, draft.findings_by_block(), strict=True))
    ]
    if draft.config.keep_byline:
        for i, block in enumerate(draft.blocks):
            if block.glued and verdicts[i].label == Label.BYLINE and verdicts[i - 1].label == _BODY:
                verdicts[i] = replace(verdicts[i - 1], block=i, rule=STAGE, reason=KEPT_NAMES)
    if not any(verdict.duplicate_of for verdict in verdicts):
        return verdicts
    by_start = {block.content[0]: verdict for block, verdict in zip(draft.blocks, verdicts, strict=True)}
    stays = _stretches_kept(draft.blocks, verdicts)
    return [resolve_duplicate_of(verdict, by_start, stays) if verdict.duplicate_of else verdict for verdict in verdicts]


def _stretches_kept(blocks: Sequence[TextBlock], verdicts: Sequence[BlockFinding]) -> list[tuple[Span, BlockFinding]]:
    """Return the spans of what is no copy: body blocks in a row, others one by one; each with its first verdict."""
    found: list[tuple[Span, BlockFinding]] = []
    before: Label | None = None
    for block, verdict in zip(blocks, verdicts, strict=True):
        if not block.text:
            continue
        if verdict.label == before == _BODY:
            (start, _), first = found[-1]
            found[-1] = (start, block.content[1]), first
        elif verdict.label != _DUPLICATE:
            found.append((block.content, verdict))
        before = verdict.label
    return found


def resolve_duplicate_of(
    verdict: BlockFinding, verdicts: Mapping[int, BlockFinding], stays: Sequence[tuple[Span, BlockFinding]]
) -> BlockFinding:
    """Return the verdict of a copy as what it copies stays: a duplicate of the longest part that is body.

    ``duplicate_of`` is followed through copies of copies. What copies no body is no duplicate: it goes as what it
    copies does, with its label and rule, and the reason says so. On 21 of 1,460 real pages one of a sentence or more
    stood; read in the place of the original it was likelier body on two of them.
    """
    span = verdict.duplicate_of
    for _ in range(MAX_CHAIN):
        further = verdicts[span[0]].duplicate_of if span and span[0] in verdicts else None
        if further is None or further == span:
            break
        span = further
    if span is None:
        return verdict
    first = bisect_right(stays, span[0], key=lambda stay: stay[0][1])
    after = min(bisect_left(stays, span[1], key=lambda stay: stay[0][0]), first + MAX_CHAIN)
    parts = [((max(span[0], start), min(span[1], end)), stay) for (start, end), stay in stays[first:after]]
    body = [part for part, stay in parts if stay.label == _BODY]
    if body:
        of = max(body, key=lambda part: part[1] - part[0])
        return verdict if of == verdict.duplicate_of else replace(verdict, duplicate_of=of)
    if verdict.label != _DUPLICATE or not parts:
        return verdict
    (start, end), stay = max(parts, key=lambda part: part[0][1] - part[0][0])
    return replace(stay, block=verdict.block, reason=COPY_OF_CHROME.format(start, end, stay.reason))


def _decisive(i: int, block: TextBlock, row: Sequence[BlockFinding]) -> BlockFinding:
    """Decisive findings first (the body stage's, the surest, then the first made), then the body stage, then hints."""
    stage = out = named = None
    for finding in row:
        if finding.label == _BODY:
            stage = finding
        elif finding.label == _BOILERPLATE and finding.score < 1.0:
            out = finding
        elif named is None or finding.score > named.score:
            named = finding
    if named is not None and named.score >= 1.0 and (stage is None or stage.score < 1.0):
        return named
    if stage is not None:
        caption = next((finding for finding in reversed(row) if finding.label == Label.CAPTION), None)
        return stage if caption is None or stage.score >= 1.0 or ends_sentence(block.text) else caption
    return named or out or BlockFinding(i, _BOILERPLATE, STAGE, "no stage has looked at it", 0.0)


def body_paragraphs(draft: Draft, verdicts: Sequence[BlockFinding]) -> tuple[Paragraph, ...]:
    """Return the paragraphs: glued body blocks put together again, copies attached, headings recognised."""
    lines: list[list[TextBlock]] = []
    before_is_body = False
    for block, verdict in zip(draft.blocks, verdicts, strict=True):
        is_body = verdict.label == _BODY
        if is_body and block.glued and before_is_body:
            lines[-1].append(block)
        elif is_body:
            lines.append([block])
        before_is_body = is_body
    copies = _copies(draft, verdicts, lines)
    texts = [_joined(line) for line in lines]
    credits = {draft.blocks[f.block].start for f in draft.findings if f.label in NO_HEADINGS}
    places = list(list_places(draft.blocks, (line[0] for line in lines)))
    notes = footnote_marks(lines, texts, [number for _, _, number in places])
    rows: list[tuple[Any, ...]] = []
    for i, (line, (form, level, number)) in enumerate(zip(lines, places, strict=True)):
        dom = line[0].dom
        kind = _kind(line[0], texts[i : i + 2]) if dom is None and line[0].start not in credits else form
        start, end = line[0].content[0], line[-1].content[1]
        language = (dom and dom.code) or ""
        marks = (*_marks(line), *notes.get(i, ()))
        rows.append((kind, texts[i], start, end, copies.get(i, ()), level, number, language, marks))
    return make_all(Paragraph, rows)


def _marks(line: Sequence[TextBlock]) -> tuple[Mark, ...]:
    """Return what of a paragraph is bold, italic or code; the blocks of a long line all know the marks of that line."""
    if len(line) == 1 and (line[0].dom is None or not line[0].dom.marks):
        return ()
    end, at = line[-1].content[1], line[0].content[0]
    doms = {id(block.dom): block.dom for block in line if block.dom is not None}
    marks = [mark for dom in doms.values() for mark in dom.marks if mark.start < end and mark.end > at]
    return tuple(Mark(mark.kind, max(at, mark.start), min(end, mark.end)) for mark in marks)


def _joined(line: Sequence[TextBlock]) -> str:
    """Return the text of glued blocks: with a blank where the source has one.

    What was cut off before them may leave what looks like the bullet of an item.
    """
    if len(line) == 1 and not line[0].glued:
        return line[0].text
    parts = [BULLET.sub("", line[0].text) if line[0].glued else line[0].text]
    for before, block in pairwise(line):
        parts.append(block.text if before.content[1] == block.content[0] else " " + block.text)
    return "".join(parts)


def _kind(block: TextBlock, texts: Sequence[str]) -> ParagraphKind:
    """Return the kind of the first of two texts of a flattened page.

    A short unfinished line before running text is a heading if it is no credit, byline, dateline or item.
    """
    if block.kind != "paragraph" or len(texts) < 2 or ends_sentence(texts[0]) or texts[0][-1] in "：:，,、":
        return block.kind
    short = units(texts[0]) <= HEADING_UNITS and not is_credit(block.folded)
    return "heading" if short and len(texts[1]) > len(texts[0]) and ends_sentence(texts[1]) else block.kind


def _copies(
    draft: Draft, verdicts: Sequence[BlockFinding], lines: Sequence[Sequence[TextBlock]]
) -> dict[int, tuple[Span, ...]]:
    """Return for each paragraph the spans folded into it; neighbouring blocks of one copy make one span."""
    starts = [line[0].content[0] for line in lines]
    found: dict[int, list[Span]] = {}
    latest: dict[int, int] = {}
    for i, verdict in enumerate(verdicts):
        if verdict.duplicate_of is None or verdict.label != _DUPLICATE:
            continue
        block = draft.blocks[i]
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


def assemble(draft: Draft, verdicts: Sequence[BlockFinding]) -> Article:
    """Return the Article that the verdicts and candidates make."""
    paragraphs = body_paragraphs(draft, verdicts)
    values = dict(_values(draft.candidates))
    for name in ("subtitle", "original_title", "summary"):  # another text than the title, or none
        if values.get(name) == values.get("title"):
            values.pop(name, None)
    values |= _one_role_each(values)
    if posts := values.get("posts"):
        again = [at for post in draft.outlook.posts for at in post.quotes] if draft.outlook else []
        values["posts"] = with_texts(posts, draft.blocks, paragraphs, again)
    made = {
        **values,
        "text": "\n".join([p.text for p in paragraphs]),
        "paragraphs": paragraphs,
        "url": draft.source.url,
        "encoding": draft.source.encoding,
        "source_text": draft.source.text,
    }
    judged = judge(draft, verdicts, Article(**made))
    tiles = [(block.start, block.end, block.content, block.kind, not block.text) for block in draft.blocks]
    made |= {
        "is_article": judged.is_article,
        "page_kind": judged.page_kind,
        "posts": values.get("posts", ()) if judged.page_kind == "forum" else (),
        "confidence": judged.confidence,
        "warnings": (*draft.source.warnings, *draft.warnings, *judged.warnings),
        "blocks": partial(_made, Block, _blocks, tiles, verdicts),
        "findings": partial(_made, Finding, _findings, tiles, draft.findings),
        "evidence": partial(_made, Witness, evidence_rows, draft.candidates, values),
        "removed": partial(_made, Removed, _removed, draft.source.text, draft.source.kind, tiles, verdicts),
    }
    return Article(**made)


def _made(kind: type[Any], rows: Callable[..., Iterable[tuple[Any, ...]]], *of: object) -> tuple[Any, ...]:
    """Return the objects of a part of the ledger."""
    return make_all(kind, rows(*of))


def _one_role_each(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return authors, editors and their roles with nobody in two: an editor is no author, whatever the HTML head says.

    Who reports in the dateline (``电（记者 X）``) and edits the page as well wrote the text, though.
    """
    authors, editors = values.get("authors", ()), values.get("editors", ())
    if not _REPORTER_BYLINE.search(values.get("byline_raw") or ""):
        return {"authors": tuple(name for name in authors if name not in editors)}
    kept = [pair for pair in zip(editors, values.get("editor_roles", ()), strict=True) if pair[0] not in authors]
    return {"editors": tuple(name for name, _ in kept), "editor_roles": tuple(role for _, role in kept)}


def _findings(tiles: Sequence[SourceTile], findings: Sequence[BlockFinding]) -> list[tuple[Any, ...]]:
    """Return the fields of each Finding."""
    return [(*tiles[f.block][2], f.label, f.rule, f.reason, f.score, f.duplicate_of) for f in findings]


def _blocks(tiles: Sequence[SourceTile], verdicts: Sequence[BlockFinding]) -> list[tuple[Any, ...]]:
    """Return the fields of each Block."""
    return [
        (start, end, verdict.label.role, verdict.label, kind)
        for (start, end, _, kind, _), verdict in zip(tiles, verdicts, strict=True)
    ]


def _removed(
    text: str, kind: str, tiles: Sequence[SourceTile], verdicts: Sequence[BlockFinding]
) -> Iterator[tuple[Any, ...]]:
    """Yield the fields of each Removed."""
    for (_, _, (start, end), _, is_blank), verdict in zip(tiles, verdicts, strict=True):
        label = verdict.label
        if label == _BODY or is_blank:
            continue
        of = verdict.duplicate_of if label == _DUPLICATE else None
        sure = removal_confidence(verdict, kind)
        yield start, end, text[start:end], label, verdict.rule, verdict.reason, sure, of


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
