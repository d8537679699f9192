"""A rule proposed for one line of a page: its pattern, and examples and counter-examples from other pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from math import ceil
from typing import NamedTuple

import regex

from cleanpage.errors import CleanpageError
from cleanpage.expectations import toml_string
from cleanpage.labels import Label, Role, Trait
from cleanpage.model import Article
from cleanpage.rules import DEFAULT_MAX_UNITS, Rule
from cleanpage.text import fold, is_cjk, normalise, units
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.similarity import key, similarity

LONG = 40.0
"""Ideograms from which on a line is known by its beginning ..."""
FIRST_WORDS, FIRST_IDEOGRAMS = 6, 12
"""... so many words or ideograms of it."""
EXAMPLES = 3
"""Examples, and counter-examples, at most."""
_DIGIT_RUNS = lazy(r"\d+|[^\d]+")
_WORD = lazy(r"[^\W\d_]+")


class SeenLine(NamedTuple):
    """A line of some page, as it stands there."""

    text: str
    role: Role


class Proposal(NamedTuple):
    """A rule for a line, as far as one can be made of it."""

    folded: str
    """What patterns see of the line."""
    toml: str
    """The rule as a table."""
    matches: int
    """How many lines of the pages it matches ..."""
    pages: int
    """... on so many pages ..."""
    in_text: tuple[str, ...]
    """... and which of these are in the text of their article now: are they to go?"""


def propose(line: str, label: Label, taken: Iterable[str], pages: Iterable[Sequence[SeenLine]]) -> Proposal:
    """Return a rule that takes lines like ``line`` away; raise CleanpageError for a line without words.

    ``taken`` are ids that other rules have; ``pages`` the lines of each page that is searched for lines that match
    (examples) and for lines of the text that look alike and do not (counter-examples).
    """
    line = normalise(line)
    folded = fold(line)
    pattern, literal = _pattern(folded)
    words = _WORD.findall(literal)
    if not words:
        raise CleanpageError("no rule can be made of this line: it holds no words")
    matching, alike, count = _search(line, pattern, pages)
    examples = list(dict.fromkeys([line, *(seen.text for seen in matching)]))[:EXAMPLES]
    rule = {
        "id": toml_string(_id(words, taken)),
        "label": toml_string(Label.BOILERPLATE if label.role != "chrome" or Trait.RESULT in label.traits else label),
        "why": '"The site prints this line beside its articles."',
        "keywords": f"[{toml_string(_keyword(words))}]",
        "pattern": toml_string(pattern),
        "max_units": f"{ceil(max(map(units, examples))) + 20}.0" if units(line) > DEFAULT_MAX_UNITS else "",
        "examples": _toml_list(examples),
        "counter_examples": _toml_list(alike),
    }
    toml = "[[rule]]\n" + "".join(f"{name} = {value}\n" for name, value in rule.items() if value)
    in_text = tuple(dict.fromkeys(seen.text for seen in matching if seen.role == "body"))[:EXAMPLES]
    return Proposal(folded, toml, len(matching), count, in_text)


def _pattern(folded: str) -> tuple[str, str]:
    """Return a pattern for the folded line, numbers for any numbers, and the part of the line that it spells out."""
    literal = folded
    if units(folded) > LONG:
        wide = sum(map(is_cjk, folded[:FIRST_IDEOGRAMS])) > FIRST_IDEOGRAMS / 2
        literal = folded[:FIRST_IDEOGRAMS] if wide else " ".join(folded.split(" ")[:FIRST_WORDS])
    parts = (
        r"\d+" if part.isdecimal() else regex.escape(part, special_only=True, literal_spaces=True)
        for part in _DIGIT_RUNS.findall(literal)
    )
    return "".join(parts) + (".*" if literal != folded else ""), literal


def _search(line: str, pattern: str, pages: Iterable[Sequence[SeenLine]]) -> tuple[list[SeenLine], list[str], int]:
    """Return the lines that match, the lines of texts that are most like ``line``, and how many pages match."""
    rule = Rule("a.line", Label.BOILERPLATE, "-", ("-",), pattern=pattern, max_units=1e9)
    matching: list[SeenLine] = []
    others: dict[str, tuple[int, float]] = {}
    count, wanted, words = 0, key(fold(line)), _parts(fold(line))
    for lines in pages:
        found = [seen for seen in lines if rule.matches(seen.text)]
        matching += found
        count += bool(found)
        for seen in lines:
            if seen.role == "body" and seen.text not in others and not rule.matches(seen.text):
                folded = fold(seen.text)
                others[seen.text] = (len(words & _parts(folded)), similarity(wanted, key(folded), 0.0))
    alike = {text: score * (1 + shared) for text, (shared, score) in others.items()}
    best = nlargest(EXAMPLES, alike, key=lambda text: alike[text])
    return matching, [text for text in best if others[text][0]] or best[:1], count


def _parts(folded: str) -> set[str]:
    """Return the words of a line from four letters on, of ideograms all pairs."""
    words = _WORD.findall(folded)
    pairs = (word[i : i + 2] for word in words if is_cjk(word[0]) for i in range(len(word) - 1))
    return {word for word in words if len(word) > 3 and not is_cjk(word[0])}.union(pairs)


def _keyword(words: Sequence[str]) -> str:
    """Return the longest word; of ideograms, which have no words, a few."""
    best = max(words, key=len)
    return best[:4] if is_cjk(best[0]) else best


def _id(words: Sequence[str], taken: Iterable[str]) -> str:
    plain = [word for word in words if word.isascii()][:3]
    name, known = "mine." + ("_".join(plain) or "line"), set(taken)
    return next(each for each in _numbered(name) if each not in known)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def _toml_list(lines: Sequence[str]) -> str:
    return "[\n" + "".join(f"    {toml_string(line)},\n" for line in lines) + "]"


def lines_of_article(article: Article) -> list[SeenLine]:
    """Return the lines of a page with what became of them."""
    texts = ((normalise(article.source_text[block.start : block.end]), block.role) for block in article.blocks)
    return [SeenLine(text, role) for text, role in texts if text]


def ids_in(toml: str) -> list[str]:
    """Return the ids that stand in TOML, whole or not."""
    return re.findall(r"""(?m)^\s*id\s*=\s*["']([^"'\n]*)["']""", toml)
