"""``cleanpage dedupe``: which of some articles, cleaned already, are copies of one another."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from cleanpage.cli.inputs import find_pages
from cleanpage.cli.options import FAILED, OK, add_rest, new_parser, printable, say
from cleanpage.cli.output import output_name
from cleanpage.dedupe import Duplicates, Index
from cleanpage.errors import CleanpageError

TEXT, ID, FILE_KEY = "text", "id", "file"
TABLES = (".jsonl", ".ndjson", ".jl", ".csv", ".tsv", ".parquet")
"""Files of an article a row."""

_DESCRIPTION = """\
Find the copies among articles that are cleaned already: a line of JSON for
each cluster of two or more, with the id of the best copy and those of the
others, and for each article that stands inside another. With --unique print
the articles instead, one of each cluster."""
_EPILOG = """\
A file of .jsonl, .csv or .parquet holds an article a row; another file is the
text of one, and its name the id. Memory: 6 KB an article. For raw pages, and
for collections that do not fit: cleanpage corpus run.

examples:
  cleanpage pages/ -o articles.jsonl
  cleanpage dedupe articles.jsonl
  cleanpage dedupe articles.jsonl --unique -o unique.jsonl
  cleanpage dedupe texts/*.txt"""


class ArticleRow(NamedTuple):
    """An article, and the row that it came with."""

    id: str
    text: str
    row: dict[str, Any]


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    made = new_parser(
        "cleanpage dedupe", usage="%(prog)s [options] FILE [FILE ...]", description=_DESCRIPTION, epilog=_EPILOG
    )
    group = made.add_argument_group("the articles")
    group.add_argument("files", metavar="FILE", nargs="+", help="files of rows or texts, folders, patterns")
    group.add_argument("--text", default=TEXT, metavar="NAME", help=f"the key of a row's text (default: {TEXT})")
    group.add_argument(
        "--id",
        metavar="NAME",
        help=f"the key of a row's id (default: {ID}, or {FILE_KEY}, where there is one, else file:place)",
    )
    group.add_argument("--unique", action="store_true", help="print the rows of which no better copy is there")
    group.add_argument("-o", dest="out", type=output_name, metavar="OUT", help="write to this file")
    add_rest(group)
    return made


def run(options: argparse.Namespace) -> int:
    """Print the clusters or the unique rows; what cannot be read is a line on standard error each."""
    found = find_pages(options.files)
    if options.out is not None and os.path.abspath(options.out) in map(os.path.abspath, found.pages):
        raise CleanpageError(f"-o {options.out} would overwrite what is read; give another name")
    problems = [*found.problems]
    index, rows = Index(), []
    for row in _article_rows(found.pages, options, problems):
        index.add(row.id, row.text)
        rows.append(row._replace(text="") if options.unique else row._replace(text="", row={}))
    for problem in problems:
        say(problem)
    result = index.duplicates()
    values = _unique(rows, result) if options.unique else _clusters_and_parts(result)
    if options.out is None:
        _print(values, sys.stdout)
    else:
        with Path(options.out).open("w", encoding="utf-8", newline="") as out:
            _print(values, out)
    copies, parts = len(rows) - len(result.clusters), len(result.parts)
    say(f"articles: {len(rows)}; copies of others: {copies}; parts of others: {parts}")
    return FAILED if problems else OK


def _article_rows(files: Iterable[str], options: argparse.Namespace, problems: list[str]) -> Iterator[ArticleRow]:
    for name in files:
        try:
            if name.lower().endswith(TABLES):
                yield from _table(name, options, problems)
            else:
                yield ArticleRow(name, Path(name).read_text(encoding="utf-8"), {ID: name})
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{name}: {getattr(error, 'strerror', None) or error}")


def _table(name: str, options: argparse.Namespace, problems: list[str]) -> Iterator[ArticleRow]:
    from cleanpage.corpus.formats import read_rows
    from cleanpage.corpus.io import LONGEST

    for place, row in enumerate(read_rows(Path(name), Path(name).suffix.lower(), LONGEST)):
        where = f"{name}:{place}"
        text = row.get(options.text) if isinstance(row, dict) else None
        if not isinstance(row, dict) or not isinstance(text, str):
            known = ", ".join(row) if isinstance(row, dict) else getattr(row, "problem", type(row).__name__)
            problems.append(f"{where}: no text under {options.text!r} (--text NAME says where it is): {known}")
            continue
        id = row.get(options.id) if options.id else row.get(ID, row.get(FILE_KEY))
        if options.id and id is None:
            raise CleanpageError(f"{where}: no {options.id!r}, the key that --id names; there are {', '.join(row)}")
        yield ArticleRow(where if id is None else str(id), text, row)


def _clusters_and_parts(result: Duplicates) -> Iterator[dict[str, Any]]:
    for cluster in result.clusters:
        if len(cluster.ids) > 1:
            yield {"canonical": cluster.canonical, "copies": [id for id in cluster.ids if id != cluster.canonical]}
    for part in result.parts:
        yield {"part": part.part, "whole": part.whole, "share": part.share}


def _unique(rows: Iterable[ArticleRow], result: Duplicates) -> Iterator[dict[str, Any]]:
    best = {cluster.canonical for cluster in result.clusters}
    yield from (row.row for row in rows if row.id in best)


def _print(values: Iterable[dict[str, Any]], out: TextIO) -> None:
    for value in values:
        out.write(printable(json.dumps(value, ensure_ascii=False, default=str), out.encoding) + "\n")
