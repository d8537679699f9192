"""The package's own TOML files: parsed when the package was built, for tomllib takes 90 ms for them and JSON 4.

``hatch_build.py`` writes what a folder's files hold to ``parsed.json`` beside them, each with the checksum of its
bytes. A file that was changed or dropped in since is parsed as it stands, so the two forms never disagree.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zlib import crc32

PARSED = "parsed.json"


def read_folder(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what each .toml file of a folder holds, by its name without suffix, in the order of these.

    Raises TOMLDecodeError.
    """
    try:
        parsed = json.loads((folder / PARSED).read_bytes())
    except (OSError, ValueError):
        parsed = {}
    found = {}
    for path in sorted(folder.glob("*.toml")):
        content = path.read_bytes()
        checksum, data = parsed.get(path.name, (None, {}))
        found[path.stem] = data if checksum == crc32(content) else _parsed(content)
    return found


def _parsed(content: bytes) -> dict[str, Any]:
    import tomllib  # where the build has parsed the files nothing needs it

    return tomllib.loads(content.decode())


def write_parsed(folder: Path) -> None:
    """Write ``parsed.json`` of a folder, the same bytes for the same files."""
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}
    parsed = {name: (crc32(content), _parsed(content)) for name, content in files.items()}
    (folder / PARSED).write_text(json.dumps(parsed, ensure_ascii=False), encoding="utf-8")
