"""Which texts may be copies of one another: those that share sketched shingles, found through an inverted index.

A text is paired with a bounded number of others, whatever it shares with how many, so that the work grows as the
collection does: all that share rare shingles are counted, and those that share most are taken; a shingle of a whole
crowd pairs each text of it with its neighbours only, in an order that brings copies together. Which pairs are found is
a function of the set of texts.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import accumulate, chain, pairwise
from operator import itemgetter
from typing import NamedTuple, TypeVar

from cleanpage._native import twin
from cleanpage.dedupe.fingerprint import Fingerprint, pack, unpack
from cleanpage.dedupe.verify import LEAST_SHARED

CROWD = 50
"""A shingle of more texts than this is common."""
CLOSEST = 8
"""Texts that one is paired with because of shingles that are not common: those that share most of them."""
CROWDS = 8
"""Common shingles under which a text seeks neighbours: its rarest. Those of a cluster of a thousand copies are rarer
than the phrases of a language."""
PASS = 4_000_000
"""Shingles that are looked up at a time: a dictionary of so many takes half a gigabyte."""
RANKED = 4
"""Shingles by which the texts of a crowd are put in order."""
_MIX = 0x9E3779B97F4A7C15  # 2**64 / golden ratio: Fibonacci hashing (Knuth, TAOCP 3, 6.4)

CrowdPlace = tuple[tuple[int, ...], str]
"""Of a text in a crowd."""
T = TypeVar("T")


class Shared(NamedTuple):
    """The shingles that several of some texts have, numbered as they come.

    Flat arrays, as the collector visits lists again and again; with an object a shingle it took a tenth of the time.
    """

    names: array[int]
    """The shingles, by number ..."""
    ends: array[int]
    """... where in ``holders`` the texts that have them end ..."""
    holders: array[int]
    """... and these texts, ascending for each shingle."""
    numbers: array[int]
    """The numbers of the shingles of the first text, of the second ..."""
    own_ends: array[int]
    """... and where they end, by text."""

    def numbers_of(self, text: int) -> array[int]:
        """Return the numbers of the shingles that a text shares with others."""
        return self.numbers[self.own_ends[text - 1] if text else 0 : self.own_ends[text]]

    def few_holders_of(self, text: int) -> Iterator[array[int]]:
        """Yield for each of the shingles that a text shares with few the texts that have it, itself among them.

        More than ``CROWD`` are not few: to copy them for each of them takes quadratic time.
        """
        for number in self.numbers_of(text):
            start, end = self.ends[number - 1] if number else 0, self.ends[number]
            if end - start <= CROWD:
                yield self.holders[start:end]


@twin("dedupe")
def find_shared(held: list[bytes]) -> tuple[array[int], ...]:
    """Return the fields of ``Shared`` in their order; ``held`` are the shingles of each text, packed, each once."""
    shingles = [unpack("Q", own) for own in held]
    counts = Counter(chain.from_iterable(shingles))
    names = array("Q", [shingle for shingle, texts in counts.items() if texts > 1])
    numbers = {shingle: number for number, shingle in enumerate(names)}
    found = [array("I", [numbers[shingle] for shingle in own if shingle in numbers]) for own in shingles]
    ends = array("I", accumulate(counts[shingle] for shingle in names))
    free, holders = array("I", [0, *ends[:-1]]), array("I", bytes(4 * (ends[-1] if ends else 0)))
    for text, own in enumerate(found):
        for number in own:
            holders[free[number]] = text
            free[number] += 1
    return names, ends, holders, array("I", chain.from_iterable(found)), array("I", accumulate(map(len, found)))


class Candidates:
    """The shingles that some texts share, and the pairs that follow."""

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        """Look up all shingles of ``prints``, which are of different texts."""
        self._prints = prints
        self._passes = [self._look_up(low, high) for low, high in pairwise(_bounds(prints))]

    def _look_up(self, low: int, high: int) -> Shared:
        """Return which texts share the shingles from ``low`` to below ``high``."""
        found = (shingles_of(print_.sketch, print_.grams) for print_ in self._prints)
        return Shared(*find_shared([pack(own[bisect_left(own, low) : bisect_left(own, high)]) for own in found]))

    def common(self, more_than: int) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield each shingle that more than so many texts have (at least one), and these texts."""
        for found in self._passes:
            for name, (start, end) in zip(found.names, pairwise(chain((0,), found.ends)), strict=True):
                if end - start > more_than:
                    yield name, found.holders[start:end]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs to compare, each once, the lower number first."""
        found: dict[int, set[int]] = defaultdict(set)
        for one, other in chain(self._closest(), self._neighbours()):
            found[min(one, other)].add(max(one, other))
        return ((text, other) for text, others in found.items() for other in others)

    def _closest(self) -> Iterator[tuple[int, int]]:
        """Yield for each text those with which it shares most of what is not common."""
        for text in range(len(self._prints)):
            held = [there for found in self._passes for there in found.few_holders_of(text)]
            if len(held) < LEAST_SHARED:
                continue
            counts = Counter(chain.from_iterable(held))
            counts.pop(text, None)
            enough = [(-times, other) for other, times in counts.items() if times >= LEAST_SHARED]
            if len(enough) > CLOSEST:
                enough = nsmallest(CLOSEST, enough, key=lambda pair: (pair[0], self._prints[pair[1]].digest))
            yield from ((text, other) for _, other in enough)

    def _neighbours(self) -> Iterator[tuple[int, int]]:
        """Yield for each common shingle the texts that are neighbours under it."""
        common: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for shingle, there in self.common(CROWD):
            for text in there:
                common[text].append((len(there), shingle))
        crowds: dict[int, list[tuple[CrowdPlace, int]]] = defaultdict(list)
        for text, found in common.items():
            names = [shared.names[number] for shared in self._passes for number in shared.numbers_of(text)]
            for shingle in rarest(found):
                crowds[shingle].append((place_of(self._prints[text].digest, names, shingle), text))
        for texts in crowds.values():
            yield from neighbours(texts)


def shingles_of(sketch: bytes, grams: bytes) -> array[int]:
    """Return what a text is found by, ascending: its sketched shingles, and the grams of a short one."""
    shingles = unpack("Q", sketch)
    return array("Q", sorted({*shingles, *unpack("Q", grams)})) if grams else shingles


def rarest(common: Iterable[tuple[int, int]]) -> list[int]:
    """Return the shingles under which a text seeks neighbours; ``common`` are its (holders, shingle) beyond CROWD."""
    return [shingle for _, shingle in sorted(common)[:CROWDS]]


def place_of(digest: str, names: Iterable[int], shingle: int) -> CrowdPlace:
    """Return where a text stands in the crowd of a shingle; ``names`` are all that it shares with any others.

    In the order of the lowest of these, in another sense of lower under each shingle (MinHash): texts that share many
    shingles often share that one, and others seldom do.
    """
    mask = shingle * _MIX % 2**64
    return tuple(sorted([mask ^ name for name in names])[:RANKED]), digest


def neighbours(crowd: Iterable[tuple[CrowdPlace, T]]) -> Iterator[tuple[T, T]]:
    """Yield the texts that stand side by side in a crowd; of their lowest shingles, one may be that of the crowd."""
    for ((lowest, _), one), ((also, _), other) in pairwise(sorted(crowd, key=itemgetter(0))):
        if lowest[:2] == also[:2]:
            yield one, other


def _bounds(prints: Sequence[Fingerprint]) -> list[int]:
    """Return the borders between the ranges of shingles that are looked up at a time, about PASS of them in each."""
    count = sum(len(print_.sketch) + len(print_.grams) for print_ in prints) // 8
    passes = count // PASS + 1
    if passes == 1:
        return [0, 2**64]
    some = prints[:: len(prints) // 1000 + 1]
    values = sorted(chain.from_iterable(unpack("Q", print_.sketch + print_.grams) for print_ in some))
    return [0, *(values[i * len(values) // passes] for i in range(1, passes)), 2**64]
