"""Folding a copy into what is kept: for every block the place where its content stands already, or none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.draft import TextBlock
from cleanpage.model import Span
from cleanpage.repeats.token_stream import keyed_blocks
from cleanpage.text import traditional_share
from cleanpage.text.similarity import (
    LONGEST_COMPARED,
    LONGEST_LOCATED,
    WIDE_GRAM,
    Difference,
    Keyed,
    difference,
    digits_of,
    locate,
    replacements,
    same_form,
    same_from,
    similarity,
)

MAX_GAP = 15.0
"""Ideograms in a row that may lack in the kept text: more is a sentence that stands nowhere else."""
BLOCK_BAND = 24
"""Drift, in characters, of the seeds of one block."""
MARGIN = 4
"""Characters by which the borders of a fuzzy match are unsure."""
CORRUPT = 0.05
"""Share of letters that differ from which a block of which no more than the form agrees is noise, not a variant."""
NOISY = 0.02
"""Share of letters that differ from which on one digit of a block may be an error of copying."""
STRAY_DIGITS = 0.05
"""Share of the errors of copying that put a digit where a letter was."""
MOST_NAMES = 0.6
"""Share of the replacements in a copy that must recur to make it a text about something else."""
OTHER_SCRIPT = 0.05
"""Difference in the share of traditional characters that tells the scripts apart: a sixth of a text is such."""
BORDER = "\n"
"""Stands in ``Kept.text`` between stretches that do not follow each other on the page; never part of a key."""


@dataclass(slots=True, eq=False, repr=False)
class Kept:
    """The text that is kept: keys of blocks, joined, and an index of its seeds."""

    known: Mapping[int, Keyed] = field(default_factory=dict)
    """Keys that have been made already, by the block's index on the page."""
    text: str = ""
    starts: list[int] = field(default_factory=list)
    """Where each block begins."""
    blocks: list[int] = field(default_factory=list)
    """Its index on the page."""
    borders: list[int] = field(default_factory=list)
    """Places of ``BORDER``."""
    seeds: list[tuple[int, int]] = field(default_factory=list)
    """Place and length of the seeds that are not yet in the index: equal blocks need none."""
    _index: dict[str, int] = field(default_factory=dict)
    whole: dict[str, int] = field(default_factory=dict)
    """First place of every block's key."""

    def add(self, blocks: Sequence[TextBlock], groups: Iterable[Sequence[int]], seeded: Container[int]) -> None:
        """Append groups of blocks; those of a group follow each other on the page.

        Only ``seeded`` blocks are indexed by seeds: a title above often holds the first words of the text.
        """
        keys: list[str] = []
        place = len(self.text)
        for group in groups:
            for number, piece in zip(group, self.keyed(blocks, group), strict=True):
                keys.append(piece.key)
                self.starts.append(place)
                self.blocks.append(number)
                self.whole.setdefault(piece.key, place)
                if number in seeded:
                    self.seeds += [(place + offset, piece.gram) for offset in piece.anchors]
                place += len(piece.key)
            keys.append(BORDER)
            self.borders.append(place)
            place += len(BORDER)
        self.text += "".join(keys)

    @property
    def index(self) -> Mapping[str, int]:
        """First place of every seed."""
        for place, size in self.seeds:
            self._index.setdefault(self.text[place : place + size], place)
        self.seeds.clear()
        return self._index

    def keyed(self, blocks: Sequence[TextBlock], numbers: Sequence[int]) -> list[Keyed]:
        """Return the keys of the blocks with these ``numbers``."""
        new = [number for number in numbers if number not in self.known]
        made = dict(zip(new, keyed_blocks(blocks, new), strict=True))
        return [self.known[number] if number in self.known else made[number] for number in numbers]

    def section(self, place: int) -> tuple[int, int]:
        """Return the borders of the group that holds ``place``."""
        at = bisect_left(self.borders, place)
        return (self.borders[at - 1] + 1 if at else 0), self.borders[at]

    def whole_numbers(self, start: int, end: int) -> str:
        """Return ``text[start:end]``, widened to whole numbers: 5 yuan are not 15 yuan."""
        low = self.starts[bisect_right(self.starts, start) - 1]
        high = bisect_left(self.starts, end)
        limit = self.starts[high] if high < len(self.starts) else len(self.text)
        while start > low and self.text[start].isdigit() and self.text[start - 1].isdigit():
            start -= 1
        while end < limit and self.text[end].isdigit() and self.text[end - 1].isdigit():
            end += 1
        return self.text[start:end]

    def span(self, blocks: Sequence[TextBlock], start: int, end: int) -> Span:
        """Return the source span of the blocks that hold ``text[start:end]``, slivers left out."""
        low = bisect_right(self.starts, min(start + MARGIN, end - 1)) - 1
        high = bisect_right(self.starts, max(end - 1 - MARGIN, start)) - 1
        return blocks[self.blocks[low]].content[0], blocks[self.blocks[max(low, high)]].content[1]


