"""A run over a whole collection: pages in, articles, ledger, templates, clusters and errors out; resumable."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleanpage.config import Config
from cleanpage.corpus.engine import Engine, run_tasks
from cleanpage.corpus.io import find_files
from cleanpage.corpus.lock import FILE as LOCK
from cleanpage.corpus.lock import locked
from cleanpage.corpus.publish import FORMAT, publish, put_json
from cleanpage.corpus.responses import Statuses
from cleanpage.corpus.settings import DEFAULT_STATUS, Settings
from cleanpage.errors import CleanpageError
from cleanpage.serialise import encode

if TYPE_CHECKING:
    from cleanpage.dedupe.on_disk.exchange import Plan

LEAST_PARTS, MOST_PARTS, PART_SIZE = 32, 512, 2 * 1024**2
"""Files that the pages are spread over, and bytes of input for each: a part is what is done again if a process
dies. More files than this are not opened at a time."""
BUCKET = 32 * 1024**2
"""Bytes of fingerprints, at 1.4 KB about 20,000 articles, for each of the buckets in which copies are looked for: a
process holds one at a time."""

MARK = "run.json"

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done (pages read, tasks), and of how much, 0 if nobody knows."""


class RunResult(NamedTuple):
    """What a run has made."""

    folder: Path
    """Holds ``articles``, ``ledger``, ``templates``, ``errors``, ``timings``, ``clusters``, ``parts``, ``versions``
    and ``related`` (folders of Parquet), ``articles.jsonl``, ``report.html`` and ``manifest.json``."""
    counts: dict[str, int]
    """Rows of each table; ``pages``, of which each is an article or an error; ``skipped``, which are no pages."""
    skipped: dict[str, int]
    """How many records and files were left out, by the reasons of ``accounting.SKIPPED``."""


def run(
    inputs: Iterable[str | Path],
    out: str | Path,
    *,
    engine: Engine = Engine(),  # noqa: B008
    parts: int | None = None,
    status: str = DEFAULT_STATUS,
    config: Config = Config(),  # noqa: B008
    progress: Progress | None = None,
) -> RunResult:
    """Clean the pages of ``inputs`` (see ``read_pages``) into the folder ``out``; needs ``cleanpage[corpus]``.

    A page that cannot be read or cleaned is a row of ``errors``, also if it ends the process that cleans it or never
    comes to an end. A run that broke off goes on where it was when it is called again with the same inputs; one that is
    complete is left as it is. ``parts`` is the number of files that the pages are spread over, by default according to
    the size of the inputs. ``status`` says which responses of archives are cleaned: ``200,404``, ``2xx``, ``any``;
    ``config`` how pages are cleaned.
    Raises CleanpageError for inputs that are not there, for a folder that holds another run or in which one is at work,
    and if parts cannot be finished.
    """
    from cleanpage.corpus.parts import spread

    folder, paths = Path(out).absolute(), [Path(path) for path in inputs]
    told = progress or (lambda stage, done, of: None)
    Statuses.of(status)
    settings = Settings(status, config)
    files = [file for file, _ in find_files(paths)]
    count = parts or min(MOST_PARTS, max(LEAST_PARTS, sum(file.stat().st_size for file in files) // PART_SIZE))
    key = _key(files, count, settings)
    _check_free(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        _claim(folder, key, settings)
        work = folder / "work"
        if not (folder / "manifest.json").is_file():
            if not (work / "pages").is_dir():
                spread(paths, work / "pages", count, settings, told)
            _learn(work, engine, told)
            _clean(work, engine, told)
            plan = _plan(work)
            _dedupe(plan, engine, told)
            publish(plan, folder, key, lambda done, of: told("publish", done, of))
        shutil.rmtree(work, ignore_errors=True)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return RunResult(folder, manifest["counts"], manifest["skipped"])


def _learn(work: Path, engine: Engine, told: Progress) -> None:
    """Learn the templates of the sites that lie in several parts; those of others are learned where they are used."""
    from cleanpage.corpus.parts import cut_sites

    parts = sorted({part for parts in cut_sites(work / "pages").values() for part in parts})
    if parts:
        (work / "learn").mkdir(exist_ok=True)
        tasks = [(str(work / "pages" / f"{part}.parquet"), str(work / "learn" / part)) for part in parts]
        run_tasks("cleanpage.corpus.learning:learn_part", [tasks], engine, log=work / "engine.log",
                  seen=lambda done, of: told("learn", done, of),
                  careful="cleanpage.corpus.learning:learn_part_guarded")  # fmt: skip


def _clean(work: Path, engine: Engine, told: Progress) -> None:
    # The largest first, so that at the end no process waits long for another.
    sources = sorted((work / "pages").glob("*.parquet"), key=lambda file: (-file.stat().st_size, file.name))
    tasks = [(str(source), str(work / "clean" / source.stem)) for source in sources]
    (work / "clean").mkdir(exist_ok=True)
    run_tasks("cleanpage.corpus.clean_task:clean_part", [tasks], engine, log=work / "engine.log",
              seen=lambda done, of: told("clean", done, of),
              careful="cleanpage.corpus.clean_task:clean_part_guarded")  # fmt: skip


def _plan(work: Path) -> Plan:
    from cleanpage.dedupe.on_disk.exchange import Plan

    parts = tuple(file.stem for file in sorted((work / "pages").glob("*.parquet")))
    size = sum((work / "clean" / part / "prints.parquet").stat().st_size for part in parts)
    plan = Plan(work / "dedupe", work / "clean", parts, size // BUCKET + 1)
    plan.save()
    return plan


def _dedupe(plan: Plan, engine: Engine, told: Progress) -> None:
    from cleanpage.corpus.plan import tasks_of

    stages = tasks_of(plan)
    for tasks in stages:
        Path(tasks[0][1]).parent.mkdir(exist_ok=True)
    run_tasks("cleanpage.corpus.plan:run_stage", stages, engine, log=plan.folder.with_name("engine.log"),
              seen=lambda done, of: told("dedupe", done, of))  # fmt: skip


def _key(files: Sequence[Path], parts: int, settings: Settings) -> str:
    """Return what tells one run from another: its format, parts and settings, names, sizes and times of its files."""
    states = [(str(file.resolve()), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return hashlib.blake2b(json.dumps([FORMAT, parts, encode(settings), states]).encode(), digest_size=16).hexdigest()


def _check_free(folder: Path) -> None:
    """Refuse a folder that holds anything else than a run."""
    if not folder.exists() or (folder / MARK).is_file():
        return
    if not folder.is_dir() or any(path.name not in (LOCK, f"{MARK}.tmp") for path in folder.iterdir()):
        raise CleanpageError(f"{folder} is not empty: give a folder that is, or one of an earlier run")


def _claim(folder: Path, key: str, settings: Settings) -> None:
    """Take a folder for this run; refuse that of another one."""
    if not (folder / MARK).is_file():
        put_json(folder / MARK, {"run": key, "settings": encode(settings)})
    elif json.loads((folder / MARK).read_text(encoding="utf-8"))["run"] != key:
        raise CleanpageError(
            f"{folder} holds a run over other pages, or with other settings: give another folder, or delete it"
        )
