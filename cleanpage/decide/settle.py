"""Clean the cleaned text again until nothing changes: invariant 3 of the design.

A page's chrome can hide a decision: once a footer is gone, two paragraphs may meet that are one sentence, or a first
line may turn out to be the headline. What the second cleaning takes away is taken away in the first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from cleanpage.chrome.stage import page_language
from cleanpage.decide.assemble import body_paragraphs, decide
from cleanpage.draft import Draft, Source, Stage, TextBlock, find, make_block
from cleanpage.labels import Label
from cleanpage.load.cut_lines import is_page_on_a_line, sentence_cuts
from cleanpage.load.rejoin_lines import damage
from cleanpage.load.text import load_text
from cleanpage.model import Finding, ParagraphKind, Span
from cleanpage.repeats.stage import part_repeats
from cleanpage.rules.keyword_index import EVERYWHERE
from cleanpage.text import ends_sentence, visible

ROUNDS = 8
"""Most repetitions, each of which takes something away; one is nearly always enough."""
PATIENCE = 4
"""Repetitions after which equal lines go all at once: of a hundred, a few would go in each."""
STAGE = "settle"
BULLET = "the bullet of an item"
PIECE = "one or two characters, of which nothing beside them is left"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the text of a body block stands in the body text."""

    index: int
    start: int
    end: int


def settle(draft: Draft, stages: Sequence[Stage]) -> tuple[Draft, list[Finding]]:
    """Return the draft with what running ``stages`` on its own body text takes away, and its verdicts."""
    verdicts = decide(draft)
    for number in range(ROUNDS):
        draft, verdicts = _undamaged(draft, verdicts)
        whole = not _lost_a_part(draft, verdicts)
        once = whole and not _repeats_itself(draft, verdicts)
        if once and _is_as_it_stood(draft, verdicts):
            break
        text = _body_text(draft, verdicts)
        code = _code_spans(draft, verdicts)
        if not text or (text == draft.source.text and draft.source.kind != "html"):  # of HTML it knows code and rows
            break
        again = Draft(Source(text, "body"), load_text(text, code), draft.config)
        if once and _same_blocks(draft, verdicts, again):
            break
        for stage in stages:
            again = stage(again)
        second = decide(again)
        if _body_text(again, second) == text:
            break
        if number >= PATIENCE:
            second = _with_equal(again, second)
        draft, places = _split(draft, _places(draft, verdicts), again, second)
        draft = _taken_over(draft, places, again, second)
        verdicts = decide(draft)
    return draft, verdicts


def _undamaged(draft: Draft, verdicts: list[Finding]) -> tuple[Draft, list[Finding]]:
    """Put tiny lines together with lines beside them until no loader would take the body for damaged.

    It would join lines, then, that never stood together. What has nothing beside it goes.
    """
    paragraphs = body_paragraphs(draft, verdicts)
    paragraphs = tuple(paragraph for paragraph in paragraphs if paragraph.kind != "code")
    tiny = damage([paragraph.text for paragraph in paragraphs])
    if not tiny:
        return draft, verdicts
    is_body = [*(verdict.label == Label.BODY for verdict in verdicts), False]
    firsts = {block.content[0]: i for i, block in enumerate(draft.blocks) if is_body[i]}
    lasts = {block.content[1]: i for i, block in enumerate(draft.blocks) if is_body[i]}
    glued: set[int] = set()
    alone: list[Finding] = []
    for paragraph in (paragraphs[at] for at in tiny):
        first, last = firsts[paragraph.start], lasts[paragraph.end]
        if is_body[last + 1] and not (is_body[first - 1] and not ends_sentence(draft.blocks[first - 1].text)):
            glued.add(last + 1)
        elif is_body[first - 1]:
            glued.add(first)
        else:
            alone += [find(block, Label.BOILERPLATE, STAGE, PIECE) for block in draft.blocks[first : last + 1]]
    blocks = [block._replace(glued=True) if i in glued else block for i, block in enumerate(draft.blocks)]
    draft = replace(draft, blocks=tuple(blocks)).with_findings(alone)
    return draft, decide(draft)


def _repeats_itself(draft: Draft, verdicts: Sequence[Finding]) -> bool:
    """Tell whether the repeats stage finds anything in the body alone: a copy, or a lead that stands again."""
    return part_repeats(draft, [i for i, verdict in enumerate(verdicts) if verdict.label == Label.BODY])


