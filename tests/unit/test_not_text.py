"""What is no page is named; what is text, in any charset and with stray control characters, is text."""

import bz2
import gzip
import io
import json
import lzma
import marshal
import pickle
import random
import sqlite3
import struct
import tarfile
import wave
import zipfile
import zlib

import pytest

from cleanpage import CleanpageError, clean_page
from cleanpage.load.not_text import not_text, problem_of
from tests.oracles import faults

NOISE = random.Random(7).randbytes(3_000)
TEXT = "The ferry sails twice as often from Monday, and the fare stays what it was. " * 5
OBJECTS = [{"url": f"https://harbour.example/{i}", "html": f"<p>{TEXT}</p>"} for i in range(3)]


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + NOISE[:30] for _ in range(10))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def zipped(*names, stored=None):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if stored:
            archive.writestr("mimetype", stored, zipfile.ZIP_STORED)
        for name in names or ("a.txt",):
            archive.writestr(name, TEXT)
    return file.getvalue()


def tarred():
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        info = tarfile.TarInfo("a.html")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    return file.getvalue()


def database(folder):
    connection = sqlite3.connect(folder / "a.db")
    connection.execute("create table pages (url text)")
    connection.commit()
    connection.close()
    return (folder / "a.db").read_bytes()


def sound():
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 8_000, 0, "NONE", ""))
        out.writeframes(NOISE)
    return file.getvalue()


def warc():
    return b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 4\r\n\r\n<p>\r\n\r\n"


def tables():
    pa = pytest.importorskip("pyarrow")
    import pyarrow.feather as feather
    import pyarrow.parquet as pq

    table = pa.table({"html": [TEXT] * 3})
    parquet, arrow, stream = io.BytesIO(), io.BytesIO(), io.BytesIO()
    pq.write_table(table, parquet)
    feather.write_feather(table, arrow)
    with pa.ipc.new_stream(stream, table.schema) as out:
        out.write_table(table)
    return [
        (parquet.getvalue(), "a Parquet file"), (arrow.getvalue(), "an Arrow file"),
        (stream.getvalue(), "an Arrow stream"),
    ]  # fmt: skip


