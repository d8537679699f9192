"""Give a page the JSON-LD of schema.org that it lacks: ``python examples/schema_org.py [FILE]``."""

import sys
from pathlib import Path

from cleanpage import clean_page
from cleanpage.export.schema_org import to_schema_org


def json_ld_element(raw: bytes, url: str | None = None) -> str:
    """Return a script element for the head of the page; ``to_schema_org`` lets nothing close it early."""
    return f'<script type="application/ld+json">\n{to_schema_org(clean_page(raw, url=url))}</script>'


if __name__ == "__main__":
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "pages" / "market.html"
    print(json_ld_element(page.read_bytes()))
