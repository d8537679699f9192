"""The body of an Article as it is set: what Markdown and HTML have in common."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import urlsplit

from cleanpage.model import Article, Image, Paragraph, Post
from cleanpage.text import normalise
from cleanpage.text.lazy_regex import lazy
from cleanpage.text.note_signs import number_of_mark, number_of_note

TOGETHER = ("table", "list_item")
"""Kinds whose neighbouring paragraphs make one block."""
TOP, LOWEST_HEADING = 2, 6
"""Level of the first headings under the title, and of the last."""
KINDS = ("url", "strong", "emphasis", "code", "note", "back")
"""What may be around words; of those that are equally long the first is outermost."""
PRINTED_NUMBER = lazy(r"^(\d{1,9})[.)] ")
"""The number of a list item that stands in its text."""
_BAR = lazy(r"[|│｜]\s*")
"""What parts the cells of a row without tabs."""

_SCHEMES = ("http", "https", "mailto", "")
_IGNORED = lazy(r"^[\x00-\x20]+|[\t\r\n]")
"""What browsers take out of an address before they look for its scheme."""


def pieces(article: Article) -> Iterator[Image | Post | list[Paragraph]]:
    """Yield pictures and paragraphs in the order of the page; the items of a list or table come together.

    A post whose author or day is known comes before its first paragraph.
    """
    images, latest = deque(article.images), 0
    starts = [post.start for post in article.posts if post.end]
    for (number, kind), run in groupby(_grouped(article.paragraphs, starts), key=itemgetter(0)):
        if number > latest and facts(article.posts[number - 1]):
            yield article.posts[number - 1]
        latest = number
        rows = [paragraph for _, paragraph in run]
        for group in [rows] if kind in TOGETHER else [[row] for row in rows]:
            while images and images[0].start < group[-1].end:
                yield images.popleft()
            yield group
    yield from images


def _grouped(paragraphs: Sequence[Paragraph], starts: Sequence[int]) -> Iterator[tuple[tuple[int, str], Paragraph]]:
    """Yield each paragraph behind how many posts have begun and what it is set as: what follows in an item, as that.

    A footnote is set alone, whatever it was in.
    """
    before = (0, "")
    for paragraph in paragraphs:
        number = bisect_right(starts, paragraph.start)
        follows = paragraph.kind == "paragraph" and paragraph.level and before == (number, "list_item")
        kind = "note" if is_footnote(paragraph) else paragraph.kind
        before = number, "list_item" if follows else kind
        yield before, paragraph


def is_footnote(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is a footnote."""
    return any(mark.kind == "back" for mark in paragraph.marks)


def footnote_number(article: Article, paragraph: Paragraph) -> tuple[str, int]:
    """Return the number of a footnote, empty if it has none, and how many characters of its text print it."""
    back = next(mark for mark in paragraph.marks if mark.kind == "back")
    return number_of_note(article.source_text[back.start : back.end], paragraph.number, paragraph.text)


def facts(post: Post) -> str:
    """Return who wrote a post and when, as a line; empty if neither is known."""
    return " · ".join(filter(None, (post.author, post.published)))


def byline_of(article: Article) -> list[str]:
    """Return source, day and authors of an article, what of them there is; not what its first post says below it."""
    said = facts(article.posts[0]) if article.posts and article.posts[0].end else ""
    author = ", ".join(article.authors)
    return [fact for fact in (article.source, article.published, author) if fact and fact not in said.split(" · ")]


def top_level(article: Article) -> int:
    """Return the level of the body's highest headings as the page had it, 0 if it says none."""
    return min((p.level for p in article.paragraphs if p.kind == "heading" and p.level), default=0)


def level_under_title(heading: Paragraph, top: int) -> int:
    """Return the level of a heading under a title of level 1, where the highest are of level ``top``."""
    return min(LOWEST_HEADING, TOP + max(0, heading.level - top))


class TextRun(NamedTuple):
    """A piece of a paragraph that is set alike."""

    text: str
    url: str | None = None
    """Where it leads."""
    marks: frozenset[str] = frozenset()
    """Kinds of the marks that it stands in."""

    def value(self, kind: str) -> str | bool | None:
        """Return the address for ``url``, whether it stands in such a mark for others."""
        return self.url if kind == "url" else kind in self.marks

    def without(self, kind: str) -> TextRun:
        """Return it as if it did not stand in that."""
        return self._replace(url=None) if kind == "url" else self._replace(marks=self.marks - {kind})


