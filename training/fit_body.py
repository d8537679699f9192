"""Learns the body stage's forests: ``python -m training.fit_body`` writes cleanpage/body/text_weights.bin.

With ``--input html`` those for HTML, html_weights.bin. What pages are, and how sure a body is, ``training.fit_page``
learns afterwards.

Two forests of gradient-boosted trees (LightGBM; pip install -e ".[train]"). The first judges each line by its features,
the second knows besides what the first thinks of the lines around; it learns from what the first says of sites
that it has not seen. ``--folds DIR`` also writes text0.bin to text4.bin (html0.bin …), each learned without its
fold's sites, for ``python -m bench.pages --held-out DIR``. The same tree and pages give the same file, byte for
byte.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

import cleanpage.body
from bench.data import ABSENT, FOLDS, present
from cleanpage.body.dom_features import DOM_COMPANY, dom_company
from cleanpage.body.element_tree import Elements
from cleanpage.body.forest import Forest, Tree, forest_of, write_forests
from cleanpage.body.models import FILES
from cleanpage.body.stacking import COMPANY, company
from cleanpage.body.stage import UNSURE
from cleanpage.body.window_features import Weights, column
from training.feature_digest import line_digest
from training.fit_tokens import fit_tokens, with_tokens
from training.learning import FIRST_COLUMNS, Rows, html_tasks, learn_from, tasks

OUT = Path(cleanpage.body.__file__).parent
SECOND_COLUMNS = {
    "text": (*FIRST_COLUMNS["text"], *COMPANY),
    "html": (*FIRST_COLUMNS["html"], *COMPANY, *DOM_COMPANY),
}
COMMON = {
    "objective": "binary", "max_bin": 63, "min_data_in_leaf": 40, "lambda_l2": 5.0, "feature_fraction": 0.4,
    "bagging_fraction": 0.6, "bagging_freq": 1, "max_depth": 8, "seed": 1, "deterministic": True,
    "force_row_wise": True, "num_threads": 2, "verbose": -1,
}  # fmt: skip
FIRST = {**COMMON, "num_leaves": 20, "learning_rate": 0.15}
SECOND = {**COMMON, "num_leaves": 28, "learning_rate": 0.1}
FIRST_TREES, SECOND_TREES = 90, 120
DIGITS = 4
"""Digits of the numbers in the file."""


@dataclass(frozen=True, slots=True)
class Learned:
    """All that goes into a model file."""

    columns: Sequence[str]
    """Of the second forest; the first knows the first of them."""
    first: lightgbm.Booster
    second: lightgbm.Booster
    tokens: Weights
    """What words say, for HTML what names of elements say."""
    features: str
    """The digest of the columns."""


def fit(
    pages: Sequence[Rows], values: Sequence[np.ndarray], names: Sequence[str], params: dict[str, Any], trees: int
) -> lightgbm.Booster:
    """Return the forest that tells the body's lines from the others."""
    rows = np.concatenate(values)
    data = lightgbm.Dataset(
        rows, np.concatenate([page.is_body for page in pages]), feature_name=list(names),
        weight=np.concatenate([page.weights() for page in pages]),
    )  # fmt: skip
    return lightgbm.train(params, data, trees)


def first_of(pages: Sequence[Rows]) -> lightgbm.Booster:
    """Return the first forest."""
    names = FIRST_COLUMNS[pages[0].task.source]
    return fit(pages, [page.values for page in pages], names, FIRST, FIRST_TREES)


def stacked(page: Rows, odds: np.ndarray) -> np.ndarray:
    """Return the second forest's rows of a page, given what the first says of its undecided lines."""
    whole, chances = np.full(len(page.units), UNSURE), np.zeros(len(page.units))
    whole[page.places] = odds
    chances[page.places] = 1.0 / (1.0 + np.exp(-odds))
    columns = company(column(whole), column(chances), column(page.units))
    if page.doms:
        columns += dom_company(Elements(page.doms), column(chances), column(page.units))
    return np.concatenate([page.values, np.array(columns, dtype=np.float32).T[page.places]], axis=1)


