"""The body of an article in the JSON of a page: in scripts, hidden ``textarea``s, attributes such as ``data-props``.

JSON is parsed, not searched: a linear scan for values, bounded in count and size. The tree is then read downwards to
where prose is spread over several parts: these are the paragraphs, whatever their keys are called.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote

from cleanpage.draft import PROSE_UNITS, is_prose
from cleanpage.load.bounds import DEEPEST, MOST_COSTLY, MOST_JSON, MOST_VALUES
from cleanpage.load.escapes import read_literal
from cleanpage.load.json_values import parse_json
from cleanpage.text import ends_sentence, units
from cleanpage.text.lazy_regex import lazy

LEAST_VALUE = 200
"""Shortest value, in characters, that can hold a body."""
MAIN = 0.6
"""Share of the prose of a node above which one of its parts holds the body alone."""
LEAST_ARTICLE = 3
"""Paragraphs from which on a part is an article of its own."""
BLOCKS = 0.5
"""Share of pieces ending a sentence from which on they are paragraphs, and not parts of one."""

_JSON_START = lazy(r"(?:^|[=(:,\[])\s{0,20}(?=[\[{]|\"(?:[^\"\\]|\\.){300})")
_ASIDE_KEY = lazy(
    r"^(?:alt|author.*|bio|biography|brand|byline|caption|class(?:name)?|comments?|consent|cookie.*|copyright"
    r"|credits?|css|description|disclaimer|error.*|excerpt|footer|head(?:line|er)?|help|href|i18n|icon|id|image.*|key"
    r"|keywords?|kicker|label|legal|links?|locale.*|meta(?:data|_.*)?|messages?|more|name|newsletter|nav.*|offers?|og.*"
    r"|photo.*|products?|promo.*|query|recommend.*|related.*|schema|seo.*|sidebar|slug|src|standfirst|strings|styles?"
    r"|subhead(?:line)?|subtitle|summary|svg|tags?|teasers?|title|tooltip|translations?|trending|twitter.*|type|url"
    r"|_?typename)$|^[^ ]{0,40}?(?:polic(?:y|ies)|privacy|terms|shipping|returns|reviews?|sku|_(?:caption|title|url))",
    re.IGNORECASE,
)
"""Keys whose text is not the body's: titles, captions, addresses, what stands beside the article."""
_OF_ARTICLE = lazy(
    r"^(?:url|slug|permalink|canonical.*|author|byline|date|published.*|date_?published|link)$", re.IGNORECASE
)
"""Keys of an article; parts of one have none of them."""
_INLINE_TYPES = frozenset((
    "text", "span", "link", "a", "strong", "b", "em", "i", "bold", "italic", "underline", "u", "hyperlink", "mark",
    "code", "sub", "sup", "entry-hyperlink", "textnode",
))  # fmt: skip
_TYPES = ("type", "nodeType", "_type", "tag", "tagName", "name")
_ROW = lazy(r"^[0-9a-f]{1,4}:(?:[A-Z]{0,2}(?=[\[{\"])|(T)[0-9a-f]{1,6},)")
"""What a row of React's stream of components begins with: ``5:["$","p",null,{…}]``, ``6:T4d2,<p>…``."""
_STRING_LITERAL = lazy(r"(?:^|[=(:,+\[])\s{0,20}(?:'((?:[^'\\\n]|\\.){200,})'|`((?:[^`\\]|\\.){200,})`)")
"""A long string of a script in other quotes than those of JSON."""
_CODED = lazy(r"decodeURIComponent\(\s{0,9}([\"'])([^\"'\s]{200,})\1\s{0,9}\)")
_ANGULAR = (("&q;", '"'), ("&s;", "'"), ("&l;", "<"), ("&g;", ">"), ("&a;", "&"))
"""How Angular's transfer state writes signs of HTML."""
_MARKUP = lazy(r"</?[a-zA-Z][^<>]{0,300}>")
_BLOCK = lazy(r"</?(?:p|div|br|li|ul|ol|h\d|blockquote|table|tr|section|figcaption|pre)\b[^<>]{0,300}>", re.IGNORECASE)
_CODE = lazy(r"=>|\bfunction\b.{0,20}\(|[{}][^{}]{0,80}:[^{}]{0,80};|[{};]$|https?://[^\s/]{1,80}/\S{0,200}$")
"""Code and addresses, which are no prose."""


