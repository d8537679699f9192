"""Count the duplicates that lead to no kept text: ``python -m bench.kept_copies [SET ...] [--limit N]``.

Every page of the sets is cleaned as each of its inputs. ``duplicate_of`` of what went as a copy must be a span all of
whose words stand in ``text``. Prints a line for each set and input; exit status 1 if there is such a duplicate.
"""

from __future__ import annotations

import argparse
import sys

from bench.data import ABSENT, INPUTS, load_pages, present, set_names
from bench.ledger import copies_of_nothing
from cleanpage import clean_page


def main() -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", metavar="SET")
    parser.add_argument("--limit", type=int, metavar="N", help="pages of each set, spread evenly")
    options = parser.parse_args()
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    total = 0
    print(f"{'':28} pages  duplicates  of nothing")
    for name in options.sets or set_names():
        pages = load_pages(name, html=True, limit=options.limit)
        for way in INPUTS:
            duplicates = wrong = 0
            for page in pages:
                article = clean_page(page.raw(way), kind="html" if way == "html" else "text")
                duplicates += sum(removed.duplicate_of is not None for removed in article.removed)
                for fault in copies_of_nothing(article):
                    wrong += 1
                    print(f"  {page.id} {way}: {fault}")
            print(f"{name + ' ' + way:28}{len(pages):6d}{duplicates:12d}{wrong:12d}", flush=True)
            total += wrong
    print(f"{total} duplicates of nothing")
    return int(total > 0)


if __name__ == "__main__":
    sys.exit(main())
