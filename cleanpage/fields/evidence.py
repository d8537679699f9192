"""What the extractors see: the draft and what follows from its findings (``gather`` makes it)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from cleanpage.draft import Candidate, Draft, TextBlock, find
from cleanpage.fields.pairs import Pair
from cleanpage.fields.when import When
from cleanpage.model import Finding
from cleanpage.rules import shipped_rules
from cleanpage.text import is_cjk

Claim = Candidate | Finding
"""What an extractor yields: a value for a field, or the statement that a block belongs to it and not to the body."""

UNDER_HEADLINE, ABOVE_HEADLINE, BEFORE_BODY, AFTER_BODY = 12, 6, 60, 12
"""How many blocks from the headline or the body a publish line, a byline or a source is looked for."""

MAX_DATED, DATE_LINE = 60.0, 30.0
"""Longest blocks, in ideograms, that are searched for dates, and that are called date lines."""
TABLE_BLOCKS = 24
"""A table of eight rows, flattened to one key or value a line, has 16 blocks and some empty ones."""

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline: blocks ``first`` to ``last`` and what they say."""

    first: int
    last: int
    text: str
    """Without the site's suffix."""
    key: str
    """``key`` of the folded text."""
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The draft and what follows from its findings. All indices are places in ``draft.blocks``."""

    draft: Draft
    blocks: tuple[TextBlock, ...]
    """The blocks of the draft."""
    labels: tuple[frozenset[str], ...]
    """For each block the labels that any stage gave it."""
    sure: tuple[frozenset[str], ...]
    """For each block the labels given with a score of 1 or more."""
    rules: tuple[tuple[Finding, ...], ...]
    """For each block the findings about it."""
    keys: tuple[str, ...]
    """For each block ``key(folded)``: equal keys are equal texts."""
    body: tuple[int, ...]
    """The blocks of the body, one copy."""
    lead: int
    """The first running text of the body, its first block, or the number of blocks if there is no body."""
    pairs: tuple[Pair, ...]
    """Labelled values, in order."""
    rows: tuple[int, ...]
    """The blocks with labels of government tables, in order; a block with two such labels stands twice."""
    credited: frozenset[int]
    """The blocks with a labelled source, author, reporter or editor."""
    dates: tuple[tuple[When, ...], ...]
    """For each block of at most ``MAX_DATED`` its dates."""
    distances: tuple[int, ...]
    """For each block how many blocks lie between it and the nearest text of the body or of a copy of it, inclusive."""
    headline: Headline | None = None
    """The headline, once it has been found."""

    @property
    def first(self) -> int:
        """The first block of the body, or the number of blocks."""
        return self.body[0] if self.body else len(self.blocks)

    @property
    def last(self) -> int:
        """The last block of the body, or -1."""
        return self.body[-1] if self.body else -1

    def distance(self, i: int) -> int:
        """Return how far block ``i`` is from the text; 0 for text itself, beyond every page if there is none."""
        return self.distances[i]

    def has_date(self, i: int) -> bool:
        """Tell whether block ``i`` is a short line with a date."""
        return bool(self.dates[i]) and self.blocks[i].units <= DATE_LINE

    def place(self, i: int) -> float | None:
        """Return what the place of block ``i`` costs a publish line, 0 (under the headline) to 1; None if too far.

        TAXONOMY 5: publish line and byline stand within 3 lines of the title, editors within 3 of the body's end.
        """
        if self.headline is not None:
            gap = i - self.headline.last
            if 0 < gap <= UNDER_HEADLINE:
                return 0.02 * gap
            if -ABOVE_HEADLINE <= gap <= 0:
                return 0.15 - 0.02 * gap
        if i < self.lead:
            return 0.3 + 0.01 * (self.lead - i) if self.lead - i <= BEFORE_BODY else None
        gap = self.distances[i]
        return 0.4 + 0.03 * gap if gap <= AFTER_BODY else None

    def is_headline(self, i: int) -> bool:
        """Tell whether block ``i`` is the headline or a part of it."""
        return self.headline is not None and self.headline.first <= i <= self.headline.last

    def under_headline(self, i: int, within: int) -> bool:
        """Tell whether block ``i`` is one of the ``within`` blocks that follow the headline."""
        return self.headline is not None and 0 < i - self.headline.last <= within

    def in_body(self, i: int) -> bool:
        """Tell whether block ``i`` is body text, in any copy."""
        return self.distances[i] == 0

    def labelled(self, *wanted: str) -> Iterator[int]:
        """Yield the blocks that carry one of the labels."""
        for i, labels in enumerate(self.labels):
            if not labels.isdisjoint(wanted):
                yield i

    def paired(self, *meanings: str) -> Iterator[Pair]:
        """Yield the labelled values of these meanings, in order."""
        return (pair for pair in self.pairs if pair.meaning in meanings)

    def has_document_row(self, i: int) -> bool:
        """Tell whether block ``i`` stands in the head table of a government paper: two other rows are near."""
        first = bisect_left(self.rows, i - TABLE_BLOCKS)
        return bisect_right(self.rows, i + TABLE_BLOCKS) - first >= 2

    def line(self, i: int) -> tuple[str, int]:
        """Return the text of block ``i`` with the blocks glued to it, and the index of the last of them."""
        last, text = i, self.blocks[i].text
        while last + 1 < len(self.blocks) and self.blocks[last + 1].glued:
            last += 1
            more = self.blocks[last].text
            text += more if any(map(is_cjk, text[-2:] + more[:1])) else f" {more}"
        return text, last

    def candidate(self, i: int, field: str, value: object, rule: str, score: float) -> Candidate:
        """Return a candidate read from block ``i``."""
        start, end = self.blocks[i].content
        return Candidate(field, value, start, end, rule, score)

    def finding(self, i: int, label: str, rule: str, reason: str) -> Finding:
        """Return a decisive finding about block ``i``."""
        return find(self.blocks[i], label, rule, reason)

    def run_items(self, label: str) -> Iterator[int]:
        """Yield the blocks with ``label`` that are items of a list, not the heading that opened it."""
        why = {rule.id: rule.why for rule in (*self.draft.config.rules, *shipped_rules()) if rule.label == label}
        for i in self.labelled(label):
            # A line that a rule matched itself is found for the rule's own reason, an item for standing under it.
            if any(f.label == label and f.reason != why.get(f.rule) for f in self.rules[i]):
                yield i


def key(folded: str) -> str:
    """Return the letters and digits of a folded text."""
    return _NOT_LETTERS.sub("", folded)


def address(url: str | None) -> tuple[str, str]:
    """Return host name and path of an address; empty strings for what is none."""
    try:
        parts = urlsplit(url or "")
        return parts.hostname or "", parts.path
    except ValueError:
        return "", ""


def unique(values: Iterable[str]) -> list[str]:
    """Return the values without repetition, in order of appearance."""
    return list(dict.fromkeys(value for value in values if value))

