"""Stage: which blocks say again what stands on the page already.

``find_repeats`` is the kernel, usable alone. The way is that of aligners of genomes (seed, chain, extend; minimap2:
Li 2018, doi:10.1093/bioinformatics/bty191), for block borders differ between copies and characters do not:

1. Running text becomes one string of letters and digits (``similarity.keyed``). Blocks that stood before, letter by
   letter, are settled by their keys (``token_stream``); of the rest, grams that stood before link to their first place,
   or to that on the diagonal of the links before them. Links on a diagonal make segments, segments in order chains
   (``seed_chains``).
2. Chains that share a text are its copies; the most complete, cleanest one without foreign lines is kept
   (``copy_groups``).
3. For every block of the others its place in what is kept is looked up, compared by Indel similarity (rapidfuzz).
   What has other numbers, or the same other word again and again, is another text; what stands nowhere else stays
   (``alignment``).
4. A copy goes only if enough running text of it was found again, and if it is none of the repetitions that belong to a
   text: refrains, clauses, answers, quoted posts (``acceptance``). A hidden paragraph that is shown elsewhere is none
   of them (``hidden_copies``).

Before all that goes what is printed again level by level (nested elements): there it is no longest and no first copy
that is kept, but the finest one (``nested_lines``, ``nested_levels``). Later stages do not see what goes so
(``draft.skip_ignored``).

Which copy is body is not known here: of what copies no body ``assemble`` decides. Once the body is chosen it is looked
at alone (``body_repeats``), for a copy may be seen only when the chrome between is gone.

Every step is bounded, so that time is linear in the length of the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import compress, groupby, pairwise, takewhile
from typing import NamedTuple

from cleanpage.draft import COPY_RULES, BlockFinding, Dom, Draft, TextBlock, make_block
from cleanpage.errors import CleanpageError
from cleanpage.labels import Label
from cleanpage.load.elements import is_comment_section
from cleanpage.load.text import load_text
from cleanpage.model import Span
from cleanpage.repeats.acceptance import Facts, is_copy, share_again
from cleanpage.repeats.alignment import Kept, fold_copy
from cleanpage.repeats.copy_groups import Copy, best_copy, clusters
from cleanpage.repeats.hidden_copies import hidden_again
from cleanpage.repeats.leads import leads
from cleanpage.repeats.nested_levels import levels
from cleanpage.repeats.nested_lines import nested
from cleanpage.repeats.seed_chains import Stretch, stretches
from cleanpage.repeats.token_stream import (
    MIN_LABEL,
    MIN_UNITS,
    TITLE_ABOVE,
    VERSE,
    evidence,
    is_evidence,
    is_verse,
    part_of,
    quotes,
    stream_of,
)
from cleanpage.text import ends_sentence, normalise
from cleanpage.text.similarity import Keyed
from cleanpage.text.stream import Stream
from cleanpage.values import frozen

STAGE = "repeats"
BELOW = 3
"""The same below it: 原标题, (记者 张三)."""
FEW_PROSE = 0.25
"""Running text for each ideogram of short lines below which a page may be a song."""
MIN_ROW = 7.0
"""Ideograms of the shortest row of a table below a copy that goes with it …"""
MAX_FOREIGN = 3
"""… and blocks between two rows that stand on one side only."""
ALONE, ALONE_SCORE = "stands in this copy of the text alone", 0.8
"""What is said of a paragraph that a copy holds alone; the body stage may not see that it belongs to the text."""
MIN_PAIRS = 2
"""Paragraphs that were copied, from which on those beside them in HTML belong to the same text."""
LEAD = "the text below begins with the same words"


class Pair(NamedTuple):
    """A block that says again what stands elsewhere."""

    block: int
    """Its index."""
    span: Span
    """Where it stands."""
    of: Span
    """The source span (whole blocks) that says the same and stays."""


@frozen
class Run:
    """One copy of a text that stands on the page in a better copy."""

    pairs: tuple[Pair, ...]
    """The blocks that go, in order."""
    share: float
    """Running text of it that was found again, as a share of the page's distinct running text."""


