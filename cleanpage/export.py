"""An Article as plain text, Markdown, JSON or schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from cleanpage.model import Article, Paragraph
from cleanpage.text import normalise

_UNPRINTABLE = re.compile("[\x7f-\x9f\ud800-\udfff]")
_INLINE = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
"""What CommonMark would read as markup inside a line; an underscore within a word is none."""
_OPENING = re.compile(r"^(?:([#>+=~-])|(\d{1,9})([.)])(?=\s|$))")
"""What CommonMark would read as a block at the beginning of a line."""
_ORDERED = re.compile(r"^\d{1,9}[.)] ")
_CELL = re.compile(r"\t|\s*[|│｜]\s*")


def to_text(article: Article) -> str:
    """Return the title, an empty line and the body; what the page lacks is left out."""
    title = f"{article.title}\n\n" if article.title else ""
    return title + (f"{article.text}\n" if article.text else "")


def to_json(article: Article, *, ascii_only: bool = False) -> str:
    """Return ``article.to_dict()`` as JSON, ledger and all; ``Article.from_dict(json.loads(…))`` gives it back.

    The text can always be encoded and printed: lone surrogates and control characters are escaped.
    """
    dumped = json.dumps(article.to_dict(), ensure_ascii=ascii_only, indent=2)
    return _printable(dumped) + "\n"


def to_schema_org(article: Article, *, ascii_only: bool = False) -> str:
    """Return the article as JSON-LD of schema.org: a NewsArticle, or what its kind of page is called there."""
    data = {
        "@context": "https://schema.org",
        "@type": _SCHEMA_TYPES.get(article.page_kind, "WebPage"),
        "headline": article.title,
        "alternativeHeadline": article.original_title,
        "abstract": article.summary,
        "articleBody": article.text,
        "datePublished": article.published,
        "dateModified": article.modified,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "editor": [{"@type": "Person", "name": name} for name in article.editors],
        "publisher": {"@type": "Organization", "name": article.site} if article.site else None,
        "sourceOrganization": {"@type": "Organization", "name": article.source} if article.source else None,
        "articleSection": list(article.section),
        "inLanguage": article.language,
        "image": list(article.images),
        "url": article.canonical_url or article.url,
    }
    dumped = json.dumps({name: value for name, value in data.items() if value}, ensure_ascii=ascii_only, indent=2)
    return _printable(dumped).replace("</", "<\\/") + "\n"  # it may go into a script element


_SCHEMA_TYPES = {
    "article": "NewsArticle", "forum": "DiscussionForumPosting", "documentation": "TechArticle",
    "collection": "CollectionPage", "listing": "CollectionPage",
}  # fmt: skip


def _printable(dumped: str) -> str:
    """Return JSON with lone surrogates and control characters escaped."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", dumped)


def to_markdown(article: Article) -> str:
    """Return the article as CommonMark (tables as GitHub writes them): title, a line of metadata, the body."""
    parts = [f"# {_escape(article.title)}"] if article.title else []
    facts = [article.source, article.published, ", ".join(article.authors)]
    byline = " · ".join(_escape(fact) for fact in facts if fact)
    parts += [f"*{byline}*"] if byline else []
    for kind, run in groupby(article.paragraphs, key=lambda paragraph: paragraph.kind):
        if kind == "table":
            parts.append("\n".join(_table(article.source_text, run)))
        elif kind == "list_item":
            parts.append("\n".join(_list_item(paragraph.text) for paragraph in run))
        elif kind == "code":
            parts.append(_code("\n".join(paragraph.text for paragraph in run)))
        else:
            parts += [_MARKS[kind].format(_escape(paragraph.text)) for paragraph in run]
    return "\n\n".join(parts) + "\n" if parts else ""


_MARKS = {"paragraph": "{}", "heading": "## {}", "quote": "> {}", "caption": "*{}*"}


def _escape(text: str) -> str:
    text = _INLINE.sub(r"\\\g<0>", text)
    return _OPENING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)


def _list_item(text: str) -> str:
    ordered = _ORDERED.match(text)
    return ordered[0] + _escape(text[ordered.end() :]) if ordered else f"- {_escape(text)}"


def _code(text: str) -> str:
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return f"{fence}\n{text}\n{fence}"


def _table(source: str, rows: Iterable[Paragraph]) -> Iterator[str]:
    """Yield the lines of a table; the cells are read from the page, where their separators still stand."""
    cells = [_cells(source[row.start : row.end]) for row in rows]
    width = max(len(row) for row in cells)
    for i, row in enumerate(cells):
        padded = [_escape(cell) for cell in row] + [""] * (width - len(row))
        yield f"| {' | '.join(padded)} |"
        if i == 0:
            yield "|" + " --- |" * width


def _cells(line: str) -> list[str]:
    return [normalise(cell) for cell in _CELL.split(line.strip().strip("|│｜"))]
