"""What callers give by mistake instead of a page, and what to give instead."""

from __future__ import annotations

import os
from collections.abc import Callable
from math import isnan
from typing import Any

from cleanpage.text.lazy_regex import lazy

ADDRESS = "address: this is the address of a page; give the page itself (its HTML), and the address as url="
FILE_NAME = "file-name: this is the name of a file; give what is in it: Path({!r}).read_bytes()"
_ADDRESS = lazy(r"\s*(?:https?|ftp)://\S{1,2000}\s*$")
_MISTAKES: tuple[tuple[Callable[[Any], bool], str], ...] = (
    (lambda raw: isinstance(raw, os.PathLike), ": give what is in the file, path.read_bytes()"),
    (lambda raw: raw is None or (isinstance(raw, float) and isnan(raw)), ", a missing page: leave it out"),
    (lambda raw: isinstance(raw, list | tuple | set), ": call clean_page for each page"),
    (lambda raw: isinstance(raw, dict), ": give the page that is in it, such as row['html']"),
    (lambda raw: type(raw).__module__.startswith("bs4"), ": give str(soup)"),
    (lambda raw: hasattr(raw, "itertext"), ": give lxml.html.tostring(element)"),
    (lambda raw: hasattr(raw, "status_code") and hasattr(raw, "content"), ": give response.content"),
    (lambda raw: hasattr(raw, "read"), ": give what is in the file, file.read()"),
)
"""What a value of another type may be, and what to give instead."""
_FILE_NAME = lazy(r"\s*[^\n<>]{0,400}[^\s<>]\.(?:x?html?|txt|md|json|xml|mht|pdf)\s*$")


def type_problem(raw: Any) -> str:
    """Return what is wrong with the type of ``raw``, and what to give instead."""
    advice = next((advice for fits, advice in _MISTAKES if fits(raw)), "")
    return f"raw must be str or bytes (bytearray, memoryview), got {type(raw).__name__}{advice}"


def mistaken_for_page(text: str) -> str | None:
    """Return a warning for a text that is nothing but an address or the name of a file, None for others."""
    if len(text) > 2_100 or "\n" in text.strip():
        return None
    if _ADDRESS.match(text):
        return ADDRESS
    return FILE_NAME.format(text.strip()) if _FILE_NAME.match(text) else None
