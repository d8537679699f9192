"""What the inspector shows of an Article: tiles, labels, fields, and the data that its script reads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from cleanpage.decide.explain import decisions
from cleanpage.labels import Role
from cleanpage.model import Article, Document, Finding, Image, Licence, Link, Removed, Span, Witness
from cleanpage.report.verdict import VerdictInWords, verdict
from cleanpage.text import fold, is_cjk
from cleanpage.values import frozen
from cleanpage.why import Why

ROLES: tuple[Role, ...] = ("body", "metadata", "caption", "chrome", "duplicate")
"""In the order in which they are listed."""
_SAMPLE = 4_000
"""Characters that tell whether Chinese is written in traditional characters."""
_TRADITIONAL_SHARE = 0.1
"""Of the ideograms: of 214 labelled Chinese pages 114 have less than .05, 99 at least .18."""
SHOWN_APART = frozenset(
    ("text", "paragraphs", "source_text", "blocks", "findings", "evidence", "removed", "editor_roles")
)
"""Of Article: the body, the ledger, and what is shown with another field."""
_ON_TOP = frozenset(("is_article", "page_kind", "confidence", "warnings"))
"""What stands above the page."""


class Tile(NamedTuple):
    """One block of the page."""

    role: Role
    label: str
    text: str
    """As it stands on the page, without the blanks around it."""
    copies: int
    """How many blocks are copies of this one."""
    before: str
    """Its label in the article that this one is compared with; empty if it is the same."""
    probability: float | None
    """That it is body, as the forests give it; None where none was asked for or a rule had decided."""
    is_near: bool
    """Whether another value of ``favor`` would have made it end otherwise."""


class FieldSource(NamedTuple):
    """One place that a field comes from, or might have come from."""

    witness: Witness
    blocks: Span | None
    """First block and last, inclusive; None if it stands outside the text of the page."""


class Field(NamedTuple):
    """One field of the Article that has a value or a witness."""

    name: str
    values: tuple[str, ...]
    followed: list[FieldSource]
    others: list[FieldSource]
    """Those that say something else."""


@frozen
class View:
    """All that the template needs."""

    language: str
    """A BCP 47 tag for the text of the page; empty if it is not known."""
    verdict: VerdictInWords
    removed: str
    """What was removed, in words."""
    near: int
    """How many tiles are near."""
    tiles: list[Tile]
    labels: list[tuple[Role, list[tuple[str, int]]]]
    """Role, and its labels with the number of blocks, most frequent first."""
    fields: list[Field]
    absent: list[str]
    """Fields without value and without witness."""
    changed: int
    """How many tiles have a ``before``."""
    paragraphs: list[int]
    """For each paragraph its first block."""
    data: dict[str, Any]
    """What the script reads, JSON-ready."""


def view(article: Article, before: Article | None = None, why: Sequence[Why] = ()) -> View:
    """Return what is to be seen of an article."""
    starts = [block.start for block in article.blocks]
    origins = _kept_copies(article, starts)
    copies = Counter(i for first, last in origins.values() for i in range(first, last + 1))
    was = labels_before(article, before) if before is not None else [""] * len(starts)
    scores = {one.start: one for one in why}
    source = article.source_text
    tiles = []
    for i, block in enumerate(article.blocks):
        text, score = source[block.start : block.end].strip(), scores.get(block.start)
        probability, near = (score.probability, bool(score.favors)) if score else (None, False)
        tiles.append(Tile(block.role, block.label, text, copies[i], was[i], probability, near))
    shown, absent = _shown_fields(article, starts)
    return View(
        language=_language_tag(article),
        verdict=verdict(article),
        removed=_removed_note(tiles),
        near=sum(tile.is_near for tile in tiles),
        tiles=tiles,
        labels=_label_counts(tiles),
        fields=shown,
        absent=absent,
        changed=sum(map(bool, was)),
        paragraphs=[_at(starts, paragraph.start) for paragraph in article.paragraphs],
        data=_script_data(article, starts, origins, was) | _scores([scores.get(start) for start in starts]),
    )


def _removed_note(tiles: Sequence[Tile]) -> str:
    counts = Counter(tile.role for tile in tiles if tile.text)
    parts = [f"{counts[role]} {name}" for role, name in _PARTS.items() if counts[role]]
    return ", ".join(parts)


_PARTS: dict[Role, str] = {
    "body": "in the text", "metadata": "in fields", "caption": "captions", "chrome": "removed", "duplicate": "copies",
}  # fmt: skip


def _scores(why: Sequence[Why | None]) -> dict[str, Any]:
    """Return what the script needs to know of the probabilities."""
    groups: dict[str, int] = {}
    rows = [
        [number for group, odds in (one.groups[:MOST_GROUPS] if one else ()) for number in
         (groups.setdefault(group, len(groups)), odds)]
        for one in why
    ]  # fmt: skip
    return {
        "chances": [round(one.probability, 3) if one and one.probability is not None else None for one in why],
        "threshold": next((round(one.threshold, 3) for one in why if one and one.threshold is not None), None),
        "moved": rows if groups else [],
        "groups": list(groups),
        "otherwise": {i: one.otherwise for i, one in enumerate(why) if one and one.otherwise},
    }


MOST_GROUPS = 6
"""Groups of features that are shown of a block: the strongest."""


def _at(starts: Sequence[int], offset: int) -> int:
    """Return the block that holds an offset."""
    return max(0, bisect_right(starts, offset) - 1)


def _under(starts: Sequence[int], span: Span) -> Span:
    """Return the first and the last block of a span."""
    first = _at(starts, span[0])
    return first, max(first, bisect_left(starts, span[1]) - 1)


def _kept_copies(article: Article, starts: Sequence[int]) -> dict[int, Span]:
    """Return for each duplicate the first and the last block of the copy that was kept."""
    return {
        _at(starts, removed.start): _under(starts, removed.duplicate_of)
        for removed in article.removed
        if removed.duplicate_of is not None
    }


def labels_before(article: Article, before: Article) -> list[str]:
    """Return for each block its label in ``before`` if that is another one; blocks may be cut otherwise there."""
    starts = [block.start for block in before.blocks]
    labels = [before.blocks[_at(starts, block.start)].label for block in article.blocks]
    return [was if was != block.label else "" for was, block in zip(labels, article.blocks, strict=True)]


def _label_counts(tiles: Sequence[Tile]) -> list[tuple[Role, list[tuple[str, int]]]]:
    found = []
    for role in ROLES:
        counts = Counter(tile.label for tile in tiles if tile.role == role)
        if counts:
            found.append((role, sorted(counts.items(), key=lambda item: (-item[1], item[0]))))
    return found


def _shown_fields(article: Article, starts: Sequence[int]) -> tuple[list[Field], list[str]]:
    """Return the fields in their order, and the names of those of which nothing is known."""
    sources: dict[str, list[FieldSource]] = {}
    for witness in sorted(article.evidence, key=lambda w: -w.score):
        blocks = _under(starts, (witness.start, witness.end)) if witness.start < witness.end else None
        sources.setdefault(witness.field, []).append(FieldSource(witness, blocks))
    shown: list[Field] = []
    absent: list[str] = []
    for name in [f.name for f in fields(Article) if f.name not in SHOWN_APART | _ON_TOP]:
        values = values_of(article, name)
        found = sources.get(name, [])
        if values or found:
            followed = [source for source in found if source.witness.followed]
            shown.append(Field(name, values, followed, [source for source in found if not source.witness.followed]))
        else:
            absent.append(name)
    return shown, absent


def values_of(article: Article, name: str) -> tuple[str, ...]:
    """Return a field's value as lines of text."""
    value = getattr(article, name)
    if name == "editors" and len(article.editor_roles) == len(value):
        return tuple(f"{editor} ({role})" for editor, role in zip(value, article.editor_roles, strict=True))
    if name == "section":
        return (" › ".join(value),) if value else ()
    return tuple(text for item in (value if isinstance(value, tuple) else (value,)) for text in _texts_of(item))


