"""Learns what kind of page a page is, and how sure its text: ``python -m training.fit_page --folds DIR``.

Writes cleanpage/body/text_page_weights.bin, with ``--input html`` html_page_weights.bin, and into DIR text_page0.bin to
text_page4.bin (html_page0.bin …), each learned without its fold's sites. DIR holds the models of lines that
``training.fit_body --folds DIR`` wrote: every page is seen as the model sees it that does not know its site.

What tokens say is a logistic regression with a weight for each token and kind; a small forest for each kind learns from
what that says of sites it has not seen, and from the form of the page. Every second page is also learned from as one
whose words nobody knows. Then the pages are cleaned, and one more forest learns whose text is right.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.data import ABSENT, FLATTENINGS, FOLDS, Page, load_pages, present
from bench.held_out import held_out, line_model
from bench.runs import score_page
from cleanpage import Config
from cleanpage.body.decoding import best_path
from cleanpage.body.forest import Forest, forest_of, write_forests
from cleanpage.body.models import FILES
from cleanpage.body.page_kind import KINDS, PAGE
from cleanpage.body.page_tokens import KindWeights, is_word, kind_scores, page_tokens
from cleanpage.body.stage import body, form_of, predict
from cleanpage.draft import drop_ignored
from cleanpage.pipeline import STAGES, load
from training.feature_digest import page_digest
from training.fit_body import COMMON, OUT, as_arrays
from training.learning import OLD_SETS, PROCESSES, SETS

KIND_OF = {"gov": "article", "list": "listing"}
"""Kinds of the labels that have another name in ``PageKind``."""
ONLY_KINDS = ("zh-unlabelled",)
"""Sets whose labels name the kind alone."""
FEWEST_SITES = 5
"""A token counts that so many sites have."""
ADDRESSED = FLATTENINGS[:2]
"""What comes with its address: of every text one of the two; HTML tells its own."""
STRENGTH = 25.0
"""What the data count against the prior that a token says nothing."""
LEAST, DIGITS = 0.5, 2
"""A token is left out all of whose weights are smaller; digits of the others."""
ROUNDS = 100
TREE = {
    **COMMON, "num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 20, "feature_fraction": 0.6, "num_threads": 1,
}  # fmt: skip
"""The rows are few: where the machine is busy two threads wait for each other twenty times as long as they count."""
KIND_TREE = {**TREE, "learning_rate": 0.04, "feature_fraction": 0.3}
KIND_TREES, RIGHT_TREES = 200, 60
UNKNOWN_SHARE, UNKNOWN_WEIGHT = 2, 0.5
"""One in so many pages is also learned from as one whose words nobody knows, and weighs so much."""
RIGHT = 0.9
"""A text is right whose F1 is at least this."""


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled page in one form, as the stage sees it."""

    page: Page
    input: str
    form: tuple[float, ...]
    """The columns of ``PAGE`` but those of ``kind_scores``."""
    tokens: list[str]

    @property
    def kind(self) -> str:
        """One of ``KINDS``, or the label's own name for pages of mixed kinds."""
        return KIND_OF.get(self.page.kind, self.page.kind)


def inputs(source: str) -> Iterator[tuple[Page, str]]:
    """Yield each page whose kind is known with what it is learned as: two of the four flattenings, or HTML."""
    for name in (*SETS, *OLD_SETS, *ONLY_KINDS):
        pages = load_pages(name, html=source == "html")
        for at, page in enumerate(page for page in pages if page.body is not None or name in ONLY_KINDS):
            for way in ("html",) if source == "html" else (FLATTENINGS[at % 4], FLATTENINGS[(at + 2) % 4]):
                yield page, way


def features_of(page: Page, way: str, folder: Path) -> tuple[tuple[float, ...], list[str]] | None:
    """Return form and tokens of a page, seen with the model of lines of its fold; None if there is nothing on it."""
    source = "html" if way == "html" else "text"
    draft = load(page.raw(way), Config(), url=page.url if way in ADDRESSED else None, kind=source)
    for stage in STAGES[: STAGES.index(body)]:
        draft = stage(draft)
    rest, _ = drop_ignored(draft)
    if not rest.blocks:
        return None
    found = predict(rest, line_model(folder, source, page.fold))
    kept = best_path(found.page.units, found.chances, found.level)
    return form_of(found, kept), page_tokens(found.page, rest.source, kept)


def is_right(example: Example, folder: Path) -> bool:
    """Tell whether the text of a page is right, cleaned with the models that do not know its site."""
    return score_page(held_out(folder), example.page, example.input).score.f1 >= RIGHT


