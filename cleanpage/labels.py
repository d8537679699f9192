"""What a block is: every label, the role that it gives a block, and the properties that stages and fields rely on."""

from __future__ import annotations

from enum import Flag, StrEnum, auto
from typing import Literal, Self

Role = Literal["body", "metadata", "caption", "chrome", "duplicate"]
"""What a block ends as."""


class Trait(Flag):
    """A property of a label; the sets of labels that code works with are those that have one."""

    NONE = 0
    HEAD = auto()
    """Stands between the headline and the body (TAXONOMY section 5)."""
    HEAD_LINE = auto()
    """Stands on the line of the date under the headline (TAXONOMY 1.6)."""
    TAIL = auto()
    """Stands behind the body."""
    ENDS_BODY = auto()
    """Behind it stands no signature of the body (issuer, date, contacts)."""
    FOOTER = auto()
    """Belongs to the page's footer, which ends a list of links."""
    SITE = auto()
    """Stands on every page of the site: a telephone number beside it is the site's."""
    CONTACTS = auto()
    """May hold telephone numbers and addresses."""
    NO_TITLE = auto()
    """Is a headline only by mistake."""
    NO_DATE = auto()
    """A date in it is not that of publication."""
    NO_WRITER = auto()
    """A name in it is not that of the writer."""
    NO_SOURCE = auto()
    """Names sites and papers, but not where the text comes from."""
    NO_CAPTION = auto()
    """Is no caption, in whatever element it stands."""
    NO_COMMENT = auto()
    """Was written by no reader, wherever it stands."""
    NO_RELATED = auto()
    """Is no item of a list of related links, even right behind one."""
    RESULT = auto()
    """Results from all that is known of a page; no rule gives it."""


_T = Trait
_CHROME_TRAITS = _T.NO_TITLE | _T.NO_COMMENT
"""What chrome has that is neither form nor wall."""


