"""Completions in live shells: Tab is pressed in bash and zsh on a terminal of their own, and fish is asked."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time

import pytest

pytest.importorskip("argcomplete")
PATIENCE = 60
"""Seconds after which a shell is taken to have no answer; they answer in one."""
LINES = {
    "cleanpage --front": "--front-matter",
    "cleanpage wh": "why",
    "cleanpage check --fav": "--favor",
    "cleanpage oddly": "oddly_named.html",
}
"""What is typed, and what Tab makes of the last word."""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with the command, what each shell reads, and one file."""
    home = tmp_path_factory.mktemp("shells")
    (home / "oddly_named.html").touch()
    command = home / "bin" / "cleanpage"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m cleanpage "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    for shell in ("bash", "zsh", "fish"):
        script = subprocess.run(
            [sys.executable, "-m", "cleanpage", "--completions", shell], capture_output=True, text=True, check=True
        )
        (home / f"completions.{shell}").write_text(script.stdout, encoding="utf-8")
    return home


def surroundings(home):
    path = f"{home / 'bin'}:{os.environ['PATH']}"
    root = os.pathsep.join(filter(None, [os.getcwd(), os.environ.get("PYTHONPATH")]))
    return os.environ | {"PATH": path, "PYTHONPATH": root, "HOME": str(home), "TERM": "dumb", "PS1": "$ "}


def live(shell, *more):
    absent = pytest.mark.skipif(shutil.which(shell) is None, reason=f"SKIPPED: {shell} is not installed")
    return pytest.param(shell, *more, marks=absent, id=shell)


def until(terminal, wanted, seen=""):
    """Read what a terminal shows until it holds ``wanted``."""
    end = time.monotonic() + PATIENCE
    while wanted not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 4096).decode("utf-8", "replace")
    return seen


@pytest.mark.parametrize(
    ("shell", "begin"),
    [live("bash", ["--norc", "--noprofile", "-i"]), live("zsh", ["-f", "-i"])],
)
def test_tab_completes(home, shell, begin):
    terminal, inside = pty.openpty()
    process = subprocess.Popen(
        [shell, *begin], cwd=home, env=surroundings(home), stdin=inside, stdout=inside, stderr=inside,
        start_new_session=True,
    )  # fmt: skip
    os.close(inside)
    try:
        if shell == "zsh":
            os.write(terminal, b"autoload -U compinit && compinit -u\n")
        os.write(terminal, f"source completions.{shell}; echo rea''dy\n".encode())
        assert "ready" in until(terminal, "ready\r\n")
        for typed, completed in LINES.items():
            os.write(terminal, f"{typed}\t".encode())
            rest = completed[len(typed.split(" ")[-1]) :]
            assert rest in until(terminal, rest), typed
            os.write(terminal, b"\x15")  # the line is taken back
            os.write(terminal, b"echo do''ne\n")
            until(terminal, "done\r\n")
    finally:
        process.kill()
        process.wait()
        os.close(terminal)


@pytest.mark.parametrize("shell", [live("fish")])
def test_fish_completes(home, shell):
    for typed, completed in LINES.items():
        script = f"source completions.fish; complete -C '{typed}'"
        done = subprocess.run(
            [shell, "--no-config", "-c", script], cwd=home, env=surroundings(home), capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        assert completed in [line.split("\t")[0].strip() for line in done.stdout.splitlines()], typed
