"""Whether a media type, or the first bytes where there is none worth trusting, are those of a page."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleanpage.text.lazy_regex import lazy

PAGE_TYPES = frozenset({
    "text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", "text/plain", "text/markdown",
    "text/x-markdown",
})  # fmt: skip
"""Types of pages."""
GENERIC = frozenset({
    "", "text/plain", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "application/unknown",
})  # fmt: skip
"""Types that servers send for anything: the bytes decide."""
XML = frozenset({"application/xml", "text/xml"})
"""Types of pages if there is an element ``html``."""
SNIFFED = 1445
"""Bytes that are looked at, as in WHATWG's MIME Sniffing Standard, section 5."""

_ESSENCE = lazy(r"[ \t]*+([\w!#$%&'*+.^`|~-]{1,127}/[\w!#$%&'*+.^`|~-]{1,127})", re.ASCII)
_CHARSET = lazy(r"""(?<![\w-])charset[ \t]*+=[ \t]*+["']?+[ \t]*+([^\s"',;]{1,64})""", re.I)
_ITEM = lazy(r'(?:[^,"]++|"(?:[^"\\]|\\.)*+"?+)++')
_BINARY = lazy(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MARKS = (b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe")


class MediaType(NamedTuple):
    """A media type: ``essence`` is ``type/subtype`` in lower case, empty if there is none."""

    essence: str
    charset: str


def parse_media_type(value: str) -> MediaType:
    """Return what a Content-Type header means (RFC 9110, 8.3): of a list the last type that is one, any charset.

    Case, quotes, blanks and a missing semicolon do not matter.
    """
    found = MediaType("", "")
    for item in _ITEM.findall(value):
        essence, charset = _ESSENCE.match(item), _CHARSET.search(item)
        kind = essence[1].lower() if essence else ""
        name = charset[1] if charset else ""
        if kind in ("", "*/*"):
            found = found._replace(charset=name or found.charset)
        else:
            found = MediaType(kind, name or (found.charset if kind == found.essence else ""))
    return found


def may_be_page(essence: str) -> bool:
    """Tell whether what has this type may be a page, whatever its bytes are."""
    return essence in PAGE_TYPES | GENERIC | XML


def reason_to_skip(essence: str, body: bytes) -> str:
    """Return why a body of a type is no page, ``media-type`` or ``binary``; empty if it may be one."""
    if essence in GENERIC:
        return "" if looks_like_text(body) else "binary"
    if essence in XML:
        return "" if b"<html" in body[:SNIFFED].lower() else "media-type"
    return "" if essence in PAGE_TYPES else "media-type"


def looks_like_text(body: bytes) -> bool:
    """Tell whether the first bytes may be those of a text, in UTF-16 only with its mark."""
    head = body[:SNIFFED]
    return head.startswith(_MARKS) or not (head.startswith((b"%PDF-", b"%!PS")) or _BINARY.search(head))
