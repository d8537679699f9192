"""The files of a run in groups: each is read by one task."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cleanpage.corpus.atomic_task import made_whole
from cleanpage.corpus.io import find_files, name_files
from cleanpage.corpus.settings import Settings
from cleanpage.text.lazy_regex import lazy

SKIPPED_FILE = "skipped.json"
_HOST_NAME = lazy(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}", re.IGNORECASE)


def group_files(paths: Sequence[Path], out: Path, settings: Settings) -> None:
    """Write a list of files and their names for each task of reading; beside them the settings, and what is hidden.

    A group is files that follow one another, of ``part_size`` bytes together, or a larger one.
    """
    skipped: Counter[str] = Counter()
    groups: list[list[tuple[str, str, str]]] = [[]]
    held = 0
    files = find_files(paths, skipped)
    for (file, folder), (_, name) in zip(files, name_files(files), strict=True):
        size = file.stat().st_size
        if groups[-1] and held + size > settings.part_size:
            groups.append([])
            held = 0
        groups[-1].append((str(file.absolute()), name, _host_in(folder, file)))
        held += size
    with made_whole(out) as made:
        settings.save(made)
        (made / SKIPPED_FILE).write_text(json.dumps(skipped), encoding="utf-8")
        for n, group in enumerate(groups):
            (made / f"{n:05d}.json").write_text(json.dumps(group), encoding="utf-8")


def _host_in(folder: Path, file: Path) -> str:
    """Return the host that a folder on the way to a file is named for, as in the mirror of a site; else nothing."""
    folders = (folder.resolve().name, *file.relative_to(folder).parts[:-1])
    found = next((name for name in reversed(folders) if _HOST_NAME.fullmatch(name)), "")
    return found.lower().removeprefix("www.")


def count_skipped(work: Path) -> Counter[str]:
    """Return how many records and files are no pages, by reason."""
    found: Counter[str] = Counter()
    for file in (work / "inputs" / SKIPPED_FILE, *sorted((work / "read").glob(f"*/{SKIPPED_FILE}"))):
        found.update(json.loads(file.read_text(encoding="utf-8")))
    return found
