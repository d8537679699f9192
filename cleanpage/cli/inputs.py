"""Which pages the arguments of the command name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path

from cleanpage.errors import CleanpageError
from cleanpage.text.lazy_regex import lazy
from cleanpage.values import frozen

STDIN = "-"
SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".txt", ".text")
"""What a page in a folder is called; a file that is named itself may be called anything."""
HOLDERS = (".jsonl", ".ndjson", ".jl", ".csv", ".tsv", ".parquet", ".warc", ".wet", ".arc")
"""Files that hold many pages, if they are named or matched by a pattern."""
PACKED = (".gz", ".bz2", ".xz", ".zst")
"""Endings of packed files, of one page or of many."""
_ADDRESS = lazy(r"(?:https?|ftp)://\S+")


@frozen
class Found:
    """The pages that a call names, and what can be said of them before they are read."""

    pages: tuple[str, ...]
    """Paths as they were given, or under the folder that was given; each file once."""
    problems: tuple[str, ...]
    """What names no page, a sentence each."""
    base: str
    """The folder that all arguments have in common; what is written to a folder lies there as it lies here."""
    several: bool
    """Whether the call may mean more than one page: also a folder that holds one."""

    @property
    def count(self) -> int | None:
        """How many pages there are; None if only reading the files tells."""
        return None if any(map(holds_pages, self.pages)) else len(self.pages)


def holds_pages(name: str) -> bool:
    """Tell by its name whether a file holds other files: many pages, or a packed one."""
    return name.lower().endswith((*HOLDERS, *PACKED))


def is_address(name: str) -> bool:
    """Tell whether an argument is an address of the web, not the name of a file."""
    return _ADDRESS.fullmatch(name) is not None and not os.path.lexists(name)


def find_pages(arguments: Iterable[str]) -> Found:
    """Return the pages: files, what lies in folders, what patterns match, each in order of its name."""
    pages: dict[str, str] = {}
    problems: list[str] = []
    roots: list[str] = []
    several = False
    names = list(arguments)
    for name in names:
        if is_address(name):
            problems.append(_not_fetched(name, "cleanpage -"))
            continue
        plain = name == STDIN or not has_magic(name) or os.path.lexists(name)
        several |= not plain or os.path.isdir(name) or holds_pages(name)
        roots += [] if name == STDIN else [_argument_folder(name, plain)]
        found = list(_pages_of(name, plain, problems))
        if not found:
            problems.append(_nothing(name, plain))
        for page in found:
            pages.setdefault(_place(page), page)
    return Found(tuple(pages.values()), tuple(problems), _common_folder(roots), several or len(names) > 1)


def one_page(name: str, command: str) -> Found:
    """Return the one page that a command takes, as ``find_pages`` finds it; CleanpageError if it is none, or many."""
    if is_address(name):
        raise CleanpageError(_not_fetched(name, f"cleanpage {command} - …"))
    found = find_pages([name])
    if found.several:
        raise CleanpageError(f"{name}: {command} takes one page; cleanpage serve FOLDER shows those of a folder")
    return found


def _not_fetched(address: str, call: str) -> str:
    return f"{address}: an address; nothing is fetched here: curl -sL '{address}' | {call} --url '{address}'"


def _place(page: str) -> str:
    """Return where a page lies: a pattern may come to one folder by many links, a link to a page is a page."""
    return os.path.join(os.path.realpath(os.path.dirname(page)), os.path.basename(page))


def _pages_of(name: str, plain: bool, problems: list[str]) -> Iterator[str]:
    for match in [name] if plain else _matches(name):
        if os.path.isdir(match):
            yield from _in_folder(match, problems)
        else:
            yield match


def _matches(pattern: str) -> list[str]:
    """Return what a pattern matches, each once, under its shortest name: links may lead around in a circle."""
    found: dict[str, str] = {}
    for match in sorted(glob(pattern, recursive=True), key=len):
        found.setdefault(_place(match), match)
    return sorted(found.values())


def _in_folder(folder: str, problems: list[str]) -> Iterator[str]:
    """Yield the pages under a folder; hidden files and folders, pipes and devices are left out, links not followed."""
    for here, folders, files in os.walk(folder, onerror=lambda error: problems.append(str(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(here, name)
            if name.lower().endswith(SUFFIXES) and not name.startswith(".") and os.path.isfile(path):
                yield path


def _nothing(name: str, plain: bool) -> str:
    if plain:
        return f"{name}: no pages in this folder; a page ends with {', '.join(SUFFIXES)}"
    return f"{name}: no file is called like this"


def _argument_folder(name: str, plain: bool) -> str:
    """Return the folder that an argument is about."""
    if plain:
        return name if os.path.isdir(name) else os.path.dirname(name)
    parts = Path(name).parts
    fixed = next(i for i, part in enumerate(parts) if has_magic(part))
    return str(Path(*parts[:fixed]))


def _common_folder(roots: Iterable[str]) -> str:
    whole = [os.path.abspath(root) for root in roots]
    try:
        return os.path.commonpath(whole) if whole else os.getcwd()
    except ValueError as error:  # drives of Windows
        raise CleanpageError(f"the pages have no folder in common, clean them in several calls: {error}") from error