class Label(StrEnum):
    """What a block is. ``Label.SHARE == "share"``: rules in TOML name labels by their values."""

    role: Role
    """What the label makes of a block."""
    traits: Trait
    """Its properties."""

    def __new__(cls, value: str, role: Role = "chrome", traits: Trait = _CHROME_TRAITS) -> Self:
        """Return the member with its role and traits."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.role, member.traits = role, traits
        return member

    BODY = "body", "body", _T.RESULT
    TITLE = "title", "metadata", _T.RESULT
    ORIGINAL_TITLE = "original_title", "metadata", _T.NO_TITLE
    PUBLISH = "publish", "metadata", _T.HEAD | _T.HEAD_LINE | _T.ENDS_BODY | _T.NO_TITLE | _T.NO_COMMENT
    SOURCE = "source", "metadata", _T.HEAD | _T.HEAD_LINE | _T.NO_TITLE
    BYLINE = "byline", "metadata", _T.HEAD | _T.HEAD_LINE | _T.NO_TITLE
    EDITOR = "editor", "metadata", _T.HEAD_LINE | _T.TAIL | _T.NO_TITLE | _T.NO_WRITER
    BREADCRUMB = "breadcrumb", "metadata", _T.HEAD | _T.NO_SOURCE | _T.NO_RELATED | _CHROME_TRAITS
    DOCUMENT = "document", "metadata", _T.NO_TITLE | _T.NO_DATE
    SUMMARY = "summary", "metadata", _T.NO_TITLE
    CAPTION = "caption", "caption", _T.NO_TITLE | _T.NO_DATE
    DUPLICATE = "duplicate", "duplicate", _T.RESULT
    COUNTER = "counter", "chrome", _T.HEAD_LINE | _T.NO_WRITER | _CHROME_TRAITS
    FONT_SIZE = "font_size", "chrome", _T.HEAD | _T.HEAD_LINE | _CHROME_TRAITS
    NAVIGATION = "navigation", "chrome", _T.NO_WRITER | _T.NO_SOURCE | _CHROME_TRAITS
    SEARCH_BOX = "search_box"
    LOGIN = "login", "chrome", _T.NO_WRITER | _T.NO_SOURCE | _CHROME_TRAITS
    SHARE = "share", "chrome", _T.NO_WRITER | _T.NO_SOURCE | _T.NO_CAPTION | _T.NO_RELATED | _CHROME_TRAITS
    TOOLS = "tools", "chrome", _T.NO_WRITER | _T.NO_SOURCE | _T.NO_CAPTION | _CHROME_TRAITS
    TRUNCATION = "truncation", "chrome", _T.NO_TITLE
    PAGER = "pager", "chrome", _T.TAIL | _T.ENDS_BODY | _T.NO_DATE | _T.NO_CAPTION | _CHROME_TRAITS
    RELATED = "related", "chrome", (
        _T.TAIL | _T.ENDS_BODY | _T.NO_DATE | _T.NO_WRITER | _T.NO_SOURCE | _CHROME_TRAITS
    )  # fmt: skip
    HOT_LIST = "hot_list", "chrome", _T.TAIL | _T.ENDS_BODY | _T.NO_DATE | _CHROME_TRAITS
    COMMENTS = "comments", "chrome", _T.TAIL | _T.ENDS_BODY | _T.NO_DATE | _T.NO_WRITER | _T.NO_TITLE
    NEWSLETTER = "newsletter", "chrome", _T.TAIL | _T.NO_DATE | _CHROME_TRAITS
    APP = "app", "chrome", _T.NO_DATE | _T.NO_WRITER | _CHROME_TRAITS
    AD = "ad", "chrome", _T.NO_WRITER | _T.NO_CAPTION | _CHROME_TRAITS
    QR = "qr"
    COOKIE = "cookie", "chrome", _T.TAIL | _CHROME_TRAITS
    WALL = "wall", "chrome", _T.NONE
    ERROR = "error", "chrome", _T.NONE
    SCRIPT = "script", "chrome", _T.NO_COMMENT
    COPYRIGHT = "copyright", "chrome", (
        _T.TAIL | _T.ENDS_BODY | _T.FOOTER | _T.SITE | _T.CONTACTS | _T.NO_DATE | _T.NO_CAPTION | _T.NO_RELATED
        | _CHROME_TRAITS
    )  # fmt: skip
    LICENCE = "licence", "chrome", (
        _T.TAIL | _T.ENDS_BODY | _T.FOOTER | _T.SITE | _T.CONTACTS | _T.NO_DATE | _T.NO_RELATED | _CHROME_TRAITS
    )  # fmt: skip
    SITE_BAR = "site_bar", "chrome", (
        _T.TAIL | _T.ENDS_BODY | _T.FOOTER | _T.SITE | _T.CONTACTS | _T.NO_SOURCE | _T.NO_RELATED | _CHROME_TRAITS
    )  # fmt: skip
    FRIEND_LINKS = "friend_links", "chrome", (
        _T.TAIL | _T.ENDS_BODY | _T.FOOTER | _T.SITE | _T.NO_DATE | _T.NO_SOURCE | _T.NO_RELATED | _CHROME_TRAITS
    )  # fmt: skip
    CONTACT = "contact", "chrome", _T.FOOTER | _T.CONTACTS | _T.NO_DATE | _T.NO_RELATED | _CHROME_TRAITS
    DISCLAIMER = "disclaimer", "chrome", _T.TAIL | _T.FOOTER | _T.NO_DATE | _CHROME_TRAITS
    BOILERPLATE = "boilerplate", "chrome", _T.NONE
    FURNITURE = "furniture", "chrome", _T.RESULT
    BLANK = "blank", "chrome", _T.RESULT
    NOT_TEXT = "not_text", "chrome", _T.RESULT
    UNREAD = "unread", "chrome", _T.RESULT


def labels_with(trait: Trait) -> frozenset[Label]:
    """Return the labels that have a trait."""
    return frozenset(label for label in Label if trait in label.traits)