def find_repeats(page: str | Sequence[str] | Sequence[TextBlock]) -> list[Run]:
    """Return the copies on a page that can go, in page order; what they copy stays.

    ``page`` is its text, or its blocks: paragraphs as ``str``, then spans point into them joined by line feeds. Each
    of the Runs has ``pairs``: for each block that goes its index (``block``), its ``span``, and the span ``of`` which
    it is a copy. No kept span holds a block that goes, and a block of which a sentence stands nowhere else stays.
    Copies may be cut off, edited, merged, split, in the other Chinese script; refrains, clauses, answers, quotations
    and texts with other numbers or names are no copies. The function is pure, and linear in the length of the page.
    Raises CleanpageError for a wrong type. The algorithm and its sources: ``cleanpage.repeats.stage``.
    """
    blocks = _as_blocks(page)
    stream, runs = _outermost(blocks, frozenset(), stream_of(blocks, _judged_blocks(blocks, ())))
    gone = {pair.block for run in runs for pair in run.pairs}
    inner = _runs_of(blocks, gone, stream, stretches(stream))
    return _with_outer(blocks, runs, _with_hidden(blocks, gone, stream, inner))


def _outermost(blocks: Sequence[TextBlock], skip: Set[int], stream: Stream) -> tuple[Stream, list[Run]]:
    """Return what the page prints again level by level, and its running text, given as ``stream``, without that."""
    found = nested(blocks, skip, stream) or levels(blocks, skip, stream)
    if not found:
        return stream, []
    stream = stream_of(blocks, _judged_blocks(blocks, skip | {i for i, _ in found}))
    return stream, _in_rows(blocks, stream, found)


def _in_rows(blocks: Sequence[TextBlock], stream: Stream, found: Sequence[tuple[int, Span]]) -> list[Run]:
    """Return the runs that single blocks make, given in page order, each with what it says again."""
    distinct = max(1.0, sum(blocks[i].units for i in stream.blocks))
    runs = []
    for _, row in groupby(enumerate(found), lambda item: item[1][0] - item[0]):
        pairs = tuple(Pair(i, blocks[i].content, of) for _, (i, of) in row)
        runs.append(Run(pairs, min(1.0, sum(blocks[pair.block].units for pair in pairs) / distinct)))
    return runs


def _with_hidden(blocks: Sequence[TextBlock], skip: Set[int], stream: Stream, runs: Sequence[Run]) -> list[Run]:
    """Return the runs, and those of hidden paragraphs that none of them holds."""
    pairs = [pair for run in runs for pair in run.pairs]
    found = hidden_again(blocks, skip | {pair.block for pair in pairs}, [pair.of for pair in pairs])
    return [*runs, *_in_rows(blocks, stream, found)]


def _with_outer(blocks: Sequence[TextBlock], outer: Sequence[Run], runs: Sequence[Run]) -> list[Run]:
    """Return all runs, in page order; what those of ``outer`` point to is what the other ones leave."""
    gone = {pair.block: pair.of for run in runs for pair in run.pairs}

    def left(of: Span) -> Span:
        first = bisect_right(blocks, of[0], key=lambda block: block.start) - 1
        said = takewhile(lambda i: blocks[i].start < of[1], range(first, len(blocks))) if first in gone else ()
        stays = [i for i in said if i not in gone]
        return blocks[max(stays, key=lambda i: blocks[i].units)].content if stays else gone.get(first, of)

    followed = [replace(run, pairs=tuple(pair._replace(of=left(pair.of)) for pair in run.pairs)) for run in outer]
    return _in_order([*followed, *runs])


def _in_order(runs: Iterable[Run]) -> list[Run]:
    return sorted(runs, key=lambda run: run.pairs[0].block)


def _as_blocks(page: str | Sequence[str] | Sequence[TextBlock]) -> Sequence[TextBlock]:
    if isinstance(page, str):
        return load_text(page)
    blocks: list[TextBlock] = []
    start = 0
    for block in page:
        if isinstance(block, str):
            end = start + len(block)
            blocks.append(make_block(start, end + 1, (start, end), normalise(block)))
            start = end + 1
        elif isinstance(block, TextBlock):
            blocks.append(block)
        else:
            raise CleanpageError(f"page must be a str or a sequence of str, got {type(block).__name__} in it")
    return blocks


