"""Runs over collections: nothing is lost or doubled, whatever a page holds and whoever is killed."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from cleanpage import CleanpageError, clean_page
from cleanpage.cli import main
from cleanpage.corpus import Engine, SiteTemplate
from cleanpage.corpus.io import read_pages
from cleanpage.corpus.settings import COLUMNS
from tests.corpus.hazards import assert_ended, customized
from tests.corpus.kept import run
from tests.unit.corpus.test_templates import NOTE, page, stories
from tests.unit.corpus.texts import BRIDGE, DAM

PART = 4000
"""Bytes: of the pages below six or so."""


def rows(count=24):
    """Return pages of two sites, the first with a standing note, two of them copies."""
    told = [*stories(count - 2), BRIDGE, f"{BRIDGE} More soon."]
    return [
        {"id": f"p{n:02d}", "url": f"https://{'www.' * (n % 2)}site{n % 3}.example/{n}", "text": page(story)}
        for n, story in enumerate(told)
    ]


def jsonl(items):
    return "".join(f"{item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)}\n" for item in items)


@pytest.fixture
def source(tmp_path):
    return write_source(tmp_path / "in.jsonl")


def write_source(file):
    """Write pages of which two are copies, and four that are errors."""
    bad = ["no json", {"id": "five", "text": 5}, {"id": "none"}, {"id": "p00", "text": "the same id again"}]
    file.write_text(jsonl([*rows(), *bad]), encoding="utf-8")
    return file


def table(folder, name):
    return sorted(pq.read_table(folder / name).to_pylist(), key=str)


def contents(folder):
    """Return what a run has made, times apart."""
    files = [path for path in folder.rglob("*") if path.is_file() and not {"measures", "report"} & set(path.parts)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != "report.html"}


def test_a_run(source, tmp_path):
    result = run([source], tmp_path / "out", part_size=PART, templates=True)
    assert {name: result.counts[name] for name in ("pages", "articles", "errors")} == {
        "pages": 28, "articles": 24, "errors": 4,
    }  # fmt: skip
    errors = {row["id"]: row["reason"] for row in table(result.folder, "errors")}
    assert set(errors) == {"in.jsonl:24", "five", "none", "p00#1"}
    assert "no JSON" in errors["in.jsonl:24"]
    assert "'p00' already" in errors["p00#1"]
    articles = {row["id"]: row for row in table(result.folder, "articles")}
    assert articles["p22"]["text"] == BRIDGE
    assert NOTE not in "".join(row["text"] for row in articles.values())
    lines = [json.loads(line) for line in (result.folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["id"]: line["canonical"] for line in lines if line["id"] > "p21"} == {"p22": "p23", "p23": "p23"}
    templates = {row["host"]: SiteTemplate.from_json(row["template"]) for row in table(result.folder, "templates")}
    assert set(templates) == {"site0.example", "site1.example", "site2.example"}
    assert NOTE in {row["text"] for row in table(result.folder, "ledger")}
    assert "site1.example" in (result.folder / "report.html").read_text(encoding="utf-8")
    assert not (result.folder / "work").exists()


def test_workers_change_nothing_and_a_complete_run_stays(source, tmp_path):
    first = run([source], tmp_path / "one", part_size=PART, engine=Engine(workers=1))
    second = run([source], tmp_path / "two", part_size=PART, engine=Engine(workers=2))
    assert contents(first.folder) == contents(second.folder)
    before = (first.folder / "manifest.json").stat().st_mtime_ns
    assert run([source], tmp_path / "one", part_size=PART).counts == first.counts
    assert (first.folder / "manifest.json").stat().st_mtime_ns == before


def test_buckets_change_nothing_but_files(source, tmp_path, monkeypatch):
    one = run([source], tmp_path / "one", part_size=PART)
    for name, value in {**customized(tmp_path / "custom"), "BUCKET": "10000"}.items():
        monkeypatch.setenv(name, value)
    more = run([source], tmp_path / "more", part_size=PART, engine=Engine())
    assert len(list((more.folder / "parts").iterdir())) > len(list((one.folder / "parts").iterdir()))
    for name in ("articles", "clusters", "parts"):
        assert table(more.folder, name) == table(one.folder, name)


def test_templates_do_not_hang_on_how_pages_lie_in_parts(source, tmp_path):
    whole = run([source], tmp_path / "whole", templates=True)
    stages = set()
    cut = run(
        [source], tmp_path / "cut", part_size=PART, templates=True, progress=lambda stage, done, of: stages.add(stage)
    )
    assert stages == {"read", "learn", "clean", "dedupe", "publish"}
    spread = {file.stem: {row["host"] for row in table(file, "")} for file in (cut.folder / "articles").iterdir()}
    assert sum("site1.example" in hosts for hosts in spread.values()) > 1
    for name in ("articles", "ledger", "templates", "clusters", "parts", "errors"):
        assert table(cut.folder, name) == table(whole.folder, name)
    assert (cut.counts["templates"], len(table(cut.folder, "templates"))) == (3, 3)


def descendants(pid):
    """Return the processes below one."""
    found = []
    for task in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = task.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += [int(task.parent.name), *descendants(int(task.parent.name))]
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="SKIPPED: needs /proc to find the processes")
@pytest.mark.parametrize("victim", ["driver", "worker"])
def test_a_killed_process_loses_and_doubles_nothing(victim, tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text(jsonl({**row, "text": row["text"] * 30} for row in rows(120)), encoding="utf-8")
    whole = run([file], tmp_path / "whole", part_size=5 * PART)
    command = [
        sys.executable,
        "-m",
        "cleanpage",
        "corpus",
        "run",
        str(file),
        "--out",
        str(tmp_path / "out"),
        "--part-size",
        str(5 * PART / 1024**2),
    ]
    driver = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 200
    while not list((tmp_path / "out" / "work" / "clean").glob("part-?????")):
        assert driver.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    below = descendants(driver.pid)
    os.kill(driver.pid if victim == "driver" else max(below), signal.SIGKILL)
    status = driver.wait(timeout=120)
    assert (status == 0) == (victim == "worker")
    assert_ended(below)
    assert run([file], tmp_path / "out", part_size=5 * PART).counts == whole.counts
    assert contents(tmp_path / "out") == contents(whole.folder)


KILLED = """
import os, sys
from cleanpage.corpus import collection
publish = collection.publish

