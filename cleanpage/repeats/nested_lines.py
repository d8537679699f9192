"""Nested copies: elements printed level by level, so that a line holds the text of other lines and nothing else.

``find_all`` and ``string(.)`` print the page, then its halves, then each paragraph, in any order. A line of which the
text is that of several other lines, one behind the other, is a container: its finest level of paragraphs stays. No
text repeats so rightly, therefore one line needs no share of the page, and equality is exact, letter by letter.

Lines are taken from the shortest to the longest, so the lines that a container is tiled with (greedily, the longest
that fits first) are never containers themselves. A container also tells how often a line stands in the text; a line
that is printed oftener was printed at several levels. Linear in the letters of the page: a container is read once, and
at each place at most ``2 * MOST_ALIKE`` lines are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from cleanpage._native import twin
from cleanpage.draft import PROSE_UNITS, TextBlock
from cleanpage.model import Span
from cleanpage.repeats.alignment import MAX_GAP
from cleanpage.repeats.token_stream import MIN_LABEL, MIN_UNITS, quotes
from cleanpage.text import ends_sentence, units
from cleanpage.text.similarity import keys
from cleanpage.text.stream import Stream

MIN_HELD = 0.5
"""Share of the letters of a container that must stand in other lines; the rest is chrome that stands in it alone."""
MIN_PAGE = 0.3
"""Share of the page's distinct text, labels of buttons left out, that containers must hold: below it somebody quotes
two sentences."""
MIN_OUTER, MIN_DEPTH = 0.8, 1.4
"""Share of the page's text, each line counted once, that the longest container must hold; or how often containers,
equal ones counted once, must hold what they hold: a level of its own makes 1."""
ALIKE, LONG_ALIKE, MOST_LOOKED_UP = 6, 30, 8
"""Letters by which lines are looked up, of short lines and of long ones, and the most lines that begin with them."""
MIN_LOOSE = 10.0
"""Ideograms of the shortest line that is looked for behind text that no line holds."""
MIN_SEEDS_AGAIN = 0.15
"""Share of a page's seeds that stood before if containers hold ``MIN_PAGE`` of its text: .23, less what joints hide."""


class _TiledLine(NamedTuple):
    """A block and those glued to it."""

    blocks: range
    key: str
    starts: tuple[int, ...]
    """Where the key of each block begins, and the key's end."""
    units: float


class _Tile(NamedTuple):
    """A place in the key of a container that another line fills."""

    start: int
    end: int
    key: str


Tiled: TypeAlias = Sequence[tuple[_TiledLine, Sequence[_Tile]]]
"""Containers, each with its tiles in order."""


