"""What is not cleaned and is no error: counted by reason."""

from __future__ import annotations

from collections.abc import Mapping

SKIP_REASONS = {
    "status": "responses with another status than asked for (404, 500 …)",
    "redirect": "responses with a status of 300 to 399, if not asked for",
    "revisit": "records that say: as before",
    "media-type": "responses and records of a type that is no page (images, styles, JSON …)",
    "binary": "responses without a type, or of type text/plain or application/octet-stream, that are no text",
    "empty": "pages and files of no length",
    "request": "records of requests",
    "metadata": "records of metadata",
    "warcinfo": "records about the archive",
    "record-type": "records of other types",
    "hidden": "files and folders in folders whose names begin with a dot",
    "no-file": "pipes in folders, and links to folders or to nothing",
}
"""Reasons, and what they mean. Nothing else goes without a row."""


def ordered(skipped: Mapping[str, int]) -> dict[str, int]:
    """Return the counts, the most frequent first."""
    return dict(sorted(skipped.items(), key=lambda item: (-item[1], item[0])))


def in_words(counts: Mapping[str, int], skipped: Mapping[str, int]) -> str:
    """Return on one line what became of what was read, that of ``skipped`` by reason."""
    reasons = " ".join(f"{reason}={count}" for reason, count in ordered(skipped).items())
    found = " ".join(f"{name}={counts[name]}" for name in ("pages", "articles", "copies", "errors", "skipped"))
    return f"{found} ({reasons})" if reasons else found
