"""What the stages hand on: the page as blocks, and what has been found out about them so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleanpage.labels import Label
from cleanpage.model import Image, Link, Mark, PageKind, ParagraphKind, Span
from cleanpage.text import ends_sentence, fold, is_unstopped, units
from cleanpage.values import frozen

if TYPE_CHECKING:
    from cleanpage.config import Config
    from cleanpage.text.stream import Stream

PROSE_UNITS = 18.0
"""A block of this many ideograms that ends a sentence is prose (TAXONOMY 1.13: items of lists hold 8 to 40
characters, but without a final stop)."""
BODY_IN_DATA = "article.ld-articlebody"
"""The element in which paragraphs stand that the page's data hold and the page does not show."""

CANONICAL = {"link:canonical": 1.0, "og:url": 0.9, "ld:url": 0.8}
"""Where a page gives its own address, and what a field that is read from it scores."""
LISTS = frozenset(("ul", "ol", "dl", "menu", "dir"))
HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}


@frozen
class Dom:
    """Where a line stood in HTML."""

    tag: str
    """The block element that it stands in."""
    path: tuple[str, ...] = ()
    """The block elements around it, outermost first, that one included: ``div.main.content``."""
    ids: tuple[int, ...] = ()
    """For each of ``path`` its number in the page: equal numbers are one element."""
    hidden: bool = False
    """Whether the page asks browsers not to show it."""
    link_share: float = 0.0
    """Share of its characters that are links."""
    links: tuple[Link, ...] = ()
    """The links in it, addresses as the page gives them."""
    images: tuple[Image, ...] = ()
    """The pictures in it and right before it."""
    bold: bool = False
    """Whether all of its text is bold."""
    code: str | None = None
    """For a listing its language, empty if the page names none; None for what is no code."""
    marks: tuple[Mark, ...] = ()
    """What of it is bold, italic or code."""

    @property
    def heading(self) -> int:
        """The level of the heading that it is, 1 to 6, or 0."""
        return HEADING_LEVELS.get(self.tag, 0)

    @property
    def outer(self) -> int:
        """The number of the element around the one that it stands in, 0 if there is none."""
        return self.ids[-2] if len(self.ids) > 1 else 0

    @property
    def lists(self) -> tuple[str, ...]:
        """The tags of the lists that it stands in, outermost first."""
        return tags_among(self.path, LISTS)


@lru_cache(maxsize=1024)
def tags_among(path: tuple[str, ...], tags: frozenset[str]) -> tuple[str, ...]:
    """Return the tags of the elements of a path (``Dom.path``) that are among ``tags``, outermost first."""
    return tuple([tag for step in path if (tag := step.partition(".")[0]) in tags])


@frozen
class TextBlock:
    """One block as loaded. The tiles ``start:end`` of all blocks, joined, are the source text."""

    start: int
    """First character of the tile."""
    end: int
    """One past the last character of the tile, trailing blanks and line ends included."""
    content: Span
    """The tile without the blanks around it; empty for a blank page."""
    text: str
    """The content on one line, as ``text.normalise`` gives it, without bullet; of code all its lines, as
    ``text.verbatim`` gives them."""
    folded: str
    """``text.fold(text)``: what rules are matched against, but for code; offsets agree with ``text``."""
    units: float
    """Length of ``text`` in ideograms (``text.units``)."""
    is_prose: bool
    """Whether this is running text: ``is_prose(text, units)``."""
    kind: ParagraphKind = "paragraph"
    """Form, as far as the loader can tell."""
    glued: bool = False
    """True if the block continues the line of the block before it: a long line is cut at sentences."""
    dom: Dom | None = None
    """Where it stood in HTML; None for text."""


def is_prose(text: str, size: float) -> bool:
    """Tell whether a text of ``size`` ideograms is running text: long enough and ended as a sentence."""
    return size >= PROSE_UNITS and (ends_sentence(text) or is_unstopped(text, size))