def _texts_of(item: object) -> Iterator[str]:
    match item:
        case None | "":
            return
        case Licence():
            yield f"{item.kind}: {item.number}"
        case Image():
            yield f"{item.url} ({item.caption or item.text})" if item.caption or item.text else item.url
        case Link():
            yield f"{item.text} → {item.url}"
        case Document():
            yield from (f"{f.name}: {text}" for f in fields(item) if (text := getattr(item, f.name)))
        case float():
            yield f"{item:.2f}"
        case bool():
            yield "yes" if item else "no"
        case _:
            yield str(item)


def _language_tag(article: Article) -> str:
    """Return a BCP 47 tag; for Chinese with the script, which decides about the forms of the characters."""
    if article.language != "zh":
        return article.language or ""
    sample = [char for char in (article.text or article.source_text)[:_SAMPLE] if is_cjk(char)]
    traditional = sum(fold(char) != char for char in sample)
    return "zh-Hant" if traditional > _TRADITIONAL_SHARE * len(sample) else "zh-Hans"


def _script_data(
    article: Article, starts: Sequence[int], origins: dict[int, Span], was: Sequence[str]
) -> dict[str, Any]:
    """Return what the script needs to know of each block: who said what, what it copies, its paragraph."""
    said: dict[tuple[str, str, str], int] = {}
    rows: list[list[float]] = [[] for _ in starts]
    for i, decided in enumerate(decisions(article)):
        if decided is not None:
            rows[i] += [said.setdefault(_entry_key(decided), len(said)), round(decided.score, 3)]
    for finding in article.findings if rows else ():
        row = rows[_at(starts, finding.start)]
        number = said.setdefault(_entry_key(finding), len(said))
        if number not in row[::2]:
            row += [number, round(finding.score, 3)]
    paragraphs = [-1] * len(starts)
    for number, paragraph in enumerate(article.paragraphs):
        first, last = _under(starts, (paragraph.start, paragraph.end))
        paragraphs[first : last + 1] = [number] * (last + 1 - first)
    return {
        "said": list(said),
        "rows": rows,
        "spans": [[block.start, block.end] for block in article.blocks],
        "labels": [block.label for block in article.blocks],
        "roles": [block.role for block in article.blocks],
        "origins": origins,
        "paragraphs": paragraphs,
        "before": {i: label for i, label in enumerate(was) if label},
    }


def _entry_key(entry: Finding | Removed) -> tuple[str, str, str]:
    return entry.label, entry.rule, entry.reason
