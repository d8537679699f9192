"""What the body stage has learned: which lines are the article's, what kind of page it is, and whether it is right."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from cleanpage.body.forest import Forest, read_forests
from cleanpage.body.network import Network, read_network
from cleanpage.body.page_tokens import KindWeights
from cleanpage.body.window_features import TokenWeights, Weights
from cleanpage.model import PageKind
from cleanpage.values import frozen


class Files(NamedTuple):
    """The names of a model's files."""

    lines: str
    """The forests that judge lines."""
    network: str
    """The network that judges lines in their order."""
    page: str
    """What judges pages."""


FILES = {
    kind: Files(f"{kind}_weights.bin", f"{kind}_network.bin", f"{kind}_page_weights.bin") for kind in ("text", "html")
}
"""The files of each kind of source, beside this one."""


@frozen
class LineModel:
    """What judges lines: forests (``training/fit_body.py``) and a network (``training/fit_network.py``)."""

    columns: tuple[str, ...]
    """Of the second forest's rows; the first knows the first of them."""
    first: Forest
    """From a row of ``text_features.NAMES`` followed by ``token_weights.SAID``, for HTML by ``dom_features.DOM``."""
    second: Forest
    """From the same row followed by ``stacking.COMPANY``, for HTML and by ``dom_features.DOM_COMPANY``."""
    tokens: Weights
    """What words say (``token_weights``), for HTML what names of elements say (``class_name_weights``)."""
    network: Network
    """From the same columns as the first forest."""


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
    lines, network, page = (Path(__file__).with_name(name) for name in FILES[kind])
    return Model(read_lines(lines, network), read_page(page))


def read_lines(forests_path: Path, network_path: Path) -> LineModel:
    """Return the model of lines in two files."""
    head, forests = read_forests(forests_path)
    tokens = TokenWeights(head["tokens"])
    return LineModel(tuple(head["columns"]), forests["first"], forests["second"], tokens, read_network(network_path))


def read_page(path: Path) -> PageModel:
    """Return the model of pages in a file."""
    head, forests = read_forests(path)
    return PageModel({kind: forests[kind] for kind in head["kinds"]}, forests["right"], head["tokens"])
