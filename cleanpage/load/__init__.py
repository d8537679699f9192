"""Loaders: what was given becomes text (``read_page``), text or HTML becomes blocks (``load_page``).

What bytes and HTML need is imported when the first of them comes: a sixth of ``import cleanpage``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleanpage.draft import Draft, Source
from cleanpage.errors import CleanpageError
from cleanpage.load.columns import WARNING as COLUMNS
from cleanpage.load.columns import columns_apart
from cleanpage.load.escapes import undo_escapes
from cleanpage.load.hidden_body import JSON_WARNING as UNSEEN
from cleanpage.load.input_kind import is_html
from cleanpage.load.json_page import json_as_html
from cleanpage.load.markdown_text import is_markdown, markdown_as_html
from cleanpage.load.mistaken import mistaken_for_page, type_problem
from cleanpage.load.mojibake import MOJIBAKE_WARNING as MISREAD
from cleanpage.load.mojibake import repaired
from cleanpage.load.text import load_text

if TYPE_CHECKING:
    from cleanpage.config import Config
    from cleanpage.load.decode import Decoded


class PageText(NamedTuple):
    """A page as text, as HTML, or as Markdown."""

    text: str
    is_html: bool
    encoding: str | None
    """For bytes: how they were read."""
    warnings: tuple[str, ...]
    is_markdown: bool = False
    """Whether the text is Markdown, which ``load_page`` makes HTML of."""


def read_page(raw: str | bytes, kind: str | None, encoding: str | None) -> PageText:
    """Return what was given as text, and whether it is HTML; raise CleanpageError for a value that is no page.

    ``kind`` and ``encoding`` are those of ``clean_page``. JSON that holds one article comes back as HTML.
    """
    if not isinstance(raw, str | bytes):
        raise CleanpageError(type_problem(raw))
    written, encoding, warnings = _decoded(raw, encoding) if isinstance(raw, bytes) else (raw, None, ())
    text, misread = repaired(written)
    if misread:
        warnings += (MISREAD.format(misread),)
    if warning := mistaken_for_page(text):
        warnings += (warning,)
    if kind == "html":
        return PageText(text, True, encoding, warnings)
    if kind == "text":
        return _text(text, encoding, warnings)
    if held := json_as_html(text):
        return PageText(held, True, encoding, (*warnings, UNSEEN))
    text, more = undo_escapes(text)
    if is_html(text):
        return PageText(text, True, encoding, (*warnings, *more))
    if is_markdown(text):
        return PageText(text, False, encoding, (*warnings, *more), is_markdown=True)
    return _text(text, encoding, (*warnings, *more))


def _text(text: str, encoding: str | None, warnings: tuple[str, ...]) -> PageText:
    """Return flattened text, its columns one by one."""
    apart = columns_apart(text)
    return PageText(apart, False, encoding, warnings if apart is text else (*warnings, COLUMNS))


def _decoded(raw: bytes, encoding: str | None) -> Decoded:
    from cleanpage.load.decode import decode

    return decode(raw, encoding)


def load_page(page: PageText, config: Config, url: str | None) -> Draft:
    """Return the page as blocks."""
    if page.is_html or page.is_markdown:
        from cleanpage.load.html import load_html

        text = markdown_as_html(page.text) if page.is_markdown else page.text
        html = load_html(text, markdown=page.is_markdown, most=config.max_blocks)
        kind = "text" if page.is_markdown else "html"  # it has no elements that a model of HTML could go by
        source = Source(html.text, kind, url, page.encoding, html.meta, (*page.warnings, *html.warnings))
        return Draft(source, html.blocks, config)
    source = Source(page.text, "text", url, page.encoding, warnings=page.warnings)
    return Draft(source, load_text(page.text, most=config.max_blocks), config)
