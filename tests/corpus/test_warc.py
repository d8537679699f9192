"""Archives: each body comes out as it was put in, or its record is an error; nothing is lost beside it."""

import gzip
import io
import random
import shutil
import subprocess
import threading
import time
import warnings
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product

import pytest
import zstandard

from cleanpage.corpus.io import read_pages
from cleanpage.corpus.warc import read_records
from tests.corpus.archives import (
    BODIES,
    CODINGS,
    PACKINGS,
    TRANSFERS,
    arc_record,
    chunked,
    encoded,
    raw_deflate,
    record,
    response,
)

LINE_ENDS = (b"\r\n", b"\n")


def read(tmp_path, data, name="a.warc", **how):
    """Return what the archive gives: bodies by address, problems by address, what is skipped."""
    (tmp_path / name).write_bytes(data)
    skipped = Counter()
    pages = list(read_pages([tmp_path / name], skipped=skipped, **how))
    bodies = {page.url: page.raw for page in pages if not page.problem}
    problems = {page.url or page.id: page.problem for page in pages if page.problem}
    assert len(bodies) + len(problems) == len(pages)
    return bodies, problems, dict(skipped)


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize(("http_eol", "warc_eol"), list(product(LINE_ENDS, LINE_ENDS)))
def test_codings_transfers_and_line_ends(packing, http_eol, warc_eol, tmp_path):
    records, expected = [], {}
    for n, (content, transfer, name) in enumerate(product(CODINGS, TRANSFERS, BODIES)):
        expected[f"u{n}"] = BODIES[name]
        records.append(record(encoded(BODIES[name], content, transfer, eol=http_eol), f"u{n}", eol=warc_eol))
    bodies, problems, skipped = read(tmp_path, PACKINGS[packing](records), f"a.warc{packing.removeprefix('.one')}")
    assert problems == {} and skipped == {}
    assert bodies == expected


@pytest.mark.parametrize("off", [-10_000, -40, -7, -1, 1, 7, 300, 100_000, 10**12])
@pytest.mark.parametrize("eol", LINE_ENDS)
@pytest.mark.parametrize("packing", PACKINGS)
def test_a_wrong_length_costs_no_other_record(packing, eol, off, tmp_path):
    """The last record is right: behind one that is too long and the last nobody could tell it from one that is cut."""
    blocks = [encoded(body) for body in (*BODIES.values(), b"<p>the last")]
    lengths = [max(0, len(block) + off) for block in blocks[:-1]] + [None]
    records = [
        record(block, f"u{n}", eol=eol, length=length)
        for n, (block, length) in enumerate(zip(blocks, lengths, strict=True))
    ]
    bodies, problems, _ = read(tmp_path, PACKINGS[packing](records), f"a.warc{packing.removeprefix('.one')}")
    assert problems == {}
    assert list(bodies.values()) == [*BODIES.values(), b"<p>the last"]


def test_a_length_that_is_missing_or_no_number(tmp_path):
    lines = (b"Content-Length: 12x\r\n", b"", b"Content-Length: \r\n", b"Content-Length: -5\r\n")
    records = []
    for n, line in enumerate(lines):
        whole = record(encoded(BODIES["lines"]), f"u{n}")
        head, _, rest = whole.partition(b"Content-Length: ")
        records.append(head + line + rest.partition(b"\r\n")[2])
    bodies, problems, _ = read(tmp_path, b"".join(records))
    assert problems == {} and list(bodies.values()) == [BODIES["lines"]] * 4


