"""Scores on the open set, which anybody has: ``python -m bench.open --help``.

Mean shingle F1 of the text and the share of right fields, by kind and by language, as HTML and in two flattenings. A
page that is no article counts 1 if it is not taken for one. Then the fields of tests/cases and tests/pages
(``bench.fields``). Exit status 1 if a floor has fallen; those of ``open.toml``, which ``--write`` writes, lie LEEWAY
below what was measured then.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import fields
from bench.metadata import key
from bench.open_pages import FLATTENINGS, OpenPage, open_pages
from bench.report import print_columns
from bench.score import score
from cleanpage import Article, clean_page

INPUTS = ("html", *FLATTENINGS)
FLOORS = Path(__file__).with_name("open.toml")
LEEWAY = 0.03
"""Of the floors: weights that are learned again move single pages."""
POOR = 0.9
"""A page whose text is worth less is shown by ``--poor``."""


class Result(NamedTuple):
    """What came out of one page in one input."""

    page: OpenPage
    input: str
    text: float
    """F1 of the text."""
    fields: tuple[bool, ...]
    """For each labelled field whether it is right."""
    article: Article


def results(pages: Iterable[OpenPage], inputs: Sequence[str] = INPUTS) -> Iterator[Result]:
    """Yield the result of each page in each input."""
    for page in pages:
        for way in inputs:
            article = clean_page(page.raw(way), kind="html" if way == "html" else "text")
            yield Result(page, way, _text(page, article), tuple(_fields(page, article)), article)


def _text(page: OpenPage, article: Article) -> float:
    if not page.body:
        return float(not article.is_article)
    return score(article.text, page.body).f1


def _fields(page: OpenPage, article: Article) -> Iterator[bool]:
    for name, wanted in page.fields.items():
        found = getattr(article, name) or ""
        if name == "published":
            yield found[: len(wanted)] == wanted
        else:
            yield key("".join(found) if isinstance(found, tuple) else found) == key(wanted)


def means(found: Iterable[Result]) -> dict[tuple[str, str], tuple[float, float, int]]:
    """Return by input and group, a kind or a language, the mean F1, the share of right fields, and how many pages."""
    groups: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in found:
        for group in (result.page.kind, result.page.lang, "all"):
            groups[result.input, group].append(result)
    return {group: _mean(rows) for group, rows in groups.items()}


def _mean(rows: Sequence[Result]) -> tuple[float, float, int]:
    right = [right for row in rows for right in row.fields]
    return sum(row.text for row in rows) / len(rows), sum(right) / len(right) if right else 1.0, len(rows)


def fallen(figures: dict[tuple[str, str], tuple[float, float, int]]) -> list[str]:
    """Return which floors do not hold, a sentence each."""
    wrong = []
    for floor in tomllib.loads(FLOORS.read_text(encoding="utf-8"))["floor"]:
        for name, found in zip(("text", "fields"), figures[floor["input"], floor["group"]], strict=False):
            if found < floor[name]:
                wrong.append(f"{floor['input']} {floor['group']}: {name} {found:.3f} < {floor[name]}")
    return wrong


def floors_of(figures: dict[tuple[str, str], tuple[float, float, int]]) -> str:
    """Return the text of ``open.toml``."""
    parts = ["# Mean F1 of the text and share of right fields of `python -m bench.open` that must not be fallen below."]
    for (way, group), (text, right, _) in sorted(figures.items()):
        names = f'input = "{way}"\ngroup = "{group}"'
        parts.append(f"[[floor]]\n{names}\ntext = {text - LEEWAY:.3f}\nfields = {right - LEEWAY:.3f}")
    return "\n\n".join(parts) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 1 if a floor does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench.open", description=__doc__)
    parser.add_argument("--poor", action="store_true", help=f"list the pages whose text is worth less than {POOR}")
    parser.add_argument("--write", action="store_true", help="write the floors anew")
    options = parser.parse_args(arguments)
    found = list(results(open_pages()))
    figures = means(found)
    names = dict.fromkeys(group for _, group in figures)
    rows = []
    for name in names:
        cells = [figures[way, name] for way in INPUTS]
        rows.append((name, str(cells[0][2]), *(f"{v:.3f}" for text, right, _ in cells for v in (text, right))))
    heads = [f"{way} {what}" for way in INPUTS for what in ("text", "fields")]
    print_columns(("group", "pages", *heads), rows, words=1)
    for result in found if options.poor else ():
        if result.text < POOR or not all(result.fields):
            print(f"  {result.page.kind} {result.page.lang} {result.input}: {result.text:.3f} {result.fields}")
    if options.write:
        FLOORS.write_text(floors_of(figures), encoding="utf-8")
    wrong = fallen(figures)
    print(*wrong, sep="\n", end="\n\n" if wrong else "\n")
    return int(bool(wrong)) | fields.main([])


if __name__ == "__main__":
    sys.exit(main())
