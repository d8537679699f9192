"""What is done to a part of the pages: pure but for the files that it reads and writes; knows no engine."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from hashlib import blake2b
from heapq import nsmallest
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from cleanpage.corpus.atomic_task import counted, made_whole
from cleanpage.corpus.columns import row_of, schemas, table_of
from cleanpage.corpus.executor import Call, guard
from cleanpage.corpus.io import RawPage
from cleanpage.corpus.learn_task import templates_of
from cleanpage.corpus.parts import PagePart, host_of
from cleanpage.corpus.settings import Settings
from cleanpage.corpus.templates import SiteTemplate
from cleanpage.dedupe.fingerprint import fingerprint
from cleanpage.errors import CleanpageError
from cleanpage.load.not_text import problem_of
from cleanpage.model import Article
from cleanpage.pipeline import clean_page
from cleanpage.report.render import article_report

LONGEST_TITLE = 200
"""Characters of a title that are kept beside the measures."""

SHOWN_EVERY, MOST_SHOWN = 6, 10
"""Of several parts one page in so many gets a report of its own, and so many at most; of the only part so many."""

Row = tuple[Any, ...]
Tables = dict[str, list[Row]]


class Cleaned(NamedTuple):
    """What a page has made."""

    tables: Tables
    """Rows, by table, as ``columns.schemas`` orders their values."""
    article: Article


def clean_part(source: str, out: str, *, apart: bool = False) -> None:
    """Clean the pages of a part; holds a batch of them.

    ``apart`` cleans each in a process of its own: one that ends its process, or does not end, is an error.
    """
    part, settings = PagePart.load(source), Settings.load(Path(source).parents[1] / "inputs")
    templates = templates_of(Path(source), part)
    counts: Counter[str] = Counter()
    made_of = schemas(settings.select)
    with guard(apart=apart) as call, made_whole(Path(out)) as made, counted(Path(out)) as count, ExitStack() as stack:
        files = {
            name: stack.enter_context(pq.ParquetWriter(made / f"{name}.parquet", schema))
            for name, schema in made_of.items()
        }
        unsure: list[tuple[float, str, Article]] = []
        for batch in part.batches():
            tables: Tables = {name: [] for name in files}
            for page, host in batch:
                found = _clean_or_error(call, page, host, templates.get(host), settings)
                if isinstance(found, Cleaned):
                    unsure = nsmallest(_shown(part), [*unsure, (found.article.confidence, page.id, found.article)])
                for name, rows in (found.tables if isinstance(found, Cleaned) else {"errors": [found]}).items():
                    tables[name] += rows
                count(1)
            for name, rows in tables.items():
                files[name].write_table(table_of(rows, made_of[name]))
                counts[name] += len(rows)
        for _, id, article in unsure:
            report_of(made, id).write_text(article_report(article), "utf-8", "replace")
        if counts["articles"] + counts["errors"] != part.pages:
            raise AssertionError(f"{counts} came out of {source}")


def report_of(clean: Path, id: str) -> Path:
    """Return the file of the report of a page, in the folder of its part; a few of lowest confidence have one."""
    return clean / f"{blake2b(id.encode(), digest_size=12).hexdigest()}.html"


def _shown(part: PagePart) -> int:
    """Return how many pages of a part get a report of their own, which takes a tenth of the time of cleaning it."""
    return MOST_SHOWN if part.is_only else min(MOST_SHOWN, part.pages // SHOWN_EVERY + 1)


def _clean_or_error(
    call: Call, page: RawPage, host: str, template: SiteTemplate | None, settings: Settings
) -> Cleaned | Row:
    """Return what a page makes, or the row of an error with its reason."""
    try:
        if not page.problem:
            cleaned: Cleaned = call(clean_one, page, host, template, settings)
            return cleaned
        stage, reason = "read", page.problem
    except CleanpageError as error:
        stage, reason = "clean", str(error)
    except Exception as error:
        stage, reason = "clean", f"{type(error).__name__}: {error}"
    return page.id, page.url, host, page.status, stage, reason


def clean_one(page: RawPage, host: str, template: SiteTemplate | None, settings: Settings) -> Cleaned:
    """Return the article on a page, and its rows."""
    began = process_time()
    article = clean_page(
        page.raw, url=page.url or None, encoding=page.encoding or None, config=settings.config, template=template
    )
    seconds = process_time() - began
    if problem := problem_of(article.warnings):
        raise CleanpageError(problem)
    host = host or host_of(article.canonical_url or "")
    tables: Tables = {
        "articles": [(page.id, page.url, host, page.status, *row_of(article, settings.select))],
        "ledger": [
            (page.id, gone.start, gone.end, gone.label.value, gone.rule, gone.reason, gone.score, gone.text)
            for gone in (article.removed if settings.ledger else ())
        ],
        "prints": [(page.id, *fingerprint(article).to_row().values())],
        "measures": [_measures(page.id, host, article, seconds)],
    }
    return Cleaned(tables, article)


def _measures(id: str, host: str, article: Article, seconds: float) -> Row:
    title = (article.title or "")[:LONGEST_TITLE]
    return (id, host, title, article.language, article.page_kind, article.confidence, len(article.source_text),
            len(article.text), seconds)  # fmt: skip
