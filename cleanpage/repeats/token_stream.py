"""A page's running text as one string of letters and digits, with what of it stood before letter by letter."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate

from cleanpage._native import twin
from cleanpage.draft import TextBlock
from cleanpage.text import units
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.similarity import Keyed, keyed
from cleanpage.text.stream import GramLink, Seeds, Stream

MIN_UNITS = 50.0
"""Ideograms of running text that a copy needs: TAXONOMY 4.3 says 150 letters."""
MIN_LABEL = 6.0
"""Ideograms of the shortest line beside a copy that goes with it; shorter ones are buttons."""
TITLE_ABOVE = 6
"""Blocks above a copy that may go with it if they are equal to kept ones: title, breadcrumb."""
EVIDENCE_UNITS = 40.0
"""An unfinished block of this length counts as running text too: truncated copies end in mid-sentence."""
VERSE = (3.0, 22.0)
"""Ideograms of the shortest and the longest line of a song."""
MIN_LENGTH = 30.0
"""Ideograms that it needs: phrases recur in every text."""
MIN_SEEDS = 8
"""Seeds that a stretch needs to be looked at: three sentences of which a fifth of the letters were changed.
A paragraph that stands again letter by letter counts as so many."""
MIN_SEGMENT = 3
"""Seeds of the smallest segment: stock phrases recur with two."""
MAX_SEEDS = 150_000
"""Seeds of one page; above, those that begin with one character in 2, 4, 8 … are taken (by code point)."""
HEADING_LENGTH = 20.0
"""Ideograms of the longest line that introduces a quoted post: ``alice wrote on March 4:``."""

_QUOTE = lazy(r"(?:>|引用|引文|原帖|回复 ?@|quote:|quoting |originally posted|[^.。]{1,30}\bwrote:)")
_QUOTE_FIRST = frozenset(">引原回qo")
"""What a quotation begins with if it does not say who wrote it."""
_NO_VERSE = lazy(r"[:|>\d]")
_QUOTES_NEXT = lazy(r"(?:\bwrote\b|\bsaid\b|写道|发表于|引用|schrieb|a écrit|escribió|писал)[^.。]{0,30}:$")


def is_evidence(block: TextBlock) -> bool:
    """Tell whether a block is running text, on which alone a repetition is judged; headlines, menus, code are not."""
    return (block.units >= EVIDENCE_UNITS or block.is_prose) and block.kind != "code"


@twin("repeats")
def evidence(blocks: Sequence[TextBlock]) -> bytes:
    """Return 1 for each block that is running text (``is_evidence``), 0 for the others."""
    return bytes(map(is_evidence, blocks))


def is_verse(block: TextBlock) -> bool:
    """Tell whether a block may be a line of a song: no label, no row of a table, no breadcrumb."""
    low, high = VERSE
    return low <= block.units <= high and block.kind == "paragraph" and not _NO_VERSE.search(block.folded)


def quotes(blocks: Sequence[TextBlock]) -> set[int]:
    """Return the indices of the blocks that say themselves, or whose heading says, that they quote another post."""
    found: set[int] = set()
    quoted = False
    heading: TextBlock | None = None
    for i, block in enumerate(blocks):
        if not block.glued:
            folded = block.folded
            quoted = (folded[:1] in _QUOTE_FIRST or "wrote:" in folded[:40]) and _QUOTE.match(folded) is not None
            if not quoted and heading and heading.units <= HEADING_LENGTH and heading.folded.endswith(":"):
                quoted = _QUOTES_NEXT.search(heading.folded) is not None
        if quoted:
            found.add(i)
        heading = block
    return found


def stream_of(blocks: Sequence[TextBlock], wanted: Sequence[int]) -> Stream:
    """Return the stream of the blocks with the ``wanted`` indices."""
    return _of_keys(list(keyed_blocks(blocks, wanted)), wanted)


def part_of(stream: Stream, wanted: Collection[int]) -> Stream:
    """Return the stream of those of its blocks that are ``wanted``, as if there were no others."""
    chosen = [(piece, i) for piece, i in zip(stream.pieces, stream.blocks, strict=True) if i in wanted]
    return _of_keys([piece for piece, _ in chosen], [i for _, i in chosen])


def _of_keys(pieces: Sequence[Keyed], wanted: Sequence[int]) -> Stream:
    text = "".join([piece.key for piece in pieces])
    *starts, _ = accumulate([len(piece.key) for piece in pieces], initial=0)
    exact, settled = _equal_runs(pieces, starts)
    left = [
        (start, piece.anchors, piece.gram)
        for at, (start, piece) in enumerate(zip(starts, pieces, strict=True))
        if at not in settled
    ]
    step = _thinning(sum([len(anchors) for _, anchors, _ in left]))
    seeds = Seeds(*seeds_of(text, left, step))
    return Stream(text, tuple(starts), tuple(wanted), tuple(pieces), seeds, tuple(exact))


@twin("repeats")
def seeds_of(
    text: str, pieces: list[tuple[int, Sequence[int], int]], step: int
) -> tuple[array[int], array[int], array[int], int]:
    """Return the fields of ``Seeds``: of pieces of a text, given as their places, where seeds begin, and their length.

    Of every ``step`` characters one begins a seed.
    """
    places, sizes, origins = array("q"), array("q"), array("q")
    first: dict[str, int] = {}
    for start, anchors, size in pieces:
        here = [start + offset for offset in anchors]
        if step > 1:
            here = [place for place in here if ord(text[place]) % step == 0]
        grams = [text[place : place + size] for place in here]
        places.extend(here)
        sizes.extend(map(len, grams))
        origins.extend(map(first.setdefault, grams, here))
    return places, sizes, origins, len(places) - len(first)


def _equal_runs(pieces: Sequence[Keyed], starts: Sequence[int]) -> tuple[list[GramLink], set[int]]:
    """Return the runs of blocks that stood before, key by key, and the positions of their blocks.

    A block repeats the one after the block that the block before it repeats, else the first one with its key.
    """
    first: dict[str, int] = {}
    origin: dict[int, int] = {}
    for at, piece in enumerate(pieces):
        known = first.setdefault(piece.key, at)
        if known != at:
            following = origin.get(at - 1, at) + 1
            fits = following < at and following not in origin and pieces[following].key == piece.key
            origin[at] = following if fits else known
    exact: list[GramLink] = []
    settled: set[int] = set()
    for run in _runs_in_step(origin):
        place, end, at = starts[run.start], starts[run.stop - 1] + len(pieces[run.stop - 1].key), origin[run.start]
        long = any(units(pieces[i].key) >= MIN_LENGTH for i in run)
        if long or len(run) > 1:
            seeds = sum(len(pieces[i].anchors) for i in run)
            exact.append((place, starts[at], end - place, max(seeds, MIN_SEEDS if long else MIN_SEGMENT)))
            settled.update(run)
    return exact, settled


def _runs_in_step(origin: Mapping[int, int]) -> Iterator[range]:
    """Yield the ranges of consecutive positions whose origins are consecutive as well."""
    start = before = -1
    for at, known in origin.items():
        if at != before + 1 or known != origin.get(before, at) + 1:
            if before >= 0:
                yield range(start, before + 1)
            start = at
        before = at
    if before >= 0:
        yield range(start, before + 1)


def keyed_blocks(blocks: Sequence[TextBlock], wanted: Sequence[int]) -> Iterator[Keyed]:
    """Yield the keys and seeds of the blocks with the ``wanted`` indices."""
    return keyed([blocks[i].folded for i in wanted], [blocks[i].units for i in wanted])


def _thinning(seeds: int) -> int:
    """Return by how much to thin out the seeds of a long page: by what they begin with, so copies keep the same."""
    step = 1
    while seeds > MAX_SEEDS * step:
        step *= 2
    return step
