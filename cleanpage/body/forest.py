"""Forests of decision trees, as ``training`` learns them: flat arrays in a file, and their sums over rows.

The sum of the leaves that a row comes to is its log-odds. A file is a line of JSON (the names of the columns, what
tokens say, the sizes of the forests), then the arrays of each forest, little-endian, see ``Forest``.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from math import exp
from pathlib import Path
from typing import Any

from cleanpage._native import twin
from cleanpage.body.window_features import Column

Tree = list[Any] | float
"""``[column name, threshold, left, right]``: left where the value is at most the threshold; a number is a leaf."""
LEAF_NODE = -1  # for the column of a node that has none below it
PARTS = ("columns", "values", "after", "roots")
COLUMN_TYPES = {"columns": "i", "values": "d", "after": "i", "roots": "i"}
"""The arrays of a forest in the order of the file: C ints of four bytes and doubles."""


@dataclass(slots=True, eq=False, repr=False)
class Forest:
    """Decision trees as flat arrays, the nodes of a tree from its root down, left before right.

    The child on the left of a node stands right behind it.
    """

    columns: array[int]
    """For each node the column of the row that it asks, ``LEAF_NODE`` for a leaf."""
    values: array[float]
    """For each node its threshold: left up to it; of a leaf what it adds to the sum."""
    after: array[int]
    """For each node the child on its right."""
    roots: array[int]
    """The first node of each tree."""
    prepared: Any = None
    """What computes its sums, made when it is first needed: a Python function, or what the kernel has made of it."""

    def score(self, row: Sequence[float]) -> float:
        """Return the log-odds of one row."""
        return row_score(self, row)


def read_forests(path: Path) -> tuple[dict[str, Any], dict[str, Forest]]:
    """Return the head and the forests of a file that ``write_forests`` wrote."""
    head, _, rest = path.read_bytes().partition(b"\n")
    data = json.loads(head)
    forests: dict[str, Forest] = {}
    at = 0
    for name, nodes, trees in data["forests"]:
        parts: dict[str, Any] = {}
        for part in PARTS:
            numbers = array(COLUMN_TYPES[part])
            end = at + numbers.itemsize * (trees if part == "roots" else nodes)
            numbers.frombytes(rest[at:end])
            if sys.byteorder == "big":
                numbers.byteswap()
            parts[part], at = numbers, end
        forests[name] = Forest(**parts)
    return data, forests


def write_forests(path: Path, head: Mapping[str, Any], forests: Mapping[str, Forest]) -> None:
    """Write forests into a file, and a head of JSON values with them."""
    sizes = [(name, len(forest.columns), len(forest.roots)) for name, forest in forests.items()]
    text = json.dumps({**head, "forests": sizes}, ensure_ascii=False, separators=(",", ":"))
    arrays = [array(COLUMN_TYPES[part], getattr(forest, part)) for forest in forests.values() for part in PARTS]
    if sys.byteorder == "big":
        for numbers in arrays:
            numbers.byteswap()
    path.write_bytes(b"".join([text.encode(), b"\n", *(numbers.tobytes() for numbers in arrays)]))


def forest_of(trees: Sequence[Tree], names: Sequence[str]) -> Forest:
    """Return trees as arrays; ``names`` are the columns of a row.

    Raises ValueError for a column that is not among them, or a threshold or leaf that is no number.
    """
    forest = Forest(array("i"), array("d"), array("i"), array("i"))
    for tree in trees:
        forest.roots.append(len(forest.columns))
        _add_node(forest, tree, list(names))
    return forest


def _add_node(forest: Forest, tree: Tree, names: list[str]) -> None:
    at = len(forest.columns)
    forest.after.append(0)
    if not isinstance(tree, list):
        forest.columns.append(LEAF_NODE)
        forest.values.append(float(tree))
        return
    name, threshold, left, right = tree
    forest.columns.append(names.index(name))
    forest.values.append(float(threshold))
    _add_node(forest, left, names)
    forest.after[at] = len(forest.columns)
    _add_node(forest, right, names)


@twin("forest")
def scores(forest: Forest, columns: Sequence[Column], asked: bytes) -> Column:
    """Return for each line the sum of the leaves that it comes to; 0 where ``asked`` is zero.

    There may be more columns than the forest knows, and they may be longer than ``asked``. Raises ValueError for fewer
    or shorter ones.
    """
    n = len(asked)
    if max(forest.columns, default=LEAF_NODE) >= len(columns) or any(len(column) < n for column in columns):
        raise ValueError("the columns are fewer or shorter than the forest needs")
    score = forest.prepared = forest.prepared or _function(forest)
    sums = array("d", bytes(8 * n))
    before: tuple[tuple[float, ...], float] = (), 0.0  # lines of a long list have equal rows
    for i, row in enumerate(islice(zip(*columns, strict=False), n) if columns else repeat((), n)):
        if asked[i]:
            if row != before[0]:
                before = row, score(row)
            sums[i] = before[1]
    return sums


@twin("forest")
def row_score(forest: Forest, row: Sequence[float]) -> float:
    """Return the sum of the leaves that one row comes to, which may have more values than the forest knows."""
    return scores(forest, [array("d", (value,)) for value in row], b"\1")[0]


def _function(forest: Forest) -> Callable[[Sequence[float]], float]:
    """Return a forest as one Python function of nested conditional expressions, five times as fast as a walk."""
    used = sorted({*forest.columns} - {LEAF_NODE})
    lines = ["def score(row):", *(f"    c{column} = row[{column}]" for column in used), "    total = 0.0"]
    lines += [f"    total += {_expression(forest, root)}" for root in forest.roots]
    space: dict[str, Any] = {}
    exec("\n".join([*lines, "    return total"]), space)  # numbers of the arrays, nothing else
    function: Callable[[Sequence[float]], float] = space["score"]
    return function


def _expression(forest: Forest, at: int) -> str:
    column, value = forest.columns[at], forest.values[at]
    if column == LEAF_NODE:
        return repr(value)
    left, right = _expression(forest, at + 1), _expression(forest, forest.after[at])
    return f"({left} if c{column} <= {value!r} else {right})"


def chance(odds: float) -> float:
    """Return the probability of log-odds."""
    return 1.0 / (1.0 + exp(-odds)) if odds > -30.0 else 0.0
