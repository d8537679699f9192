"""An Article as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cleanpage.layout import PRINTED_NUMBER, cells, level_under_title, linked, pieces, top_level
from cleanpage.model import Article, Image, Paragraph
from cleanpage.patterns import lazy
from cleanpage.text import normalise

_INLINE = lazy(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
"""What CommonMark would read as markup inside a line; an underscore within a word is none."""
_OPENING = lazy(r"^(?:([#>+=~-])|(\d{1,9})([.)])(?=\s|$))")
"""What CommonMark would read as a block at the beginning of a line."""
_INDENT = " " * 4
_UNSAFE = lazy(r"[\s()<>\\\x00-\x1f]")
_ENTITY = lazy(r"&(?=#?\w+;)")
_MARKS = {"paragraph": "{}", "quote": "> {}", "caption": "*{}*"}


def to_markdown(article: Article) -> str:
    """Return the article as CommonMark (tables as GitHub writes them): title, a line of metadata, the body.

    Links and pictures of HTML stand where they stood, a caption under its picture.
    """
    parts = [f"# {_escape(article.title)}"] if article.title else []
    facts = [article.source, article.published, ", ".join(article.authors)]
    byline = " · ".join(_escape(fact) for fact in facts if fact)
    parts += [f"*{byline}*"] if byline else []
    top = top_level(article)
    for piece in pieces(article):
        if isinstance(piece, Image):
            parts += _image(piece)
        elif piece[0].kind in _RUNS:
            parts.append(_RUNS[piece[0].kind](article, piece))
        else:
            parts.append(_block(article, piece[0], top))
    return "\n\n".join(parts) + "\n" if parts else ""


def _block(article: Article, paragraph: Paragraph, top: int) -> str:
    """Return a paragraph that stands alone; ``top`` is the level of the body's highest headings."""
    text = _opening(_linked(article, paragraph))
    if paragraph.kind == "heading":
        return f"{'#' * level_under_title(paragraph, top)} {text}"
    return _MARKS[paragraph.kind].format(text)


def _escape(text: str) -> str:
    return _opening(_inline(text))


def _inline(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", text)


def _opening(text: str) -> str:
    return _OPENING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)


def _linked(article: Article, paragraph: Paragraph) -> str:
    """Return the text of a paragraph with its links, the beginning of the line not yet escaped."""
    parts = linked(article, paragraph)
    return "".join(f"[{_inline(text)}]({_address(url)})" if url is not None else _inline(text) for text, url in parts)


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
        text, printed = _linked(article, item), PRINTED_NUMBER.match(item.text)
        mark = printed[0] if printed else f"{numbers[-1]}. " if item.ordered else "- "
        lines.append(_INDENT * (len(levels) - 1) + mark + _opening(text[printed.end() if printed else 0 :]))
    return "\n".join(lines)


def _code(_: Article, listing: Sequence[Paragraph]) -> str:
    text = listing[0].text
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return f"{fence}{listing[0].language}\n{text}\n{fence}"


def _table(article: Article, rows: Sequence[Paragraph]) -> str:
    table = cells(article, rows)
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in table]
    return "\n".join([lines[0], "|" + " --- |" * len(table[0]), *lines[1:]])


def _cell(text: str) -> str:
    return _escape(text).replace("|", r"\|")


_RUNS: dict[str, Callable[[Article, Sequence[Paragraph]], str]] = {"table": _table, "list_item": _list, "code": _code}
"""Kinds whose paragraphs are not written as running text."""
