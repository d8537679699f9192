"""The dependencies as a table for SECURITY.md, from what is installed: ``python -m tests.licences [--write]``.

The licence of a package is what its metadata says: ``License-Expression``, otherwise the classifiers, otherwise a short
``License``. ``NOTES`` adds what metadata does not say.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECURITY = ROOT / "SECURITY.md"
EXTRAS = ("cli", "report", "serve", "corpus", "ray")
NOTES = {"lxml": " (libxml2 and libxslt in it: MIT)"}
SHORT = {
    "BSD License": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""SPDX identifiers of what older metadata says."""


def requirements() -> dict[str, tuple[str, str]]:
    """Return for each package that users install what it comes with, and which versions are accepted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, tuple[list[str], str]] = {}
    groups = {"core": project["dependencies"]} | {name: project["optional-dependencies"][name] for name in EXTRAS}
    for group, needed in groups.items():
        for requirement in needed:
            name, versions = re.fullmatch(r"([\w-]+)(?:\[\w+\])?(.*)", requirement).groups()
            if name != "cleanpage":
                found.setdefault(name, ([], versions))[0].append(group if group == "core" else f"`{group}`")
    return {name: (", ".join(groups), versions) for name, (groups, versions) in found.items()}


def licence(name: str) -> str:
    """Return the licence of an installed package as an SPDX expression, as far as its metadata is one."""
    said = metadata(name)
    if said["License-Expression"]:
        return said["License-Expression"]
    classifiers = [
        value.split(" :: ")[-1] for value in said.get_all("Classifier", []) if value.startswith("License ::")
    ]
    named = [value for value in classifiers if value != "OSI Approved"]
    named = named or [(said["License"] or "?").splitlines()[0]]
    return " AND ".join(sorted(SHORT.get(value, value) for value in named))


def table() -> str:
    """Return the table in Markdown."""
    rows = [
        f"| {name} | {group} | `{versions}` | {licence(name)}{NOTES.get(name, '')} |"
        for name, (group, versions) in requirements().items()
    ]
    return "\n".join(["| package | with | versions | licence |", "|---|---|---|---|", *rows])


if __name__ == "__main__":
    if "--write" in sys.argv:
        text = SECURITY.read_text(encoding="utf-8")
        SECURITY.write_text(re.sub(r"\| package \|(?:.*\|\n)+", lambda _: f"{table()}\n", text), encoding="utf-8")
    else:
        print(table())