def text_runs(article: Article, paragraph: Paragraph, skipped: int = 0) -> list[TextRun]:
    """Return the text of a paragraph, without its first ``skipped`` characters, in pieces that are set alike.

    Headings are set apart as they are: in them only code is marked. Linear in the paragraph with its links and marks.
    """
    first = bisect_left(article.links, paragraph.start, key=lambda link: link.start)
    links = takewhile(lambda link: link.end <= paragraph.end, article.links[first:])
    source = article.source_text
    spans: list[tuple[int, int, str, str]] = [
        (link.start, link.end, "", link.url)
        for link in links
        if is_followable(link.url) and normalise(source[link.start : link.end]) == normalise(link.text)
    ]
    apart = ("code",) if paragraph.kind == "heading" else KINDS
    spans += [(mark.start, mark.end, mark.kind, "") for mark in paragraph.marks if mark.kind in apart]
    found = _cut(source, paragraph, spans) if spans else None
    return list(_behind(found or [TextRun(paragraph.text)], skipped))


def _cut(source: str, paragraph: Paragraph, spans: Sequence[tuple[int, int, str, str]]) -> list[TextRun] | None:
    """Return the text cut where links and marks begin and end; None where it is not what the page has there."""
    text, at, found = paragraph.text, 0, [TextRun("")]
    bullet = len(normalise(source[paragraph.start : paragraph.end])) - len(text)
    changes: dict[int, list[tuple[str, str, int]]] = {paragraph.start: [], paragraph.end: []}
    for start, end, kind, url in spans:
        changes.setdefault(start, []).append((kind, url, 1))
        changes.setdefault(end, []).append((kind, url, -1))
    is_open: Counter[tuple[str, str]] = Counter()
    for begin, end in pairwise(sorted(changes)):
        for kind, url, step in changes[begin]:
            is_open[kind, url] += step
        shown = normalise(source[begin:end])
        shown, bullet = shown[bullet:].lstrip() if bullet > 0 else shown, max(0, bullet - len(shown))
        if not shown:
            continue
        marks = frozenset(kind for (kind, _), count in is_open.items() if kind and count > 0)
        run = TextRun(
            shown, next((url for (kind, url), count in is_open.items() if not kind and count > 0), None), marks
        )
        if at < len(text) and text[at] == " " and shown[0] != " ":
            found.append(TextRun(" ", run.url if run.url == found[-1].url else None, run.marks & found[-1].marks))
            at += 1
        if not text.startswith(shown, at):
            return None
        at += len(shown)
        found.append(run)
    return found if at == len(text) else None


class Nest(NamedTuple):
    """A link or mark with what stands in it."""

    kind: str
    """``url`` or the kind of a mark."""
    url: str
    inside: tuple[TextRun | Nest, ...]


def nested_runs(found: Sequence[TextRun]) -> tuple[TextRun | Nest, ...]:
    """Return runs as a tree: of the links and marks that begin at one place, the longest is outermost."""
    tree: list[TextRun | Nest] = []
    at = 0
    while at < len(found):
        here = found[at]
        ends = {kind: _run_end(found, at, kind) for kind in KINDS if here.value(kind)}
        if not ends:
            tree.append(here)
            at += 1
            continue
        kind = max(ends, key=lambda name: ends[name])
        tree.append(Nest(kind, here.url or "", nested_runs([run.without(kind) for run in found[at : ends[kind]]])))
        at = ends[kind]
    return tuple(tree)


def words_of_run(node: TextRun | Nest) -> str:
    """Return the characters of a run, or of what stands in a link or mark."""
    return node.text if isinstance(node, TextRun) else "".join(map(words_of_run, node.inside))


def note_number(node: Nest) -> str:
    """Return the number of a footnote's mark; empty for another link or mark."""
    return number_of_mark(words_of_run(node)) if node.kind == "note" else ""


def _run_end(found: Sequence[TextRun], at: int, kind: str) -> int:
    """Return where the runs end that have the same value of ``kind`` as the one at ``at``."""
    value = found[at].value(kind)
    return next((i for i in range(at, len(found)) if found[i].value(kind) != value), len(found))


def _behind(found: Iterable[TextRun], skipped: int) -> Iterator[TextRun]:
    """Yield runs without their first ``skipped`` characters."""
    for run in found:
        if len(run.text) > skipped:
            yield run._replace(text=run.text[skipped:])
        skipped = max(0, skipped - len(run.text))


def is_followable(url: str) -> bool:
    """Tell whether an address may be followed: to http, https, mailto or a relative one; ``javascript:`` may not."""
    try:
        return urlsplit(_IGNORED.sub("", url)).scheme in _SCHEMES
    except ValueError:
        return False


def cells(article: Article, rows: Sequence[Paragraph]) -> list[list[str]]:
    """Return the cells of a table, all rows equally long; they are read from the page, where they are still apart.

    An article without its ledger has the text of the rows alone.
    """
    found = [_cells_of_row(article.source_text[row.start : row.end] or row.text) for row in rows]
    width = max(len(row) for row in found)
    return [row + [""] * (width - len(row)) for row in found]


def _cells_of_row(line: str) -> list[str]:
    found = line.split("\t") if "\t" in line else _BAR.split(line.strip().strip("|│｜"))
    return [normalise(cell) for cell in found]
