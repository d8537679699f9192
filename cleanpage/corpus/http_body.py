"""The body of an HTTP response as the server meant it: transfer and content codings undone, whatever was declared."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence

from cleanpage.text.lazy_regex import lazy

MOST_LAYERS = 8
"""Codings that are undone; servers stack two at most."""
SHORT = 200
"""Bytes: one in ten values of a byte is in no text, so of 200 random ones one in 10⁹ has none of them."""

GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_CHUNK = lazy(rb"[ \t]{0,64}([0-9A-Fa-f]{1,16})[ \t]{0,64}(?:;[^\r\n]{0,4096})?\r?\n")
_END = lazy(rb"\r?\n")
_NOTHING = frozenset({"", "identity", "none", "binary", "7bit", "8bit"})


class BodyError(Exception):
    """The body cannot be had; the message says why."""


class CutError(BodyError):
    """The body ends before its end; ``before`` is what could be decoded."""

    def __init__(self, message: str, before: bytes) -> None:
        super().__init__(message)
        self.before = before


class TooLongError(BodyError):
    """The body is longer than the bound."""


IsText = Callable[[bytes], bool]


def undo(body: bytes, transfer: str, content: str, bound: int, is_text: IsText, *, truncated: bool = False) -> bytes:
    """Return a body without its codings, the last that was applied first.

    ``transfer`` and ``content`` are the values of Transfer-Encoding and Content-Encoding. A body that does not have
    the coding which is declared is left as it is if ``is_text`` says that it may be text: crawlers store bodies decoded
    beside headers that they leave. gzip and zstd are known by their first bytes, declared or not. Of a body that is
    known to be ``truncated`` what is there is returned. Raises BodyError: CutError for one that is cut short,
    TooLongError beyond ``bound`` bytes.
    """
    layers = [*reversed(_codings(transfer)), *reversed(_codings(content))]
    if len(layers) > MOST_LAYERS:
        raise BodyError(f"its body has {len(layers)} codings, one over the other")
    for layer in [*layers, *["undeclared"] * (MOST_LAYERS - len(layers))]:
        if layer == "undeclared" and not body.startswith((GZIP, ZSTD)):
            break
        try:
            body = _undo_one(layer, body, bound, is_text)
        except CutError as error:
            if not truncated or not error.before:
                raise
            body = error.before
    return body


def _codings(value: str) -> list[str]:
    names = (name.strip(" \t\"'").lower() for name in re.split("[,;]", value))
    return [name for name in names if name not in _NOTHING]


def _undo_one(name: str, body: bytes, bound: int, is_text: IsText) -> bytes:
    if not body:
        return body
    if name == "chunked":
        return _dechunk(body)
    cut: CutError | None = None
    for decode in _decoders(name, body):
        try:
            return decode(body, bound)
        except CutError as error:
            cut = cut or error
        except TooLongError:
            raise
        except Exception:  # of zlib, brotli, zstandard: it is not in this coding
            continue
    if is_text(body) and (_is_utf8(body) or (not cut and (len(body) > SHORT or body.lstrip().startswith(b"<")))):
        return body  # of a short or cut stream chance can make what looks like text, but hardly UTF-8 or a tag
    if cut:
        raise cut
    raise BodyError(f"its body is not in the coding {name!r} that is declared, or is damaged")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoders(name: str, body: bytes) -> Iterator[Callable[[bytes, int], bytes]]:
    """Yield what may undo a coding; what the first bytes say goes before what is declared."""
    if body.startswith(GZIP):
        yield _gunzip
    elif body.startswith(ZSTD):
        yield _unzstd
    elif name == "br":
        yield _unbrotli
    elif name in ("gzip", "x-gzip", "deflate", "x-deflate", "zlib"):
        if len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0:
            yield _unzlib
        yield _inflate


def _dechunk(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while head := _CHUNK.match(body, at):
        size, start = int(head[1], 16), head.end()
        if not size:
            return b"".join(parts)
        parts.append(body[start : start + size])
        end = _END.match(body, start + size)
        if not end:
            if start + size < len(body.rstrip(b"\r")):
                raise BodyError("its body has chunks of wrong lengths")
            raise CutError("its body is cut short: the last chunk is missing", b"".join(parts))
        at = end.end()
    if not at:
        return body  # it has been undone, the header was left
    if at < len(body) and not _CHUNK.match(body[at:] + b"\n"):
        raise BodyError("its body has chunks of wrong lengths")
    raise CutError("its body is cut short: the last chunk is missing", b"".join(parts))


def _gunzip(body: bytes, bound: int) -> bytes:
    parts: list[bytes] = []
    while body.startswith(GZIP):
        made, body = _decompress(body, bound, 31, "gzip", parts)
        parts.append(made)
        bound -= len(made)
        body = body.lstrip(b"\0")
    _check("gzip", parts, 0, bound, not body or not GZIP.startswith(body))
    return b"".join(parts)


def _unzlib(body: bytes, bound: int) -> bytes:
    return _decompress(body, bound, 15, "deflate")[0]


def _inflate(body: bytes, bound: int) -> bytes:
    return _decompress(body, bound, -15, "deflate")[0]


def _decompress(body: bytes, bound: int, bits: int, name: str, before: Sequence[bytes] = ()) -> tuple[bytes, bytes]:
    decoder = zlib.decompressobj(bits)
    made = decoder.decompress(body, bound + 1)
    _check(name, [*before, made], len(made), bound, decoder.eof)
    return made, decoder.unused_data


def _unbrotli(body: bytes, bound: int) -> bytes:
    import brotli

    decoder = brotli.Decompressor()
    parts = [decoder.process(body, output_buffer_limit=bound + 1)]
    size = len(parts[0])
    while size <= bound and not decoder.is_finished() and not decoder.can_accept_more_data():
        parts.append(decoder.process(b"", output_buffer_limit=bound + 1 - size))
        size += len(parts[-1])
    _check("br", parts, size, bound, decoder.is_finished())
    return b"".join(parts)


def _unzstd(body: bytes, bound: int) -> bytes:
    import zstandard

    parts: list[bytes] = []
    size = 0
    while body.startswith(ZSTD):
        decoder = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
        for at in range(0, len(body), 1024):  # what a kilobyte unpacks to is 32 MB at most
            parts.append(decoder.decompress(body[at : at + 1024]))
            size += len(parts[-1])
            if size > bound or decoder.eof:
                break
        _check("zstd", parts, size, bound, decoder.eof)
        body = decoder.unused_data + body[at + 1024 :]
    return b"".join(parts)


def _check(name: str, parts: Sequence[bytes], size: int, bound: int, ended: bool) -> None:
    if size > bound:
        raise TooLongError
    if not ended:
        raise CutError(f"its body is cut short: the {name} stream does not end", b"".join(parts))
