"""How the pages of a run lie in parts: files of pages, each of which is cleaned by one task."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from math import ceil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from cleanpage.corpus.atomic_task import beat
from cleanpage.corpus.io import RawPage, read_pages, to_row
from cleanpage.corpus.settings import Settings

BUFFER, HELD = 64, 32 * 1024**2
"""Pages of a part that are held before they are written, and characters or bytes of all parts."""
BATCH, BATCH_BYTES = 512, 8 * 1024**2
"""Pages that are held at a time when they are read, and bytes of them, about."""
CHUNK = 4000
"""Pages of one site that lie in one part, about a minute's work: a larger site is cut, so that it is not left to one
process."""
CUT, SKIPPED = "cut.json", "skipped.json"

_TEXT = pa.string()
SCHEMA = pa.schema([
    ("id", _TEXT), ("url", _TEXT), ("raw", pa.binary()), ("encoding", _TEXT), ("problem", _TEXT),
    ("status", pa.int16()), ("is_text", pa.bool_()), ("site", _TEXT),
])  # fmt: skip


def spread(
    paths: Sequence[Path], out: Path, parts: int, settings: Settings, told: Callable[[str, int, int], None]
) -> None:
    """Write the pages to ``parts`` files in the folder ``out``; an id that was there before makes an error.

    Pages of a site lie in one part, as long as they are no more than CHUNK. What was no page is counted beside them,
    where the settings are as well.
    """
    made = out.with_name(f"{out.name}.tmp")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    names = [f"part-{n:05d}" for n in range(parts)]
    sizes: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    with ExitStack() as stack:
        files = [stack.enter_context(pq.ParquetWriter(made / f"{name}.parquet", SCHEMA)) for name in names]
        buffers: list[list[dict[str, Any]]] = [[] for _ in files]

        def flush(n: int) -> None:
            files[n].write_table(pa.Table.from_pylist(buffers[n], SCHEMA))
            buffers[n].clear()

        count = held = 0
        for count, (page, site) in enumerate(
            _told_apart(read_pages(paths, status=settings.status, skipped=skipped)), 1
        ):
            n = _part_of(site, sizes[site] // CHUNK, parts) if site else _part_of(page.id, 0, parts)
            if site:
                sizes[site] += 1
            buffers[n].append({**to_row(page), "site": site})
            held += len(page.raw)
            if len(buffers[n]) == BUFFER:
                flush(n)
            if held > HELD:
                for other in range(parts):
                    flush(other)
                held = 0
            told("read", count, 0)
        for n in range(parts):
            flush(n)
    chunks = {site: range(ceil(size / CHUNK)) for site, size in sorted(sizes.items()) if size > CHUNK}
    lying = {site: sorted({names[_part_of(site, chunk, parts)] for chunk in own}) for site, own in chunks.items()}
    cut = {site: found for site, found in lying.items() if len(found) > 1}
    (made / CUT).write_text(json.dumps(cut), encoding="utf-8")
    settings.save(made)
    (made / SKIPPED).write_text(json.dumps(skipped), encoding="utf-8")
    told("read", count, count)
    made.rename(out)


def cut_sites(pages: Path) -> dict[str, list[str]]:
    """Return the sites that several parts hold, each with the names of these parts; ``pages`` is their folder."""
    found: dict[str, list[str]] = json.loads((pages / CUT).read_text(encoding="utf-8"))
    return found


def count_skipped(pages: Path) -> dict[str, int]:
    """Return how many records and files are no pages, by reason; ``pages`` is the folder of the parts."""
    found: dict[str, int] = json.loads((pages / SKIPPED).read_text(encoding="utf-8"))
    return found


def batches(source: Path, out: Path) -> Iterator[list[dict[str, Any]]]:
    """Yield the pages of a part, some at a time, as they were written; show that the task making ``out`` is alive."""
    rows: list[dict[str, Any]] = []
    file = pq.ParquetFile(source)
    for group in range(file.num_row_groups):
        rows += file.read_row_group(group).to_pylist()
        if len(rows) >= BATCH or sum(len(row["raw"]) for row in rows) >= BATCH_BYTES:
            yield rows
            rows = []
        beat(out)
    yield rows


def _part_of(name: str, chunk: int, parts: int) -> int:
    key = f"{name} {chunk}" if chunk else name
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=4).digest()) % parts


def _told_apart(pages: Iterable[RawPage]) -> Iterator[tuple[RawPage, str]]:
    seen: dict[str, int] = {}
    for page in pages:
        if page.id in seen:
            problem = f"there is a page {page.id!r} already: ids must differ"
            page = page._replace(id=_unused(page.id, seen), problem=page.problem or problem)  # noqa: PLW2901
        seen[page.id] = 0
        yield page, site_of(page.url)


def _unused(id: str, seen: dict[str, int]) -> str:
    """Return an id that no page before has; ``seen`` holds how often each came again."""
    while (found := f"{id}#{seen[id] + 1}") in seen:
        seen[id] += 1
    seen[id] += 1
    return found


def site_of(url: str) -> str:
    """Return the site of an address: its host, without ``www``; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
