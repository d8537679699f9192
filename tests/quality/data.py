"""The shared pages: where they lie and how they are read. Data only; nothing of it is copied into the project."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SHARED = Path(os.environ.get("CLEANPAGE_SHARED") or Path(__file__).resolve().parents[3] / "shared")
FLATTENINGS = ("inscriptis", "html_text", "resiliparse", "bs4")
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
    texts: dict[str, str] = field(repr=False)
    html: str = field(default="", repr=False)

    @property
    def tuned_on(self) -> bool:
        """Whether the numbers of the body stage were tuned on this page's site: half of the sites, told by a hash."""
        site = urlsplit(self.url).netloc or self.id
        return hashlib.md5(site.encode(), usedforsecurity=False).digest()[0] % 2 == 0


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
        texts={way: text[way] for way in FLATTENINGS},
        html=label["html"] if html else "",
    )
