"""Which near-duplicates are no copies: different fillings of one form (appointments, obituaries, court notices).

A copy differs from its original at random places: every place has a reading that nearly all copies share. Fillings of a
form differ at the same places, its *slots*, and there each has something of its own. So all texts of a family of
near-duplicates are aligned with one of them, and the places are counted at which they differ. Where the family is too
small to show slots, the differences of a pair decide: in a form content words stand for content words; an edit also
drops words, adds some, and changes function words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain
from math import exp, factorial
from typing import NamedTuple

from cleanpage.dedupe.fingerprint import SHORT_TOKENS, Fingerprint
from cleanpage.dedupe.forest import Forest
from cleanpage.dedupe.verify import Link
from cleanpage.languages import gathered
from cleanpage.model import Span
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.similarity import edits, similarity

LONGEST = 2000
"""Tokens of the longest text that is aligned, which takes 3 ms then."""
FAMILY = 0.6
"""Texts that cover so much of each other are of one family."""
ALIGNED = 0.4
"""Share of a text's tokens that stand in the reference, without which the text belongs to another form ..."""
REFERENCES, TRIED = 8, 1
"""... of which so many are looked for in a family; and in how many ways before it is taken for one of copies."""
ISLAND, FOREIGN = 5, 4
"""Fewer tokens in a row that agree do not end a difference that is so many times as long on both sides together: a word
or two agree by chance in any two texts."""
EDGE_WORDS, EDGE_WIDE = 10, 20
"""A difference at the beginning or end of a text that is longer than so many words, or ideograms, is a headline, a
lead, a cut."""
CONTESTED, FEWEST_APART, READINGS = 0.3, 2, 3
"""At a slot so large a share of the family, and at least so many texts, differ from the commonest reading, and
there are so many readings."""
CHANCE = 3.0
"""There are more slots than so many times the number that noise would make ..."""
MANY = 10
"""... and at least two in long texts, if these are fewer: one may be a byline that each paper has of its own."""
COMMON, COMMON_WEIGHT = 0.25, 0.25
"""A reading of more than this share of the family counts so much: that two fillings share a date says little."""
SAME = 0.7
"""Share of the weight of all slots in which two texts agree that are one filling."""
SMALLEST, SMALL = 5, 8
"""Texts of a family from which slots are looked for; families below the second are also compared in pairs."""
WORD, PHRASE, EDIT, MARKED = 0.4, 2.0, -2.6, 3.5
"""Log-likelihood ratio of form against edit that a difference adds: a content word or a phrase for another, anything
else (a word more or fewer, a function word), a numeral or a negation."""
FORM_LONG, FORM_SHORT = 3.5, 0.3
"""Sum from which two texts are fillings, long and short ones."""

_NUMERALS = lazy("[〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅]+|[ivxlcdm]+")
_NEGATIONS = frozenset((
    *("not", "no", "never", "without", "nor", "cannot", "nicht", "kein", "keine", "ne", "pas", "sans", "non"),
    *("не", "нет", "без", "ни"), *"不未无没非",
))  # fmt: skip
_PARTICLES = frozenset("的了是在和与及于为之其以而也都就还又着过将把被由向从对等这那有上中下个,")
_LOOKALIKES = (("rn", "m"), ("vv", "w"), ("1", "l"), ("i", "l"), ("0", "o"), ("5", "s"), ("c", "e"), ("h", "b"),
               ("3", "з"), ("6", "б"), ("и", "н"), ("п", "н"), ("о", "o"), ("曰", "日"), ("已", "己"), ("巳", "己"),
               ("末", "未"), ("入", "人"), ("太", "大"), ("士", "土"))  # fmt: skip
"""Letters that are read for one another; not a table of OCR, but enough of what is commonest."""
MOST_COUNTED = 100
MISREAD, LEAST_MISREAD = 0.8, 5
"""Indel similarity above which two words of so many letters and nearly equal length are one, read wrongly."""


LEAST_LOST = 2
"""Letters that are left of a word whose last one is lost."""


class Edit(NamedTuple):
    """A stretch of the reference, and what stands in its place in a text; in tokens."""

    start: int
    end: int
    low: int
    high: int


