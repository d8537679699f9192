"""An Article as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import quote

from cleanpage.export.layout import (
    PRINTED_NUMBER,
    Nest,
    TextRun,
    byline_of,
    cells,
    facts,
    footnote_number,
    is_followable,
    is_footnote,
    level_under_title,
    nested_runs,
    note_number,
    pieces,
    text_runs,
    top_level,
    words_of_run,
)
from cleanpage.export.schema_org import quoted
from cleanpage.model import Article, Image, Paragraph, Post
from cleanpage.text import normalise
from cleanpage.text.lazy_regex import lazy

_INLINE = lazy(r"[\\`*\[\]{~]|(?<!\w)_|_(?!\w)")
"""What would be read as markup in a line and a backslash escapes; ``{`` begins an attribute list of Python-Markdown,
one ``~`` strikes out on GitHub, an underscore within a word is none."""
_REFERENCES = lazy(r"<|&(?=#|\w+;)|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What a backslash does not escape everywhere (Python-Markdown lets ``\\<script>`` run), and what ends a line."""
_OPENING = lazy(r"^(?:([#>]|[+-](?=[\s-]|$))|(\d{1,9})([.)])(?=\s|$)|:(?=\s|$))")
"""What would be read as a block at the beginning of a line; a colon not by CommonMark, and not all escape it."""
_INDENT = " " * 4
_UNSAFE = lazy(r"[\s()\[\]{}<>\"'`\\|^\x00-\x20\x7f-\x9f\ud800-\udfff]|&(?=#|\w+;)")
"""What is percent-encoded in an address; a reference to a character too, for mistune reads one twice."""
_UNPRINTABLE = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ACTIVE_CODE = lazy(r"<[a-zA-Z/!?]|\][(:]")
"""What is markup in code between fences for a reader who knows none (Python-Markdown without ``fenced_code``)."""
_BROKEN = lazy(r"&#(?!\d+;|[xX][\da-fA-F]+;)")
"""A broken reference to a character: behind one Python-Markdown loses count and lets code that is indented run."""
_READ_ALL_THE_SAME = lazy(r"^ *:?-+:? *\||</(?:code|pre)", re.MULTILINE | re.IGNORECASE)
"""What markdown2 reads in indented code too: the line under the head of a table, and the end of code."""
_ACTIVE_IN_YAML = lazy(r"[<\[\]{~]")
"""What would be markup in the front matter, for a reader who takes it for a part of the text."""
_LANGUAGE = lazy(r"[\w+#.-]{1,30}")
"""The name of a language that may stand behind a fence."""
_MARKS = {"paragraph": "{}", "quote": "> {}", "caption": "*{}*"}
FRONT_MATTER = (
    "title", "authors", "published", "modified", "source", "site", "section", "language", "url", "canonical_url",
)  # fmt: skip
"""Fields of the Article that stand in the front matter, if the page has them."""
_ADDRESSES = ("url", "canonical_url")
"""Those that a reader may make links of, wherever they stand."""
_SEPARATOR = "<!-- -->"
"""Ends a list, as the specification of CommonMark does it: indented code behind it would belong to its last item."""


def to_markdown(article: Article, *, front_matter: bool = False) -> str:
    """Return the article as CommonMark (tables as GitHub writes them): title, a line of metadata, the body.

    With ``front_matter`` title and metadata stand as YAML between lines of ``---`` instead. Bold, italic and code
    words, links, footnotes and pictures of HTML stand where they stood, a caption under its picture. What the page does
    not call a heading, but prints like one, is a bold line. Nothing from the page is markup, in older dialects either,
    and a link leads nowhere but to http, https, mailto or a relative address. Code stands between fences; code that a
    reader without fences would take for markup is indented, or stands in ``<pre>`` if it holds the rule of a table, the
    end of code or a broken reference to a character, or stands behind a table.
    """
    parts = _front_matter(article) if front_matter else _title_and_metadata(article)
    top, before = top_level(article), ""
    for piece in pieces(article):
        if isinstance(piece, Image) and not is_followable(piece.url):
            continue
        if isinstance(piece, Image):
            parts += _image(piece)
        elif isinstance(piece, Post):
            parts.append(f"*{_escape(facts(piece))}*")
        elif is_footnote(piece[0]):
            parts.append(_footnote(article, piece[0]))
        elif piece[0].kind == "code":
            parts += _code(piece[0], before)
        elif piece[0].kind in _RUNS:
            parts.append(_RUNS[piece[0].kind](article, piece))
        else:
            parts.append(_block(article, piece[0], top))
        before = piece[0].kind if isinstance(piece, list) else ""
    return "\n\n".join(parts) + "\n" if parts else ""


def _title_and_metadata(article: Article) -> list[str]:
    """Return the title and a line of metadata."""
    byline = " · ".join(map(_escape, byline_of(article)))
    return [*([f"# {_escape(article.title)}"] if article.title else []), *([f"*{byline}*"] if byline else [])]


def _front_matter(article: Article) -> list[str]:
    """Return title and metadata as YAML; its values are written as JSON, which YAML is a superset of."""
    values = {name: getattr(article, name) for name in FRONT_MATTER}
    shown = {
        name: value for name, value in values.items() if value and (name not in _ADDRESSES or is_followable(value))
    }
    lines = [f"{name}: {_yaml(value)}" for name, value in shown.items()]
    return ["\n".join(["---", *lines, "---"])]


def _yaml(value: str | Sequence[str]) -> str:
    """Return a value, or a list of some, that is no markup for a reader who knows no front matter either."""
    if isinstance(value, str):
        return _ACTIVE_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted(value))
    return f"[{', '.join(map(_yaml, value))}]"


