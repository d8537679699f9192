"""Pages in: JSON lines and arrays, CSV, Parquet, WARC, WET, ARC, plain files and folders of any of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleanpage.corpus.formats import BadRow, read_rows
from cleanpage.corpus.responses import Statuses, page_of
from cleanpage.corpus.settings import DEFAULT_STATUS
from cleanpage.corpus.unpack import open_unpacked, plain_name
from cleanpage.corpus.warc import read_records
from cleanpage.errors import CleanpageError

CONTENT = ("raw", "html", "text", "content")
"""Names under which a row gives its page; the first that holds something is taken."""
ROW_FILES = (".jsonl", ".ndjson", ".jl", ".json", ".csv", ".tsv", ".parquet")
"""Files that hold a row a page."""
ARCHIVES = (".warc", ".wet", ".wat", ".arc")
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
    status: int | None = None
    """Of the HTTP response."""


def read_pages(
    paths: Iterable[str | Path], *, status: str = DEFAULT_STATUS, skipped: Counter[str] | None = None
) -> Iterator[RawPage]:
    """Yield the pages of some files and folders, folders in order of their names; what is no page says so.

    A row of JSON lines, a JSON array, CSV (with a header) or Parquet has ``raw``, ``html``, ``text`` or ``content``,
    and may have ``id``, ``url`` and ``encoding``; without an id it is named by its file and place. Of archives the
    responses whose ``status`` is asked for (see ``Statuses``), resources and conversions are pages. What is left out is
    counted in ``skipped``, by the reasons of ``accounting.SKIP_REASONS``. All may be packed (gz, zst, bz2, xz). Raises
    CleanpageError for a path that is not there.
    """
    statuses, left_out = Statuses.of(status), Counter() if skipped is None else skipped
    for file, name in name_files(find_files(list(map(Path, paths)), left_out)):
        yield from read_file(file, name, statuses, left_out)


def find_files(paths: Sequence[Path], skipped: Counter[str] | None = None) -> list[tuple[Path, Path]]:
    """Return the files that paths name, each once, and with each the folder that was given.

    Hidden files of folders are left out, as is what is no file, and counted in ``skipped``. Raises CleanpageError for
    what is not there, and for a pipe: a run that goes on reads again.
    """
    found: dict[Path, tuple[Path, Path]] = {}
    counts: Counter[str] = Counter() if skipped is None else skipped
    for path in paths:
        if not path.exists():
            raise CleanpageError(f"there is no {without_surrogates(str(path))}: give files or folders of pages")
        if not path.is_dir() and not path.is_file():
            raise CleanpageError(
                f"{without_surrogates(str(path))} is no file or folder: write what comes through it to a file"
            )
        folder = path if path.is_dir() else path.parent
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_dir() and not file.is_symlink():
                continue
            if path.is_dir() and any(part.startswith(".") for part in file.relative_to(path).parts):
                counts["hidden"] += 1
            elif file.is_file():
                found.setdefault(file.resolve(), (file, folder))
            else:
                counts["no-file"] += 1
    return list(found.values())


def name_files(files: Sequence[tuple[Path, Path]]) -> Iterator[tuple[Path, str]]:
    """Yield files with their names: paths under the folder that was given; where these are the same, whole paths."""
    names = [file.relative_to(folder).as_posix() for file, folder in files]
    times = Counter(names)
    for (file, _), name in zip(files, names, strict=True):
        yield file, without_surrogates(name if times[name] == 1 else file.as_posix())


def read_file(file: Path, name: str, statuses: Statuses, skipped: Counter[str]) -> Iterator[RawPage]:
    """Yield the pages of a file; one that is broken off or damaged gives those before, and says so."""
    for page in _read_file(file, name, statuses, skipped):
        if page.problem or page.raw:
            yield page
        else:
            skipped["empty"] += 1


def _read_file(file: Path, name: str, statuses: Statuses, skipped: Counter[str]) -> Iterator[RawPage]:
    try:
        if file.stat().st_size:
            yield from _pages(file, name, statuses, skipped)
        else:
            skipped["empty"] += 1
    except Exception as error:  # of gzip, zstandard, Arrow, the file system
        yield RawPage(name, "", "", "", f"the file cannot be read to its end: {type(error).__name__}: {error}")


def _pages(file: Path, name: str, statuses: Statuses, skipped: Counter[str]) -> Iterator[RawPage]:
    suffix = Path(plain_name(file.name)).suffix
    if suffix in ROW_FILES:
        for place, row in enumerate(read_rows(file, suffix, LONGEST)):
            yield _row(f"{name}:{place}", row)
        return
    with open_unpacked(file) as stream:
        if suffix in ARCHIVES or stream.peek(5).startswith(b"WARC/"):  # type: ignore[attr-defined]
            yield from _archive(stream, name, statuses, skipped)
        else:
            raw = stream.read(LONGEST + 1)
            yield RawPage(name, "", "", "", TOO_LONG) if len(raw) > LONGEST else RawPage(name, "", raw, "")


def _row(name: str, row: object) -> RawPage:
    if isinstance(row, BadRow):
        return RawPage(name, "", "", "", row.problem)
    if not isinstance(row, Mapping):
        return RawPage(name, "", "", "", "the row is no object with fields")
    fields = (("id", name), ("url", ""), ("encoding", ""))
    id, url, encoding = (
        without_surrogates(str(other if row.get(field) is None else row[field])) for field, other in fields
    )
    values = [row[field] for field in CONTENT if row.get(field) is not None]
    raw = next((value for value in values if value), values[0] if values else None)
    if not isinstance(raw, str | bytes):
        return RawPage(id or name, url, "", "", f"the row has no text or bytes under any of {', '.join(CONTENT)}")
    return RawPage(id or name, url, raw, encoding)


def _archive(stream: IO[bytes], name: str, statuses: Statuses, skipped: Counter[str]) -> Iterator[RawPage]:
    for place, record in enumerate(read_records(stream, LONGEST)):
        id = without_surrogates(record.headers.get("warc-record-id") or f"{name}:{place}")
        url = without_surrogates(record.headers.get("warc-target-uri", "").strip("<> "))
        found = page_of(record, statuses, LONGEST)
        if found.skipped:
            skipped[found.skipped] += 1
        else:
            yield RawPage(id, url, found.body, without_surrogates(found.encoding), found.problem, found.status)


def without_surrogates(text: str) -> str:
    r"""Return a name without lone surrogates, which cannot be stored: ``\udcff`` for a byte that is not UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode()


def to_row(page: RawPage) -> dict[str, Any]:
    """Return a page as what is stored of it: its text as bytes, and whether it was text."""
    is_text = isinstance(page.raw, str)
    raw = page.raw.encode("utf-8", "surrogatepass") if isinstance(page.raw, str) else page.raw
    return {**page._asdict(), "raw": raw, "is_text": is_text}


def from_row(row: Mapping[str, Any]) -> RawPage:
    """Return the page that ``to_row`` described."""
    raw = row["raw"].decode("utf-8", "surrogatepass") if row["is_text"] else row["raw"]
    return RawPage(row["id"], row["url"], raw, row["encoding"], row["problem"], row["status"])