def _judged_blocks(blocks: Sequence[TextBlock], skip: Collection[int]) -> list[int]:
    """Return the blocks that repetition is judged on: running text, or the lines of a song where there is little.

    None if the page is too small to hold a text and its copy.
    """
    prose = [i for i in compress(range(len(blocks)), evidence(blocks)) if i not in skip]
    size = sum([blocks[i].units for i in prose])
    longest = VERSE[1]
    short = [i for i, block in enumerate(blocks) if block.units <= longest and i not in skip]
    if size < FEW_PROSE * sum([blocks[i].units for i in short]):
        lines = [i for i in short if is_verse(blocks[i])]
        if size < FEW_PROSE * sum([blocks[i].units for i in lines]):
            prose = sorted({*prose, *lines})
            size = sum([blocks[i].units for i in prose])
    return prose if len(prose) > 1 and size >= 2 * MIN_UNITS else []


def _runs_of(
    blocks: Sequence[TextBlock], skip: Collection[int], stream: Stream, found: Sequence[Stretch]
) -> list[Run]:
    """Return the copies of texts that the stretches of a stream show."""
    if not found:
        return []
    prose = stream.blocks
    quoted = quotes(blocks)
    if quoted.intersection(prose):
        stream = stream_of(blocks, [i for i in prose if i not in quoted])
        found = stretches(stream)
    texts = clusters(stream, found)
    page = Facts(blocks, frozenset(stream.blocks), frozenset(skip), frozenset(quoted), _distinct(blocks, stream, texts))
    ranked = _in_step(blocks, [_best_first(blocks, stream, copies) for copies in texts])
    edges = _edges(blocks, ranked)
    known = dict(zip(stream.blocks, stream.pieces, strict=True))
    return _in_order(run for ranges in ranked for run in _fold_copies(page, ranges, edges, known))


def _best_first(blocks: Sequence[TextBlock], stream: Stream, copies: Sequence[Copy]) -> list[range]:
    best = best_copy(blocks, stream, copies)
    return [_blocks_of(stream, copy) for copy in (best, *(copy for copy in copies if copy is not best))]


def _blocks_of(stream: Stream, copy: Copy) -> range:
    return range(stream.blocks[copy.first], stream.blocks[copy.last] + 1)


def _distinct(blocks: Sequence[TextBlock], stream: Stream, texts: Sequence[Sequence[Copy]]) -> float:
    """Return the ideograms of running text on the page, of every text only the longest copy counted."""
    total = sum(blocks[i].units for i in stream.blocks)
    for copies in texts:
        sizes = [sum(blocks[i].units for i in stream.blocks[copy.first : copy.last + 1]) for copy in copies]
        total -= sum(sizes) - max(sizes)
    return max(total, 1.0)


def _in_step(blocks: Sequence[TextBlock], ranked: Sequence[Sequence[range]]) -> list[list[range]]:
    """Widen the copies of every text, best first, over equal blocks below both: rows of a table, items of a list."""
    limit = {inner: following.start for inner, following in _neighbours(blocks, ranked)}
    wider = []
    for best, *others in ranked:
        ends = [_equal_end(blocks, (best.stop, limit[best]), (inner.stop, limit[inner])) for inner in others]
        stop = max((end for end, _ in ends), default=best.stop)
        copies = [range(inner.start, end) for inner, (_, end) in zip(others, ends, strict=True)]
        wider.append([range(best.start, stop), *copies])
    return wider


def _neighbours(blocks: Sequence[TextBlock], ranked: Sequence[Sequence[range]]) -> Iterator[tuple[range, range]]:
    """Yield every copy on the page with the next one; the last with an empty range at the end."""
    ordered = sorted((inner for ranges in ranked for inner in ranges), key=lambda r: r.start)
    return pairwise([*ordered, range(len(blocks), len(blocks))])


def _equal_end(blocks: Sequence[TextBlock], one: Span, other: Span) -> Span:
    """Return where the equal blocks end that two ranges of blocks begin with, up to ``MAX_FOREIGN`` others between."""
    ends = here, there = one[0], other[0]
    while here < one[1] and there < other[1]:
        ahead = [blocks[i].folded for i in range(there, min(there + MAX_FOREIGN + 1, other[1]))]
        line = blocks[here].folded
        if line in ahead and _is_row_or_end(blocks[here]):
            there += ahead.index(line) + 1
            ends = here + 1, there
        elif here - ends[0] >= MAX_FOREIGN:
            break
        here += 1
    return ends