def test_a_record_within_a_record_is_its_body(tmp_path):
    inner = record(b"<p>inner", "inner", "resource", kind="text/html")
    outer = record(b"<pre>" + b"\n" + inner + b"</pre>", "outer", "resource", kind="text/html")
    bodies, problems, _ = read(tmp_path, outer + record(b"after", "after", "resource"))
    assert bodies == {"outer": b"<pre>\n" + inner + b"</pre>", "after": b"after"} and problems == {}


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_file_that_is_cut_loses_nothing_that_is_whole(packing, tmp_path):
    blocks = {f"u{n}": encoded(BODIES["page"] + b"%d" % n, "gzip", "chunked") for n in range(12)}
    records = [record(block, url) for url, block in blocks.items()]
    whole = PACKINGS[packing](records)
    ends = [len(PACKINGS[packing](records[:n])) for n in range(13)] if packing != ".one.gz" else [0, len(whole)]
    for cut in random.Random(5).sample(range(30, len(whole)), 60):
        bodies, problems, _ = read(tmp_path, whole[:cut], f"a.warc{packing.removeprefix('.one')}")
        complete = sum(end <= cut + (4 if not packing else 0) for end in ends) - 1
        assert len(bodies) >= (complete if packing != ".one.gz" else 0)
        assert list(bodies) == list(blocks)[: len(bodies)]
        assert all(body == BODIES["page"] + url[1:].encode() for url, body in bodies.items())
        between = not packing and any(end - 4 <= cut <= end for end in ends)
        assert len(problems) == (0 if between or cut in ends else 1)


def test_members_behind_a_damaged_one_are_read(tmp_path):
    rng = random.Random(7)
    for _ in range(20):
        packed = [gzip.compress(record(encoded(BODIES["page"]), f"u{n}")) for n in range(8)]
        hurt = bytearray(packed[3])
        at = rng.randrange(12, len(hurt) - 12)
        hurt[at : at + 4] = b"\xff\x00\xff\x55"
        packed[3] = bytes(hurt)
        bodies, problems, _ = read(tmp_path, b"".join(packed), "a.warc.gz")
        assert {f"u{n}" for n in range(8) if n != 3} <= bodies.keys()
        assert all(body == BODIES["page"] for body in bodies.values())
        assert any("damaged" in problem for problem in problems.values())


@pytest.mark.parametrize(
    ("content", "transfer", "sent"),
    [
        ("gzip", "", BODIES["page"]),
        ("br", "", BODIES["page"]),
        ("deflate", "", BODIES["gbk"]),
        ("zstd", "chunked", BODIES["page"]),
        ("", "chunked", BODIES["page"]),
        ("utf-8", "", BODIES["page"]),
        ("sdch, foo", "", BODIES["page"]),
        ("deflate", "", gzip.compress(BODIES["page"])),
        ("gzip", "", raw_deflate(BODIES["page"])),
        ("br", "", gzip.compress(BODIES["page"])),
        ("", "", gzip.compress(BODIES["page"])),
        ("gzip", "", gzip.compress(gzip.compress(BODIES["page"]))),
        ("gzip", "chunked", gzip.compress(BODIES["page"])),
        ("", "", zstandard.compress(BODIES["page"])),
        ("gzip", "", gzip.compress(BODIES["page"]) + b"\0\0\0"),
        ("gzip", "", gzip.compress(BODIES["page"]) + b"<!-- of the proxy -->"),
    ],
)
def test_codings_that_are_declared_wrongly(content, transfer, sent, tmp_path):
    bodies, problems, _ = read(tmp_path, record(response(sent, content, transfer)))
    assert problems == {}
    assert set(bodies.values()) <= {BODIES["page"], BODIES["gbk"]} and bodies


