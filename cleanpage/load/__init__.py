"""Loaders: what was given becomes text (``read_page``), text or HTML becomes blocks (``load_page``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleanpage.draft import Draft, Source
from cleanpage.errors import CleanpageError
from cleanpage.load.decode import Decoded, decode
from cleanpage.load.escapes import undo_escapes
from cleanpage.load.hidden_body import WARNING as UNSEEN
from cleanpage.load.html import load_html
from cleanpage.load.input_kind import is_html
from cleanpage.load.json_page import json_as_html
from cleanpage.load.markdown_text import is_markdown, markdown_as_html
from cleanpage.load.mistaken import mistaken_for_page, type_problem
from cleanpage.load.mojibake import WARNING as MISREAD
from cleanpage.load.mojibake import repaired
from cleanpage.load.text import load_text

if TYPE_CHECKING:
    from cleanpage.config import Config


class PageText(NamedTuple):
    """A page as text, or as HTML."""

    text: str
    is_html: bool
    encoding: str | None
    """For bytes: how they were read."""
    warnings: tuple[str, ...]
    is_markdown: bool = False
    """Whether the HTML was made from Markdown."""


def read_page(raw: str | bytes, kind: str | None, encoding: str | None) -> PageText:
    """Return what was given as text, and whether it is HTML; raise CleanpageError for a value that is no page.

    ``kind`` and ``encoding`` are those of ``clean_page``. Markdown, and JSON that holds one article, come back as HTML.
    """
    if not isinstance(raw, str | bytes):
        raise CleanpageError(type_problem(raw))
    read = decode(raw, encoding) if isinstance(raw, bytes) else Decoded(raw, None, ())
    text, misread = repaired(read.text)
    warnings = (*read.warnings, MISREAD.format(misread)) if misread else read.warnings
    if warning := mistaken_for_page(text):
        warnings += (warning,)
    if kind is not None:
        return PageText(text, kind == "html", read.encoding, warnings)
    if held := json_as_html(text):
        return PageText(held, True, read.encoding, (*warnings, UNSEEN))
    text, more = undo_escapes(text)
    html = is_html(text)
    markdown = not html and is_markdown(text)
    text = markdown_as_html(text) if markdown else text
    return PageText(text, html or markdown, read.encoding, (*warnings, *more), markdown)


def load_page(page: PageText, config: Config, url: str | None) -> Draft:
    """Return the page as blocks."""
    if page.is_html:
        html = load_html(page.text, markdown=page.is_markdown, most=config.max_blocks)
        kind = "text" if page.is_markdown else "html"  # it has no elements that a model of HTML could go by
        source = Source(html.text, kind, url, page.encoding, html.meta, (*page.warnings, *html.warnings))
        return Draft(source, html.blocks, config)
    source = Source(page.text, "text", url, page.encoding, warnings=page.warnings)
    return Draft(source, load_text(page.text, most=config.max_blocks), config)