def _is_as_it_stood(draft: Draft, verdicts: Sequence[Finding]) -> bool:
    """Tell whether the body text falls into the blocks that it was made of: the quick answer for most pages.

    It does if its lines stood so on the page, whole and in one piece, or would not be cut, and none is so long that a
    loader would take it for a whole page.
    """
    source = draft.source.text
    kept: list[TextBlock] = []
    lines: list[float] = []
    for i, (block, verdict) in enumerate(zip(draft.blocks, verdicts, strict=True)):
        if verdict.label != Label.BODY:
            continue
        start, end = block.content
        if source[start:end] != block.text and not _is_whole_line(draft.blocks, i):
            return False
        if not block.glued:
            lines.append(block.units)
        elif source[kept[-1].content[1] : start] in ("", " "):
            lines[-1] += block.units
        else:
            return False
        kept.append(block)
    one_line = is_page_on_a_line(max(lines, default=0.0), sum(lines))
    return not one_line and _has_its_rules(draft, kept)


def _has_its_rules(draft: Draft, kept: Sequence[TextBlock]) -> bool:
    """Tell whether the rules for the language of the body were tried on the page."""
    return draft.language is None or (page_language(kept) or "") in EVERYWHERE | {draft.language}


def _is_whole_line(blocks: Sequence[TextBlock], i: int) -> bool:
    """Tell whether a block is a line of its own that no loader would cut, or code."""
    if blocks[i].kind == "code":
        return True
    glued = blocks[i].glued or (i + 1 < len(blocks) and blocks[i + 1].glued)
    text = blocks[i].text
    return not glued and not sentence_cuts(text, 0, len(text), blocks[i].units, False)


def _same_blocks(draft: Draft, verdicts: Sequence[Finding], again: Draft) -> bool:
    """Tell whether the body text falls into the blocks that it was made of, which the rules have seen already."""
    kept = [b for b, v in zip(draft.blocks, verdicts, strict=True) if v.label == Label.BODY]
    same = [(b.text, b.glued) for b in kept] == [(block.text, block.glued) for block in again.blocks]
    return same and _has_its_rules(draft, kept)


def _lost_a_part(draft: Draft, verdicts: Sequence[Finding]) -> bool:
    """Tell whether a line lost some of its blocks, so that another one ends it now, or the page had copies."""
    labels = [verdict.label for verdict in verdicts]
    return any(finding.duplicate_of for finding in draft.findings) or any(
        block.glued and (label == Label.BODY) != (before == Label.BODY)
        for block, label, before in zip(draft.blocks[1:], labels[1:], labels, strict=False)
    )


def _body_text(draft: Draft, verdicts: Sequence[Finding]) -> str:
    return "\n".join(p.text for p in body_paragraphs(draft, verdicts))


def _code_spans(draft: Draft, verdicts: Sequence[Finding]) -> list[Span]:
    """Return where the listings stand in the body text."""
    paragraphs = body_paragraphs(draft, verdicts)
    starts = accumulate((len(paragraph.text) + 1 for paragraph in paragraphs), initial=0)
    return [(at, at + len(p.text)) for at, p in zip(starts, paragraphs, strict=False) if p.kind == "code"]


def _places(draft: Draft, verdicts: Sequence[Finding]) -> list[_Place]:
    """Return the place of each body block, in order."""
    places: list[_Place] = []
    at = 0
    for i, (block, verdict) in enumerate(zip(draft.blocks, verdicts, strict=True)):
        if verdict.label != Label.BODY:
            continue
        follows = places and places[-1].index == i - 1 and block.glued
        if places and not (follows and draft.blocks[i - 1].content[1] == block.content[0]):
            at += 1
        places.append(_Place(i, at, at + len(block.text)))
        at += len(block.text)
    return places


def _under(places: Sequence[_Place], span: Span) -> Iterator[_Place]:
    """Yield the places that ``span`` touches."""
    at = max(0, bisect_right(places, span[0], key=lambda place: place.start) - 1)
    while at < len(places) and places[at].start < span[1]:
        if places[at].end > span[0]:
            yield places[at]
        at += 1


def _with_equal(again: Draft, second: Sequence[Finding]) -> list[Finding]:
    """Return the verdicts; what is equal to a block that goes as a copy goes too, but for what that copies."""
    pairs = list(zip(again.blocks, second, strict=True))
    copies = {block.folded: verdict for block, verdict in pairs if verdict.label == Label.DUPLICATE}
    found = []
    for block, verdict in pairs:
        copy = copies.get(block.folded, verdict) if verdict.label == Label.BODY else verdict
        (start, end), (first, last) = block.content, copy.duplicate_of or block.content
        found.append(verdict if first < end and start < last else replace(copy, start=start, end=end))
    return found


