"""The inspector as one HTML page that needs nothing else: style and script stand in it, and nothing else may run."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cleanpage.errors import CleanpageError
from cleanpage.model import Article
from cleanpage.report.view import view
from cleanpage.why import Why

if TYPE_CHECKING:
    from jinja2 import Environment

CHUNK_BLOCKS = 50
"""Blocks in one element that the browser skips while it is out of sight."""
REPORT_SCRIPTS = ("report.js", "find.js", "frame.js")
"""The script of the page, in this order."""


def article_report(article: Article, *, before: Article | None = None, why: Sequence[Why] = ()) -> str:
    """Return an HTML page that shows what became of the page, why, and where the fields come from.

    The page as scraped stands beside the article, each block in the colour of what it ended as. It is one file that
    fetches nothing; what the scraped page holds is text in it and cannot run. ``before`` is the same page cleaned
    otherwise (another Config, other rules): the blocks that ended differently there are marked. ``why`` is what
    ``cleanpage.why.why(raw, None, article=article)`` returns: with it each block shows its probability, what moved
    that, and what would have made it end otherwise.
    Raises CleanpageError if Jinja2 is not installed.
    """
    template = _environment().get_template("page.html")
    from cleanpage.report.pane import Pane  # with Jinja2, which the line above needs

    style, script = asset("report.css"), report_script()
    seen = view(article, before, why)
    page: str = template.render(
        seen=seen,
        article=article,
        body=list(Pane(article, seen.paragraphs).pieces()),
        style=style,
        script=script,
        policy=f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; "
        "base-uri 'none'; form-action 'none'",
    )
    return page


@cache
def asset(name: str, package: str = __package__) -> str:
    """Return a file of a package as text with line feeds, a style sheet behind the colours that all our pages have."""
    sheets = [(__package__, "colours.css")] if name.endswith(".css") else []
    return "".join(files(of).joinpath(part).read_text(encoding="utf-8") for of, part in (*sheets, (package, name)))


@cache
def report_script() -> str:
    """Return the script of the report."""
    return "\n".join(map(asset, REPORT_SCRIPTS))


def digest(source: str) -> str:
    """Return what a Content-Security-Policy calls an inline script or style: ``sha256-…``."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError as error:
        raise CleanpageError('reports need Jinja2: pip install "cleanpage[report]"') from error
    from cleanpage.report.shown import printable_text, shown_markup

    environment = Environment(
        loader=FunctionLoader(asset), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["shown"] = shown_markup
    environment.filters["plain"] = printable_text
    environment.globals["CHUNK"] = CHUNK_BLOCKS
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": True}
    return environment
