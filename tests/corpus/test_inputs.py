"""Inputs of every kind and with every fault: each row, record and file is a page, an error or skipped, never lost."""

import bz2
import codecs
import gzip
import json
import lzma
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from cleanpage import CleanpageError, Config, Rule
from cleanpage.cli import main
from cleanpage.corpus.accounting import SKIP_REASONS
from cleanpage.corpus.io import from_row, read_pages, to_row
from cleanpage.corpus.lock import LOCK_FILE, locked
from cleanpage.corpus.parts import SCHEMA, rename_doubles
from tests.corpus.archives import BODIES, encoded, record
from tests.corpus.kept import run
from tests.unit.corpus.test_templates import stories

TEXT = "The ferry to the island sails again, and the town is glad of it."
DEEP = "[" * 20_000 + "]" * 20_000
LINE = json.dumps({"text": TEXT}).encode() + b"\n"


def lines(*rows):
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows).encode()


FAULTS = {
    # name: (file name, bytes, pages, errors, skipped)
    "surrogate in id": ("a.jsonl", b'{"id": "\\ud800", "text": "x"}\n' + LINE, 2, 0, 0),
    "surrogate in url": ("a.jsonl", b'{"url": "http://a.example/\\udfff", "text": "x"}\n' + LINE, 2, 0, 0),
    "surrogate in encoding": ("a.jsonl", b'{"encoding": "\\ud800", "text": "x"}\n' + LINE, 2, 0, 0),
    "surrogate in text": ("a.jsonl", b'{"text": "x \\ud800 y"}\n' + LINE, 2, 0, 0),
    "deep line": ("a.jsonl", lines(DEEP, {"text": TEXT}), 1, 1, 0),
    "empty raw beside html": ("a.jsonl", lines({"raw": "", "html": "<p>x"}, {"raw": "", "text": None}), 1, 0, 1),
    "id 0": ("a.jsonl", lines({"id": 0, "text": TEXT}, {"id": "", "text": TEXT}), 2, 0, 0),
    "a string as a line": ("a.jsonl", lines('"a string"', "5", "null", "[]", {"text": TEXT}), 1, 4, 0),
    "a long number": ("a.jsonl", lines("9" * 5000, {"text": TEXT}), 1, 1, 0),
    "bytes that are not UTF-8": ("a.jsonl", b'{"text": "\xff\xfe\xfa"}\n' + LINE, 1, 1, 0),
    "UTF-16": ("a.jsonl", (LINE * 3).decode().encode("utf-16"), 3, 0, 0),
    "UTF-16 without a mark": ("a.jsonl", (LINE * 3).decode().encode("utf-16-be"), 3, 0, 0),
    "UTF-32": ("a.jsonl", (LINE * 3).decode().encode("utf-32"), 3, 0, 0),
    "a mark": ("a.jsonl", codecs.BOM_UTF8 + LINE * 2, 2, 0, 0),
    "CRLF and empty lines": ("a.jsonl", LINE.replace(b"\n", b"\r\n\r\n") * 2, 2, 0, 0),
    "no last line end": ("a.jsonl", LINE + LINE[:-1], 2, 0, 0),
    "the same id": ("a.jsonl", lines(*[{"id": i, "text": TEXT} for i in ("a", "a#1", "a", "a", "a#1")]), 2, 3, 0),
    "upper case": ("A.JSONL.GZ", gzip.compress(LINE * 2), 2, 0, 0),
    "not packed, whatever its name": ("a.jsonl.gz", LINE * 2, 2, 0, 0),
    "packed, whatever its name": ("a.jsonl", gzip.compress(LINE * 2), 2, 0, 0),
    "bz2": ("a.ndjson.bz2", bz2.compress(LINE) + bz2.compress(LINE), 2, 0, 0),
    "xz": ("a.jl.xz", lzma.compress(LINE * 2), 2, 0, 0),
    "zstd": ("a.jsonl.zst", zstandard.compress(LINE) + zstandard.compress(LINE), 2, 0, 0),
    "cut gz": ("a.jsonl.gz", gzip.compress(LINE * 5)[:-4], 5, 1, 0),
    "cut zst": ("a.jsonl.zst", zstandard.compress(LINE) + zstandard.compress(LINE * 9)[:-6], 1, 1, 0),
    "cut bz2": ("a.jsonl.bz2", bz2.compress(LINE) + bz2.compress(LINE)[:-30], 1, 1, 0),
    "cut xz": ("a.jsonl.xz", lzma.compress(LINE) + lzma.compress(LINE)[:-40], 1, 1, 0),
    "cut warc.gz": (
        "a.warc.gz", gzip.compress(record(b"x", "u", "conversion")) + gzip.compress(record(b"y"))[:60], 1, 1, 0,
    ),
    "cut page": ("a.html.gz", gzip.compress(BODIES["big"])[:-9], 0, 1, 0),
    "bytes behind gz": ("a.jsonl.gz", gzip.compress(LINE) + b"rubbish that is longer than a header", 1, 1, 0),
    "zeros behind gz": ("a.jsonl.gz", gzip.compress(LINE) + bytes(600), 1, 0, 0),
    "an array": ("a.json", lines([{"text": TEXT}] * 300 + [5, {"html": ""}]), 300, 1, 1),
    "an array that is cut": ("a.json", lines([{"text": TEXT}] * 3)[:-9], 2, 1, 0),
    "an array, printed": ("a.json", json.dumps([{"text": TEXT}] * 3, indent=2).encode("utf-16"), 3, 0, 0),
    "objects, printed": ("a.json", (json.dumps({"text": TEXT}, indent=2) + "\n").encode() * 3, 3, 0, 0),
    "a deep array": ("a.json", DEEP.encode(), 0, 1, 0),
    "an empty array": ("a.json", b" [ ] ", 0, 0, 0),
    "csv": ("a.csv", f'ID,Text,url\n1,"{TEXT}\n""more""",http://a.example/\n2,,x\n3\n'.encode("utf-8-sig"), 1, 1, 1),
    "csv with semicolons": ("a.CSV", f"id;text\n21;{TEXT}\n".encode("utf-16"), 1, 0, 0),
    "csv in gbk": ("a.csv", "id,text\n31,渡轮复航，岛上居民都很高兴。\n".encode("gbk"), 1, 0, 0),
    "csv without a page": ("a.csv", b"id,name\n1,x\n2,y\n", 0, 2, 0),
    "tsv": ("a.tsv", f"text\tid\n{TEXT}\t41\n".encode(), 1, 0, 0),
    "no parquet": ("a.parquet", b"PAR1 no table PAR1", 0, 1, 0),
    "no warc": ("a.warc", b"no archive " * 99, 0, 1, 0),
    "an empty file": ("a.jsonl", b"", 0, 0, 1),
    "an empty page": ("a.html", b"", 0, 0, 1),
    "an empty gz": ("a.html.gz", gzip.compress(b""), 0, 0, 1),
    "blank lines": ("a.jsonl", b"\n\n \n", 0, 0, 0),
    "a hidden file": (".DS_Store", b"\0\0\0\1Bud1", 0, 0, 1),
    "a file in a hidden folder": (".git/a.html", b"<p>x", 0, 0, 1),
    "a name that is not UTF-8": (os.fsdecode(b"\xff\xfe.html"), b"<p>x", 1, 0, 0),
    "ids of an archive": ("a.warc", record(encoded(b"<p>x")) * 2, 1, 1, 0),
}  # fmt: skip


