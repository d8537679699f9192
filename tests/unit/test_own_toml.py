"""The package's TOML files and what was parsed from them when it was built say the same."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import cleanpage
from cleanpage.languages import read, shipped_languages
from cleanpage.own_toml import PARSED, read_folder, write_parsed
from cleanpage.rules import Rule, shipped_rules

FOLDERS = [Path(cleanpage.__file__).parent / name for name in ("fields", "languages", "rules")]


def _as_it_stands(folder: Path) -> dict[str, object]:
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_as_the_files_stand(folder: Path) -> None:
    assert read_folder(folder) == _as_it_stands(folder)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_written_and_read_again(folder: Path, tmp_path: Path) -> None:
    for path in folder.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    write_parsed(tmp_path)
    assert read_folder(tmp_path) == _as_it_stands(folder)
    assert json.loads((tmp_path / PARSED).read_text(encoding="utf-8"))


def test_what_was_changed_or_dropped_in_is_parsed_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text('name = "one"', encoding="utf-8")
    write_parsed(tmp_path)
    parsed = json.loads((tmp_path / PARSED).read_text(encoding="utf-8"))
    parsed["one.toml"][1]["name"] = "from JSON"  # so that the test sees which form is read
    (tmp_path / PARSED).write_text(json.dumps(parsed), encoding="utf-8")
    assert read_folder(tmp_path) == {"one": {"name": "from JSON"}}
    (tmp_path / "one.toml").write_text('name = "other"', encoding="utf-8")
    (tmp_path / "two.toml").write_text("number = 2", encoding="utf-8")
    assert read_folder(tmp_path) == {"one": {"name": "other"}, "two": {"number": 2}}


@pytest.mark.parametrize("content", ["", "["])
def test_a_broken_parsed_file_is_no_matter(tmp_path: Path, content: str) -> None:
    (tmp_path / "one.toml").write_text("number = 1", encoding="utf-8")
    (tmp_path / PARSED).write_text(content, encoding="utf-8")
    assert read_folder(tmp_path) == {"one": {"number": 1}}


def test_shipped_rules_are_what_their_checked_tables_make() -> None:
    tables = {name: data["rule"] for name, data in read_folder(FOLDERS[2]).items()}
    tables |= {code: [*language.rules] for code, language in shipped_languages().items()}
    assert shipped_rules() == tuple(Rule(**entry) for name in sorted(tables) for entry in tables[name])


def test_shipped_languages_pass_the_checks() -> None:
    for code, language in shipped_languages().items():
        assert language == read(code, (FOLDERS[1] / f"{code}.toml").read_text(encoding="utf-8"))
