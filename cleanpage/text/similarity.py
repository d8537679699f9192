"""Keys, seeds and fuzzy comparison of texts; the only place that knows rapidfuzz.

All lengths here are characters of a *key*: the letters and digits of a folded text (``text.fold``), NFKC, traditional
characters simplified, nothing between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, starmap
from types import ModuleType
from typing import NamedTuple
from unicodedata import normalize

from cleanpage._native import twin
from cleanpage.text import simplify, units
from cleanpage.text.lazy_regex import lazy

WIDE_GRAM = 5
"""Length of a seed in a script of ideograms (REPEATS A.2: about 4; with 5 there are few chance hits)."""
NARROW_GRAM = 8
"""Length of a seed in an alphabet, read from a word's start: about two words."""
LONGEST_COMPARED = 6000
"""Indel similarity is quadratic: 6,000 letters take 1 ms. A longer text counts as the same only if it is identical."""
SAME_WIDE = 0.62
"""Indel similarity from which two keys in ideograms are one text: a fifth of the characters edited leaves .7,
unrelated texts have .2."""
SAME_NARROW = 0.74
"""The same for alphabets, where unrelated texts have .5."""
SAME_FORM = 0.6
"""Similarity from which two texts are variants of one form, all numbers taken as equal: names and currencies differ."""
SHORTEST_FUZZY = 8
"""Characters from which ``locate`` looks for more than equality."""
LONGEST_LOCATED = 1500
"""Characters of part and region together that ``locate`` compares: partial_ratio takes 215 ms at 5,000."""

_WORD = lazy(r"[^\W_]+")
_DIGITS = lazy(r"\d+")
_DENSE_LETTERS_PER_WORD = 14
"""Above this mean a text is written without blanks (Chinese, Thai): German has 6, Finnish 8 letters a word."""


class Keyed(NamedTuple):
    """What remains of a text when case, width, blanks and punctuation do not count."""

    key: str
    """Its letters and digits."""
    anchors: Sequence[int]
    """Where seeds begin: at word starts, or everywhere in a script without blanks."""
    gram: int
    """Length of a seed."""


def key(folded: str) -> str:
    """Return the letters and digits of a folded text, NFKC, simplified."""
    return letters_of(simplify(normalize("NFKC", folded)))


@twin("repeats")
def letters_of(line: str) -> str:
    """Return the letters and digits of a line."""
    return "".join(_WORD.findall(line))


def keys(lines: Sequence[str]) -> list[str]:
    """Return the key of each of some folded lines: ``key`` of many at once."""
    return [letters_of(line) for line in _normal(lines)]


def _normal(lines: Sequence[str]) -> list[str]:
    return simplify(normalize("NFKC", "\n".join(lines))).split("\n") if lines else []


def keyed(lines: Sequence[str], lengths: Sequence[float]) -> Iterator[Keyed]:
    """Yield the key and the seeds of each of some folded lines, which are ``lengths`` ideograms long."""
    return starmap(Keyed, seeded_keys(_normal(lines), lengths))


@twin("repeats")
def seeded_keys(lines: list[str], lengths: Sequence[float]) -> list[tuple[str, Sequence[int], int]]:
    """Return the fields of ``Keyed`` for each of some lines, NFKC and simplified, ``lengths`` ideograms long."""
    made: list[tuple[str, Sequence[int], int]] = []
    for line, length in zip(lines, lengths, strict=True):
        joined, starts = words_of(line)
        gram = WIDE_GRAM if length > 0.6 * len(line) else NARROW_GRAM
        dense = len(joined) > _DENSE_LETTERS_PER_WORD * len(starts)
        made.append((joined, range(len(joined)) if dense else starts, gram))
    return made


