"""Rows of files that hold many pages: JSON lines, JSON arrays, CSV and TSV, Parquet. A row that is none says so."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleanpage.corpus.unpack import open_unpacked
from cleanpage.text.lazy_regex import lazy

CHUNK = 2**16
"""Characters of a JSON array that are read at a time."""
_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig",
}  # fmt: skip
_BETWEEN = lazy(r"[\s,]*+")


class BadRow(NamedTuple):
    """What stands where a row should be."""

    problem: str


def read_rows(file: Path, suffix: str, bound: int) -> Iterator[object]:
    """Yield the rows of a file: mappings with fields, BadRow, or whatever else JSON may hold.

    A row is at most ``bound`` bytes or characters long. Raises what reading the file raises, when all that is whole
    was read.
    """
    if suffix == ".parquet":
        yield from _parquet(file)
        return
    with open_unpacked(file) as stream:
        encoding = _encoding(stream.peek(4)[:4])  # type: ignore[attr-defined]  # of io.BufferedReader
        if suffix not in (".json", ".csv", ".tsv") and not encoding:
            yield from _json_lines(stream, b"\n", bound)
            return
        errors, newline = ("surrogateescape", "") if suffix in (".csv", ".tsv") else ("replace", "\n")
        with io.TextIOWrapper(stream, encoding or "utf-8", errors, newline) as text:
            if suffix == ".json":
                yield from _json_values(text, bound)
            elif suffix in (".csv", ".tsv"):
                yield from _csv(text, bound)
            else:
                yield from _json_lines(text, "\n", bound)


def _parquet(file: Path) -> Iterator[object]:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(file).iter_batches(batch_size=1024):
        yield from batch.to_pylist()


def _encoding(head: bytes) -> str:
    """Return the encoding of a file by its mark, or by where its first character has its zeros; else nothing."""
    for mark, name in _BOMS.items():
        if head.startswith(mark):
            return name
    if len(head) > 1 and 0 in head[:2] and head[:2] != b"\0\0":
        return "utf-16-be" if head[0] == 0 else "utf-16-le"
    return ""


def _json_lines(lines: IO[Any], end: str | bytes, bound: int) -> Iterator[object]:
    while line := lines.readline(bound + 1):
        if len(line) > bound:
            while line and not line.endswith(end):
                line = lines.readline(bound)
            yield BadRow(f"it is longer than {bound // 1024**2} MB, the line with its page")
        elif line.strip():
            yield _json_value(line)


def _json_value(line: str | bytes) -> object:
    try:
        return json.loads(line)
    except ValueError as error:
        return BadRow(f"the line is no JSON: {error}")
    except RecursionError:
        return BadRow("the line is no JSON that can be read: it is nested too deeply")


def _json_values(text: IO[str], bound: int) -> Iterator[object]:
    """Yield the members of an array, or values that follow one another, without holding all of them."""
    decoder, held, at, ended = json.JSONDecoder(), text.read(CHUNK), 0, False
    first = _BETWEEN.match(held)
    at = first.end() if first else 0
    in_array = held[at : at + 1] == "["
    at += in_array
    while True:
        between = _BETWEEN.match(held, at)
        at = between.end() if between else at
        if at < len(held) and held[at] == "]" and in_array:
            return
        try:
            value, end = decoder.raw_decode(held, at)
        except RecursionError:
            yield BadRow("a value of the array is nested too deeply; what follows is not read")
            return
        except ValueError as error:
            value, end, problem = None, -1, str(error)
        if end < 0 or (end == len(held) and not ended):  # a number may go on
            if ended:
                if at < len(held) or in_array:
                    yield BadRow(f"what follows is no JSON, and is not read: {problem}")
                return
            if len(held) - at > bound:
                yield BadRow(f"it is longer than {bound // 1024**2} MB; what follows is not read")
                return
            more = text.read(max(CHUNK, len(held) - at))
            held, at, ended = held[at:] + more, 0, not more
            continue
        yield value
        at = end


def _csv(text: IO[str], bound: int) -> Iterator[object]:
    head = text.readline(CHUNK)
    delimiter = max("\t,;|", key=head.count)
    before = csv.field_size_limit(bound)
    try:
        reader = csv.reader(chain([head], iter(lambda: text.readline(bound), "")), delimiter=delimiter)
        names = [name.strip().lower() for name in next(reader, [])]
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield BadRow(f"the row is no CSV: {error}")
                continue
            if row:
                yield {name: _cell_value(cell) for name, cell in zip(names, row, strict=False)}
    finally:
        csv.field_size_limit(before)


def _cell_value(cell: str) -> str | bytes:
    """Return a cell; one that is not UTF-8 as its bytes, whose encoding is then found out as that of any page."""
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return cell.encode("utf-8", "surrogateescape")
    return cell
