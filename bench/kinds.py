"""What kind of input the labelled pages are taken for: ``python -m bench.kinds``.

Prints a line for each set and input: how many inputs are called HTML, Markdown, escaped once too often, no
text, or decoded with the wrong encoding.
"""

from __future__ import annotations

import sys

from bench.data import ABSENT, INPUTS, load_pages, present, set_names
from bench.report import print_columns
from cleanpage.load.escapes import undo_escapes
from cleanpage.load.input_kind import is_html
from cleanpage.load.markdown_text import is_markdown
from cleanpage.load.mojibake import repaired
from cleanpage.load.not_text import not_text


def kinds_of(raw: str) -> tuple[bool, ...]:
    """Return whether a text is called HTML, Markdown, escaped, no text, misread."""
    html = is_html(raw)
    markdown = not html and is_markdown(raw)
    return html, markdown, bool(undo_escapes(raw)[1]), not_text(raw) is not None, repaired(raw)[1] is not None


def main() -> int:
    """Run the command; return its exit status."""
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    rows = []
    for name in set_names():
        pages = load_pages(name, html=True)
        for way in INPUTS:
            counts = map(sum, zip(*(kinds_of(page.raw(way)) for page in pages), strict=True))
            rows.append((name, way, str(len(pages)), *map(str, counts)))
    print_columns(("set", "input", "pages", "HTML", "Markdown", "escaped", "no text", "misread"), rows, words=2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
