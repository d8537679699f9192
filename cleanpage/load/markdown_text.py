"""Markdown, as crawlers write pages, to HTML: then headings, links and pictures are known, and no syntax is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape

from cleanpage.draft import is_prose
from cleanpage.text import ends_sentence, units
from cleanpage.text.lazy_regex import lazy

LINKS, HEADINGS, MARKS = 3, 2, 2
"""Signs that make a text Markdown: so many links with a heading, a picture, words in bold or a list of links; so
many headings with as many words in bold or links."""
LEAST_SIGNS = 0.15
"""Fewest of all these signs to a line: a flattened page that shows some Markdown has fewer."""
MOST_PROSE = 0.5
"""Share of its characters in sentences from which on a text below a headline is no script below a comment."""
_OWN_HEADING = lazy(r"(?:^|\n[ \t]*\n) {0,3}#{1,6}[ \t]+[^\s#]")
_HEADLINE = lazy(r"\s{0,9}(?:#{1,2}[ \t]+[^\s#].{0,300}|[^\s#>|*=-].{0,300}\n(?:={3,}|-{3,})[ \t]*)\n[ \t]*\n")
_UNDERLINED = lazy(r"\n[ \t]*\n\S.{0,300}\n(?:={3,}|-{3,})[ \t]*(?=\n[ \t]*\n)")
_FRONT = lazy(
    r"\s{0,9}(?:---|\+{3})[ \t]*\n((?=[A-Za-z][\w-]{0,40}[ \t]{0,9}[:=])(?:(?!---|\.\.\.|\+{3}).{0,2000}\n){1,200})"
    r"(?:---|\.\.\.|\+{3})[ \t]*(?:\n|$)"
)
"""YAML or TOML in front of a page."""
_FIELD = lazy(
    r"^(title|date|author)(?::| {0,9}=)[ \t]{1,9}(?:\"([^\"\n]{1,1000})\"|'([^'\n]{1,1000})'|([^\s\[{|>].{0,1000}))$",
    re.MULTILINE,
)
_FIELDS = {
    "title": "<title>{}</title>",
    "date": '<meta property="article:published_time" content="{}">',
    "author": '<meta name="author" content="{}">',
}
_LINK = lazy(r"\]\((?:<?(?:https?:|mailto:|tel:|javascript:|/|#|\./|\.\./|\?)[^()\s]{0,2000})")
_HEADING = lazy(r"^ {0,3}(#{1,6})[ \t]+(\S.{0,500}?)(?:[ \t]#{1,6})?[ \t]*$", re.MULTILINE)
_STRONG = lazy(r"(?<!\*)\*\*(?=\S)[^*\n]{1,300}\*\*(?!\*)|(?<!\w)__(?=\S)[^_\n]{1,300}__(?!\w)")
_PICTURE = lazy(r"!\[[^\]\n]{0,500}\]\((?:https?:|data:|/|\.)")
_ITEM_LINK = lazy(r"^[ \t]{0,12}(?:[-*+]|\d{1,3}[.)])[ \t]{1,4}\[", re.MULTILINE)
_HEADER = lazy(r"\s{0,9}Title: (?P<title>[^\n]{0,1000})\n[ \t]{0,9}\n?URL Source: (?P<url>[^\s]{1,2000})[^\n]{0,200}\n")
_PUBLISHED_LINE = lazy(r"^Published Time: (\S{8,40})", re.MULTILINE)
_CONTENT = lazy(r"^Markdown Content:[ \t]*\n", re.MULTILINE)
_SIGN = lazy(
    r"^ {0,3}(?:>[ \t]?\S|[-*+][ \t]{1,4}#{1,6}[ \t]+\S"
    r"|`{3}|~{3}|(?:\*[ \t]*){3}$|(?:-[ \t]*){3}$|\|?[ \t]*:?-{3,200}:?[ \t]*\|)"
    r"|^ {0,3}(?:[-*+]|\d{1,2}\.)[ \t]{1,4}\S.{0,2000}\n\n? {0,3}(?:[-*+]|\d{1,2}\.)[ \t]{1,4}\S"
    r"|(?<![\w*])\*(?=[^\s*])[^*\n]{1,200}(?<=\S)\*(?![\w*])|(?<![\w`])`[^`\n]{1,200}`(?![\w`])|!\[[^\]\n]{0,500}\]\(",
    re.MULTILINE,
)
"""A quotation, a heading in an item, a fence, a rule, a table, two items of a list, a word in italics or code, a
picture."""

_FENCE = lazy(r"^[ \t]{0,12}(`{3,}|~{3,})")
_RULE_LINE = lazy(r"^ {0,3}(?:(?:\*[ \t]*){3,40}|(?:-[ \t]*){3,40}|(?:_[ \t]*){3,40})$")
_UNDERLINE = lazy(r"^ {0,3}(=+|-+)[ \t]*$")
_QUOTE = lazy(r"^ {0,3}>[ \t]?")
_ITEM = lazy(r"^([ \t]{0,20})([-*+]|\d{1,3}[.)])[ \t]{1,4}(?=\S)")
_SEPARATOR = lazy(r"^(?=[^-\n]{0,20}-)[ \t|:-]{3,2000}+$")
_DEFINITION = lazy(r"^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*<?(\S{1,2000}?)>?(?:[ \t]+[\"'(].{0,300})?$", re.MULTILINE)

_TARGET = (
    r"\([ \t]{0,5}<?([^()\[\s<>]{0,2000}+(?:\([^()\[\s]{0,200}+\)[^()\[\s<>]{0,500}+)?)>?"
    r"(?:\s{1,5}[\"'][^\"\[\n]{0,300}[\"'])?[ \t]{0,5}\)"
)
_ESCAPED = lazy(r"\\([!-/:-@\[-`{-~])")
_CODE = lazy(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,500})\1(?!`)")
_AUTO = lazy(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_IMAGE = lazy(rf"!\[([^\[\]]{{0,1000}})\]{_TARGET}")
_ANCHOR = lazy(rf"\[([^\[\]]{{0,2000}})\]{_TARGET}")
_REFERENCE = lazy(r"\[([^\[\]\n]{1,500})\]\[([^\[\]\n]{0,200})\]")
_EMPHASIS = lazy(
    r"(?P<a>\*{1,3})(?=\S)(?P<x>[^*]{1,500}?)(?<=\S)(?P=a)|(?<!\w)(?P<b>_{1,3})(?=\S)(?P<y>[^_]{1,500}?)(?<=\S)(?P=b)(?!\w)"
    r"|~~(?P<z>[^~]{1,500}?)~~"
)
_LOOSE = lazy(rf"^!?\[(?=[^\[\]]*$)|\]{_TARGET}")
"""What is left of a link, or of a picture, whose text is several blocks."""
_WRAPPED = lazy(r"\]\(<?[^()\s<>]{1,500}(?:[-/?&=]\n[^()\s<>]{1,500}){1,9}>?\)")
"""A link whose address was wrapped with the text, as html2text does."""
_NOTE = lazy(r"\[\^[^\]\s]{1,40}\]:?")
"""The mark of a note."""
_FENCED_DIV = lazy(r"^ {0,3}:{3,}[ \t]*(?:\w.{0,200}|\{.{0,500})?$", re.MULTILINE)
"""Where a box begins or ends, in Docusaurus and Pandoc."""
_MDX = lazy(
    r" {0,3}(?:import [^'\"\n]{0,300}+(?:'[^'\n]{1,300}+'|\"[^\"\n]{1,300}+\")"
    r"|export (?:const|let|default) \S[^\n]{0,1000}+"
    r"|</?[A-Z][\w.]{0,60}+(?:[ \t][^<>\n]{0,1000}+)?>)[ \t]*+(?:;[ \t]*+)?$"
)
"""A line of MDX that is no text: modules, and where a component begins or ends."""
_BREAK_ENTITY = lazy(r"&lt;br ?/?&gt;", re.IGNORECASE)
_KEPT = lazy("\x00(\\d{1,7})\x01")


def is_markdown(text: str) -> bool:
    """Tell whether a text is a page in Markdown: several independent signs of it."""
    if _HEADER.match(text) or _read_front_matter(text) or _is_headed(text):
        return True
    headings = _count(_OWN_HEADING, text, "# ", "#\t")
    links = _count(_LINK, text, "](") + _count(_DEFINITION, text, "]:")
    strong = _count(_STRONG, text, "**", "__")
    signs = headings + links + strong
    if not signs or signs < LEAST_SIGNS * sum(1 for line in text.splitlines() if line.strip()):
        return False
    beside = headings or strong >= MARKS or _PICTURE.search(text) or len(_ITEM_LINK.findall(text)) >= LINKS
    if links >= LINKS and beside:
        return True
    return headings >= HEADINGS and (links + strong >= MARKS or (_SIGN.search(text) is not None and _is_prose(text)))


def _count(pattern: re.Pattern[str], text: str, *marks: str) -> int:
    """Return how often a pattern matches, for which a text must hold one of the marks.

    A search for one character takes a thirtieth of that for two, and most pages have none of the first ones.
    """
    held = any(mark[0] in text and mark in text for mark in marks)
    return sum(1 for _ in pattern.finditer(text)) if held else 0


def _is_headed(text: str) -> bool:
    """Tell whether a text begins with a headline in Markdown and holds one more sign of it, in prose."""
    headline = _HEADLINE.match(text)
    if headline is None:
        return False
    patterns = (_OWN_HEADING, _UNDERLINED, _SIGN, _STRONG, _LINK)
    return any(pattern.search(text, headline.end() - 1) for pattern in patterns) and _is_prose(text)


def _is_prose(text: str) -> bool:
    """Tell whether most of a text is sentences: comments, code and settings are not."""
    lines = [line.strip() for line in text.splitlines()]
    prose = (line for line in lines if line[:1] != "#" and ends_sentence(line) and is_prose(line, units(line)))
    return sum(map(len, prose)) >= MOST_PROSE * sum(map(len, lines))


def _read_front_matter(text: str) -> re.Match[str] | None:
    """Return the lines of YAML or TOML that a text begins with, if they name a title or a day."""
    front = _FRONT.match(text)
    return front if front and _FIELD.search(front[1]) else None


def markdown_as_html(text: str) -> str:
    """Return a page in Markdown as HTML."""
    text = text.replace("\x00", "").replace("\x01", "").replace("\r\n", "\n")
    head = ""
    if header := _HEADER.match(text):
        head = f'<title>{escape(header["title"])}</title><link rel="canonical" href="{escape(header["url"])}">'
        content = _CONTENT.search(text, header.end())
        end = content.end() if content else header.end()
        if published := _PUBLISHED_LINE.search(text, 0, end):
            head += f'<meta property="article:published_time" content="{escape(published[1])}">'
        text = text[end:]
    elif front := _read_front_matter(text):
        fields = ((name, "".join(values).strip()) for name, *values in _FIELD.findall(front[1]))
        head = "".join(_FIELDS[name].format(escape(value)) for name, value in fields)
        text = text[front.end() :]
    text = _FENCED_DIV.sub("", _WRAPPED.sub(lambda link: link[0].replace("\n", ""), text))
    addresses = {name.lower(): url for name, url in _DEFINITION.findall(text)}
    body = "\n".join(_MarkdownReader(text.split("\n"), addresses).blocks())
    return f"<html><head>{head}</head><body>{body}</body></html>"


class _MarkdownReader:
    """Reads lines as blocks of HTML."""

    def __init__(self, lines: list[str], addresses: Mapping[str, str]) -> None:
        self.lines = lines
        self.addresses = addresses
        self.at = 0

    def blocks(self) -> Iterator[str]:
        """Yield the blocks."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip() or _DEFINITION.match(line) or _MDX.match(line):
                self.at += 1
            elif _FENCE.match(line):
                yield self._fenced()
            elif heading := _HEADING.match(line):
                self.at += 1
                level = len(heading[1])
                yield f"<h{level}>{self.inline(heading[2])}</h{level}>"
            elif _RULE_LINE.match(line):
                self.at += 1
                yield "<hr>"
            elif _QUOTE.match(line):
                yield self._quote()
            elif _ITEM.match(line):
                yield self._list()
            elif self._is_table():
                yield self._table()
            else:
                yield self._paragraph()

    def _fenced(self) -> str:
        fence = _FENCE.match(self.lines[self.at])
        mark = fence[1][:3] if fence else "```"
        start = self.at = self.at + 1
        while self.at < len(self.lines) and not self.lines[self.at].strip().startswith(mark):
            self.at += 1
        code = "\n".join(self.lines[start : self.at])
        self.at += 1
        return f"<pre>{escape(code)}</pre>"

    def _quote(self) -> str:
        inner = []
        while self.at < len(self.lines) and _QUOTE.match(self.lines[self.at]):
            inner.append(_QUOTE.sub("", self.lines[self.at]))
            self.at += 1
        inner = [line.lstrip("> ") for line in inner]  # quotes in quotes are one
        return f"<blockquote>{''.join(_MarkdownReader(inner, self.addresses).blocks())}</blockquote>"

    def _list(self) -> str:
        items: list[str] = []
        tag = "ul"
        while self.at < len(self.lines):
            line = self.lines[self.at]
            item = _ITEM.match(line)
            if item and not _RULE_LINE.match(line):
                tag = tag if items or item[2] in "-*+" else "ol"
                items.append(line[item.end() :])
            elif line.strip() and items and not self._starts_block(line):
                items[-1] += " " + line.strip()
            elif line.strip() or not self._item_follows():
                break
            self.at += 1
        return f"<{tag}>{''.join(f'<li>{self._item(item)}</li>' for item in items)}</{tag}>"

    def _item(self, text: str) -> str:
        heading = _HEADING.match(text)
        return f"<h{len(heading[1])}>{self.inline(heading[2])}</h{len(heading[1])}>" if heading else self.inline(text)

    def _item_follows(self) -> bool:
        """Tell whether the next line is another item, behind a blank one."""
        return self.at + 1 < len(self.lines) and _ITEM.match(self.lines[self.at + 1]) is not None

    def _starts_block(self, line: str) -> bool:
        return any(p.match(line) is not None for p in (_HEADING, _FENCE, _QUOTE, _RULE_LINE, _ITEM, _DEFINITION, _MDX))

    def _is_table(self) -> bool:
        return "|" in self.lines[self.at] and bool(
            self.at + 1 < len(self.lines)
            and "|" in self.lines[self.at + 1]
            and _SEPARATOR.match(self.lines[self.at + 1])
        )

    def _table(self) -> str:
        rows = []
        while self.at < len(self.lines) and "|" in self.lines[self.at]:
            line = self.lines[self.at].strip().strip("|")
            if not _SEPARATOR.match(self.lines[self.at]):
                cells = "".join(f"<td>{self.inline(cell.strip())}</td>" for cell in line.split("|"))
                rows.append(f"<tr>{cells}</tr>")
            self.at += 1
        return f"<table>{''.join(rows)}</table>"

    def _paragraph(self) -> str:
        lines: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            underline = _UNDERLINE.match(line)
            if lines and underline and len(lines) == 1:
                self.at += 1
                level = 1 if underline[1][0] == "=" else 2
                return f"<h{level}>{self.inline(lines[0])}</h{level}>"
            if not line.strip() or (lines and self._starts_block(line)):
                break
            lines.append(line)
            self.at += 1
        text = "".join(self._with_break(line) for line in lines)
        return f"<p>{self.inline(text)}</p>"

    @staticmethod
    def _with_break(line: str) -> str:
        hard = line.endswith(("  ", "\\"))
        return line.strip().removesuffix("\\") + ("<br>" if hard else "\n")

    def inline(self, text: str) -> str:
        """Return a run of text as HTML."""
        kept: list[str] = []

        def keep(markup: str) -> str:
            kept.append(markup)
            return f"\x00{len(kept) - 1}\x01"

        text = _CODE.sub(lambda m: keep(f"<code>{escape(m[2])}</code>"), text)
        text = _NOTE.sub("", text)
        text = _ESCAPED.sub(lambda m: keep(escape(m[1])), text)
        text = _AUTO.sub(lambda m: keep(f'<a href="{escape(m[1])}">{escape(m[1])}</a>'), text)
        text = _IMAGE.sub(lambda m: keep(f'<img src="{escape(m[2])}" alt="{escape(_KEPT.sub("", m[1]))}">'), text)
        text = _ANCHOR.sub(lambda m: keep(f'<a href="{escape(m[2])}">') + m[1] + keep("</a>"), text)
        text = _REFERENCE.sub(lambda m: self._referred(m, keep), text)
        text = _LOOSE.sub("", text)
        text = _EMPHASIS.sub(lambda m: m["x"] or m["y"] or m["z"], text)
        text = _EMPHASIS.sub(lambda m: m["x"] or m["y"] or m["z"], text)
        text = _BREAK_ENTITY.sub("<br>", escape(text, quote=False))
        for _ in range(3):  # an escape inside a link inside a picture
            text = _KEPT.sub(lambda m: kept[int(m[1])] if int(m[1]) < len(kept) else "", text)
        return text

    def _referred(self, match: re.Match[str], keep: Callable[[str], str]) -> str:
        """Return a link to one of the addresses that the page lists."""
        url = self.addresses.get((match[2] or match[1]).lower())
        return match[0] if url is None else keep(f'<a href="{escape(url)}">') + match[1] + keep("</a>")
