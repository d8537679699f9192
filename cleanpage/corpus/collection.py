"""A run over a whole collection: pages in, articles, ledger, templates, clusters and errors out; resumable."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cleanpage.corpus.engine import STALL, run_tasks
from cleanpage.corpus.io import RawPage, read_pages, to_row
from cleanpage.errors import CleanpageError

PARTS = 32
"""Files that the pages are spread over, by site: what one process holds at a time is one of them."""
BUFFER = 256
"""Pages of a part that are held before they are written."""
FORMAT = 1
_TABLES = ("articles", "ledger", "templates", "errors", "timings")

Progress = Callable[[str, int, int], None]
"""Told the stage, how many parts are done, and of how many."""


class RunResult(NamedTuple):
    """What a run has made."""

    folder: Path
    """Holds ``articles``, ``ledger``, ``templates``, ``errors``, ``timings`` (folders of Parquet),
    ``clusters.parquet``, ``parts.parquet``, ``articles.jsonl``, ``report.html`` and ``manifest.json``."""
    counts: dict[str, int]
    """Rows of each table, and ``pages``."""


def run(
    inputs: Iterable[str | Path],
    out: str | Path,
    *,
    workers: int = 2,
    parts: int = PARTS,
    stall: float = STALL,
    progress: Progress | None = None,
) -> RunResult:
    """Clean the pages of ``inputs`` (see ``read_pages``) into the folder ``out``; needs ``cleanpage[corpus]``.

    A page that cannot be read or cleaned is a row of ``errors``. A run that broke off goes on where it was when it is
    called again with the same inputs; one that is complete is left as it is. ``workers`` is the number of processes,
    ``stall`` the seconds without a finished part after which one is taken for hung. Raises CleanpageError for inputs
    that are not there, for a folder that holds another run, and if parts cannot be finished.
    """
    folder, paths = Path(out), [Path(path) for path in inputs]
    told = progress or (lambda stage, done, of: None)
    key = _key(paths, parts)
    _claim(folder, key)
    if not (folder / "manifest.json").is_file():
        work = folder / "work"
        if not (work / "pages").is_dir():
            _spread(paths, work / "pages", parts, told)
        sources = sorted((work / "pages").glob("*.parquet"))
        tasks = [(str(source), str(work / "clean" / source.stem)) for source in sources]
        run_tasks("cleanpage.corpus.kernels:clean_part", tasks, workers=workers, stall=stall,
                  seen=lambda done, of: told("clean", done, of))  # fmt: skip
        tasks = [(str(work / "clean"), str(work / "dedupe"))]
        run_tasks("cleanpage.corpus.kernels:dedupe_prints", tasks, workers=1, stall=max(stall, STALL),
                  seen=lambda done, of: told("dedupe", done, of))  # fmt: skip
        _publish(work, folder, key)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return RunResult(folder, manifest["counts"])


def _key(paths: Sequence[Path], parts: int) -> str:
    """Return what tells one run from another: its format, its parts, and the names and sizes of its files."""
    named = [FORMAT, parts]
    for path in paths:
        if not path.exists():
            raise CleanpageError(f"there is no {path}: give files or folders of pages")
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        named += [[str(file.resolve()), file.stat().st_size, file.stat().st_mtime_ns] for file in files]  # type: ignore[misc]
    return hashlib.blake2b(json.dumps(named).encode(), digest_size=16).hexdigest()


def _claim(folder: Path, key: str) -> None:
    """Take a new or empty folder for this run; refuse one that holds anything else."""
    mark = folder / "run.json"
    if mark.is_file():
        if json.loads(mark.read_text(encoding="utf-8")) != {"run": key}:
            raise CleanpageError(f"{folder} holds a run over other pages: give another folder, or delete it")
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CleanpageError(f"{folder} is not empty: give a folder that is, or one of an earlier run")
    folder.mkdir(parents=True, exist_ok=True)
    _put(mark, {"run": key})


def _put(file: Path, value: object) -> None:
    """Write JSON so that the file is there wholly or not at all."""
    made = file.with_name(f"{file.name}.tmp")
    made.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    made.replace(file)


def _spread(paths: Sequence[Path], out: Path, parts: int, told: Progress) -> None:
    """Write the pages to ``parts`` files, all of a site to one; an id that was there before makes an error."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from cleanpage.corpus.kernels import SCHEMAS

    made = out.with_name(f"{out.name}.tmp")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    schema = SCHEMAS["pages"]
    buffers: list[list[dict[str, Any]]] = [[] for _ in range(parts)]
    with ExitStack() as stack:
        files = [stack.enter_context(pq.ParquetWriter(made / f"part-{n:05d}.parquet", schema)) for n in range(parts)]
        count = 0
        for page, site in _told_apart(paths):
            n = (
                int.from_bytes(hashlib.blake2b((site or page.id).encode("utf-8", "replace"), digest_size=4).digest())
                % parts
            )
            buffers[n].append({**to_row(page), "site": site})
            if len(buffers[n]) == BUFFER:
                files[n].write_table(pa.Table.from_pylist(buffers[n], schema))
                buffers[n].clear()
            count += 1
            if count % BUFFER == 0:
                told("read", count, 0)
        for n, rows in enumerate(buffers):
            files[n].write_table(pa.Table.from_pylist(rows, schema))
    told("read", count, count)
    made.rename(out)


