"""Page text as HTML that shows what cannot be seen."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from cleanpage.text.lazy_regex import lazy

MAX_SHOWN = 5_000
"""Characters of one block or paragraph that are shown: a browser lays out a line of megabytes for minutes."""
_UNSEEN = lazy(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What shows nothing, or turns the text around it: controls, zero-width characters, halves of characters."""


def printable_text(text: str) -> str:
    """Return page text for a place that takes no marks: without unseen characters."""
    return _UNSEEN.sub("", text)


def shown_markup(text: str) -> Markup:
    """Return page text as HTML: escaped, unseen characters as marks, cut off behind ``MAX_SHOWN``."""
    rest = len(text) - MAX_SHOWN
    safe = str(escape(_UNSEEN.sub(lambda match: f"\x00{ord(match[0]):04X}\x00", text[:MAX_SHOWN])))
    marked = Markup(re.sub("\x00([0-9A-F]+)\x00", r'<i class="unseen" data-code="\1"></i>', safe))
    return marked + Markup('<i class="more">… {} more characters</i>').format(f"{rest:,}") if rest > 0 else marked