def put(folder, name, data):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


@pytest.mark.parametrize("fault", FAULTS)
def test_each_is_a_page_an_error_or_skipped(fault, tmp_path):
    name, data, good, bad, left_out = FAULTS[fault]
    put(tmp_path, name, data)
    put(tmp_path, "other.html", b"<p>another page")
    skipped = Counter()
    pages = list(read_pages([tmp_path], skipped=skipped))
    renamed = rename_doubles(pa.chunked_array([[page.id for page in pages]], pa.string()))
    for n, id in renamed.items():
        pages[n] = pages[n]._replace(id=id, problem=pages[n].problem or "doubled")
    errors = [page for page in pages if page.problem]
    assert (len(errors), skipped.total()) == (bad, left_out), errors
    assert len(pages) - len(errors) == good + 1
    table = pa.Table.from_pylist([{**to_row(page), "host": ""} for page in pages], SCHEMA)
    assert [from_row(row) for row in table.to_pylist()] == pages
    assert len({page.id for page in pages}) == len(pages)


def test_a_run_over_all_of_them(tmp_path):
    """In = out + errors + skipped, in manifest, report and the last line, whatever the faults."""
    expected = Counter()
    for n, (name, data, good, bad, left_out) in enumerate(FAULTS.values()):
        put(tmp_path / "in" / f"{n:02d}", name, data)
        expected += Counter(articles=good, errors=bad, skipped=left_out)
    command = [
        sys.executable,
        "-m",
        "cleanpage",
        "corpus",
        "run",
        tmp_path / "in",
        "--out",
        tmp_path / "out",
        "--part-size",
        "0.005",
    ]
    said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert said.returncode == 1, said.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    counts = manifest["counts"]
    assert counts["pages"] == counts["articles"] + counts["errors"]
    assert {name: counts[name] for name in expected} == dict(expected)
    assert sum(manifest["skipped"].values()) == counts["skipped"]
    assert set(manifest["skipped"]) == {"empty", "hidden"}
    assert f"skipped={counts['skipped']} (" in said.stdout and f"empty={manifest['skipped']['empty']}" in said.stdout
    report = (tmp_path / "out" / "report.html").read_text()
    assert "Skipped" in report and "hidden: files and folders" in report
    for name, column in (("articles", "id"), ("errors", "reason")):
        assert all(pq.read_table(tmp_path / "out" / name)[column].to_pylist())


