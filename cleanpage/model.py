"""The values that go out: one frozen Article and what it is made of.

All spans are half-open ``(start, end)`` character offsets into ``Article.source_text``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from functools import partial
from itertools import starmap
from typing import Any, Literal, TypeVar

from cleanpage._native import twin
from cleanpage.in_text import WITH_TEXT, fill, point, without_plain
from cleanpage.labels import Label, Role
from cleanpage.serialise import decode_value, encode, encode_sparse
from cleanpage.values import frozen

Span = tuple[int, int]
ParagraphKind = Literal["paragraph", "heading", "list_item", "table", "quote", "code", "caption"]
MarkKind = Literal["strong", "emphasis", "code", "note", "back"]
PageKind = Literal[
    "article", "forum", "product", "service", "collection", "listing", "documentation", "error", "wall", "empty"
]
Record = TypeVar("Record")


@twin("records")
def make_all(kind: type[Record], rows: Iterable[tuple[Any, ...]]) -> tuple[Record, ...]:
    """Return an object of a frozen dataclass with slots for each row of its fields' values, none left out.

    A page has hundreds of findings, blocks and removed spans.
    """
    return tuple(starmap(kind, rows))


@frozen
class Finding:
    """One stage's statement about one block: a label, the rule or stage that gives it, and why."""

    start: int
    """First character of the block that is spoken of."""
    end: int
    """One past its last character."""
    label: Label
    """``body``, ``share``, ``licence``, ``title``, ``duplicate`` …"""
    rule: str
    """Id of the rule, or name of the stage, that made it."""
    reason: str
    """Why, in words."""
    score: float = 1.0
    """1.0 or more decides; below it is a hint that other evidence may overrule."""
    duplicate_of: Span | None = None
    """For label ``duplicate``: the span whose copy this is."""


@frozen
class Block:
    """One tile of ``source_text``; the tiles of an Article, joined in order, give it back exactly."""

    start: int
    """First character of the tile; leading blanks of the page belong to the first tile."""
    end: int
    """One past the last; the blanks and line ends that follow the content belong to the tile."""
    role: Role
    """What became of it."""
    label: Label
    """The label that decided the role."""
    kind: ParagraphKind = "paragraph"
    """The form of the block."""


@frozen
class Removed:
    """A span of the page that is not in ``text``, and why."""

    start: int
    """First character."""
    end: int
    """One past the last."""
    text: str
    """``source_text[start:end]``."""
    label: Label
    """What it was taken for."""
    rule: str
    """Id of the rule, or name of the stage, that took it."""
    reason: str
    """Why, in words."""
    score: float
    """How sure that is: the share of such removals that were right on labelled pages, between 0 and 1."""
    duplicate_of: Span | None = None
    """For label ``duplicate``: the span that was kept instead."""


@frozen
class Mark:
    """Words of a paragraph that the page sets apart."""

    kind: MarkKind
    """``strong`` (bold), ``emphasis`` (italic), ``code``; ``note``, the number of a footnote that stands below, and
    ``back``, what leads from that footnote back to it."""
    start: int
    """First character in ``source_text``."""
    end: int
    """One past the last."""


@frozen
class Paragraph:
    """One paragraph of the body."""

    kind: ParagraphKind = "paragraph"
    """Its form."""
    text: str = ""
    """Its text on one line: blanks folded, zero-width characters gone. Of code all lines as they stand in the page."""
    start: int = 0
    """Where it begins in ``source_text``."""
    end: int = 0
    """One past where it ends."""
    copies: tuple[Span, ...] = ()
    """Spans of the copies of this paragraph that were folded into it."""
    level: int = 0
    """For headings of HTML 1 to 6; for items of its lists, and for paragraphs in an item below its first line, how many
    lists they stand in; otherwise 0."""
    number: int = 0
    """For items of numbered lists (HTML only) which of the list's items it is, from 1; otherwise 0."""
    language: str = ""
    """For code the language that the page names, lower case (HTML only)."""
    marks: tuple[Mark, ...] = ()
    """What of it is bold, italic, code, or leads to a footnote (HTML only); they may nest."""


