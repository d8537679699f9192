"""Scores what is learned on sites that it has not seen: each page by the weights that were fitted without its fold."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from bench.runs import Method
from cleanpage import Article, Config
from cleanpage.body.models import FILES, LineModel, Model, PageModel, read_lines, read_page_model
from cleanpage.body.stage import body
from cleanpage.corpus import SiteTemplate
from cleanpage.pipeline import load, run, stages_with

DEFAULT = Config()


def held_out(folder: Path, config: Config = DEFAULT) -> Method:
    """Return the Method that cleans a page with the weights of its fold: ``folder`` holds text0.bin, text_page0.bin ….

    Weights of fold n were fitted on the pages whose ``fold`` is not n.
    """
    clean = by_fold(folder, config)
    return lambda page, raw: clean(page.fold, raw)


@cache
def line_model(folder: Path, kind: str, fold: int) -> LineModel:
    """Return the model of lines that has not seen a fold."""
    forests = _present(folder / f"{kind}{fold}.bin", f"fit_body --input {kind}")
    network = _present(folder / f"{kind}_network{fold}.bin", "fit_network") if FILES[kind].network else None
    return read_lines(forests, network)


@cache
def page_model(folder: Path, kind: str, fold: int) -> PageModel:
    """Return the model of pages that has not seen a fold."""
    return read_page_model(_present(folder / f"{kind}_page{fold}.bin", f"fit_page --input {kind}"))


def _present(path: Path, command: str) -> Path:
    if not path.is_file():
        raise SystemExit(f"no {path}: python -m training.{command} --folds {path.parent}")
    return path


def by_fold(folder: Path, config: Config = DEFAULT) -> Callable[..., Article]:
    """Return the function that cleans a text with the weights that have not seen a fold, and a template if given."""

    def clean(fold: int, raw: str, template: SiteTemplate | None = None) -> Article:
        own = partial(body, models=lambda kind: Model(line_model(folder, kind, fold), page_model(folder, kind, fold)))
        return run(load(raw, config), [own if stage is body else stage for stage in stages_with(template)])

    return clean
