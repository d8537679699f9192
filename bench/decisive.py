"""Counts what must never happen on real Chinese pages: ``python -m bench.decisive``.

On govcn and zh-unlabelled, in all four flattenings: a crash, a ledger that does not tile the page, a decisive licence,
share or breadcrumb line left inside ``text``, a list page taken for an article. Exit status 1 if any count is above 0.
Our own rules cannot see what they miss, so the patterns beside the shared pages referee (``licence*``, ``share*``,
``breadcrumb*``): they are looser, and what they find is to be looked at, not a fault.
"""

from __future__ import annotations

import argparse
import re
import runpy
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bench.data import ABSENT, FLATTENINGS, SHARED, Page, load_pages, present
from bench.ledger import ledger_faults
from bench.pages import Clean
from cleanpage.model import Article
from cleanpage.rules import Rule, compiled, shipped_rules
from cleanpage.text import fold, normalise, units

SETS = ("govcn", "zh-unlabelled")
FORBIDDEN = ("licence", "share", "breadcrumb")
FAULTS = ("crash", "ledger", *FORBIDDEN, "list")
REFEREE = tuple(f"{label}*" for label in FORBIDDEN)

CODE = frozenset("{}")
"""Characters of a scrap of code, whose variable ``x`` is no service."""

Fault = tuple[str, str]
"""What went wrong (one of FAULTS), and where."""
Counts = dict[tuple[str, str], Counter[str]]
"""Number of faults of each kind, by set and flattening."""


@lru_cache(maxsize=1)
def forbidden_rules() -> tuple[Rule, ...]:
    """Return the decisive rules that may not match a line of ``text``."""
    return tuple(
        rule
        for rule in shipped_rules()
        if rule.label in FORBIDDEN
        and rule.weight == "decisive"
        and rule.match in ("line", "search")
        and rule.where != "paragraph_end"
    )


def chrome_in(text: str) -> Iterator[Fault]:
    """Yield for each line of ``text`` the first forbidden rule that matches it."""
    for line in text.splitlines():
        if not CODE.isdisjoint(line):
            continue
        folded = fold(normalise(line))
        size = units(folded)
        for rule in forbidden_rules():
            if size <= rule.max_units and compiled(rule).search(folded):
                yield rule.label, f"{rule.id}: {line[:100]}"
                break


@lru_cache(maxsize=1)
def referee_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns of the shared fact base for the forbidden labels."""
    licences = runpy.run_path(str(SHARED / "licence_patterns.py"))["RX"]
    lines = runpy.run_path(str(SHARED / "line_rules.py"))["RULES"]
    found = [("licence*", re.compile(licence)) for licence in licences.values()]
    return (*found, ("share*", lines["share_bar"]), ("breadcrumb*", lines["breadcrumb"]))


def referee_hits(text: str) -> Iterator[Fault]:
    """Yield for each line of ``text`` the labels that the shared patterns give it."""
    for line in text.splitlines():
        for label in dict.fromkeys(label for label, pattern in referee_patterns() if pattern.search(line)):
            yield label, line[:100]


def faults_of(clean: Clean, page: Page, flattening: str) -> list[Fault]:
    """Return the faults of one page."""
    try:
        article = clean(page.texts[flattening])
    except Exception as error:
        return [("crash", f"{type(error).__name__}: {error}")]
    assert isinstance(article, Article)
    faults = [("ledger", fault) for fault in ledger_faults(article)[:1]]
    text = "\n".join(paragraph.text for paragraph in article.paragraphs if paragraph.kind != "code")
    faults += [*chrome_in(text), *referee_hits(text)]
    if page.kind == "list" and article.is_article:
        faults.append(("list", f"{article.title}: {article.text[:60]!r}"))
    return faults


def count_faults(clean: Clean, *, limit: int | None = None, verbose: bool = False) -> Counts:
    """Return the number of faults by set and flattening; print each as it is met if ``verbose``."""
    counts: Counts = {}
    for name in SETS:
        for flattening in FLATTENINGS:
            row = counts[name, flattening] = Counter()
            for page in load_pages(name, limit=limit):
                for fault, where in faults_of(clean, page, flattening):
                    row[fault] += 1
                    if verbose:
                        print(f"{fault} {name} {flattening} {page.id}: {where}")
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.decisive", description=__doc__)
    parser.add_argument("--limit", type=int, help="this many pages of each set, spread evenly")
    parser.add_argument("--quiet", action="store_true", help="print the table only")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    from cleanpage import clean_page

    counts = count_faults(clean_page, limit=options.limit, verbose=not options.quiet)
    columns = (*FAULTS, *REFEREE)
    print(f"{'set':14} {'flattening':12}" + "".join(f"{fault:>12}" for fault in columns))
    for (name, flattening), row in counts.items():
        print(f"{name:14} {flattening:12}" + "".join(f"{row[fault]:>12}" for fault in columns))
    return 1 if any(row[fault] for row in counts.values() for fault in FAULTS) else 0


if __name__ == "__main__":
    sys.exit(main())
