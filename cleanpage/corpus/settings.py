"""How the pages of a run are chosen and cleaned."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from cleanpage.config import Config
from cleanpage.serialise import decode, encode

DEFAULT_STATUS = "2xx"
FILE = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run that goes on must have in common with the one that began."""

    status: str = DEFAULT_STATUS
    """HTTP statuses of the responses in archives that are cleaned, as ``Statuses.of`` reads them."""
    config: Config = Config()  # noqa: RUF009 - it is frozen
    """As for ``clean_page``."""

    def save(self, folder: Path) -> None:
        """Write them beside the pages of a run."""
        (folder / FILE).write_text(json.dumps(encode(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Settings:
        """Return what ``save`` wrote."""
        settings: Settings = decode(cls, json.loads((folder / FILE).read_text(encoding="utf-8")), FILE)
        return settings
