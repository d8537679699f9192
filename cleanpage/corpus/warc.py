"""The records of a WARC, WET or ARC file, also where their lengths are wrong or their lines end in bare LF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from cleanpage.corpus.unpack import is_cut_short
from cleanpage.text.lazy_regex import lazy

PIECE = 2**16
"""Bytes that are read at a time."""
OVERLAP = 256
"""Bytes that are looked at again with those that follow: the beginning of a record is shorter."""
LONGEST_HEAD = 2**18
"""Bytes that the header of a record may have."""

_VERSION = rb"WARC/\d{1,2}\.\d{1,3}[ \t]{0,9}\r?\n"
_AHEAD = lazy(rb"([\r\n]{0,8})(?:" + _VERSION + rb"|(?:W(?:A(?:R(?:C(?:/[\d.]{0,6}\r?)?)?)?)?)?\Z)")
_RECORD = lazy(rb"(?<=\n)(?=" + _VERSION + rb"[A-Za-z-]{1,64}[ \t]{0,9}:)")
_FIRST = lazy(rb"[\r\n]{0,8}" + _VERSION)
_SEPARATOR = lazy(rb"(?:\r\n\r\n|\n\n|\r\n|\n)\Z")
_FULL_SEPARATOR = lazy(rb"(?:\r\n\r\n|\n\n)\Z")
_HEAD_END = lazy(rb"\r?\n\r?\n")
_FOLDED = lazy(rb"\r?\n[ \t]+")
_ARC = lazy(rb"(?:\r?\n){0,4}([^\s]{1,65536}) ([^\s]{1,64}) (\d{8,14}) ([^\r\n]{0,512}?) (\d{1,15})\r?\n")
_AHEAD_OF_HEAD = 128
"""Bytes behind a record that show whether the next one begins there."""


class WarcRecord(NamedTuple):
    """A record as it stands in the archive."""

    headers: dict[str, str]
    """By their names in lower case; of those that come twice the values, with a comma."""
    block: bytes
    """What the record holds, at most a byte more than the bound."""
    problem: str = ""
    """Why the block is not what was written."""


def read_some(stream: IO[bytes]) -> bytes:
    """Return what one read gives: a larger one could lose what came before an error."""
    read: bytes = stream.read1(PIECE)  # type: ignore[attr-defined]  # of io.BufferedReader
    return read


class _Window:
    """The part of a stream that is held: from ``at`` on it has not been used."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.held = bytearray()
        self.at = 0
        self.error: Exception | None = None
        self._ended = False

    def fill(self, size: int) -> bool:
        """Hold ``size`` unused bytes; tell whether there are so many."""
        if self.at > PIECE and self.at > len(self.held) // 2:
            del self.held[: self.at - 1]  # whether a line begins at ``at`` is still to be seen
            self.at = 1
        while len(self.held) - self.at < size and not self._ended:
            try:
                piece = read_some(self._stream)
            except Exception as error:  # of gzip, zstandard, the file system: what came before is whole
                self.error, piece = error, b""
            self._ended = not piece
            self.held += piece
        return len(self.held) - self.at >= size

    @property
    def is_damaged(self) -> bool:
        """Whether bytes are missing, here or further on."""
        return self.error is not None or is_cut_short(self._stream)

    def skip(self, size: int) -> int:
        """Drop bytes; return how many there were."""
        skipped = 0
        while skipped < size and self.fill(1):
            step = min(size - skipped, len(self.held) - self.at)
            self.at += step
            skipped += step
        return skipped

    def match(self, pattern: re.Pattern[bytes], size: int) -> re.Match[bytes] | None:
        """Return what a pattern matches in the next ``size`` bytes."""
        self.fill(size)
        return pattern.match(bytes(self.held[self.at : self.at + size]))


def read_records(stream: IO[bytes], bound: int) -> Iterator[WarcRecord]:
    """Yield the records of an archive.

    A record whose Content-Length does not lead to the next one ends where the next one begins: its length was counted
    wrong, and ``WARC/1.0`` at the beginning of a line, before a header, can hardly be anything else. Time is linear,
    and a little more than ``bound`` bytes are held. What reading the stream raises is raised when all records that were
    whole have come. Raises ValueError for a stream without any record.
    """
    window = _Window(stream)
    if window.fill(1) and not window.match(_FIRST, _AHEAD_OF_HEAD):
        if window.match(_ARC, PIECE):
            yield from _read_arc(window, bound)
        elif not _find_record(window):
            raise window.error or ValueError("there is no record in it")
    while window.fill(1):
        record = _next(window, bound)
        if record:
            yield record
    if window.error:
        raise window.error


def _next(window: _Window, bound: int) -> WarcRecord | None:
    """Return the next record; None if nothing but line ends is left, or the stream broke off in a header."""
    while window.fill(1) and window.held[window.at] in b"\r\n":
        window.at += 1
    if not window.fill(1):
        return None
    head = _record_head(window)
    if head is None:
        return None if window.error else WarcRecord({}, b"", "its header does not end")
    headers = parse_headers(head.partition(b"\n")[2])
    given = headers.get("content-length", "").partition(",")[0].strip()
    size = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else -1
    if size >= 0 and (block := _whole_block(window, size, bound)) is not None:
        return WarcRecord(headers, block)
    return _resynchronised(window, headers, size, bound)


