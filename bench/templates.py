"""Score ``clean_page`` with and without site templates: ``python -m bench.templates [--synthetic]``.

Each page of a site with at least five is cleaned with the template of the others; with ``--held-out DIR`` by weights
that have not seen the site. The difference counts. ``--synthetic`` puts labelled bodies of other pages into the
furniture of one page.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.data import ABSENT, Page, load_pages, present
from bench.held_out import by_fold
from bench.report import print_columns
from bench.score import lines_apart, score, shingles
from cleanpage import Article, clean_page
from cleanpage.corpus import SiteTemplate
from cleanpage.corpus.templates import template_page

LEAST = 5
Row = tuple[str, str, Page, float, float, str, str]


def sites(names: Sequence[str]) -> Iterator[list[Page]]:
    """Yield the labelled pages of each site that has at least five."""
    for name in names:
        found: dict[str, list[Page]] = defaultdict(list)
        for page in load_pages(name):
            if page.body is not None and page.url:
                found[page.site].append(page)
        yield from (pages for pages in found.values() if len(pages) >= LEAST)


Clean = Callable[[Page, str, SiteTemplate | None], Article]


def shipped(page: Page, raw: str, template: SiteTemplate | None) -> Article:
    """Return a page's article by the weights that come with the package."""
    return clean_page(raw, template=template)


def rows_of(pages: Sequence[Page], way: str, clean: Clean) -> Iterator[Row]:
    """Yield set, language, page, F1 without and with the template of the other pages, and the two texts."""
    kept = [template_page(page.raw(way)) for page in pages]
    for n, page in enumerate(pages):
        template = SiteTemplate([*kept[:n], *kept[n + 1 :]])
        texts = []
        for cleaned in (clean(page, page.raw(way), None), clean(page, page.raw(way), template)):
            title = f"{cleaned.title}\n" if page.body_has_title and cleaned.title else ""
            texts.append(title + cleaned.text)
        scores = [score(text, page.body or "").f1 for text in texts]
        yield page.set, page.lang, page, *scores, *texts


def synthetic(names: Sequence[str], seed: int, count: int = 12) -> Iterator[list[Page]]:
    """Yield sites of ``count`` pages: the furniture of one page around the bodies of others of its language."""
    rng = random.Random(seed)
    for name in names:
        pages = [page for page in load_pages(name) if page.body and page.kind == "article"]
        for frame in rng.sample(pages, min(6, len(pages))):
            ends = _furniture(frame)
            if ends:
                chosen = rng.sample(pages, min(count, len(pages)))
                yield [_framed(page, ends) for page in chosen if page is not frame]


def _furniture(page: Page) -> tuple[str, str] | None:
    """Return what stands before and behind the labelled body of a page."""
    lines = page.texts["inscriptis"].splitlines()
    label = shingles(page.body or "")
    foreign = set(lines_apart("\n".join(lines), label))
    inside = [n for n, line in enumerate(lines) if len(line) > 30 and line.strip() not in foreign]
    if not inside or len(foreign) < 10:
        return None
    head = [line for line in lines[: inside[0]] if line.strip() in foreign]
    tail = [line for line in lines[inside[-1] + 1 :] if line.strip() in foreign]
    return "\n".join(head), "\n".join(tail)


def _framed(page: Page, ends: tuple[str, str]) -> Page:
    raw = f"{ends[0]}\n{page.body}\n{ends[1]}"
    return Page(
        page.id, page.set, page.lang, page.kind, page.url, page.body, page.body_has_title, page.title, None, None,
        {"inscriptis": raw},
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.templates", description=__doc__)
    parser.add_argument("--input", default="inscriptis")
    parser.add_argument("--sets", default="waddle-zh,waddle-en,waddle-ru,waddle-el,waddle-pl,wcxb-dev")
    parser.add_argument("--synthetic", action="store_true")
    parser.add_argument("--held-out", type=Path, metavar="DIR", help="each site by the weights that have not seen it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show what the N worst changes have changed")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    names = options.sets.split(",")
    groups = synthetic(names, options.seed) if options.synthetic else sites(names)
    fold = by_fold(options.held_out) if options.held_out else None
    clean = (lambda page, raw, template: fold(page.fold, raw, template)) if fold else shipped
    rows = [row for pages in groups for row in rows_of(pages, options.input, clean)]
    table: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        table[row[0], row[1]].append(row)
        table["kind", row[2].kind].append(row)
        table["all", ""].append(row)
    cells = []
    for name, found in table.items():
        before, after = (sum(row[i] for row in found) / len(found) for i in (3, 4))
        sizes = str(len({(row[2].site) for row in found})), str(len(found))
        better, worse = (sum(sign * (row[4] - row[3]) > 0.01 for row in found) for sign in (1, -1))
        cells.append(
            (*name, *sizes, f"{before:.4f}", f"{after:.4f}", f"{after - before:+.4f}", str(better), str(worse))
        )
    print_columns(("set", "lang", "sites", "pages", "without", "with", "delta", "better", "worse"), cells, words=2)
    for row in sorted(rows, key=lambda row: row[4] - row[3])[: options.worst]:
        print(f"\n{row[2].site} {row[2].id} {row[3]:.3f} -> {row[4]:.3f}")
        lost = set(row[5].splitlines()) - set(row[6].splitlines())
        for line in row[5].splitlines():
            if line in lost:
                print("   -", line[:150])
        for line in set(row[6].splitlines()) - set(row[5].splitlines()):
            print("   +", line[:150])
    return 0


if __name__ == "__main__":
    sys.exit(main())
