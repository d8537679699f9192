"""What a page says about itself in JSON-LD (schema.org), as plain names and values."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any

from cleanpage.load.bounds import MOST_CHEAP
from cleanpage.load.json_values import parse_json
from cleanpage.text.lazy_regex import lazy

ARTICLES = frozenset(
    (
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "blogposting",
        "backgroundnewsarticle", "reviewnewsarticle", "socialmediaposting", "liveblogposting", "techarticle",
        "scholarlyarticle", "report", "discussionforumposting", "medicalscholarlyarticle", "advertisercontentarticle",
        "satiricalarticle", "review", "recipe", "howto", "question", "newsmediaorganizationarticle",
    )
)  # fmt: skip
PAGES = frozenset(("webpage", "itempage", "faqpage", "medicalwebpage", "aboutpage", "profilepage"))
"""Types whose dates and names are taken where no article is described."""
PLAIN = (
    "headline", "datePublished", "dateModified", "articleBody", "articleSection", "url", "inLanguage", "description",
)  # fmt: skip
"""Properties that hold text."""
NAMED_PROPERTIES = ("author", "publisher")
"""Properties that hold things with a name, or the name."""
PREFIX, ORGANISATION = "ld:", (":organization", True)
"""``ld:author`` are persons, ``ld:author:organization`` are not."""
_REST = lazy(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*+;?\s*$")
_TRAILING_COMMA = lazy(r",(?=\s*[}\]])")


def nodes_of(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """Return the objects in scripts of JSON-LD, outer ones first.

    Broken JSON is mended where it is mended easily, and passed over otherwise.
    """
    return [node for script in scripts for node in _nodes(_parsed(script))]


def types_of(nodes: Iterable[dict[str, Any]]) -> list[str]:
    """Return the types of objects in small letters, each once: ``newsarticle``, ``person``."""
    return [*dict.fromkeys(name for node in nodes for name in sorted(_types(node)))]


def claims_of(nodes: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return ``ld:headline``, ``ld:author`` … of the article among objects; several names are joined by ``;``."""
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    ranked = [node for types in (ARTICLES, PAGES) for node in nodes if not types.isdisjoint(_types(node))]
    found: dict[str, str] = {}
    for node in ranked:
        for name in PLAIN:
            value = node.get(name)
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, str) and value.strip():
                found.setdefault(PREFIX + name.lower(), unescape(value).strip())
        for name, text in (("keywords", _listed(node.get("keywords"))), ("image", _picture(node.get("image"), known))):
            if text:
                found.setdefault(PREFIX + name, text)
        for name in NAMED_PROPERTIES:
            named = dict(_names(node.get(name), known))
            for suffix, wanted in (("", False), ORGANISATION):
                names = [text for text, is_organisation in named.items() if is_organisation is wanted]
                if names:
                    found.setdefault(f"{PREFIX}{name}{suffix}", "; ".join(names))
    sites = (name for node in nodes if "website" in _types(node) for name, _ in _names(node, known))
    for name in sites:
        found.setdefault(f"{PREFIX}website", name)
    return found


def _parsed(script: str) -> Any:
    text = _REST.sub("", script)
    parsed = map(parse_json, (text, _TRAILING_COMMA.sub("", text), unescape(text)))
    return next((data for data in parsed if data is not None), None)


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in parsed JSON, outer ones first."""
    waiting, seen = deque([data]), 0
    while waiting and seen < MOST_CHEAP:
        item = waiting.popleft()
        seen += 1
        if isinstance(item, dict):
            yield item
            waiting += [value for value in item.values() if isinstance(value, dict | list)]
        elif isinstance(item, list):
            waiting += [value for value in item[:MOST_CHEAP] if isinstance(value, dict | list)]


def _listed(value: Any) -> str:
    """Return a list of words as one text."""
    words = value if isinstance(value, list) else [value]
    return unescape(", ".join(word.strip() for word in words if isinstance(word, str)))


def _picture(value: Any, known: dict[str, dict[str, Any]]) -> str:
    """Return the address of the first picture."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict) and isinstance(first.get("@id"), str):
        first = known.get(first["@id"], first)
    address = first.get("url") or first.get("contentUrl") if isinstance(first, dict) else first
    return address.strip() if isinstance(address, str) else ""


def _types(node: dict[str, Any]) -> set[str]:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return {name.rpartition("/")[2].lower() for name in names if isinstance(name, str)}


def _names(value: Any, known: dict[str, dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Yield names, and whether they are an organisation's."""
    for item in value if isinstance(value, list) else [value]:
        node = known.get(item["@id"], item) if isinstance(item, dict) and isinstance(item.get("@id"), str) else item
        name = node.get("name") if isinstance(node, dict) else node
        name = name[0] if isinstance(name, list) and name else name
        if isinstance(name, str) and name.strip():
            kinds = _types(node) if isinstance(node, dict) else set()
            yield unescape(name).strip(), any(kind.endswith("organization") for kind in kinds)
