"""What the body stage has learned: which lines are the article's, what kind of page it is, and whether it is right."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from cleanpage.body.forest import Forest, read_forests
from cleanpage.body.network import Network, read_network
from cleanpage.body.page_tokens import KindWeights
from cleanpage.body.window_features import TokenWeights, Weights, column
from cleanpage.model import PageKind
from cleanpage.values import frozen


class Files(NamedTuple):
    """The names of a model's files."""

    lines: str
    """The forests that judge lines."""
    page: str
    """What judges pages."""
    network: str | None = None
    """The network that judges lines in their order."""


FILES = {
    "text": Files("text_weights.bin", "text_page_weights.bin", "text_network.bin"),
    "html": Files("html_weights.bin", "html_page_weights.bin"),
}
"""The files of each kind of source, beside this one. For HTML a network brought no set .003 without costing another as
much: on two folds of unseen sites listings +.027, services +.015, but Chinese articles -.004, Russian ones -.005."""


@frozen
class LineModel:
    """What judges lines: forests (``training/fit_body.py``), for text a network too (``training/fit_network.py``)."""

    columns: tuple[str, ...]
    """Of the second forest's rows; the first knows the first of them."""
    first: Forest
    """From a row of ``text_features.NAMES`` followed by ``token_weights.SAID``, for HTML by ``dom_features.DOM``."""
    second: Forest
    """From the same row followed by ``stacking.COMPANY``, for HTML and by ``dom_features.DOM_COMPANY``."""
    tokens: Weights
    """What words say (``token_weights``), for HTML what names of elements say (``class_name_weights``)."""
    network: Network | None
    """From the same columns as the first forest; None for HTML."""


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
def shipped_models(kind: str) -> Model:
    """Return the model that comes with the package for pages of a kind (``Source.kind``)."""
    files, folder = FILES[kind], Path(__file__).parent
    network = folder / files.network if files.network else None
    return Model(read_lines(folder / files.lines, network), read_page_model(folder / files.page))


def read_lines(forests_path: Path, network_path: Path | None = None) -> LineModel:
    """Return the model of lines in the file of its forests and that of its network."""
    head, forests = read_forests(forests_path)
    network = read_network(network_path) if network_path else None
    return LineModel(tuple(head["columns"]), forests["first"], forests["second"], TokenWeights(head["tokens"]), network)


def read_page_model(path: Path) -> PageModel:
    """Return the model of pages in a file."""
    head, forests = read_forests(path)
    tokens = {token: column(weights) for token, weights in head["tokens"].items()}
    return PageModel({kind: forests[kind] for kind in head["kinds"]}, forests["right"], tokens)
