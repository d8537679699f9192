"""Which near-duplicates are no copies: different fillings of one form (appointments, obituaries, court notices).

A copy differs from its original at random places: what an edit put there stands in this copy alone, and all others
agree with the original. Fillings of a form differ at the same places, its *slots*. So a difference of two texts lies in
a slot if the other near-duplicates of both differ from them there as well. Where texts have too few near-duplicates to
show that, the words decide: in a form content words stand for content words; an edit also drops words, adds some, and
changes function words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from cleanpage.dedupe.fingerprint import Fingerprint, unpack
from cleanpage.dedupe.forest import Forest
from cleanpage.dedupe.verify import Link
from cleanpage.languages import gathered
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.similarity import edits, similarity

FAMILY = 0.6
"""Texts that cover so much of each other are compared."""
ISLAND, FOREIGN = 5, 4
"""Fewer tokens in a row that agree do not end a difference that is so many times as long on both sides together: a word
or two agree by chance in any two texts."""
EDGE_WORDS, EDGE_WIDE = 10, 20
"""A difference at the beginning or end of a text that is longer than so many words, or ideograms, is a headline or a
lead, and none that is compared."""
FEW, ENOUGH = 3, 8
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

Words = Sequence[str]
Pair = tuple[int, int]


class Edit(NamedTuple):
    """A stretch of a text, and what stands in its place in another; in tokens."""

    start: int
    end: int
    low: int
    high: int

    @property
    def length(self) -> int:
        """Tokens of the longer side."""
        return max(self.end - self.start, self.high - self.low)

    @property
    def back(self) -> Edit:
        """The same seen from the other text."""
        return Edit(self.low, self.high, self.start, self.end)


def part_fillings(links: Sequence[Link], prints: Sequence[Fingerprint]) -> tuple[list[Link], list[Link]]:
    """Return the links between texts that may be copies, and those between fillings of one form. Linear in the links.

    What is found hangs on the texts that links lead to, and on no others.
    """
    forest = Forest()
    close = [link for link in links if min(link.match.cover, link.match.back) >= FAMILY]
    for link in close:
        forest.join(link.one, link.other)
    families: dict[int, list[Link]] = defaultdict(list)
    for link in close:
        families[forest.root(link.one)].append(link)
    apart = {link[:2] for found in families.values() for link in _Family(found, prints).fillings()}
    parted: tuple[list[Link], list[Link]] = [], []
    for link in links:
        parted[link[:2] in apart].append(link)
    return parted


class _Pair(NamedTuple):
    """Two near-duplicates."""

    link: Link
    one: int
    """The text that has fewer tokens."""
    other: int
    edits: list[Edit]
    """How ``one`` differs from it."""


class _Family:
    """Near-duplicates, their differences, and where these lie."""

    def __init__(self, links: Sequence[Link], prints: Sequence[Fingerprint]) -> None:
        counts = Counter(text for link in links for text in link[:2])
        self._words: dict[int, Words] = {text: prints[text].words.split(" ") for text in counts}
        self._short = {text for text in counts if prints[text].key}
        self._profiles = {text: _Profile(len(self._words[text]), n) for text, n in counts.items() if n > FEW}
        self._pairs = [self._compare(link, prints) for link in links]
        for profile in self._profiles.values():
            profile.close()

    def _compare(self, link: Link, prints: Sequence[Fingerprint]) -> _Pair:
        """Return the differences of two texts, and add them to their profiles."""
        one, other = sorted(link[:2], key=lambda text: (prints[text].size, prints[text].digest))
        found, ends = _differences(self._words[one], self._words[other], unpack("I", link.match.gaps))
        if one in self._profiles:
            self._profiles[one].add(found, ends)
        if other in self._profiles:
            self._profiles[other].add([edit.back for edit in found], [edit.back for edit in ends])
        return _Pair(link, one, other, found)

    def fillings(self) -> Iterator[Link]:
        """Yield the links between different fillings."""
        contested = [self._contested(pair) for pair in self._pairs]
        self._find_slots(contested)
        for pair, found in zip(self._pairs, contested, strict=True):
            by_words = self._is_short(pair) or not self._are_known(pair)
            if self._are_apart(pair, found) or (by_words and self._read_as_fillings(pair)):
                yield pair.link

    def _is_short(self, pair: _Pair) -> bool:
        return pair.one in self._short or pair.other in self._short

    def _sides(self, pair: _Pair, edits: Sequence[Edit]) -> list[tuple[_Profile, list[Edit]]]:
        """Return the profiles of two texts that have one, and some of their edits as seen from there."""
        found = []
        if pair.one in self._profiles:
            found.append((self._profiles[pair.one], list(edits)))
        if pair.other in self._profiles:
            found.append((self._profiles[pair.other], [edit.back for edit in edits]))
        return found

    def _are_known(self, pair: _Pair) -> bool:
        """Tell whether a text has enough near-duplicates that are compared where the two differ."""
        sides = self._sides(pair, pair.edits)
        return any(profile.compared(edit) >= ENOUGH for profile, edits in sides for edit in edits)

    def _contested(self, pair: _Pair) -> list[Edit]:
        """Return the differences that lie in slots of both texts, in short ones also of one if both readings are known.

        A text with few near-duplicates may have slots anywhere.
        """
        mine, yours = self._profiles.get(pair.one), self._profiles.get(pair.other)
        if mine and yours:
            short = self._is_short(pair)
            return [
                edit for edit in pair.edits
                if mine.is_slot(edit) + yours.is_slot(edit.back)
                + (short and mine.agrees(edit) and yours.agrees(edit.back)) >= 2
            ]  # fmt: skip
        return [edit for edit in pair.edits if (mine and mine.is_slot(edit)) or (yours and yours.is_slot(edit.back))]

    def _find_slots(self, contested: Sequence[Sequence[Edit]]) -> None:
        """Let each text know where its near-duplicates contest it and are contested."""
        times: dict[int, Counter[int]] = defaultdict(Counter)
        for pair, found in zip(self._pairs, contested, strict=True):
            for edit in found:
                times[pair.one].update(_cells(edit))
                times[pair.other].update(_cells(edit.back))
        for text, profile in self._profiles.items():
            profile.set_slots(times[text])

    def _are_apart(self, pair: _Pair, found: Sequence[Edit]) -> bool:
        """Tell whether two texts differ in more of their slots than edits could lie in, or where readings are known."""
        mine, yours = self._words[pair.one], self._words[pair.other]
        apart = [edit for edit in found if not _are_alike(mine, yours, edit)]
        sides = self._sides(pair, apart)
        if self._is_short(pair):
            if any(_weight(mine, yours, edit) > 0 for edit in apart):
                return True
        elif not any(profile.shows_form for profile, _ in sides):
            return False
        touched = [(profile, [e for e in edits if not profile.slots.isdisjoint(_cells(e))]) for profile, edits in sides]
        if len(sides) == 2 and all(any(map(profile.agrees, edits)) for profile, edits in touched):
            return True
        cells = sum(len(profile.slots.intersection(_cells(edit))) for profile, edits in touched for edit in edits)
        return cells > (1 - SAME) * sum(len(profile.slots) for profile, _ in sides)

    def _read_as_fillings(self, pair: _Pair) -> bool:
        """Tell by the words alone whether two texts differ as two fillings do."""
        mine, yours = self._words[pair.one], self._words[pair.other]
        least = FORM_SHORT if self._is_short(pair) else FORM_LONG
        weights = [(_weight(mine, yours, edit), edit) for edit in _joined(pair.edits)]
        if sum(weight for weight, _ in weights if weight > 0) < least:
            return False
        return sum(weight for weight, edit in weights if not _are_alike(mine, yours, edit)) >= least


class _Profile:
    """How many of the near-duplicates of a text differ from it at each of its places.

    Places are cells: odd ones are tokens, even ones lie between them.
    """

    def __init__(self, size: int, count: int) -> None:
        """Begin with nothing known of a text of ``size`` tokens that has ``count`` near-duplicates."""
        self.count = count
        self._apart = [0] * (2 * size + 3)
        """For each cell how many differ there ..."""
        self._there = [0] * (2 * size + 3)
        """... and how many are compared there. Before ``close`` the steps of both."""
        self.contested: list[bool] = []
        """Of each cell whether there are enough that differ, besides the text that is compared."""
        self._before: list[int] = []
        """Contested cells before each."""
        self.slots: set[int] = set()
        """Contested cells that are contested from other texts as well."""

    def add(self, edits: Iterable[Edit], ends: Iterable[Edit]) -> None:
        """Count a near-duplicate: where it differs, and what ends of the text are not compared with it."""
        for steps, sign, found in ((self._apart, 1, edits), (self._there, -1, ends)):
            for start, end, _, _ in found:
                steps[2 * start] += sign
                steps[2 * end + 1] -= sign

    def close(self) -> None:
        """Make the sums: nothing is added any more."""
        self._apart = list(accumulate(self._apart))
        self._there = [self.count + step for step in accumulate(self._there)]
        tokens = sorted(self._apart[1::2])
        least = max(FEWEST_APART, CHANCE * (tokens[len(tokens) // 4] - 1))
        both = zip(self._apart, self._there, strict=True)
        self.contested = [
            there <= FEW or (apart > least and apart - 1 >= CONTESTED * (there - 1)) for apart, there in both
        ]
        self._before = list(accumulate(self.contested, initial=0))

    def set_slots(self, times: Mapping[int, int]) -> None:
        """Note which contested cells are slots; ``times``: in so many pairs a cell is contested from both sides."""
        self.slots = {
            cell
            for cell, n in times.items()
            if self.contested[cell] and n >= max(FEWEST_APART, MUTUAL * self._apart[cell])
        }

    @property
    def shows_form(self) -> bool:
        """Whether there are two slots, or near-duplicates enough to believe one."""
        return self.count >= MANY or _count_runs(self.slots) > 1

    def is_slot(self, edit: Edit) -> bool:
        """Tell whether an edit lies where enough differ."""
        cells = _cells(edit)
        return self._before[cells.stop] > self._before[cells.start]

    def compared(self, edit: Edit) -> int:
        """Return how many near-duplicates are compared where an edit begins."""
        return self._there[2 * edit.start]

    def agrees(self, edit: Edit) -> bool:
        """Tell whether a near-duplicate has the same where an edit lies."""
        cell = max(_cells(edit), key=self._apart.__getitem__)
        return self._apart[cell] < self._there[cell]


def _cells(edit: Edit) -> range:
    """Return the cells of a text in which an edit lies: its tokens, or the gap between two."""
    if edit.start == edit.end:
        return range(2 * edit.start, 2 * edit.start + 1)
    return range(2 * edit.start + 1, 2 * edit.end)


def _count_runs(cells: Iterable[int]) -> int:
    """Return how many runs some cells make that have no token between."""
    ordered = sorted(cells)
    return len(ordered[:1]) + sum(after - before > 2 for before, after in pairwise(ordered))


def _differences(one: Words, other: Words, gaps: Sequence[int]) -> tuple[list[Edit], list[Edit]]:
    """Return where two texts differ, and the ends of them that are not compared: a headline, a lead.

    ``gaps`` are where no common shingles stand, four numbers each, if known.
    """
    parts = iter(gaps)
    known = map(Edit, parts, parts, parts, parts) if gaps else _joined(map(Edit._make, edits(one, other, 1)))
    found: list[Edit] = []
    ends: list[Edit] = []
    for gap in known:
        edit = _without_more(gap, one, other)
        if _is_end(edit, one, other):
            ends.append(edit)
        elif min(edit.end - edit.start, edit.high - edit.low) == 0 or edit.length == 1:
            found += [edit] if edit.length else []
        else:
            start, end, low, high = edit
            for a, b, c, d in edits(one[start:end], other[low:high], 1):
                found.append(Edit(start + a, start + b, low + c, low + d))
    return found, ends


def _joined(found: Iterable[Edit]) -> list[Edit]:
    """Return edits, those that chance alone parts as one."""
    out: list[Edit] = []
    for next_edit in found:
        edit = next_edit
        while out and (island := edit.start - out[-1].end) < ISLAND:
            if FOREIGN * island > out[-1].length + edit.length:
                break
            before = out.pop()
            edit = Edit(before.start, edit.end, before.low, edit.high)
        out.append(edit)
    return out


def _without_more(edit: Edit, one: Words, other: Words) -> Edit:
    """Return an edit, at an end of the texts without what the longer text has more there: a lead, a note, a cut."""
    mine, yours = edit.end - edit.start, edit.high - edit.low
    least = min(mine, yours)
    if edit.start == 0 or edit.low == 0:
        return Edit(edit.end - least, edit.end, edit.high - least, edit.high)
    if edit.end == len(one) or edit.high == len(other):
        return Edit(edit.start, edit.start + least, edit.low, edit.low + least)
    return edit


def _is_end(edit: Edit, one: Words, other: Words) -> bool:
    """Tell whether a difference is more than a name or two at an end of a text."""
    if edit.start > 0 < edit.low and edit.end < len(one) and edit.high < len(other):
        return False
    wide = any(map(_is_ideogram, (*one[edit.start : edit.end][:1], *other[edit.low : edit.high][:1])))
    return edit.length > (EDGE_WIDE if wide else EDGE_WORDS)


def _weight(one: Words, other: Words, edit: Edit) -> float:
    """Return what a difference says for a form by its words."""
    mine, yours = one[edit.start : edit.end], other[edit.low : edit.high]
    apart = set(mine) ^ set(yours)
    if apart and (apart <= _negations() or (mine and yours and all(map(_NUMERALS.fullmatch, apart)))):
        return MARKED
    if not (_is_content(mine) and _is_content(yours)):
        return EDIT
    return PHRASE if min(len(mine), len(yours)) > 1 else WORD


def _is_content(words: Words) -> bool:
    """Tell whether words name something: one is no function word."""
    return any(word not in _function_words() for word in words)


def _is_ideogram(word: str) -> bool:
    return len(word) == 1 and word > "\u2e7f"


@cache
def _negations() -> frozenset[str]:
    return frozenset(gathered(lambda language: language.negations))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(gathered(lambda language: language.words + language.function_words)) - _negations()


def _are_alike(one: Words, other: Words, edit: Edit) -> bool:
    """Tell whether a difference is but a letter or two read wrongly."""
    mine, yours = one[edit.start : edit.end], other[edit.low : edit.high]
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
