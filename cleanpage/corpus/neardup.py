"""Near-duplicate articles: which are copies of one another, which are part of another, and which copy is the best.

Each article is sketched (FracMinHash over shingles), an inverted index of the sketches gives the pairs that may be
copies, each pair is verified on all shingles of both, and verified pairs make clusters. Whether a pair is looked at,
what is found, and what follows from it are functions of the set of articles alone: neither their order nor the
process plays a part, and an index that grows gives the answer that a new one would give.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise, zip_longest

from cleanpage.corpus.clusters import Duplicates, Link, Member, settle_links
from cleanpage.corpus.fingerprint import Fingerprint, fingerprint, unpack
from cleanpage.corpus.verify import LEAST_SHARED, Match, compare, is_candidate, view
from cleanpage.errors import CleanpageError
from cleanpage.model import Article

CROWD = 50
"""A shingle of more articles than this is common: it no longer pairs all of them, but each with its neighbours only."""
_MIX = 0x9E3779B97F4A7C15


def dedupe(articles: Iterable[Article | str], *, ids: Iterable[str] | None = None) -> Duplicates:
    """Return which of some articles (or bare texts) are copies of one another, and which are part of another.

    ``ids`` names them, their places in order (``"0"``, ``"1"`` …) if left out. Compare cleaned articles: on raw pages
    the furniture of a site makes all its pages look alike. Takes .2 to .5 CPU-seconds a megabyte of text.
    Raises CleanpageError if an id is missing or given twice.
    """
    index = Index()
    names = map(str, count()) if ids is None else ids
    for name, article in zip_longest(names, articles) if ids is not None else zip(names, articles, strict=False):
        if name is None or article is None:
            raise CleanpageError("give as many ids as articles, or none")
        index.add(name, article)
    return index.duplicates()


class Index:
    """The articles seen so far. Add more at any time; ``duplicates`` answers for all of them."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._prints: list[Fingerprint] = []
        self._texts: dict[str, list[int]] = {}
        """For each digest the articles with this text: the first of them stands for all."""
        self._postings: dict[int, int | list[int]] = {}
        """For each sketched shingle the texts that hold it: in order of arrival, those of a crowd by ``_rank``."""
        self._matches: dict[tuple[int, int], Match] = {}

    def __len__(self) -> int:
        return len(self._prints)

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def add(self, id: str, article: Article | Fingerprint | str) -> None:
        """Take in an article under a name of its own; raise CleanpageError if the name is taken."""
        me = len(self._prints)
        if self._enter(id, article if isinstance(article, Fingerprint) else fingerprint(article)):
            self._meet(me)

    def _enter(self, id: str, found: Fingerprint) -> bool:
        """Note an article; return whether its text is a new one."""
        if id in self._ids:
            raise CleanpageError(f"there is an article {id!r} already: ids must differ")
        me = self._ids[id] = len(self._prints)
        self._prints.append(found)
        same = self._texts.setdefault(found.digest, [])
        same.append(me)
        return bool(found.digest) and len(same) == 1

    def duplicates(self) -> Duplicates:
        """Return what is found among all articles so far."""
        members = [Member(id, self._prints[place]) for id, place in self._ids.items()]
        links = [Link(a, b, match) for (a, b), match in self._matches.items() if self._is_linked(a, b)]
        texts = [same for digest, same in self._texts.items() if digest]
        return settle_links(members, texts, links, self._holders)

    def rows(self) -> Iterator[dict[str, object]]:
        """Yield what is stored of each article: its id and its fingerprint, strings, bytes and numbers."""
        for id, place in self._ids.items():
            yield {"id": id, **self._prints[place].to_row()}

    def matches(self) -> Iterator[tuple[str, str, Match]]:
        """Yield the pairs that were compared and have something in common: store these too, and none is redone."""
        names = list(self._ids)
        for (a, b), match in self._matches.items():
            yield names[a], names[b], match

    @classmethod
    def restore(cls, rows: Iterable[dict[str, object]], matches: Iterable[tuple[str, str, Match]]) -> Index:
        """Return the index whose ``rows`` and ``matches`` were stored; no pair is compared again."""
        index = cls()
        for row in rows:
            me = len(index)
            if index._enter(str(row["id"]), Fingerprint.from_row(row)):
                for _ in index._post(me, set()):
                    pass
        for one, other, match in matches:
            index._matches[_pair(index._ids[one], index._ids[other])] = match
        return index

    def _meet(self, me: int) -> None:
        """Compare a new text with those that it may be a copy of, and those that it has made neighbours in a crowd."""
        counts: Counter[int] = Counter()
        pairs: set[tuple[int, int]] = set()
        for others in self._post(me, pairs):
            counts.update(others)
        pairs.update(_pair(me, other) for other, shared in counts.items() if shared >= LEAST_SHARED)
        mine = view(self._prints[me])
        for one, other in pairs:
            if (one, other) in self._matches:  # pairs - self._matches.keys() would go through all matches
                continue
            sides = [mine if text == me else view(self._prints[text]) for text in (one, other)]
            match = compare(*sides) if is_candidate(*sides) else None
            if match:
                self._matches[one, other] = match

    def _post(self, me: int, pairs: set[tuple[int, int]]) -> Iterator[Sequence[int]]:
        """Enter a new text under each of its shingles; yield who stands there, but for a crowd add new neighbours."""
        postings = self._postings
        for shingle in _shingles(self._prints[me]):
            there = postings.get(shingle)
            if there is None:
                postings[shingle] = me
            elif isinstance(there, int):
                postings[shingle] = [there, me]
                yield (there,)
            elif len(there) < CROWD:
                yield there
                there.append(me)
            elif len(there) == CROWD:
                there.append(me)
                there.sort(key=lambda text: self._rank(shingle, text))
                pairs.update(_pair(one, other) for one, other in pairwise(there))
            else:
                at = self._place(shingle, there, me)
                pairs.update(_pair(me, other) for other in there[max(0, at - 1) : at + 1])
                there.insert(at, me)

    def _rank(self, shingle: int, text: int) -> tuple[int, str]:
        """Return where a text stands in a crowd: another order for each shingle, so that copies meet in some."""
        digest = self._prints[text].digest
        return (int(digest[:16], 16) ^ shingle) * _MIX % 2**64, digest

    def _is_linked(self, one: int, other: int) -> bool:
        """Tell whether two texts, as the index stands, are a pair to compare: what ``_meet`` asks, asked again.

        A shingle that has become common since they were compared counts no more, nor do neighbours in a crowd between
        whom another text has come to stand.
        """
        common = set(_shingles(self._prints[one])).intersection(_shingles(self._prints[other]))
        crowds = [shingle for shingle in common if self._crowded(shingle)]
        if len(common) - len(crowds) >= LEAST_SHARED:
            return True
        return any(self._are_neighbours(shingle, one, other) for shingle in crowds)

    def _crowded(self, shingle: int) -> bool:
        there = self._postings[shingle]
        return isinstance(there, list) and len(there) > CROWD

    def _are_neighbours(self, shingle: int, one: int, other: int) -> bool:
        there = self._postings[shingle]
        assert isinstance(there, list)
        return abs(self._place(shingle, there, one) - self._place(shingle, there, other)) == 1

    def _place(self, shingle: int, crowd: Sequence[int], text: int) -> int:
        """Return where in a crowd a text stands or would stand."""
        return bisect_left(crowd, self._rank(shingle, text), key=lambda other: self._rank(shingle, other))

    def _holders(self, shingle: int) -> Sequence[int]:
        """Return the texts that hold a sketched shingle."""
        there = self._postings[shingle]
        return (there,) if isinstance(there, int) else there


def _shingles(print_: Fingerprint) -> array[int]:
    """Return what a text is entered under: its sketched shingles, and the grams of a short one."""
    return unpack("Q", print_.sketch) + unpack("Q", print_.grams)


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
