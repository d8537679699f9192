"""The help of every command, word for word.

``CLEANPAGE_WRITE=1 python -m pytest tests/unit/test_help.py`` writes the files in ``help/`` anew: read them.
"""

import os
from pathlib import Path

import pytest

from cleanpage.cli import COMMANDS, main

HERE = Path(__file__).parent / "help"
NAMES = ["cleanpage", *(f"cleanpage {name}" for name in COMMANDS)]


def shown(name, capsys):
    with pytest.raises(SystemExit) as stop:
        main([*name.split()[1:], "--help"])
    assert stop.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", NAMES)
def test_help(name, capsys):
    path = HERE / f"{name.replace(' ', '_')}.txt"
    text = shown(name, capsys)
    if os.environ.get("CLEANPAGE_WRITE"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", NAMES)
def test_help_fits_80_columns_on_any_terminal(name, capsys, monkeypatch):
    text = shown(name, capsys)
    assert [line for line in text.splitlines() if len(line) > 80] == []
    monkeypatch.setenv("COLUMNS", "40")
    assert shown(name, capsys) == text


def test_help_names_every_command(capsys):
    text = shown("cleanpage", capsys)
    assert [name for name in COMMANDS if f"\n  {name} " not in text] == []


def test_there_is_no_help_of_a_command_that_is_gone():
    helps = (path.stem for path in HERE.glob("cleanpage*.txt"))
    assert sorted(helps) == sorted(name.replace(" ", "_") for name in NAMES)
