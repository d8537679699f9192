"""What is done to a part of the pages: pure but for the files that it reads and writes; knows no engine."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleanpage.corpus.fingerprint import Fingerprint, fingerprint
from cleanpage.corpus.io import RawPage, from_row
from cleanpage.corpus.neardup import Index
from cleanpage.corpus.templates import SiteTemplate
from cleanpage.model import Article
from cleanpage.pipeline import clean_page

LEAST_PAGES = 5
"""Pages of a site from which on its template is used."""

_TEXT = pa.string()
_TEXTS = pa.list_(_TEXT)
SCHEMAS: dict[str, pa.Schema] = {
    "pages": pa.schema([
        ("id", _TEXT), ("url", _TEXT), ("raw", pa.binary()), ("encoding", _TEXT), ("problem", _TEXT),
        ("is_text", pa.bool_()), ("site", _TEXT),
    ]),
    "articles": pa.schema([
        ("id", _TEXT), ("url", _TEXT), ("site", _TEXT), ("title", _TEXT), ("text", _TEXT), ("published", _TEXT),
        ("source", _TEXT), ("authors", _TEXTS), ("language", _TEXT), ("page_kind", _TEXT), ("is_article", pa.bool_()),
        ("confidence", pa.float64()), ("warnings", _TEXTS),
    ]),
    "ledger": pa.schema([
        ("id", _TEXT), ("start", pa.int64()), ("end", pa.int64()), ("label", _TEXT), ("rule", _TEXT),
        ("reason", _TEXT), ("score", pa.float64()), ("text", _TEXT),
    ]),
    "templates": pa.schema([("site", _TEXT), ("pages", pa.int64()), ("template", _TEXT)]),
    "errors": pa.schema([("id", _TEXT), ("url", _TEXT), ("stage", _TEXT), ("reason", _TEXT)]),
    "timings": pa.schema([("id", _TEXT), ("seconds", pa.float64())]),
    "prints": pa.schema([
        ("id", _TEXT), ("digest", _TEXT), ("size", pa.int64()), ("trace", pa.binary()), ("sketch", pa.binary()),
        ("grams", pa.binary()), ("numbers", pa.binary()), ("key", _TEXT), ("published", _TEXT), ("named", pa.bool_()),
    ]),
    "clusters": pa.schema([("id", _TEXT), ("canonical", _TEXT), ("size", pa.int64())]),
    "parts": pa.schema([("part", _TEXT), ("whole", _TEXT), ("share", pa.float64())]),
}  # fmt: skip
"""The tables of a run, by the folder that they lie in."""

Tables = dict[str, list[dict[str, Any]]]


def clean_part(source: str, out: str) -> None:
    """Clean the pages of a file, those of a larger site with its template; whole sites lie in one file."""
    pages = pq.read_table(source).to_pylist()
    sites: dict[str, list[RawPage]] = defaultdict(list)
    for row in pages:
        sites[row["site"]].append(from_row(row))
    names = ("articles", "ledger", "templates", "errors", "timings", "prints")
    tables: Tables = {name: [] for name in names}
    for site, members in sorted(sites.items()):
        template = _template(site, members, tables)
        for page in members:
            _clean(site, page, template, tables)
    counts = {name: len(tables[name]) for name in ("articles", "errors")}
    if sum(counts.values()) != len(pages):
        raise AssertionError(f"{counts} of {len(pages)} pages came out of {source}")
    _write(tables, Path(out))


def _template(site: str, members: Sequence[RawPage], tables: Tables) -> SiteTemplate | None:
    if not site or len(members) < LEAST_PAGES:
        return None
    try:
        template = SiteTemplate.learn(page.raw for page in members if not page.problem)
    except Exception:  # a page that fails here fails again when it is cleaned, and is named there
        return None
    tables["templates"].append({"site": site, "pages": len(template), "template": template.to_json()})
    return template


def _clean(site: str, page: RawPage, template: SiteTemplate | None, tables: Tables) -> None:
    """Add a page to the tables: as an article, or as an error with its reason."""
    began = process_time()
    try:
        if page.problem:
            raise ValueError(page.problem)
        article = clean_page(page.raw, url=page.url or None, encoding=page.encoding or None, template=template)
        found = fingerprint(article)
    except Exception as error:
        reason = page.problem or f"{type(error).__name__}: {error}"
        stage = "read" if page.problem else "clean"
        tables["errors"].append({"id": page.id, "url": page.url, "stage": stage, "reason": reason})
        return
    tables["articles"].append(_article_row(site, page, article))
    tables["ledger"] += _ledger_rows(page.id, article)
    tables["prints"].append({"id": page.id, **found.to_row()})
    tables["timings"].append({"id": page.id, "seconds": process_time() - began})


def _article_row(site: str, page: RawPage, article: Article) -> dict[str, Any]:
    fields = ("title", "text", "published", "source", "language", "page_kind", "is_article", "confidence")
    row = {name: _printable(getattr(article, name)) for name in fields}
    lists = {name: [_printable(item) for item in getattr(article, name)] for name in ("authors", "warnings")}
    return {"id": page.id, "url": page.url, "site": site, **row, **lists}


def _ledger_rows(id: str, article: Article) -> Iterator[dict[str, Any]]:
    for item in article.removed:
        row = {name: _printable(getattr(item, name)) for name in ("start", "end", "label", "rule", "reason", "score")}
        yield {"id": id, **row, "text": _printable(item.text)}


def _printable(value: Any) -> Any:
    """Return a text without lone surrogates, which Parquet cannot hold."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def dedupe_prints(source: str, out: str) -> None:
    """Find the copies among the fingerprints of a folder; one task, in memory."""
    index = Index()
    for file in sorted(Path(source).glob("*/prints.parquet")):
        for batch in pq.ParquetFile(file).iter_batches(batch_size=1024):
            for row in batch.to_pylist():
                index.add(row.pop("id"), Fingerprint.from_row(row))
    found = index.duplicates()
    clusters = [
        {"id": id, "canonical": cluster.canonical, "size": len(cluster.ids)}
        for cluster in found.clusters
        for id in cluster.ids
    ]
    parts = [{"part": part.part, "whole": part.whole, "share": part.share} for part in found.parts]
    _write({"clusters": clusters, "parts": parts}, Path(out))


def _write(tables: Mapping[str, Sequence[Mapping[str, Any]]], out: Path) -> None:
    """Write tables to a folder that is there wholly or not at all."""
    made = out.with_name(f"{out.name}.tmp")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for name, rows in tables.items():
        pq.write_table(pa.Table.from_pylist(list(rows), SCHEMAS[name]), made / f"{name}.parquet")
    counts = {name: len(rows) for name, rows in tables.items()}
    (made / "counts.json").write_text(json.dumps(counts), encoding="utf-8")
    made.rename(out)