def _record_head(window: _Window) -> bytes | None:
    """Return the header of the next record, with its first line; None if it does not end."""
    size = 0
    while size < LONGEST_HEAD:
        size += PIECE // 16
        more = window.fill(size)
        start = window.at
        end = _HEAD_END.search(window.held, start, start + size)
        if end:
            window.at = end.end()
            return bytes(window.held[start : end.start()])
        if not more:
            window.at = len(window.held)
            return None
    _find_record(window)
    return None


def _whole_block(window: _Window, size: int, bound: int) -> bytes | None:
    """Return the block of ``size`` bytes, if the next record or the end stands behind it; the window is then there."""
    kept = min(size, bound + 1)
    whole = window.fill(kept)
    start = window.at
    if size > bound and not _RECORD.search(window.held, start, start + kept) and whole:
        block = bytes(window.held[start : start + kept])
        window.skip(size)
        return block
    if size > bound or not whole:
        return None
    window.fill(size + _AHEAD_OF_HEAD)
    behind = window.at + size
    ahead = _AHEAD.match(bytes(window.held[behind : behind + _AHEAD_OF_HEAD]))
    if not ahead or _is_off_in_separator(bytes(window.held[max(window.at, behind - 4) : behind]), ahead[1]):
        return None
    block = bytes(window.held[window.at : behind])
    window.at = behind
    return block


def _is_off_in_separator(before: bytes, line_ends: bytes) -> bool:
    """Tell whether a block that ends so ends within the line ends that separate records, not before them."""
    return line_ends not in (b"\r\n\r\n", b"\n\n") and bool(_FULL_SEPARATOR.search(before + line_ends))


def _resynchronised(window: _Window, headers: dict[str, str], size: int, bound: int) -> WarcRecord | None:
    """Return a record that ends where the next one begins."""
    found, block = _up_to_record(window, bound)
    if not found and window.error:
        return None
    if window.is_damaged:
        return WarcRecord(headers, b"", "the file is damaged where it stands")
    if not found and size > len(block):
        return WarcRecord(headers, b"", f"it is cut short: {len(block)} of {size} bytes are there")
    if len(block) > bound:
        return WarcRecord(headers, block)
    end = _SEPARATOR.search(block)
    return WarcRecord(headers, block[: end.start()] if end else block)


def _up_to_record(window: _Window, bound: int) -> tuple[bool, bytes]:
    """Return whether another record begins, and the bytes before it, at most one more than the bound."""
    size = 0
    while True:
        more = window.fill(size + PIECE)
        start = window.at
        found = _RECORD.search(window.held, max(start, start + size - OVERLAP), start + size + PIECE)
        size = found.start() - start if found else min(size + PIECE, len(window.held) - start)
        if found or not more or size > bound:
            block = bytes(window.held[start : start + min(size, bound + 1)])
            window.at = start + size
            if not found and more:
                window.at -= OVERLAP
                return _find_record(window), block
            return bool(found), block


def _find_record(window: _Window) -> bool:
    """Go to where the next record begins; tell whether there is one."""
    while True:
        more = window.fill(PIECE)
        found = _RECORD.search(window.held, window.at, window.at + PIECE)
        window.at = found.start() if found else window.at + PIECE - OVERLAP if more else len(window.held)
        if found or not more:
            return bool(found)


def parse_headers(head: bytes) -> dict[str, str]:
    """Return header lines by their names in lower case: UTF-8, else Latin-1; folded lines are joined."""
    found: dict[str, str] = {}
    for line in _FOLDED.sub(b" ", head).splitlines():
        name, colon, value = line.partition(b":")
        if colon:
            key, text = (_decode_header(part).strip() for part in (name, value))
            found[key.lower()] = f"{found[key.lower()]}, {text}" if key.lower() in found else text
    return found


def _decode_header(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _read_arc(window: _Window, bound: int) -> Iterator[WarcRecord]:
    """Yield the records of an ARC file (version 1 and 2) with the headers that a WARC would give them."""
    while window.fill(1):
        head = window.match(_ARC, PIECE)
        if not head:
            if window.fill(9) and not window.error:
                raise ValueError("behind a record there is none, where its length ends")
            break
        window.at += head.end()
        url, _, _, kind, size = (_decode_header(part) for part in head.groups())
        is_page = url.lower().startswith(("http:", "https:"))
        headers = {
            "warc-type": "response" if is_page else "warcinfo" if url.startswith("filedesc:") else "resource",
            "warc-target-uri": url,
            "content-type": "application/http" if is_page else kind,
        }
        if window.fill(min(int(size), bound + 1)):
            block = bytes(window.held[window.at : window.at + min(int(size), bound + 1)])
            window.skip(int(size))
            yield WarcRecord(headers, block)
        elif not window.error:
            there = len(window.held) - window.at
            window.at = len(window.held)
            yield WarcRecord(headers, b"", f"it is cut short: {there} of {size} bytes are there")
        else:
            break
    window.at = len(window.held)