def _block(article: Article, paragraph: Paragraph, top: int) -> str:
    """Return a paragraph that stands alone; ``top`` is the level of the body's highest headings."""
    text = _opening(_set(article, paragraph))
    if paragraph.kind == "heading":
        return f"{'#' * level_under_title(paragraph, top)} {text}" if paragraph.level else f"**{text}**"
    return _MARKS[paragraph.kind].format(text)


def _footnote(article: Article, paragraph: Paragraph) -> str:
    """Return a footnote as GitHub and Pandoc write it.

    A reader who knows none may take it for the definition of a link to its text, so nothing that looks like an address
    may begin that.
    """
    number, printed = footnote_number(article, paragraph)
    text = _set(article, paragraph, printed).strip()
    named = number and text and not set(text.partition(" ")[0]) & set(":&")
    return f"[^{number}]: {_opening(text)}" if named else _opening(text)


def _escape(text: str) -> str:
    return _opening(_inline(text))


def _inline(text: str) -> str:
    return _REFERENCES.sub(lambda match: _WRITTEN.get(match[0], " "), _INLINE.sub(r"\\\g<0>", text))


_WRITTEN = {"<": "&lt;", "&": "&amp;"}


def _opening(text: str) -> str:
    return _OPENING.sub(_opened, text)


def _opened(found: re.Match[str]) -> str:
    if found[0] == ":":
        return "&#58;"
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


def _set(article: Article, paragraph: Paragraph, skipped: int = 0) -> str:
    """Return the text of a paragraph with its links and marks, the beginning of the line not yet escaped."""
    return _inside_run(nested_runs(text_runs(article, paragraph, skipped)), ("", ""))


def _inside_run(tree: Sequence[TextRun | Nest], around: tuple[str, str]) -> str:
    """Return links and marks as they are written; ``around`` are the characters before and behind them."""
    words = [_run_characters(node) for node in tree]
    edges = [around[0], *(text[-1:] for text in words)], [*(text[:1] for text in words), around[1]]
    parts: list[str] = []
    for i, node in enumerate(tree):
        if isinstance(node, TextRun):
            part = _inline(node.text)
        elif node.kind == "url":
            part = f"[{_inside_run(node.inside, ('[', ']'))}]({_address(node.url)})"
        elif node.kind == "code":
            part = _code_span(words_of_run(node))
        elif node.kind == "back":
            part = ""
        elif node.kind == "note":  # one that begins a line would be a note itself
            part = words[i] if parts and note_number(node) else _inline(words_of_run(node))
        else:
            mark = _DELIMITERS[node.kind]
            outside = edges[0][i], edges[1][i + 1]
            beside = bool(parts) and parts[-1].endswith("*")  # the borders of two marks side by side read as one
            reads = not beside and _delimits(words[i][0], outside[0]) and _delimits(words[i][-1], outside[1])
            text = _inside_run(node.inside, ("*", "*") if reads else outside)
            part = f"{mark}{text}{mark}" if reads else text
        if part.startswith("[") and parts and parts[-1].endswith("!"):
            parts[-1] = parts[-1][:-1] + "\\!"  # or the link would be read as an image
        if part.startswith("(") and parts and parts[-1].startswith("[^"):
            part = "\\" + part  # or the mark of a footnote would be read as a link
        parts.append(part)
    return "".join(parts)