def make_block(
    start: int, end: int, content: Span, text: str, kind: ParagraphKind = "paragraph", *, glued: bool = False
) -> TextBlock:
    """Return a TextBlock with all that follows from ``text`` and ``kind`` computed from them."""
    size = units(text)
    prose = kind != "code" and is_prose(text, size)
    return TextBlock(start, end, content, text, fold(text), size, prose, kind, glued)


@frozen
class Source:
    """A page as loaded: the text that all offsets point into, and what came with it."""

    text: str
    """``Article.source_text``."""
    kind: str = "text"
    """``text`` or ``html``."""
    url: str | None = None
    """The address that the caller gave."""
    encoding: str | None = None
    """For bytes: how they were read."""
    meta: Mapping[str, str] = field(default_factory=dict)
    """What the page says about itself outside the visible text (HTML only)."""
    warnings: tuple[str, ...] = ()
    """What went wrong while loading."""

    @property
    def address(self) -> str:
        """The page's address, as given or as it says itself; empty if nobody says."""
        return self.url or next((self.meta[name] for name in CANONICAL if name in self.meta), "")


class Candidate(NamedTuple):
    """A value proposed for a field of the Article, and where it stands."""

    field: str
    """Name of the Article's field."""
    value: object
    """The value, of the type that the field holds (one item of it for a tuple field)."""
    start: int
    """First character of the block that it was read from; 0 if that is the HTML head or the address."""
    end: int
    """One past its last character; equal to ``start`` if it was read from no block."""
    rule: str
    """Who proposes it."""
    score: float = 1.0
    """The highest wins; among equals the first on the page."""


Via = Literal["rule", "run", "model", "repair", "copy"]
"""How a finding came about: a pattern or an extractor matched the block itself; it stands under a heading that one
matched; the forests' probability; what overruled that; the block stands again, on the page or on others of its site."""


@frozen
class BlockFinding:
    """One stage's statement about one block; ``model.Finding`` is what goes out."""

    block: int
    """Index of the block in ``Draft.blocks``."""
    label: Label
    rule: str
    """Id of the rule, or name of the stage, that made it."""
    reason: str
    """Why, in words."""
    score: float = 1.0
    """1.0 or more decides; below it is a hint that other evidence may overrule."""
    duplicate_of: Span | None = None
    """The span whose copy this is."""
    via: Via = "rule"
    groups: tuple[tuple[str, int, int], ...] = ()
    """What the rule's pattern captured: a kind of number (``Rule.kind``), and where it stands in the block's text."""

    def at(self, block: int) -> BlockFinding:
        """Return the same finding about another block; ``replace`` takes three times as long."""
        if block == self.block:
            return self
        return BlockFinding(
            block, self.label, self.rule, self.reason, self.score, self.duplicate_of, self.via, self.groups
        )


class PostLines(NamedTuple):
    """Where the lines of a post of flattened text begin in the page's text, line by line."""

    head: tuple[int, ...]
    """What is printed at it: the line with its day or number, then the others from above."""
    texts: tuple[int, ...]
    """What its author wrote."""
    quotes: tuple[int, ...]
    """What it quotes of other posts, word for word."""


class BodyPrediction(NamedTuple):
    """What the body stage expects of the body that it has chosen."""

    confidence: float
    """Share of pages of this kind of outlook whose body was right (F1 of .9 or more), as measured in learning."""
    kind: PageKind
    """What the page looks like."""
    chances: tuple[float, ...] = ()
    """For each block, as the stage saw them, the chance that it is body; 0 where a rule had decided."""
    posts: tuple[PostLines, ...] = ()
    """The posts of a thread in text."""
    is_list: bool = False
    """Whether the page may as well be a list of others, so that it is not to be taken for an article."""