@frozen
class Link:
    """A link in the body."""

    url: str
    """Its address; whole if the page's own address is known."""
    text: str
    """What is shown: ``source_text[start:end]``."""
    start: int = 0
    """Where that begins in ``source_text``."""
    end: int = 0
    """One past where it ends."""


@frozen
class Image:
    """A picture in the body."""

    url: str
    """Its address; whole if the page's own address is known."""
    text: str
    """What the page would show instead of it (``alt``); empty if there is none."""
    caption: str | None = None
    """Its caption."""
    start: int = 0
    """Where it stands in ``source_text``."""


@frozen
class Licence:
    """A licence or registration number printed on the page."""

    kind: str
    """``icp_filing``, ``police_filing``, ``telecom_value_added`` …: the ``kind`` of the rule in rules/licences.toml."""
    number: str
    """The number as printed, blanks inside it removed."""


@frozen
class Document:
    """What the head table of a government paper says."""

    index: str | None = None
    """索引号."""
    number: str | None = None
    """文号, 发文字号."""
    issuer: str | None = None
    """发文机关."""
    written: str | None = None
    """成文日期 as ISO 8601."""
    topic: str | None = None
    """主题分类."""
    keywords: str | None = None
    """主题词."""


@frozen
class Witness:
    """A place on the page that gives a value for a field of the Article, used or not."""

    field: str
    """Name of the Article's field."""
    values: tuple[str, ...]
    """What it says, item by item: names, addresses, numbers as text."""
    start: int
    """First character of the block with the value."""
    end: int
    """One past its last character; equal to ``start`` if the value is from the HTML head or the address."""
    rule: str
    """Who read it there."""
    score: float
    """How much it counts for; within one field the highest wins."""
    followed: bool
    """Whether the Article says the same, or the same of some items."""


@frozen
class Post:
    """One post of a thread: a question or an answer, a comment."""

    author: str | None = None
    """Who wrote it, as the page names the account; None where that is not sure."""
    published: str | None = None
    """ISO 8601 at the precision that the page gives; None if it gives no day (``3 hours ago``)."""
    text: str = ""
    """What its author wrote: its paragraphs of ``Article.text``, joined by a line feed, without quotations."""
    quotes: tuple[str, ...] = ()
    """What it quotes of others, in ``Article.text`` or not; neighbouring lines as one."""
    start: int = 0
    """Where text and quotations begin in ``source_text``."""
    end: int = 0
    """One past where they end."""


@frozen
class Comment:
    """What a reader wrote under an article."""

    author: str | None = None
    """The name that the page prints at it; None where that is not sure."""
    published: str | None = None
    """ISO 8601 at the precision that the page gives; None if it gives no day."""
    text: str = ""
    """Its paragraphs, joined by a line feed."""


LEDGER = ("source_text", "blocks", "findings", "evidence", "removed")
"""Fields of the Article that account for the page: the text that offsets point into, and what became of it."""
ASIDE = ("links", "images", "comments", "related")
"""Lists that are often longer than the text they belong to."""
OFFSETS = frozenset(("start", "end", "copies", "marks"))
"""Fields of paragraphs and posts that point into ``source_text``."""
ROW = frozenset((
    "title", "text", "published", "authors", "source", "site", "url", "language", "is_article", "page_kind",
    "confidence", "warnings",
))  # fmt: skip
"""Fields that every dict has; without the ledger the others are left out where a page lacks them."""


