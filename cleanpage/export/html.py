"""An Article as HTML: one document with the article and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape

from cleanpage.export.layout import (
    PRINTED_NUMBER,
    Nest,
    Run,
    cells,
    leads,
    level_under_title,
    nested,
    pieces,
    runs,
    top_level,
)
from cleanpage.model import Article, Image, Paragraph
from cleanpage.text import normalise
from cleanpage.text.lazy_regex import lazy

_FORBIDDEN = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that must not stand in a document of HTML."""
_PLAIN = {
    "paragraph": "<p>{}</p>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "caption": "<figure><figcaption>{}</figcaption></figure>",
}


def to_html(article: Article) -> str:
    """Return the article as a document of HTML: title, a line of metadata, the body with its links and pictures.

    Everything from the page is escaped, and a link leads nowhere but to http, https, mailto or a relative address: the
    document runs nothing. It has neither style nor script.
    """
    title = _text(article.title or "")
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{title}</title>",
        *(f'<meta name="author" content="{_text(name)}">' for name in article.authors),
        *(f'<link rel="canonical" href="{_text(url)}">' for url in [article.canonical_url] if url and leads(url)),
    ]
    language = f' lang="{_text(article.language)}"' if article.language else ""
    lines = [
        "<!doctype html>", f"<html{language}>", "<head>", *head, "</head>",
        "<body>", "<article>", *_header(article, title), *_body(article), "</article>", "</body>", "</html>",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _header(article: Article, title: str) -> Iterator[str]:
    published = _text(article.published or "")
    facts = {
        "source": _text(article.source or ""),
        "published": f'<time datetime="{published}">{published}</time>' if published else "",
        "byline": _text(", ".join(article.authors)),
    }
    lines = [f"<h1>{title}</h1>"] if title else []
    lines += [f'<p class="{name}">{fact}</p>' for name, fact in facts.items() if fact]
    if lines:
        yield from ["<header>", *lines, "</header>"]


def _body(article: Article) -> Iterator[str]:
    top = top_level(article)
    for piece in pieces(article):
        if isinstance(piece, Image):
            yield from _image(piece)
        elif piece[0].kind in _RUNS:
            yield _RUNS[piece[0].kind](article, piece)
        elif piece[0].kind == "heading":
            level = level_under_title(piece[0], top)
            text = _set(article, piece[0])
            yield f"<h{level}>{text}</h{level}>" if piece[0].level else f"<p><strong>{text}</strong></p>"
        else:
            yield _PLAIN[piece[0].kind].format(_set(article, piece[0]))


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _set(article: Article, paragraph: Paragraph, skipped: int = 0) -> str:
    """Return a paragraph with its links and marks, without its first ``skipped`` characters."""
    return _inside(nested(runs(article, paragraph, skipped)))


def _inside(tree: Iterable[Run | Nest]) -> str:
    parts = []
    for node in tree:
        if isinstance(node, Run):
            parts.append(_text(node.text))
        elif node.kind == "url":
            parts.append(f'<a href="{_text(node.url)}">{_inside(node.inside)}</a>')
        else:
            tag = _TAGS[node.kind]
            parts.append(f"<{tag}>{_inside(node.inside)}</{tag}>")
    return "".join(parts)


_TAGS = {"strong": "strong", "emphasis": "em", "code": "code"}


def _image(image: Image) -> Iterator[str]:
    if leads(image.url):
        shown = f'<img src="{_text(image.url)}" alt="{_text(normalise(image.text))}">'
        caption = f"<figcaption>{_text(image.caption)}</figcaption>" if image.caption else ""
        yield f"<figure>{shown}{caption}</figure>"


def _list(article: Article, items: Sequence[Paragraph]) -> str:
    """Return the items of a list, with the lists inside it in the item before."""
    parts: list[str] = []
    open_lists: list[tuple[int, str]] = []
    for item in items:
        printed = PRINTED_NUMBER.match(item.text)
        tag = "ol" if item.ordered or printed else "ul"
        while open_lists and (open_lists[-1][0] > item.level or open_lists[-1] == (item.level, _OTHER[tag])):
            parts.append(f"</li>\n</{open_lists.pop()[1]}>")
        if open_lists and open_lists[-1][0] == item.level:
            parts.append("</li>\n")
        else:
            parts.append(f"<{tag}>\n")
            open_lists.append((item.level, tag))
        value = f' value="{printed[1]}"' if printed else ""
        parts.append(f"<li{value}>{_set(article, item, printed.end() if printed else 0)}")
    parts += [f"</li>\n</{tag}>" for _, tag in reversed(open_lists)]
    return "".join(parts)


_OTHER = {"ol": "ul", "ul": "ol"}


def _code(_: Article, listing: Sequence[Paragraph]) -> str:
    named = f' class="language-{_text(listing[0].language)}"' if listing[0].language else ""
    return f"<pre><code{named}>{_text(listing[0].text)}</code></pre>"


def _table(article: Article, rows: Sequence[Paragraph]) -> str:
    lines = ("".join(f"<td>{_text(cell)}</td>" for cell in row) for row in cells(article, rows))
    return "\n".join(["<table>", *(f"<tr>{line}</tr>" for line in lines), "</table>"])


_RUNS: dict[str, Callable[[Article, Sequence[Paragraph]], str]] = {"table": _table, "list_item": _list, "code": _code}
"""Kinds whose paragraphs are not written as running text."""
