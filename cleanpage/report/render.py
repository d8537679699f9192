"""The inspector as one HTML page that needs nothing else: style and script stand in it, and nothing else may run."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cleanpage.errors import CleanpageError
from cleanpage.model import Article
from cleanpage.report.view import view
from cleanpage.text.lazy_regex import lazy

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

MAX_SHOWN = 5_000
"""Characters of one block or paragraph that are shown: a browser lays out a line of megabytes for minutes."""
CHUNK = 50
"""Blocks in one element that the browser skips while it is out of sight."""

_UNSEEN = lazy(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What shows nothing, or turns the text around it: controls, zero-width characters, halves of characters."""


def article_report(article: Article, *, before: Article | None = None) -> str:
    """Return an HTML page that shows what became of the page, why, and where the fields come from.

    The page as scraped stands beside the article, each block in the colour of what it ended as. It is one file that
    fetches nothing; what the scraped page holds is text in it and cannot run. ``before`` is the same page cleaned
    otherwise (another Config, other rules): the blocks that ended differently there are marked.
    Raises CleanpageError if Jinja2 is not installed.
    """
    template = _environment().get_template("page.html")
    style, script = stylesheet("report.css"), asset("report.js")
    seen = view(article, before)
    page: str = template.render(
        seen=seen,
        article=article,
        style=style,
        script=script,
        policy=f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; "
        "base-uri 'none'; form-action 'none'",
    )
    return page


@cache
def asset(name: str) -> str:
    """Return a file of this package as text with line feeds."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def stylesheet(name: str) -> str:
    """Return a style sheet of this package behind the colours that all our pages have."""
    return asset("colours.css") + asset(name)


def digest(source: str) -> str:
    """Return what a Content-Security-Policy calls an inline script or style: ``sha256-…``."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError as error:
        raise CleanpageError('reports need Jinja2: pip install "cleanpage[report]"') from error
    environment = Environment(
        loader=FunctionLoader(asset), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["shown"] = _shown
    environment.filters["plain"] = _plain
    environment.globals["CHUNK"] = CHUNK
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": True}
    return environment


def _plain(text: str) -> str:
    """Return page text for a place that takes no marks: without unseen characters."""
    return _UNSEEN.sub("", text)


def _shown(text: str) -> Markup:
    """Return page text as HTML: escaped, unseen characters as marks, cut off behind ``MAX_SHOWN``."""
    from markupsafe import Markup, escape

    rest = len(text) - MAX_SHOWN
    safe = str(escape(_UNSEEN.sub(lambda match: f"\x00{ord(match[0]):04X}\x00", text[:MAX_SHOWN])))
    marked = Markup(re.sub("\x00([0-9A-F]+)\x00", r'<i class="unseen" data-code="\1"></i>', safe))
    return marked + Markup('<i class="more">… {} more characters</i>').format(f"{rest:,}") if rest > 0 else marked
