"""From verified pairs to clusters: what joins two articles, which one is canonical, what is part of what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleanpage.dedupe.fingerprint import Fingerprint, unpack
from cleanpage.dedupe.forest import Forest
from cleanpage.dedupe.verify import Link

SIMILAR_LENGTH = 0.6
"""Two articles join one cluster if the shorter has this share of the longer one's tokens; else it is a part of it."""
ALIKE = 0.8
"""Both cover so much of each other: they join. Below they need a third that is a copy of both (REPEATS B.6)."""
BOILERPLATE = 8
"""A shingle that stands in more clusters than this says nothing about copies (REPEATS B.4)."""
RARE_SHARED, RARE_CONTAINED = 3, 0.3
"""So many shingles that are no boilerplate, and such a share of the shorter text's, make a copy (REPEATS B.5)."""

COMPLETE = 0.95
"""A copy with this share of the longest one's tokens is as complete: a note or a caption more makes none better."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that are copies of one another."""

    canonical: str
    """Id of the best: about as complete as the longest, of these the earliest, then one that names its source."""
    ids: tuple[str, ...]
    """All of them, the canonical first, the others from the better to the worse."""


@dataclass(frozen=True, slots=True)
class Part:
    """A cluster whose text stands inside that of another: a shortened copy in the whole, an article in a digest."""

    part: str
    """Id of its canonical article."""
    whole: str
    """Id of the canonical article of the other."""
    share: float
    """Share of the part that the whole covers, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What was found among some articles. Equal for the same articles in any order."""

    clusters: tuple[Cluster, ...]
    """Every article is in one of them; most are alone."""
    parts: tuple[Part, ...]
    """What is part of what; never a reason to join two clusters."""

    @property
    def canonical(self) -> dict[str, str]:
        """For each article the canonical one of its cluster, which may be itself."""
        return {id: cluster.canonical for cluster in self.clusters for id in cluster.ids}


class Member(NamedTuple):
    """One article: its name, and what is known of it."""

    id: str
    print: Fingerprint

    def rank(self, longest: int) -> tuple[object, ...]:
        """Sorts the better copy first; ``longest`` is the size of the longest of the copies."""
        found = self.print
        date = (not found.published, found.published)
        return found.size < COMPLETE * longest, *date, not found.named, -found.size, found.digest, self.id


Size = tuple[int, str]
"""Tokens of a text, and its digest, by which texts of one size are told apart."""


def join_sure(links: Iterable[Link], sizes: Sequence[Size]) -> Forest:
    """Return the clusters that the links which are sure by themselves make, as sets of texts."""
    return _joined([link for link in links if link.match.sure], sizes, Forest())


def settle_links(
    members: Sequence[Member],
    texts: Iterable[Sequence[int]],
    links: Sequence[Link],
    spread: Callable[[int], int],
) -> Duplicates:
    """Return clusters and parts.

    ``texts`` are the members of equal text, the first of which the links speak of; ``spread`` tells in how many of the
    clusters of ``join_sure`` a sketched shingle stands, exactly if in more than BOILERPLATE. What follows for an
    article hangs on the texts that links lead to from it, however far, and on no others: so collections can be settled
    piece by piece.
    """
    forest = Forest()
    for same in texts:
        for other in same[1:]:
            forest.join(same[0], other)
    sizes = [(member.print.size, member.print.digest) for member in members]
    accepted = [link for link in links if link.match.sure]
    accepted += [link for link in links if is_open(link, members) and _share_what_is_rare(link, members, spread)]
    _joined(accepted, sizes, forest)
    groups: dict[int, list[Member]] = defaultdict(list)
    for place, member in enumerate(members):
        groups[forest.root(place)].append(member)
    clusters = {root: _cluster(found) for root, found in groups.items()}
    parts = _parts(accepted, forest, sizes, clusters)
    return Duplicates(tuple(sorted(clusters.values(), key=lambda c: c.canonical)), tuple(parts))


def _cluster(found: list[Member]) -> Cluster:
    if len(found) == 1:
        return Cluster(found[0].id, (found[0].id,))
    longest = max(member.print.size for member in found)
    ids = tuple(member.id for member in sorted(found, key=lambda member: member.rank(longest)))
    return Cluster(ids[0], ids)


def _joined(links: Sequence[Link], sizes: Sequence[Size], forest: Forest) -> Forest:
    """Join copies of similar length that cover each other, or that have a common neighbour."""
    near: dict[int, set[int]] = defaultdict(set)
    similar = [link for link in links if _is_similar_length(sizes[link.one], sizes[link.other])]
    for link in similar:
        near[link.one].add(link.other)
        near[link.other].add(link.one)
    for link in similar:
        alike = min(link.match.cover, link.match.back) >= ALIKE
        if alike or not near[link.one].isdisjoint(near[link.other]):
            forest.join(link.one, link.other)
    return forest


def _is_similar_length(one: Size, other: Size) -> bool:
    return min(one, other)[0] >= SIMILAR_LENGTH * max(one, other)[0]


def is_open(link: Link, members: Sequence[Member]) -> bool:
    """Tell whether a link hangs on how rare what its texts share is: not sure by itself, no variants, none short."""
    short = any(members[side].print.key for side in (link.one, link.other))
    return not (link.match.sure or link.match.is_variant or short)


def _share_what_is_rare(link: Link, members: Sequence[Member], spread: Callable[[int], int]) -> bool:
    sketches = [unpack("Q", members[side].print.sketch) for side in (link.one, link.other)]
    bound = min(sketch[-1] for sketch in sketches)
    rare = [{s for s in sketch if s <= bound and spread(s) <= BOILERPLATE} for sketch in sketches]
    shared = len(rare[0] & rare[1])
    return shared >= RARE_SHARED and shared >= RARE_CONTAINED * min(map(len, rare))


def _parts(links: Sequence[Link], forest: Forest, sizes: Sequence[Size], clusters: Mapping[int, Cluster]) -> list[Part]:
    """Return the links between clusters, the shorter text as part of the longer one; of several the closest."""
    best: dict[tuple[str, str], float] = {}
    for link in links:
        roots = [forest.root(link.one), forest.root(link.other)]
        if roots[0] != roots[1]:
            if sizes[link.one] > sizes[link.other]:
                roots.reverse()
            pair = clusters[roots[0]].canonical, clusters[roots[1]].canonical
            best[pair] = max(best.get(pair, 0.0), link.match.cover)
    return [Part(part, whole, round(share, 3)) for (part, whole), share in sorted(best.items())]
