"""Pages in: JSON lines, Parquet, WARC and WET, plain files and folders of any of these; gz and zstd."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol, cast

from cleanpage.errors import CleanpageError

CONTENT = ("raw", "html", "text", "content")
"""Names under which a row gives its page; the first that it has is taken."""
HTTP_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")
"""Responses in a WARC that are pages."""
LONGEST = 64 * 1024**2
"""Bytes of a page, or of a row with its page: a megabyte of gz may hold a thousand."""
TOO_LONG = f"it is longer than {LONGEST // 1024**2} MB"


class RawPage(NamedTuple):
    """One page as it came; ``problem`` says why it cannot be cleaned."""

    id: str
    url: str
    raw: str | bytes
    encoding: str
    problem: str = ""


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...


def read_pages(paths: Iterable[str | Path]) -> Iterator[RawPage]:
    """Yield the pages of some files and folders, folders in order of their names; what is no page says so.

    A row of JSON lines or Parquet has ``html``, ``text``, ``raw`` or ``content``, and may have ``id``, ``url`` and
    ``encoding``; without an id it is named by its file and place. Raises CleanpageError for a path that is not there.
    """
    for path in map(Path, paths):
        if not path.exists():
            raise CleanpageError(f"there is no {path}: give files or folders of pages")
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            yield from _read_file(file, name)


def _read_file(file: Path, name: str) -> Iterator[RawPage]:
    """Yield the pages of a file; one that is broken off or damaged gives those before, and says so."""
    try:
        yield from _pages(file, name)
    except Exception as error:  # of gzip, zstandard, Arrow, fastwarc, the file system
        yield RawPage(name, "", "", "", f"the file cannot be read to its end: {type(error).__name__}: {error}")


def _pages(file: Path, name: str) -> Iterator[RawPage]:
    stem = file.name.removesuffix(".gz").removesuffix(".zst").lower()
    if stem.endswith((".jsonl", ".ndjson")):
        yield from _rows(name, _json_lines(file))
    elif stem.endswith(".parquet"):
        import pyarrow.parquet as pq

        batches = pq.ParquetFile(file).iter_batches(batch_size=1024)
        yield from _rows(name, (row for batch in batches for row in batch.to_pylist()))
    elif stem.endswith((".warc", ".wet")):
        yield from _archive(file, name)
    else:
        with _open(file) as stream:
            yield _page(name, "", stream, "")


def _page(id: str, url: str, stream: _Reader, encoding: str) -> RawPage:
    """Return a page that is the rest of a stream."""
    raw = stream.read(LONGEST + 1)
    return RawPage(id, url, "", "", TOO_LONG) if len(raw) > LONGEST else RawPage(id, url, raw, encoding)


def _open(file: Path) -> IO[bytes]:
    if file.suffix == ".gz":
        return cast(IO[bytes], gzip.open(file, "rb"))
    if file.suffix == ".zst":
        import zstandard

        return io.BufferedReader(zstandard.open(file, "rb"))
    return file.open("rb")


def _json_lines(file: Path) -> Iterator[object]:
    with _open(file) as lines:
        while line := lines.readline(LONGEST + 1):
            if len(line) > LONGEST:
                while line and not line.endswith(b"\n"):
                    line = lines.readline(LONGEST)
                yield f"{TOO_LONG}, the line with its page"
            elif line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    yield f"the line is no JSON: {error}"


def _rows(name: str, rows: Iterable[object]) -> Iterator[RawPage]:
    for place, row in enumerate(rows):
        yield _row(f"{name}:{place}", row)


def _row(name: str, row: object) -> RawPage:
    if not isinstance(row, Mapping):
        return RawPage(name, "", "", "", row if isinstance(row, str) else "the row is no object with fields")
    id, url, encoding = (str(row.get(field) or other) for field, other in (("id", name), ("url", ""), ("encoding", "")))
    raw = next((row[field] for field in CONTENT if row.get(field) is not None), None)
    if not isinstance(raw, str | bytes):
        return RawPage(id, url, "", "", f"the row has no text or bytes under any of {', '.join(CONTENT)}")
    return RawPage(id, url, raw, encoding)


def _archive(file: Path, name: str) -> Iterator[RawPage]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with _open(file) as stream:
        kinds = WarcRecordType.response | WarcRecordType.conversion
        for place, record in enumerate(ArchiveIterator(stream, record_types=kinds)):
            id = str(record.record_id or f"{name}:{place}")
            url = str(record.headers.get("WARC-Target-URI") or "")
            if record.record_type == WarcRecordType.conversion:
                yield _page(id, url, record.reader, "utf-8")
            elif (record.http_content_type or "") in HTTP_TYPES:
                yield _page(id, url, record.reader, str(record.http_charset or ""))


def to_row(page: RawPage) -> dict[str, Any]:
    """Return a page as what is stored of it: its text as bytes, and whether it was text."""
    is_text = isinstance(page.raw, str)
    raw = page.raw.encode("utf-8", "surrogatepass") if isinstance(page.raw, str) else page.raw
    return {**page._asdict(), "raw": raw, "is_text": is_text}


def from_row(row: Mapping[str, Any]) -> RawPage:
    """Return the page that ``to_row`` described."""
    raw = row["raw"].decode("utf-8", "surrogatepass") if row["is_text"] else row["raw"]
    return RawPage(row["id"], row["url"], raw, row["encoding"], row["problem"])
