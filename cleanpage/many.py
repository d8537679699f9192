"""Many pages through ``clean_page``, in this process or in several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, overload

from cleanpage.config import Config
from cleanpage.errors import CleanpageError
from cleanpage.model import Article
from cleanpage.pipeline import clean_page

Page = str | bytes | bytearray | memoryview | Mapping[str, Any]
"""A page, or a mapping with the page as ``raw`` and any of ``PAGE_KEYS``."""
PAGE_KEYS = ("raw", "url", "kind", "encoding", "template")
_DEFAULT_CONFIG = Config()


@overload
def clean_pages(
    pages: Iterable[Page], *, workers: int | None = ..., on_error: Literal["raise"] = ..., config: Config = ...
) -> Iterator[Article]: ...


@overload
def clean_pages(
    pages: Iterable[Page], *, workers: int | None = ..., on_error: Literal["yield"], config: Config = ...
) -> Iterator[Article | Exception]: ...


def clean_pages(
    pages: Iterable[Page],
    *,
    workers: int | None = None,
    on_error: Literal["raise", "yield"] = "raise",
    config: Config = _DEFAULT_CONFIG,
) -> Iterator[Article | Exception]:
    """Yield the Article of each of ``pages``, in their order; they are taken as they are needed.

    A page is what ``clean_page`` takes, or a mapping with it as ``raw`` and what is known about it: ``url``, ``kind``,
    ``encoding``, ``template``. ``workers`` is the number of processes that clean them, None for this one. ``on_error``
    says what becomes of what is no page (None, a path …), and of a page that ends its process or takes more than
    ``pool.Limits`` (60 seconds of CPU, 2 GB), which only the worker processes survive: ``raise``, or ``yield`` the
    exception in the place of the Article. Holds four pages a worker.
    Raises CleanpageError for a mistake in the call. A worker takes half a second to start: it pays from some fifty
    pages on.
    """
    if isinstance(pages, str | bytes | bytearray | memoryview | Mapping) or not isinstance(pages, Iterable):
        got = type(pages).__name__
        raise CleanpageError(f"pages is an iterable of pages, got one {got}: call clean_page, or give [page]")
    if on_error not in ("raise", "yield"):
        raise CleanpageError(f"on_error is 'raise' or 'yield', got {on_error!r}")
    if workers is not None and (not isinstance(workers, int) or workers < 1):
        raise CleanpageError(f"workers is a number of processes, at least 1, or None for this one; got {workers!r}")
    return _checked(_outcomes(((page, config) for page in pages), workers), on_error)


def _outcomes(calls: Iterable[tuple[Page, Config]], workers: int | None) -> Iterator[Any | Exception]:
    if workers is None:
        return (_tried(*call) for call in calls)
    from cleanpage.pool import call_in_order  # threads and subprocesses: half the time of ``import cleanpage``

    return call_in_order(_cleaned, calls, workers)


def _checked(outcomes: Iterator[Any | Exception], on_error: str) -> Iterator[Article | Exception]:
    for place, outcome in enumerate(outcomes):
        if isinstance(outcome, Exception):
            outcome.add_note(f"page {place} of those given to clean_pages")
            if on_error == "raise":
                raise outcome
        yield outcome


def _tried(page: Page, config: Config) -> Article | Exception:
    try:
        return _cleaned(page, config)
    except Exception as error:
        return error


def _cleaned(page: Page, config: Config) -> Article:
    if not isinstance(page, Mapping):
        return clean_page(page, config=config)
    unknown = [key for key in page if key not in PAGE_KEYS]
    if unknown or "raw" not in page:
        got = ", ".join(map(str, page))
        raise CleanpageError(f"a page as a mapping has the keys {', '.join(PAGE_KEYS)} (raw is needed); got {got}")
    return clean_page(**page, config=config)