@pytest.mark.parametrize("content", [name for name in CODINGS if name not in ("", "identity")])
@pytest.mark.parametrize("truncated", [False, True])
def test_a_body_that_is_cut(content, truncated, tmp_path):
    """It is an error; of one that the crawler has cut, and says so, the beginning is there."""
    body = BODIES["big"]
    sent = CODINGS[content](body)
    for share in (3, 6, 9):
        block = response(sent[: len(sent) * share // 10], content)
        more = "WARC-Truncated: length" if truncated else ""
        bodies, problems, _ = read(tmp_path, record(block, more=more) + record(encoded(b"<p>y"), "y"))
        assert bodies.pop("y") == b"<p>y"
        if problems:
            assert not bodies and "cut short" in problems["http://site.example/"]
        else:
            assert truncated and body.startswith(bodies["http://site.example/"])


@pytest.mark.parametrize("content", [name for name in CODINGS if name not in ("", "identity")])
def test_a_short_body_that_is_cut_is_no_text(content, tmp_path):
    sent = CODINGS[content](b"<p>The ferry sails again.</p>")
    records = [record(response(sent[:end], content), f"u{end}") for end in range(4, len(sent) - 1)]
    bodies, problems, _ = read(tmp_path, b"".join(records))
    assert len(bodies) + len(problems) == len(records)
    members = {b"<p>The ferry s"} if content == "GZip" else set()  # between two of them nobody can tell
    assert set(bodies.values()) <= {b"<p>The ferry sails again.</p>", *members}, "garbage"
    assert len(bodies) <= 4


def test_chunks_that_are_cut(tmp_path):
    sent = chunked(BODIES["big"])
    for cut in range(1, len(sent) - 5, 997):
        bodies, problems, _ = read(tmp_path, record(response(sent[:cut], "", "chunked")))
        assert not set(bodies.values()) - {sent[:cut]} and (problems or cut < 4)
    hurt = sent[:3000] + b"zz" + sent[3000:]
    assert not read(tmp_path, record(response(hurt, "", "chunked")))[0]


@pytest.mark.parametrize(
    ("kind", "body", "result"),
    [
        ("Text/HTML", b"<p>x", ""),
        ('text/html; charset="GBK"', b"<p>x", "GBK"),
        ("text/html;charset=gbk;charset=gbk", b"<p>x", "gbk"),
        ("text/html charset=gbk", b"<p>x", "gbk"),
        ("text/html, text/html; charset = utf-8", b"<p>x", "utf-8"),
        ("text/html;charset=gbk, text/html", b"<p>x", "gbk"),
        ("image/png, text/html", b"<p>x", ""),
        (' text/html ; x="a,b;charset=koi8-r"', b"<p>x", None),
        ("application/xhtml+xml", b"<p>x", ""),
        ("application/xml", b"<?xml version='1.0'?><html/>", ""),
        ("application/xml", b"<rss/>", "media-type"),
        ("image/png", b"<p>x", "media-type"),
        ("text/css", b"p {}", "media-type"),
        ("application/json; charset=utf-8", b"{}", "media-type"),
        ("", b"<p>x", ""),
        ("", b"\x89PNG\r\n\x1a\n", "binary"),
        ("unknown/unknown", b"<p>x", ""),
        ("application/octet-stream", b"%PDF-1.7 text", "binary"),
        ("text/plain", b"PK\x03\x04", "binary"),
        ("text/plain", "\ufeffdie Fähre".encode("utf-16"), ""),
        ("none", b"<p>x", ""),
    ],
)
def test_media_types(kind, body, result, tmp_path):
    (tmp_path / "a.warc").write_bytes(record(response(body, kind=kind)))
    skipped = Counter()
    pages = list(read_pages([tmp_path / "a.warc"], skipped=skipped))
    if result in ("media-type", "binary"):
        assert pages == [] and skipped == {result: 1}
    else:
        assert [page.raw for page in pages] == [body] and not skipped
        assert result is None or pages[0].encoding == result


def test_types_of_records(tmp_path):
    wet = BODIES["page"]
    data = [
        record(b"software: x\r\n", "info", "warcinfo", kind="application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", "ask", "request", kind="application/http; msgtype=request"),
        record(b"fetchTimeMs: 5\r\n", "meta", "metadata", kind="application/warc-fields"),
        record(response(b"")[:-4], "again", "revisit"),
        record(b"<p>a resource", "<http://site.example/r>", "resource", kind="text/html; charset=koi8-r"),
        record(b"picture", "shot", "resource", kind="image/png"),
        record(b"1 A 192.0.2.1", "dns:site.example", "response", kind="text/dns"),
        record(wet, "wet", "conversion"),
        record(b"more", "more", "continuation"),
        record(encoded(b"<p>\xd0"), "page", kind="application/http;msgtype=response"),
        record(encoded(b""), "nothing"),
        record(encoded(b"<p>gone", status=404), "gone"),
        record(encoded(b"<p>there", status=301), "there"),
        record(b"HTTP/1.1 100 Continue\r\n\r\n" + encoded(b"<p>hundred"), "hundred"),
        record(b"<p>no header at all", "bare"),
        record(b"HTTP/1.1 200 OK\r\nServer: x\r\n<html>no end of the header", "open"),
        record(encoded(b"<p>folded", more="Link: x,\r\n <http://site.example/>; rel=y"), "folded"),
    ]
    bodies, problems, skipped = read(tmp_path, b"".join(data), "whatever.bin")
    assert problems == {}
    assert bodies.pop("folded") == b"<p>folded"
    assert bodies == {
        "http://site.example/r": b"<p>a resource", "wet": wet, "page": b"<p>\xd0", "hundred": b"<p>hundred",
        "bare": b"<p>no header at all", "open": b"<html>no end of the header",
    }  # fmt: skip
    assert skipped == {
        "warcinfo": 1, "request": 1, "metadata": 1, "revisit": 1, "media-type": 2, "record-type": 1, "empty": 1,
        "status": 1, "redirect": 1,
    }  # fmt: skip
    assert len(bodies) + 1 + sum(skipped.values()) == len(data)
    assert read(tmp_path, b"".join(data), status="404,3xx")[0].keys() == {
        "gone", "there", "wet", "bare", "http://site.example/r",
    }  # fmt: skip
    assert len(read(tmp_path, b"".join(data), status="any")[0]) == len(bodies) + 3


def test_arc(tmp_path):
    first = arc_record(
        b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n", "filedesc://x.arc", "text/plain"
    )
    data = first + arc_record(encoded(BODIES["page"], "gzip"), "http://site.example/1")
    data += arc_record(encoded(b"<p>2"), "http://site.example/2") + arc_record(
        encoded(b"png", kind="image/png"), "http://p/", "image/png"
    )
    bodies, problems, skipped = read(tmp_path, data, "a.arc")
    assert bodies == {"http://site.example/1": BODIES["page"], "http://site.example/2": b"<p>2"} and not problems
    assert skipped == {"warcinfo": 1, "media-type": 1}
    assert len(read(tmp_path, gzip.compress(data[:-20]), "a.arc.gz")[1]) == 1


def test_a_zstd_archive_with_a_dictionary(tmp_path):
    records = [record(encoded(BODIES["page"] + b"%d" % n), f"u{n}") for n in range(300)]
    dictionary = zstandard.train_dictionary(2000, records)
    packer = zstandard.ZstdCompressor(dict_data=dictionary)
    for stored in (dictionary.as_bytes(), zstandard.compress(dictionary.as_bytes())):
        head = b"\x5d\x2a\x4d\x18" + len(stored).to_bytes(4, "little") + stored
        bodies, problems, _ = read(tmp_path, head + b"".join(map(packer.compress, records)), "a.warc.zst")
        assert len(bodies) == 300 and not problems


@pytest.mark.parametrize("content", ["gzip", "deflate", "Deflate", "br", "zstd", "gzip, br"])
def test_a_bomb_is_an_error(content, tmp_path, monkeypatch):
    monkeypatch.setattr("cleanpage.corpus.io.LONGEST", 10**6)
    bombs = [encoded(b"a" * size, content) for size in (10**6, 10**6 + 1, 5 * 10**7)]
    data = b"".join(record(block, f"u{n}") for n, block in enumerate(bombs))
    bodies, problems, _ = read(tmp_path, data)
    assert set(bodies) == {"u0"} and set(problems) == {"u1", "u2"}
    assert all(problem.startswith("it is longer than") for problem in problems.values())


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\n" * 60_000,
        b"WARC/1.0\r\nA: b\r\nContent-Length: 60000000\r\n\r\n" * 12_000,
        b"WARC/1.0\r\nA: b\r\nContent-Length: 6000000000\r\n\r\n" * 12_000,
        b"WARC/1.0\r\nA: b\r\n\r\n" * 20_000,
        b"\n" * 600_000,
        b"x" * 600_000,
        b"WARC/1.0\r\n" + b"A" * 600_000,
        b"a 1 20240501100000 x 0\n" * 25_000,
        b"a " * 300_000,
    ],
)
def test_time_is_linear(data):
    def cost(times):
        began = time.process_time()
        try:
            for _ in read_records(io.BufferedReader(io.BytesIO(data * times)), 2**26):
                pass
        except ValueError:
            pass
        return time.process_time() - began

    small, large = min(cost(1) for _ in range(3)), min(cost(4) for _ in range(2))
    assert large < 10 * small + 0.2


