"""From verified pairs to clusters: what joins two articles, which one is canonical, what is part of what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleanpage.dedupe.fingerprint import Fingerprint, unpack
from cleanpage.dedupe.verify import CopyLink
from cleanpage.union_find import UnionFind
from cleanpage.values import frozen

SIMILAR_LENGTH = 0.6
"""Two articles join one cluster if the shorter has this share of the longer one's tokens; else it is a part of it."""
COVERED_BOTH = 0.8
"""Both cover so much of each other: they join. Below they need a third that is a copy of both (REPEATS B.6) ..."""
NEIGHBOUR = 0.75
"""... and to cover so much: stories of one site have its furniture in common, up to three quarters of each."""
BOILERPLATE = 8
"""A shingle that stands in more clusters than this says nothing about copies (REPEATS B.4)."""
RARE_SHARED, RARE_CONTAINED = 3, 0.3
"""So many shingles that are no boilerplate, and such a share of the shorter text's, make a copy (REPEATS B.5)."""

CONTAINED = 0.8
"""Share of the shorter of two texts from which it stands in the longer one; with less they are related."""
VERSION = 0.45
"""Share of the longer one's length from which a text that stands in it is an earlier version."""
COMPLETE = 0.95
"""A copy with this share of the longest one's tokens is as complete: a note or a caption more makes none better."""


@frozen
class Cluster:
    """Articles that are copies of one another."""

    canonical: str
    """Id of the best: about as complete as the longest, of these the earliest, then one that names its source."""
    ids: tuple[str, ...]
    """All of them, the canonical first, the others from the better to the worse."""


@frozen
class Part:
    """A cluster whose text is less than .45 of that of another and stands inside it: an article in a digest."""

    part: str
    """Id of its canonical article."""
    whole: str
    """Id of the canonical article of the other."""
    share: float
    """Share of the part that the whole covers, 0 to 1."""


@frozen
class Versions:
    """Clusters that are states of one story: each shorter text has .45 of the longer one or more, and stands in it."""

    canonical: str
    """Id of the newest: by date if all are dated, else the longest."""
    ids: tuple[str, ...]
    """Ids of the canonical articles of the clusters, the oldest first, the newest last."""


@frozen
class Related:
    """Two clusters that have a part of their text in common, and each much of its own."""

    one: str
    """Id of the canonical article of the cluster with the shorter text."""
    other: str
    """Id of that of the other."""
    share: float
    """Share of the shorter text that the longer one has, .3 to .8."""


@frozen
class Duplicates:
    """What was found among some articles. Equal for the same articles in any order."""

    clusters: tuple[Cluster, ...]
    """Every article is in one of them; most are alone."""
    parts: tuple[Part, ...]
    """What is part of what; never a reason to join two clusters."""
    versions: tuple[Versions, ...]
    """What are states of one story; neither is this."""
    related: tuple[Related, ...]
    """What has a part of its text in common; nor this."""

    @property
    def canonical(self) -> dict[str, str]:
        """For each article the canonical one of its cluster, which may be itself."""
        return {id: cluster.canonical for cluster in self.clusters for id in cluster.ids}

    @property
    def unique(self) -> tuple[str, ...]:
        """One article of each cluster, the canonical one, in the order of the ids; of a story its newest version."""
        older = {id for found in self.versions for id in found.ids[:-1]}
        return tuple(cluster.canonical for cluster in self.clusters if cluster.canonical not in older)


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


def join_sure(links: Iterable[CopyLink], apart: Sequence[CopyLink], sizes: Sequence[Size]) -> UnionFind:
    """Return the clusters that the links which are sure by themselves make, as sets of texts."""
    return _joined_clusters([link for link in links if link.match.sure], apart, sizes, UnionFind())


def settle_links(
    members: Sequence[Member],
    texts: Iterable[Sequence[int]],
    links: Sequence[CopyLink],
    apart: Sequence[CopyLink],
    spread: Callable[[int], int],
) -> Duplicates:
    """Return clusters and parts.

    ``apart`` are links between fillings of one form, none of which is among ``links``. ``texts`` are the members of
    equal text, the first of which the links speak of; ``spread`` tells in how many of the clusters of ``join_sure`` a
    sketched shingle stands, exactly if in more than BOILERPLATE. What follows for an
    article hangs on the texts that links lead to from it, however far, and on no others: so collections can be settled
    piece by piece.
    """
    sets = UnionFind()
    for same in texts:
        for other in same[1:]:
            sets.join(same[0], other)
    sizes = [(member.print.size, member.print.digest) for member in members]
    accepted = [link for link in links if link.match.sure]
    accepted += [link for link in links if is_open(link, members) and _share_what_is_rare(link, members, spread)]
    _joined_clusters(accepted, apart, sizes, sets)
    groups: dict[int, list[Member]] = defaultdict(list)
    for place, member in enumerate(members):
        groups[sets.root(place)].append(member)
    clusters = {root: _cluster(found) for root, found in groups.items()}
    between = _between_copies(accepted, sets, sizes, clusters)
    parts = [Part(*pair, share) for pair, (share, is_version) in between if share >= CONTAINED and not is_version]
    related = [Related(*pair, share) for pair, (share, _) in between if share < CONTAINED]
    stories = [pair for pair, (share, is_version) in between if share >= CONTAINED and is_version]
    ordered = tuple(sorted(clusters.values(), key=lambda c: c.canonical))
    return Duplicates(ordered, tuple(parts), tuple(_versions(stories, members)), tuple(related))


