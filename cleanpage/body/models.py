"""What the body stage has learned: which lines are the article's, what kind of page it is, and whether it is right."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cleanpage.body.forest import Forest, read_forests
from cleanpage.body.page_tokens import KindWeights
from cleanpage.body.window_features import TokenWeights, Weights
from cleanpage.model import PageKind
from cleanpage.values import frozen

FILES = {"text": ("text_weights.bin", "text_page_weights.bin"), "html": ("html_weights.bin", "html_page_weights.bin")}
"""The models of lines and of pages for each kind of source, beside this file."""


@frozen
class LineModel:
    """The forests that judge lines (``training/fit_body.py``)."""

    columns: tuple[str, ...]
    """Of the second forest's rows; the first knows the first of them."""
    first: Forest
    """From a row of ``text_features.NAMES`` followed by ``token_weights.SAID``, for HTML by ``dom_features.DOM``."""
    second: Forest
    """From the same row followed by ``stacking.COMPANY``, for HTML and by ``dom_features.DOM_COMPANY``."""
    tokens: Weights
    """What words say (``token_weights``), for HTML what names of elements say (``class_name_weights``)."""


@frozen
class PageModel:
    """The forests that judge pages (``training/fit_page.py``)."""

    kinds: dict[PageKind, Forest]
    """For each kind of page, from a row of ``page_kind.PAGE``."""
    right: Forest
    """Whether the text is right (F1 of .9), from a row of ``page_kind.PAGE``."""
    tokens: KindWeights
    """What words, names and the address say of the kind (``page_tokens``)."""


@frozen
class Model:
    """All that is learned for a kind of source."""

    lines: LineModel
    page: PageModel


@cache
def shipped(kind: str) -> Model:
    """Return the model that comes with the package for pages of a kind (``Source.kind``)."""
    lines, page = (Path(__file__).with_name(name) for name in FILES[kind])
    return Model(read_lines(lines), read_page(page))


def read_lines(path: Path) -> LineModel:
    """Return the model of lines in a file."""
    head, forests = read_forests(path)
    tokens = TokenWeights(head["tokens"])
    return LineModel(tuple(head["columns"]), forests["first"], forests["second"], tokens)


def read_page(path: Path) -> PageModel:
    """Return the model of pages in a file."""
    head, forests = read_forests(path)
    return PageModel({kind: forests[kind] for kind in head["kinds"]}, forests["right"], head["tokens"])
