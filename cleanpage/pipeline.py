"""The pipeline: the stages as one literal list, and the one door ``clean_page``."""

from __future__ import annotations

from collections.abc import Sequence

from cleanpage.assemble import assemble
from cleanpage.config import Config
from cleanpage.draft import Draft, Source, Stage
from cleanpage.errors import CleanpageError
from cleanpage.fields import extract_fields
from cleanpage.limits import cut, in_time, with_rest
from cleanpage.load.decode import Decoded, decode
from cleanpage.load.html import is_html, load_html
from cleanpage.load.places import placed
from cleanpage.load.text import load_text
from cleanpage.model import Article
from cleanpage.settle import settle
from cleanpage.stages.body import body
from cleanpage.stages.chrome import chrome
from cleanpage.stages.furniture import Template, furniture
from cleanpage.stages.repeats import repeats

STAGES: tuple[Stage, ...] = (
    chrome,  # rules name share bars, footers, licences, bylines …
    repeats,  # fuzzy runs of blocks that stand twice; which copy is kept
    body,  # which blocks are the article
    extract_fields,  # title, dates, source, people, section, licences …
)


_DEFAULT = Config()


def clean_page(
    raw: str | bytes,
    *,
    url: str | None = None,
    kind: str | None = None,
    encoding: str | None = None,
    config: Config = _DEFAULT,
    template: Template | None = None,
) -> Article:
    """Return the one article that a scraped page holds.

    ``raw`` is the page: HTML, or text whose DOM is gone; ``kind`` (``html``, ``text``) is found out if None. Bytes are
    decoded; ``encoding`` is the charset that came with them (the HTTP header), a hint. ``url`` is where the page came
    from, a weak witness for the date and the site. ``template`` is what other pages of its site have taught
    (``cleanpage.corpus.SiteTemplate``). The function is pure: same input, same Article; two settings alone look at
    the clock, ``Config.deadline`` and rules of yours that are slow. Any ``str`` or ``bytes`` gives an Article; a page
    that holds none says so with ``is_article`` and ``warnings``. Raises CleanpageError for a caller's mistake.
    """
    if kind not in (None, "text", "html"):
        raise CleanpageError(f"kind is 'text' or 'html' (None: found out), got {kind!r}")
    given = (("url", url, str | None), ("encoding", encoding, str | None), ("config", config, Config))
    for name, value, expected in given:
        if not isinstance(value, expected):
            raise CleanpageError(f"{name} must be {expected}, got {type(value).__name__}")
    read, html = _read(raw, kind, encoding)

    def first(most: int | None) -> Article:
        head, rest = cut(read.text, most, html=html)
        return with_rest(run(_loaded(read._replace(text=head), html, config, url), stages_with(template)), rest)

    if config.deadline is None:
        return first(config.max_chars)
    return in_time(config.deadline, first, min(len(read.text), config.max_chars or len(read.text)))


def stages_with(template: Template | None) -> tuple[Stage, ...]:
    """Return the stages, that of a template among them: it corrects what the body stage has taken in."""
    at = STAGES.index(extract_fields)
    return STAGES if template is None else (*STAGES[:at], furniture(template), *STAGES[at:])


def run(draft: Draft, stages: Sequence[Stage]) -> Article:
    """Return the article that these stages make of a page as loaded."""
    for stage in stages:
        draft = stage(draft)
    return assemble(*settle(draft, stages))


def load(
    raw: str | bytes, config: Config, *, url: str | None = None, kind: str | None = None, encoding: str | None = None
) -> Draft:
    """Return the page as blocks."""
    return _loaded(*_read(raw, kind, encoding), config, url)


def _read(raw: str | bytes, kind: str | None, encoding: str | None) -> tuple[Decoded, bool]:
    """Return the page as text, and whether it is HTML."""
    if not isinstance(raw, str | bytes):
        raise CleanpageError(f"raw must be str or bytes, got {type(raw).__name__}")
    read = decode(raw, encoding) if isinstance(raw, bytes) else Decoded(raw, None, ())
    return read, kind == "html" or (kind is None and is_html(read.text))


def _loaded(read: Decoded, html: bool, config: Config, url: str | None) -> Draft:
    if html:
        page = load_html(read.text)
        source = Source(page.text, "html", url, read.encoding, page.meta, (*read.warnings, *page.warnings))
        return Draft(source, tuple(placed(load_text(source.text, page.code), page.rows)), config)
    return Draft(Source(read.text, "text", url, read.encoding, warnings=read.warnings), load_text(read.text), config)
