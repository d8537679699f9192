"""Texts that a regular expression has most to do with, built from the expression itself.

The parts of a pattern that repeat are pumped: what stands before one, then what it repeats so many times, then a
character that ends the match. A pattern that tries every division of such a text, or every start in it, takes time that
grows faster than the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from random import Random
from re import _constants as op
from re import _parser
from typing import Any

ENDS = ("", "\x01", "\n", "x", "。", " ")
"""What stands behind a pumped part: mostly nothing that the rest of a pattern begins with."""
SAMPLES, MOST = 5, 20
"""So often texts are drawn, for so many parts: alternatives and classes can be read in many ways."""


_PROPERTY, _NAME = re.compile(r"\\p\{\w+\}"), re.compile(r"\(\?P?<\w+>")
_BACK = re.compile(r"\(\?P=\w+\)")
"""What ``re`` does not know, and names of groups, which ``regex`` lets stand twice."""


def hostile(pattern: str, flags: int, size: int) -> Iterator[str]:
    """Yield texts of about ``size`` characters; ``pattern`` is one of ``re`` or ``regex``."""
    tree = _parser.parse(_BACK.sub("", _PROPERTY.sub("AÀ", _NAME.sub("(?:", pattern))), flags)
    found: dict[tuple[str, str], None] = {}
    for seed in range(SAMPLES):
        chance = Random(seed)
        found.update(dict.fromkeys([("", _sample(tree, chance)), *islice(_pumped(tree, "", chance), MOST)]))
    for i, (before, unit) in enumerate(found):
        if unit:
            yield before + unit * (size // len(unit)) + ENDS[i % len(ENDS)]
            yield (before + unit) * (size // len(before + unit)) + ENDS[i % len(ENDS)]


def _pumped(tree: Any, before: str, chance: Random) -> Iterator[tuple[str, str]]:
    """Yield what stands before each part that repeats, and what it repeats."""
    for kind, value in tree:
        if kind in _REPEATS:
            _, most, inner = value
            if most > 3:
                yield before, _sample(inner, chance)
            yield from _pumped(inner, before, chance)
        elif kind is op.SUBPATTERN:
            yield from _pumped(value[3], before, chance)
        elif kind is op.ATOMIC_GROUP:
            yield from _pumped(value, before, chance)
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from _pumped(branch, before, chance)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _pumped(value[1], before, chance)
        before += _sample([(kind, value)], chance)


_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CATEGORIES = {
    op.CATEGORY_DIGIT: "07", op.CATEGORY_SPACE: " \u3000", op.CATEGORY_WORD: "a1字", op.CATEGORY_NOT_DIGIT: "a-",
    op.CATEGORY_NOT_SPACE: "a字", op.CATEGORY_NOT_WORD: "-。",
}  # fmt: skip


def _sample(tree: Any, chance: Random) -> str:
    """Return a text that the tree matches, lookarounds and backreferences apart."""
    return "".join(_one(kind, value, chance) for kind, value in tree)


def _one(kind: Any, value: Any, chance: Random) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is op.ANY:
        return chance.choice("a é")
    if kind is op.IN:
        return _member(value, chance)
    if kind is op.BRANCH:
        return _sample(chance.choice(value[1]), chance)
    if kind is op.SUBPATTERN:
        return _sample(value[3], chance)
    if kind is op.ATOMIC_GROUP:
        return _sample(value, chance)
    if kind in _REPEATS:
        return "".join(_sample(value[2], chance) for _ in range(max(value[0], min(value[1], 1))))
    return ""


def _member(items: Any, chance: Random) -> str:
    """Return a character of a class."""
    if items[0][0] is op.NEGATE:
        out = "".join(_member([item], chance) for item in items[1:])
        return next(char for char in "a字1-。 \x02" if char not in out)
    kind, value = chance.choice(items)
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.RANGE:
        return chr(chance.choice((value[0], value[1])))
    return chance.choice(_CATEGORIES[value])
