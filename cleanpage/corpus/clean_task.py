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

from cleanpage.corpus.atomic_task import counted, made_whole
from cleanpage.corpus.columns import printable, schemas, values
from cleanpage.corpus.executor import Call, guard
from cleanpage.corpus.io import RawPage
from cleanpage.corpus.learn_task import templates_of
from cleanpage.corpus.parts import Part, host_of
from cleanpage.corpus.settings import Settings
from cleanpage.corpus.templates import SiteTemplate
from cleanpage.dedupe.fingerprint import fingerprint
from cleanpage.errors import CleanpageError
from cleanpage.load.not_text import problem_of
from cleanpage.model import Article
from cleanpage.pipeline import clean_page

LONGEST_TITLE = 200
"""Characters of a title that are kept beside the measures."""

Tables = dict[str, list[dict[str, Any]]]


def clean_part(source: str, out: str, *, apart: bool = False) -> None:
    """Clean the pages of a part; holds a batch of them. ``apart`` cleans each in a process of its own."""
    part, settings = Part.load(source), Settings.load(Path(source).parents[1] / "inputs")
    templates = templates_of(Path(source), part)
    counts: Counter[str] = Counter()
    made_of = schemas(settings.select)
    with guard(apart=apart) as call, made_whole(Path(out)) as made, counted(Path(out)) as count, ExitStack() as stack:
        files = {
            name: stack.enter_context(pq.ParquetWriter(made / f"{name}.parquet", schema))
            for name, schema in made_of.items()
        }
        for batch in part.batches():
            tables: Tables = {name: [] for name in files}
            for page, host in batch:
                for name, rows in _clean(call, page, host, templates.get(host), settings).items():
                    tables[name] += rows
                count(1)
            for name, rows in tables.items():
                files[name].write_table(pa.Table.from_pylist(rows, made_of[name]))
                counts[name] += len(rows)
        if counts["articles"] + counts["errors"] != part.pages:
            raise AssertionError(f"{counts} came out of {source}")


def clean_part_apart(source: str, out: str) -> None:
    """Do the same with each page in a process of its own: one that ends its process, or does not end, is an error."""
    clean_part(source, out, apart=True)


def _clean(call: Call, page: RawPage, host: str, template: SiteTemplate | None, settings: Settings) -> Tables:
    """Return the rows that a page makes: those of an article, or an error with its reason."""
    try:
        if not page.problem:
            tables: Tables = call(clean_one, page, host, template, settings)
            return tables
        stage, reason = "read", page.problem
    except CleanpageError as error:
        stage, reason = "clean", str(error)
    except Exception as error:
        stage, reason = "clean", f"{type(error).__name__}: {error}"
    row = {"id": page.id, "url": page.url, "host": host, "status": page.status, "stage": stage}
    return {"errors": [{**row, "reason": printable(reason)}]}


def clean_one(page: RawPage, host: str, template: SiteTemplate | None, settings: Settings) -> Tables:
    """Return the rows of the article on a page."""
    began = process_time()
    article = clean_raw(page, template, settings)
    host = host or host_of(article.canonical_url or "")
    row = {"id": page.id, "url": page.url, "host": host, "status": page.status}
    tables = {
        "articles": [{**row, **values(article, settings.select)}],
        "ledger": list(_ledger_rows(page.id, article)) if settings.ledger else [],
        "prints": [{"id": page.id, **fingerprint(article).to_row()}],
    }
    return {**tables, "measures": [_measures(page.id, host, article, process_time() - began)]}


def clean_raw(page: RawPage, template: SiteTemplate | None, settings: Settings) -> Article:
    """Return the article of a page; CleanpageError if it is no text."""
    article = clean_page(
        page.raw, url=page.url or None, encoding=page.encoding or None, config=settings.config, template=template
    )
    if problem := problem_of(article.warnings):
        raise CleanpageError(problem)
    return article


def _measures(id: str, host: str, article: Article, seconds: float) -> dict[str, Any]:
    return {
        "id": id, "host": host, "title": printable((article.title or "")[:LONGEST_TITLE]),
        "language": article.language, "page_kind": article.page_kind, "confidence": article.confidence,
        "source_chars": len(article.source_text), "text_chars": len(article.text), "seconds": seconds,
    }  # fmt: skip


def _ledger_rows(id: str, article: Article) -> Iterator[dict[str, Any]]:
    for item in article.removed:
        yield {
            "id": id, "start": item.start, "end": item.end, "label": item.label.value, "rule": printable(item.rule),
            "reason": printable(item.reason), "score": item.score, "text": printable(item.text),
        }  # fmt: skip
