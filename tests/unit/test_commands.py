"""``cleanpage report`` and ``cleanpage serve``: what they hand over, with stand-ins for what they call."""

import sys
from types import SimpleNamespace

import pytest

from cleanpage import Config, clean_page
from cleanpage.cli import COMMANDS, main

PAGE = "青石镇老桥重新通车\n发布时间: 2023-05-06\n\n青石镇的老桥昨天下午重新通车，来往的货车不必再绕行北面的山路。\n"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def reported(monkeypatch):
    """The articles that were reported."""
    seen = []
    report = "<!doctype html>老桥\ud800\n"
    stand_in = SimpleNamespace(article_report=lambda article, **_: seen.append(article) or report)
    monkeypatch.setitem(sys.modules, "cleanpage.report", stand_in)
    return seen


@pytest.fixture
def served(monkeypatch):
    """The calls of serve."""
    seen = []
    monkeypatch.setitem(sys.modules, "cleanpage.serve", SimpleNamespace(serve=lambda *a, **k: seen.append((a, k))))
    return seen


def test_a_report_is_not_written_to_a_terminal(page, reported, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["report", str(page)]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and "-o report.html" in captured.err


def test_report_writes_a_file(page, tmp_path, reported):
    assert main(["report", str(page), "-o", str(tmp_path / "report.html"), "--favor", "recall"]) == 0
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "<!doctype html>老桥\\ud800\n"
    assert reported == [clean_page(PAGE.encode(), config=Config(favor="recall"))]


def test_report_to_standard_output_and_to_a_folder(page, tmp_path, reported, capsys):
    assert main(["report", str(page), "--url", "https://example.org/1"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")
    assert reported[0].url == "https://example.org/1"
    assert main(["report", str(page), "-o", f"{tmp_path}/out/"]) == 0
    assert (tmp_path / "out" / "page.txt.report.html").is_file()


def test_report_of_what_is_no_page(page, tmp_path, reported, capsys):
    assert main(["report", str(tmp_path / "absent.html")]) == 1
    assert "absent.html: No such file" in capsys.readouterr().err
    assert main(["report", str(tmp_path)]) == 2
    assert "report takes one page; cleanpage serve FOLDER shows those of a folder" in capsys.readouterr().err
    assert main(["report", str(page), "-o", str(page)]) == 2
    assert reported == [] or page.read_text(encoding="utf-8") == PAGE


@pytest.mark.parametrize(("command", "missing"), [("report", "jinja2"), ("serve", "starlette")])
def test_what_is_not_installed_is_named(page, command, missing, monkeypatch, capsys):
    def absent(name):
        raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)

    monkeypatch.setattr(f"cleanpage.cli.{command}.importlib", SimpleNamespace(import_module=absent))
    assert main([command, *([str(page)] if command == "report" else [])]) == 2
    assert capsys.readouterr().err == (
        f"cleanpage: this needs {missing}, which is not installed: pip install 'cleanpage[{command}]'\n"
    )


def test_what_is_not_installed_may_show_late(page, monkeypatch, capsys):
    def late(article, **_):
        raise ModuleNotFoundError("No module named 'jinja2'", name="jinja2")

    monkeypatch.setitem(sys.modules, "cleanpage.report", SimpleNamespace(article_report=late))
    assert main(["report", str(page)]) == 2
    assert "pip install 'cleanpage[report]'" in capsys.readouterr().err


def test_serve(tmp_path, served):
    file = tmp_path / "cleanpage.toml"
    file.write_text('favor = "precision"', encoding="utf-8")
    assert main(["serve"]) == 0
    assert main(["serve", str(tmp_path), "--host", "localhost", "--port", "0", "--config", str(file)]) == 0
    precise = Config(favor="precision")
    assert [options.pop("reload")() for _, options in served] == [Config(), precise]
    assert served == [
        ((None,), {"host": "127.0.0.1", "port": 8000, "config": Config(), "config_file": None}),
        ((tmp_path,), {"host": "localhost", "port": 0, "config": precise, "config_file": file}),
    ]


def test_serve_of_what_is_no_folder(page, served, capsys):
    assert main(["serve", str(page)]) == 2
    assert "serve takes a folder" in capsys.readouterr().err
    assert served == []


def test_serve_on_a_port_that_is_taken(monkeypatch, capsys):
    def taken(*arguments, **options):
        raise OSError(98, "Address already in use")

    monkeypatch.setitem(sys.modules, "cleanpage.serve", SimpleNamespace(serve=taken))
    assert main(["serve"]) == 1
    assert "Address already in use" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_serve_on_what_is_no_port(port, served):
    with pytest.raises(SystemExit) as stop:
        main(["serve", "--port", port])
    assert (stop.value.code, served) == (2, [])


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_page_called_like_a_command(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    assert main([f"./{name}", "--format", "text"]) == 0
    assert capsys.readouterr().out == f"{clean_page(PAGE).title}\n\n{clean_page(PAGE).text}\n"
