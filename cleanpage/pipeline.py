"""The pipeline: the stages as one literal list, and the one door ``clean_page``."""

from __future__ import annotations

from collections.abc import Sequence

from cleanpage.body.stage import body
from cleanpage.chrome.menu_lines import menu_lines
from cleanpage.chrome.script_lines import script_lines
from cleanpage.chrome.stage import chrome
from cleanpage.config import Config
from cleanpage.decide.assemble import assemble, decide
from cleanpage.draft import Draft, Stage
from cleanpage.errors import CleanpageError
from cleanpage.fields import extract_fields
from cleanpage.labels import Label
from cleanpage.limits import cut, cut_at_blocks, cut_at_breaks, in_time, weight, with_rest
from cleanpage.load import PageText, load_page, read_page
from cleanpage.load.not_text import CODE, not_text
from cleanpage.model import Article, Block, Removed
from cleanpage.repeats.stage import body_repeats, repeats
from cleanpage.site_template.stage import Template, template_stage

STAGES: tuple[Stage, ...] = (
    script_lines,  # scripts, style sheets and JSON that a flattener has left
    menu_lines,  # menus that stand on one line with the text
    chrome,  # rules name share bars, footers, licences, bylines …
    repeats,  # fuzzy runs of blocks that stand twice; which copy is kept
    body,  # which blocks are the article
    body_repeats,  # what stands twice in the chosen body, once the chrome between has gone
    extract_fields,  # title, dates, source, people, section, licences …
)


_DEFAULT = Config()


def clean_page(
    raw: str | bytes | bytearray | memoryview,
    *,
    url: str | None = None,
    kind: str | None = None,
    encoding: str | None = None,
    config: Config = _DEFAULT,
    template: Template | None = None,
) -> Article:
    r"""Return the one article that a scraped page holds.

    ``raw`` is the page: HTML, or text whose DOM is gone. ``kind`` (``html``, ``text``) is found out if None; then
    Markdown is read as such too, and what was escaped once too often (literal ``\n``, tags as entities, the codes of
    mail) is undone, with a warning. Bytes are decoded (byte-order mark, UTF-8, ``encoding``, what the page declares,
    the letters); ``encoding`` is the charset that came with them, a label of the Encoding Standard or a whole
    ``Content-Type``. It is believed unless the bytes are valid UTF-8 or their letters clearly those of another charset;
    then a warning says so.
    What is no page (an image, a PDF, an archive, JSON lines) gives an Article without text that says what it is in a
    warning ``not-text: …``; a ``str`` is looked at for that only if ``kind`` is None. ``url`` is where the page came
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
    raw = bytes(raw) if isinstance(raw, bytearray | memoryview) else raw
    asked = isinstance(raw, bytes) or (isinstance(raw, str) and kind is None)
    if asked and (format := not_text(raw)):
        return _without_page(raw, format, url)
    page = read_page(raw, kind, encoding)

    def first(most: int | None) -> Article:
        draft, left, rest = _within_bounds(page, config, url, most)
        article = with_rest(run(draft, stages_with(template)), left, "max_blocks")
        return with_rest(article, rest, "max_chars")

    if config.deadline is None:
        return first(config.max_chars)
    size = weight(page.text, html=page.is_html)
    return in_time(config.deadline, first, min(size, config.max_chars or size))


def _without_page(raw: str | bytes, format: str, url: str | None) -> Article:
    """Return the Article of what is no page: bytes have no source text, that of a ``str`` is removed whole."""
    text = raw if isinstance(raw, str) else ""
    tiles = (Block(0, len(text), Label.NOT_TEXT.role, Label.NOT_TEXT),) if text else ()
    gone = (Removed(0, len(text), text, Label.NOT_TEXT, "not_text", f"it is {format}", 1.0),) if text else ()
    return Article(url=url, source_text=text, blocks=tiles, removed=gone, warnings=(f"{CODE}{format}",))


def stages_with(template: Template | None) -> tuple[Stage, ...]:
    """Return the stages, that of a template among them: it corrects what the body stage has taken in."""
    at = STAGES.index(body) + 1
    return STAGES if template is None else (*STAGES[:at], template_stage(template), *STAGES[at:])


def run(draft: Draft, stages: Sequence[Stage]) -> Article:
    """Return the article that these stages make of a page as loaded."""
    for stage in stages:
        draft = stage(draft)
    return assemble(draft, decide(draft))


def _within_bounds(page: PageText, config: Config, url: str | None, most: int | None) -> tuple[Draft, str, str]:
    """Return the blocks of what is read of a page, what of its first ``most`` characters is not, and the others."""
    head, rest = cut(page.text, most, html=page.is_html)
    head, unparsed = cut_at_breaks(head, config.max_blocks, html=page.is_html)
    draft, left = cut_at_blocks(load_page(page._replace(text=head), config, url), config.max_blocks)
    return draft, left + unparsed, rest


def load(
    raw: str | bytes, config: Config, *, url: str | None = None, kind: str | None = None, encoding: str | None = None
) -> Draft:
    """Return what ``clean_page`` without a deadline reads of the page, as blocks."""
    return _within_bounds(read_page(raw, kind, encoding), config, url, config.max_chars)[0]
