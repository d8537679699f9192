"""The pages of one article as one Article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import takewhile
from typing import Any

from cleanpage.errors import CleanpageError
from cleanpage.labels import Label
from cleanpage.model import LEDGER, Article, Block, Finding, Image, Paragraph, Removed, Span
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy
from cleanpage.values import frozen

RULE = "join_pages"
BETWEEN_PAGES = "\n"
"""What stands between two source texts; it belongs to the last block of the first."""
REASON = "stands on an earlier page of the article"
_LIST_FIELDS = ("captions", "images", "links", "attachments", "related", "licences", "contacts", "comments", "keywords")
"""Fields that each page adds to; of the others the first page that has a value gives it."""
_OWN = (*LEDGER, "text", "paragraphs", "is_article", "confidence", "warnings", "next_page")
_MARKS = lazy(r"[\W_]+")


@frozen
class _Repeated:
    """A paragraph of a page that an earlier one holds."""

    paragraph: Paragraph
    copied: Span
    """Where the earlier one stands in the joined source text."""


def join_pages(pages: Iterable[Article]) -> Article:
    """Return the Article that the pages of one article make, given in their order.

    ``source_text`` is the pages' own, one behind the other with a line feed between, and all offsets are moved along,
    so that the ledger stays whole. Paragraphs that a page repeats go as duplicates: those it begins with that the
    article begins with too (a standfirst), or that the page before ends with. ``title``, ``authors`` and the like are
    the first page's that has any; lists (``images``, ``links`` …) are put together; ``confidence`` is the lowest;
    ``next_page`` and ``truncated`` are the last page's. Linear in the paragraphs. Raises CleanpageError without pages.
    """
    own = tuple(pages)
    if not own or not all(isinstance(page, Article) for page in own):
        raise CleanpageError("join_pages takes the Articles of one or more pages, in their order")
    joined = own[0]
    for page in own[1:]:
        joined = _appended(joined, page, own[0])
    return joined


def _appended(before: Article, page: Article, first: Article) -> Article:
    """Return an Article with one more page; ``first`` is the first page, which ``before`` begins with."""
    source = f"{before.source_text}{BETWEEN_PAGES}"
    moved = _moved(page, source)
    repeated = _repeated(before, moved.paragraphs, first)
    kept = moved.paragraphs[len(repeated) :]
    gone = [_removed_again(moved, one) for one in repeated]
    paragraphs = (*_with_copies(before.paragraphs, repeated), *kept)
    return replace(
        _joined_fields(before, moved),
        paragraphs=paragraphs,
        text="\n".join(paragraph.text for paragraph in paragraphs),
        source_text=moved.source_text,
        blocks=(*_closed(before.blocks, len(source)), *_marked(moved.blocks, repeated)),
        findings=(*before.findings, *moved.findings, *map(_finding_of_removed, gone)),
        evidence=(*before.evidence, *moved.evidence),
        removed=(*before.removed, *sorted((*_followed(moved.removed, repeated), *gone), key=lambda one: one.start)),
    )


def _joined_fields(before: Article, page: Article) -> Article:
    """Return ``before`` with what the fields of both pages make together."""
    names = [f.name for f in fields(Article) if f.name not in _OWN]
    values: dict[str, Any] = {name: getattr(before, name) or getattr(page, name) for name in names}
    for name in _LIST_FIELDS:
        values[name] = tuple(dict.fromkeys((*getattr(before, name), *getattr(page, name))))
    said_before = {(post.author, post.text) for post in before.posts}
    values["posts"] = (*before.posts, *(post for post in page.posts if (post.author, post.text) not in said_before))
    # The role of each editor belongs to his name.
    values["editor_roles"] = before.editor_roles if before.editors else page.editor_roles
    said = [warning for warning in before.warnings if not warning.startswith("truncated: ")]
    return replace(
        before,
        **values,
        is_article=before.is_article or page.is_article,
        confidence=min(before.confidence, page.confidence),
        warnings=tuple(dict.fromkeys((*said, *page.warnings))),
        next_page=page.next_page,
    )


def _repeated(before: Article, paragraphs: Sequence[Paragraph], first: Article) -> list[_Repeated]:
    """Return the paragraphs that a page begins with and that stand at the article's begin, or right before it."""
    mine = [_paragraph_key(paragraph) for paragraph in paragraphs]
    head = list(takewhile(lambda pair: pair[0] == _paragraph_key(pair[1]), zip(mine, first.paragraphs, strict=False)))
    found = [_Repeated(own, (one.start, one.end)) for own, (_, one) in zip(paragraphs, head, strict=False)]
    rest, tail = paragraphs[len(found) :], before.paragraphs
    keys = [_paragraph_key(paragraph) for paragraph in tail[-len(rest) :]] if rest else []
    for size in range(len(keys), 0, -1):
        if keys[-size:] == mine[len(found) : len(found) + size]:
            pairs = zip(rest, tail[-size:], strict=False)
            return [*found, *(_Repeated(own, (one.start, one.end)) for own, one in pairs)]
    return found


