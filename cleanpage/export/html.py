"""An Article as HTML: one document with the article and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from cleanpage.export.layout import (
    PRINTED_NUMBER,
    Nest,
    TextRun,
    cells,
    facts,
    footnote_number,
    is_followable,
    is_footnote,
    level_under_title,
    nested,
    note_number,
    pieces,
    runs,
    top_level,
)
from cleanpage.model import Article, Image, Paragraph, Post
from cleanpage.text import normalise
from cleanpage.text.lazy_regex import lazy

FORBIDDEN = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that must not stand in a document of HTML."""


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
        *(
            f'<link rel="canonical" href="{_text(url)}">'
            for url in [article.canonical_url]
            if url and is_followable(url)
        ),
    ]
    language = f' lang="{_text(article.language)}"' if article.language else ""
    lines = [
        "<!doctype html>", f"<html{language}>", "<head>", *head, "</head>",
        "<body>", "<article>", *_header(article, title), *BodyWriter(article).pieces(), "</article>", "</body>",
        "</html>",
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


class BodyWriter:
    """Writes the body of an article as HTML, piece by piece; the report sets some of it otherwise."""

    def __init__(self, article: Article) -> None:
        self.article = article

    def pieces(self) -> Iterator[str]:
        """Yield each picture, list, table and paragraph as HTML, in the order of the page."""
        top = top_level(self.article)
        for piece in pieces(self.article):
            if isinstance(piece, Image):
                yield from self.picture(piece)
                continue
            if isinstance(piece, Post):
                yield f'<p class="post">{self.text(facts(piece))}</p>'
                continue
            first = piece[0]
            if is_footnote(first):
                yield self._footnote(first)
            elif first.kind == "list_item":
                yield self._list(piece)
            elif first.kind == "table":
                yield "\n".join(["<table>", *self._rows(piece), "</table>"])
            elif first.kind == "code":
                named = f' class="language-{self.text(first.language)}"' if first.language else ""
                code = f"<code{named}>{self.text(first.text)}</code>"
                yield f"{self.tag('pre', first)}{self.head(first)}{code}{self.tail(first)}</pre>"
            else:
                yield self._plain(first, top)

    def text(self, text: str) -> str:
        """Return text of the page, escaped."""
        return _text(text)

    def tag(self, name: str, paragraph: Paragraph) -> str:
        """Return the tag that opens a paragraph."""
        return f"<{name}>"

    def head(self, paragraph: Paragraph) -> str:
        """Return what stands before the text of a paragraph."""
        return ""

    def tail(self, paragraph: Paragraph) -> str:
        """Return what stands behind it."""
        return ""

    def heading(self, level: int) -> str:
        """Return the element of a heading, for its level under the title of the document."""
        return f"h{level}"

    def link(self, url: str, inside: str) -> str:
        """Return a link whose address may be followed."""
        return f'<a href="{_text(url)}">{inside}</a>'

    def picture(self, image: Image) -> Iterator[str]:
        """Yield a picture, if its address may be followed."""
        if is_followable(image.url):
            shown = f'<img src="{_text(image.url)}" alt="{_text(normalise(image.text))}">'
            caption = f"<figcaption>{_text(image.caption)}</figcaption>" if image.caption else ""
            yield f"<figure>{shown}{caption}</figure>"

    def words(self, paragraph: Paragraph, skipped: int = 0) -> str:
        """Return a paragraph with its links and marks, without its first ``skipped`` characters."""
        return self._inside(nested(runs(self.article, paragraph, skipped)))

    def _footnote(self, paragraph: Paragraph) -> str:
        number, printed = footnote_number(self.article, paragraph)
        opened = f'{self.tag("p", paragraph)[:-1]} id="note-{number}">{self.head(paragraph)}<sup>{number}</sup> '
        return f"{opened}{self.words(paragraph, printed).strip()}{self.tail(paragraph)}</p>"

    def _plain(self, paragraph: Paragraph, top: int) -> str:
        inside = f"{self.head(paragraph)}{self.words(paragraph)}{self.tail(paragraph)}"
        if paragraph.kind == "heading" and paragraph.level:
            name = self.heading(level_under_title(paragraph, top))
            return f"{self.tag(name, paragraph)}{inside}</{name}>"
        name, opens, closes = _PLAIN[paragraph.kind]
        return f"{self.tag(name, paragraph)}{opens}{inside}{closes}</{name}>"

    def _inside(self, tree: Iterable[TextRun | Nest]) -> str:
        parts = []
        for node in tree:
            if isinstance(node, TextRun):
                parts.append(self.text(node.text))
            elif node.kind == "url":
                parts.append(self.link(node.url, self._inside(node.inside)))
            elif number := note_number(node):
                parts.append(f'<sup><a href="#note-{number}">{number}</a></sup>')
            elif node.kind != "back":
                tag = _TAGS[node.kind]
                parts.append(f"<{tag}>{self._inside(node.inside)}</{tag}>")
        return "".join(parts)

    def _list(self, items: Sequence[Paragraph]) -> str:
        """Return the items of a list; lists inside it, and what else follows in an item, in the item before."""
        parts: list[str] = []
        open_lists: list[_OpenList] = []
        for item in items:
            printed = PRINTED_NUMBER.match(item.text)
            tag = "ol" if item.number or printed else "ul"
            while open_lists and _list_ends(open_lists, item, tag):
                parts.append(f"</li>\n</{open_lists.pop().tag}>")
            if item.kind == "paragraph":
                parts.append(f"\n{self._plain(item, 0)}")
                continue
            if open_lists and open_lists[-1].level == item.level:
                parts.append("</li>\n")
            else:
                parts.append(f"<{tag}>\n")
                open_lists.append(_OpenList(item.level, tag, 0))
            next_number, opened = open_lists[-1].last + 1, self.tag("li", item)
            number = int(printed[1]) if printed else item.number or next_number
            if printed or number != next_number:
                opened = f'{opened[:-1]} value="{number}">'
            open_lists[-1] = open_lists[-1]._replace(last=number)
            words = self.words(item, printed.end() if printed else 0)
            parts.append(f"{opened}{self.head(item)}{words}{self.tail(item)}")
        parts += [f"</li>\n</{each.tag}>" for each in reversed(open_lists)]
        return "".join(parts)

    def _rows(self, rows: Sequence[Paragraph]) -> Iterator[str]:
        for paragraph, row in zip(rows, cells(self.article, rows), strict=True):
            inside = [self.text(cell) for cell in row]
            inside[0] = self.head(paragraph) + inside[0]
            inside[-1] += self.tail(paragraph)
            yield f"{self.tag('tr', paragraph)}{''.join(f'<td>{cell}</td>' for cell in inside)}</tr>"


_PLAIN = {
    "paragraph": ("p", "", ""),
    "heading": ("p", "<strong>", "</strong>"),
    "quote": ("blockquote", "<p>", "</p>"),
    "caption": ("figure", "<figcaption>", "</figcaption>"),
}
"""Kind of a paragraph: its element, and what stands in it around the text. Of headings those without a level."""
_TAGS = {"strong": "strong", "emphasis": "em", "code": "code", "note": "sup"}


class _OpenList(NamedTuple):
    """A list that is written."""

    level: int
    tag: str
    last: int
    """The number of its last item."""


def _list_ends(open_lists: Sequence[_OpenList], item: Paragraph, tag: str) -> bool:
    """Tell whether the innermost list ends before ``item``, which is of another kind, or stands further out."""
    level, opened, _ = open_lists[-1]
    if item.kind == "paragraph":
        return level > item.level and len(open_lists) > 1
    return level > item.level or (level == item.level and opened != tag)


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub("\ufffd", text))
