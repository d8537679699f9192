"""Scores clean_page on 200 short notices, bodies of one to three sentences: ``python -m bench.notices --help``.

The notices are made from the labelled pages, always the same: every other one in its own chrome, the rest in the
chrome of another site of the same fold. Most are Chinese; all flattenings of ``augment`` take part. With ``--html``
they are HTML pages whose body is cut short, each in its own chrome.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from random import Random

from bench.data import ABSENT, Page, fold_of, load_pages, present, without_title
from bench.held_out import by_fold
from bench.score import Score, lines_apart, mean, score, shingles
from cleanpage import clean_page
from training.augment import Sample, any_flattening, find_body, in_chrome, in_other_chrome, news, shorten
from training.augment_html import shortened

COUNTS = {"zh": 120, "en": 32, "ru": 16, "el": 16, "pl": 16}
"""Notices of each language."""
SETS = {
    "zh": ("waddle-zh", "magic-dev", "govcn"),
    "en": ("waddle-en",),
    "ru": ("waddle-ru",),
    "el": ("waddle-el",),
    "pl": ("waddle-pl",),
}


@lru_cache(maxsize=2)
def load_notices(*, html: bool = False) -> tuple[Sample, ...]:
    """Return the notices, by language."""
    return tuple(notice for lang, count in COUNTS.items() for notice in _first(_notices(lang, html=html), count))


def _first(notices: Iterator[Sample], count: int) -> list[Sample]:
    found = [notice for notice, _ in zip(notices, range(count), strict=False)]
    if len(found) < count:
        raise ValueError(f"the pages yield only {len(found)} of {count} notices; are all sets there?")
    return found


def _notices(lang: str, *, html: bool) -> Iterator[Sample]:
    """Yield notices from the pages of a language in an order that is random but fixed."""
    pages = news(chain.from_iterable(load_pages(name, html=True) for name in SETS[lang]))
    pages = [page for page in pages if page.lang == lang]
    for at, page in enumerate(Random(lang).sample(pages, len(pages))):
        hosts = [host for host in pages if host.fold == page.fold] if at % 2 else ()
        rng = Random(f"notice {page.id}")
        yield from _html_notice(page, rng) if html else _notice(page, hosts, rng)


def _html_notice(page: Page, rng: Random) -> list[Sample]:
    """Return the page as HTML with its body cut short, nothing if that cannot be done for certain."""
    made = shortened(page.html, without_title(page), rng)
    own = (page.site,)
    return [Sample(*made, page.title, False, page.lang, page.kind, page.site, own, "shortened/html")] if made else []


def _notice(page: Page, hosts: Sequence[Page], rng: Random) -> list[Sample]:
    """Return the notice of ``page``, in the chrome of one of ``hosts`` or, without any, in its own; nothing if none."""
    way = any_flattening(page, rng)
    found = find_body(page, way)
    guest = shorten(page, found, rng, notice=True) if found else None
    if guest is None:
        return []
    if hosts:
        return in_other_chrome(guest, hosts, way, rng)
    own = in_chrome(guest, page, way, "shortened")
    return [own] if own else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.notices", description=__doc__)
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N worst notices")
    parser.add_argument("--html", action="store_true", help="HTML pages")
    parser.add_argument("--held-out", type=Path, metavar="DIR", help="each site by the weights that have not seen it")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    clean = by_fold(options.held_out) if options.held_out else lambda _, raw: clean_page(raw)
    rows = [(notice, clean(fold_of(notice.site), notice.raw).text) for notice in load_notices(html=options.html)]
    scored = [(score(text, notice.body), notice, text) for notice, text in rows]
    _print_means(scored)
    for got, notice, text in sorted(scored, key=lambda row: row[0].f1)[: options.worst]:
        print(f"\n{notice.made} {notice.lang} {' < '.join(notice.sites)}  {notice.title}")
        print(f"  P {got.precision:.3f}  R {got.recall:.3f}  F1 {got.f1:.3f}")
        print("  label:  ", notice.body[:300])
        print("  missing:", " ⏎ ".join(lines_apart(notice.body, shingles(text)))[:300])
        print("  extra:  ", " ⏎ ".join(lines_apart(text, shingles(notice.body)))[:300])
    return 0


def _print_means(scored: Sequence[tuple[Score, Sample, str]]) -> None:
    """Print the mean over all notices, and over those of each language, chrome and flattening."""
    for part in range(4):
        groups: dict[str, list[Score]] = {}
        for got, notice, _ in scored:
            name = ("all", notice.lang, *notice.made.split("/"))[part]
            groups.setdefault(name, []).append(got)
        for name, members in sorted(groups.items(), key=lambda group: -len(group[1])):
            got = mean(members)
            print(f"{name:18} {len(members):4}  P {got.precision:.3f}  R {got.recall:.3f}  F1 {got.f1:.3f}")


if __name__ == "__main__":
    sys.exit(main())
