"""Learns the body stage's forests: ``python -m training.fit_body`` writes cleanpage/body/text_weights.bin.

With ``--input html`` those for HTML, html_weights.bin.

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
from cleanpage.body.decoding import best_path, best_threshold, level_of
from cleanpage.body.dom_features import DOM_COMPANY, dom_company
from cleanpage.body.element_tree import Elements
from cleanpage.body.forest import FILES, Forest, Tree, forest_of, write_model
from cleanpage.body.page_kind import PAGE, body_form
from cleanpage.body.stacking import COMPANY, company
from cleanpage.body.stage import UNSURE
from cleanpage.body.window_features import Weights, column
from training.fit_tokens import fit_tokens, with_tokens
from training.learning import FIRST_COLUMNS, LABELLED, Rows, html_tasks, learn_from, tasks

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

KIND = {**COMMON, "num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 20, "feature_fraction": 0.6}
KIND_TREES = 20
KIND_OF = {"gov": "article"}
"""Kinds of the labels that have another name in ``PageKind``."""
MIXED = "mixed"
"""Kind of labelled pages whose kind nobody has noted."""
RIGHT = 0.9
"""A body is right whose F1, by the length of its lines, is at least this."""
RIGHT_TREES = 60
JUDGES = 3
"""So many models, each without a part of the folds, tell what a model is worth on pages that it has not seen."""



@dataclass(frozen=True, slots=True)
class Found:
    """What the forests, which have not seen it, make of a labelled page."""

    row: tuple[float, ...]
    """Of ``page_kind.PAGE``."""
    is_right: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Learned:
    """All that goes into a model file."""

    columns: Sequence[str]
    """Of the second forest; the first knows the first of them."""
    first: lightgbm.Booster
    second: lightgbm.Booster
    kinds: dict[str, lightgbm.Booster]
    right: lightgbm.Booster
    """Tells whether a body is right."""
    tokens: Weights
    """What words say, for HTML what names of elements say."""


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

    What one step learns from another is learned from what the other says of folds that it has not seen. Confidence and
    kinds are learned from labelled pages only, on what forests say of them that have not seen them.
    """
    folds = sorted({page.task.fold for page in pages})
    told = {fold: fit_tokens(without(pages, fold)) for fold in folds}
    tokens, pages = fit_tokens(pages), [with_tokens(page, told[page.task.fold]) for page in pages]
    values = on_unseen(pages, lambda fold: first_of(without(pages, fold)))
    columns = SECOND_COLUMNS[pages[0].task.source]
    second = fit(pages, values, columns, SECOND, SECOND_TREES)
    found: list[Found] = []
    labelled = [i for i, page in enumerate(pages) if page.task.made == LABELLED]
    for part in range(JUDGES):
        seen = [i for i in labelled if pages[i].task.fold not in folds[part::JUDGES]]
        unseen = [i for i in labelled if pages[i].task.fold in folds[part::JUDGES]]
        judge = fit([pages[i] for i in seen], [values[i] for i in seen], columns, SECOND, SECOND_TREES)
        for i, odds in zip(unseen, _by_page(judge, [values[i] for i in unseen]), strict=True):
            found.append(_found(pages[i], odds))
    return Learned(columns, first_of(pages), second, kinds_of(found), right_of(found), tokens)


def _found(page: Rows, odds: np.ndarray) -> Found:
    units, chances = page.units.tolist(), np.zeros(len(page.units))
    chances[page.places] = 1.0 / (1.0 + np.exp(-odds))
    threshold, expected = best_threshold(units, chances.tolist())
    kept = best_path(units, chances.tolist(), level_of(threshold))
    inside = np.zeros(len(units), dtype=bool)
    inside[page.places] = page.is_body
    common = float((page.units * inside * kept).sum())
    f1 = 2.0 * common / max(1.0, float((page.units * inside).sum() + (page.units * kept).sum()))
    kind = KIND_OF.get(page.task.kind, page.task.kind)
    return Found((*page.form, *body_form(units, kept, expected)), f1 >= RIGHT, kind)


def kinds_of(found: Sequence[Found]) -> dict[str, lightgbm.Booster]:
    """Return a small forest for each kind of page: it against all others."""
    kinds = sorted({page.kind for page in found} - {MIXED})
    found = [page for page in found if page.kind != MIXED]
    return {kind: _of_pages(found, [page.kind == kind for page in found], KIND_TREES) for kind in kinds}


def right_of(found: Sequence[Found]) -> lightgbm.Booster:
    """Return the forest that tells the pages whose body is right: its chance is the article's confidence."""
    return _of_pages(found, [page.is_right for page in found], RIGHT_TREES)


def _of_pages(found: Sequence[Found], answers: Sequence[bool], trees: int) -> lightgbm.Booster:
    rows = np.array([page.row for page in found])
    return lightgbm.train(KIND, lightgbm.Dataset(rows, list(answers), feature_name=list(PAGE)), trees)


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
    """Write a model file."""
    head = {
        "about": "Written by python -m training.fit_body, for cleanpage/body/forest.py.",
        "columns": [*learned.columns], "page_columns": [*PAGE], "kinds": [*learned.kinds], "tokens": learned.tokens,
    }  # fmt: skip
    forests = {"first": as_arrays(learned.first, learned.columns), "second": as_arrays(learned.second, learned.columns)}
    pages = {"right": learned.right, **learned.kinds}
    write_model(path, head, forests | {name: as_arrays(forest, PAGE) for name, forest in pages.items()})


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
    pages = _rows(options)
    lines = sum(len(page.values) for page in pages)
    print(f"{len(pages)} pages, {lines} lines, {time.time() - start:.0f} s", flush=True)

    write(OUT / FILES[options.input], learn(pages))
    if options.folds:
        options.folds.mkdir(parents=True, exist_ok=True)
        for fold in range(FOLDS):
            write(options.folds / f"{options.input}{fold}.bin", learn(without(pages, fold)))
    print(f"{time.time() - start:.0f} s")
    return 0


def _rows(options: argparse.Namespace) -> list[Rows]:
    if options.rows and options.rows.is_file():
        return pickle.loads(options.rows.read_bytes())
    ways = None if options.ways is None else [way for way in options.ways.split(",") if way]
    pages = learn_from(html_tasks() if options.input == "html" else tasks(ways))
    if options.rows:
        options.rows.write_bytes(pickle.dumps(pages, protocol=5))
    return pages


if __name__ == "__main__":
    sys.exit(main())