def progress(stage, done, of):
    if stage == sys.argv[3]:
        os._exit(9)

def move(file, to):
    if sys.argv[3] == "move" and file.name == "articles.jsonl.tmp":
        os._exit(9)
    to.parent.mkdir(exist_ok=True)
    file.replace(to)

def put_json(file, value):
    if file.stem == sys.argv[3]:
        os._exit(9)
    real(file, value)

module = sys.modules[publish.__module__]
module._move, real, module.put_json = move, module.put_json, put_json
collection.run([sys.argv[1]], sys.argv[2], progress=progress, part_size=int(sys.argv[4]))
"""


@pytest.mark.parametrize("point", ["read", "clean", "dedupe", "publish", "move", "manifest"])
def test_a_run_that_is_killed_anywhere_goes_on(point, source, tmp_path, whole):
    command = [sys.executable, "-c", KILLED, str(source), str(tmp_path / "out"), point, str(PART)]
    assert subprocess.run(command, check=False).returncode == 9
    assert not (tmp_path / "out" / "manifest.json").exists()
    run([source], tmp_path / "out", part_size=PART)
    assert tables(tmp_path / "out") == whole


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    return tables(run([write_source(folder / "in.jsonl")], folder / "out", part_size=PART).folder)


def tables(folder):
    """Return what a run has made, but for what names its inputs."""
    return {name: data for name, data in contents(folder).items() if name not in ("run.json", "manifest.json")}


def test_every_field_may_be_a_column(source, tmp_path):
    result = run([source], tmp_path / "out", select=COLUMNS, ledger=False)
    found = {row["id"]: row for row in table(result.folder, "articles")}
    for row in rows():
        article = clean_page(row["text"], url=row["url"])
        expected = {**article.to_dict(), "markdown": article.to_markdown()}
        expected["paragraphs"] = [{"text": None, **paragraph} for paragraph in expected["paragraphs"]]
        assert {name: found[row["id"]][name] for name in COLUMNS} == {name: expected[name] for name in COLUMNS}
    assert not (result.folder / "ledger").exists()
    with pytest.raises(CleanpageError, match="other settings"):
        run([source], tmp_path / "out", select=("title",), ledger=False)
    with pytest.raises(CleanpageError, match="no column 'body'"):
        run([source], tmp_path / "out2", select=("body",))
    with pytest.raises(CleanpageError, match=r"paragraphs name places in text .*: ask for text as well"):
        run([source], tmp_path / "out2", select=("title", "paragraphs"))


def test_one_article_a_cluster(source, tmp_path):
    result = run([source], tmp_path / "out", select=("title",), unique=True, part_size=PART)
    assert (result.counts["articles"], result.counts["copies"], result.counts["errors"]) == (23, 1, 4)
    kept = {row["id"] for row in table(result.folder, "articles")}
    lines = [json.loads(line) for line in (result.folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert kept == {line["id"] for line in lines} == {row["canonical"] for row in table(result.folder, "clusters")}
    assert list(lines[0]) == ["id", "url", "host", "status", "title", "canonical"]


def test_hosts_of_a_mirror(tmp_path):
    for path in ("www.site.example/a/b.html", "notes/c.html"):
        (tmp_path / "mirror" / path).parent.mkdir(parents=True)
        (tmp_path / "mirror" / path).write_text("<p>The ferry to the island sails again.</p>")
    canonical = '<link rel="canonical" href="https://other.example/d"><p>The market opens at six.</p>'
    (tmp_path / "mirror" / "notes" / "d.html").write_text(canonical)
    result = run([tmp_path / "mirror"], tmp_path / "out")
    hosts = {row["id"]: row["host"] for row in table(result.folder, "articles")}
    assert hosts == {"www.site.example/a/b.html": "site.example", "notes/c.html": "", "notes/d.html": "other.example"}


def test_folders_that_hold_something_else(source, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").write_text("mine")
    with pytest.raises(CleanpageError, match="not empty"):
        run([source], tmp_path / "full")
    with pytest.raises(CleanpageError, match="there is no"):
        run([tmp_path / "nothing"], tmp_path / "out")
    run([source], tmp_path / "out", part_size=PART)
    source.write_text(jsonl(rows()[:3]), encoding="utf-8")
    with pytest.raises(CleanpageError, match="other pages"):
        run([source], tmp_path / "out", part_size=PART)


def test_command(source, tmp_path, capsys):
    assert main(["corpus", "run", str(source), "--out", str(tmp_path / "out"), "--part-size", "0.004"]) == 1
    assert "pages=28 articles=24 copies=1 errors=4 skipped=0; " in capsys.readouterr().out
    assert main(["corpus", "run", str(tmp_path / "nothing"), "--out", str(tmp_path / "out2")]) == 2
    assert "there is no" in capsys.readouterr().err


def test_an_empty_collection(tmp_path):
    (tmp_path / "in").mkdir()
    assert run([tmp_path / "in"], tmp_path / "out").counts["pages"] == 0


def warc(kind, url, body, http=b""):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:x:{url}>\r\n"
    type_ = "application/http; msgtype=response" if http else "text/plain"
    payload = http + body
    return f"{head}Content-Type: {type_}\r\nContent-Length: {len(payload)}\r\n\r\n".encode() + payload + b"\r\n\r\n"


def test_every_kind_of_input(tmp_path):
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.jsonl").write_text(jsonl([{"id": "a", "url": "u", "html": "<p>a</p>"}]))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "b"}\n\n'))
    (folder / "c.jsonl.zst").write_bytes(zstandard.compress(b'{"content": "c"}\n'))
    pq.write_table(pa.table({"id": ["d"], "raw": [b"\xc4\xe3"], "encoding": ["gbk"]}), folder / "d.parquet")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\n\r\n"
    picture = warc("response", "p", b"png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
    (folder / "e.warc.gz").write_bytes(gzip.compress(warc("response", "e", b"\xc4\xe3", http)) + gzip.compress(picture))
    (folder / "f.wet").write_bytes(warc("conversion", "f", DAM.encode()))
    (folder / "sub" / "g.html").write_text("<p>g</p>")
    found = [(p.id, p.url, p.raw, p.encoding, p.problem) for p in read_pages([folder])]
    assert found == [
        ("a", "u", "<p>a</p>", "", ""),
        ("b.jsonl.gz:0", "", "b", "", ""),
        ("c.jsonl.zst:0", "", "c", "", ""),
        ("d", "", b"\xc4\xe3", "gbk", ""),
        ("<urn:x:e>", "e", b"\xc4\xe3", "gbk", ""),
        ("<urn:x:f>", "f", DAM.encode(), "utf-8", ""),
        ("sub/g.html", "", b"<p>g</p>", "", ""),
    ]


def test_a_file_that_is_broken_off_gives_what_came_before(tmp_path):
    whole = gzip.compress(jsonl(rows(200)).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) * 2 // 3])
    (tmp_path / "b.parquet").write_bytes(b"PAR1 no table PAR1")
    (tmp_path / "c.jsonl").write_text(jsonl(rows(2)), encoding="utf-8")
    found = list(read_pages([tmp_path]))
    problems = {page.id: page.problem for page in found if page.problem}
    assert set(problems) == {"a.jsonl.gz", "b.parquet"}
    assert problems["a.jsonl.gz"].startswith("the file cannot be read to its end: EOFError")
    assert len(found) > 5


def test_what_unpacks_to_too_much_is_one_error(tmp_path, monkeypatch):
    monkeypatch.setattr("cleanpage.corpus.io.LONGEST", 5000)
    told = b'{"text": "before"}\n' + json.dumps({"text": "a" * 20000}).encode() + b'\n{"text": "after"}\n'
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(told))
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"<p>" * 5000))
    records = [warc("response", n, b"x" * size, b"HTTP/1.1 200 OK\r\n\r\n") for n, size in (("c", 9000), ("d", 9))]
    (tmp_path / "c.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    found = {page.id: (page.problem[:17] or page.raw) for page in read_pages([tmp_path])}
    assert found == {
        "a.jsonl.gz:0": "before", "a.jsonl.gz:1": "it is longer than", "a.jsonl.gz:2": "after",
        "b.html.gz": "it is longer than", "<urn:x:c>": "it is longer than", "<urn:x:d>": b"x" * 9,
    }  # fmt: skip


def test_the_extra_is_not_needed_for_the_rest():
    script = "import sys, cleanpage.corpus; print({'ray', 'pyarrow', 'jinja2', 'brotli'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"
    )
