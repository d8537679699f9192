"""What a page says about itself: meta elements, the canonical link, times, JSON-LD, dates in scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cleanpage.load.declared import json_ld
from cleanpage.load.elements import folded

SEVERAL = frozenset(("author", "article:author", "citation_author", "dc.creator", "dcterms.creator"))
"""Meta elements that stand once for each of several persons; their names are joined by ``; ``."""
ADDRESSES = frozenset(("link:canonical", "base"))
"""Links of the head that are kept."""
_DATE_IN_SCRIPT = re.compile(
    r"""(?:datePublished|publishDate|publishedAt|published_at|firstPublished|publish_time)(?:\\?["']|&quot;)?\s*:"""
    r"""\s*(?:\\?["']|&quot;)(\d{4}-\d\d-\d\d[^"'&\\<]{0,20})"""
)
"""What scripts that build the page know of its date."""
_TWITTER_PAIRS = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))
_WRITTEN_BY = frozenset(
    ("written by", "verfasst von", "écrit par", "escrito por", "scritto da", "автор", "napisane przez")
)
"""Labels that WordPress' Yoast gives the author."""


def about_itself(root: Any, raw: str) -> dict[str, str]:
    """Return what a parsed page says about itself, by lower-case names; ``raw`` is its HTML."""
    found: dict[str, str] = {}
    scripts: list[str] = []
    if language := root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"):
        found["html:lang"] = language.strip()
    for element in root.iter("meta", "script", "link", "base", "time", "a"):
        for name, content in _claims(element, scripts):
            if content and (content := content.strip()):
                name = name.strip().lower()  # noqa: PLW2901
                if name in SEVERAL and content not in found.get(name, content):
                    found[name] = f"{found[name]}; {content}"
                else:
                    found.setdefault(name, content)
    if (date := _DATE_IN_SCRIPT.search(raw)) is not None:
        found.setdefault("script:datepublished", date[1])
    for label, value in _TWITTER_PAIRS:
        if found.get(label, "").lower() in _WRITTEN_BY and value in found:
            found.setdefault("twitter:written", found[value])
    return {**found, **json_ld(scripts)}


def _claims(element: Any, scripts: list[str]) -> Iterator[tuple[str, str | None]]:
    tag, get = element.tag, element.get
    if tag == "meta":
        for name in ("property", "name", "itemprop"):
            if get(name):
                yield get(name), get("content")
    elif tag == "script":
        if "ld+json" in (get("type") or ""):
            scripts.append(element.text or "")
    elif tag in ("link", "base"):
        name = "base" if tag == "base" else f"link:{(get('rel') or '').lower()}"
        if name in ADDRESSES:
            yield name, get("href")
    elif tag == "time":
        own = "datepublished" in (get("itemprop") or "").lower() or get("pubdate") is not None
        yield "time:published" if own else "time", get("datetime") or get("content")
    elif "author" in (get("rel") or "").lower().split():
        yield "rel:author", folded("".join(element.itertext()))
