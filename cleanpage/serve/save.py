"""Write a trial into the config file that the workbench was started with, and expectations into theirs."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

from cleanpage.config import load_config
from cleanpage.errors import CleanpageError
from cleanpage.expectations import Expectation, as_toml, load_expectations
from cleanpage.rules.toml import parse_toml

_TABLE = re.compile(r"(?m)^[ \t]*\[")


def merged(config: str, trial: str) -> str:
    """Return the text of a config file with the rules of a trial behind its own, and the trial's settings in it.

    Raise CleanpageError if both have a rule of one id, or the result is no TOML.
    """
    known, new = parse_toml(config), parse_toml(trial)
    ids = {rule["id"] for rule in known.get("rule", []) if "id" in rule}
    if same := [rule["id"] for rule in new.get("rule", []) if rule.get("id") in ids]:
        raise CleanpageError(f"the file has a rule {same[0]!r} already: give yours another id")
    head, tables = _parted(config)
    settings, rules = _parted(trial)
    for name in new.keys() - {"rule"}:
        line = re.compile(rf"(?m)^[ \t]*{re.escape(name)}[ \t]*=.*$")
        found = line.search(settings)
        if found is None:
            raise CleanpageError(f"{name}: write it on a line of its own, before the rules")
        head, count = line.subn(found[0].replace("\\", r"\\"), head)
        head += "" if count else ("" if head.endswith("\n") or not head else "\n") + found[0] + "\n"
    parts = [head.rstrip("\n"), tables.strip("\n"), rules.strip("\n")]
    text = "\n\n".join(part for part in parts if part) + "\n"
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CleanpageError(f"the file cannot be changed safely, edit it by hand: {error}") from error
    return text


def _parted(toml: str) -> tuple[str, str]:
    """Return what stands before the first table, and the rest."""
    found = _TABLE.search(toml)
    return (toml[: found.start()], toml[found.start() :]) if found else (toml, "")


def save_trial(path: Path, trial: str) -> None:
    """Put a trial into a config file, or raise CleanpageError and leave the file as it is."""
    aside = path.with_name(f".{path.name}.new")
    try:
        text = merged(path.read_text(encoding="utf-8"), trial)
        aside.unlink(missing_ok=True)  # of a save that was broken off, or a link that would be written through
        with aside.open("x", encoding="utf-8") as file:
            file.write(text)
        load_config(aside)
        os.replace(aside, path)
    except (OSError, UnicodeDecodeError) as error:
        raise CleanpageError(f"{path}: {error}") from error
    finally:
        aside.unlink(missing_ok=True)


def save_expectation(path: Path, expectation: Expectation) -> int:
    """Append an expectation to a file, if it does not say the same already; return how many the file has then.

    Of two that contradict one another the later one counts. Raises CleanpageError if the file cannot be read or
    written.
    """
    known = load_expectations(path) if path.exists() else ()
    if expectation in known:
        return len(known)
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(("\n" if known else "") + as_toml(expectation))
    except OSError as error:
        raise CleanpageError(f"{path}: {error}") from error
    return len(load_expectations(path))
