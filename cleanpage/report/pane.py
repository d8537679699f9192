"""The article as the report shows it: set as ``to_html`` sets it, each paragraph with the block that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from cleanpage.export.html import BodyWriter
from cleanpage.model import Article, Image, Paragraph
from cleanpage.report.shown import MAX_SHOWN, shown_markup

_LEADS = ("http:", "https:", "mailto:")
"""What a link in the report may lead to: a relative address leads from the file of the report to nowhere."""


class Pane(BodyWriter):
    """Writes the body for the report: it fetches nothing, and what cannot be seen is marked."""

    def __init__(self, article: Article, blocks: Sequence[int]) -> None:
        """Take the article and for each paragraph the number of its first block."""
        super().__init__(article)
        self._number = {id(paragraph): i for i, paragraph in enumerate(article.paragraphs)}
        self._blocks = blocks

    def text(self, text: str) -> str:
        """Return text of the page, escaped, with marks for what cannot be seen."""
        return str(shown_markup(text))

    def tag(self, name: str, paragraph: Paragraph) -> str:
        """Return the tag that opens a paragraph, with its number."""
        return f'<{name} class="paragraph {paragraph.kind}" id="p{self._number[id(paragraph)]}" dir="auto">'

    def head(self, paragraph: Paragraph) -> str:
        """Return the link to the block that a paragraph comes from."""
        block = self._blocks[self._number[id(paragraph)]]
        return f'<a href="#b{block}" class="from" lang="en" aria-label="from block {block + 1}">{block + 1}</a>'

    def tail(self, paragraph: Paragraph) -> str:
        """Return how often a paragraph stands on the page, if more than once."""
        return f'<span class="copies" lang="en">×{len(paragraph.copies) + 1}</span>' if paragraph.copies else ""

    def heading(self, level: int) -> str:
        """Return the element of a heading: the title of the article is an ``h3`` here."""
        return f"h{min(6, level + 2)}"

    def link(self, url: str, inside: str) -> str:
        """Return a link to the web; other addresses are shown as a tip."""
        if url.strip().lower().startswith(_LEADS):
            return f'<a class="out" href="{escape(url)}" target="_blank" rel="noopener noreferrer">{inside}</a>'
        return f'<span class="out" title="{escape(url)}">{inside}</span>'

    def picture(self, image: Image) -> Iterator[str]:
        """Yield a frame that names the picture: it is not fetched."""
        said = image.caption or image.text
        caption = f"<figcaption>{self.text(said)}</figcaption>" if said else ""
        address = self.link(image.url, self.text(image.url))
        yield f'<figure class="picture"><p><span lang="en">Picture</span> {address}</p>{caption}</figure>'

    def words(self, paragraph: Paragraph, skipped: int = 0) -> str:
        """Return a paragraph with its links and marks; a very long one is cut and has none."""
        if len(paragraph.text) > MAX_SHOWN:
            return self.text(paragraph.text[skipped:])
        return super().words(paragraph, skipped)