def test_random_bytes_never_raise_anything_else(tmp_path):
    rng = random.Random(11)
    whole = b"".join(record(encoded(BODIES["page"], content), f"u{n}") for n, content in enumerate(CODINGS))
    for _ in range(200):
        hurt = bytearray(whole)
        for _ in range(rng.randrange(1, 9)):
            at = rng.randrange(len(hurt))
            hurt[at : at + rng.randrange(3)] = rng.randbytes(rng.randrange(5))
        (tmp_path / "a.warc").write_bytes(hurt)
        assert len(list(read_pages([tmp_path / "a.warc"]))) > 5


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio leaves files open
@pytest.mark.parametrize("packing", ["", ".gz"])
def test_other_readers_agree_on_sound_archives(packing):
    """In codings that both of them know; on others, on LF and on wrong lengths they fail, see docs/corpus.md."""
    fastwarc, warcio = pytest.importorskip("fastwarc.warc"), pytest.importorskip("warcio.archiveiterator")
    blocks = [encoded(body, content) for body in BODIES.values() for content in ("", "gzip")]
    data = PACKINGS[packing]([record(block, f"http://{n}/") for n, block in enumerate(blocks)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = [bytes(found.reader.read()) for found in fastwarc.ArchiveIterator(io.BytesIO(data), parse_http=False)]
        decoded = [found.content_stream().read() for found in warcio.ArchiveIterator(io.BytesIO(data))]
    stream = io.BufferedReader(io.BytesIO(gzip.decompress(data) if packing else data))
    assert [found.block for found in read_records(stream, 2**26)] == theirs == blocks
    assert decoded == [body for body in BODIES.values() for _ in range(2)]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio leaves files open
def test_an_archive_of_another_writer(tmp_path):
    writing, headers = pytest.importorskip("warcio.warcwriter"), pytest.importorskip("warcio.statusandheaders")
    for packed in (True, False):
        made = io.BytesIO()
        writer = writing.WARCWriter(made, gzip=packed)
        for n, body in enumerate(BODIES.values()):
            head = headers.StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.0"
            )
            payload = io.BytesIO(gzip.compress(body))
            writer.write_record(
                writer.create_warc_record(f"http://{n}/", "response", payload=payload, http_headers=head)
            )
        bodies, problems, _ = read(tmp_path, made.getvalue(), "a.warc.gz")
        assert list(bodies.values()) == list(BODIES.values()) and problems == {}


class _Sender(BaseHTTPRequestHandler):
    """Sends ``BODIES``, in gzip and in chunks by turns."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        number = int(self.path.strip("/") or 0)
        body = list(BODIES.values())[number]
        if is_packed := number % 2 == 1:
            body = gzip.compress(body)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(chunked(body))

    def log_message(self, *_):
        """Print nothing."""


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed")
@pytest.mark.parametrize("options", [(), ("--no-warc-compression",)])
def test_an_archive_of_wget(options, tmp_path):
    """Its records keep bodies as they were sent, with ``<http://…>`` addresses and chunks."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Sender)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        addresses = [f"http://127.0.0.1:{server.server_port}/{n}" for n in range(len(BODIES))]
        command = ["wget", "-q", "-O", tmp_path / "all", "--no-proxy", "--warc-file", tmp_path / "made", *options]
        subprocess.run([*command, *addresses], check=True, timeout=60)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    (made,) = tmp_path.glob("made.warc*")
    bodies, problems, _ = read(tmp_path, made.read_bytes(), made.name)
    assert problems == {}
    assert [bodies[address] for address in addresses] == list(BODIES.values())