def test_statuses_are_a_column(tmp_path):
    told = [
        f"<h1>{n}</h1>" + "".join(f"<p>{line}</p>" for line in story.splitlines()) for n, story in enumerate(stories(3))
    ]
    records = [
        record(encoded(text.encode(), status=status), f"http://a.example/{status}")
        for text, status in zip(told, (200, 404, 203), strict=True)
    ]
    broken = record(encoded(b"<p>x", "gzip", status=200)[:-9], "http://a.example/cut")
    source = put(tmp_path, "a.warc", b"".join(records) + broken)
    result = run([source], tmp_path / "out")
    found = {row["url"]: row["status"] for row in pq.read_table(result.folder / "articles").to_pylist()}
    assert found == {"http://a.example/200": 200, "http://a.example/203": 203}
    assert [row["status"] for row in pq.read_table(result.folder / "errors").to_pylist()] == [200]
    assert result.skipped == {"status": 1}
    with pytest.raises(CleanpageError, match="other settings"):
        run([source], tmp_path / "out", status="any")
    with pytest.raises(CleanpageError, match="no status 'good'"):
        run([source], tmp_path / "out2", status="200,good")


def test_the_configuration_reaches_every_page(tmp_path):
    pages = [{"text": f"{story}\n\nEnd of the wire {n}"} for n, story in enumerate(stories(3))]
    source = put(tmp_path, "a.jsonl", lines(*pages))
    rule = Rule(
        id="my.wire", label="tools", why="The end of a wire.", pattern=r"end of the wire \d",
        examples=("end of the wire 1",), counter_examples=("the wire",),
    )  # fmt: skip
    plain = run([source], tmp_path / "plain")
    ours = run([source], tmp_path / "ours", config=Config(rules=(rule,), favor="precision"))
    taken = [{row["rule"] for row in pq.read_table(made.folder / "ledger").to_pylist()} for made in (plain, ours)]
    assert "my.wire" in taken[1] - taken[0]
    written = json.loads((ours.folder / "run.json").read_text(encoding="utf-8"))["settings"]["config"]
    assert (written["favor"], written["rules"][0]["id"]) == ("precision", "my.wire")
    with pytest.raises(CleanpageError, match="other settings"):
        run([source], tmp_path / "ours")


