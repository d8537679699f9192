"""What is done with one page: read, cleaned, rendered. This is what worker processes run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cleanpage.cli.inputs import STDIN
from cleanpage.config import Config
from cleanpage.decide.explain import explain
from cleanpage.export.html import to_html
from cleanpage.export.markdown import to_markdown
from cleanpage.export.readable import to_readable
from cleanpage.export.schema_org import to_json, to_schema_org, to_text
from cleanpage.load.not_text import problem_of
from cleanpage.model import Article
from cleanpage.pipeline import clean_page


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the pages of a run are cleaned and rendered."""

    config: Config
    """How to clean."""
    form: str
    """One of ``FORMS``."""
    kind: str | None = None
    """As for ``clean_page``."""
    encoding: str | None = None
    """As for ``clean_page``."""
    url: str | None = None
    """As for ``clean_page``."""
    fields: tuple[str, ...] = ()
    """Which fields ``json`` and ``jsonl`` print; all if empty."""
    ledger: bool = True
    """Whether they print the ledger too."""
    one_line: bool = False
    """Whether JSON-LD goes on one line."""
    ascii_only: bool = False
    """Whether JSON is written in ASCII."""
    headed: bool = False
    """Whether the name of the page stands above it."""
    width: int = 120
    """Columns of ``explain`` and ``readable``."""
    colour: bool = False
    """Whether ``explain`` colours its lines."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page."""

    name: str
    """Path of the page."""
    text: str = ""
    """The article as it is printed."""
    is_article: bool = False
    """Whether the page held one."""
    error: str | None = None
    """Why there is no text."""


def read(name: str) -> bytes:
    """Return the bytes of a page; OSError if they cannot be had."""
    return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()


def clean_file(name: str, recipe: Recipe) -> Outcome:
    """Return what becomes of the page in file ``name``; an error is one of this page, not of the run."""
    try:
        raw = read(name)
        if not raw.strip():
            return Outcome(name, error=f"{name}: empty")
        article = clean_page(raw, url=recipe.url, kind=recipe.kind, encoding=recipe.encoding, config=recipe.config)
        if problem := problem_of(article.warnings):
            return Outcome(name, error=f"{name}: {problem}")
        text = FORMS[recipe.form].render(article, recipe, name)
    except OSError as error:
        return Outcome(name, error=f"{name}: {error.strerror or error}")
    except Exception as error:  # no page should come here; if one does, the others are still to be cleaned
        return Outcome(name, error=f"{name}: {type(error).__name__}: {error}")
    head = f"==> {name} <==\n" if recipe.headed else ""
    return Outcome(name, f"{head}{text}\n" if head else text, article.is_article)


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which an article can be printed."""

    suffix: str
    """What a file of it is called."""
    streams: bool
    """Whether several pages can follow one another as they are."""
    render: Callable[[Article, Recipe, str], str]
    """Returns the article in this form."""


def _json(article: Article, recipe: Recipe, name: str) -> str:
    return to_json(article, fields=recipe.fields, ledger=recipe.ledger, ascii_only=recipe.ascii_only)


def _line(article: Article, recipe: Recipe, name: str) -> str:
    return to_json(
        article, fields=recipe.fields, ledger=recipe.ledger, file=name, indent=None, ascii_only=recipe.ascii_only
    )


def _schema_org(article: Article, recipe: Recipe, name: str) -> str:
    return to_schema_org(article, indent=None if recipe.one_line else 2, ascii_only=recipe.ascii_only)


def _explain(article: Article, recipe: Recipe, name: str) -> str:
    return "".join(f"{line}\n" for line in explain(article, width=recipe.width, colour=recipe.colour))


FORMS = {
    "json": Form(".json", True, _json),
    "jsonl": Form(".jsonl", True, _line),
    "text": Form(".txt", False, lambda article, recipe, name: to_text(article)),
    "markdown": Form(".md", False, lambda article, recipe, name: to_markdown(article)),
    "html": Form(".html", False, lambda article, recipe, name: to_html(article)),
    "schema.org": Form(".jsonld", True, _schema_org),
    "readable": Form(".txt", False, lambda article, recipe, name: to_readable(article, width=recipe.width)),
    "explain": Form(".explain.txt", False, _explain),
}
