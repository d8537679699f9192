"""Elements with thousands of attributes, cut before they are parsed.

libxml2 compares each attribute with all before it: an element with 40,000 (400 KB) took 5 s. No page has such.
"""

from __future__ import annotations

import re

from cleanpage.patterns import lazy

MOST = 1_000
"""Attributes of one element that are read."""
LONG = 10_000
"""Characters of a tag that may hold more."""
_TAG = lazy(r"""<[a-zA-Z](?:"[^"]*+"|'[^']*+'|[^>"']++)*+""")
_ATTRIBUTE = lazy(r"""(?:"[^"]*+"|'[^']*+'|[^\s"']++)++""")


def thinned(raw: str) -> str:
    """Return a page whose elements have their first attributes alone; what is shown does not change."""
    if len(raw) < LONG or all(tag.end() - tag.start() < LONG for tag in _TAG.finditer(raw)):
        return raw
    return _TAG.sub(_first_ones, raw)


def _first_ones(tag: re.Match[str]) -> str:
    if len(tag[0]) < LONG:
        return tag[0]
    for number, attribute in enumerate(_ATTRIBUTE.finditer(tag[0])):
        if number == MOST:
            return tag[0][: attribute.end()]
    return tag[0]
