"""Clean many pages, in this process or in several; the outcomes come in the order of the pages."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator

from cleanpage.cli.inputs import STDIN, holds_pages
from cleanpage.cli.work import Input, Outcome, Recipe, clean_input, read_input
from cleanpage.errors import LostError


def clean_all(names: Iterable[str], recipe: Recipe, jobs: int) -> Iterator[Outcome]:
    """Yield what becomes of each page, in order, cleaned by ``jobs`` processes (1: by this one)."""
    pages = (page for name in names for page in inputs(name))
    if jobs == 1:
        yield from (clean_input(page, recipe) for page in pages)
        return
    from cleanpage.pool import call_in_order

    under_way: deque[str] = deque()

    def calls() -> Iterator[tuple[Input, Recipe]]:
        for page in pages:
            under_way.append(page.name)
            yield _with_content(page), recipe

    for outcome in call_in_order(clean_input, calls(), jobs):
        name = under_way.popleft()
        if isinstance(outcome, LostError):
            yield Outcome(name, error=f"{name}: {outcome}")
        elif isinstance(outcome, Exception):
            yield Outcome(name, error=f"{name}: {type(outcome).__name__}: {outcome}")
        else:
            yield outcome


def inputs(name: str) -> Iterator[Input]:
    """Yield the pages of a file: itself, or those that it holds."""
    if not holds_pages(name):
        yield Input(name)
        return
    from cleanpage.corpus.io import read_pages

    base = os.path.basename(name)
    for place, page in enumerate(read_pages([name])):
        id = name + page.id.removeprefix(base) if page.id.startswith(base) else page.id
        where = f"{name}/{place:06}" if id != name else name
        yield Input(id, page.raw, page.url or None, page.encoding or None, page.problem, where)


def _with_content(page: Input) -> Input:
    """Return a page with its content if only this process has it: standard input and pipes."""
    if page.raw is not None or page.problem or (page.name != STDIN and os.path.isfile(page.name)):
        return page
    try:
        return Input(page.name, read_input(page.name))
    except OSError as error:
        return Input(page.name, problem=error.strerror or str(error))