def on_unseen(pages: Sequence[Rows], first: Callable[[int], lightgbm.Booster]) -> list[np.ndarray]:
    """Return the second forest's rows of each page; ``first(fold)`` is the first forest that has not seen the fold."""
    values: list[np.ndarray] = [np.zeros(0)] * len(pages)
    for fold in sorted({page.task.fold for page in pages}):
        own = [i for i, page in enumerate(pages) if page.task.fold == fold]
        for i, odds in zip(own, _by_page(first(fold), [pages[i].values for i in own]), strict=True):
            values[i] = stacked(pages[i], odds)
    return values


def _by_page(forest: lightgbm.Booster, values: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return the log-odds of the lines of each page."""
    odds = forest.predict(np.concatenate(values), raw_score=True)
    return np.split(odds, np.cumsum([len(rows) for rows in values])[:-1])


def learn(pages: Sequence[Rows]) -> Learned:
    """Return what is learned from ``pages``.

    What one step learns from another is learned from what the other says of folds that it has not seen.
    """
    folds = sorted({page.task.fold for page in pages})
    told = {fold: fit_tokens(without(pages, fold)) for fold in folds}
    tokens, pages = fit_tokens(pages), [with_tokens(page, told[page.task.fold]) for page in pages]
    values = on_unseen(pages, lambda fold: first_of(without(pages, fold)))
    source = pages[0].task.source
    columns = SECOND_COLUMNS[source]
    second = fit(pages, values, columns, SECOND, SECOND_TREES)
    return Learned(columns, first_of(pages), second, tokens, line_digest(source))


def without(pages: Iterable[Rows], *folds: int) -> list[Rows]:
    """Return the pages of all other folds."""
    return [page for page in pages if page.task.fold not in folds]


def as_arrays(forest: lightgbm.Booster, names: Sequence[str]) -> Forest:
    """Return a forest as flat arrays, see ``cleanpage.body.forest``."""
    model = forest.dump_model()
    return forest_of([_node(tree["tree_structure"], model["feature_names"]) for tree in model["tree_info"]], names)


def _node(node: dict[str, Any], names: Sequence[str]) -> Tree:
    if "leaf_value" in node:
        return round(node["leaf_value"], DIGITS)
    left, right = _node(node["left_child"], names), _node(node["right_child"], names)
    return [names[node["split_feature"]], float(f"{node['threshold']:.{DIGITS}g}"), left, right]


def write(path: Path, learned: Learned) -> None:
    """Write a model of lines."""
    head = {
        "about": "Written by python -m training.fit_body, for cleanpage/body/models.py.",
        "features": learned.features, "columns": [*learned.columns], "tokens": learned.tokens,
    }  # fmt: skip
    forests = {"first": as_arrays(learned.first, learned.columns), "second": as_arrays(learned.second, learned.columns)}
    write_forests(path, head, forests)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.fit_body", description=__doc__)
    parser.add_argument("--folds", type=Path, metavar="DIR", help="write the models of the folds as well")
    parser.add_argument("--ways", help="only these ways of making pages, comma-separated; '' for none")
    parser.add_argument("--input", choices=sorted(FILES), default="text", help="what is learned for")
    parser.add_argument("--rows", type=Path, metavar="FILE", help="keep the rows in FILE, or take them from it")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    start = time.time()
    ways = None if options.ways is None else [way for way in options.ways.split(",") if way]
    pages = rows_for(options.input, options.rows, ways)
    lines = sum(len(page.values) for page in pages)
    print(f"{len(pages)} pages, {lines} lines, {time.time() - start:.0f} s", flush=True)

    write(OUT / FILES[options.input].lines, learn(pages))
    if options.folds:
        options.folds.mkdir(parents=True, exist_ok=True)
        for fold in range(FOLDS):
            write(options.folds / f"{options.input}{fold}.bin", learn(without(pages, fold)))
    print(f"{time.time() - start:.0f} s")
    return 0


def rows_for(source: str, file: Path | None, ways: Sequence[str] | None = None) -> list[Rows]:
    """Return the rows to learn from, for text only those made in ``ways``; keep them in ``file``, or take them from it.
    """
    if file and file.is_file():
        rows: list[Rows] = pickle.loads(file.read_bytes())
        return rows
    pages = learn_from(html_tasks() if source == "html" else tasks(ways))
    if file:
        file.write_bytes(pickle.dumps(pages, protocol=5))
    return pages


if __name__ == "__main__":
    sys.exit(main())
