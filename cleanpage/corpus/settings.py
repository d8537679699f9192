"""What a run is asked to do; a run that goes on is asked the same."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

from cleanpage.config import Config
from cleanpage.errors import CleanpageError
from cleanpage.in_text import require_text
from cleanpage.model import Article
from cleanpage.serialise import decode_value, encode
from cleanpage.values import frozen

DEFAULT_STATUS = "2xx"
SETTINGS_FILE = "settings.json"
MARKDOWN = "markdown"
"""A column that is no field of Article: what ``Article.to_markdown`` returns."""
DEFAULT_COLUMNS = (
    "title", "text", "published", "modified", "source", "site", "authors", "editors", "photographers", "section",
    "keywords", "description", "image", "next_page", "language", "page_kind", "is_article", "confidence", "warnings",
)  # fmt: skip
COLUMNS = (*(field.name for field in fields(Article) if field.name != "url"), MARKDOWN)
"""Those that ``articles`` may have behind ``id``, ``url``, ``host`` and ``status``."""


@frozen
class Settings:
    """What a run that goes on must have in common with the one that began."""

    status: str = DEFAULT_STATUS
    """HTTP statuses of the responses in archives that are cleaned, as ``Statuses.of`` reads them."""
    config: Config = Config()
    """As for ``clean_page``."""
    select: tuple[str, ...] = DEFAULT_COLUMNS
    """Columns of ``articles``, of ``COLUMNS``."""
    ledger: bool = True
    """Whether what was removed is kept."""
    unique: bool = False
    """Whether of each cluster of copies the canonical article alone is kept."""
    templates: bool = False
    """Whether pages are cleaned with what their host's pages share."""
    version: str = ""
    """Of the package: another one may clean otherwise."""
    part_size: int = 0
    """Bytes of pages from which on the next part begins."""

    def __post_init__(self) -> None:
        """Refuse columns that are none, or name places in one that is not there."""
        if unknown := [name for name in self.select if name not in COLUMNS]:
            raise CleanpageError(f"articles have no column {unknown[0]!r}; give some of {', '.join(COLUMNS)}")
        require_text(self.select)

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        (folder / SETTINGS_FILE).write_text(json.dumps(encode(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Settings:
        """Return what ``save`` wrote."""
        settings: Settings = decode_value(
            cls, json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8")), SETTINGS_FILE
        )
        return settings