def fit_tokens(pages: Sequence[Example]) -> dict[str, list[float]]:
    """Return what tokens say of kinds: multinomial logistic regression."""
    pages = [example for example in pages if example.kind in KINDS]
    sites: dict[str, set[str]] = defaultdict(set)
    for example in pages:
        for token in example.tokens:
            sites[token].add(example.page.site)
    known = {t: at for at, t in enumerate(sorted(t for t, own in sites.items() if len(own) >= FEWEST_SITES))}
    indices: list[int] = []
    ends, values = [0], []
    for example in pages:
        own = [known[token] for token in example.tokens if token in known]
        indices += own
        values += [1.0 / np.sqrt(max(1, len(own)))] * len(own)
        ends.append(len(indices))
    rows = csr_matrix((values, indices, ends), shape=(len(pages), len(known)))
    turned = rows.T.tocsr()
    answers = np.eye(len(KINDS))[[KINDS.index(example.kind) for example in pages]]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(-1, len(KINDS))
        odds = rows @ weights[1:] + weights[0]
        odds -= odds.max(axis=1)[:, None]
        logs = odds - np.log(np.exp(odds).sum(axis=1))[:, None]
        misses = np.exp(logs) - answers
        total = -float((answers * logs).sum()) * STRENGTH + 0.5 * float((weights[1:] ** 2).sum())
        slopes = np.concatenate([misses.sum(axis=0)[None], turned @ misses])
        slopes *= STRENGTH
        slopes[1:] += weights[1:]
        return total, slopes.ravel()

    start = np.zeros((len(known) + 1) * len(KINDS))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    found = np.round(best.reshape(-1, len(KINDS)), DIGITS).tolist()
    weighed = zip(["", *known], found, strict=True)
    return {token: row for token, row in weighed if not token or max(map(abs, row)) >= LEAST}


def row_of(example: Example, weights: KindWeights, *, are_words_known: bool = True) -> tuple[float, ...]:
    """Return the columns of ``PAGE``."""
    held = example.tokens if are_words_known else [token for token in example.tokens if not is_word(token)]
    return example.form + kind_scores(held, weights)


def fit_kinds(pages: Sequence[Example], weights: Callable[[Example], KindWeights]) -> dict[str, lightgbm.Booster]:
    """Return a forest for each kind: it against all others."""
    pages = [example for example in pages if example.kind in KINDS]
    halves = [example for at, example in enumerate(pages) if at % UNKNOWN_SHARE == 0]
    rows = [row_of(example, weights(example)) for example in pages]
    rows += [row_of(example, weights(example), are_words_known=False) for example in halves]
    mass = [1.0] * len(pages) + [UNKNOWN_WEIGHT] * len(halves)
    names = [example.kind for example in (*pages, *halves)]
    return {kind: _forest(KIND_TREE, rows, [name == kind for name in names], KIND_TREES, mass) for kind in KINDS}


def _forest(
    tree: Mapping[str, Any],
    rows: Sequence[Sequence[float]],
    answers: Sequence[bool],
    trees: int,
    mass: Sequence[float] | None = None,
) -> lightgbm.Booster:
    data = lightgbm.Dataset(np.array(rows), list(answers), feature_name=list(PAGE), weight=mass)
    return lightgbm.train(dict(tree), data, trees)


def write(
    path: Path, source: str, kinds: dict[str, lightgbm.Booster], right: Forest, tokens: KindWeights
) -> None:
    """Write a model of pages."""
    head = {
        "about": "Written by python -m training.fit_page, for cleanpage/body/models.py.",
        "features": page_digest(source),
        "kinds": [*kinds],
        "tokens": tokens,
    }
    write_forests(path, head, {"right": right, **{kind: as_arrays(forest, PAGE) for kind, forest in kinds.items()}})


def learn(source: str, folder: Path) -> None:
    """Write all models of pages for a kind of source."""
    with get_context("fork").Pool(PROCESSES) as pool:
        tasks = [*inputs(source)]
        found = pool.starmap(partial(features_of, folder=folder), tasks, chunksize=20)
        pages = [Example(*task, *features) for task, features in zip(tasks, found, strict=True) if features]
        parts: list[int | None] = [*range(FOLDS), None]
        tokens = dict(
            zip(parts, pool.map(fit_tokens, [without(pages, fold) for fold in parts], chunksize=1), strict=True)
        )

    def held_out_weights(example: Example) -> KindWeights:
        return tokens[example.page.fold]

    paths = {
        fold: folder / f"{source}_page{fold}.bin" if fold is not None else OUT / FILES[source].page for fold in parts
    }
    kinds = {fold: fit_kinds(without(pages, fold), held_out_weights) for fold in parts}
    for fold in parts:
        write(paths[fold], source, kinds[fold], forest_of([0.0], PAGE), tokens[fold])
    with get_context("fork").Pool(PROCESSES) as pool:
        labelled = [example for example in pages if example.page.body is not None]
        answers = pool.map(partial(is_right, folder=folder), labelled, chunksize=20)
    right = {id(example): answer for example, answer in zip(labelled, answers, strict=True)}
    for fold in parts:
        own = without(labelled, fold)
        rows = [row_of(example, held_out_weights(example)) for example in own]
        forest = _forest(TREE, rows, [right[id(example)] for example in own], RIGHT_TREES)
        write(paths[fold], source, kinds[fold], as_arrays(forest, PAGE), tokens[fold])


def without(pages: Iterable[Example], fold: int | None) -> list[Example]:
    """Return the pages of all other folds; all of them for None."""
    return [example for example in pages if example.page.fold != fold]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.fit_page", description=__doc__)
    parser.add_argument("--folds", type=Path, metavar="DIR", required=True, help="where the models of the folds lie")
    parser.add_argument("--input", choices=sorted(FILES), default="text", help="what is learned for")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    learn(options.input, options.folds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
