"""An Article as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from cleanpage.export.layout import PRINTED_NUMBER, cells, leads, level_under_title, linked, pieces, top_level
from cleanpage.model import Article, Image, Paragraph
from cleanpage.text import normalise
from cleanpage.text.lazy_regex import lazy

_INLINE = lazy(r"[\\`*\[\]{~]|(?<!\w)_|_(?!\w)")
"""What would be read as markup in a line and a backslash escapes; ``{`` begins an attribute list of Python-Markdown,
one ``~`` strikes out on GitHub, an underscore within a word is none."""
_REFERENCES = lazy(r"<|&(?=#|\w+;)|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What a backslash does not escape everywhere (Python-Markdown lets ``\\<script>`` run), and what ends a line."""
_OPENING = lazy(r"^(?:([#>]|[+-](?=[\s-]|$))|(\d{1,9})([.)])(?=\s|$))")
"""What would be read as a block at the beginning of a line."""
_INDENT = " " * 4
_UNSAFE = lazy(r"[\s()\[\]{}<>\"'`\\|^\x00-\x20\x7f-\x9f\ud800-\udfff]|&(?=#|\w+;)")
"""What is percent-encoded in an address; a reference to a character too, for mistune reads one twice."""
_UNPRINTABLE = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ACTIVE = lazy(r"<[a-zA-Z/!?]|\][(:]")
"""What is markup in code between fences for a reader who knows none (Python-Markdown without ``fenced_code``)."""
_LANGUAGE = lazy(r"[\w+#.-]{1,30}")
"""The name of a language that may stand behind a fence."""
_MARKS = {"paragraph": "{}", "quote": "> {}", "caption": "*{}*"}
_SEPARATOR = "<!-- -->"
"""Ends a list, as the specification of CommonMark does it: indented code behind it would belong to its last item."""


def to_markdown(article: Article) -> str:
    """Return the article as CommonMark (tables as GitHub writes them): title, a line of metadata, the body.

    Links and pictures of HTML stand where they stood, a caption under its picture. Nothing from the page is markup, in
    older dialects either, and a link leads nowhere but to http, https, mailto or a relative address. Code stands
    between fences; code that a reader without fences would take for markup is indented.
    """
    parts = [f"# {_escape(article.title)}"] if article.title else []
    facts = [article.source, article.published, ", ".join(article.authors)]
    byline = " · ".join(_escape(fact) for fact in facts if fact)
    parts += [f"*{byline}*"] if byline else []
    top, behind_list = top_level(article), False
    for piece in pieces(article):
        if isinstance(piece, Image):
            parts += _image(piece) if leads(piece.url) else []
        elif piece[0].kind == "code":
            parts += _code(piece[0], behind_list)
        elif piece[0].kind in _RUNS:
            parts.append(_RUNS[piece[0].kind](article, piece))
        else:
            parts.append(_block(article, piece[0], top))
        behind_list = not isinstance(piece, Image) and piece[0].kind == "list_item"
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
    return _REFERENCES.sub(lambda match: _WRITTEN.get(match[0], " "), _INLINE.sub(r"\\\g<0>", text))


_WRITTEN = {"<": "&lt;", "&": "&amp;"}


def _opening(text: str) -> str:
    return _OPENING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)


def _linked(article: Article, paragraph: Paragraph) -> str:
    """Return the text of a paragraph with its links, the beginning of the line not yet escaped."""
    return "".join(
        f"[{_inline(text)}]({_address(url)})" if url is not None and leads(url) else _inline(text)
        for text, url in linked(article, paragraph)
    )


def _address(url: str) -> str:
    return _UNSAFE.sub(lambda match: quote(match[0], safe="", errors="replace"), url)


def _image(image: Image) -> list[str]:
    alternative = _inline(normalise(image.text)).replace('"', "&quot;")
    shown = f"![{alternative}]({_address(image.url)})"
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


def _code(listing: Paragraph, behind_list: bool) -> list[str]:
    text = _UNPRINTABLE.sub("\ufffd", listing.text)
    if _ACTIVE.search(text):
        indented = "\n".join(_INDENT + line for line in text.splitlines())
        return [_SEPARATOR, indented] if behind_list else [indented]
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    language = listing.language if _LANGUAGE.fullmatch(listing.language or "") else ""
    return [f"{fence}{language}\n{text}\n{fence}"]


def _table(article: Article, rows: Sequence[Paragraph]) -> str:
    table = cells(article, rows)
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in table]
    return "\n".join([lines[0], "|" + " --- |" * len(table[0]), *lines[1:]])


def _cell(text: str) -> str:
    return _escape(text).replace("|", r"\|")


_RUNS: dict[str, Callable[[Article, Sequence[Paragraph]], str]] = {"table": _table, "list_item": _list}
"""Kinds whose paragraphs make one block together."""
