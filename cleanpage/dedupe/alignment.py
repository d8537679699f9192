"""Where two near-duplicates differ: an alignment of their traces, then of the words between what is aligned."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter, sub

from cleanpage._native import twin
from cleanpage.dedupe.fingerprint import WORDS, unpack
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.similarity import edits

ISLAND, FOREIGN = 5, 4
"""Fewer tokens in a row that agree do not end a difference that is so many times as long on both sides together: a word
or two agree by chance in any two texts."""
EDGE_WORDS, EDGE_WIDE = 10, 20
"""A difference at the beginning or end of a text that is longer than so many words, or ideograms, is a headline or a
lead, and none that is compared."""
ALIGNED = 4_000_000
"""Differences whose two sides have a larger product of tokens are not looked into: that takes quadratic time."""

TRACES_KEPT = 128
"""Texts whose places of shingles are kept: one is compared with several others."""

_RUN = lazy(b"(?<!\x01)\x01*\x00")

SharedWords = Sequence[str]
SharedRun = tuple[int, int, int]
"""Shingles that two texts have in common: where they start in each, and how many they are."""
Edit = tuple[int, int, int, int]
"""A stretch of a text, and what stands in its place in another: start and end in each, in tokens."""


def align_traces(one: bytes, other: bytes) -> list[SharedRun]:
    """Return stretches of shingles that two texts have in common, in an order that ascends in both; O(n log n).

    Of all that ``equal_runs`` finds the chain that holds most shingles.
    """
    runs = equal_runs(one, other)
    if runs == sorted(runs, key=itemgetter(1)):
        return runs
    seconds: list[int] = []  # where in the other text chains end that hold more than those that end before ...
    held: list[int] = []  # ... how many shingles they hold ...
    ends: list[int] = []  # ... and their last runs
    before: list[int] = []  # for each run the one before it in its chain
    for number, (_, second, length) in enumerate(runs):
        at = end = bisect_left(seconds, second)
        most = length + (held[at - 1] if at else 0)
        before.append(ends[at - 1] if at else -1)
        while end < len(held) and held[end] <= most:
            end += 1
        seconds[at:end], held[at:end], ends[at:end] = [second], [most], [number]
    chain, number = [], ends[-1]
    while number >= 0:
        chain.append(runs[number])
        number = before[number]
    return chain[::-1]


@twin("dedupe")
def equal_runs(one: bytes, other: bytes) -> list[SharedRun]:
    """Return the stretches of shingles of one trace that stand in another too, there as the last of their kind.

    Each as long as it goes; in the order of the first.
    """
    places = list(map(_places(other).get, unpack("I", one), repeat(-2)))
    steps = bytes(map((1).__eq__, map(sub, places[1:], places)))
    runs = _RUN.finditer(steps + b"\0") if places else ()
    return [(run.start(), places[run.start()], len(run[0])) for run in runs if places[run.start()] >= 0]


@lru_cache(maxsize=TRACES_KEPT)
def _places(trace: bytes) -> dict[int, int]:
    """Return where each shingle stands last."""
    shingles = unpack("I", trace)
    return dict(zip(shingles, range(len(shingles)), strict=True))


@twin("dedupe")
def find_edits(one: SharedWords, other: SharedWords, runs: list[SharedRun]) -> tuple[list[Edit], list[Edit]]:
    """Return where two texts differ, and the ends of them that are not compared: a headline, a lead.

    ``runs`` are what ``align_traces`` returned for the two.
    """
    found: list[Edit] = []
    ends: list[Edit] = []
    for gap in _between_anchors(one, other, runs):
        start, end, low, high = edit = _without_more(gap, len(one), len(other))
        mine, yours = end - start, high - low
        if _is_end(edit, one, other):
            ends.append(edit)
        elif mine * yours <= 1 or mine * yours > ALIGNED or set(one[start:end]).isdisjoint(other[low:high]):
            found += [edit] * (mine + yours > 0)
        else:
            for a, b, c, d in edits(one[start:end], other[low:high], 1):
                found.append((start + a, start + b, low + c, low + d))
    return found, ends


def _between_anchors(one: SharedWords, other: SharedWords, runs: list[SharedRun]) -> Iterable[Edit]:
    """Yield what stands between the runs that two texts have in common."""
    start = low = 0
    for run, place, length in (*runs, (len(one), len(other), 0)):
        end, high = run, place
        over = max(0, start - end, low - high)  # runs share tokens where a word stands twice on one side
        start, low = start - over, low - over
        while start < end and low < high and one[start] == other[low]:
            start, low = start + 1, low + 1
        while start < end and low < high and one[end - 1] == other[high - 1]:
            end, high = end - 1, high - 1
        if start < end or low < high:
            yield start, end, low, high
        start, low = run + length + WORDS - 1, place + length + WORDS - 1


def join_edits(found: Iterable[Edit]) -> list[Edit]:
    """Return edits, those that chance alone parts as one."""
    out: list[Edit] = []
    for edit in found:
        start, end, low, high = edit
        while out and (island := start - out[-1][1]) < ISLAND:
            before = out[-1]
            if FOREIGN * island > max(before[1] - before[0], before[3] - before[2]) + max(end - start, high - low):
                break
            start, _, low, _ = out.pop()
        out.append((start, end, low, high))
    return out


def _without_more(edit: Edit, size: int, other_size: int) -> Edit:
    """Return an edit, at an end of the texts without what the longer text has more there: a lead, a note, a cut."""
    start, end, low, high = edit
    least = min(end - start, high - low)
    if start == 0 or low == 0:
        return end - least, end, high - least, high
    if end == size or high == other_size:
        return start, start + least, low, low + least
    return edit


def is_ideogram(word: str) -> bool:
    """Tell whether a token is a single ideogram."""
    return len(word) == 1 and word > "\u2e7f"


def is_at_end(edit: Edit, size: int, other_size: int) -> bool:
    """Tell whether a difference is at the beginning or the end of one of two texts of so many tokens."""
    start, end, low, high = edit
    return min(start, low) == 0 or end == size or high == other_size


def _is_end(edit: Edit, one: SharedWords, other: SharedWords) -> bool:
    """Tell whether a difference is more than a name or two at an end of a text."""
    start, end, low, high = edit
    if not is_at_end(edit, len(one), len(other)):
        return False
    wide = any(map(is_ideogram, (*one[start:end][:1], *other[low:high][:1])))
    return max(end - start, high - low) > (EDGE_WIDE if wide else EDGE_WORDS)
