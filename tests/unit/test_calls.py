"""What the command answers to calls, word for word: mistakes say what to do, and the examples of the help are calls.

``CLEANPAGE_WRITE=1 python -m pytest tests/unit/test_calls.py`` writes ``help/calls.txt`` anew: read it.
"""

import gzip
import json
import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from cleanpage.cli import COMMANDS, clean, main

HERE = Path(__file__).parent / "help"
EXAMPLES = Path(__file__).parents[2] / "examples"
TRANSCRIPT = HERE / "calls.txt"
CALLS = """\
cleanpage absent.html
cleanpage https://courier.example/ferry
cleanpage empty.txt
cleanpage gone.html --format text
cleanpage picture.png
cleanpage market.html --encoding nope
cleanpage market.html --explain --format text
cleanpage market.html --ledger --format text
cleanpage market.html --fields headline
cleanpage market.html --fields title --format markdown
cleanpage market.html --fields title,paragraphs
cleanpage market.html --fields title --no-ledger
cleanpage market.html ferry.txt --url https://courier.example/
cleanpage market.html ferry.txt --format html
cleanpage market.html -o market.html
cleanpage market.html --jobs 0
cleanpage market.html --rules misnamed.toml
cleanpage market.html --config misnamed.toml
cleanpage market.html --config typo.toml
cleanpage market.html --rules absent.toml
cleanpage 'nothing/*.html'
cleanpage market.html ferry.txt --fields title,published --format json -q
cleanpage pages.jsonl --fields title -q
cleanpage pages.jsonl.gz --fields title,url -q
cleanpage crawl.warc --fields title,url -q
cleanpage ferry.txt --format text
cleanpage market.html --format readable
cleanpage market.html --format markdown --front-matter
cleanpage market.html --format json --no-ledger
cleanpage market.html --fields title,text,links
cleanpage market.html --format html
cleanpage market.html --format schema.org
cleanpage ferry.txt --explain
cleanpage 'f*.txt' --fields title
cleanpage market.html --format text --front-matter
cleanpage --completions tcsh
cleanpage
cleanpage why market.html penguins
cleanpage why market.html 'Share this'
cleanpage why absent.html penguins
cleanpage why https://courier.example/ferry penguins
cleanpage report crawl.warc
cleanpage diff . --favor recall
cleanpage why market.html ' '
cleanpage diff market.html
cleanpage diff market.html --config favor.toml --config favor.toml
cleanpage diff market.html --rules buses.toml
cleanpage diff market.html --favor precision
cleanpage diff market.html --config favor.toml --config favor.toml --config favor.toml
cleanpage diff market.html --config favor.toml --config favor.toml --favor recall
cleanpage check expectations.toml
cleanpage check expectations.toml --rules buses.toml
cleanpage check favor.toml
cleanpage check both.toml
cleanpage dedupe articles.jsonl
cleanpage dedupe articles.jsonl --unique
cleanpage dedupe articles.jsonl --text body
cleanpage dedupe articles.jsonl --id name
cleanpage dedupe absent.jsonl
cleanpage dedupe ferry.txt fer*.txt
cleanpage dedupe articles.jsonl -o articles.jsonl
cleanpage report market.html ferry.txt
cleanpage report market.html -o report.html
cleanpage report absent.html -o report.html
cleanpage serve absent/
cleanpage serve --port 99999
cleanpage corpus run market.html
cleanpage corpus run market.html --out run --workers 0
cleanpage corpus run market.html --out run --address localhost:6379
cleanpage corpus run market.html --out run --config typo.toml
""".splitlines()
RULE = """[[rule]]
id = "mine.buses"
label = "ad"
why = "a timetable"
pattern = "buses 4 and 11 .*"
examples = ["Buses 4 and 11 stop here."]
"""
EXPECTED = """[[expect]]
page = "market.html"
stays = "Buses 4 and 11 will stop"
[[expect]]
page = "market.html"
goes = "Share this: Facebook Twitter Email"
[[expect]]
page = "market.html"
stays = "Penguins"
[[expect]]
page = "absent.html"
goes = "Share this"
"""
CHANGING = re.compile(r"[\d.]+ s, [\d.]+ a second|\b0\.\d+\b")
"""Speeds; probabilities and confidences, which are other ones with every other set of weights."""
RESPONSE = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Pages and files that the calls name."""
    here = tmp_path_factory.mktemp("calls")
    for page in (EXAMPLES / "pages").iterdir():
        shutil.copy(page, here)
    market = (here / "market.html").read_text(encoding="utf-8")
    ferry = (here / "ferry.txt").read_text(encoding="utf-8")
    (here / "empty.txt").touch()
    (here / "gone.html").write_text("<title>404 Not Found</title><h1>Not Found</h1>", encoding="utf-8")
    (here / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
    (here / "misnamed.toml").write_text('[[rules]]\nid = "mine.box"\n', encoding="utf-8")
    (here / "typo.toml").write_text('favour = "recall"\n', encoding="utf-8")
    (here / "favor.toml").write_text('favor = "precision"\n', encoding="utf-8")
    (here / "buses.toml").write_text(RULE, encoding="utf-8")
    (here / "expectations.toml").write_text(EXPECTED, encoding="utf-8")
    (here / "both.toml").write_text(EXPECTED.replace("goes", "stays = 'x'\ngoes"), encoding="utf-8")
    rows = [{"id": "m", "html": market, "url": "https://courier.example/market"}, {"text": ferry}, {"name": "none"}]
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    (here / "pages.jsonl").write_text(lines, encoding="utf-8")
    (here / "pages.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    body = RESPONSE + market
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/market"
    head += f"\r\nContent-Length: {len(body.encode())}"
    (here / "crawl.warc").write_bytes(f"{head}\r\n\r\n{body}\r\n\r\n".encode())
    texts = [("a", ferry), ("b", f"{ferry}\nRead more."), ("c", "The harbour office is open on Mondays and Fridays.")]
    articles = "".join(f"{json.dumps({'id': id, 'text': text})}\n" for id, text in texts)
    (here / "articles.jsonl").write_text(articles, encoding="utf-8")
    return here


def answer(call, capsys):
    """Return what a call prints, each long line cut, what it says of mistakes, and its status."""
    try:
        status = main(shlex.split(call)[1:])
    except SystemExit as stop:
        status = stop.code
    printed = capsys.readouterr()
    lines = [line if len(line) <= 160 else f"{line[:159]}…" for line in printed.out.splitlines()]
    return "\n".join([f"$ {call}", *lines, *(f"! {line}" for line in printed.err.splitlines()), f"[{status}]", ""])


def test_calls(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "100")
    transcript = "\n".join(CHANGING.sub("…", answer(call, capsys)) for call in CALLS)
    if os.environ.get("CLEANPAGE_WRITE"):
        TRANSCRIPT.write_text(transcript, encoding="utf-8")
    assert transcript.splitlines() == TRANSCRIPT.read_text(encoding="utf-8").splitlines()


def test_json_of_several_pages_is_one_document(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    assert main(["market.html", "absent.html", "ferry.txt", "--format", "json", "-q"]) == 1
    assert [article["file"] for article in json.loads(capsys.readouterr().out)] == ["market.html", "ferry.txt"]
    assert main(["absent.html", "absent.txt", "--format", "json", "-q"]) == 1
    assert json.loads(capsys.readouterr().out) == []


def test_pages_of_a_file_of_many_become_a_file_each(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    assert main(["pages.jsonl", "--format", "markdown", "-o", f"{tmp_path}/out/"]) == 1
    assert sorted(path.name for path in tmp_path.rglob("*.md")) == ["000000.md", "000001.md"]


def help_examples():
    for name, command in {"": clean, **COMMANDS}.items():
        epilog = command.parser().epilog
        for line in epilog.split("examples:\n")[1].split("\n\n")[0].splitlines():
            for call in re.split(r" \| | && ", line):
                if call.strip().startswith("cleanpage"):
                    yield name, call.strip()


@pytest.mark.parametrize(("name", "example"), list(help_examples()))
def test_examples_of_the_help_are_calls(name, example):
    """What stands behind two blanks is a comment."""
    call = re.split(r" {2,}|\s>\s", example)[0]
    words = shlex.split(call)[1:]
    command = COMMANDS[words.pop(0)] if words[0] in COMMANDS else clean
    if "--completions" not in words:
        command.parser().parse_args(words)


def test_diff_shows_what_a_rule_takes(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    (tmp_path / "mine.toml").write_text(RULE, encoding="utf-8")
    assert main(["diff", "market.html", "--rules", str(tmp_path / "mine.toml")]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert "- Buses 4 and 11 will stop at the yard's north gate." in printed
    assert "body -> ad: Buses 4 and 11 will stop at the yard's north gate." in printed