def _cluster(found: list[Member]) -> Cluster:
    if len(found) == 1:
        return Cluster(found[0].id, (found[0].id,))
    longest = max(member.print.size for member in found)
    ids = tuple(member.id for member in sorted(found, key=lambda member: member.rank(longest)))
    return Cluster(ids[0], ids)


def _joined_clusters(
    links: Sequence[CopyLink], apart: Sequence[CopyLink], sizes: Sequence[Size], sets: UnionFind
) -> UnionFind:
    """Join copies of similar length that cover each other, or that have a common neighbour; the closest first.

    Two clusters are joined by a link if more links join them than pairs of fillings part them: else a text that is
    much edited is a bridge between all fillings of its form.
    """
    votes = _Votes(sets)
    covered = _covering_links(links, sizes)
    copies = sorted(covered, key=lambda link: (-covered[link], *sorted((sizes[link.one], sizes[link.other]))))
    for link in copies:
        votes.add(link.one, link.other, 1)
    for link in apart:
        votes.add(link.one, link.other, -1)
    for link in copies:
        votes.join(link.one, link.other)
    return sets


def _covering_links(links: Sequence[CopyLink], sizes: Sequence[Size]) -> dict[CopyLink, float]:
    """Return the links of similar length that cover enough of both texts, and how much."""
    near: dict[int, set[int]] = defaultdict(set)
    pairs = ((link, sorted((sizes[link.one], sizes[link.other]))) for link in links)
    similar = [link for link, (short, long) in pairs if short[0] >= SIMILAR_LENGTH * long[0]]
    for link in similar:
        near[link.one].add(link.other)
        near[link.other].add(link.one)
    covered = {link: min(link.match.cover, link.match.back) for link in similar}
    return {
        link: share
        for link, share in covered.items()
        if share >= COVERED_BOTH or (share >= NEIGHBOUR and not near[link.one].isdisjoint(near[link.other]))
    }


class _Votes:
    """For clusters that grow, how many links join each to others, less the pairs that part them."""

    def __init__(self, sets: UnionFind) -> None:
        self._sets = sets
        self._names: dict[int, int] = {}
        """For the root of each cluster the number under which it has votes."""
        self._votes: dict[int, Counter[int]] = defaultdict(Counter)

    def _name(self, text: int) -> int:
        root = self._sets.root(text)
        return self._names.get(root, root)

    def add(self, one: int, other: int, vote: int) -> None:
        """Count a vote on two texts."""
        mine, yours = self._name(one), self._name(other)
        self._votes[mine][yours] += vote
        self._votes[yours][mine] += vote

    def join(self, one: int, other: int) -> None:
        """Join the clusters of two texts if the votes are for it; the fewer votes are moved."""
        mine, yours = self._name(one), self._name(other)
        if mine == yours or self._votes[mine][yours] <= 0:
            return
        kept, gone = sorted((mine, yours), key=lambda name: -len(self._votes[name]))
        for name, vote in self._votes.pop(gone).items():
            del self._votes[name][gone]
            if name != kept:
                self._votes[kept][name] += vote
                self._votes[name][kept] += vote
        self._sets.join(one, other)
        self._names[self._sets.root(one)] = kept


def is_open(link: CopyLink, members: Sequence[Member]) -> bool:
    """Tell whether a link hangs on how rare what its texts share is: not sure by itself, no variants, none short."""
    short = any(members[side].print.key for side in (link.one, link.other))
    return not (link.match.sure or link.match.is_variant or short)


def _share_what_is_rare(link: CopyLink, members: Sequence[Member], spread: Callable[[int], int]) -> bool:
    sketches = [unpack("Q", members[side].print.sketch) for side in (link.one, link.other)]
    bound = min(sketch[-1] for sketch in sketches)
    rare = [{s for s in sketch if s <= bound and spread(s) <= BOILERPLATE} for sketch in sketches]
    shared = len(rare[0] & rare[1])
    return shared >= RARE_SHARED and shared >= RARE_CONTAINED * min(map(len, rare))


Between = tuple[tuple[str, str], tuple[float, bool]]
"""The canonical articles of two clusters, that of the shorter text first; the share of it that the longer one has, and
whether their lengths are those of versions."""


def _between_copies(
    links: Sequence[CopyLink], sets: UnionFind, sizes: Sequence[Size], clusters: Mapping[int, Cluster]
) -> list[Between]:
    """Return the links between clusters; of several between two the closest."""
    best: dict[tuple[str, str], tuple[float, bool]] = {}
    for link in links:
        short, long = sorted((link.one, link.other), key=sizes.__getitem__)
        roots = sets.root(short), sets.root(long)
        if roots[0] != roots[1]:
            pair = clusters[roots[0]].canonical, clusters[roots[1]].canonical
            pair = pair if pair[::-1] not in best else pair[::-1]
            found = round(link.match.cover, 3), sizes[short][0] >= VERSION * sizes[long][0]
            best[pair] = max(best.get(pair, found), found)
    return sorted(best.items())


def _versions(stories: Sequence[tuple[str, str]], members: Sequence[Member]) -> Iterator[Versions]:
    """Yield the stories that some pairs of canonical articles make."""
    known = {member.id: member.print for member in members}
    names = sorted({id for pair in stories for id in pair})
    places = {id: place for place, id in enumerate(names)}
    sets, groups = UnionFind(), defaultdict[int, list[str]](list)
    for one, other in stories:
        sets.join(places[one], places[other])
    for id in names:
        groups[sets.root(places[id])].append(id)
    for ids in groups.values():
        dated = all(known[id].published for id in ids)
        ids.sort(key=lambda id: (known[id].published if dated else "", known[id].size, known[id].digest, id))
        yield Versions(ids[-1], tuple(ids))
