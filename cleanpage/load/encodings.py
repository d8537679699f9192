"""Names of encodings: what a page declares, and what is meant by it."""

from __future__ import annotations

import codecs
import re

from cleanpage.patterns import lazy

DECLARED_WITHIN = 4096
"""Bytes in which a declaration is looked for; WHATWG says 1,024, but long comments stand before it."""
SAME = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "hz": "hz",
    "big5": "big5hkscs", "big5hkscs": "big5hkscs", "cp950": "big5hkscs",
    "shift_jis": "cp932", "cp932": "cp932", "euc_kr": "cp949", "cp949": "cp949", "johab": "johab",
    "iso8859-1": "cp1252", "ascii": "cp1252", "cp1252": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874",
    "iso8859-11": "cp874",
}  # fmt: skip
"""Python's name of an encoding and the larger one that pages mean by it (WHATWG Encoding Standard, labels)."""
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
    """Return the encoding that is meant by a name."""
    told = _NAME.search(name)
    try:
        known = codecs.lookup(told[1].lower()).name if told else ""
    except LookupError:
        return None
    if not known or known in NO_CHARSETS or known.startswith("utf-16"):  # what can be read as ASCII is not in UTF-16
        return None
    return SAME.get(known.replace("_", "-") if known.startswith("iso") else known, known)
