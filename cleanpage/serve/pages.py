"""The pages of a folder, by the names under which the workbench shows them."""

from __future__ import annotations

from pathlib import Path

from cleanpage.errors import CleanpageError

SHOWN_SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".txt"))
MOST = 5_000
"""Pages of a folder that are listed."""
LARGEST = 20 * 2**20
"""Bytes of a page."""


def pages_of(folder: Path | None) -> dict[str, Path]:
    """Return the pages in a folder and its subfolders, in order; raise CleanpageError if it is no folder.

    Only these paths are ever read: a name that a browser sends is looked up here, not joined to the folder. What a link
    in the folder leads to outside of it is no page of it.
    """
    if folder is None:
        return {}
    if not folder.is_dir():
        raise CleanpageError(f"{folder} is no folder; give one that holds pages ({', '.join(sorted(SHOWN_SUFFIXES))})")
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SHOWN_SUFFIXES and _is_in(path, folder))
    return {path.relative_to(folder).as_posix(): path for path in found}


def read_listed_page(path: Path, folder: Path) -> bytes:
    """Return the bytes of a page; raise OSError if it is not, or no longer, a file in the folder, or too large."""
    if not _is_in(path, folder):
        raise OSError("it is no file in the folder any more")
    if path.stat().st_size > LARGEST:
        raise OSError(f"it has more than {LARGEST // 2**20} MB")
    return path.read_bytes()


def _is_in(path: Path, folder: Path) -> bool:
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return False
