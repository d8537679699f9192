"""Near-duplicate articles: which are copies of one another, which are part of another, and which copy is the best.

Each article is sketched (FracMinHash over shingles), an inverted index of the sketches gives the pairs that may be
copies, each pair is verified on all shingles of both, and verified pairs make clusters. Whether a pair is looked at,
what is found, and what follows from it are functions of the set of articles alone: neither their order nor the
process plays a part, and an index that grows gives the answer that a new one would give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count, zip_longest
from typing import Any

from cleanpage.dedupe.candidates import Candidates
from cleanpage.dedupe.clusters import BOILERPLATE, Duplicates, Member, join_sure, settle_links
from cleanpage.dedupe.fillings import part_fillings
from cleanpage.dedupe.fingerprint import Fingerprint, fingerprint
from cleanpage.dedupe.verify import WEAK_COVERED, CopyLink, Match, compare
from cleanpage.errors import CleanpageError
from cleanpage.model import Article

_ABSENT: Any = object()
"""Stands where there is an id too many, or too few."""


def dedupe(articles: Iterable[Article | str], *, ids: Iterable[str] | None = None) -> Duplicates:
    """Return which of some articles (or bare texts) are copies of one another, and which are part of another.

    ``ids`` names them, their places in order (``"0"``, ``"1"`` …) if left out. Compare cleaned articles: on raw pages
    the furniture of a site makes all its pages look alike. Takes about .3 CPU-seconds a megabyte of
    articles, 2 of single lines. Raises CleanpageError if an id is missing or given twice, or for what is no article.
    """
    if isinstance(articles, str | Mapping) or not isinstance(articles, Iterable):
        raise CleanpageError(f"dedupe takes a list of articles or texts, not {type(articles).__name__}: dedupe([a, b])")
    index = Index()
    names = map(str, count()) if ids is None else ids
    pairs = zip(names, articles, strict=False) if ids is None else zip_longest(names, articles, fillvalue=_ABSENT)
    for name, article in pairs:
        if name is _ABSENT or article is _ABSENT:
            raise CleanpageError("dedupe: give as many ids as articles, or none")
        index.add(name, article)
    return index.duplicates()


class Index:
    """The articles seen so far. Add more at any time; ``duplicates`` answers for all of them."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._prints: list[Fingerprint] = []
        self._texts: dict[str, list[int]] = {}
        """For each digest the articles with this text: the first of them stands for all."""
        self._matches: dict[tuple[int, int], Match] = {}
        """What the pairs that were compared have in common."""

    def __len__(self) -> int:
        return len(self._prints)

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def add(self, id: str, article: Article | Fingerprint | str) -> None:
        """Take in an article under a name of its own; raise CleanpageError if the name is taken."""
        if id in self._ids:
            raise CleanpageError(f"there is an article {id!r} already: ids must differ")
        if not isinstance(article, Article | Fingerprint | str):
            kind = type(article).__name__
            hint = "give the texts, [row['text'] for row in rows]" if kind == "dict" else "give articles or their texts"
            raise CleanpageError(f"article {id!r} of dedupe is of type {kind}: {hint}")
        found = article if isinstance(article, Fingerprint) else fingerprint(article)
        me = self._ids[id] = len(self._prints)
        self._prints.append(found)
        self._texts.setdefault(found.digest, []).append(me)

    def duplicates(self) -> Duplicates:
        """Return what is found among all articles so far; a pair that was compared before is not compared again."""
        texts = [same for digest, same in self._texts.items() if digest]
        firsts = [same[0] for same in texts]
        candidates = Candidates([self._prints[place] for place in firsts])
        found = [
            CopyLink(firsts[one], firsts[other], match)
            for one, other in candidates.pairs()
            if (match := self._match(firsts[one], firsts[other])).cover >= WEAK_COVERED
        ]
        links, apart = part_fillings(found, self._prints)
        members = [Member(id, self._prints[place]) for id, place in self._ids.items()]
        sure = join_sure(links, apart, [(print_.size, print_.digest) for print_ in self._prints])
        common = dict(candidates.common(BOILERPLATE))
        spread = cache(lambda shingle: len({sure.root(firsts[text]) for text in common.get(shingle, ())}))
        return settle_links(members, texts, links, apart, spread)

    def _match(self, one: int, other: int) -> Match:
        match = self._matches.get((one, other))
        if match is None:
            match = self._matches[one, other] = compare(self._prints[one], self._prints[other])
        return match

    def rows(self) -> Iterator[dict[str, object]]:
        """Yield what is stored of each article: its id and its fingerprint, strings, bytes and numbers."""
        for id, place in self._ids.items():
            yield {"id": id, **self._prints[place].to_row()}

    def matches(self) -> Iterator[tuple[str, str, Match]]:
        """Yield the pairs that ``duplicates`` has compared: store these too, and none is compared again."""
        names = list(self._ids)
        for (one, other), match in self._matches.items():
            yield names[one], names[other], match

    @classmethod
    def restore(cls, rows: Iterable[dict[str, object]], matches: Iterable[tuple[str, str, Match]]) -> Index:
        """Return the index whose ``rows`` and ``matches`` were stored; no pair is compared again."""
        index = cls()
        for row in rows:
            index.add(str(row["id"]), Fingerprint.from_row(row))
        for pair in matches:
            one, other = sorted(index._ids[id] for id in pair[:2])
            index._matches[one, other] = Match(*pair[2])
        return index
