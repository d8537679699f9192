"""Whether a page has the same fields as HTML and as flattened text: ``python -m bench.fields_agree --help``.

Prints for each field, and each flattening, on how many pages the text gives what the HTML gives: the letters and digits
of the value, the day of a date. A site that no line of the text names is no fault: for it None agrees with all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench.data import ABSENT, FLATTENINGS, Page, load_pages, present
from bench.metadata import key
from bench.report import print_columns
from cleanpage import Article, clean_page

FIELDS = ("title", "published", "authors", "source", "site")
MAY_LACK = frozenset({"site"})
"""Fields that text need not have: their value stands in the head or in the footer's picture."""
SHOWN = 60
"""Characters of a value that are printed."""


def value(article: Article, field: str) -> str:
    """Return what a field says, in a form that compares; names in any order."""
    found = getattr(article, field)
    if field == "published":
        return (found or "")[:10]
    return "; ".join(sorted(map(key, found))) if isinstance(found, tuple) else key(found)


def differing(page: Page, fields: Sequence[str]) -> list[tuple[str, str, object, object]]:
    """Return for a page the field and flattening, the value of the HTML and that of the text, where they differ."""
    url = page.url or None
    whole = clean_page(page.html, url=url)
    rows = []
    for way in FLATTENINGS:
        text = clean_page(page.texts[way], url=url)
        for field in fields:
            here, there = value(text, field), value(whole, field)
            if here != there and (here or field not in MAY_LACK):
                rows.append((field, way, getattr(whole, field), getattr(text, field)))
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.fields_agree", description=__doc__)
    parser.add_argument("--set", default="waddle-zh")
    parser.add_argument("--fields", default=",".join(FIELDS))
    parser.add_argument("--limit", type=int, help="this many pages of the set, spread evenly")
    parser.add_argument("--wrong", action="store_true", help="show each value that differs")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    fields = options.fields.split(",")
    pages = load_pages(options.set, html=True, limit=options.limit)
    counts = {(field, way): len(pages) for field in fields for way in FLATTENINGS}
    for page in pages:
        for field, way, there, here in differing(page, fields):
            counts[field, way] -= 1
            if options.wrong:
                print(f"{page.id}\t{field}\t{way}\t{str(there)[:SHOWN]}\t{str(here)[:SHOWN]}\t{page.url}")
    shares = [[counts[field, way] / len(pages) for way in FLATTENINGS] for field in fields]
    rows = [(field, *(f"{x:.3f}" for x in own), f"{min(own):.3f}") for field, own in zip(fields, shares, strict=True)]
    print_columns(("field", *FLATTENINGS, "worst"), rows, words=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
