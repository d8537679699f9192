"""Scores title, date and authors on the labelled pages: ``python -m bench.metadata --help``."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from bench.data import ABSENT, INPUTS, Page, load_pages, present
from cleanpage import clean_page
from cleanpage.errors import CleanpageError


class Told(NamedTuple):
    """What a tool says of a page."""

    title: str | None
    date: str | None
    authors: str | None


def ours(page: Page, way: str = "html") -> Told:
    """Return what cleanpage says of a page given as one of INPUTS."""
    article = clean_page(page.raw(way), url=page.url or None)
    return Told(article.title, article.published, "; ".join(article.authors))


def trafilatura(page: Page) -> Told:
    """Return what trafilatura says, its date by htmldate."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise CleanpageError('pip install -e ".[peers]"') from error
    found = bare_extraction(page.html, url=page.url or None, with_metadata=True)
    return Told(found.title, found.date, found.author) if found else Told(None, None, None)


def htmldate(page: Page, *, original: bool = False) -> Told:
    """Return the date that htmldate says, with ``original`` that of the first publication."""
    try:
        from htmldate import find_date
    except ImportError as error:
        raise CleanpageError('pip install -e ".[peers]"') from error
    return Told(None, find_date(page.html, url=page.url or None, original_date=original), None)


PEERS: dict[str, Callable[[Page], Told]] = {
    "trafilatura": trafilatura,
    "htmldate": htmldate,
    "htmldate original_date": partial(htmldate, original=True),
}
FIELDS = {"htmldate": ("date",), "htmldate original_date": ("date",)}
"""What a tool is asked for, if not for all."""


def key(text: str | None) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]+|\band\b|\bet al\b", "", (text or "").lower().replace("&", " and "))


def agrees(found: str | None, label: str) -> bool:
    """Tell whether one of two texts contains the other."""
    a, b = key(found), key(label)
    return bool(a and b) and (a in b or b in a)


def right(told: Told, page: Page) -> dict[str, bool]:
    """Return for each labelled field whether it is right: a title or author that contains the other, the same day."""
    found = {}
    if page.title:
        found["title"] = agrees(told.title, page.title)
    if page.date:
        found["date"] = (told.date or "")[:10] == page.date[:10]
    if page.author:
        found["author"] = agrees(told.authors, page.author)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.metadata", description=__doc__)
    parser.add_argument("--set", default="wcxb-dev")
    parser.add_argument("--kind", default="article")
    parser.add_argument("--input", choices=INPUTS, default="html")
    parser.add_argument(
        "--folds", default="01234", help="only pages of these folds by site: 012 to look at, 34 to tell"
    )
    parser.add_argument("--limit", type=int, help="only so many pages of the set")
    parser.add_argument("--peers", action="store_true", help="trafilatura (with htmldate) and htmldate as well")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show N wrong values of each field")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    loaded = load_pages(options.set, html=True, limit=options.limit)
    pages = [page for page in loaded if page.kind == options.kind and str(page.fold) in options.folds]
    tools = {"cleanpage": partial(ours, way=options.input), **(PEERS if options.peers else {})}
    for name, tool in tools.items():
        report(name, pages, tool, options.worst)
    return 0


def report(name: str, pages: Sequence[Page], tool: Callable[[Page], Told], worst: int) -> None:
    """Print how often a tool is right, and some of what it says wrongly."""
    scores: dict[str, list[bool]] = {}
    wrong: dict[str, list[str]] = {}
    for page in pages:
        told = tool(page)
        for field, is_right in right(told, page).items():
            if field not in FIELDS.get(name, (field,)):
                continue
            scores.setdefault(field, []).append(is_right)
            if not is_right:
                value = {"title": told.title, "date": told.date, "author": told.authors}[field]
                wrong.setdefault(field, []).append(
                    f"{value!r}, labelled {getattr(page, field)!r}  {page.id} {page.url}"
                )
    print(name, *(f"{field} {sum(own) / len(own):.3f} of {len(own)}" for field, own in scores.items()), sep="  ")
    for field, rows in wrong.items():
        for row in rows[:worst]:
            print(f"  {field}: {row}")


if __name__ == "__main__":
    sys.exit(main())
