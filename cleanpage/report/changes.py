"""What another Config makes of the same page: blocks, text and fields that come out differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from difflib import SequenceMatcher

from cleanpage.model import Article
from cleanpage.report.view import SHOWN_APART, labels_before, values_of
from cleanpage.values import frozen

MAX_COMPARED = 1_000
"""Paragraphs on either side that are aligned; comparing costs their product. Of more, all count as changed."""


@frozen
class Relabelled:
    """A block that ends as something else."""

    text: str
    """The block, as it stands on the page."""
    before: str
    """Its label before."""
    after: str
    """Its label now."""


@frozen
class Changes:
    """How two articles of one page differ; empty if they do not."""

    blocks: tuple[Relabelled, ...]
    """The blocks with another label, in order."""
    gone: tuple[str, ...]
    """Paragraphs that are in the text no more."""
    new: tuple[str, ...]
    """Paragraphs that were not in the text before."""
    fields: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    """Name, values before, values now of each other field that differs."""

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.blocks or self.gone or self.new or self.fields)


def changes(before: Article, after: Article) -> Changes:
    """Return how ``after`` differs from ``before``, both made of the same page."""
    was = labels_before(after, before)
    source = after.source_text
    blocks = tuple(
        Relabelled(source[block.start : block.end].strip(), label, block.label)
        for block, label in zip(after.blocks, was, strict=True)
        if label
    )
    gone, new = _changed_paragraphs(before.text.split("\n"), after.text.split("\n"))
    names = [f.name for f in fields(Article) if f.name not in SHOWN_APART]
    pairs = [(name, values_of(before, name), values_of(after, name)) for name in names]
    return Changes(blocks, gone, new, tuple(pair for pair in pairs if pair[1] != pair[2]))


def _changed_paragraphs(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paragraphs that went and those that came."""
    head = _common_start(before, after)
    tail = _common_start(before[: head - len(before) - 1 : -1], after[: head - len(after) - 1 : -1])
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(len(before), len(after)) <= MAX_COMPARED:
        steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        edits = [(before[a:b], after[c:d]) for tag, a, b, c, d in steps if tag != "equal"]
    else:
        edits = [(before, after)]
    gone = tuple(line for old, _ in edits for line in old if line)
    return gone, tuple(line for _, fresh in edits for line in fresh if line)


def _common_start(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines both begin with."""
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    return same