class _KeptPlace(NamedTuple):
    """Where a block's content stands in ``Kept.text``."""

    start: int
    end: int
    apart: Difference
    form_only: bool = False
    """True if only the form is the same: names and numbers differ."""
    replaced: tuple[tuple[str, str], ...] = ()
    """What the block says instead of what stands there."""

    def is_variant(self, noise: float) -> bool:
        """Tell whether other numbers stand there, where ``noise`` is the share of letters that differ in the copy.

        Equal letters with another digit are another text (a price list, a daily bulletin). Where a copy is corrupted
        all over, its digits are hit at the same rate as its letters, and that does not count.
        """
        chance = 2.0 * noise * self.apart.digits_of
        if noise >= NOISY:
            chance += 2.0 + STRAY_DIGITS * self.apart.letters
        return noise < CORRUPT if self.form_only else self.apart.digits > chance


class Fold(NamedTuple):
    """What folding one copy came to."""

    pairs: dict[int, Span]
    """Index of each block that stands in what is kept, and the source span that holds it."""
    variants: int
    """Number of blocks that stand there with other numbers."""
    noise: float
    """Share of the letters that differ."""


def fold_copy(blocks: Sequence[TextBlock], numbers: Sequence[int], kept: Kept, inner: range) -> Fold:
    """Look up the blocks with these ``numbers`` in ``kept``.

    ``inner`` are the blocks between the first and the last running text of the copy. Around it only blocks that
    are wholly equal count: the title above a copy, the note below it.
    """
    pieces = kept.keyed(blocks, numbers)
    places: list[_KeptPlace | None] = []
    hint = 0
    inside = [number in inner or blocks[number].glued for number in numbers]
    for piece, within in zip(pieces, inside, strict=True):
        place = _by_seeds(piece, kept, hint) if within else _equal(piece, kept)
        hint = place.end if place else hint
        places.append(place)
    _fill(pieces, inside, places, kept)
    found = [(number, place) for number, place in zip(numbers, places, strict=True) if place]
    noise = _differing_share([place.apart for _, place in found if not place.form_only])
    names = _names([place for _, place in found])
    if names and _other_script(blocks, numbers, kept.blocks):
        names = set()
    variants = {n for n, place in found if place.is_variant(noise) or not names.isdisjoint(place.replaced)}
    same = [(n, place) for n, place in found if not place.form_only and n not in variants]
    return Fold({n: kept.span(blocks, place.start, place.end) for n, place in same}, len(variants), noise)


def _other_script(blocks: Sequence[TextBlock], ones: Sequence[int], others: Sequence[int]) -> bool:
    """Tell whether one text is in traditional characters and the other is not: its words differ block after block."""
    shares = [traditional_share("".join([blocks[i].text for i in numbers])) for numbers in (ones, others)]
    return abs(shares[0] - shares[1]) > OTHER_SCRIPT


def _names(places: Sequence[_KeptPlace]) -> set[tuple[str, str]]:
    """Return the replacements that recur, if they are most of those that there are: another fund, another currency.

    Errors and edits of a copy differ from block to block.
    """
    times = Counter(pair for place in places for pair in set(place.replaced))
    again = {pair: count for pair, count in times.items() if count > 1}
    return set(again) if sum(again.values()) >= MOST_NAMES * times.total() else set()


def _fill(pieces: Sequence[Keyed], inside: Sequence[bool], places: list[_KeptPlace | None], kept: Kept) -> None:
    """Find the places of blocks without seeds: those inside the copy between their neighbours, others if equal."""
    after: list[_KeptPlace | None] = [None]
    for place in reversed(places[1:]):
        after.append(place or after[-1])
    after.reverse()
    before: _KeptPlace | None = None
    for i, piece in enumerate(pieces):
        place = places[i]
        if piece.key and inside[i] and (place is None or place.apart.digits):
            closer = _between_places(piece, kept, before, after[i])
            if closer and (place is None or closer.apart.digits < place.apart.digits):
                places[i] = closer
        elif piece.key and place is None:
            places[i] = _equal(piece, kept) or (_cut_off(piece, kept, before) if i and inside[i - 1] else None)
        before = places[i] or before


