"""The shared pages: where they lie and how they are read. Data only; nothing of it is copied into the project."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SHARED = Path(os.environ.get("CLEANPAGE_SHARED") or Path(__file__).resolve().parents[2] / "shared")
FLATTENINGS = ("inscriptis", "html_text", "resiliparse", "bs4")
INPUTS = (*FLATTENINGS, "html")
"""What a page can be given as."""
FOLDS = 5
SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gen", "gov", "net", "org"})
"""Below a country these are no sites: ``com.cn``, ``co.uk``."""
ABSENT = f"SKIPPED: no pages in {SHARED}; set CLEANPAGE_SHARED to the folder that holds pages/ and seed/"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a set: its label (None where the source has none) and its flattened texts."""

    id: str
    set: str
    lang: str
    kind: str
    url: str
    body: str | None
    body_has_title: bool
    title: str | None
    author: str | None
    date: str | None
    texts: dict[str, str] = field(repr=False)
    html: str = field(default="", repr=False)

    def raw(self, way: str) -> str:
        """Return the page as one of INPUTS; the HTML is empty unless it was loaded."""
        return self.html if way == "html" else self.texts[way]

    @property
    def site(self) -> str:
        """Who publishes: ``huanqiu.com`` for ``http://world.huanqiu.com/``; the set where the page has no address."""
        labels = (urlsplit(self.url).hostname or "").removeprefix("www.").split(".")
        below_country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
        return ".".join(labels[-3 if below_country else -2 :]) or self.set

    @property
    def fold(self) -> int:
        """One of FOLDS, the same for all pages of a site in any set: what is judged on one has not learned from it."""
        return fold_of(self.site)


def fold_of(site: str) -> int:
    """Return the fold that a site belongs to."""
    digest = hashlib.md5(site.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest) % FOLDS


def present() -> bool:
    """Tell whether the shared pages are there."""
    return (SHARED / "pages").is_dir()


def load_pages(name: str, *, html: bool = False, limit: int | None = None) -> tuple[Page, ...]:
    """Return the pages of a set, or ``limit`` of them spread evenly; the HTML only where asked for (it is large)."""
    if not (SHARED / "pages" / f"{name}.jsonl.xz").is_file():
        raise SystemExit(f"no set {name!r} in {SHARED / 'pages'}; there are: {', '.join(set_names())}")
    pages = _load(name, html)
    if limit is None or limit >= len(pages):
        return pages
    return tuple(pages[i * len(pages) // limit] for i in range(limit))


def set_names() -> list[str]:
    """Return the names of the sets that come with flattened texts."""
    return sorted(path.name.removesuffix(".text.jsonl.xz") for path in (SHARED / "pages").glob("*.text.jsonl.xz"))


@lru_cache(maxsize=32)
def _load(name: str, html: bool) -> tuple[Page, ...]:
    labels = _rows(SHARED / "pages" / f"{name}.jsonl.xz")
    texts = _rows(SHARED / "pages" / f"{name}.text.jsonl.xz")
    return tuple(_page(name, label, text, html) for label, text in zip(labels, texts, strict=True))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _page(name: str, label: dict[str, Any], text: dict[str, str], html: bool) -> Page:
    assert label["id"] == text["id"], f"{name}: labels and texts are out of step at {label['id']}"
    return Page(
        id=label["id"],
        set=name,
        lang=label["lang"],
        kind=label["kind"],
        url=label.get("url") or "",
        body=label.get("body"),
        body_has_title=bool(label.get("body_has_title")),
        title=label.get("title"),
        author=label.get("author"),
        date=label.get("date"),
        texts={way: text[way] for way in FLATTENINGS},
        html=label["html"] if html else "",
    )


def without_title(page: Page) -> str:
    """Return the label without its first line if that is the title; in some sets it is only now and then."""
    body = page.body or ""
    first, _, rest = body.partition("\n")
    title = first if page.kind == "gov" else page.title or ""
    a, b = (re.sub(r"\W+", "", text.lower()) for text in (first, title))
    if page.body_has_title and a and b and (a in b or b in a) and min(len(a), len(b)) > 0.6 * max(len(a), len(b)):
        return rest
    return body
