"""What is done to a part of the pages: pure but for the files that it reads and writes; knows no engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import process_time
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleanpage.config import Config
from cleanpage.corpus.atomic_task import made_whole
from cleanpage.corpus.crash_guard import Call, here, under_guard
from cleanpage.corpus.io import RawPage, from_row
from cleanpage.corpus.learning import SCHEMA as TEMPLATES
from cleanpage.corpus.learning import as_rows, templates_of
from cleanpage.corpus.parts import SCHEMA as PAGES
from cleanpage.corpus.parts import batches, cut_sites
from cleanpage.corpus.settings import Settings
from cleanpage.corpus.templates import SiteTemplate
from cleanpage.dedupe.fingerprint import fingerprint
from cleanpage.errors import CleanpageError, LostError
from cleanpage.load.not_text import problem_of
from cleanpage.model import Article
from cleanpage.pipeline import clean_page

_TEXT = pa.string()
_TEXTS = pa.list_(_TEXT)
ARTICLE: dict[str, pa.DataType] = {
    "title": _TEXT, "text": _TEXT, "published": _TEXT, "modified": _TEXT, "source": _TEXT, "authors": _TEXTS,
    "editors": _TEXTS, "photographers": _TEXTS, "section": _TEXTS, "keywords": _TEXTS, "description": _TEXT,
    "image": _TEXT, "next_page": _TEXT, "language": _TEXT, "page_kind": _TEXT, "is_article": pa.bool_(),
    "confidence": pa.float64(), "warnings": _TEXTS,
}  # fmt: skip
"""The fields of an Article that are columns of ``articles``, each with its type."""
SCHEMAS: dict[str, pa.Schema] = {
    "pages": PAGES,
    "articles": pa.schema([
        ("id", _TEXT), ("url", _TEXT), ("site", _TEXT), ("status", pa.int16()), *ARTICLE.items(),
    ]),
    "ledger": pa.schema([
        ("id", _TEXT), ("start", pa.int64()), ("end", pa.int64()), ("label", _TEXT), ("rule", _TEXT),
        ("reason", _TEXT), ("score", pa.float64()), ("text", _TEXT),
    ]),
    "templates": TEMPLATES,
    "errors": pa.schema([
        ("id", _TEXT), ("url", _TEXT), ("status", pa.int16()), ("stage", _TEXT), ("reason", _TEXT),
    ]),
    "timings": pa.schema([("id", _TEXT), ("seconds", pa.float64())]),
    "prints": pa.schema([
        ("id", _TEXT), ("digest", _TEXT), ("size", pa.int64()), ("trace", pa.binary()), ("sketch", pa.binary()),
        ("grams", pa.binary()), ("words", _TEXT), ("published", _TEXT), ("named", pa.bool_()),
    ]),
    "clusters": pa.schema([("id", _TEXT), ("canonical", _TEXT), ("size", pa.int64())]),
    "parts": pa.schema([("part", _TEXT), ("whole", _TEXT), ("share", pa.float64())]),
    "versions": pa.schema([("id", _TEXT), ("canonical", _TEXT), ("place", pa.int64())]),
    "related": pa.schema([("one", _TEXT), ("other", _TEXT), ("share", pa.float64())]),
}  # fmt: skip
"""The tables of a run, by the folder that they lie in."""

CLEANED = ("articles", "ledger", "templates", "errors", "timings", "prints")
"""Those that cleaning makes."""

Tables = dict[str, list[dict[str, Any]]]


def clean_part(source: str, out: str) -> None:
    """Clean the pages of a file, those of a larger site with its template.

    Holds a batch of pages, and of each site the sample that makes its template.
    """
    _clean_part(Path(source), Path(out), here)


def clean_part_guarded(source: str, out: str) -> None:
    """Do the same with each page in a process of its own: one that ends its process, or does not end, is an error."""
    with under_guard(Path(out)) as call:
        _clean_part(Path(source), Path(out), call)


def _clean_part(source: Path, out: Path, call: Call) -> None:
    lost: dict[str, str] = {}
    cut, config = cut_sites(source.parent), Settings.load(source.parent).config
    templates = templates_of(source, out, cut, call, lost)
    counts: Counter[str] = Counter()
    with made_whole(out) as made, ExitStack() as stack:
        files = {
            name: stack.enter_context(pq.ParquetWriter(made / f"{name}.parquet", SCHEMAS[name])) for name in CLEANED
        }
        # Of a site that was cut, the first of its parts keeps the template.
        kept = {site: found for site, found in templates.items() if cut.get(site, [source.stem])[0] == source.stem}
        files["templates"].write_table(as_rows(kept))
        for batch in batches(source, out):
            tables: Tables = {name: [] for name in CLEANED if name != "templates"}
            for row in batch:
                page = from_row(row)
                template, problem = templates.get(row["site"]), lost.get(page.id)
                for name, rows in _clean(call, row["site"], page, template, config, problem=problem).items():
                    tables[name] += rows
            for name, rows in tables.items():
                files[name].write_table(pa.Table.from_pylist(rows, SCHEMAS[name]))
                counts[name] += len(rows)
        if counts["articles"] + counts["errors"] != pq.read_metadata(source).num_rows:
            raise AssertionError(f"{counts} came out of {source}")


def _clean(
    call: Call, site: str, page: RawPage, template: SiteTemplate | None, config: Config, *, problem: str | None
) -> Tables:
    """Return the rows that a page makes: those of an article, or an error with its reason."""
    stage = "read" if page.problem else "clean"
    try:
        if page.problem or problem:
            raise LostError(page.problem or problem)
        tables: Tables = call(clean_one, site, page, template, config)
        return tables
    except CleanpageError as error:
        reason = str(error)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
    row = {"id": page.id, "url": page.url, "status": page.status, "stage": stage, "reason": _printable(reason)}
    return {"errors": [row]}


def clean_one(site: str, page: RawPage, template: SiteTemplate | None, config: Config) -> Tables:
    """Return the rows of the article on a page."""
    began = process_time()
    article = clean_page(
        page.raw, url=page.url or None, encoding=page.encoding or None, config=config, template=template
    )
    if problem := problem_of(article.warnings):
        raise CleanpageError(problem)
    return {
        "articles": [_article_row(site, page, article)],
        "ledger": list(_ledger_rows(page.id, article)),
        "prints": [{"id": page.id, **fingerprint(article).to_row()}],
        "timings": [{"id": page.id, "seconds": process_time() - began}],
    }


def _article_row(site: str, page: RawPage, article: Article) -> dict[str, Any]:
    row = {name: _printable(getattr(article, name)) for name in ARTICLE}
    return {"id": page.id, "url": page.url, "site": site, "status": page.status, **row}


def _ledger_rows(id: str, article: Article) -> Iterator[dict[str, Any]]:
    for item in article.removed:
        row = {name: _printable(getattr(item, name)) for name in ("start", "end", "label", "rule", "reason", "score")}
        yield {"id": id, **row, "text": _printable(item.text)}


def _printable(value: Any) -> Any:
    """Return a text, or several, without lone surrogates, which Parquet cannot hold."""
    if isinstance(value, tuple):
        return [_printable(item) for item in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
