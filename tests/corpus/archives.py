"""Archives that tests build: records and responses with every coding, line end and damage."""

import gzip
import zlib

import brotli
import zstandard

PLAIN = "<html><head><title>Ferry</title></head><body><p>The ferry to the island sails. 渡轮复航。</p></body></html>"
BODIES = {
    "short": b"<p>x",
    "page": PLAIN.encode(),
    "lines": b"<html>\r\n\r\n<pre>one\n\ntwo\r\n\r\n</pre>\n\n",
    "big": b"".join(b"<p>Paragraph %d of a long page about ferries.</p>\n" % n for n in range(4000)),
    "gbk": f'<meta charset="gbk">{PLAIN}'.encode("gbk"),
}


def raw_deflate(body):
    maker = zlib.compressobj(wbits=-15)
    return maker.compress(body) + maker.flush()


def two_members(body):
    return gzip.compress(body[: len(body) // 2]) + gzip.compress(body[len(body) // 2 :])


CODINGS = {
    "": lambda body: body,
    "identity": lambda body: body,
    "gzip": gzip.compress,
    "GZip": two_members,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "gzip, br": lambda body: brotli.compress(gzip.compress(body)),
    "deflate,gzip": lambda body: gzip.compress(zlib.compress(body)),
}


def chunked(body, eol=b"\r\n", size=37, extension=b"", trailer=b""):
    size = max(size, len(body) // 50)
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    chunks = b"".join(b"%X%s%s%s%s" % (len(part), extension, eol, part, eol) for part in parts)
    return chunks + b"0" + eol + trailer + eol


TRANSFERS = {
    "": lambda body: body,
    "chunked": chunked,
    "Chunked": lambda body: chunked(body, b"\n", 5, b" ; name=value", b"X-Sum: 5\n"),
    "gzip, chunked": lambda body: chunked(gzip.compress(body)),
}


def response(body, content="", transfer="", eol=b"\r\n", status=200, kind="text/html", more=""):
    """Return the block of a response; ``body`` is as it is sent."""
    lines = [f"HTTP/1.1 {status} Fine", f"Content-Type: {kind}" if kind else "", more]
    lines += [f"Content-Encoding: {content}" if content else "", f"transfer-encoding: {transfer}" if transfer else ""]
    return b"".join(line.encode() + eol for line in lines if line) + eol + body


def encoded(body, content="", transfer="", **how):
    """Return the block of a response with its body in these codings."""
    return response(TRANSFERS[transfer](CODINGS[content](body)), content, transfer, **how)


def record(block, url="http://site.example/", type="response", eol=b"\r\n", length=None, kind=None, more="", id=None):
    """Return a record; ``length`` is what is claimed, None what is true."""
    kind = kind or ("application/http; msgtype=response" if type in ("response", "revisit") else "text/plain")
    lines = ["WARC/1.0", f"WARC-Type: {type}", f"WARC-Target-URI: {url}", f"WARC-Record-ID: <urn:x:{id or url}>",
             "WARC-Date: 2024-05-01T10:00:00Z", f"Content-Type: {kind}", more,
             f"Content-Length: {len(block) if length is None else length}"]  # fmt: skip
    return b"".join(line.encode() + eol for line in lines if line) + eol + block + eol + eol


def arc_record(block, url, kind="text/html"):
    return f"{url} 192.0.2.1 20240501100000 {kind} {len(block)}\n".encode() + block + b"\n"


PACKINGS = {
    "": b"".join,
    ".gz": lambda records: b"".join(map(gzip.compress, records)),
    ".one.gz": lambda records: gzip.compress(b"".join(records)),
    ".zst": lambda records: b"".join(map(zstandard.compress, records)),
}
"""How the records of a file are packed: not, each, all as one."""
