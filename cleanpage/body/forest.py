"""Forests of decision trees, as learned by ``training/fit_body.py``: read from data and run in plain Python.

A tree is nested lists ``[column, threshold, left, right]``: left where the value is at most the threshold; a number is
a leaf. The sum of the leaves is the log-odds. Each forest is turned into one Python function of nested conditional
expressions when it is first used, which is about five times as fast as walking the lists.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any, NamedTuple

from cleanpage.body.window_features import Weights
from cleanpage.model import PageKind

Tree = list[Any] | float
"""``[column name, threshold, left, right]`` or a leaf."""
FILES = {"text": "text_weights.json", "html": "html_weights.json"}
"""The model of each kind of source, beside this file."""
Score = Callable[[Sequence[float]], float]
"""From a row to log-odds."""


@dataclass(frozen=True, slots=True)
class Model:
    """The forests of the body stage, ready to run, and the numbers that go with them."""

    first: Score
    """From a row of ``text_features.NAMES`` followed by ``token_weights.SAID``, for HTML by ``dom_features.DOM``."""
    second: Score
    """From the same row followed by ``stacking.COMPANY``, for HTML and by ``dom_features.DOM_COMPANY``."""
    kinds: dict[PageKind, Score]
    """For each kind of page, from a row of ``page_kind.PAGE``."""
    right: Score
    """Whether the chosen body is right (F1 of .9), from a row of ``page_kind.PAGE``."""
    tokens: Weights
    """What words say (``token_weights``), for HTML what names of elements say (``class_name_weights``)."""


class Trees(NamedTuple):
    """The second forest as data: what gave each line its probability."""

    columns: tuple[str, ...]
    """The features of a row, in order."""
    trees: list[Tree]


@cache
def shipped(kind: str) -> Model:
    """Return the model that comes with the package for pages of a kind (``Source.kind``)."""
    return _model(_shipped_text(kind))


@cache
def trees_of(kind: str) -> Trees:
    """Return the second forest of the shipped model; nothing but attribution needs it, so it is read apart."""
    data = json.loads(_shipped_text(kind))
    return Trees(tuple(data["columns"]), data["second"])


def _shipped_text(kind: str) -> str:
    return Path(__file__).with_name(FILES[kind]).read_text(encoding="utf-8")


def read_model(path: Path) -> Model:
    """Return the model in a file that ``training/fit_body.py`` wrote."""
    return _model(path.read_text(encoding="utf-8"))


def _model(text: str) -> Model:
    data = json.loads(text)
    names, pages = data["columns"], data["page_columns"]
    kinds = {kind: compiled(trees, pages) for kind, trees in data["kinds"].items()}
    first, second = compiled(data["first"], names), compiled(data["second"], names)
    return Model(first, second, kinds, compiled(data["right"], pages), data["tokens"])


def compiled(trees: Sequence[Tree], names: Sequence[str]) -> Score:
    """Return the function that sums the trees over a row whose columns are ``names``, or begin with them.

    Raises ValueError for a column that is not among them, or a threshold or leaf that is no number.
    """
    used = sorted({name for tree in trees for name in _columns(tree)}, key=list(names).index)
    local = {name: f"c{names.index(name)}" for name in used}
    lines = ["def score(row):"]
    lines += [f"    {variable} = row[{variable[1:]}]" for variable in local.values()]
    lines += ["    total = 0.0"]
    lines += [f"    total += {_expression(tree, local)}" for tree in trees]
    lines += ["    return total"]
    space: dict[str, Any] = {}
    exec("\n".join(lines), space)  # numbers and our own column names, nothing else: _expression sees to it
    score: Score = space["score"]
    return score


def _columns(tree: Tree) -> list[str]:
    if not isinstance(tree, list):
        return []
    return [tree[0], *_columns(tree[2]), *_columns(tree[3])]


def _expression(tree: Tree, local: dict[str, str]) -> str:
    if not isinstance(tree, list):
        return repr(float(tree))
    name, threshold, left, right = tree
    return f"({_expression(left, local)} if {local[name]} <= {float(threshold)!r} else {_expression(right, local)})"


def chance(odds: float) -> float:
    """Return the probability of log-odds."""
    return 1.0 / (1.0 + exp(-odds)) if odds > -30.0 else 0.0
