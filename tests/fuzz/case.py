"""One call of ``clean_page`` as a file: a line of JSON with the keyword arguments, and below it the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cleanpage import Config

CONFIG = ("favor", "keep_byline", "max_chars", "max_blocks")
"""Options that are fields of Config."""


@dataclass(frozen=True, slots=True)
class Case:
    """A page and how it is cleaned."""

    raw: str | bytes
    """The page."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """``kind``, ``url``, ``encoding``, and fields of Config."""

    @property
    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of ``clean_page``."""
        config = Config(**{name: self.options[name] for name in CONFIG if name in self.options})
        return {
            "config": config,
            **{name: self.options[name] for name in ("kind", "url", "encoding") if name in self.options},
        }

    def dump(self) -> bytes:
        """Return the file."""
        bytes_too = {"bytes": True} if isinstance(self.raw, bytes) else {}
        page = self.raw if isinstance(self.raw, bytes) else self.raw.encode("utf-8", "surrogatepass")
        return json.dumps({**self.options, **bytes_too}).encode() + b"\n" + page


def read(data: bytes) -> Case:
    """Return the case that a file holds; bytes without such a first line, or cut in a character, are a page."""
    head, _, page = data.partition(b"\n")
    try:
        options = json.loads(head)
        as_bytes = options.pop("bytes", False)
    except (ValueError, AttributeError, TypeError):
        return Case(data)
    try:
        return Case(page if as_bytes else page.decode("utf-8", "surrogatepass"), options)
    except UnicodeDecodeError:  # the fuzzer cuts where a page is longest
        return Case(page, options)
