"""What is done with one page: read, cleaned, rendered. This is what worker processes run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from cleanpage.cli.inputs import STDIN
from cleanpage.config import Config
from cleanpage.decide.explain import explain
from cleanpage.errors import CleanpageError
from cleanpage.export.html import to_html
from cleanpage.export.markdown import to_markdown
from cleanpage.export.readable import to_readable
from cleanpage.export.schema_org import to_json, to_schema_org, to_text
from cleanpage.load.not_text import problem_of
from cleanpage.model import Article
from cleanpage.pipeline import clean_page
from cleanpage.values import frozen


@frozen
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
    front_matter: bool = False
    """Whether Markdown begins with YAML."""
    one_line: bool = False
    """Whether JSON-LD goes on one line, and JSON names its page."""
    ascii_only: bool = False
    """Whether JSON is written in ASCII."""
    headed: bool = False
    """Whether the name of the page stands above it."""
    width: int = 120
    """Columns of ``explain`` and ``readable``."""
    colour: bool = False
    """Whether ``explain`` colours its lines."""


@frozen
class Input:
    """A page that is to be cleaned."""

    name: str
    """Path of its file; of a page in a file of many its id, or path and place."""
    raw: str | bytes | None = None
    """The page; None if it is to be read from the file ``name``."""
    url: str | None = None
    """As for ``clean_page``."""
    encoding: str | None = None
    """As for ``clean_page``."""
    problem: str = ""
    """Why there is no page."""
    place: str = ""
    """Path under which its article lies in a folder of output, if not that of ``name``."""


@frozen
class Outcome:
    """What became of one page."""

    name: str
    """That of its input."""
    text: str = ""
    """The article as it is printed."""
    page_kind: str | None = None
    """What the page looks like (``Article.page_kind``) if it holds no article; None if it does."""
    error: str | None = None
    """Why there is no text."""
    place: str = ""
    """That of its input."""


def read_input(name: str) -> bytes:
    """Return the bytes of a page; OSError if they cannot be had."""
    return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()


def clean_input(page: Input, recipe: Recipe) -> Outcome:
    """Return what becomes of a page; an error is one of this page, not of the run."""
    try:
        article, text = _render_cleaned(page, recipe)
    except OSError as error:
        return Outcome(page.name, error=f"{page.name}: {error.strerror or error}")
    except CleanpageError as error:
        return Outcome(page.name, error=f"{page.name}: {error}")
    except Exception as error:  # no page should come here; if one does, the others are still to be cleaned
        return Outcome(page.name, error=f"{page.name}: {type(error).__name__}: {error}")
    head = f"==> {page.name} <==\n" if recipe.headed else ""
    kind = None if article.is_article else article.page_kind
    return Outcome(page.name, f"{head}{text}\n" if head else text, kind, place=page.place)


def _render_cleaned(page: Input, recipe: Recipe) -> tuple[Article, str]:
    """Return the article of a page, and how it is printed."""
    if page.problem:
        raise CleanpageError(page.problem)
    raw = read_input(page.name) if page.raw is None else page.raw
    if not raw.strip():
        raise CleanpageError("empty")
    url, encoding = recipe.url or page.url, recipe.encoding or page.encoding
    article = clean_page(raw, url=url, kind=recipe.kind, encoding=encoding, config=recipe.config)
    if problem := problem_of(article.warnings):
        raise CleanpageError(problem)
    return article, FORMS[recipe.form].render(article, recipe, page.name)


@frozen
class Form:
    """A form in which an article can be printed."""

    suffix: str
    """What a file of it is called."""
    streams: bool
    """Whether several pages can follow one another without their names above them."""
    render: Callable[[Article, Recipe, str], str]
    """Returns the article in this form."""
    around: tuple[str, str, str] = ("", "", "")
    """What stands before, between and behind several pages in one file."""


def _print_json(article: Article, recipe: Recipe, name: str) -> str:
    file = name if recipe.one_line else None
    text = to_json(article, fields=recipe.fields, ledger=recipe.ledger, file=file, ascii_only=recipe.ascii_only)
    return text.rstrip("\n") if recipe.one_line else text


def _line(article: Article, recipe: Recipe, name: str) -> str:
    return to_json(
        article, fields=recipe.fields, ledger=recipe.ledger, file=name, indent=None, ascii_only=recipe.ascii_only
    )


def _schema_org(article: Article, recipe: Recipe, name: str) -> str:
    return to_schema_org(article, indent=None if recipe.one_line else 2, ascii_only=recipe.ascii_only)


def _explain(article: Article, recipe: Recipe, name: str) -> str:
    return "".join(f"{line}\n" for line in explain(article, width=recipe.width, colour=recipe.colour))


FORMS = {
    "json": Form(".json", True, _print_json, ("[\n", ",\n", "\n]\n")),
    "jsonl": Form(".jsonl", True, _line),
    "text": Form(".txt", False, lambda article, recipe, name: to_text(article)),
    "markdown": Form(".md", False, lambda article, how, name: to_markdown(article, front_matter=how.front_matter)),
    "html": Form(".html", False, lambda article, recipe, name: to_html(article)),
    "schema.org": Form(".jsonld", True, _schema_org),
    "readable": Form(".txt", False, lambda article, recipe, name: to_readable(article, width=recipe.width)),
    "explain": Form(".explain.txt", False, _explain),
}
