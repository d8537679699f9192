"""What kind of text a page is given as: HTML, or text whose markup is gone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from cleanpage.load.bounds import DECLARED_WITHIN, MOST_TAGS
from cleanpage.text.lazy_regex import lazy

STRETCH, STRETCH_SHARE = 600, 0.4
"""Longest stretch without a tag, in characters or as a share of the text, of what holds tags throughout. Flattened
pages that print a tag (a script that was cut to pieces) go on without any."""
LEAST_TAGS, PER_TAG = 3, 400
"""Fewest tags of a text that does not begin with one, and most characters to each."""
MOST_OPEN = 3
"""So many elements of a fragment may stay open; of more, half are closed."""
MENTIONED = 0.2
"""Largest share of its tags that stands apart from what they mark, as in ``the <b> tag``."""
LINES_WITH_TAGS, OPENED_LINES = 0.6, 0.25
"""Smallest share of its lines, and of its characters, that stand in lines with a tag; of the lines of a text that
begins with one (of a reference of HTML, .54)."""

_TAG_NAMES = (
    "a|abbr|acronym|address|area|article|aside|audio|b|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center|cite"
    "|code|col|colgroup|dd|del|details|dfn|dir|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame"
    "|frameset|h[1-6]|head|header|hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|meta|nav"
    "|noscript|object|ol|option|p|picture|pre|q|s|samp|script|section|select|small|source|span|strike|strong|style|sub"
    "|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr"
)
_KNOWN_TAG = lazy(rf"<(?=/?[a-z][a-z1-6]{{0,9}}[\s/>])/?(?:{_TAG_NAMES})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
_OPENS = lazy(rf"(?:\s|&nbsp;)*+<(?:!--|!doctype|\?xml\b|(?:{_TAG_NAMES})(?:[\s/>]|$))", re.IGNORECASE)
_DOCUMENT = lazy(r"<(?:!doctype\s+html|html|head|body|frameset)\b", re.IGNORECASE)
_HEADED = lazy(r"\s{0,9}<(h[1-6]|title)(?:\s[^<>]{0,300})?>[^<>]{1,300}</\1>\s{0,9}([^\W\d_])", re.IGNORECASE)
"""A headline and the first letter of the text."""
_END = lazy(r"</(?:body|html|frameset)\s*>\s*(?:<!--[^<>]{0,2000}-->\s*)?$", re.IGNORECASE)
_BREAK = lazy(r"<br\b", re.IGNORECASE)
_OPEN_ENDED = lazy(r"<(?:br|hr|img|input|meta|link|wbr|area|col|source|p|li|t[rdh]|d[td]|option)\b", re.IGNORECASE)
"""Tags of elements that need no end."""
_NAMED = (":", "：", ",", "，", "、")
"""What follows a tag that is spoken of: ``<table>: how it is used``."""
_EMPTY = ("br", "hr", "im")
"""How elements begin that hold nothing, and may stand between blanks."""
_QUOTED = lazy(r"\s*+(?:[\w.$]{1,40}\s?\(\s?|[\w.$ ]{1,40}=\s?)?[\"'`{\[]")
"""How JSON and calls of scripts begin, whose strings may hold tags: ``document.write('``."""
_HEADERS = lazy(r"\s{0,9}HTTP/\d(?:\.\d)? \d{3}[^\r\n]{0,200}(?:\r?\n[!-9;-~]{1,80}:[^\r\n]{0,4000}){0,100}\r?\n\s*")


def is_html(raw: str) -> bool:
    """Tell whether a page is HTML: a document; or it begins and ends with tags, or holds them throughout.

    Of 15,946 flattened texts none is; of 3,993 pages in HTML all are (``python -m bench.kinds``).
    """
    raw = without_headers(raw.removeprefix("\ufeff"))
    if _is_document(raw):
        return True
    if "<" not in raw or _QUOTED.match(raw):
        return False
    tags = [tag.span() for tag in islice(_KNOWN_TAG.finditer(raw), MOST_TAGS)]
    if not tags:
        return False
    return _goes_on_as_markup(raw, tags) if _OPENS.match(raw) else _is_marked_up(raw, tags)


def without_headers(raw: str) -> str:
    """Return a page without the headers of the HTTP response that somebody has saved with it."""
    headers = _HEADERS.match(raw)
    return raw[headers.end() :] if headers else raw


def _is_document(raw: str) -> bool:
    """Tell whether a document begins here: at once, or behind what a server has printed, and then it ends as one."""
    found = _DOCUMENT.search(raw, 0, DECLARED_WITHIN)
    if found is None:
        return False
    if _OPENS.match(raw):
        return _KNOWN_TAG.search(raw) is not None
    return _KNOWN_TAG.search(raw, 0, found.start()) is None and _END.search(raw[-DECLARED_WITHIN:]) is not None


def _go_on(raw: str, tags: Sequence[tuple[int, int]]) -> bool:
    """Tell whether tags stand throughout a text, of which the first ones are given."""
    edges = [(0, 0), *tags, *([(len(raw), len(raw))] if len(tags) < MOST_TAGS else [])]
    longest = max(after[0] - before[1] for before, after in pairwise(edges))
    return longest <= max(STRETCH, STRETCH_SHARE * len(raw)) and _are_closed(raw, tags)


def _shares(raw: str) -> tuple[float, float]:
    """Return the share of the lines that hold a tag, and the share of the characters that stand in such lines."""
    lines = [line for line in map(str.strip, raw.splitlines()) if line]
    marked = [line for line in lines if _KNOWN_TAG.search(line)]
    return len(marked) / len(lines), sum(map(len, marked)) / sum(map(len, lines))


def _are_closed(raw: str, tags: Sequence[tuple[int, int]]) -> bool:
    """Tell whether elements that must be closed are: a reference of HTML lists tags that open them."""
    closing = sum(raw.startswith("/", start + 1) for start, _ in tags)
    opening = sum(_OPEN_ENDED.match(raw, start) is None for start, _ in tags) - closing
    return 2 * closing >= opening - MOST_OPEN


def _goes_on_as_markup(raw: str, tags: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a text that begins with a tag ends with one or holds others throughout."""
    headed = _HEADED.match(raw)
    if raw.rstrip()[-1] == ">" or (headed and not headed[2].islower()):
        return True
    is_named = raw[tags[0][1] : tags[0][1] + 1] in _NAMED
    return not is_named and _go_on(raw, tags) and _shares(raw)[0] >= OPENED_LINES


def _are_breaks(raw: str, tags: Sequence[tuple[int, int]]) -> bool:
    """Tell whether all tags are ``br``, right behind what they end: one that is spoken of has a blank before it."""
    if not all(_BREAK.match(raw, start) for start, _ in tags):
        return False
    return sum(raw[start - 1 : start] == " " for start, _ in tags) <= MENTIONED * len(tags)


def _is_marked_up(raw: str, tags: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a text that does not begin with a tag holds many, throughout, some in pairs, and close to words."""
    closing = [raw.startswith("</", start) for start, _ in tags]
    if len(tags) < max(LEAST_TAGS, len(raw) / PER_TAG) or not (any(closing) or _are_breaks(raw, tags)):
        return False
    apart = sum(
        raw[start - 1 : start] == " " if closes else raw[end : end + 1] == " "
        for (start, end), closes in zip(tags, closing, strict=True)
        if raw[start + 1 : start + 3].lower() not in _EMPTY
    )
    return apart <= MENTIONED * len(tags) and _go_on(raw, tags) and min(_shares(raw)) >= LINES_WITH_TAGS
