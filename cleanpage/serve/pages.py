"""The pages of a folder, by the names under which the workbench shows them."""

from __future__ import annotations

from pathlib import Path

from cleanpage.errors import CleanpageError

SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".txt"))
MOST = 5_000
"""Pages of a folder that are listed."""


def pages_of(folder: Path | None) -> dict[str, Path]:
    """Return the pages in a folder and its subfolders, in order; raise CleanpageError if it is no folder.

    Only these paths are ever read: a name that a browser sends is looked up here, not joined to the folder.
    """
    if folder is None:
        return {}
    if not folder.is_dir():
        raise CleanpageError(f"{folder} is no folder; give one that holds pages ({', '.join(sorted(SUFFIXES))})")
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}