FILES = [
    (png(), "a PNG image"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + NOISE, "a JPEG image"),
    (b"GIF89a\x0a\x00\x0a\x00\x80\x00\x00" + NOISE, "a GIF image"),
    (b"RIFF\x24\x08\x00\x00WEBPVP8 " + NOISE, "a WebP image"),
    (b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00" + NOISE, "a BMP image"),
    (b"II*\x00\x08\x00\x00\x00" + NOISE, "a TIFF image"),
    (b"\x00\x00\x01\x00\x01\x00\x10\x10" + NOISE, "an icon"),
    (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00" + NOISE, "an AVIF image"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "a PDF document"),
    (b"%!PS-Adobe-3.0\n%%Pages: 1\n/Times-Roman findfont 12 scalefont setfont\n", "a PostScript document"),
    (b"{\\rtf1\\ansi\\deff0 {\\fonttbl {\\f0 Times;}} The ferry sails.}", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + NOISE, "an old Office document (OLE: doc, xls, ppt, msg)"),
    (zipped("[Content_Types].xml", "word/document.xml"), "a Word document (docx)"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel document (xlsx)"),
    (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a PowerPoint document (pptx)"),
    (zipped("OEBPS/a.xhtml", stored="application/epub+zip"), "an EPUB book"),
    (zipped("content.xml", stored="application/vnd.oasis.opendocument.text"), "an OpenDocument file"),
    (zipped("META-INF/MANIFEST.MF", "A.class"), "a Java archive"),
    (zipped(), "a ZIP archive"),
    (gzip.compress(TEXT.encode()), "gzip data"),
    (bz2.compress(TEXT.encode()), "bzip2 data"),
    (lzma.compress(TEXT.encode()), "xz data"),
    (b"\x28\xb5\x2f\xfd\x04\x88" + NOISE, "zstd data"),
    (zlib.compress(NOISE), "zlib data"),
    (b"7z\xbc\xaf\x27\x1c\x00\x04" + NOISE, "a 7z archive"),
    (b"Rar!\x1a\x07\x01\x00" + NOISE, "a RAR archive"),
    (tarred(), "a tar archive"),
    (warc(), "a WARC archive"),
    (gzip.compress(warc()), "gzip data"),
    ("\n".join(map(json.dumps, OBJECTS)).encode(), "JSON lines"),
    (json.dumps({"rows": [{"id": i, "price": 1.5, "name": "ferry"} for i in range(9)]}).encode(), "JSON data"),
    (b"\x7fELF\x02\x01\x01\x00" + NOISE, "an executable (ELF)"),
    (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + NOISE, "an executable (PE)"),
    (b"\xcf\xfa\xed\xfe\x07\x00\x00\x01\x03\x00\x00\x00" + NOISE, "an executable (Mach-O)"),
    (b"\xca\xfe\xba\xbe\x00\x00\x00\x34\x00\x1d" + NOISE, "a Java class"),
    (b"\x00asm\x01\x00\x00\x00" + NOISE, "a WebAssembly module"),
    (b"\xa7\x0d\x0d\x0a\x00\x00\x00\x00" + bytes(8) + marshal.dumps(compile("a = 1", "a", "exec")), "Python bytecode"),
    (sound(), "a WAV sound"),
    (b"ID3\x04\x00\x00\x00\x00\x00\x23TSSE\x00\x00" + NOISE, "an MP3 sound"),
    (b"\xff\xfb\x90\x64\x00\x00" + NOISE, "an MP3 sound"),
    (b"fLaC\x00\x00\x00\x22" + NOISE, "a FLAC sound"),
    (b"OggS\x00\x02\x00\x00" + NOISE, "an Ogg file"),
    (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00" + NOISE, "an MPEG-4 or QuickTime video"),
    (b"\x1a\x45\xdf\xa3\x01\x00\x00\x00" + NOISE, "a Matroska or WebM video"),
    (b"RIFF\x24\x08\x00\x00AVI LIST" + NOISE, "an AVI video"),
    (b"wOF2\x00\x01\x00\x00" + NOISE, "a web font"),
    (b"\x00\x01\x00\x00\x00\x0f\x00\x80" + NOISE, "a font"),
    (b"OTTO\x00\x0b\x00\x80" + NOISE, "a font"),
    (b"PACK\x00\x00\x00\x02\x00\x00\x00\x05" + NOISE, "a git pack"),
    *((pickle.dumps({"html": TEXT}, protocol), "a Python pickle") for protocol in range(6)),
    (b"Harbour".ljust(60, b"\x00") + b"BOOKMOBI" + TEXT.encode() * 9, "an e-book (MOBI)"),
    (b"SIMPLE  =                    T / FITS".ljust(2_880) + NOISE, "a FITS image"),
    (b"#EXTM3U\n#EXTINF:9,\nhttps://harbour.example/1.ts\n", "a playlist"),
    (b"begin 644 a.bin\n#0V%T\n`\nend\n", "uuencoded data"),
    (b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "a key or certificate (PEM)"),
    (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nEND:VCARD\r\n", "a vCard"),
    (b"\xff\x06\x00\x00sNaPpY\x1b$" + NOISE, "binary data"),
    (b"".join(b"\x0a" + bytes([number]) + TEXT[:90].encode() for number in (1, 2, 3, 4, 5, 6)), "binary data"),
    (json.dumps([[number, number / 2] for number in range(50)]).encode(), "JSON data"),
    (NOISE, "binary data"),
    (b"bplist00\xd1\x01\x02" + NOISE, "a binary property list"),
]


@pytest.mark.parametrize(("raw", "name"), FILES, ids=[f"{i}-{name}" for i, (_, name) in enumerate(FILES)])
def test_a_file_that_is_no_page_is_named(raw, name):
    article = clean_page(raw)
    assert article.warnings == (f"not-text: {name}",)
    assert (article.text, article.is_article, article.page_kind, article.source_text) == ("", False, "empty", "")
    assert faults(raw) == []


def test_a_database_and_tables_are_named(tmp_path):
    for raw, name in [(database(tmp_path), "an SQLite database"), *tables()]:
        assert not_text(raw) == name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (png().decode("utf-8", "replace"), "a PNG image"),
        (png().decode("latin-1"), "a PNG image"),
        (png().decode("cp1252", "replace"), "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01".decode("utf-8", "replace") + "\ufffd" * 99, "a JPEG image"),
        (zipped("word/document.xml").decode("utf-8", "replace"), "a Word document (docx)"),
        (FILES[8][0].decode("utf-8", "replace"), "a PDF document"),
        (warc().decode(), "a WARC archive"),
        ("\n".join(map(json.dumps, OBJECTS)), "JSON lines"),
        (json.dumps([{"id": 1}, {"id": 2}], indent=1), "JSON data"),
        (NOISE.decode("utf-8", "replace"), "binary data"),
        (gzip.compress(NOISE).decode("latin-1"), "binary data"),
        (pickle.dumps({"html": TEXT}, 4).decode("utf-8", "replace"), "a Python pickle"),
    ],
)
def test_a_text_that_once_was_such_bytes_is_named(raw, name):
    article = clean_page(raw)
    assert article.warnings == (f"not-text: {name}",)
    assert (article.text, article.source_text, article.removed[0].text) == ("", raw, raw)
    assert faults(raw) == []


SENTENCE = "С этого месяца паром ходит на два рейса чаще. 河湾镇的渡口本月起每天多开两班船。 The ferry sails. "


@pytest.mark.parametrize(
    "raw",
    [
        *((SENTENCE * 5).encode(name) for name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030")),
        *((TEXT * 5).encode(name) for name in ("ascii", "utf-16", "utf-16-le", "utf-16-be", "utf-32")),
        ("船" * 40 + "渡し船は今月から毎日二便ふえます。").encode("iso2022_jp"),
        f"<p>{TEXT}\x00\x00\x01</p>",
        f"<p>{TEXT}\x00\x00\x01</p>".encode(),
        f"<p>{TEXT}\x00</p><p>\x00ab\x00\x00cd\x00</p>".encode(),
        (SENTENCE * 9 + "\x00\x00\x00\x00").encode("gb18030"),
        TEXT + "\x0c\x0b\x1b[0m" * 9,
        "{ This page begins with a brace. }\n{ So does this line. }",
        "{" + TEXT + "}",
        json.dumps({"html": f"<p>{TEXT}</p>"}),
        json.dumps({"articleBody": TEXT}),
        "[1] A footnote.\n[2] Another one.",
        "[1]",
        "{}",
        "[" * 100_000 + "]" * 100_000,
        f"<pre>{json.dumps({'a': 1})}\n{json.dumps({'a': 1})}</pre>",
        f"{TEXT}\n{json.dumps({'a': 1})}\n{json.dumps({'a': 1})}",
        "Files begin with %PDF-1.7, GIF89a or WARC/1.0, which are words.",
        "GIF89a is how such images begin. " * 5,
        "PAR1 and MZ and BM are how others begin, and so does BZh91AY&SY.",
        "\ufffd\ufffd\ufffd " * 30,
        "©®é÷ " * 30,
        b"",
        "",
        b"\x00",
    ],
)
def test_text_is_text(raw):
    assert not_text(raw) is None


def test_who_says_what_it_is_is_believed_of_a_text_alone():
    lines = "\n".join(map(json.dumps, OBJECTS))
    assert clean_page(lines, kind="text").source_text == lines
    assert clean_page(png(), kind="html").warnings == ("not-text: a PNG image",)


def test_bytes_may_come_in_a_buffer():
    raw = f"<p>{TEXT}</p>".encode()
    assert clean_page(bytearray(raw)) == clean_page(memoryview(raw)) == clean_page(raw)
    assert clean_page(bytearray(png())).warnings == ("not-text: a PNG image",)
    with pytest.raises(CleanpageError, match="bytearray"):
        clean_page(array := [1])
    assert array == [1]


@pytest.mark.parametrize(
    ("name", "advice"), [("a WARC archive", "cleanpage FILE"), ("gzip data", "unpack"), ("a PNG image", "HTML or text")]
)
def test_advice_says_what_to_use_instead(name, advice):
    assert advice in problem_of((f"not-text: {name}",))
    assert problem_of(("no-title: no headline was found",)) is None


ROWS = [(i, f"Ferry {i}", 3.5 + i, f"2024-05-1{i}") for i in range(9)]


def _rows(mark, *, quote=""):
    return "\n".join(mark.join(f"{quote}{cell}{quote}" for cell in row) for row in ROWS)


TEXTS = [
    ("id,name,price,day\n" + _rows(","), "a table (CSV)"),
    ("\ufeffid;name;price;day\r\n" + _rows(";", quote='"').replace("\n", "\r\n"), "a table (CSV)"),
    ("id\tname\tprice\tday\n" + _rows("\t"), "a table (TSV)"),
    ("url,text\n" + "\n".join(f'https://quay.example/{i},"{TEXT}\n{TEXT}"' for i in range(4)), "a table (CSV)"),
    ("version: 2\nitems:\n  - id: 1\n    name: ferry\n  - id: 2\n    name: quay\n", "YAML data"),
    ("name: ferry\nport: 8080\nhost: 127.0.0.1\nlevel: info\n", "YAML data"),
    ('[package]\nname = "ferry"\n\n[dependencies]\nlog = { version = "0.4" }\n', "a configuration file"),
    ("[server]\nport=80\nhost=quay\n; a remark\nlevel=info\n", "a configuration file"),
    ("FERRY_PORT=80\nFERRY_HOST=quay\nDEBUG=0\nLEVEL=info\n", "a configuration file"),
    ("\n".join(f"2024-05-03T10:0{i}:00Z INFO ferry: crossing {i} took 9 ms" for i in range(9)), "a log"),
    ("\n".join(f'10.0.0.{i} - - [03/May/2024:10:00:0{i} +0000] "GET / HTTP/1.1" 200 9' for i in range(9)), "a log"),
    ('<?xml version="1.0"?>\n<rss><channel><item><title>Ferry</title></item></channel></rss>', "a feed (RSS)"),
    ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Ferry</title></entry></feed>\n', "a feed (Atom)"),
    ('<?xml version="1.0"?><urlset><url><loc>https://quay.example/</loc></url></urlset>', "a sitemap"),
    ('<svg xmlns="http://www.w3.org/2000/svg"><text>Ferry</text></svg>', "an SVG image"),
    ('<?xml version="1.0"?>\n<ferries><ferry><name>Anna</name></ferry></ferries>', "XML data"),
    (f"From a@quay.example Fri May  3 10:00:00 2024\nSubject: Ferry\n\n{TEXT}\n", "a mailbox (mbox)"),
    ("@article{ferry24,\n  title = {The ferry},\n  year = {2024}\n}\n", "a bibliography (BibTeX)"),
    (f"1\n00:00:01,000 --> 00:00:02,500\n{TEXT}\n", "subtitles (SRT)"),
    (f"WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n{TEXT}\n", "subtitles (WebVTT)"),
    ("diff --git a/quay.py b/quay.py\n--- a/quay.py\n+++ b/quay.py\n@@ -1 +1 @@\n-a\n+b\n", "a patch (diff)"),
    (json.dumps({"cells": [{"cell_type": "markdown", "source": [TEXT]}], "nbformat": 4}), "a Jupyter notebook"),
    ('[1, "Ferry", 3.5]\n[2, "Quay", 4.5]\n', "JSON lines"),
]


@pytest.mark.parametrize(("raw", "name"), TEXTS, ids=[f"{i}-{name}" for i, (_, name) in enumerate(TEXTS)])
def test_data_that_is_written_as_text_is_named(raw, name):
    assert not_text(raw) == not_text(raw.encode()) == name
    assert (clean_page(raw).text, clean_page(raw).warnings) == ("", (f"not-text: {name}",))


@pytest.mark.parametrize(
    "raw",
    [
        "Anna: The ferry sails.\nBen: Does it?\nAnna: From Monday on.\nBen: Then I shall come.\nAnna: Do.",
        "anna: the ferry sails.\nben: does it?\nanna: from monday on.\nben: then i come.\nanna: do.",
        "Crossings\nid,name,price\n1,Anna,3\n2,Ben,4\n3,Clara,5\n4,Dora,6",
        "Berlin, Hamburg, Kiel\nRome, Milan, Turin\nParis, Lyon, Nice\nOslo, Bergen, Bodo\nBern, Basel, Chur",
        "quay = Kai\nferry = Fähre\ntide = Gezeiten\nbell = Glocke\nrope = Seil",
        "tel:\n 0123 456\nfax:\n 0123 457\nemail:\n a@quay.example",
        "ingredients:\n- 2 eggs\n- 3 lemons\nmethod:\n- whisk\n- bake",
        "Weight: 3 kg\nHeight: 4 cm\nColour: red\nPower: 9 W\nYear: 2024",
        f"---\ntitle: Ferry\ndate: 2024-05-03\ntags: [a]\n---\n{TEXT}",
        "10:30 The ferry sails.\n10:45 It has not sailed.\n11:00 It sails.\n11:15 It is gone.\n11:30 It is back.",
        f"<svg><path/></svg><h1>Ferry</h1><p>{TEXT}</p><svg><path/></svg>",
        f'<?xml version="1.0"?>\n<paper><title>Ferry</title><para>{TEXT}</para></paper>',
        "春眠不觉晓,处处闻啼鸟\n夜来风雨声,花落知多少\n白日依山尽,黄河入海流\n欲穷千里目,更上一层楼\n床前明月光,疑是地上霜",
    ],
)
def test_prose_in_the_form_of_data_is_text(raw):
    assert not_text(raw) is None
