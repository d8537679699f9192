"""The lines that the body stage decides about: blocks of one line that no rule parts, and the headline among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleanpage._native import twin
from cleanpage.body.element_tree import Elements
from cleanpage.body.window_features import Column, column, total
from cleanpage.draft import Dom, Draft, TextBlock
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.model import ParagraphKind
from cleanpage.text import ends_sentence, fold
from cleanpage.text.lazy_regex import lazy
from cleanpage.values import frozen

MIN_TITLE, LONGEST_HEADLINE_LINE, MIN_TAG = 4.0, 50.0, 7.0
"""Shortest and longest headline, in ideograms; shortest one that the title tag alone identifies."""
TAG_SHARE = 0.5
"""A headline is at least this share of the title tag; the rest is channel and site."""
MIN_STEM = 8
"""Fewest characters before the dots of a title tag that breaks off, for them to identify a headline."""
TAG_LINES = 3
"""One of so many first lines may be the title tag."""
SUMMARIES, MAX_SUMMARY = ("description", "og:description"), 400
"""Where HTML says what the article is about; so many characters of it are read."""
_SAID_ALONE = lazy(r"「[^「」]+」|『[^『』]+』|“[^“”]+”|„[^„“]+“|«[^«»]+»")
_SIGNED = lazy(r"(?:[（(][^（()）]{1,24}[)）]|[【\[](?:本文|全文)?完[】\]])$")
_QUOTE_ENDS = frozenset("」』”“»)）】]")
"""What somebody said, alone on its line; ``(完)`` or a writer behind the last sentence; the last characters of both."""
POSSIBLE = 0.1
"""Least chance of being body of a line that may be added for its place."""
MOST_LINKS = 0.5
"""Share of links from which on a line is navigation."""
LINES_ABOVE = 3
"""Within so many lines (TAXONOMY section 5: publish line 3 lines before the body, font size 3, breadcrumb 5)."""
_HEAD = labels_with(Trait.HEAD)

Labels = frozenset[Label]
_NONE: Labels = frozenset()


@frozen
class Line:
    """Blocks of one line that no decisive finding parts."""

    first: int
    """Index of its first block in the draft."""
    last: int
    """Index of its last block."""
    text: str
    """The blocks' texts, joined with blanks."""
    folded: str
    """The first block's text for matching."""
    units: float
    """Length in ideograms."""
    kind: ParagraphKind
    """Form of the first block."""
    labels: Labels
    """What decisive findings say about it; a line with any is not the body's."""
    hints: Labels
    """What hints say about it."""
    gap: int
    """Line feeds of the page between the line before and this one."""
    dom: Dom | None = None
    """Where its first block stood in HTML; None for text."""


def is_said(line: Line) -> bool:
    """Tell whether a line ends as a sentence does, a writer or an end mark behind it, or is what somebody said."""
    text = line.text
    if ends_sentence(text):
        return True
    return text[-1:] in _QUOTE_ENDS and (
        _SAID_ALONE.fullmatch(text) is not None or ends_sentence(_SIGNED.sub("", text).rstrip())
    )


def ends_of_body(kept: list[bool]) -> tuple[int, int]:
    """Return the first and the last kept line; there is one."""
    return kept.index(True), len(kept) - 1 - kept[::-1].index(True)


def is_link_or_hidden(line: Line) -> bool:
    """Tell whether a line of HTML is mostly links, or not shown."""
    return line.dom is not None and (line.dom.hidden or line.dom.link_share >= MOST_LINKS)


def announces(line: Line) -> bool:
    """Tell whether a line ends with a colon."""
    return line.text.rstrip().endswith((":", "："))


@dataclass(frozen=True, eq=False, repr=False)
class BodyLines:
    """The lines of a page."""

    lines: list[Line]
    headline: int | None
    """Index of the line that is most likely the headline."""
    summary: str = ""
    """What HTML says of the article, folded."""

    @cached_property
    def doms(self) -> list[Dom]:
        """Where the lines stood in HTML; empty for text."""
        return [line.dom for line in self.lines if line.dom is not None]

    @cached_property
    def units(self) -> Column:
        """The lengths of the lines in ideograms."""
        return column([line.units for line in self.lines])

    @cached_property
    def ends(self) -> list[bool]:
        """Whether each line ends as a sentence does."""
        return [ends_sentence(line.text) for line in self.lines]

    @cached_property
    def elements(self) -> Elements | None:
        """The elements that hold the lines, None for text."""
        return Elements(self.doms) if self.doms else None