def _paragraph_key(paragraph: Paragraph) -> str:
    return _MARKS.sub("", fold(paragraph.text)) or paragraph.text


def _with_copies(paragraphs: Sequence[Paragraph], repeated: Sequence[_Repeated]) -> Iterator[Paragraph]:
    copies = {one.copied: ((one.paragraph.start, one.paragraph.end), *one.paragraph.copies) for one in repeated}
    for paragraph in paragraphs:
        more = copies.get((paragraph.start, paragraph.end), ())
        yield replace(paragraph, copies=(*paragraph.copies, *more)) if more else paragraph


def _removed_again(page: Article, one: _Repeated) -> Removed:
    start, end = one.paragraph.start, one.paragraph.end
    text = page.source_text[start:end]
    return Removed(start, end, text, Label.DUPLICATE, RULE, REASON, 1.0, one.copied)


def _finding_of_removed(gone: Removed) -> Finding:
    return Finding(gone.start, gone.end, gone.label, gone.rule, gone.reason, gone.score, gone.duplicate_of)


def _closed(blocks: Sequence[Block], end: int) -> Iterator[Block]:
    """Yield the blocks of the pages before, the last of them up to ``end``."""
    yield from blocks[:-1]
    last = blocks[-1] if blocks else Block(0, 0, Label.BLANK.role, Label.BLANK)
    yield replace(last, end=end)


def _marked(blocks: Sequence[Block], repeated: Sequence[_Repeated]) -> Iterator[Block]:
    """Yield the blocks of a page, those of repeated paragraphs as duplicates."""
    end = max((one.paragraph.end for one in repeated), default=0)
    for block in blocks:
        gone = block.label == Label.BODY and block.start < end
        yield replace(block, role=Label.DUPLICATE.role, label=Label.DUPLICATE) if gone else block


def _followed(removed: Sequence[Removed], repeated: Sequence[_Repeated]) -> Iterator[Removed]:
    """Yield what a page removed; copies of paragraphs that it repeats are copies of what is kept."""
    for gone in removed:
        start = gone.duplicate_of[0] if gone.duplicate_of else -1
        of = next((one.copied for one in repeated if one.paragraph.start <= start < one.paragraph.end), None)
        yield replace(gone, duplicate_of=of) if of else gone


def _moved(page: Article, source: str) -> Article:
    """Return a page with its source text behind ``source`` and all offsets moved along."""
    base = len(source)
    names = ("blocks", "findings", "evidence", "removed", "paragraphs", "links", "images", "posts")
    moved: dict[str, Any] = {name: tuple(_shifted(item, base) for item in getattr(page, name)) for name in names}
    return replace(page, source_text=source + page.source_text, **moved)


def _shifted(item: Any, base: int) -> Any:
    """Return a value of the model with its offsets moved by ``base``."""
    values: dict[str, Any] = {"start": item.start + base}
    if not isinstance(item, Image):
        values["end"] = item.end + base
    if of := getattr(item, "duplicate_of", None):
        values["duplicate_of"] = (of[0] + base, of[1] + base)
    if isinstance(item, Paragraph):
        values["copies"] = tuple((start + base, end + base) for start, end in item.copies)
    return replace(item, **values)