def _run_characters(node: TextRun | Nest) -> str:
    """Return the characters of a run, or of what stands in a link or mark; of a footnote's mark what is written."""
    if isinstance(node, TextRun):
        return node.text
    number = note_number(node)
    return f"[^{number}]" if number else "".join(map(_run_characters, node.inside))


def _delimits(inside: str, outside: str) -> bool:
    """Tell whether asterisks between two characters, in and outside of the emphasis, are read as its border.

    CommonMark 6.2: no blank inside; punctuation inside only beside a blank, punctuation or the end of the line.
    """
    return not inside.isspace() and (inside.isalnum() or not outside.isalnum())


def _code_span(text: str) -> str:
    """Return words of code; those that an older reader might take for markup stay words."""
    if _ACTIVE_CODE.search(text) or _UNPRINTABLE.search(text) or "`" in text or text != text.strip() or "&" in text:
        return _inline(text)
    return f"`{text}`"


_DELIMITERS = {"strong": "**", "emphasis": "*"}


def _address(url: str) -> str:
    return _UNSAFE.sub(lambda match: quote(match[0], safe="", errors="replace"), url)


def _image(image: Image) -> list[str]:
    words = normalise(image.text)
    alternative = _inline("" if words == image.caption else words).replace('"', "&quot;")
    shown = f"![{alternative}]({_address(image.url)})"
    return [shown, f"*{_inline(image.caption)}*"] if image.caption else [shown]


def _list(article: Article, items: Sequence[Paragraph]) -> str:
    """Return the items of a list, those of lists inside it indented, those of numbered lists numbered.

    What stands in an item below its first line is indented behind an empty line.
    """
    lines: list[str] = []
    levels: list[int] = []
    for item in items:
        while levels and levels[-1] > item.level:
            levels.pop()
        if item.kind == "paragraph":
            lines += ["", _INDENT * max(1, len(levels)) + _opening(_set(article, item)), ""]
            continue
        if not levels or levels[-1] < item.level:
            levels.append(item.level)
        printed = PRINTED_NUMBER.match(item.text)
        mark = printed[0] if printed else f"{item.number}. " if item.number else "- "
        text = _set(article, item, printed.end() if printed else 0)
        lines.append(_INDENT * (len(levels) - 1) + mark + _opening(text))
    return "\n".join(lines).replace("\n\n\n", "\n\n").rstrip("\n")


def _code(listing: Paragraph, before: str) -> list[str]:
    """Return a listing; ``before`` is the kind of the paragraph before it: to markdown2 a table goes on in code."""
    text = _UNPRINTABLE.sub("\ufffd", listing.text)
    active = _ACTIVE_CODE.search(text)
    if _BROKEN.search(text) or (active and (before == "table" or _READ_ALL_THE_SAME.search(text))):
        return [f"<pre><code>{escape(text, quote=False).replace('[', '&#91;')}</code></pre>"]
    if active:
        indented = "\n".join(_INDENT + line for line in text.splitlines())
        return [_SEPARATOR, indented] if before == "list_item" else [indented]
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    language = listing.language if _LANGUAGE.fullmatch(listing.language or "") else ""
    return [f"{fence}{language}\n{text}\n{fence}"]


def _markdown_table(article: Article, rows: Sequence[Paragraph]) -> str:
    table = cells(article, rows)
    lines = [f"| {' | '.join(map(_table_cell, row))} |" for row in table]
    return "\n".join([lines[0], "|" + " --- |" * len(table[0]), *lines[1:]])


def _table_cell(text: str) -> str:
    return _escape(text).replace("|", r"\|")


_RUNS: dict[str, Callable[[Article, Sequence[Paragraph]], str]] = {"table": _markdown_table, "list_item": _list}
"""Kinds whose paragraphs make one block together."""