def lines_of(draft: Draft) -> BodyLines:
    """Return the lines of a page: glued blocks without decisive findings together."""
    blocks = draft.blocks
    decided, hinted = _told(draft)
    title = headline(blocks, decided)
    in_html = draft.source.kind == "html"  # Markdown has links and headings, but no elements to go by
    lines = joined_blocks(draft.source.text, blocks, decided, hinted, in_html)
    at = None if title is None else next(at for at, line in enumerate(lines) if line.last >= title)
    meta = draft.source.meta
    return BodyLines(lines, at, fold(next((meta[name] for name in SUMMARIES if name in meta), "")[:MAX_SUMMARY]))


@twin("measures")
def joined_blocks(
    page: str, blocks: Sequence[TextBlock], decided: Sequence[Labels], hinted: Sequence[Labels], in_html: bool
) -> list[Line]:
    """Return the lines that the blocks of a page make up; ``decided`` and ``hinted`` are the labels of each block."""
    lines: list[Line] = []
    before = 0
    for first, last in _glued_runs(blocks, decided):
        head = blocks[first]
        whole = first == last
        text = head.text if whole else " ".join([block.text for block in blocks[first : last + 1]])
        size = head.units if whole else total([block.units for block in blocks[first : last + 1]])
        gap = page.count("\n", before, head.content[0])
        told = decided[first], hinted[first]
        lines.append(Line(first, last, text, head.folded, size, head.kind, *told, gap, head.dom if in_html else None))
        before = blocks[last].content[1]
    return lines


def _told(draft: Draft) -> tuple[list[Labels], list[Labels]]:
    """Return for each block what decisive findings say about it, and what hints say."""
    decided: list[Labels] = [_NONE] * len(draft.blocks)
    hinted = decided.copy()
    same: dict[Labels, Labels] = {}  # a page of a thousand links has few sets of labels
    for finding in draft.findings:
        told, i = decided if finding.score >= 1.0 else hinted, finding.block
        labels = told[i] | {finding.label}
        told[i] = same.setdefault(labels, labels)
    return decided, hinted


def _glued_runs(blocks: Sequence[TextBlock], labels: Sequence[Labels]) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of each run of glued blocks that no decisive finding parts."""
    first = 0
    for i in range(1, len(blocks) + 1):
        if i < len(blocks) and blocks[i].glued and not labels[i] and not labels[i - 1]:
            continue
        if blocks:
            yield first, i - 1
        first = i


@twin("measures")
def headline(blocks: Sequence[TextBlock], labels: Sequence[Labels]) -> int | None:
    """Return the block that is most likely the headline, None if there is no evidence for one.

    It agrees with the title tag among the page's first lines, stands again elsewhere, or has a publish
    line close behind it; at least two of these.
    """
    keys = [block.folded if block.units <= LONGEST_HEADLINE_LINE and not block.is_prose else "" for block in blocks]
    seen = Counter(keys)
    best: tuple[float, int] | None = None
    head = len(blocks) + LINES_ABOVE + 1  # the head line that comes next: the page is read from its end
    for i in range(len(blocks) - 1, -1, -1):
        key = keys[i]
        if blocks[i].units >= MIN_TITLE and key and not labels[i]:
            tagged = blocks[i].units >= MIN_TAG and any(agrees(key, tag) for tag in keys[: min(i, TAG_LINES)])
            score = 2.0 * tagged + 1.5 * (head - i <= LINES_ABOVE) + 1.0 * (seen[key] > 1)
            if score >= 2.0 and (best is None or score >= best[0]):
                best = (score, i)
        if not _HEAD.isdisjoint(labels[i]):
            head = i
    return best[1] if best else None


def agrees(key: str, tag: str) -> bool:
    """Tell whether a line is the headline in a title tag: most of it, or what it begins with if it breaks off."""
    if key in tag and len(key) >= TAG_SHARE * len(tag):
        return True
    if "…" not in tag and "..." not in tag:
        return False
    stem = tag.partition("...")[0].partition("…")[0]
    return MIN_STEM <= len(stem) < len(tag) and key.startswith(stem)