def _told_apart(paths: Sequence[Path]) -> Iterator[tuple[RawPage, str]]:
    seen: dict[str, int] = {}
    for page in read_pages(paths):
        times = seen[page.id] = seen.get(page.id, -1) + 1
        if times:
            problem = f"there is a page {page.id!r} already: ids must differ"
            page = page._replace(id=f"{page.id}#{times}", problem=page.problem or problem)  # noqa: PLW2901
        yield page, _site(page.url)


def _site(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _publish(work: Path, folder: Path, key: str) -> None:
    """Move what the parts have made to its place, write the manifest last, and drop what was between."""
    import pyarrow.parquet as pq

    from cleanpage.corpus.report import write_report

    pages = sum(pq.read_metadata(file).num_rows for file in sorted((work / "pages").glob("*.parquet")))
    parts = sorted(path for path in (work / "clean").iterdir() if not path.name.endswith(".tmp"))
    for name in _TABLES:
        (folder / name).mkdir(exist_ok=True)
        for part in parts:
            shutil.copyfile(part / f"{name}.parquet", folder / name / f"{part.name}.parquet")
    for name in ("clusters", "parts"):
        shutil.copyfile(work / "dedupe" / f"{name}.parquet", folder / f"{name}.parquet")
    counts = {"pages": pages}
    for name in _TABLES:
        counts[name] = sum(pq.read_metadata(file).num_rows for file in (folder / name).glob("*.parquet"))
    if counts["articles"] + counts["errors"] != pages:
        raise CleanpageError(f"{folder}: {counts} do not add up; delete its folder work and run again")
    _write_jsonl(folder)
    write_report(folder, counts)
    _put(folder / "manifest.json", {"format": FORMAT, "run": key, "counts": counts})
    shutil.rmtree(work)


def _write_jsonl(folder: Path) -> None:
    """Write the articles once more as JSON lines, each with the canonical article of its cluster."""
    import pyarrow.parquet as pq

    canonical = {row["id"]: row["canonical"] for row in pq.read_table(folder / "clusters.parquet").to_pylist()}
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as lines:
        for file in sorted((folder / "articles").glob("*.parquet")):
            for batch in pq.ParquetFile(file).iter_batches(batch_size=1024):
                for row in batch.to_pylist():
                    lines.write(json.dumps({**row, "canonical": canonical[row["id"]]}, ensure_ascii=False) + "\n")
