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
from itertools import chain, pairwise
from operator import itemgetter
from typing import TypeVar

from cleanpage.dedupe.fingerprint import Fingerprint, unpack
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
_MIX = 0x9E3779B97F4A7C15

Place = tuple[tuple[int, ...], str]
"""Of a text in a crowd."""
T = TypeVar("T")


class Candidates:
    """The shingles that some texts share, and the pairs that follow."""

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        """Look up all shingles of ``prints``, which are of different texts."""
        self._prints = prints
        self._shared = [array("I") for _ in prints]
        """For each text the numbers of its shingles that others have as well."""
        self._names = array("Q")
        """For each of these numbers the shingle ..."""
        self._holders: list[array[int]] = []
        """... and the texts that have it, ascending."""
        for low, high in pairwise(_bounds(prints)):
            self._look_up(low, high)

    def _look_up(self, low: int, high: int) -> None:
        """Note which texts share the shingles from ``low`` to below ``high``."""
        first: dict[int, int] = {}
        more: dict[int, list[int]] = {}
        for text, print_ in enumerate(self._prints):
            values = shingles_of(print_)
            for shingle in values[bisect_left(values, low) : bisect_left(values, high)]:
                other = first.setdefault(shingle, text)
                if other != text:
                    more.setdefault(shingle, [other]).append(text)
        for number, (shingle, texts) in enumerate(more.items(), len(self._names)):
            for text in texts:
                self._shared[text].append(number)
            self._names.append(shingle)
            self._holders.append(array("I", texts))

    def common(self, more_than: int) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield each shingle that more than so many texts have (at least one), and these texts."""
        return ((name, there) for name, there in zip(self._names, self._holders, strict=True) if len(there) > more_than)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs to compare, each once, the lower number first."""
        found: dict[int, set[int]] = defaultdict(set)
        for one, other in chain(self._closest(), self._neighbours()):
            found[min(one, other)].add(max(one, other))
        return ((text, other) for text, others in found.items() for other in others)

    def _closest(self) -> Iterator[tuple[int, int]]:
        """Yield for each text those with which it shares most of what is not common."""
        for text, shared in enumerate(self._shared):
            if len(shared) < LEAST_SHARED:
                continue
            held = [self._holders[number] for number in shared]
            counts = Counter(chain.from_iterable([there for there in held if len(there) <= CROWD]))
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
        crowds: dict[int, list[tuple[Place, int]]] = defaultdict(list)
        for text, found in common.items():
            names = [self._names[number] for number in self._shared[text]]
            for shingle in rarest(found):
                crowds[shingle].append((place_of(self._prints[text].digest, names, shingle), text))
        for texts in crowds.values():
            yield from neighbours(texts)


def shingles_of(print_: Fingerprint) -> array[int]:
    """Return what a text is found by, ascending: its sketched shingles, and the grams of a short one."""
    sketch = unpack("Q", print_.sketch)
    return array("Q", sorted({*sketch, *unpack("Q", print_.grams)})) if print_.grams else sketch


def rarest(common: Iterable[tuple[int, int]]) -> list[int]:
    """Return the shingles under which a text seeks neighbours; ``common`` are its (holders, shingle) beyond CROWD."""
    return [shingle for _, shingle in sorted(common)[:CROWDS]]


def place_of(digest: str, names: Iterable[int], shingle: int) -> Place:
    """Return where a text stands in the crowd of a shingle; ``names`` are all that it shares with any others.

    In the order of the lowest of these, in another sense of lower under each shingle (MinHash): texts that share many
    shingles often share that one, and others seldom do.
    """
    mask = shingle * _MIX % 2**64
    return tuple(sorted([mask ^ name for name in names])[:RANKED]), digest


def neighbours(crowd: Iterable[tuple[Place, T]]) -> Iterator[tuple[T, T]]:
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