def test_files_of_one_name_and_files_given_twice(tmp_path):
    for folder in ("one", "two"):
        put(tmp_path / folder, "a.html", f"<p>{folder}".encode())
        put(tmp_path / folder, f"{folder}.html", b"<p>x")
    pages = list(read_pages([tmp_path / "one", tmp_path / "two", tmp_path / "two" / "two.html", tmp_path / "one"]))
    names = [(tmp_path / folder / "a.html").as_posix() for folder in ("one", "two")]
    assert [(page.id, page.raw) for page in pages] == [
        (names[0], b"<p>one"), ("one.html", b"<p>x"), (names[1], b"<p>two"), ("two.html", b"<p>x"),
    ]  # fmt: skip


def test_a_file_that_cannot_be_opened(tmp_path, monkeypatch):
    put(tmp_path, "a.html", b"<p>x")
    put(tmp_path, "b.html", b"<p>y")
    monkeypatch.setattr(
        "cleanpage.corpus.io.open_unpacked",
        lambda file: (tmp_path / "none").open("rb") if file.name == "a.html" else file.open("rb"),
    )
    pages = list(read_pages([tmp_path]))
    assert [bool(page.problem) for page in pages] == [True, False]


def test_every_reason_is_documented():
    docs = (Path(__file__).parents[2] / "docs" / "corpus.md").read_text(encoding="utf-8")
    assert [reason for reason in SKIP_REASONS if f"`{reason}`" not in docs] == []


def test_no_pages(tmp_path, capsys):
    put(tmp_path / "in", ".DS_Store", b"x")
    assert main(["corpus", "run", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert "there are no pages in" in said.err and "pages=0 " in said.out and "(hidden=1)" in said.out


def test_one_run_at_a_time(tmp_path):
    source = put(tmp_path, "a.html", b"<p>x")
    out = tmp_path / "out"
    out.mkdir()
    with locked(out), pytest.raises(CleanpageError, match=f"another run, process {os.getpid()}, works in"):
        run([source], out)
    assert not (out / LOCK_FILE).exists()
    script = (
        "import os, sys, pathlib, cleanpage.corpus.lock as lock\n"
        "with lock.locked(pathlib.Path(sys.argv[1])): os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", script, out], check=False)
    assert (out / LOCK_FILE).exists()
    assert run([source], out).counts["pages"] == 1
    assert not (out / LOCK_FILE).exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_what_is_no_file_is_counted_in_folders_and_refused_as_an_input(tmp_path):
    put(tmp_path, "in/a.html", b"<p>a page")
    (tmp_path / "elsewhere").mkdir()
    os.mkfifo(tmp_path / "in" / "pipe.jsonl")
    (tmp_path / "in" / "gone.html").symlink_to(tmp_path / "nowhere")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "elsewhere")
    skipped = Counter()
    assert [page.id for page in read_pages([tmp_path / "in"], skipped=skipped)] == ["a.html"]
    assert skipped == {"no-file": 3}
    with pytest.raises(CleanpageError, match="is no file or folder"):
        list(read_pages([tmp_path / "in" / "pipe.jsonl"]))


def test_frames_of_zstd_and_members_of_gzip_behind_one_another(tmp_path):
    lines = [json.dumps({"id": f"{n}", "text": TEXT}).encode() + b"\n" for n in range(3)]
    put(tmp_path, "a.jsonl.zst", b"".join(zstandard.ZstdCompressor().compress(line) for line in lines))
    put(tmp_path, "b.jsonl.gz", b"".join(gzip.compress(line.replace(b'"id": "', b'"id": "g')) for line in lines))
    assert [page.id for page in read_pages([tmp_path])] == ["0", "1", "2", "g0", "g1", "g2"]
