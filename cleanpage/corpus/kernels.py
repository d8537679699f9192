"""What is done to a part of the pages: pure but for the files that it reads and writes; knows no engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import process_time
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleanpage.corpus.fingerprint import fingerprint
from cleanpage.corpus.guard import Guard, LostError
from cleanpage.corpus.io import RawPage, from_row
from cleanpage.corpus.tasks import beat, made_whole
from cleanpage.corpus.templates import Page, SiteTemplate, page_of
from cleanpage.model import Article
from cleanpage.pipeline import clean_page

BATCH, BATCH_BYTES = 512, 8 * 1024**2
"""Pages that are held at a time, and bytes of them, about."""
Call = Callable[..., Any]
"""Calls a function with arguments: here, or under guard."""
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

CLEANED = ("articles", "ledger", "templates", "errors", "timings", "prints")
"""Those that cleaning makes."""

Tables = dict[str, list[dict[str, Any]]]


def clean_part(source: str, out: str) -> None:
    """Clean the pages of a file, those of a larger site with its template; whole sites lie in one file.

    Holds a batch of pages, and of each site the sample that makes its template.
    """
    _clean_part(Path(source), Path(out), lambda function, *arguments: function(*arguments))


def clean_part_guarded(source: str, out: str) -> None:
    """Do the same with each page in a process of its own: one that ends its process, or does not end, is an error."""
    with Guard() as guard:

        def call(function: Callable[..., Any], *arguments: Any) -> Any:
            beat(Path(out))
            return guard.call(function, *arguments)

        _clean_part(Path(source), Path(out), call)


def _clean_part(source: Path, out: Path, call: Call) -> None:
    lost: dict[str, str] = {}
    templates = _learn(source, out, call, lost)
    counts: Counter[str] = Counter()
    with made_whole(out) as made, ExitStack() as stack:
        files = {
            name: stack.enter_context(pq.ParquetWriter(made / f"{name}.parquet", SCHEMAS[name])) for name in CLEANED
        }
        kept = [
            {"site": site, "pages": len(template), "template": template.to_json()}
            for site, template in templates.items()
        ]
        files["templates"].write_table(pa.Table.from_pylist(kept, SCHEMAS["templates"]))
        for batch in _batches(source, out):
            tables: Tables = {name: [] for name in CLEANED if name != "templates"}
            for row in batch:
                page = from_row(row)
                problem = lost.get(page.id)
                for name, rows in _clean(call, row["site"], page, templates.get(row["site"]), problem).items():
                    tables[name] += rows
            for name, rows in tables.items():
                files[name].write_table(pa.Table.from_pylist(rows, SCHEMAS[name]))
                counts[name] += len(rows)
        if counts["articles"] + counts["errors"] != pq.read_metadata(source).num_rows:
            raise AssertionError(f"{counts} came out of {source}")


def _batches(source: Path, out: Path) -> Iterator[list[dict[str, Any]]]:
    """Yield the pages of a part, some at a time, as they were written."""
    rows: list[dict[str, Any]] = []
    file = pq.ParquetFile(source)
    for group in range(file.num_row_groups):
        rows += file.read_row_group(group).to_pylist()
        if len(rows) >= BATCH or sum(len(row["raw"]) for row in rows) >= BATCH_BYTES:
            yield rows
            rows = []
        beat(out)
    yield rows


def _learn(source: Path, out: Path, call: Call, lost: dict[str, str]) -> dict[str, SiteTemplate]:
    """Return the templates of the sites with pages enough; note the pages that ended their process, and why."""
    sizes = Counter(pq.read_table(source, columns=["site"])["site"].to_pylist())
    sizes.pop("", None)
    samples = {site: SiteTemplate() for site in sorted(sizes) if sizes[site] >= LEAST_PAGES}
    for batch in _batches(source, out):
        waiting: dict[str, list[Page]] = defaultdict(list)
        for row in batch:
            if row["site"] not in samples or row["problem"]:
                continue
            page = from_row(row)
            try:
                waiting[row["site"]].append(call(page_of, page.raw))
            except LostError as error:
                lost[page.id] = str(error)
            except Exception:  # it fails again when it is cleaned, and is named there
                continue
        for site, pages in waiting.items():
            samples[site] = samples[site].merge(SiteTemplate(pages))
    for template in samples.values():
        _ = template.furniture  # worked out once, also for a process that is sent a copy
    return samples


def _clean(call: Call, site: str, page: RawPage, template: SiteTemplate | None, problem: str | None) -> Tables:
    """Return the rows that a page makes: those of an article, or an error with its reason."""
    stage = "read" if page.problem else "clean"
    try:
        if page.problem or problem:
            raise LostError(page.problem or problem)
        tables: Tables = call(clean_one, site, page, template)
        return tables
    except LostError as error:
        reason = str(error)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
    return {"errors": [{"id": page.id, "url": page.url, "stage": stage, "reason": _printable(reason)}]}


def clean_one(site: str, page: RawPage, template: SiteTemplate | None) -> Tables:
    """Return the rows of the article on a page."""
    began = process_time()
    article = clean_page(page.raw, url=page.url or None, encoding=page.encoding or None, template=template)
    return {
        "articles": [_article_row(site, page, article)],
        "ledger": list(_ledger_rows(page.id, article)),
        "prints": [{"id": page.id, **fingerprint(article).to_row()}],
        "timings": [{"id": page.id, "seconds": process_time() - began}],
    }


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
