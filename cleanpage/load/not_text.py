"""What is no page: images, archives, documents, data; known by its first bytes or its share of control characters.

A ``str`` is looked at as well: somebody may have decoded the bytes of an image with replacement characters. There a
byte beyond ASCII of a signature stands for any character.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from cleanpage.load import data_text
from cleanpage.load.bounds import DECLARED_WITHIN, EDGE
from cleanpage.load.json_values import parse_json
from cleanpage.load.wide import wide_encoding
from cleanpage.text import units
from cleanpage.text.lazy_regex import lazy

CODE = "not-text: "
"""What the warning begins with; the name of the format follows."""
MOST_CONTROLS, LEAST_CONTROLS = 0.04, 6
"""Share and number of control characters from which on nothing is text. Random and compressed bytes have .10."""
MOST_KINDS = 5
"""So many different control characters make a few of them enough; of 3,300 labelled pages none has more than one."""
LONG_STRING = 40.0
"""A string of JSON from this length on, in ideograms, may be a text, or a page; data has none."""
Signatures = tuple[tuple[bytes, str], ...]
PLAIN: Signatures = (
    (rb"%PDF-", "a PDF document"), (rb"%!PS|\xc5\xd0\xd3\xc6", "a PostScript document"),
    (rb"\{\\rtf", "an RTF document"), (rb"WARC/[01]\.\d", "a WARC archive"),
    (rb"\([dlt]p?0\n|ccopy_reg\n", "a Python pickle"), (rb"SIMPLE  = {10,30}T", "a FITS image"),
    (rb"#EXTM3U", "a playlist"), (rb"begin [0-7]{3} \S+\r?\n[!-`]", "uuencoded data"),
    (rb"-----BEGIN [A-Z ]+-----", "a key or certificate (PEM)"),
    (rb"BEGIN:VCARD\r?\n", "a vCard"), (rb"BEGIN:VCALENDAR\r?\n", "a calendar"),
)  # fmt: skip
"""Patterns of first bytes that are words of ASCII, and the format that each tells."""
SIGNATURES: Signatures = (
    *PLAIN,
    (rb"\x89PNG\r?\n", "a PNG image"), (rb".{6}(?:JFIF|Exif)\x00|\xff\xd8\xff", "a JPEG image"),
    (rb"GIF8[79]a", "a GIF image"),
    (rb"RIFF.{4}WEBP", "a WebP image"), (rb"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+", "a TIFF image"),
    (rb"BM.{4}\x00{4}", "a BMP image"), (rb"\x00\x00\x01\x00.\x00", "an icon"), (rb"8BPS\x00", "a Photoshop image"),
    (rb".{4}ftypavi[fs]", "an AVIF image"), (rb".{4}ftyp(?:hei[cxms]|mif1|msf1)", "a HEIC image"),
    (rb"\x00\x00\x00\x0c(?:jP  |JXL )\r?\n|\xff\x4f\xff\x51", "a JPEG 2000 or JPEG XL image"),
    (rb"AT&TFORM.{4}DJV", "a DjVu document"), (rb"\xd7\xcd\xc6\x9a|\x01\x00\x00\x00.{36} EMF", "a Windows metafile"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (OLE: doc, xls, ppt, msg)"),
    (rb"\x1f\x8b\x08|\x1f\x8b.\x08", "gzip data"), (rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", "bzip2 data"),
    (rb"\xfd7zXZ\x00", "xz data"), (rb"\x28\xb5\x2f\xfd", "zstd data"), (rb"\x04\x22\x4d\x18", "LZ4 data"),
    (rb"LZIP\x01", "lzip data"),
    (rb"7z\xbc\xaf\x27\x1c", "a 7z archive"), (rb"Rar!\x1a\x07", "a RAR archive"), (rb"MSCF\x00{4}", "a CAB archive"),
    (rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", "a ZIP archive"), (rb".{257}ustar(?:\x00|  \x00)", "a tar archive"),
    (rb"!<arch>\n", "an ar archive"), (rb"070707\d{5}|07070[12][0-9a-fA-F]{8}|\xc7\x71", "a cpio archive"),
    (rb"xar!\x00", "a xar archive"), (rb"\xed\xab\xee\xdb", "an RPM package"),
    (rb"PAR1", "a Parquet file"), (rb"ARROW1\x00\x00", "an Arrow file"),
    (rb"\xff\xff\xff\xff.{2}\x00\x00\x10\x00\x00\x00", "an Arrow stream"), (rb"FEA1", "a Feather file"),
    (rb"Obj\x01", "an Avro file"), (rb"ORC[\x00-\x1f]", "an ORC file"), (rb"SQLite format 3\x00", "an SQLite database"),
    (rb"\x89HDF\r?\n", "an HDF5 file"), (rb"\x93NUMPY", "a NumPy array"), (rb"bplist0\d", "a binary property list"),
    (rb"\x7fELF", "an executable (ELF)"), (rb"MZ.{0,62}\x00", "an executable (PE)"),
    (rb"\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe", "an executable (Mach-O)"),
    (rb"\xca\xfe\xba\xbe\x00\x00\x00[\x01-\x14]", "an executable (Mach-O)"),
    (rb"\xca\xfe\xba\xbe..\x00[\x2d-\x7f]", "a Java class"), (rb"\x00asm\x01\x00", "a WebAssembly module"),
    (rb"dex\n0\d\d\x00", "an Android executable"), (rb"[\x00-\xff]\r\r?\n[\x00-\x0f]\x00{3}", "Python bytecode"),
    (rb"RIFF.{4}WAVE", "a WAV sound"), (rb"ID3[\x02-\x04]", "an MP3 sound"),
    (rb"fLaC\x00", "a FLAC sound"), (rb"OggS\x00", "an Ogg file"), (rb"MThd\x00", "a MIDI file"),
    (rb"FORM.{4}AIF[FC]", "an AIFF sound"), (rb"\.snd\x00", "an AU sound"), (rb"#!AMR\n", "an AMR sound"),
    (rb".{4}ftypM4[AB]", "an MPEG-4 sound"), (rb".{4}(?:ftyp|moov|mdat|wide)", "an MPEG-4 or QuickTime video"),
    (rb"\x1a\x45\xdf\xa3", "a Matroska or WebM video"),
    (rb"RIFF.{4}AVI ", "an AVI video"), (rb"\x00\x00\x01[\xba\xb3]", "an MPEG video"), (rb"FLV\x01", "a Flash video"),
    (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media file"), (rb"[FCZ]WS[\x01-\x40].{3}\x00", "a Flash file"),
    (rb"wOFF\x00|wOF2\x00|wOFF.{4}|wOF2.{4}", "a web font"),
    (rb"OTTO\x00|\x00\x01\x00\x00\x00|ttcf\x00|true\x00", "a font"),
    (rb"PACK\x00\x00\x00[\x02\x03]", "a git pack"), (rb"DIRC\x00\x00\x00", "a git index"),
    (rb"\x80[\x04\x05]\x95.{2,5}\x00{3}|\x80[\x02-\x05].|[(\]}]q\x00", "a Python pickle"),
    (rb".{60}(?:BOOKMOBI|TEXtREAd)", "an e-book (MOBI)"),
    (rb"L\x00\x00\x00\x01\x14\x02\x00", "a Windows shortcut"),
    (rb"\x00\x05\x16\x07", "an AppleDouble file"), (rb".{128}DICM", "a DICOM image"),
)  # fmt: skip
"""All patterns; those that are not ``PLAIN`` are believed only of what holds a control character as well."""
WEAK: Signatures = (
    (rb"\xff[\xfb\xf3\xf2\xfa][\x10-\xef]", "an MP3 sound"), (rb"\xff[\xf1\xf9][\x40-\x80]", "an AAC sound"),
    (rb"\x78[\x01\x5e\x9c\xda]", "zlib data"), (rb"\x1f\x9d", "compress data"), (rb"\x5d\x00\x00.{2}", "LZMA data"),
    (rb"G.{187}G.{187}G", "an MPEG stream"), (rb"\xff\x0a", "a JPEG XL image"),
)  # fmt: skip
"""Patterns so short that a text may begin with them: they name only what is binary by its control characters."""
IN_ZIP = (
    (b"word/document", "a Word document (docx)"), (b"xl/workbook", "an Excel document (xlsx)"),
    (b"ppt/presentation", "a PowerPoint document (pptx)"), (b"application/epub+zip", "an EPUB book"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"), (b"AndroidManifest.xml", "an Android package"),
    (b"META-INF/MANIFEST.MF", "a Java archive"), (b".npy", "NumPy arrays (npz)"),
)  # fmt: skip
"""Names that stand in ZIP archives of a format."""
OBJECTS = (
    (frozenset(("cells", "nbformat")), "a Jupyter notebook"),
    (frozenset(("version", "items", "title")), "a feed (JSON)"),
)
"""Keys of an object of JSON, and its format."""
WITH_PAGES = frozenset(("a WARC archive", "a Parquet file", "JSON lines", "a table (CSV)", "a table (TSV)"))
"""What holds many pages: ``cleanpage corpus run`` reads it."""
PACKED_FORMATS = frozenset(("gzip data", "bzip2 data", "xz data", "zstd data", "LZ4 data"))
_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32), 127))
"""Control characters but for white space and the escape that some charsets use."""
_MARKUP = lazy(r"</?[A-Za-z!]")


def not_text(raw: bytes | str) -> str | None:
    """Return what the input is if it is no page (``a PNG image``, ``JSON lines``), None for text of any kind.

    Takes time linear in the length of the input, for JSON alone more than that of looking at its ends.
    """
    head = raw[:DECLARED_WITHIN]
    data = head if isinstance(head, bytes) else head.encode("latin-1", "replace")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    name = _by_signature(data, SIGNATURES if controls else PLAIN, lost=isinstance(raw, str))
    if name == "a ZIP archive":
        return _in_zip(raw)
    if name:
        return name
    if data.startswith(_WIDE_BOMS) or (isinstance(raw, bytes) and wide_encoding(data)):
        return None
    many = controls >= max(LEAST_CONTROLS, MOST_CONTROLS * len(data))
    is_binary = many or (controls and len({*data}.intersection(_CONTROLS)) >= MOST_KINDS)
    if is_binary and not (b"\x1b$" in data and head.isascii()):
        return _by_signature(data, WEAK, lost=isinstance(raw, str)) or "binary data"
    return _json_kind(raw) or _data(raw)


def _data(raw: bytes | str) -> str | None:
    ends = (raw[:EDGE], raw[-64:])
    head, tail = (end if isinstance(end, str) else end.decode("utf-8", "replace") for end in ends)
    return data_text.data_format(head, tail)


def problem_of(warnings: Iterable[str]) -> str | None:
    """Return what an Article's warnings say of an input that is no page, and what to do with it; None for a page."""
    name = next((warning.removeprefix(CODE) for warning in warnings if warning.startswith(CODE)), None)
    if name in WITH_PAGES:
        return f"{CODE}{name}; for `cleanpage FILE` to clean its pages, name it .warc, .parquet, .jsonl, .csv or .tsv"
    if name in PACKED_FORMATS:
        return f"{CODE}{name}; unpack it, or name it as such (.gz, .zst) for `cleanpage FILE`"
    return f"{CODE}{name}; give HTML or text" if name else None


