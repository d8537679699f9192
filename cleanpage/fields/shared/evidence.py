"""What the extractors see: the draft and what follows from its findings (``gather`` makes it)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field
from enum import IntEnum
from urllib.parse import urlsplit

from cleanpage._native import twin
from cleanpage.draft import BlockFinding, Candidate, Draft, TextBlock
from cleanpage.fields.shared.labelled_values import LabelledValue
from cleanpage.fields.shared.when import When
from cleanpage.labels import Label
from cleanpage.text import SIGNS, is_cjk
from cleanpage.text.lazy_regex import lazy
from cleanpage.values import frozen

Claim = Candidate | BlockFinding
"""What an extractor yields: a value for a field, or the statement that a block belongs to it and not to the body."""

class Hint(IntEnum):
    """What a line may hold (``line_hints``)."""

    BYLINE = 0
    """``By Jane Doe``, in any language."""
    REPORTER = 1
    """``记者 李文``."""
    CREDITS = 2
    """Roles of ``credits``, more than its own quick answer lets through."""
    PICTURE = 3
    """Who took a picture."""
    TRANSLATION = 4
    """Who translated, without a colon."""


ELSEWHERE = -1
"""In place of a block: what the HTML head or the address says."""
UNDER_HEADLINE = 12
"""How many blocks below the headline a publish line, a byline or a source is looked for."""
MAX_DATED, DATE_LINE = 60.0, 30.0
"""Longest blocks, in ideograms, that are searched for dates, and that are called date lines."""
MAX_KEYED = 90.0
"""Longest blocks, in ideograms, that have keys: longer ones are no headline, no caption, no segment of a breadcrumb."""
TABLE_BLOCKS = 24
"""A table of eight rows, flattened to one key or value a line, has 16 blocks and some empty ones."""

_MARKS = lazy(rf"[^\w\n{SIGNS}]+")
_ASCII_MARKS = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != "\n")


@frozen
class Headline:
    """The headline: blocks ``first`` to ``last`` and what they say."""

    first: int
    last: int
    text: str
    """Without the site's suffix."""
    key: str
    """``key`` of the folded text."""
    score: float


