"""A file of a collection as a stream of bytes, unpacked: gzip, bzip2, xz and zstd, told by their first bytes."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleanpage.corpus.http_body import GZIP, ZSTD

PACKED_SUFFIXES = (".gz", ".zst", ".zstd", ".bz2", ".xz")
"""What a packed file is called, after what it would be called else."""
MOST_DAMAGED = 100
"""Members of a gzip file that may be damaged before the rest is not looked at."""
_SKIPPABLE = b"\x5d\x2a\x4d\x18"
"""The first frame of a .warc.zst may be a dictionary (IIPC, WARC compressed with Zstandard)."""


class _Format(NamedTuple):
    name: str
    magic: bytes
    new: Callable[[], Any]
    piece: int
    """Bytes that are unpacked at a time: they may become a thousand times as many, in bzip2 20,000 times."""


def _zstd(dictionary: bytes = b"") -> Any:
    import zstandard

    given = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdDecompressor(dict_data=given).decompressobj()


_FORMATS = (
    _Format("gzip", GZIP, lambda: zlib.decompressobj(31), 2**14),
    _Format("bzip2", b"BZh", bz2.BZ2Decompressor, 2**10),
    _Format("xz", b"\xfd7zXZ\0", lzma.LZMADecompressor, 2**10),
    _Format("zstd", ZSTD, _zstd, 2**10),
)


def plain_name(name: str) -> str:
    """Return the name of a file without the suffix of its packing, in lower case."""
    lower = name.lower()
    return next((lower.removesuffix(suffix) for suffix in PACKED_SUFFIXES if lower.endswith(suffix)), lower)


def open_unpacked(file: Path) -> IO[bytes]:
    """Return the bytes of a file, unpacked; a read raises an OSError or EOFError when all that is whole was read.

    Of gzip with many members, as archives have, those behind a damaged one are read as well.
    """
    source = file.open("rb")
    head = source.peek(8)
    if head.startswith(_SKIPPABLE):
        return io.BufferedReader(_Unpacked(source, _with_dictionary(source)))
    for form in _FORMATS:
        if head.startswith(form.magic):
            return io.BufferedReader(_Unpacked(source, form))
    return source


def is_cut_short(stream: IO[bytes]) -> bool:
    """Tell whether bytes that ``open_unpacked`` could not unpack are missing, among those read or further on."""
    raw = getattr(stream, "raw", None)
    return isinstance(raw, _Unpacked) and raw.error is not None


def _with_dictionary(source: IO[bytes]) -> _Format:
    """Return zstd with the dictionary that stands in the first frame, itself packed or not; read that frame."""
    size = int.from_bytes(source.read(8)[4:], "little")
    dictionary = source.read(min(size, 2**27))
    zstd = _FORMATS[-1]
    if dictionary.startswith(zstd.magic):
        dictionary = _zstd().decompress(dictionary)
    return zstd._replace(new=lambda: _zstd(dictionary))


class _Unpacked(io.RawIOBase):
    """The members of a packed file, one after the other."""

    def __init__(self, source: IO[bytes], form: _Format) -> None:
        self._source, self._form = source, form
        self._packed, self._ready = b"", b""
        self._member: Any = None
        self.error: Exception | None = None
        self._damaged = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._source.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            self._packed = self._packed or self._source.read(self._form.piece)
            if not self._packed:
                return self._end()
            self._ready = self._unpack()
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _end(self) -> int:
        if self._member and not self.error:
            self.error = EOFError(f"the {self._form.name} stream is cut short")
        if self.error:
            raise self.error
        return 0

    def _unpack(self) -> bytes:
        """Return what a piece gives; keep what belongs to the next member."""
        packed, self._packed = self._packed, b""
        if not self._member:
            packed = self._at_member(packed)
            if not packed:
                return b""
            self._member = self._form.new()
        try:
            made: bytes = self._member.decompress(packed)
        except Exception as error:  # each library has its own
            self.error = self.error or OSError(f"the {self._form.name} stream is damaged: {error}")
            self._member = None
            self._damaged += 1
            self._packed = packed[1:] if self._form.name == "gzip" else b""
            if self._form.name != "gzip" or self._damaged > MOST_DAMAGED:
                self._give_up()
            return b""
        if self._member.eof:
            self._packed, self._member = self._member.unused_data, None
        return made

    def _at_member(self, packed: bytes) -> bytes:
        """Return what begins with a member; between members nothing stands but zeros, unless one is damaged."""
        if not self._damaged:
            packed = packed.lstrip(b"\0")
        magic = self._form.magic
        while 0 < len(packed) < len(magic) and (more := self._source.read(self._form.piece)):
            packed += more
        if packed.startswith(magic) or not packed:
            return packed
        if packed.startswith(_SKIPPABLE[1:], 1) and self._form.name == "zstd":
            return packed
        if not self._damaged:
            self._damaged += 1
            self.error = OSError(f"bytes that are not {self._form.name} stand behind a member")
        found = packed.find(magic)
        return packed[found:] if found >= 0 else self._may_begin(packed)

    def _may_begin(self, packed: bytes) -> bytes:
        """Keep the last bytes, which may begin a member, if there is more to read; return nothing."""
        more = self._source.read(self._form.piece)
        self._packed = packed[-2:] + more if more else b""
        return b""

    def _give_up(self) -> None:
        self._packed = b""
        while self._source.read(2**20):
            pass
