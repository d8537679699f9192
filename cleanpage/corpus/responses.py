"""What a record of an archive holds: a page, a reason to leave it out, or a problem."""

from __future__ import annotations

import re
from typing import NamedTuple

from cleanpage.corpus.accounting import SKIP_REASONS
from cleanpage.corpus.http_body import BodyError, TooLongError, undo
from cleanpage.corpus.media_type import (
    looks_like_text,
    may_be_page,
    parse_media_type,
    reason_to_skip,
)
from cleanpage.corpus.warc import WarcRecord, parse_headers
from cleanpage.errors import CleanpageError
from cleanpage.text.lazy_regex import lazy
from cleanpage.values import frozen

RECORD_TYPES = ("response", "resource", "conversion", "")
"""Types of records that may hold pages; a record that is cut may have none."""
LONGEST_HTTP_HEAD = 2**18
"""Bytes of the header of a response."""

_STATUS_LINE = lazy(rb"HTTP/\d[\d.]{0,3}[ \t]{1,9}(\d{3})(?:[ \t][^\r\n]{0,4096})?\r?(?:\n|\Z)", re.I)
_LINE = lazy(rb"[^\n]*+\n?")


@frozen
class Statuses:
    """HTTP statuses whose responses are pages."""

    asked: frozenset[int] | None
    """None: all."""

    @classmethod
    def of(cls, text: str) -> Statuses:
        """Return the statuses of ``200,404``, ``2xx,404`` or ``any``; raise CleanpageError for anything else."""
        found: set[int] = set()
        for name in text.lower().replace(" ", "").split(","):
            if name == "any":
                return cls(None)
            if re.fullmatch("[1-9](?:[0-9]{2}|xx)", name):
                found.update(range(int(name[0]) * 100, int(name[0]) * 100 + 100) if "x" in name else [int(name)])
            else:
                raise CleanpageError(f"there is no status {name!r}: give numbers such as 200,404, or 2xx, or any")
        return cls(frozenset(found))

    def reason_to_skip(self, status: int | None) -> str:
        """Return why a response is left out; empty if it is not, also if nobody knows its status."""
        if status is None or self.asked is None or status in self.asked:
            return ""
        return "redirect" if 300 <= status < 400 else "status"


class Content(NamedTuple):
    """What a record holds: a body, else one of ``skipped`` and ``problem`` is why there is none."""

    body: bytes = b""
    encoding: str = ""
    status: int | None = None
    skipped: str = ""
    problem: str = ""


class _Response(NamedTuple):
    status: int | None
    headers: dict[str, str]
    body: bytes


def page_of(record: WarcRecord, statuses: Statuses, bound: int) -> Content:
    """Return what a record holds; bodies are undone up to a byte more than ``bound``."""
    kind = record.headers.get("warc-type", "").lower()
    if kind not in RECORD_TYPES:
        return Content(skipped=kind if kind in SKIP_REASONS else "record-type")
    if record.problem:
        return Content(problem=record.problem)
    own = parse_media_type(record.headers.get("content-type", ""))
    if own.essence == "application/http" or (kind == "response" and record.block.startswith(b"HTTP/")):
        return _of_response(record, statuses, bound)
    skipped = reason_to_skip(own.essence, record.block) if record.block else "empty"
    if skipped or len(record.block) > bound:
        return Content(skipped=skipped, problem=_too_long(bound))
    return Content(record.block, own.charset or ("utf-8" if kind == "conversion" else ""))


def _of_response(record: WarcRecord, statuses: Statuses, bound: int) -> Content:
    response = _parse(record.block)
    status, headers = response.status, response.headers
    skipped = statuses.reason_to_skip(status)
    kind = parse_media_type(headers.get("content-type", ""))
    if skipped or not response.body:
        return Content(status=status, skipped=skipped or "empty")
    if not may_be_page(kind.essence):
        return Content(status=status, skipped="media-type")
    try:
        if len(record.block) > bound:
            raise TooLongError
        codings = headers.get("transfer-encoding", ""), headers.get("content-encoding", "")
        truncated = "warc-truncated" in record.headers
        body = undo(response.body, *codings, bound, looks_like_text, truncated=truncated)
    except TooLongError:
        return Content(status=status, problem=_too_long(bound))
    except BodyError as error:
        return Content(status=status, problem=str(error))
    skipped = reason_to_skip(kind.essence, body) if body else "empty"
    return Content(status=status, skipped=skipped) if skipped else Content(body, kind.charset, status)


def _too_long(bound: int) -> str:
    return f"it is longer than {bound // 1024**2} MB"


def _parse(block: bytes) -> _Response:
    """Return a response from its bytes: lines that end in CRLF or LF, headers of status 1xx before it left out.

    A header that nothing ends ends where a line begins with a tag; what has no status line is all body.
    """
    status, at = None, 0
    headers: dict[str, str] = {}
    while line := _STATUS_LINE.match(block, at):
        status = int(line[1])
        start = at = line.end()
        while at < min(len(block), start + LONGEST_HTTP_HEAD):
            end = at + len(_LINE.match(block, at).group())  # type: ignore[union-attr]  # it matches anything
            if block[at : at + 1] == b"<":
                break
            blank = not block[at : min(end, at + 64)].strip()
            at = end
            if blank:
                break
        headers = parse_headers(block[start:at])
        if not 100 <= status < 200:
            break
    return _Response(status, headers, block[at:])
