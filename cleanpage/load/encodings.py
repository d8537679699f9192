"""Names of encodings: what a page declares, and what is meant by it."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from cleanpage.load.bounds import DECLARED_WITHIN
from cleanpage.text.lazy_regex import lazy

_TABLE = Path(__file__).with_name("charset_labels.txt").read_text(encoding="ascii")
_ROWS = [row.split(" = ") for row in _TABLE.splitlines() if not row.startswith("#")]
LABELS = {label: name or None for name, labels in _ROWS for label in labels.split()}
"""Labels in small letters, and the encoding that each means; None where browsers read nothing."""
NO_CHARSETS = frozenset(
    (
        "base64", "bz2", "hex", "idna", "mbcs", "oem", "punycode", "quopri", "raw-unicode-escape", "rot-13", "rot13",
        "undefined", "unicode-escape", "utf-7", "uu", "zlib",
    )
)  # fmt: skip
"""What Python can decode besides charsets; UTF-7 is one that no browser reads."""
_NAME = lazy(r"(?:charset\s*=)?[\s\"']{0,9}([\w:.+-]{2,30})[\s\"';]{0,9}$", re.IGNORECASE)
"""A charset, alone or behind ``text/html;``, with or without quotes."""
_DECLARED = lazy(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*+["']?\s*+([\w:.-]{2,30})""", re.I)


def declared(raw: bytes) -> str | None:
    """Return the encoding that a page declares."""
    declaration = _DECLARED.search(raw[:DECLARED_WITHIN])
    return meant(declaration[1].decode("ascii")) if declaration else None


def meant(name: str) -> str | None:
    """Return the encoding of Python that a label means: one of the Encoding Standard, or another that Python knows."""
    match = _NAME.search(name)
    label = match[1].lower() if match else ""
    if label in LABELS:
        return LABELS[label]
    try:
        known = codecs.lookup(label).name if label else ""
    except LookupError:
        return None
    return None if not known or known in NO_CHARSETS else LABELS.get(known.replace("_", "-"), known)
