"""Completions: what a shell is told when somebody presses Tab, asked as argcomplete's scripts ask."""

import os
import shutil
import subprocess
import sys

import pytest

from cleanpage.cli import main


def completed(line, folder):
    """What the command answers for a line as typed so far."""
    answers = folder / "answers"
    asked = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_STDOUT_FILENAME": str(answers)}
    typed = {"COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE_SHELL": "bash", "COMP_TYPE": "9"}
    environment = {**os.environ, **asked, **typed}
    subprocess.run([sys.executable, "-m", "cleanpage"], env=environment, cwd=folder, check=True)
    return {answer.strip() for answer in answers.read_text(encoding="utf-8").split("\n") if answer}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "rest.html").write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "among", "not_among"),
    [
        ("cleanpage re", {"report", "rest.html"}, {"serve", "pages/"}),
        ("cleanpage pages/ re", {"rest.html"}, {"report"}),
        ("cleanpage report ", {"pages/", "rest.html"}, {"report", "serve"}),
        ("cleanpage report --", {"--rules", "--url", "--help"}, {"--jobs", "--port"}),
        ("cleanpage --", {"--jobs", "--format", "--config"}, {"--port"}),
        ("cleanpage --format ", {"jsonl", "schema.org"}, {"rest.html"}),
        ("cleanpage --config ", {"rest.html"}, {"report"}),
        ("cleanpage serve ", {"pages/"}, {"rest.html"}),
        ("cleanpage serve --p", {"--port"}, {"--host"}),
    ],
)
def test_what_may_follow(line, among, not_among, folder):
    answers = completed(line, folder)
    assert among <= answers
    assert answers & not_among == set()


@pytest.mark.parametrize("line", ["cleanpage --url ", "cleanpage --jobs "])
def test_of_what_is_not_known_nothing_is_said(line, folder):
    assert completed(line, folder) == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_the_shell_reads(shell, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--completions", shell])
    assert stop.value.code == 0
    script = capsys.readouterr().out
    assert "cleanpage" in script
    if shutil.which(shell):
        done = subprocess.run([shell, "-n"], input=script.encode(), capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_without_argcomplete(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "argcomplete", None)
    assert main(["--completions", "bash"]) == 2
    assert "pip install 'cleanpage[cli]'" in capsys.readouterr().err