@cache
def _compiled(signatures: Signatures, *, lost: bool) -> tuple[tuple[re.Pattern[bytes], str], ...]:
    """Return the patterns; those for text let any character stand for a byte beyond ASCII."""
    return tuple((re.compile(_loose(p) if lost else p, re.DOTALL), name) for p, name in signatures)


def _loose(pattern: bytes) -> bytes:
    return re.sub(rb"\[[^\]]*\\x[89a-f][^\]]*\]|\\x[89a-f][0-9a-f]", b".", pattern)


@cache
def _any_of(signatures: Signatures, *, lost: bool) -> re.Pattern[bytes]:
    """Return a pattern that matches where one of these does."""
    return re.compile(b"|".join([pattern.pattern for pattern, _ in _compiled(signatures, lost=lost)]), re.DOTALL)


def _by_signature(data: bytes, signatures: Signatures, *, lost: bool) -> str | None:
    """Return the format of the first pattern that fits; in a text a loose one must leave something to tell by."""
    if not _any_of(signatures, lost=lost).match(data):
        return None
    found = ((pattern, pattern.match(data), name) for pattern, name in _compiled(signatures, lost=lost))
    return next((name for pattern, m, name in found if m and (not lost or _is_telling(pattern, m[0]))), None)


def _is_telling(pattern: re.Pattern[bytes], found: bytes) -> bool:
    """Tell whether a loose pattern has at least three characters of its own."""
    return len(found) - pattern.pattern.count(b".") >= 3