def without_fillings(links: Sequence[Link], prints: Sequence[Fingerprint]) -> list[Link]:
    """Return the links but for those between texts that one form was filled in for. Linear in the links.

    What is found hangs on the texts that links lead to, and on no others.
    """
    forest = Forest()
    for link in links:
        if _is_close(link):
            forest.join(link.one, link.other)
    families: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        if _is_close(link):
            families[forest.root(link.one)].append(link)
    apart = {pair for found in families.values() for pair in _fillings(found, prints)}
    return [link for link in links if (link.one, link.other) not in apart]


def _is_close(link: Link) -> bool:
    return min(link.match.cover, link.match.back) >= FAMILY


def _fillings(links: Sequence[Link], prints: Sequence[Fingerprint]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a family that are different fillings."""
    names = {text for link in links for text in (link.one, link.other)}
    words = {text: prints[text].words.split(" ") for text in names if prints[text].size <= LONGEST}
    form_of = _forms(links, words, prints)
    for link in links:
        one, other = sorted((link.one, link.other), key=lambda text: (prints[text].size, prints[text].digest))
        if one not in words or other not in words:
            continue
        form = form_of.get(one)
        if form is not None and form is form_of.get(other):
            apart = not form.is_same(one, other)
        else:
            short = bool(prints[one].key or prints[other].key)
            apart = (form_of or len(names) < SMALL) and _are_fillings(words[one], words[other], short=short)
        if apart:
            yield link.one, link.other


def _forms(
    links: Sequence[Link], words: Mapping[int, Sequence[str]], prints: Sequence[Fingerprint]
) -> dict[int, Form]:
    """Return the form of each text of a family that is known to be a filling.

    Of the texts that are left the one with most links among them is the next reference.
    """
    rest, form_of = dict(words), dict[int, Form]()
    for tried in range(REFERENCES):
        if len(rest) < SMALLEST or (tried >= TRIED and not form_of):
            break
        degree = Counter(t for link in links if link.one in rest and link.other in rest for t in (link.one, link.other))
        best = min(rest, key=lambda text: (-degree[text], prints[text].size, prints[text].digest))
        form = Form(best, dict(rest))
        form_of |= dict.fromkeys(form.texts, form)
        for text in form.texts or [best]:
            del rest[text]
    return form_of


class Form:
    """Near-duplicates aligned with one of them, and the slots in which they differ."""

    def __init__(self, reference: int, words: Mapping[int, Sequence[str]]) -> None:
        """Align ``words`` of some texts, by number, with those of the reference; those that do not fit are left out."""
        self._words = words
        self._length = len(words[reference])
        self.edits: dict[int, list[Edit]] = {}
        """For each text that fits its differences from the reference."""
        self._ends: dict[int, list[Edit]] = {}
        """Those among them that are a headline, a lead, a cut: what stands there is not compared."""
        for text, found in words.items():
            differences = _differences(words[reference], found)
            if _agreeing(differences, self._length, len(found)) >= ALIGNED:
                self.edits[text] = differences
                self._ends[text] = [edit for edit in differences if _is_edge(edit, words[reference], found)]
        self.slots = self._find_slots()
        """Stretches of the reference, start and end, if these are fillings of a form."""
        self.texts = [text for text in self.edits if self.slots and not self._has_end_at_slot(text)]
        """Those that have them all."""
        self._places = [{text: self._place(text, *slot) for text in self.edits} for slot in self.slots]
        self._counts = [Counter(self._reading(*place) for place in places.items()) for places in self._places]

    def _find_slots(self) -> list[tuple[int, int]]:
        """Return the slots; none if the differences lie at random places."""
        cells: dict[int, Counter[tuple[str, ...]]] = defaultdict(Counter)
        for text, differences in self.edits.items():
            for edit in differences:
                if edit not in self._ends[text]:
                    for cell, reading in self._cells(text, edit):
                        cells[cell][reading] += 1
        sizes = self._sizes()
        apart = {cell: sizes[cell] - max(sizes[cell] - n.total(), *n.values()) for cell, n in cells.items()}
        slots = {cell for cell, n in apart.items() if n >= max(FEWEST_APART, CONTESTED * sizes[cell])}
        known = {cell for cell in slots if len(cells[cell]) >= READINGS - 1}
        runs = list(_runs(sorted(slots)))
        count = sum(not known.isdisjoint(run) for run in runs)
        noise = sum(n for cell, n in apart.items() if cell not in slots) / self._length
        by_chance = self._length * _poisson_tail(max(FEWEST_APART, int(CONTESTED * len(self.edits))), noise)
        one_is_enough = self._length < SHORT_TOKENS or len(self.edits) >= MANY
        if count < 2 - one_is_enough or count <= CHANCE * by_chance:
            return []
        return [(run[0] // 2, (run[-1] + 1) // 2) for run in runs]

    def _has_end_at_slot(self, text: int) -> bool:
        ends = self._ends[text]
        return any(edit.start < end and start < edit.end for edit in ends for start, end in self.slots)

    def _sizes(self) -> list[int]:
        """Return for each cell how many texts are compared there."""
        steps = [0] * (2 * self._length + 2)
        for edit in chain.from_iterable(self._ends.values()):
            steps[2 * edit.start] -= 1
            steps[2 * edit.end + 1] += 1
        return [len(self.edits) + step for step in accumulate(steps)]

    def _cells(self, text: int, edit: Edit) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the cells of an edit, each with its reading: odd ones are reference tokens, others lie between."""
        value = tuple(self._words[text][edit.low : edit.high])
        if edit.start == edit.end:
            yield 2 * edit.start, value
        elif len(value) == edit.end - edit.start:
            for place, word in enumerate(value, edit.start):
                yield 2 * place + 1, (word,)
        else:
            for place in range(edit.start, edit.end):
                yield 2 * place + 1, value

    def _place(self, text: int, start: int, end: int) -> Span:
        """Return where in a text a slot lies; what the slot cuts is inside."""
        low, shift_low, high, shift_high = start, 0, end, 0
        for edit in self.edits[text]:
            if edit.end < start or (edit.end == start and edit.start < edit.end):
                shift_low = edit.high - edit.end
            elif edit.start <= start:
                low, shift_low = edit.start, edit.low - edit.start
            if edit.start < end or edit.start == edit.end == end:
                high, shift_high = max(end, edit.end), edit.high - edit.end
        return low + shift_low, high + shift_high

    def _reading(self, text: int, place: Span) -> str:
        """Return what a text has in a slot."""
        return " ".join(self._words[text][slice(*place)])

    def is_same(self, one: int, other: int) -> bool:
        """Tell whether two texts are one filling: they agree in most slots, and in those whose readings are known."""
        sides = self._words[one], self._words[other]
        apart = [edit for edit in _differences(*sides) if _differ(edit, *sides)]
        agreeing = of = 0.0
        for places, counts in zip(self._places, self._counts, strict=True):
            mine, yours = (counts[self._reading(text, places[text])] for text in (one, other))
            rarer = min(mine, yours)
            weight = 1.0 if rarer <= max(FEWEST_APART, COMMON * len(self.edits)) else COMMON_WEIGHT
            same = not any(_touches(edit, places[one], places[other]) for edit in apart)
            if not same and rarer >= FEWEST_APART:
                return False
            of += weight
            agreeing += weight * same
        return agreeing >= SAME * of


def _differ(edit: Edit, one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether a difference is neither at an end, where one text may have more, nor a letter read wrongly."""
    more = edit.start == edit.end in (0, len(one)) or edit.low == edit.high in (0, len(other))
    if more or _is_edge(edit, one, other):
        return False
    return not _are_alike(" ".join(one[edit.start : edit.end]), " ".join(other[edit.low : edit.high]))


def _touches(edit: Edit, mine: Span, yours: Span) -> bool:
    """Tell whether a difference of two texts lies in a slot of both."""
    inside = _overlap((edit.start, edit.end), mine)
    also = _overlap((edit.low, edit.high), yours)
    return inside and also


def _overlap(one: Span, slot: Span) -> bool:
    """Tell whether a stretch lies in a slot partly; an empty one also at its ends."""
    return slot[0] <= one[0] <= slot[1] if one[0] == one[1] else one[0] < slot[1] and slot[0] < one[1]


def _differences(one: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """Return where two texts differ."""
    found: list[Edit] = []
    for next_edit in map(Edit._make, edits(one, other, 1)):
        edit = next_edit
        while found and 0 < (island := edit.start - found[-1].end) < ISLAND:
            if FOREIGN * island > _length(found[-1]) + _length(edit):
                break
            before = found.pop()
            edit = Edit(before.start, edit.end, before.low, edit.high)
        found.append(edit)
    if found and found[0].start * found[0].low == 0:
        found[:1] = _without_lead(found[0], one, other)
    return found


def _without_lead(edit: Edit, one: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """Return a difference at the beginning as a lead that one text has more, and what differs behind it."""
    mine, yours = edit.end - edit.start, edit.high - edit.low
    behind = min(mine, yours)
    rest = Edit(edit.end - behind, edit.end, edit.low, edit.low)
    if not behind or mine == yours or not _is_edge(edit, one, other) or _is_edge(rest, one, other):
        return [edit]
    start, low = edit.end - behind, edit.high - behind
    return [Edit(edit.start, start, edit.low, low), Edit(start, edit.end, low, edit.high)]


def _length(edit: Edit) -> int:
    return max(edit.end - edit.start, edit.high - edit.low)


def _poisson_tail(count: int, mean: float) -> float:
    """Return how likely ``count`` events or more are, of which ``mean`` are expected."""
    return max(0.0, 1.0 - sum(exp(-mean) * mean**n / factorial(n) for n in range(min(count, MOST_COUNTED))))


def _agreeing(differences: Sequence[Edit], one: int, other: int) -> float:
    """Return the share of the shorter of two texts that agrees."""
    same = one - sum(edit.end - edit.start for edit in differences)
    return same / max(1, min(one, other))


def _is_edge(edit: Edit, one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether a difference is more than a name or two at an end of a text."""
    if edit.start > 0 < edit.low and edit.end < len(one) and edit.high < len(other):
        return False
    wide = any(map(_is_ideogram, (*one[edit.start : edit.end][:1], *other[edit.low : edit.high][:1])))
    return _length(edit) > (EDGE_WIDE if wide else EDGE_WORDS)


def _runs(cells: Iterable[int]) -> Iterator[list[int]]:
    """Yield ascending cells in runs with no token between."""
    run: list[int] = []
    for cell in cells:
        if run and cell - run[-1] > 2:
            yield run
            run = []
        run.append(cell)
    if run:
        yield run


def _are_fillings(one: Sequence[str], other: Sequence[str], *, short: bool) -> bool:
    """Tell whether two texts differ as two fillings of a form do."""
    total = 0.0
    for edit in _differences(one, other):
        if _differ(edit, one, other):
            total += _weight(one[edit.start : edit.end], other[edit.low : edit.high])
    return total >= (FORM_SHORT if short else FORM_LONG)


def _weight(mine: Sequence[str], yours: Sequence[str]) -> float:
    """Return what a difference says for a form."""
    apart = set(mine) ^ set(yours)
    if apart and (apart & _NEGATIONS == apart or (mine and yours and all(map(_NUMERALS.fullmatch, apart)))):
        return MARKED
    if not (_is_content(mine) and _is_content(yours)):
        return EDIT
    return PHRASE if min(len(mine), len(yours)) > 1 else WORD


def _is_content(words: Sequence[str]) -> bool:
    """Tell whether words name something: one is no function word; a single ideogram does not."""
    content = [word for word in words if word not in _function_words()]
    return sum(2 if word.isascii() or not _is_ideogram(word) else 1 for word in content) >= 2


def _is_ideogram(word: str) -> bool:
    return len(word) == 1 and word > "\u2e7f"


@cache
def _function_words() -> frozenset[str]:
    return (frozenset(gathered(lambda language: language.words)) | _PARTICLES) - _NEGATIONS


def _are_alike(one: str, other: str) -> bool:
    """Tell whether two readings are one that was read wrongly."""
    if one == other:
        return True
    mine, yours = one.split(), other.split()
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
    for seen, meant in _LOOKALIKES:
        text = text.replace(seen, meant)
    return text
