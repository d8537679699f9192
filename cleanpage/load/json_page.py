"""A page given as a JSON object that holds one article, as interfaces of sites return it: to HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

from cleanpage.draft import is_prose
from cleanpage.load.json_body import MAIN, is_aside, plain
from cleanpage.load.json_values import parse_json
from cleanpage.text import ends_sentence, units
from cleanpage.text.lazy_regex import lazy

LEAST_SENTENCES = 2
"""Lines of a body that end a sentence; one alone is a message or a description."""
_MARKUP = lazy(r"<(?:p|div|br|h\d|li|article|section)\b[^<>]{0,300}>")
_AROUND = "\ufeff \t\r\n"
_CALL = lazy(r"(?:/\*\*/ ?)?(?!\d)[\w$.]{1,80}\((?=\s{0,9}[\[{].*\);?\Z)", re.DOTALL)
"""The call of a function whose argument is the JSON (JSONP)."""
_BESIDE_BODY = (
    (("title", "headline", "name"), "<title>{}</title>"),
    (("date", "published", "published_at", "datePublished", "date_published"), '<meta name="date" content="{}">'),
    (("author", "byline"), '<meta name="author" content="{}">'),
)
"""Keys beside the body, the first that has a text counting, and what becomes of it."""


class _JsonText(NamedTuple):
    """A text of a JSON object, and the two objects around it, the outer one first."""

    text: str
    size: int
    """Characters without markup."""
    around: tuple[Mapping[str, Any], ...]


def json_as_html(text: str) -> str | None:
    """Return JSON that holds one article, an object or a list of one, as HTML; None for else; in linear time."""
    text = "" if text[:64].lstrip(_AROUND)[:1] == "<" else text.strip(_AROUND)  # a copy of a page takes its time
    if call := _CALL.match(text):
        text = text[call.end() : -1 - text.endswith(";")]
    if text[:1] not in ("{", "["):
        return None
    page = parse_json(text)
    if page is None or (isinstance(page, list) and not (len(page) == 1 and isinstance(page[0], dict))):
        return None
    texts = list(_body_strings(page))
    body = max(texts, key=lambda held: held.size, default=None)
    if body is None or body.size < MAIN * sum(held.size for held in texts):
        return None
    lines = [line.strip() for line in plain(body.text).split("\n") if line.strip()]
    if sum(map(ends_sentence, lines)) < LEAST_SENTENCES or not any(is_prose(line, units(line)) for line in lines):
        return None
    inner = body.text if _MARKUP.search(body.text) else "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<html><head>{_head(body)}</head><body><article>{inner}</article></body></html>"


def _body_strings(page: Any) -> Iterator[_JsonText]:
    """Yield the strings of a JSON value that may be the body's; a list of strings is one text of several lines."""
    stack: list[tuple[Any, tuple[Mapping[str, Any], ...]]] = [(page, ())]
    while stack:
        value, around = stack.pop()
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            value = "\n".join(value)
        if isinstance(value, str):
            yield _JsonText(value, len(plain(value)), around)
        elif isinstance(value, list):
            stack += [(item, around) for item in value]
        elif isinstance(value, dict):
            stack += [(item, (*around[-1:], value)) for key, item in value.items() if not is_aside(key)]


def _head(body: _JsonText) -> str:
    """Return what the objects around a body name as its title, date and author."""
    return "".join(
        form.format(escape(found))
        for keys, form in _BESIDE_BODY
        if (found := next(filter(None, (_string(held.get(key)) for held in body.around[::-1] for key in keys)), None))
    )


def _string(value: Any) -> str:
    """Return a string, or the one that an object gives as shown: ``{"rendered": "…"}``, ``{"name": "…"}``."""
    if isinstance(value, dict):
        value = value.get("rendered") or value.get("name")
    return " ".join(plain(value).split()) if isinstance(value, str) else ""