@frozen
class Article:
    """The one article that a page holds, and the ledger of everything else that stood there.

    What it says: ``title``, ``subtitle``, ``original_title``, ``text`` (the ``paragraphs`` joined), ``summary``,
    ``description``, ``keywords``, ``comments``, ``posts`` (those of a thread).

    Who and when: ``published``, ``modified`` (ISO 8601, as precise as the page; ``published_raw`` as printed),
    ``authors``, ``editors`` with ``editor_roles``, ``photographers``, ``translators``, ``byline_raw``,
    ``source`` (who wrote it first), ``site`` (who published the page), ``site_id``, ``section`` (the breadcrumb),
    ``url``, ``canonical_url``, ``language``.

    What hangs on it: ``image``, ``captions``, ``images``, ``links``, ``next_page``, ``attachments``, ``related``,
    ``licences``, ``contacts``, ``document`` (the head table of a government paper).

    How sure: ``is_article``, ``page_kind``, ``confidence`` (0 to 1), ``warnings``, ``encoding``.

    The ledger: ``source_text``, into which all offsets point; ``blocks``, which tile it; ``findings``, all that
    was said about them; ``evidence``, what spoke for which field; ``removed``, every span that is not in
    ``text``, and why.

    What a page lacks is None or empty. ``to_dict`` and ``from_dict`` round-trip exactly; ``to_text``, ``to_markdown``,
    ``to_html``, ``to_json`` and ``to_schema_org`` write other forms.
    """

    title: str | None = None
    """Headline without site suffix."""
    subtitle: str | None = None
    """The second heading, right under the headline."""
    original_title: str | None = None
    """原标题, or an alternative headline."""
    text: str = ""
    """The body: paragraphs joined by a line feed; code has line feeds of its own."""
    paragraphs: tuple[Paragraph, ...] = ()
    """The body's paragraphs, in order."""
    published: str | None = None
    """ISO 8601 at the precision that the page gives."""
    modified: str | None = None
    """Like ``published``, for the last change."""
    published_raw: str | None = None
    """The date as printed; also set where it cannot be resolved (``9 小时前``)."""
    authors: tuple[str, ...] = ()
    """Names of the writers; never an editor."""
    editors: tuple[str, ...] = ()
    """Names of editors, proof-readers, reviewers."""
    editor_roles: tuple[str, ...] = ()
    """The role printed for each of ``editors``, in the same order (责编, 校对 …)."""
    byline_raw: str | None = None
    """The byline as printed."""
    source: str | None = None
    """Who wrote it first (来源)."""
    site: str | None = None
    """Who published this page."""
    section: tuple[str, ...] = ()
    """The breadcrumb, outermost first."""
    captions: tuple[str, ...] = ()
    """Captions of pictures."""
    images: tuple[Image, ...] = ()
    """Pictures in the body and right behind it (HTML only)."""
    links: tuple[Link, ...] = ()
    """Links in the body (HTML only)."""
    attachments: tuple[str, ...] = ()
    """Attachments (附件) that the body names."""
    related: tuple[str, ...] = ()
    """Headlines that were cut as related links."""
    licences: tuple[Licence, ...] = ()
    """Licence and registration numbers."""
    contacts: tuple[str, ...] = ()
    """Telephone numbers and e-mail addresses from contact lines that were cut."""
    document: Document | None = None
    """Head table of a government paper."""
    language: str | None = None
    """ISO 639-1 code of the body's language."""
    url: str | None = None
    """The address that the caller gave."""
    canonical_url: str | None = None
    """The address that the page gives itself (HTML only)."""
    next_page: str | None = None
    """The address of the article's next page, if it has one (HTML only)."""
    site_id: str | None = None
    """Host name of ``url``, or the filing number of the site."""
    is_article: bool = False
    """False for a list (kinds ``listing`` and ``collection``), an error page, a login or cookie wall, an empty page."""
    page_kind: PageKind = "empty"
    """What the page looks like; all but the last three kinds give their content in ``text``."""
    confidence: float = 0.0
    """0 to 1: the share of such pages whose ``text`` was right (F1 of .9 or more) when it was measured."""
    warnings: tuple[str, ...] = ()
    """What a reader should know; each starts with a code: ``truncated: …``, ``no-title: …``."""
    summary: str | None = None
    """A lead that stood again as abstract."""
    description: str | None = None
    """What the page says of itself in a sentence or two (HTML only)."""
    image: str | None = None
    """The address of the lead picture: what the page names as such, or the first in the body (HTML only)."""
    keywords: tuple[str, ...] = ()
    """What the article is about in the page's own keywords or tags."""
    photographers: tuple[str, ...] = ()
    """Names of those who took the pictures; never an author of the text by that alone."""
    translators: tuple[str, ...] = ()
    """Names of those who translated it."""
    comments: tuple[Comment, ...] = ()
    """Readers' comments, apart from the body, each with its author and day where the page prints them."""
    posts: tuple[Post, ...] = ()
    """The posts of a thread, in order: who wrote which paragraphs of ``text``."""
    encoding: str | None = None
    """For bytes: how they were read."""
    source_text: str = ""
    """The text that all offsets point into; for raw text the input itself, or what it was before it was escaped (a
    warning says so; never with ``kind="text"``)."""
    blocks: tuple[Block, ...] = ()
    """The tiles of ``source_text``."""
    findings: tuple[Finding, ...] = ()
    """Everything that any stage said about any block."""
    evidence: tuple[Witness, ...] = ()
    """Where the fields come from: all that was proposed for any of them, in the order of the fields and of the page."""
    removed: tuple[Removed, ...] = ()
    """Every non-blank span that is not in ``text``, in order."""

    @property
    def body_copies_found(self) -> int:
        """How often the body stands on the page: 1 for a page without copies, 0 without a body."""
        return max((1 + len(p.copies) for p in self.paragraphs), default=0)

    def __repr__(self) -> str:
        """Return one line of at most 300 characters."""
        from cleanpage.export.notebook import short_repr

        return short_repr(self)

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from cleanpage.export.notebook import as_html

        return as_html(self)

    def to_text(self) -> str:
        """Return title and body as plain text (``cleanpage.export.schema_org.to_text``)."""
        from cleanpage.export.schema_org import to_text

        return to_text(self)

    def to_markdown(self, *, front_matter: bool = False) -> str:
        """Return title, a line of metadata and the body as CommonMark (``cleanpage.export.markdown.to_markdown``)."""
        from cleanpage.export.markdown import to_markdown

        return to_markdown(self, front_matter=front_matter)

    def to_html(self) -> str:
        """Return the article as a document of HTML (``cleanpage.export.html.to_html``)."""
        from cleanpage.export.html import to_html

        return to_html(self)

    def to_json(self, *, ledger: bool = True, indent: int | None = 2) -> str:
        """Return ``to_dict(ledger=…)`` as JSON (``cleanpage.export.schema_org.to_json``)."""
        from cleanpage.export.schema_org import to_json

        return to_json(self, ledger=ledger, indent=indent)

    def to_schema_org(self) -> str:
        """Return the article as JSON-LD of schema.org (``cleanpage.export.schema_org.to_schema_org``)."""
        from cleanpage.export.schema_org import to_schema_org

        return to_schema_org(self)

    def to_dict(self, *, ledger: bool = True) -> dict[str, Any]:
        """Return the Article as JSON-ready values: dicts, lists, strings, numbers, None.

        A paragraph or post has ``in_text``, the place of its text in the Article's, first character and one past the
        last; it has its own ``text`` only where that does not stand there.

        Without the ``ledger`` it is a row: the text and what is known about it. The fields of ``LEDGER`` and ``ASIDE``
        are left out, most of the size; of those that are not in ``ROW`` the empty ones; of paragraphs and posts what
        points into the source (``OFFSETS``) or holds its default; paragraphs that are but a line of ``text``.
        ``from_dict`` takes both.
        """
        if ledger:
            data: dict[str, Any] = encode(self)
            return data | {name: point(data[name], self.text) for name in WITH_TEXT}
        pairs = ((f, getattr(self, f.name)) for f in fields(self) if f.name not in (*LEDGER, *ASIDE))
        row = {f.name: encode_sparse(value, OFFSETS) for f, value in pairs if f.name in ROW or value != f.default}
        row |= {name: point(row[name], self.text) for name in WITH_TEXT if name in row}
        row["paragraphs"] = without_plain(row.get("paragraphs", []), self.text)
        return {name: value for name, value in row.items() if value or name in ROW}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Article:
        """Return the Article that ``to_dict`` described; raise CleanpageError naming the wrong field."""
        article: Article = decode_value(cls, fill(data), "article")
        return article


class _Deferred:
    """A field that may be given as a ``partial``: what that returns is made when the field is first read, and kept."""

    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __get__(self, article: Article | None, kind: type) -> Any:
        if article is None:
            return self
        value = self._slot.__get__(article)
        if type(value) is partial:
            value = value()
            self._slot.__set__(article, value)
        return value

    def __set__(self, article: Article, value: Any) -> None:
        self._slot.__set__(article, value)


for _name in LEDGER[1:]:  # who wants the text alone does not wait for these
    setattr(Article, _name, _Deferred(vars(Article)[_name]))