def _cut_off(piece: Keyed, kept: Kept, before: _KeptPlace | None) -> _KeptPlace | None:
    """Return the place of a copy's last block if the kept text goes on with it: a copy that ends in mid-sentence."""
    if before is None or not kept.text.startswith(piece.key, before.end):
        return None
    return _KeptPlace(before.end, before.end + len(piece.key), difference(piece.key, piece.key))


def _differing_share(apart: list[Difference]) -> float:
    """Return the share of letters that differ, in blocks of equal numbers if these are a third at least."""
    letters = sum(a.letters_of for a in apart)
    steady = [a for a in apart if not a.digits]
    if 3 * sum(a.letters_of for a in steady) >= letters:
        apart = steady
    return sum(a.letters for a in apart) / max(sum(a.letters_of for a in apart), 1)


def _by_seeds(piece: Keyed, kept: Kept, hint: int) -> _KeptPlace | None:
    """Find a block by the diagonal that most of its seeds lie on; among equals the one nearest to ``hint``."""
    if len(piece.key) >= 2 * piece.gram and piece.key in kept.whole:
        return _equal(piece, kept)
    seeds = seeds_in_step(piece.key, piece.anchors, piece.gram, kept.index, hint)
    if seeds is None:
        return None
    (first, first_at), (last, last_at) = seeds
    low, high = kept.section(first_at)
    start = max(first_at - first, low)
    end = min(last_at + len(piece.key) - last, high)
    return _matched_place(piece, kept, start, end) if start < end else None


@twin("repeats")
def seeds_in_step(
    key: str, anchors: Sequence[int], gram: int, index: Mapping[str, int], hint: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the first and the last of the seeds on the diagonal that most lie on; None if ``index`` holds none.

    A seed is its place in ``key`` and the one in the kept text. Among equal diagonals the one nearest to ``hint`` wins.
    """
    grams = ((offset, key[offset : offset + gram]) for offset in anchors if offset + gram <= len(key))
    hits = [(offset, index[seed]) for offset, seed in grams if seed in index]
    if not hits:
        return None
    bands = Counter((at - offset) // BLOCK_BAND for offset, at in hits)
    best = max(bands, key=lambda b: (bands[b] + bands.get(b + 1, 0), -abs(b * BLOCK_BAND - hint), -b))
    near = [(offset, at) for offset, at in hits if 0 <= (at - offset) // BLOCK_BAND - best <= 1]
    return near[0], near[-1]


def _matched_place(piece: Keyed, kept: Kept, start: int, end: int) -> _KeptPlace | None:
    """Return the place if ``kept.text[start:end]`` says what the block says, all of it, or has the same form."""
    window = kept.text[start:end]
    full = kept.whole_numbers(start, end)
    if piece.key != full and max(len(piece.key), len(full)) > LONGEST_COMPARED:
        return None
    alike = similarity(piece.key, window, same_from(piece.key))
    if not alike and (digits_of(piece.key) == digits_of(full) or not same_form(piece.key, full)):
        return None
    apart = difference(piece.key, full)
    if not alike:
        return _KeptPlace(start, end, apart, form_only=True)
    if alike == 1.0:
        return _KeptPlace(start, end, apart)
    wide = piece.gram == WIDE_GRAM
    replaced = replacements(piece.key, window, 3 if wide else 4)
    complete = max(len(mine) for mine, _ in replaced) <= MAX_GAP * (1 if wide else 3)
    return _KeptPlace(start, end, apart, replaced=tuple(replaced)) if complete else None


def _between_places(piece: Keyed, kept: Kept, before: _KeptPlace | None, after: _KeptPlace | None) -> _KeptPlace | None:
    """Find a block that is too short or too much edited for seeds between the places of its neighbours."""
    if not before:
        return None
    low = max(before.end - MARGIN, 0)
    high = after.start + MARGIN if after else before.end + 2 * len(piece.key) + MARGIN
    region = kept.text[low : min(high, low + LONGEST_LOCATED)].partition(BORDER)[0] if low < high else ""
    found = locate(piece.key, region, same_from(piece.key))
    if found:
        return _matched_place(piece, kept, low + found[0], low + found[1])
    return _matched_place(piece, kept, before.end, low + len(region)) if before.end < low + len(region) else None


def _equal(piece: Keyed, kept: Kept) -> _KeptPlace | None:
    start = kept.whole.get(piece.key) if piece.key else None
    return None if start is None else _KeptPlace(start, start + len(piece.key), difference(piece.key, piece.key))