def _is_row_or_end(block: TextBlock) -> bool:
    """Tell whether a block may be a row of a table or a short last sentence, not a button."""
    return block.units >= MIN_ROW or ends_sentence(block.text)


def _fold_copies(
    page: Facts, ranges: Sequence[range], edges: Mapping[range, range], known: Mapping[int, Keyed]
) -> list[Run]:
    """Fold all ranges after the first, the best, into it and into what is kept of those before them."""
    blocks = page.blocks
    kept = Kept(known)
    runs = []
    best = [i for i in edges[ranges[0]] if i not in page.skip]
    kept.add(blocks, [best], {i for i in best if i in page.prose or i in ranges[0]})
    for inner in ranges[1:]:
        numbers = [i for i in edges[inner] if i not in page.skip and (i in inner or _may_go_along(page, i))]
        folded = fold_copy(blocks, numbers, kept, inner)
        if is_copy(page, ranges, inner, folded):
            pairs = [Pair(i, blocks[i].content, of) for i, of in sorted(folded.pairs.items())]
            runs.append(Run(tuple(pairs), share_again(page, inner, folded)))
            kept.add(blocks, [[i] for i in inner if i not in folded.pairs and i not in page.skip], inner)
    return runs


def _may_go_along(page: Facts, i: int) -> bool:
    """Tell whether a block at the edge of a copy is a title or a note, not other text or a button."""
    return i not in page.prose and i not in page.quoted and (page.blocks[i].units >= MIN_LABEL or page.blocks[i].glued)


