"""Pages in, in parts: files of about equal size, each of which is cleaned by one task."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cleanpage.corpus.atomic_task import counted, made_whole
from cleanpage.corpus.inputs import SKIPPED_FILE
from cleanpage.corpus.io import RawPage, from_row, read_file, to_row
from cleanpage.corpus.responses import Statuses
from cleanpage.corpus.settings import Settings

BATCH, BATCH_BYTES = 512, 8 * 1024**2
"""Pages that are held at a time, and bytes of them, about."""
PAGES_FOR_TEMPLATE = 5
"""Pages of a host from which on it has a template."""
_STRING = pa.string()
SCHEMA = pa.schema([
    ("id", _STRING), ("url", _STRING), ("raw", pa.binary()), ("encoding", _STRING), ("problem", _STRING),
    ("status", pa.int16()), ("is_text", pa.bool_()), ("host", _STRING),
])  # fmt: skip
_NUMBERED = r"#\d+$"


class PagePart(NamedTuple):
    """One part: where its pages lie, and what is known of them since all pages were read."""

    file: Path
    """Parquet with the columns of ``SCHEMA``."""
    pages: int
    """How many there are."""
    renamed: dict[int, str]
    """New ids, by place, of those whose id another page had before."""
    hosts: dict[str, list[str]]
    """If templates are asked for: hosts with pages enough, and the names of the parts that hold them."""
    is_only: bool
    """Whether there is no other part."""

    @classmethod
    def load(cls, source: str | Path) -> PagePart:
        """Return the part that ``number_parts`` described in a file."""
        kept = json.loads(Path(source).read_text(encoding="utf-8"))
        renamed = {int(place): id for place, id in kept["renamed"].items()}
        return cls(Path(source).parents[1] / "read" / kept["file"], kept["pages"], renamed, kept["hosts"],
                   kept["is_only"])  # fmt: skip

    def batches(self) -> Iterator[list[tuple[RawPage, str]]]:
        """Yield the pages, each with its host, some at a time."""
        file, place = pq.ParquetFile(self.file), 0
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group).to_pylist()
            yield [(self._named(from_row(row), place + n), row["host"]) for n, row in enumerate(rows)]
            place += len(rows)

    def _named(self, page: RawPage, place: int) -> RawPage:
        if place not in self.renamed:
            return page
        problem = page.problem or f"there is a page {page.id!r} already: ids must differ"
        return page._replace(id=self.renamed[place], problem=problem)


def read_part(source: str, out: str) -> None:
    """Write the pages of some files into ``out``, in pieces of ``part_size`` bytes; beside them what is no page."""
    settings, skipped = Settings.load(Path(source).parent), Counter[str]()
    files = json.loads(Path(source).read_text(encoding="utf-8"))
    with made_whole(Path(out)) as made, counted(Path(out)) as count:
        pages = _part_rows(files, Statuses.of(settings.status), skipped)
        pieces, size, writer = 0, 0, None
        for rows, held in _in_batches(pages, min(BATCH_BYTES, settings.part_size)):
            writer = writer or pq.ParquetWriter(made / f"{pieces:05d}.parquet", SCHEMA)
            writer.write_table(pa.Table.from_pylist(rows, SCHEMA))
            count(len(rows))
            size += held
            if size >= settings.part_size:
                writer.close()
                pieces, size, writer = pieces + 1, 0, None
        if writer is None:  # also of no pages there is a piece
            writer = pq.ParquetWriter(made / f"{pieces:05d}.parquet", SCHEMA)
        writer.close()
        (made / SKIPPED_FILE).write_text(json.dumps(skipped), encoding="utf-8")


def _part_rows(files: Iterable[Sequence[str]], statuses: Statuses, skipped: Counter[str]) -> Iterator[dict[str, Any]]:
    for path, name, host in files:
        for page in read_file(Path(path), name, statuses, skipped):
            yield {**to_row(page), "host": host_of(page.url) or host}


def _in_batches(rows: Iterable[dict[str, Any]], most: int) -> Iterator[tuple[list[dict[str, Any]], int]]:
    """Yield rows some at a time, and the bytes of their pages."""
    batch: list[dict[str, Any]] = []
    held = 0
    for row in rows:
        batch.append(row)
        held += len(row["raw"])
        if held >= most or len(batch) == BATCH:
            yield batch, held
            batch, held = [], 0
    if batch:
        yield batch, held


def host_of(url: str) -> str:
    """Return the host of an address, without ``www``; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def number_parts(source: str, out: str) -> None:
    """Write into ``out`` a file for each part that was read, in their order; ids that came before are changed.

    ``source`` is the folder of what was read. All ids are compared here: about 100 bytes a page.
    """
    folder, settings = Path(source), Settings.load(Path(source).with_name("inputs"))
    files = sorted(folder.glob("*/*.parquet"))
    sizes = {file: pq.read_metadata(file).num_rows for file in files}
    files = [file for file in files if sizes[file]] or files[:1]  # of no pages one part
    renamed = rename_doubles(pa.chunked_array([_column(file, "id") for file in files], _STRING))
    hosts = _hosts(files) if settings.templates else {}
    with made_whole(Path(out)) as made:
        start = 0
        for n, file in enumerate(files):
            name, end = f"part-{n:05d}", start + sizes[file]
            of_part = {place - start: id for place, id in renamed.items() if start <= place < end}
            own = {host: parts for host, parts in hosts.items() if name in parts}
            kept = {"file": f"{file.parent.name}/{file.name}", "pages": sizes[file], "renamed": of_part, "hosts": own,
                    "is_only": len(files) == 1}  # fmt: skip
            (made / f"{name}.json").write_text(json.dumps(kept), encoding="utf-8")
            start = end


def _column(file: Path, name: str) -> pa.Array:
    return pq.read_table(file, columns=[name])[name].combine_chunks()


def rename_doubles(ids: pa.ChunkedArray) -> dict[int, str]:
    """Return for each id that stood before, by its place, one that no page has (``ID#1``)."""
    counts = pc.value_counts(ids)
    counts = counts.filter(pc.greater(counts.field("counts"), 1))
    if not len(counts):
        return {}
    doubled = counts.field("values")
    taken = set(ids.filter(pc.match_substring_regex(ids, _NUMBERED)).to_pylist())
    times: Counter[str] = Counter()
    found = {}
    places = pc.indices_nonzero(pc.is_in(ids, doubled))
    for place, id in zip(places.to_pylist(), ids.take(places).to_pylist(), strict=True):
        if id in times:
            while (new := f"{id}#{times[id]}") in taken:
                times[id] += 1
            taken.add(new)
            found[place] = new
        times[id] += 1
    return found


def _hosts(files: Sequence[Path]) -> dict[str, list[str]]:
    """Return the hosts with pages enough for a template, and the names of the parts that hold them."""
    sizes: Counter[str] = Counter()
    parts: dict[str, list[str]] = defaultdict(list)
    for n, file in enumerate(files):
        of_part = Counter(_column(file, "host").to_pylist())
        sizes.update(of_part)
        for host in of_part:
            parts[host].append(f"part-{n:05d}")
    return {host: found for host, found in sorted(parts.items()) if host and sizes[host] >= PAGES_FOR_TEMPLATE}