@frozen
class Evidence:
    """The draft and what follows from its findings. All indices are places in ``draft.blocks``."""

    draft: Draft
    blocks: tuple[TextBlock, ...]
    """The blocks of the draft."""
    kinds: tuple[str, ...]
    """Their kinds."""
    labels: Mapping[Label, AbstractSet[int]]
    """Label: the blocks that any stage gave it to."""
    sure: Mapping[Label, AbstractSet[int]]
    """Label: the blocks that it was given to with a score of 1 or more."""
    findings: Mapping[Label, Sequence[BlockFinding]]
    """Label: the findings that give it."""
    keys: tuple[str, ...]
    """For each block ``key(folded)``: equal keys are equal texts; empty for those longer than ``MAX_KEYED``."""
    known: frozenset[str]
    """All ``keys``."""
    body: tuple[int, ...]
    """The blocks of the body, one copy."""
    lead: int
    """The first running text of the body, its first block, or the number of blocks if there is no body."""
    pairs: tuple[LabelledValue, ...]
    """Labelled values, in order."""
    rows: tuple[int, ...]
    """The blocks with labels of government tables, in order; a block with two such labels stands twice."""
    credited: frozenset[int]
    """The blocks with a labelled source, author, reporter or editor."""
    dates: Mapping[int, tuple[When, ...]]
    """The dates of each block of at most ``MAX_DATED`` that holds any, in the order of the page."""
    distances: tuple[int, ...]
    """For each block how many blocks lie between it and the nearest text of the body or of a copy of it, inclusive."""
    day_first: bool | None
    """Whether the page writes the day before the month (``3/4/2022``); None if nothing tells."""
    sites: tuple[int, ...]
    """The blocks above the text that name the site by where they lead or stand; none of flattened text."""
    top_headings: tuple[int, ...]
    """The blocks in h1 and h2 elements, in order."""
    no_titles: AbstractSet[int]
    """The blocks that a rule names something else than a title for sure, and ``menus``."""
    menus: AbstractSet[int]
    """The blocks before the text that are menus on one line, and breadcrumbs below them."""
    headline: Headline | None = None
    """The headline, once it has been found."""
    costs: tuple[float | None, ...] = ()
    """What ``place`` returns for each block, once the headline has been looked for."""
    near: tuple[tuple[int, float], ...] = ()
    """The blocks with a cost, in order, and their costs."""
    beside: tuple[tuple[int, float], ...] = ()
    """Those of them right above and under the headline, which cost less than any other."""
    hints: Mapping[Hint, AbstractSet[int]] = field(default_factory=dict)
    """For each hint the short ones of them that may hold it, and captions; once there are costs."""

    @property
    def has_elements(self) -> bool:
        """Tell whether lines stand in elements: all those of HTML and of Markdown do, none of other text."""
        return any(block.dom is not None for block in (*self.blocks[:1], *self.blocks[-1:]))

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
        return i in self.dates and self.blocks[i].units <= DATE_LINE

    def place(self, i: int) -> float | None:
        """Return what the place of block ``i`` costs a publish line, 0 (under the headline) to 1; None if too far."""
        return self.costs[i]

    def is_headline(self, i: int) -> bool:
        """Tell whether block ``i`` is the headline or a part of it."""
        return self.headline is not None and self.headline.first <= i <= self.headline.last

    def under_headline(self, i: int, within: int) -> bool:
        """Tell whether block ``i`` is one of the ``within`` blocks that follow the headline."""
        return self.headline is not None and 0 < i - self.headline.last <= within

    def in_body(self, i: int) -> bool:
        """Tell whether block ``i`` is body text, in any copy."""
        return self.distances[i] == 0

    def labelled(self, *wanted: Label) -> list[int]:
        """Return the blocks that carry one of the labels, in order."""
        return sorted(blocks_of(self.labels, wanted))

    def paired(self, *meanings: str) -> Iterator[LabelledValue]:
        """Yield the labelled values of these meanings, in order."""
        return (pair for pair in self.pairs if pair.meaning in meanings)

    def has_document_row(self, i: int) -> bool:
        """Tell whether block ``i`` stands in the head table of a government paper: two other rows are near."""
        first = bisect_left(self.rows, i - TABLE_BLOCKS)
        return bisect_right(self.rows, i + TABLE_BLOCKS) - first >= 2

    def line(self, i: int, most: float) -> tuple[str, int]:
        """Return the text of block ``i`` with the blocks glued to it, and the index of the last of them.

        Of a line of more than ``most`` ideograms only the block itself.
        """
        if i + 1 == len(self.blocks) or not self.blocks[i + 1].glued:
            return self.blocks[i].text, i
        last, size, pieces = i, self.blocks[i].units, [self.blocks[i].text]
        while last + 1 < len(self.blocks) and self.blocks[last + 1].glued:
            last += 1
            more = self.blocks[last].text
            size += self.blocks[last].units
            if size > most:
                return pieces[0], i
            pieces.append(more if any(map(is_cjk, pieces[-1][-2:] + more[:1])) else f" {more}")
        return "".join(pieces), last

    def candidate(self, i: int, field: str, value: object, rule: str, score: float) -> Candidate:
        """Return a candidate read from block ``i``, or from ``ELSEWHERE``."""
        start, end = self.blocks[i].content if i != ELSEWHERE else (0, 0)
        return Candidate(field, value, start, end, rule, score)

    def finding(self, i: int, label: Label, rule: str, reason: str) -> BlockFinding:
        """Return a decisive finding about block ``i``."""
        return BlockFinding(i, label, rule, reason)

    def run_items(self, label: Label) -> list[int]:
        """Return the blocks with ``label`` that are items of a list, not lines that a rule names so, in order."""
        found = self.findings.get(label, ())
        own = {finding.block for finding in found if finding.via != "run"}
        return sorted({finding.block for finding in found} - own)


def blocks_of(labels: Mapping[Label, AbstractSet[int]], wanted: Collection[Label]) -> AbstractSet[int]:
    """Return the blocks that carry one of the ``wanted`` labels."""
    found = [blocks for label, blocks in labels.items() if label in wanted]
    return found[0] if len(found) == 1 else frozenset().union(*found)


@twin("text")
def key(folded: str) -> str:
    """Return the letters and digits of a folded text, which holds no line feed."""
    # Bytes lose what is asked much faster than a pattern removes it, and most marks are ASCII.
    bare = folded.encode("utf-8", "surrogatepass").translate(None, _ASCII_MARKS).decode("utf-8", "surrogatepass")
    return bare if bare.isascii() else _MARKS.sub("", bare)


@twin("text")
def keys_of(blocks: Sequence[TextBlock]) -> list[str]:
    """Return the keys of all blocks; longer ones than ``MAX_KEYED`` have none."""
    lines = [block.folded if block.units <= MAX_KEYED else "" for block in blocks]
    return key("\n".join(lines)).split("\n") if lines else []


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