def words_of(line: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a line, and where in them its words begin."""
    parts = _WORD.findall(line)
    return "".join(parts), list(accumulate(map(len, parts[:-1]), initial=0)) if parts else []


@cache
def _indel() -> ModuleType:
    """Return rapidfuzz's Indel distance, imported when the first page is read: a twelfth of ``import cleanpage``."""
    from rapidfuzz.distance import Indel

    return Indel


def similarity(one: str, other: str, cutoff: float) -> float:
    """Return the Indel similarity of two keys, 0 to 1; 0 below ``cutoff``."""
    if one == other:
        return 1.0
    if max(len(one), len(other)) > LONGEST_COMPARED:
        return 0.0
    return float(_indel().normalized_similarity(one, other, score_cutoff=cutoff))


def same_from(key: str) -> float:
    """Return the similarity from which another key is the same text as ``key``."""
    return SAME_WIDE if _is_wide(key) else SAME_NARROW


def _is_wide(key: str) -> bool:
    """Tell whether a key is mostly ideograms, by its beginning."""
    return units(key[:200]) > 0.6 * len(key[:200])


def replacements(one: str, other: str, island: int) -> list[tuple[str, str]]:
    """Return what ``one`` says where ``other`` says something else, each with what that is.

    Fewer than ``island`` characters in a row that happen to agree do not end a replacement.
    """
    return [(one[start:end], other[low:high]) for start, end, low, high in edits(one, other, island)]


def edits(one: Sequence[str], other: Sequence[str], island: int) -> list[tuple[int, int, int, int]]:
    """Return the stretches of two texts, or of two lists of words, that differ: start and end in each.

    Fewer than ``island`` items in a row that happen to agree do not end a stretch. Quadratic, by 64 items at a time.
    """
    found: list[tuple[int, int, int, int]] = []
    for op in _indel().opcodes(one, other):
        if op.tag == "equal":
            continue
        if found and op.src_start - found[-1][1] < island:
            found[-1] = (found[-1][0], op.src_end, found[-1][2], op.dest_end)
        else:
            found.append((op.src_start, op.src_end, op.dest_start, op.dest_end))
    return found


class Difference(NamedTuple):
    """How far two keys are apart: characters inserted and deleted, and characters of both, digits by themselves."""

    letters: int = 0
    letters_of: int = 0
    digits: int = 0
    digits_of: int = 0


def difference(one: str, other: str) -> Difference:
    """Return how far two keys are apart."""
    mine, yours = digits_of(one), digits_of(other)
    of = len(one) + len(other) - len(mine) - len(yours)
    if one == other:
        return Difference(0, of, 0, 2 * len(mine))
    distance = _indel().distance
    letters = distance(with_numbers_as(one, ""), with_numbers_as(other, ""))
    return Difference(letters, of, distance(mine, yours), len(mine) + len(yours))


@twin("repeats")
def digits_of(key: str) -> str:
    """Return the digits of a key."""
    return "".join(_DIGITS.findall(key))


def same_form(one: str, other: str) -> bool:
    """Tell whether two keys are alike but for their numbers: rows of one table, offers of one shop."""
    return similarity(with_numbers_as(one, "0"), with_numbers_as(other, "0"), SAME_FORM) > 0.0


@twin("repeats")
def with_numbers_as(key: str, number: str) -> str:
    """Return a key with another number in the place of each of its own."""
    return _DIGITS.sub(number, key)


def novelty(text: str) -> float:
    """Return the share of a key's grams (2 ideograms, 4 letters) that occur nowhere else in it: errors raise it."""
    size = 2 if _is_wide(text) else 4
    grams = [text[i : i + size] for i in range(len(text) - size + 1)]
    return len(set(grams)) / len(grams) if grams else 1.0


def locate(part: str, region: str, cutoff: float) -> tuple[int, int] | None:
    """Return where in ``region`` the key ``part`` stands, exactly or with a similarity of ``cutoff``; both short."""
    at = region.find(part)
    if at >= 0:
        return at, at + len(part)
    if len(part) < SHORTEST_FUZZY or len(region) * 2 < len(part) or len(part) + len(region) > LONGEST_LOCATED:
        return None
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(part, region, score_cutoff=100 * cutoff)
    return None if found is None else (found.dest_start, found.dest_end)
