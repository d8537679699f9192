"""A run over a whole collection: pages in, articles, ledger, clusters and errors out; resumable."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from cleanpage import __version__
from cleanpage.config import Config
from cleanpage.corpus.atomic_task import pages_done
from cleanpage.corpus.executor import Engine, Task, run_tasks
from cleanpage.corpus.inputs import group_files
from cleanpage.corpus.io import find_files
from cleanpage.corpus.lock import LOCK_FILE as LOCK
from cleanpage.corpus.lock import locked
from cleanpage.corpus.plan import tasks_of
from cleanpage.corpus.publish import FORMAT, publish, put_json
from cleanpage.corpus.responses import Statuses
from cleanpage.corpus.settings import DEFAULT_COLUMNS, DEFAULT_STATUS, Settings
from cleanpage.errors import CleanpageError
from cleanpage.serialise import encode

ABOUT_PARTS = 256
"""About so many parts make a collection …"""
LEAST_PART, LARGEST_PART = 4 * 1024**2, 64 * 1024**2
"""… of so many bytes of pages each: a part is what is done again if a process dies. One of a megabyte costs 15 ms
beside its pages, of which it holds 30 to 2,000."""
RUN_FILE = "run.json"

Progress = Callable[[str, int, int], None]
"""Called with the stage, how many pages of it are done (of ``dedupe`` tasks), and of how many, 0 if nobody knows."""


class RunResult(NamedTuple):
    """What a run has made."""

    folder: Path
    """Holds ``articles``, ``ledger``, ``errors``, ``measures``, ``clusters``, ``parts``, ``versions`` and ``related``
    (folders of Parquet), ``articles.jsonl``, ``report.html`` with ``report``, and ``manifest.json``."""
    counts: dict[str, int]
    """Rows of each table; ``pages``, of which each is an article or an error; ``copies``, articles that are not the
    canonical one of their cluster (with ``unique`` these are pages, and no ``articles``); ``skipped``, no pages."""
    skipped: dict[str, int]
    """How many records and files were left out, by the reasons of ``accounting.SKIP_REASONS``."""


def run(
    inputs: Iterable[str | Path],
    out: str | Path,
    *,
    engine: Engine | Executor = Engine(),  # noqa: B008
    status: str = DEFAULT_STATUS,
    config: Config = Config(),  # noqa: B008
    select: Sequence[str] = DEFAULT_COLUMNS,
    ledger: bool = True,
    unique: bool = False,
    templates: bool = False,
    part_size: int | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Clean the pages of ``inputs`` (see ``read_pages``) into the folder ``out``; needs ``cleanpage[corpus]``.

    A page that cannot be read or cleaned is a row of ``errors``, also if it ends the process that cleans it or takes
    more than ``pool.Limits``. A run that broke off goes on where it was when it is called again with the same inputs
    and settings; one that is complete is left as it is. ``engine`` is where tasks run, or an executor that is kept
    for several runs. ``status`` says which responses of archives are cleaned:
    ``200,404``, ``2xx``, ``any``; ``config`` how pages are cleaned; ``select`` which columns ``articles`` has, of
    ``settings.COLUMNS``; ``ledger`` whether what was removed is kept; ``unique`` whether one article of each cluster
    alone is; ``templates`` whether pages are cleaned with what the pages of their host share. ``part_size`` is the
    bytes of pages that one task cleans, by default according to the size of the inputs.
    Raises CleanpageError for inputs that are not there, for a folder that holds another run or in which one is at work,
    and if parts cannot be finished.
    """
    for package in ("pyarrow", "jinja2"):
        if not find_spec(package):
            raise ModuleNotFoundError(f"pip install 'cleanpage[corpus]': there is no {package}", name=package)
    folder, paths = Path(out).absolute(), [Path(path) for path in inputs]
    Statuses.of(status)
    files = [file for file, _ in find_files(paths)]
    size = part_size or min(LARGEST_PART, max(LEAST_PART, sum(file.stat().st_size for file in files) // ABOUT_PARTS))
    settings = Settings(status, config, tuple(select), ledger, unique, templates, __version__, size)
    key = _state_key(files, settings)
    _check_free(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        _claim(folder, key, settings)
        work = folder / "work"
        if not (folder / "manifest.json").is_file():
            if not (work / "inputs").is_dir():
                group_files(paths, work / "inputs", settings)
            with nullcontext(engine) if isinstance(engine, Executor) else engine.open() as pool:
                pages = _Run(work, pool, progress or (lambda stage, done, of: None)).do(settings)
            publish(work, folder, key, pages)
        shutil.rmtree(work, ignore_errors=True)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return RunResult(folder, manifest["counts"], manifest["skipped"])


class _Run:
    """The stages of a run, each a task a part, a bucket or a group of files; what is done already is left out.

    This process knows tasks by their names alone: what they need is imported where they are done.
    """

    def __init__(self, work: Path, pool: Executor, progress: Progress) -> None:
        self._work, self._pool, self._progress = work, pool, progress

    def do(self, settings: Settings) -> int:
        """Do what is left of them; return the number of pages."""
        work = self._work
        groups = sorted((work / "inputs").glob("[0-9]*"))
        self._stage("read", "parts:read_part", groups, 0)
        self._tasks("parts:number_parts", [(str(work / "read"), str(work / "parts"))])
        parts = sorted((work / "parts").iterdir())
        pages: int = sum(json.loads(file.read_text(encoding="utf-8"))["pages"] for file in parts)
        if settings.templates:
            self._stage("learn", "learn_task:learn_part", parts, pages, apart=True)
        self._stage("clean", "clean_task:clean_part", parts, pages, apart=True)
        self._dedupe()
        buckets = sorted((work / "dedupe" / "settle_components").glob("?????"))
        self._stage("publish", "publish:publish_bucket", buckets, pages)
        self._tasks("report:report_run", [(str(work), str(work / "report"))])
        return pages

    def _stage(self, name: str, function: str, sources: Sequence[Path], pages: int, *, apart: bool = False) -> None:
        """Do a task for each source, into a folder of its name; ``pages`` is how many they are, 0 if nobody knows."""
        out = self._work / name
        out.mkdir(exist_ok=True)
        tasks = [(str(source), str(out / source.stem)) for source in sources]
        self._tasks(function, tasks, lambda: self._progress(name, pages_done(out), pages), apart=apart)

    def _tasks(
        self, function: str, tasks: Sequence[Task], seen: Callable[[], None] = lambda: None, *, apart: bool = False
    ) -> None:
        run_tasks(self._pool, f"cleanpage.corpus.{function}", tasks, seen, apart=apart)

    def _dedupe(self) -> None:
        folder = self._work / "dedupe"
        self._tasks("plan:make_plan", [(str(self._work / "clean"), str(folder))])
        buckets = json.loads((folder / "plan.json").read_text(encoding="utf-8"))["buckets"]
        stages = tasks_of(folder, buckets)
        done, of = 0, sum(map(len, stages))
        for tasks in stages:
            Path(tasks[0][1]).parent.mkdir(exist_ok=True)
            self._tasks("plan:run_stage", tasks)
            done += len(tasks)
            self._progress("dedupe", done, of)


def _state_key(files: Sequence[Path], settings: Settings) -> str:
    """Return what tells one run from another: its format and settings, and names, sizes and times of its files."""
    states = [(str(file.resolve()), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return hashlib.blake2b(json.dumps([FORMAT, encode(settings), states]).encode(), digest_size=16).hexdigest()


def _check_free(folder: Path) -> None:
    """Refuse a folder that holds anything else than a run."""
    if not folder.exists() or (folder / RUN_FILE).is_file():
        return
    if not folder.is_dir() or any(path.name not in (LOCK, f"{RUN_FILE}.tmp") for path in folder.iterdir()):
        raise CleanpageError(f"{folder} is not empty: give a folder that is, or one of an earlier run")


def _claim(folder: Path, key: str, settings: Settings) -> None:
    """Take a folder for this run; refuse that of another one."""
    if not (folder / RUN_FILE).is_file():
        put_json(folder / RUN_FILE, {"run": key, "settings": encode(settings)})
    elif json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))["run"] != key:
        raise CleanpageError(
            f"{folder} holds a run over other pages, or with other settings: give another folder, or delete it"
        )
