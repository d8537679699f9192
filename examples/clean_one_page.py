"""Clean one page and look at the ledger: ``python examples/clean_one_page.py [FILE]``."""

import sys
from pathlib import Path

from cleanpage import clean_page

path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("notice.txt")
article = clean_page(path.read_bytes().decode("utf-8"))

print(article.title)
print(article.published, article.source, "·", "、".join(article.authors), "· edited by", "、".join(article.editors))
print()
print(article.text)

print(f"\nThe body stood {article.body_copies_found} times on the page. What went, and why:")
for removed in article.removed:
    copied = f" = {removed.duplicate_of}" if removed.duplicate_of else ""
    print(f"  {removed.start:5}:{removed.end:<5} {removed.label:12} {removed.rule:24} {removed.text[:24]!r}{copied}")