def _in_zip(raw: bytes | str) -> str:
    ends = (raw[:DECLARED_WITHIN], raw[-EDGE:])
    data = b"".join(end if isinstance(end, bytes) else end.encode("latin-1", "replace") for end in ends)
    return next((name for inside, name in IN_ZIP if inside in data), "a ZIP archive")


def _json_kind(raw: bytes | str) -> str | None:
    """Return whether the input is JSON lines, or JSON that holds no text: names and numbers alone."""
    start, end = raw[:64].lstrip()[:1], raw[-64:].rstrip()[-1:]
    if start not in ("{", "[", b"{", b"["):
        return None
    text = raw if isinstance(raw, str) else raw.decode("utf-8", "replace")
    if _is_json_lines(text):
        return "JSON lines"
    if end not in ("}", "]", b"}", b"]"):
        return None
    data = parse_json(text)
    if isinstance(data, dict) and (name := next((name for keys, name in OBJECTS if keys <= data.keys()), None)):
        return name
    held = isinstance(data, dict) or (isinstance(data, list) and any(isinstance(item, dict | list) for item in data))
    return "JSON data" if data and held and not any(map(_is_text, _strings(data))) else None


def _is_json_lines(text: str) -> bool:
    """Tell whether each line is an object or a list: two of them at least, and the first two are parsed."""
    lines = [line for line in text.split("\n", 20)[:20] if line.strip()]
    if len(lines) < 2 or not all(line.lstrip().startswith(("{", "[")) for line in lines):
        return False
    first = [parse_json(line) for line in lines[:2]]
    return all(isinstance(item, dict) or (isinstance(item, list) and len(item) > 1) for item in first)


def _strings(data: Any) -> Iterator[str]:
    """Yield the strings of parsed JSON, keys left out."""
    left = [data]
    while left:
        item = left.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict | list):
            left += item.values() if isinstance(item, dict) else item


def _is_text(string: str) -> bool:
    return (len(string) >= LONG_STRING and units(string) >= LONG_STRING) or _MARKUP.search(string) is not None