class _Node(NamedTuple):
    """A value with its prose."""

    parts: tuple[_Node, ...]
    """What it holds."""
    lines: tuple[str, ...]
    """Its text, if it is a string or the pieces of one paragraph."""
    prose: int
    """Characters of prose in it, and paragraphs of prose."""
    paragraphs: int
    is_article: bool
    """Whether it has keys of an article."""


def is_aside(key: str) -> bool:
    """Tell whether what has this key in JSON is not the body's."""
    return _ASIDE_KEY.match(key) is not None


def plain(text: str) -> str:
    """Return the text of a piece of HTML, one block a line."""
    if "<" not in text and "&lt;" in text:
        text = unescape(text)
    return unescape(_MARKUP.sub("", _BLOCK.sub("\n", text)))


def body_in_json(root: Any) -> str:
    """Return the paragraphs, one a line, that the JSON of a parsed page holds as an article; empty if there is none.

    Of several articles it is the longest. Time is linear in the page's length: so many values are tried.
    """
    budget = _Budget(MOST_VALUES)
    nodes = [_read(value, budget, 0) for value in _values(root)]
    bodies = [_body_of(node) for node in nodes if node.prose]
    best = max(bodies, key=lambda node: node.prose, default=None)
    return "\n".join(dict.fromkeys(_lines(best))) if best else ""


def _values(root: Any) -> Iterator[Any]:
    """Yield what is JSON in the scripts and attributes of a page."""
    left = MOST_JSON
    for text in islice(_sources(root), MOST_COSTLY):
        if len(text) > left:
            return
        left -= len(text)
        yield from _json_in(text)


def _sources(root: Any) -> Iterator[str]:
    for element in root.iter():
        if element.tag == "script":
            if len(element.text or "") >= LEAST_VALUE and "ld+json" not in (element.get("type") or ""):
                yield _unescaped_script(element.text)
        elif isinstance(element.tag, str):
            for value in (*element.values(), (element.tag == "textarea" and element.text) or ""):
                if len(value) >= LEAST_VALUE and value.lstrip()[:1] in ("{", "["):
                    yield value


def _unescaped_script(script: str) -> str:
    """Return a script whose JSON is no longer written for an address, or in Angular's entities."""
    if "&q;" in script:
        for entity, character in _ANGULAR:
            script = script.replace(entity, character)
    return _CODED.sub(lambda found: unquote(found[2]), script) if "%22" in script else script


def _json_in(text: str) -> Iterator[Any]:
    """Yield the values of JSON in a script, outermost ones, and its long strings in other quotes."""
    for found in islice(_STRING_LITERAL.finditer(text), MOST_COSTLY):
        yield read_literal(found[1] or found[2])
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(MOST_COSTLY):
        start = _JSON_START.search(text, at)
        if start is None:
            return
        try:
            value, at = decoder.raw_decode(text, start.end())
        except (ValueError, RecursionError):
            at = start.end() + 1
        else:
            yield value


class _Budget:
    """Counts the values that may still be read."""

    def __init__(self, left: int) -> None:
        self.left = left

    def is_spent(self) -> bool:
        """Take one; tell whether there was none."""
        self.left -= 1
        return self.left < 0


_NO_NODE = _Node((), (), 0, 0, False)


