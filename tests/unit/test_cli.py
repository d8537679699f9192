"""The command: what it prints, what it says of mistakes, and that no page and no pipe makes it crash."""

import io
import json
import os
import re
import subprocess
import sys

import pytest

from cleanpage import Article, __version__, clean_page
from cleanpage.cli import main
from cleanpage.decide.explain import clip, columns, explain
from cleanpage.export.schema_org import to_text

PAGE = """青石镇老桥重新通车
发布时间: 2023-05-06 | 来源: 河湾日报
分享到:

青石镇的老桥昨天下午重新通车，来往的货车不必再绕行北面的山路。负责施工的何永宁说，桥面比原来宽了两米。

镇上的居民沿着河岸走了一圈，有人带来自家种的橘子分给工人。根据安排，下个月还要修整通往码头的三公里道路。

晋公网安备14010602069999
"""

RULES = """[[rule]]
id = "mine.box"
label = "ad"
why = "the box that this site puts under every page"
words = ["河湾特产"]
examples = ["河湾特产"]
counter_examples = ["河湾特产今年丰收，橘子卖到了省城。"]
"""


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE.encode("utf-8"))
    return str(path)


def run(*arguments, stdin=b"", **environment):
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "cleanpage", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "", **environment},
    )


def test_json_is_the_default_and_round_trips(page, capsys):
    assert main([page]) == 0
    assert Article.from_dict(json.loads(capsys.readouterr().out)) == clean_page(PAGE.encode())


@pytest.mark.parametrize("out", [[], ["-o", "-"]])
def test_text(page, capsys, out):
    assert main([page, "--format", "text", *out]) == 0
    assert capsys.readouterr().out == to_text(clean_page(PAGE))


def test_markdown(page, capsys):
    assert main([page, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("# 青石镇老桥重新通车\n\n")


def test_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode("utf-8"))))
    assert main(["-", "--format", "text"]) == 0
    assert clean_page(PAGE).text in capsys.readouterr().out


def test_line_ends_reach_the_ledger_unchanged(tmp_path, capsys):
    path = tmp_path / "page.txt"
    path.write_bytes(b"one\r\ntwo\rthree\n")
    assert main([str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["source_text"] == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "not-text: a PNG image; give HTML or text"),
        (
            b"WARC/1.0\r\nA: b\r\n",
            "not-text: a WARC archive; for `cleanpage FILE` to clean its pages, "
            "name it .warc, .parquet, .jsonl, .csv or .tsv",
        ),
    ],
)
def test_what_is_no_page_is_named_on_standard_error(tmp_path, capsys, raw, said):
    file = tmp_path / "file"
    file.write_bytes(raw)
    assert main([str(file)]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"cleanpage: {file}: {said}\n")


def test_url(page, capsys):
    assert main([page, "--url", "https://news.example.org/1.html"]) == 0
    assert json.loads(capsys.readouterr().out)["url"] == "https://news.example.org/1.html"


def test_rules_of_your_own(tmp_path, capsys):
    (tmp_path / "mine.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "page.txt").write_text(PAGE + "河湾特产\n", encoding="utf-8")
    assert main([str(tmp_path / "page.txt"), "--rules", str(tmp_path / "mine.toml")]) == 0
    removed = json.loads(capsys.readouterr().out)["removed"]
    assert [(entry["text"], entry["label"]) for entry in removed if entry["rule"] == "mine.box"] == [("河湾特产", "ad")]


def test_version(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    what = r"\((compiled|Python alone): .+\)"
    what = r"\((compiled|Python alone): .+\)"
    assert re.fullmatch(rf"cleanpage {re.escape(__version__)} {what}\n", capsys.readouterr().out)


@pytest.mark.parametrize("arguments", [[], ["page.txt", "--format", "pdf"], ["page.txt", "--nonsense"]])
def test_a_wrong_call_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage: cleanpage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "message"),
    [("absent.txt", "No such file"), ("", "no pages in this folder"), ("*.html", "no file is called")],
)
def test_what_names_no_page_ends_with_1(tmp_path, capsys, name, message):
    assert main(["--quiet", str(tmp_path / name)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"cleanpage: {tmp_path / name}: {message}")
    assert len(captured.err.splitlines()) == 1


def test_a_bad_rule_ends_with_2(page, tmp_path, capsys):
    (tmp_path / "bad.toml").write_text('[[rule]]\nid = "x"\n', encoding="utf-8")
    assert main([page, "--rules", str(tmp_path / "bad.toml")]) == 2
    assert "bad.toml" in capsys.readouterr().err


def test_explain_names_every_block(page, capsys):
    assert main([page, "--explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    blocks = clean_page(PAGE).blocks
    assert [line.split()[:2] for line in lines[1 : len(blocks) + 1]] == [[b.role, b.label] for b in blocks]
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("width", [60, 80, 121])
def test_explain_keeps_to_the_width(width):
    for line in explain(clean_page(PAGE), width=width):
        assert sum(map(columns, line)) <= width


def test_colour_is_one_pair_of_codes_a_line():
    plain, coloured = (list(explain(clean_page(PAGE), colour=colour)) for colour in (False, True))
    assert any(line.startswith("\x1b[") and line.endswith("\x1b[0m") for line in coloured)
    stripped = [line.removesuffix("\x1b[0m").partition("m")[2] if line[:1] == "\x1b" else line for line in coloured]
    assert stripped == plain


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour_only_on_a_terminal_and_without_no_color(page, monkeypatch, no_color, coloured):
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert main([page, "--explain"]) == 0
    assert ("\x1b[" in sys.stdout.getvalue()) is coloured


@pytest.mark.parametrize("form", ["json", "jsonl", "text", "markdown", "html", "schema.org"])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "gb18030"])
def test_any_encoding_of_the_terminal_will_do(page, form, encoding):
    done = run(page, "--format", form, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    if form == "json":
        assert json.loads(done.stdout)["source_text"] == PAGE


def test_lone_surrogates_do_not_crash(monkeypatch, capsys):
    odd = f"{PAGE}\ud800 odd\x9b \udfff\n".encode("utf-8", "surrogatepass")
    monkeypatch.setattr("cleanpage.cli.work.read_input", lambda name: odd)
    for arguments in (["-"], ["-", "--format", "text"], ["-", "--explain"]):
        assert main(arguments) == 0
        assert "\x9b" not in capsys.readouterr().out


def test_a_reader_that_has_seen_enough(page):
    command = f"'{sys.executable}' -m cleanpage '{page}' | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode == 0


@pytest.mark.parametrize("raw", [b"", b" \n\r\n\t"])
def test_an_empty_page_is_named_on_standard_error(capsys, tmp_path, raw):
    name = str(tmp_path / "empty.txt")
    (tmp_path / "empty.txt").write_bytes(raw)
    for form in ("json", "text", "markdown"):
        assert main([name, "--format", form]) == 1
        assert capsys.readouterr() == ("", f"cleanpage: {name}: empty\n")


@pytest.mark.parametrize(
    ("text", "width", "clipped"),
    [
        ("abc", 5, "abc  "),
        ("abcde", 5, "abcde"),
        ("abcdef", 5, "abcd…"),
        ("老桥通车", 8, "老桥通车"),
        ("老桥通车了", 8, "老桥通… "),
        ("老桥通车了", 7, "老桥通…"),
        ("e\u0301te\u0301", 4, "e\u0301te\u0301 "),
        ("", 3, "   "),
        ("老", 1, "…"),
    ],
)
def test_clip(text, width, clipped):
    assert clip(text, width) == clipped
    assert sum(map(columns, clipped)) == width