def _split(
    draft: Draft, places: Sequence[_Place], again: Draft, second: Sequence[Finding]
) -> tuple[Draft, Sequence[_Place]]:
    """Cut the blocks of which only a part is to go; return their parts' places in the body text as it was too."""
    cuts: dict[int, set[int]] = {}
    for block, verdict in zip(again.blocks, second, strict=True):
        if verdict.label != Label.BODY:
            for place in _under(places, block.content):
                for edge in block.content:
                    if place.start < edge < place.end:
                        cuts.setdefault(place.index, set()).add(edge - place.start)
    if not cuts:
        return draft, places
    blocks: list[TextBlock] = []
    findings: list[Finding] = []
    moved: list[_Place] = []
    stood = {place.index: place for place in places}
    rows = draft.findings_by_block()
    for i, block in enumerate(draft.blocks):
        at = sorted(cuts.get(i, ()))
        if i in stood:
            edges = pairwise([0, *at, stood[i].end - stood[i].start])
            moved += [_Place(len(blocks) + n, stood[i].start + a, stood[i].start + b) for n, (a, b) in enumerate(edges)]
        parts = list(_parts(draft.source.text, block, at))
        blocks += parts
        findings += [replace(f, start=part.content[0], end=part.content[1]) for part in parts for f in rows[i]]
    return replace(draft, blocks=tuple(blocks), findings=tuple(findings), stream=None), moved


def _parts(source: str, block: TextBlock, cuts: Sequence[int]) -> Iterator[TextBlock]:
    """Yield the block cut at these offsets into its text."""
    if not cuts:
        yield block
        return
    edges = _edges(source, block, cuts)
    lefts, rights = [block.content[0], *edges], [*edges, block.content[1]]
    texts = [block.text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(block.text)], strict=True)]
    for i, (left, right, text) in enumerate(zip(lefts, rights, texts, strict=True)):
        start = block.start if i == 0 else left
        end = block.end if i == len(texts) - 1 else right
        content = (left, left + len(source[left:right].rstrip()))
        yield make_block(start, end, content, text, kind=block.kind, glued=block.glued or i > 0)


def _edges(source: str, block: TextBlock, cuts: Sequence[int]) -> list[int]:
    """Return where offsets of the block's text stand in the source, told by the visible characters after them."""
    start, end = block.content
    there, here = _shown(source[start:end], block.kind), _shown(block.text, block.kind)
    after = [len(here) - bisect_left(here, cut) for cut in cuts]
    return [start + there[max(0, len(there) - count)] if count else end for count in after]


def _shown(text: str, kind: ParagraphKind) -> list[int]:
    """Return the offsets of the visible characters; without bars in a row, whose cells the source may part by tabs."""
    return [at for at in visible(text) if kind != "table" or text[at] != "|"]


def _taken_over(draft: Draft, places: Sequence[_Place], again: Draft, second: Sequence[Finding]) -> Draft:
    """Apply to ``draft`` what the cleaning of its body text found: blocks that go, and bullets."""
    findings: list[Finding] = []
    bare: dict[int, int] = {}
    for block, verdict in zip(again.blocks, second, strict=True):
        under = [place.index for place in _under(places, block.content)]
        if verdict.label == Label.BODY:
            bullet = block.content[1] - block.content[0] - len(block.text)
            if bullet and bullet < len(draft.blocks[under[0]].text):
                bare[under[0]] = bullet
            elif bullet:
                findings.append(find(draft.blocks[under[0]], Label.BOILERPLATE, STAGE, BULLET))
            continue
        of = None
        if verdict.duplicate_of:
            kept = [draft.blocks[place.index].content for place in _under(places, verdict.duplicate_of)]
            of = (kept[0][0], kept[-1][1]) if kept else None
        reason = f"{verdict.reason} (seen when the cleaned text was cleaned again)"
        score = max(1.0, verdict.score)
        findings += [find(draft.blocks[i], verdict.label, verdict.rule, reason, score, of) for i in under]
    blocks = list(draft.blocks)
    for i, size in bare.items():
        old = blocks[i]
        item = make_block(old.start, old.end, old.content, old.text[size:], "list_item", glued=old.glued)
        blocks[i] = item._replace(dom=old.dom)
    return replace(draft, blocks=tuple(blocks)).with_findings(findings)