def _read(value: Any, budget: _Budget, depth: int) -> _Node:
    """Return the prose of a value."""
    if depth > DEEPEST or budget.is_spent():
        return _NO_NODE
    if isinstance(value, str):
        return _read_string(value, budget, depth)
    if isinstance(value, list):
        if pieces := _pieces(value):
            return _leaf(" ".join("".join(pieces).split()))
        items = [_read(item, budget, depth + 1) for item in value]
        return _gathered(items, is_article=any(item.is_article for item in items))
    if isinstance(value, dict):
        parts = [_read(item, budget, depth + 1) for key, item in value.items() if not is_aside(key)]
        return _gathered(parts, is_article=any(map(_OF_ARTICLE.match, value)))
    return _NO_NODE


def _read_string(text: str, budget: _Budget, depth: int) -> _Node:
    if len(text) >= LEAST_VALUE and (text.lstrip()[:1] in ("{", "[") or _ROW.match(text)):
        rows = text.split("\n") if _ROW.match(text) else [text]
        parts = [_read(_row(row), budget, depth + DEEPEST // 4) for row in rows]
        return parts[0] if len(parts) == 1 else _gathered(parts, is_article=False)
    lines = [" ".join(line.split()) for line in plain(text).split("\n")]
    parts = [_leaf(line) for line in lines if line]
    return parts[0] if len(parts) == 1 else _gathered(parts, is_article=False)


def _row(text: str) -> Any:
    """Return what a row of a stream, or a string that holds JSON, stands for."""
    head = _ROW.match(text)
    rest = text[head.end() :] if head else text
    return rest if head and head[1] else parse_json(rest)


def _leaf(line: str) -> _Node:
    is_text = is_prose(line, units(line)) and (" " in line or not line.isascii()) and not _CODE.search(line)
    shown = (line,) if is_text or _is_short_text(line) else ()
    return _Node((), shown, len(line) if is_text else 0, int(is_text), False)


def _is_short_text(line: str) -> bool:
    """Tell whether a line may be a subheading or a short paragraph: words, or a sentence."""
    return not _CODE.search(line) and line[:1].isupper() and " " in line and units(line) < 4 * PROSE_UNITS


def _gathered(parts: Sequence[_Node], *, is_article: bool) -> _Node:
    kept = tuple(part for part in parts if part.parts or part.lines)
    if not kept:
        return _NO_NODE
    return _Node(kept, (), sum(part.prose for part in kept), sum(part.paragraphs for part in kept), is_article)


def _pieces(items: Sequence[Any]) -> list[str]:
    """Return the pieces of one paragraph of a rich text, empty if the items are no such."""
    pieces: list[str] = []
    for item in items:
        text = _piece(item, 0)
        if text is None:
            return []
        pieces.append(text)
    ends = sum(len(piece) > 1 and ends_sentence(piece) for piece in pieces)
    return [] if len(pieces) > 1 and ends >= max(2.0, BLOCKS * len(pieces)) else pieces


def _piece(item: Any, depth: int) -> str | None:
    """Return the text of a piece of a paragraph, None if it is something else."""
    if not isinstance(item, dict) or depth > DEEPEST:
        return None
    kind = next((item[key] for key in _TYPES if isinstance(item.get(key), str)), "text" if "text" in item else "")
    if kind.lower() not in _INLINE_TYPES:
        return None
    text = next((item[key] for key in ("text", "data", "value", "literal") if isinstance(item.get(key), str)), None)
    if text is not None:
        return str(text)
    inner = next((item[key] for key in ("children", "content") if isinstance(item.get(key), list)), None)
    parts = [_piece(part, depth + 1) for part in inner] if inner else [None]
    return None if None in parts else "".join(part or "" for part in parts)


def _body_of(node: _Node) -> _Node:
    """Return the part of a node that is one article: where its prose is spread over paragraphs."""
    while node.parts:
        largest = max(node.parts, key=lambda part: part.prose)
        several = sum(part.is_article and part.paragraphs > 1 for part in node.parts) > 1
        if not several and largest.prose < MAIN * node.prose:
            break
        if largest.paragraphs < LEAST_ARTICLE:
            break
        node = largest
    return node


def _lines(node: _Node) -> Iterator[str]:
    """Yield the lines of a node, in order."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield from top.lines
        stack.extend(reversed(top.parts))
