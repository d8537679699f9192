"""How many lines of code come out as they were written: of our own pages of code, and of labelled pages.

python -m bench.code_lines            # cleanpage and trafilatura, text and Markdown
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt

from bench.code_pages import CodePage, made
from cleanpage import clean_page
from cleanpage.export.markdown import to_markdown

_COMMONMARK = MarkdownIt("commonmark")
_NUMBER = re.compile(r"\d{1,3}")


class Kept(NamedTuple):
    """What a text holds of listings."""

    lines: int
    """Lines that are not blank, as they were written."""
    of: int
    whole: int
    """Listings, from the first character to the last."""
    listings: int
    numbers: int
    """Lines that are nothing but a number."""


def kept(text: str, listings: Sequence[str]) -> Kept:
    """Return what a text holds of ``listings``."""
    wanted = Counter(line for code in listings for line in code.split("\n") if line.strip())
    there = Counter(text.split("\n"))
    whole = sum(f"\n{code}\n" in f"\n{text}\n" for code in listings)
    numbers = sum(count for line, count in there.items() if _NUMBER.fullmatch(line.strip()))
    return Kept(sum((wanted & there).values()), sum(wanted.values()), whole, len(listings), numbers)


def total(found: Iterable[Kept]) -> Kept:
    """Return the sums."""
    return Kept(*map(sum, zip(*found, strict=True)))


def ours(page: str) -> str:
    return clean_page(page).text


def our_markdown(page: str) -> str:
    return as_read(to_markdown(clean_page(page)))


def as_read(markdown: str) -> str:
    """Return what a reader of CommonMark finds in Markdown, block by block: listings may be fenced or indented."""
    return "\n".join(token.content.rstrip("\n") for token in _COMMONMARK.parse(markdown) if token.content)


def theirs(page: str, form: str = "txt") -> str:
    import trafilatura  # compared with only where it is installed

    return trafilatura.extract(page, output_format=form) or ""


TOOLS: dict[str, Callable[[str], str]] = {
    "cleanpage text": ours,
    "cleanpage Markdown": our_markdown,
    "trafilatura text": theirs,
    "trafilatura Markdown": lambda page: as_read(theirs(page, "markdown")),
}


def print_pages(pages: Sequence[CodePage], worst: int) -> None:
    """Print what each tool keeps of the pages of code, and the pages on which ours keeps least."""
    for name, tool in TOOLS.items():
        found = [kept(tool(page.html), page.listings) for page in pages]
        lines, of, whole, listings, numbers = total(found)
        print(f"{name:22} lines {lines / of:.4f}   whole listings {whole / listings:.3f}   numbers {numbers}")
        if name.startswith("cleanpage"):
            rows = zip(pages, found, strict=True)
            bad = [(row.lines / row.of, page.name) for page, row in rows if row.whole < row.listings]
            print("   ", ", ".join(f"{page} {share:.2f}" for share, page in sorted(bad)[:worst]))


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=20)
    options = parser.parse_args()
    print_pages(list(made()), options.worst)


if __name__ == "__main__":
    main()
