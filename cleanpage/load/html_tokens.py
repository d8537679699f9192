"""What HTML is made of, as patterns of bytes: tags with their attributes, and text up to certain tags."""

from __future__ import annotations

import re

from cleanpage.load.bounds import MOST_CHEAP
from cleanpage.text.lazy_regex import lazy

RAW = ("script", "style", "title", "textarea", "xmp", "iframe", "noembed")
"""Elements whose content is text up to their own end tag."""

BLANK = r"[ \t\n\f\r]"
NAME = r"(?:=[^ \t\n\f\r/>=]*+|[^ \t\n\f\r/>=]++)"
_ATTRIBUTE_VALUE = r"""(?:"[^"]*+"|'[^']*+'|(?!["'])[^ \t\n\f\r>]*+)"""
ATTRIBUTE = rf"[ \t\n\f\r/]*+{NAME}(?:{BLANK}*+={BLANK}*+{_ATTRIBUTE_VALUE}|(?!{BLANK}*+=))"
TAG_HEAD = r"/?+[a-z][^ \t\n\f\r/>]*+"
BOGUS = r"(?!!--)(?:[!?]|/(?![a-z]))[^>]*+>"
"""Declarations, processing instructions and end tags without a name: comments up to the next ``>``."""
TAG = lazy(rf"<({TAG_HEAD})(?:{ATTRIBUTE})*+([ \t\n\f\r/]*+)>".encode(), re.IGNORECASE)


def run_of(stops: str, common: str = "", bogus: str = BOGUS) -> bytes:
    """Return the pattern of text and tags up to what has to be looked at: tags that ``stops`` matches among others.

    ``common`` matches tags that are none of these and are told at once.
    """
    tag = rf"(?!{stops}){TAG_HEAD}(?:{ATTRIBUTE}){{0,{MOST_CHEAP}}}+[ \t\n\f\r/]*+>"
    return rf"(?:[^<]++|<(?:{common}{tag}|(?![a-z/!?])|{bogus}))*+".encode()
