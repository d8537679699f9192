"""An Article as Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from itertools import groupby, takewhile

from cleanpage.model import Article, Image, Paragraph
from cleanpage.text import normalise

_INLINE = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
"""What CommonMark would read as markup inside a line; an underscore within a word is none."""
_OPENING = re.compile(r"^(?:([#>+=~-])|(\d{1,9})([.)])(?=\s|$))")
"""What CommonMark would read as a block at the beginning of a line."""
_ORDERED = re.compile(r"^\d{1,9}[.)] ")
_INDENT = " " * 4
_UNSAFE = re.compile(r"[\s()<>\\\x00-\x1f]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_CELL = re.compile(r"\t|\s*[|│｜]\s*")


def to_markdown(article: Article) -> str:
    """Return the article as CommonMark (tables as GitHub writes them): title, a line of metadata, the body.

    Links and pictures of HTML stand where they stood, a caption under its picture.
    """
    parts = [f"# {_escape(article.title)}"] if article.title else []
    facts = [article.source, article.published, ", ".join(article.authors)]
    byline = " · ".join(_escape(fact) for fact in facts if fact)
    parts += [f"*{byline}*"] if byline else []
    top = min((p.level for p in article.paragraphs if p.kind == "heading" and p.level), default=0)
    images = deque(article.images)
    for kind, run in groupby(article.paragraphs, key=lambda paragraph: paragraph.kind):
        rows = list(run)
        for group in [rows] if kind in _RUNS else [[row] for row in rows]:
            while images and images[0].start < group[-1].end:
                parts += _image(images.popleft())
            parts.append(_RUNS[kind](article, group) if kind in _RUNS else _block(article, group[0], top))
    for image in images:
        parts += _image(image)
    return "\n\n".join(parts) + "\n" if parts else ""


_MARKS = {"paragraph": "{}", "quote": "> {}", "caption": "*{}*"}
_TOP, _LOWEST = 2, 6
"""Level of the first headings under the title, and of the last."""


def _block(article: Article, paragraph: Paragraph, top: int) -> str:
    """Return a paragraph that stands alone; ``top`` is the level of the body's highest headings."""
    text = _opening(_linked(article, paragraph))
    if paragraph.kind == "heading":
        return f"{'#' * min(_LOWEST, _TOP + max(0, paragraph.level - top))} {text}"
    return _MARKS[paragraph.kind].format(text)


def _escape(text: str) -> str:
    return _opening(_inline(text))


def _inline(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", text)


def _opening(text: str) -> str:
    return _OPENING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)


def _linked(article: Article, paragraph: Paragraph) -> str:
    """Return the text of a paragraph with its links, the beginning of the line not yet escaped."""
    parts, at, text, source = [], 0, paragraph.text, article.source_text
    first = bisect_left(article.links, paragraph.start, key=lambda link: link.start)
    for link in takewhile(lambda link: link.end <= paragraph.end, article.links[first:]):
        # Counted from the end: a bullet is no longer there.
        end = len(text[: len(text) - len(normalise(source[link.end : paragraph.end]))].rstrip())
        shown = normalise(link.text)
        start = end - len(shown)
        if start >= at and text[start:end] == shown:
            parts += [_inline(text[at:start]), f"[{_inline(shown)}]({_address(link.url)})"]
            at = end
    return "".join([*parts, _inline(text[at:])])


def _address(url: str) -> str:
    return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", _ENTITY.sub("&amp;", url))


def _image(image: Image) -> list[str]:
    shown = f"![{_inline(normalise(image.text))}]({_address(image.url)})"
    return [shown, f"*{_inline(image.caption)}*"] if image.caption else [shown]


def _list(article: Article, items: Sequence[Paragraph]) -> str:
    """Return the items of a list, those of lists inside it indented, those of numbered lists numbered."""
    lines: list[str] = []
    levels: list[int] = []
    numbers: list[int] = []
    for item in items:
        while levels and levels[-1] > item.level:
            levels.pop()
            numbers.pop()
        if not levels or levels[-1] < item.level:
            levels.append(item.level)
            numbers.append(0)
        numbers[-1] += 1
        text, printed = _linked(article, item), _ORDERED.match(item.text)
        mark = printed[0] if printed else f"{numbers[-1]}. " if item.ordered else "- "
        lines.append(_INDENT * (len(levels) - 1) + mark + _opening(text[printed.end() if printed else 0 :]))
    return "\n".join(lines)


def _code(article: Article, lines: Sequence[Paragraph]) -> str:
    """Return code as it stands in the page, indented."""
    text = "\n".join(_indented(article.source_text, line) for line in lines)
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return f"{fence}\n{text}\n{fence}"


def _indented(source: str, line: Paragraph) -> str:
    before = source[source.rfind("\n", 0, line.start) + 1 : line.start]
    return (before if before.isspace() else "") + line.text


def _table(article: Article, rows: Sequence[Paragraph]) -> str:
    """Return a table; the cells are read from the page, where their separators still stand."""
    cells = [_cells(article.source_text[row.start : row.end]) for row in rows]
    width = max(len(row) for row in cells)
    padded = [[_escape(cell) for cell in row] + [""] * (width - len(row)) for row in cells]
    lines = [f"| {' | '.join(row)} |" for row in padded]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _cells(line: str) -> list[str]:
    return [normalise(cell) for cell in _CELL.split(line.strip().strip("|│｜"))]


_RUNS: dict[str, Callable[[Article, Sequence[Paragraph]], str]] = {"table": _table, "list_item": _list, "code": _code}
"""Kinds whose paragraphs make one block together."""
