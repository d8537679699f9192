"""The pipeline: the stages as one literal list, and the one door ``clean_page``."""

from __future__ import annotations

from collections.abc import Sequence

from cleanpage.assemble import assemble
from cleanpage.config import Config
from cleanpage.draft import Draft, Source, Stage
from cleanpage.errors import CleanpageError
from cleanpage.fields import extract_fields
from cleanpage.load.text import load_text
from cleanpage.model import Article
from cleanpage.settle import settle
from cleanpage.stages.body import body
from cleanpage.stages.chrome import chrome
from cleanpage.stages.repeats import repeats

STAGES: tuple[Stage, ...] = (
    chrome,  # rules name share bars, footers, licences, bylines …
    repeats,  # fuzzy runs of blocks that stand twice; which copy is kept
    body,  # which blocks are the article
    extract_fields,  # title, dates, source, people, section, licences …
)


_DEFAULT = Config()


def clean_page(
    raw: str, *, url: str | None = None, kind: str | None = None, config: Config = _DEFAULT, template: None = None
) -> Article:
    """Return the one article that a scraped page holds.

    ``raw`` is the page as text whose DOM is gone. ``url`` is where it came from, a weak witness for the date and
    the site. The function is pure: same input, same Article. Any ``str`` gives an Article; a page that holds none
    says so with ``is_article`` and ``warnings``. Raises CleanpageError for a caller's mistake.
    """
    if template is not None:
        raise CleanpageError("site templates are not supported yet; leave template out")
    return run(_load(raw, url, kind, config), STAGES)


def run(draft: Draft, stages: Sequence[Stage]) -> Article:
    """Return the article that these stages make of a page as loaded."""
    for stage in stages:
        draft = stage(draft)
    return assemble(*settle(draft, stages))


def _load(raw: str, url: str | None, kind: str | None, config: Config) -> Draft:
    if not isinstance(raw, str):
        raise CleanpageError(f"raw must be str, got {type(raw).__name__}; decode bytes first")
    if kind not in (None, "text"):
        raise CleanpageError(f"kind {kind!r} is not supported yet; flatten the page and give its text")
    return Draft(Source(raw, "text", url), load_text(raw), config)