def _edges(blocks: Sequence[TextBlock], ranked: Sequence[Sequence[range]]) -> dict[range, range]:
    """Widen every copy by up to ``TITLE_ABOVE`` blocks before it and ``BELOW`` after it: no block goes to two."""
    wider = {}
    end = 0
    for inner, following in _neighbours(blocks, ranked):
        start = max(end, inner.start - TITLE_ABOVE)
        room = following.start - inner.stop
        end = inner.stop + min(BELOW, room if following.start == len(blocks) else room // 3)
        while end < following.start and blocks[end].glued:
            end += 1
        wider[inner] = range(start, end)
    return wider


def repeats(draft: Draft) -> Draft:
    """Add a finding ``duplicate`` for each block of a copy, and ``summary`` for the lead that stands above itself.

    Other leads that do, the teasers of other texts, are duplicates.
    """
    skip = {f.block for f in draft.findings if f.score >= 1.0 and f.label.role == "chrome"}
    stream = stream_of(draft.blocks, _judged_blocks(draft.blocks, skip))
    found = _look(draft.blocks, skip, stream)
    alone = _unique_prose(draft.blocks, found.runs, skip | {*found.above})
    findings = [BlockFinding(i, Label.BODY, STAGE, ALONE, ALONE_SCORE, via="copy") for i in alone]
    return replace(draft.with_findings([*found.findings, *findings]), stream=found.stream)


def body_repeats(draft: Draft) -> Draft:
    """Add the same findings for what stands twice in the chosen body alone, once the chrome between has gone.

    On 169 pages of wcxb-dev in HTML three had such a copy: F1 +.003.
    """
    chosen = {f.block: f.score for f in draft.findings if f.label == Label.BODY and f.rule != STAGE}
    taken = {f.block for f in draft.findings if f.label != Label.BODY and f.score >= 1.0}
    at = sorted(i for i, score in chosen.items() if score >= 1.0 or i not in taken)
    blocks = [draft.blocks[i] for i in at]
    prose = _judged_blocks(blocks, ())
    part = _part(draft.stream, at, prose)
    whole = part or stream_of(blocks, prose)
    # Of running text that is all in the body nothing has gone between two copies: it was looked at before.
    is_all = part is not None and draft.stream is not None and len(prose) == len(draft.stream.blocks)
    known = [] if is_all else stretches(whole)
    if part is not None and not known and not leads(blocks, ()):  # most pages
        return draft
    found = _look(blocks, frozenset(), whole, known)
    return draft.with_findings(f.at(at[f.block]) for f in found.findings)


def _part(stream: Stream | None, at: Sequence[int], prose: Sequence[int]) -> Stream | None:
    """Return the running text ``prose`` of the blocks ``at`` of a page; None if ``stream``, the page's, lacks some."""
    wanted = {at[i] for i in prose}
    if stream is None or not wanted.issubset(stream.blocks):
        return None
    part = stream if len(wanted) == len(stream.blocks) else part_of(stream, wanted)
    return part._replace(blocks=tuple(prose))


class _Look(NamedTuple):
    """What stands twice among some blocks."""

    findings: list[BlockFinding]
    runs: list[Run]
    above: list[int]
    """The blocks of leads that stand above themselves."""
    stream: Stream


def _look(
    blocks: Sequence[TextBlock], skip: Set[int], whole: Stream, known: Sequence[Stretch] | None = None
) -> _Look:
    """Return what stands twice among the blocks that are not to be skipped, with the findings about it.

    ``whole`` is their running text, and ``known`` its stretches if they were looked for.
    """
    stream, outer = _outermost(blocks, skip, whole)
    levelled = {pair.block for run in outer for pair in run.pairs}
    skip = skip | levelled
    twice = leads(blocks, skip)
    above = [i for lead in twice for i in lead.blocks]
    if twice:
        skip = skip | {*above}
        stream = stream_of(blocks, _judged_blocks(blocks, skip))
    found = known if known is not None and stream is whole else stretches(stream)
    inner = _with_hidden(blocks, skip, stream, _runs_of(blocks, skip, stream, found))
    runs = _with_outer(blocks, outer, inner)
    kept = {pair.span[0]: pair.of for run in runs for pair in run.pairs}
    marked = []
    for lead in twice:
        label, of = Label.SUMMARY if lead is twice[0] else Label.DUPLICATE, kept.get(lead.of[0], lead.of)
        marked += [BlockFinding(i, label, STAGE, LEAD, duplicate_of=of, via="copy") for i in lead.blocks]
    for run in runs:
        rule = COPY_RULES if run.pairs[0].block in levelled else STAGE
        reason = f"stands again, with {len(run.pairs) - 1} other blocks: {run.share:.0%} of the running text"
        for i, _, of in run.pairs:
            marked.append(BlockFinding(i, Label.DUPLICATE, rule, reason, duplicate_of=of, via="copy"))
    return _Look(marked, runs, above, stream)


def _unique_prose(blocks: Sequence[TextBlock], runs: Sequence[Run], skip: Collection[int]) -> list[int]:
    """Return the blocks of running text that only a copy that goes holds: between its blocks, or at its ends."""
    gone = {pair.block for run in runs for pair in run.pairs}
    inside: set[int] = set()
    for run in runs:
        inside.update(range(run.pairs[0].block, run.pairs[-1].block))
        said = [pair for pair in run.pairs if is_evidence(blocks[pair.block])]
        if len(said) >= MIN_PAIRS and _is_apart(blocks, said[0]):
            home = blocks[said[0].block].dom
            for side in (range(said[0].block - 1, -1, -1), range(said[-1].block + 1, len(blocks))):
                inside.update(takewhile(lambda i: i not in gone and _is_paragraph_beside(blocks[i], home), side))  # noqa: B023
    return [i for i in sorted(inside) if i not in gone and i not in skip and is_evidence(blocks[i])]


def _is_apart(blocks: Sequence[TextBlock], pair: Pair) -> bool:
    """Tell whether a copy has an element of its own, that of an article: not that of what is kept, no comment."""
    here, there = (blocks[i].dom for i in (pair.block, bisect_right(blocks, pair.of[0], key=lambda b: b.start) - 1))
    if here is None or there is None or not here.outer or here.outer in there.ids:
        return False
    return not any(map(is_comment_section, here.path))


def _is_paragraph_beside(block: TextBlock, home: Dom | None) -> bool:
    """Tell whether a block is a shown paragraph of sentences without links, in one element with another."""
    dom = block.dom
    if dom is None or home is None or dom.outer != home.outer or dom.hidden or dom.links:
        return False
    return dom.tag == home.tag == "p" and ends_sentence(block.text)
