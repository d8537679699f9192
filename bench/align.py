"""Which lines of a flattened page stand in the labelled body: the targets that the body stage is learned from.

The lines are aligned with the label in order (heaviest increasing subsequence), so that a teaser that repeats a
sentence of the body, or a menu word that also occurs in it, is not taken for a part of the body.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from bench.score import SHINGLE, tokens

SHORT = 6
"""Lines of fewer tokens count only where they begin a line of the label, or go on where the line before left off."""
MOST_PLACES = 12
"""Places in the label that are tried for one line."""
ENOUGH = 0.5
"""Share of a line's shingles that must stand in the label."""

Match = tuple[int, int]
"""First token of the label that a line covers, and one past the last."""


def matched(lines: Sequence[str], label: str) -> list[bool]:
    """Return for each line whether it stands in ``label``, in the order of the page."""
    wanted: list[str] = []
    starts: set[int] = set()
    for line in label.splitlines():
        starts.add(len(wanted))
        wanted += tokens(line)
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in range(1, SHINGLE + 1):
        for at in range(len(wanted) - size + 1):
            index[tuple(wanted[at : at + size])].append(at)
    cut = [tokens(line) for line in lines]
    places = [_places(own, wanted, starts, index) for own in cut]
    chosen = _heaviest(places, [len(own) for own in cut])
    return _with_neighbours(cut, wanted, chosen)


def _places(
    own: Sequence[str], wanted: Sequence[str], starts: set[int], index: dict[tuple[str, ...], list[int]]
) -> list[Match]:
    """Return where a line may stand in the label."""
    if not own:
        return []
    size = len(own)
    found = [at for at in index.get(tuple(own[:SHINGLE]), ()) if list(wanted[at : at + size]) == list(own)]
    if size < SHORT:
        ends = {*starts, len(wanted)}
        return [(at, at + size) for at in found if at in starts and at + size in ends][:MOST_PLACES]
    if found:
        return [(at, at + size) for at in found][:MOST_PLACES]
    hits = [index[s] for i in range(size - SHINGLE + 1) if (s := tuple(own[i : i + SHINGLE])) in index]
    if len(hits) < ENOUGH * (size - SHINGLE + 1):
        return []
    once = sorted(at for row in hits if len(row) == 1 for at in row) or sorted(row[0] for row in hits)
    middle = once[len(once) // 2]
    near = [at for at in once if abs(at - middle) <= size]
    return [(near[0], near[-1] + SHINGLE)]


def _heaviest(places: Sequence[Sequence[Match]], sizes: Sequence[int]) -> list[Match | None]:
    """Return the places of the lines that make the heaviest sequence in the order of the label."""
    ends: list[int] = [0]  # label positions ...
    best: list[tuple[int, int]] = [(0, -1)]  # ... each with the most tokens that can be covered up to it, and the step
    steps: list[tuple[int, Match, int]] = []  # line, place, step before
    for line, options in enumerate(places):
        new = []
        for place in options:
            slack = min(place[1] - place[0], sizes[line]) // 4
            total, before = best[bisect_right(ends, place[0] + slack) - 1]
            steps.append((line, place, before))
            new.append((place[1], total + sizes[line], len(steps) - 1))
        for end, total, step in new:
            at = bisect_right(ends, end)
            if best[at - 1][0] >= total:
                continue
            stop = at
            while stop < len(ends) and best[stop][0] <= total:
                stop += 1
            ends[at:stop], best[at:stop] = [end], [(total, step)]
            if at and ends[at - 1] == end:
                del ends[at - 1], best[at - 1]
    chosen: list[Match | None] = [None] * len(places)
    step = best[-1][1]
    while step >= 0:
        line, place, step = steps[step]
        chosen[line] = place
    return chosen


def _with_neighbours(cut: Sequence[Sequence[str]], wanted: Sequence[str], chosen: Sequence[Match | None]) -> list[bool]:
    """Add the short lines that go on where the line before left off, or lead up to the next: cut at a link."""
    got = [place is not None for place in chosen]
    at: int | None = None
    for i, (own, place) in enumerate(zip(cut, chosen, strict=True)):
        if place is not None:
            at = place[1]
        elif own and at is not None and list(wanted[at : at + len(own)]) == list(own):
            got[i], at = True, at + len(own)
        elif own:
            at = None
    at = None
    for i in range(len(cut) - 1, -1, -1):
        own, place = cut[i], chosen[i]
        if place is not None:
            at = place[0]
        elif own and not got[i] and at is not None and at >= len(own) and list(wanted[at - len(own) : at]) == list(own):
            got[i], at = True, at - len(own)
        elif own and not got[i]:
            at = None
    return got
