"""Which near-duplicates are no copies: different fillings of one form (appointments, obituaries, court notices).

A copy differs from its original at random places: what an edit put there stands in this copy alone, and all others
agree with the original. Fillings of a form differ at the same places, its *slots*. So a difference of two texts lies in
a slot if the other near-duplicates of both differ from them there as well. Where texts have too few near-duplicates to
show that, the words decide: in a form content words stand for content words; an edit also drops words, adds some, and
changes function words.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.dedupe.alignment import Edit, SharedWords, align_traces, find_edits, is_at_end, join_edits
from cleanpage.dedupe.fingerprint import Fingerprint
from cleanpage.dedupe.verify import CopyLink
from cleanpage.languages import gathered
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.similarity import similarity
from cleanpage.union_find import UnionFind

FAMILY = 0.6
"""Texts that cover so much of each other are compared."""
FEW_COPIES, ENOUGH_COPIES = 3, 8
"""Near-duplicates of a text that show no slots yet, and those from which they show them all."""
CONTESTED, FEWEST_APART = 0.3, 2
"""In a slot such a share of them differ from the text, and at least so many ..."""
CHANCE = 3.0
"""... and so many times more than at the quietest quarter of its places: copies of many edits differ everywhere."""
MUTUAL = 0.5
"""Share of the differences at a place that are contested from both sides, if it is a slot: an edit of the text itself
is not, but where another text happens to be edited beside it."""
MANY = 10
"""A long text with fewer near-duplicates has two slots or none: one may be a byline that each paper has of its own."""
SAME = 0.8
"""Share of the slots in which two texts agree that are one filling: an edit may lie in a slot."""
WORD, PHRASE, EDIT, MARKED = 0.4, 2.0, -2.6, 3.5
"""Log-likelihood ratio of form against edit that a difference adds by its words: a content word or a phrase for
another, anything else (a word more or fewer, a function word), a numeral or a negation."""
FORM_LONG, FORM_SHORT = 3.5, 0.3
"""Sum from which two texts are fillings, long and short ones."""

_NUMERALS = lazy("[〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅]+|[ivxlcdm]+")
_LOOKALIKES = str.maketrans("1i05ch36ипо曰已巳末入太士", "lloseb" + "збннo日己己未人大土")
"""Letters that are read for one another; not a table of OCR, but enough of what is commonest."""
MISREAD, LEAST_MISREAD = 0.8, 5
"""Indel similarity above which two words of so many letters and nearly equal length are one, read wrongly."""
LEAST_LOST = 2
"""Letters that are left of a word whose last one is lost."""

MINE, YOURS = 0, 2
"""Where an edit names the stretch of the first text, and that of the second."""


def part_fillings(links: Sequence[CopyLink], prints: Sequence[Fingerprint]) -> tuple[list[CopyLink], list[CopyLink]]:
    """Return the links between texts that may be copies, and those between fillings of one form. Linear in the links.

    What is found hangs on the texts that links lead to, and on no others.
    """
    sets = UnionFind()
    close = [link for link in links if min(link.match.cover, link.match.back) >= FAMILY]
    for link in close:
        sets.join(link.one, link.other)
    families: dict[int, list[CopyLink]] = defaultdict(list)
    for link in close:
        families[sets.root(link.one)].append(link)
    apart = {link[:2] for found in families.values() for link in _Family(found, prints).fillings()}
    parted: tuple[list[CopyLink], list[CopyLink]] = [], []
    for link in links:
        parted[link[:2] in apart].append(link)
    return parted


class _TextPair(NamedTuple):
    """Two near-duplicates."""

    link: CopyLink
    one: int
    """The text that has fewer tokens."""
    other: int
    edits: list[Edit]
    """How ``one`` differs from it."""


class _Family:
    """Near-duplicates, their differences, and where these lie."""

    def __init__(self, links: Sequence[CopyLink], prints: Sequence[Fingerprint]) -> None:
        counts = Counter(text for link in links for text in link[:2])
        self._words: dict[int, SharedWords] = {text: prints[text].words.split(" ") for text in counts}
        self._short = {text for text in counts if prints[text].key}
        self._profiles = {text: _Profile(len(self._words[text]), n) for text, n in counts.items() if n > FEW_COPIES}
        self._pairs = [self._compare(link, prints) for link in links]
        for profile in self._profiles.values():
            profile.close()

    def _compare(self, link: CopyLink, prints: Sequence[Fingerprint]) -> _TextPair:
        """Return the differences of two texts, and add them to their profiles."""
        one, other = sorted(link[:2], key=lambda text: (prints[text].size, prints[text].digest))
        runs = align_traces(prints[one].trace, prints[other].trace)
        found, ends = find_edits(self._words[one], self._words[other], runs)
        for text, side in ((one, MINE), (other, YOURS)):
            if text in self._profiles:
                add_steps(self._profiles[text].apart, found, side, 1)
                add_steps(self._profiles[text].there, ends, side, -1)
        return _TextPair(link, one, other, found)

    def fillings(self) -> Iterator[CopyLink]:
        """Yield the links between different fillings."""
        contested = [self._contested(pair) for pair in self._pairs]
        for pair, found in zip(self._pairs, contested, strict=True):
            for profile, side in self._sides(pair):
                profile.times.update(chain.from_iterable(_edited_cells(edit, side) for edit in found))
        for profile in self._profiles.values():
            profile.find_slots()
        for pair, found in zip(self._pairs, contested, strict=True):
            if self._are_apart(pair, found) or self._read_as_fillings(pair):
                yield pair.link

    def _is_short(self, pair: _TextPair) -> bool:
        return pair.one in self._short or pair.other in self._short

    def _sides(self, pair: _TextPair) -> list[tuple[_Profile, int]]:
        """Return the profiles of two texts, of those that have one, and which side of their edits is of each."""
        sides = (pair.one, MINE), (pair.other, YOURS)
        return [(self._profiles[text], side) for text, side in sides if text in self._profiles]

    def _contested(self, pair: _TextPair) -> list[Edit]:
        """Return the differences that lie in slots of both texts, in short ones also of one if both readings are known.

        A text with few near-duplicates may have slots anywhere.
        """
        sides = self._sides(pair)
        short = len(sides) == 2 and self._is_short(pair)
        touched = [touching(pair.edits, profile.before, side) for profile, side in sides]
        return [
            edit
            for edit, *slots in zip(pair.edits, *touched, strict=True)
            if (all(slots) and slots) or (short and any(slots) and all(p.agrees(edit, side) for p, side in sides))
        ]

    def _are_apart(self, pair: _TextPair, found: Sequence[Edit]) -> bool:
        """Tell whether two texts differ in more of their slots than edits could lie in, or where readings are known."""
        sides, short = self._sides(pair), self._is_short(pair)
        if not found or not (short or any(profile.shows_form for profile, _ in sides)):
            return False
        mine, yours = self._words[pair.one], self._words[pair.other]
        apart = [edit for edit in found if not _are_alike(mine, yours, edit)]
        if short and any(_weight(mine, yours, edit) > 0 for edit in apart):
            return True
        touched = [(p, side, [e for e in apart if not p.slots.isdisjoint(_edited_cells(e, side))]) for p, side in sides]
        if len(sides) == 2 and all(any(p.agrees(edit, side) for edit in edits) for p, side, edits in touched):
            return True
        cells = sum(
            len(p.slots.intersection(_edited_cells(edit, side))) for p, side, edits in touched for edit in edits
        )
        return cells > (1 - SAME) * sum(len(profile.slots) for profile, _ in sides)

    def _read_as_fillings(self, pair: _TextPair) -> bool:
        """Tell by the words alone whether two texts differ as two fillings do.

        Long texts are read if neither has enough near-duplicates that are compared where the two differ, and their ends
        are not: these are a paper's own.
        """
        short = self._is_short(pair)
        if not short and any(
            p.there[2 * e[side]] >= ENOUGH_COPIES for p, side in self._sides(pair) for e in pair.edits
        ):
            return False
        mine, yours = self._words[pair.one], self._words[pair.other]
        least = FORM_SHORT if short else FORM_LONG
        joined = [edit for edit in join_edits(pair.edits) if short or not is_at_end(edit, len(mine), len(yours))]
        weights = [(_weight(mine, yours, edit), edit) for edit in joined]
        if sum(weight for weight, _ in weights if weight > 0) < least:
            return False
        return sum(weight for weight, edit in weights if not _are_alike(mine, yours, edit)) >= least


class _Profile:
    """How many of the near-duplicates of a text differ from it at each of its places.

    Places are cells: odd ones are tokens, even ones lie between them.
    """

    def __init__(self, size: int, count: int) -> None:
        """Begin with nothing known of a text of ``size`` tokens that has ``count`` near-duplicates."""
        none = array("i", bytes(4 * (2 * size + 3)))
        self.apart = none[:]
        """For each cell how many differ there ..."""
        self.there = none[:]
        """... and how many are compared there. Before ``close`` the steps of both."""
        self.times = Counter[int]()
        """In how many pairs a cell is contested from both sides."""
        self._contested: list[bool] = []
        """Of each cell whether there are enough that differ, besides the text that is compared."""
        self.before = none
        """Contested cells before each."""
        self.slots: set[int] = set()
        """Contested cells that are contested from other texts as well."""
        self.shows_form = count >= MANY
        """Whether there are two slots, or near-duplicates enough to believe one."""
        self.there[0] = count

    def close(self) -> None:
        """Find the contested cells: no near-duplicate is added any more."""
        self.apart = array("i", accumulate(self.apart))
        self.there = array("i", accumulate(self.there))
        tokens = sorted(self.apart[1::2])
        least = max(FEWEST_APART, CHANCE * (tokens[len(tokens) // 4] - 1))
        both = zip(self.apart, self.there, strict=True)
        self._contested = [
            there <= FEW_COPIES or (apart > least and apart - 1 >= CONTESTED * (there - 1)) for apart, there in both
        ]
        self.before = array("i", accumulate(self._contested, initial=0))

    def find_slots(self) -> None:
        """Find the slots: all contested edits are counted."""
        for cell, times in self.times.items():
            if self._contested[cell] and times >= max(FEWEST_APART, MUTUAL * self.apart[cell]):
                self.slots.add(cell)
        self.shows_form |= _count_runs(self.slots) > 1

    def agrees(self, edit: Edit, side: int) -> bool:
        """Tell whether a near-duplicate has the same where an edit lies."""
        cell = max(_edited_cells(edit, side), key=self.apart.__getitem__)
        return self.apart[cell] < self.there[cell]


def _edited_cells(edit: Edit, side: int) -> range:
    """Return the cells of a text in which an edit lies: its tokens, or the gap between two."""
    start, end = edit[side : side + 2]
    return range(2 * start, 2 * start + 1) if start == end else range(2 * start + 1, 2 * end)


@twin("dedupe")
def touching(found: Sequence[Edit], before: array[int], side: int) -> list[bool]:
    """Tell of each edit whether some of its cells are counted; ``before``: how many are before each."""
    return [before[cells.stop] > before[cells.start] for cells in (_edited_cells(edit, side) for edit in found)]


@twin("dedupe")
def add_steps(steps: array[int], found: Sequence[Edit], side: int, times: int) -> None:
    """Count the cells of edits and those around them; ``steps`` are what each cell has more than the one before."""
    for edit in found:
        steps[2 * edit[side]] += times
        steps[2 * edit[side + 1] + 1] -= times


def _count_runs(cells: Iterable[int]) -> int:
    """Return how many runs some cells make that have no token between."""
    ordered = sorted(cells)
    return len(ordered[:1]) + sum(after - before > 2 for before, after in pairwise(ordered))


def _readings(one: SharedWords, other: SharedWords, edit: Edit) -> tuple[SharedWords, SharedWords]:
    """Return the words of both texts where they differ."""
    start, end, low, high = edit
    return one[start:end], other[low:high]


def _weight(one: SharedWords, other: SharedWords, edit: Edit) -> float:
    """Return what a difference says for a form by its words."""
    mine, yours = _readings(one, other, edit)
    apart = set(mine) ^ set(yours)
    if apart and (apart <= _negations() or (mine and yours and all(map(_NUMERALS.fullmatch, apart)))):
        return MARKED
    if not (_is_content(mine) and _is_content(yours)):
        return EDIT
    return PHRASE if min(len(mine), len(yours)) > 1 else WORD


def _is_content(words: SharedWords) -> bool:
    """Tell whether words name something: one is no function word."""
    return any(word not in _function_words() for word in words)


@cache
def _negations() -> frozenset[str]:
    return frozenset(gathered(lambda language: language.negations))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(gathered(lambda language: language.words + language.function_words)) - _negations()


def _are_alike(one: SharedWords, other: SharedWords, edit: Edit) -> bool:
    """Tell whether a difference is but a letter or two read wrongly."""
    mine, yours = _readings(one, other, edit)
    if len(mine) == len(yours):
        return all(map(_is_misread, mine, yours))
    return _is_misread("".join(mine), "".join(yours))


def _is_misread(one: str, other: str) -> bool:
    """Tell whether two words look the same, or differ in a letter or two; numbers are what they are."""
    if one == other or one.isdecimal() or other.isdecimal():
        return one == other
    mine, yours = _skeleton(one), _skeleton(other)
    near = min(len(one), len(other)) >= LEAST_MISREAD and abs(len(mine) - len(yours)) <= 1
    shorter, longer = sorted((one, other), key=len)
    lost = len(shorter) >= LEAST_LOST and len(longer) == len(shorter) + 1 and longer.startswith(shorter)
    wide = one > "\u2e7f"
    return mine == yours or (not wide and (lost or (near and similarity(mine, yours, 0.0) > MISREAD)))


def _skeleton(text: str) -> str:
    """Return a word as its letters look."""
    return text.replace("rn", "m").replace("vv", "w").translate(_LOOKALIKES)