@twin("repeats")
class Beginnings:
    """The letters that lines begin with, ``ALIKE`` of each."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def add(self, start: str) -> None:
        """Add those of a line."""
        self._known.add(start)

    def places(self, key: str) -> list[int]:
        """Return where in a key such letters stand."""
        return [at for at in range(len(key)) if key[at : at + ALIKE] in self._known]


@twin("repeats")
class Pieces:
    """The lines that containers may be tiled with, by the letters that they begin with."""

    def __init__(self) -> None:
        self.first: dict[str, _TiledLine] = {}
        """Key -> the first line that has it."""
        self.parts: set[str] = set()
        """Keys of what is a part of a line."""
        self._short: dict[str, list[str]] = defaultdict(list)
        self._long: dict[str, list[str]] = defaultdict(list)
        self._tiny = 0
        self._begin = Beginnings()

    def add(self, line: _TiledLine, *, whole: bool = True) -> None:
        """Add a line, or a part of one; of equal ones the first stands for all."""
        key = line.key
        if key in self.first:
            return
        if not whole:
            self.parts.add(key)
        self.first[key] = line
        if len(key) < ALIKE:
            self._tiny = max(self._tiny, len(key))
            return
        size, table = (LONG_ALIKE, self._long) if len(key) >= LONG_ALIKE else (ALIKE, self._short)
        if len(alike := table[key[:size]]) < MOST_LOOKED_UP:
            alike.append(key)
            self._begin.add(key[:ALIKE])

    def tiles(self, key: str) -> list[tuple[int, int, str]]:
        """Return the places that lines fill in a key (``_Tile``), in order, from each the longest that fits."""
        hits = self._begin.places(key)
        place, tight, number = 0, True, 0
        tiles = []
        while place < len(key):
            found = self._at(key, place, tight=tight)
            if found:
                tiles.append((place, place + len(found), found))
                place, tight = place + len(found), True
                continue
            while number < len(hits) and hits[number] <= place:
                number += 1
            if number == len(hits):
                break
            place, tight = hits[number], False
        return tiles

    def _at(self, key: str, place: int, *, tight: bool) -> str | None:
        """Return the longest line that stands at a place of a key; if not ``tight``, none of a few letters."""
        for size, table in ((LONG_ALIKE, self._long), (ALIKE, self._short)):
            for known in reversed(table.get(key[place : place + size], ())):
                if key.startswith(known, place) and (tight or self.first[known].units >= MIN_LOOSE):
                    return known
        tiny = range(self._tiny, 0, -1) if tight else ()
        return next((part for size in tiny if (part := key[place : place + size]) in self.first), None)


def nested(blocks: Sequence[TextBlock], skip: Set[int], stream: Stream) -> list[tuple[int, Span]]:
    """Return the blocks that go because finer lines hold their text, in order, each with the span of such a line.

    ``skip`` are the blocks that are no body: lines are tiled with them, but they do not go. Hidden blocks and quoted
    posts take no part. ``stream`` is the page's running text; where little of it stands again the rest is not read.
    """
    exact = sum(seeds for _, _, _, seeds in stream.exact)
    if exact + stream.seeds.again < MIN_SEEDS_AGAIN * (exact + len(stream.seeds.places)) + 1:
        return []
    groups = list(_line_groups(blocks, quotes(blocks)))
    known = dict(zip(stream.blocks, [piece.key for piece in stream.pieces], strict=True))
    holding = _may_hold_lines(blocks, groups, known)
    if not holding:
        return []
    lines = [line for line in _lines(blocks, groups, known) if line.key]
    lines.sort(key=lambda line: (len(line.key), line.blocks.start in skip, line.blocks.start))
    pieces = Pieces()
    tiled: list[tuple[_TiledLine, list[_Tile]]] = []
    for line in lines:
        asked = line.units >= MIN_UNITS and (tiled or line.key in holding) and line.key not in pieces.first
        tiles = [_Tile(*tile) for tile in pieces.tiles(line.key)] if asked else []
        if not _is_container(blocks, line, tiles, pieces):
            pieces.add(line)
            continue
        tiled.append((line, tiles))
        for i in _unsaid(blocks, line, tiles):
            pieces.add(_make_line(blocks, range(i, i + 1), [line.key[slice(*_inside(line, i))]]), whole=False)
    if not tiled or not _are_levels(lines, tiled, pieces):
        return []
    found = [pair for line, tiles in tiled for pair in _nested_copies(blocks, line, tiles, pieces, skip)]
    return sorted([*found, *_printed_again(blocks, lines, tiled, pieces, skip)])


def _line_groups(blocks: Sequence[TextBlock], quoted: Set[int]) -> Iterator[range]:
    """Yield the blocks of each line of a page; hidden and quoted ones are left out."""
    start = 0
    for i in range(1, len(blocks) + 1):
        if i == len(blocks) or not blocks[i].glued:
            dom = blocks[start].dom
            if start not in quoted and not (dom and dom.hidden):
                yield range(start, i)
            start = i


def _may_hold_lines(blocks: Sequence[TextBlock], groups: Sequence[range], known: Mapping[int, str]) -> Set[str]:
    """Return the keys of the lines that may hold a line of some length: the quick answer for most pages.

    The first container does, for it is tiled with whole lines alone, and one of them is long enough for prose.
    """
    long = [group for group in groups if sum([blocks[i].units for i in group]) >= PROSE_UNITS]
    texts = {line.key: line.units for line in _lines(blocks, long, known)}
    texts.pop("", None)
    asked = {key for key, size in texts.items() if size >= MIN_UNITS}
    return asked if any(len(key) < ALIKE for key in texts) else holding(list(texts), list(asked))


@twin("repeats")
def holding(keys: list[str], asked: list[str]) -> set[str]:
    """Return those of the keys ``asked`` that hold a shorter one, or begin somewhere like many of ``keys``."""
    begin = Beginnings()
    alike: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        begin.add(key[:ALIKE])
        alike[key[:ALIKE]].append(key)

    def holds(key: str, at: int) -> bool:
        found = alike[key[at : at + ALIKE]]
        return len(found) > MOST_LOOKED_UP or any(len(key) > len(part) and key.startswith(part, at) for part in found)

    return {key for key in asked if any(holds(key, at) for at in begin.places(key))}


def _lines(blocks: Sequence[TextBlock], groups: Sequence[range], known: Mapping[int, str]) -> Iterator[_TiledLine]:
    """Return the lines that groups of blocks make; ``known`` are keys that have been made already."""
    new = [i for group in groups for i in group if i not in known]
    made = {**known, **dict(zip(new, keys([blocks[i].folded for i in new]), strict=True))}
    return (_make_line(blocks, group, [made[i] for i in group]) for group in groups)


def _make_line(blocks: Sequence[TextBlock], inner: range, made: Sequence[str]) -> _TiledLine:
    if len(made) == 1:
        return _TiledLine(inner, made[0], (0, len(made[0])), blocks[inner.start].units)
    starts = tuple(accumulate(map(len, made), initial=0))
    return _TiledLine(inner, "".join(made), starts, sum(blocks[i].units for i in inner))


def _inside(line: _TiledLine, i: int) -> Span:
    """Return where the key of block ``i`` stands in that of its line."""
    at = i - line.blocks.start
    return line.starts[at], line.starts[at + 1]


def _is_container(blocks: Sequence[TextBlock], line: _TiledLine, tiles: Sequence[_Tile], pieces: Pieces) -> bool:
    """Tell whether a line is other lines put together, not one sentence of which the page prints pieces as well."""
    whole = sum(tile.key not in pieces.parts for tile in tiles)
    if whole < 2 or sum(tile.end - tile.start for tile in tiles) < MIN_HELD * len(line.key):
        return False
    of = [pieces.first[tile.key] for tile in tiles]
    if not any(part.units >= PROSE_UNITS for part in of):
        return False
    torn = sum(part.units for part in of[:-1] if not ends_sentence(blocks[part.blocks[-1]].text))
    return not ends_sentence(blocks[line.blocks[-1]].text) or 2 * torn <= sum(part.units for part in of)


def _are_levels(lines: Sequence[_TiledLine], tiled: Tiled, pieces: Pieces) -> bool:
    """Tell whether containers are levels of one page, not the paragraphs of a copy that are put together otherwise.

    They hold enough of the page; and one holds most of it, they hold one another, or they stand beside what they hold.
    """
    sizes = {line.key: line.units for line, _ in tiled}
    text = {line.key: line.units for line in lines if line.key not in sizes and line.units >= MIN_LABEL}
    held = {tile.key for _, tiles in tiled for tile in tiles}
    if sum(size for key, size in text.items() if key in held) < max(MIN_UNITS, MIN_PAGE * sum(text.values())):
        return False
    inside = sum(pieces.first[key].units for key in held)
    if max(sizes.values()) >= MIN_OUTER * sum(text.values()) or sum(sizes.values()) >= MIN_DEPTH * inside:
        return True
    beside = {line.key: line.units for line, tiles in tiled if _stands_beside(line, tiles, pieces)}
    return len(beside) > 1 and 2 * sum(beside.values()) >= sum(sizes.values())


def _stands_beside(line: _TiledLine, tiles: Sequence[_Tile], pieces: Pieces) -> bool:
    first, last = pieces.first[tiles[0].key].blocks, pieces.first[tiles[-1].key].blocks
    return first.start == line.blocks.stop or last.stop == line.blocks.start


def _nested_parts(line: _TiledLine, tiles: Sequence[_Tile]) -> Iterator[tuple[int, list[_Tile]]]:
    """Yield each block of a container with the tiles that it holds or that it shares with its neighbours."""
    first = 0
    for i in line.blocks:
        start, end = _inside(line, i)
        while first < len(tiles) and tiles[first].end <= start:
            first += 1
        last = first
        while last < len(tiles) and tiles[last].start < end:
            last += 1
        yield i, list(tiles[first:last])


def _unsaid(blocks: Sequence[TextBlock], line: _TiledLine, tiles: Sequence[_Tile]) -> Iterator[int]:
    """Yield the blocks of a container that hold text which no tile holds."""
    for i, parts in _nested_parts(line, tiles):
        if blocks[i].text and _lacks(blocks[i], line, i, parts):
            yield i


def _lacks(block: TextBlock, line: _TiledLine, i: int, parts: Sequence[_Tile]) -> bool:
    """Tell whether a block says more than its tiles: a sentence, however short, or much."""
    start, end = _inside(line, i)
    edges = [start, *(edge for tile in parts for edge in (tile.start, tile.end)), end]
    gaps = [(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if low < high]
    if not parts or sum(units(line.key[low:high]) for low, high in gaps) > MAX_GAP:
        return True
    if not gaps:
        return False
    letters = [at for at, char in enumerate(block.folded) if char.isalnum()]
    if len(letters) != end - start:
        return True
    letters.append(len(block.folded))
    return any(ends_sentence(block.folded[letters[low - start] : letters[high - start]].strip()) for low, high in gaps)


def _nested_copies(
    blocks: Sequence[TextBlock], line: _TiledLine, tiles: Sequence[_Tile], pieces: Pieces, skip: Set[int]
) -> Iterator[tuple[int, Span]]:
    """Yield the blocks of a container that go, each with the line that holds most of it."""
    for i, parts in _nested_parts(line, tiles):
        if i in skip or not blocks[i].text or _lacks(blocks[i], line, i, parts):
            continue
        start, end = _inside(line, i)
        most = max(parts, key=lambda tile: min(tile.end, end) - max(tile.start, start))
        yield i, _span(blocks, pieces.first[most.key])


def _printed_again(
    blocks: Sequence[TextBlock],
    lines: Sequence[_TiledLine],
    tiled: Tiled,
    pieces: Pieces,
    skip: Set[int],
) -> Iterator[tuple[int, Span]]:
    """Yield the blocks of lines that stand oftener than in any container: elements that hold one element alone."""
    often: Counter[str] = Counter()
    for _, tiles in tiled:
        often |= Counter(tile.key for tile in tiles)
    for line in lines:
        if line.key not in often or line.units < MIN_LABEL or not skip.isdisjoint(line.blocks):
            continue
        often[line.key] -= 1
        if often[line.key] < 0:
            of = _span(blocks, pieces.first[line.key])
            yield from ((i, of) for i in line.blocks)


def _span(blocks: Sequence[TextBlock], line: _TiledLine) -> Span:
    return blocks[line.blocks[0]].content[0], blocks[line.blocks[-1]].content[1]