@frozen
class Draft:
    """The state of one page between two stages."""

    source: Source
    blocks: tuple[TextBlock, ...]
    config: Config
    findings: tuple[BlockFinding, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    warnings: tuple[str, ...] = ()
    """What the stages want the reader to know."""
    stream: Stream | None = None
    """The running text of ``blocks`` as the repeats stage has read it, if it has."""
    language: str | None = None
    """The language whose rules the chrome stage has tried; None before it, and for a page too short to tell."""
    is_clean: bool = False
    """Whether the chrome stage takes the source for a text that was cleaned already: it is kept whole but for what
    stands in it twice."""
    outlook: BodyPrediction | None = None
    """None before the body stage, and for a text that was clean already."""
    endings: tuple[str, ...] = ()
    """What the titles of the site end with (``_河湾新闻网``), folded, the longest first, as its template says."""

    def with_findings(self, findings: Iterable[BlockFinding]) -> Draft:
        """Return the draft with more findings."""
        return self._with((*self.findings, *findings), self.candidates)

    def with_candidates(self, candidates: Iterable[Candidate]) -> Draft:
        """Return the draft with more candidates."""
        return self._with(self.findings, (*self.candidates, *candidates))

    def _with(self, findings: tuple[BlockFinding, ...], candidates: tuple[Candidate, ...]) -> Draft:
        """Return what ``replace`` does, in a third of the time: each stage asks for it."""
        return Draft(
            self.source, self.blocks, self.config, findings, candidates, self.warnings, self.stream, self.language,
            self.is_clean, self.outlook, self.endings,
        )  # fmt: skip

    def findings_by_block(self) -> list[list[BlockFinding]]:
        """Return for each block the findings about it, in the order in which they were made."""
        rows: list[list[BlockFinding]] = [[] for _ in self.blocks]
        for finding in self.findings:
            rows[finding.block].append(finding)
        return rows


Stage = Callable[[Draft], Draft]
COPY_RULES, SCRIPT = "levels", "script"
"""The rules of the findings about what a page prints again, level by level, and about the lines of its scripts."""
IGNORED = frozenset((COPY_RULES, SCRIPT))
"""Body and fields are decided as if the blocks with findings of these rules stood nowhere (``skip_ignored``)."""

CORE_GAP = 8.0
"""What a block that is not prose costs the core, in ideograms of prose: a caption or subheading does not end it, a
list of links does."""
CORE_CAP = 150.0
"""Most that one block adds to the core, so that one long disclaimer does not outweigh an article."""


def prose_core(blocks: Sequence[TextBlock]) -> tuple[int, int] | None:
    """Return the first and last index of the densest run of prose, None if there is no prose.

    Maximum-sum run (Kadane): prose counts its length, anything else costs ``CORE_GAP``.
    """
    best = (0.0, -1, -1)
    total, start = 0.0, 0
    for i, block in enumerate(blocks):
        if total <= 0:
            total, start = 0.0, i
        total += min(block.units, CORE_CAP) if block.is_prose else -CORE_GAP
        if total > best[0]:
            best = (total, start, i)
    return None if best[1] < 0 else (best[1], best[2])


def drop_ignored(draft: Draft) -> tuple[Draft, Sequence[int]]:
    """Return the draft without the blocks that have findings of ``IGNORED``, and the indices of the blocks left."""
    left_out = {finding.block for finding in draft.findings if finding.rule in IGNORED}
    if not left_out:
        return draft, range(len(draft.blocks))
    stays = [i for i in range(len(draft.blocks)) if i not in left_out]
    place = {i: at for at, i in enumerate(stays)}
    own = tuple([f.at(place[f.block]) for f in draft.findings if f.block in place])
    return replace(draft, blocks=tuple([draft.blocks[i] for i in stays]), findings=own), stays


def skip_ignored(draft: Draft, stage: Stage) -> Draft:
    """Return the draft that ``stage`` makes as if the blocks with findings of ``IGNORED`` stood nowhere on the page."""
    rest, stays = drop_ignored(draft)
    if rest is draft:
        return stage(draft)
    done = stage(rest)
    outlook = done.outlook
    if outlook is not None and done.outlook is not draft.outlook:
        chances = dict(zip(stays, outlook.chances, strict=True))
        outlook = outlook._replace(chances=tuple(chances.get(i, 0.0) for i in range(len(draft.blocks))))
    ignored = set(range(len(draft.blocks))).difference(stays)
    others = (finding for finding in draft.findings if finding.block in ignored)
    findings = (*others, *[finding.at(stays[finding.block]) for finding in done.findings])
    return replace(done, blocks=draft.blocks, findings=findings, outlook=outlook)
