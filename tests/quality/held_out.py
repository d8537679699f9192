"""Scores what is learned on sites that it has not seen: each page by the weights that were fitted without its fold."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from cleanpage import Article, Config
from cleanpage.draft import Draft, Source
from cleanpage.load.text import load_text
from cleanpage.pipeline import STAGES, run
from cleanpage.stages._forest import read_model
from cleanpage.stages.body import body
from tests.quality.data import FOLDS
from tests.quality.runs import Method

DEFAULT = Config()


def held_out(folder: Path, config: Config = DEFAULT) -> Method:
    """Return the Method that cleans a page with the weights of its fold: ``folder`` holds fold0.json to fold4.json.

    Weights of fold n were fitted on the pages whose ``fold`` is not n.
    """
    clean = by_fold(folder, config)
    return lambda page, raw: clean(page.fold, raw)


def by_fold(folder: Path, config: Config = DEFAULT) -> Callable[[int, str], Article]:
    """Return the function that cleans a text with the weights that have not seen a fold."""
    paths = [folder / f"fold{n}.json" for n in range(FOLDS)]
    lacking = [path.name for path in paths if not path.is_file()]
    if lacking:
        raise SystemExit(f"{folder} lacks {', '.join(lacking)}: python -m tests.quality.fit_body --folds {folder}")
    models = [read_model(path) for path in paths]

    def clean(fold: int, raw: str) -> Article:
        stages = [partial(body, model=models[fold]) if stage is body else stage for stage in STAGES]
        return run(Draft(Source(raw), load_text(raw), config), stages)

    return clean
