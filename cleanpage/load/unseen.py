"""The body that a page does not show: it stands in JSON-LD or in what its scripts build the page from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from cleanpage.draft import Dom
from cleanpage.load.elements import folded
from cleanpage.patterns import lazy
from cleanpage.text import ends_sentence

LEAST_UNSEEN = 300
"""Shortest body, in characters, that is taken from JSON; shorter ones are abstracts."""
PROBE, PROBE_EVERY, SHOWN = 20, 60, 0.5
"""A body is shown if this share of its pieces, so long and so far apart, in letters and digits, stands on the page."""
EMPTY, MUCH = 2_000, 2.0
"""A page that shows fewer characters is asked what its scripts hold; of a text so many times as long as what it shows.
On pages that show more, such texts are other people's posts, terms and teasers."""
SENTENCES = 3
"""So many lines of a body in a script end a sentence."""
UNSEEN = 1_000_000_000
"""Number of the first element that the page does not have."""
_BLOCK = lazy(r"</?(?:p|div|br|li|ul|ol|h\d|blockquote|table|tr|section|figcaption|pre)\b[^<>]{0,300}>", re.I)
_MARKUP = lazy(r"</?[a-zA-Z][^<>]{0,300}>")
_IN_SCRIPT = lazy(
    r'"(?:articleBody|article_?content|body|body_?html|body_?text|content|content_?html|full_?text|html|story|text)"'
    r'\s*:\s*("(?:[^"\\]|\\.){300,}+")',
    re.IGNORECASE,
)

WARNING = "body-in-json: the page shows no such text; the body comes from JSON that it holds"


def unseen_body(said: str, raw: str, shown: Sequence[str]) -> Iterator[tuple[str, Dom]]:
    """Yield the paragraphs of a body that none of the lines ``shown`` holds, and a place for each.

    ``said`` is the body that JSON-LD gives; where it gives none, and the page shows next to nothing, the longest one in
    the scripts of ``raw`` counts.
    """
    text, size = _plain(said), sum(map(len, shown))
    if len(text) < LEAST_UNSEEN and size < EMPTY:
        text = _in_scripts(raw)
        text = text if len(text) > MUCH * size else ""
    if len(text) >= LEAST_UNSEEN and not _is_shown(text, shown):
        for number, line in enumerate(filter(None, map(folded, text.splitlines())), UNSEEN + 2):
            yield line, Dom("p", ("body", "article.ld-articlebody", "p"), (UNSEEN, UNSEEN + 1, number))


def _is_shown(text: str, shown: Iterable[str]) -> bool:
    there, own = _letters("".join(shown)), _letters(text)
    probes = [own[at : at + PROBE] for at in range(0, len(own) - PROBE, PROBE_EVERY)]
    return sum(probe in there for probe in probes) >= SHOWN * len(probes)


def _in_scripts(raw: str) -> str:
    """Return the longest text with several sentences among the strings of scripts that are called after a body."""
    texts = [_plain(json.loads(string, strict=False)) for string in _IN_SCRIPT.findall(raw) if _is_string(string)]
    return max((text for text in texts if sum(map(ends_sentence, text.split("\n"))) >= SENTENCES), key=len, default="")


def _is_string(literal: str) -> bool:
    try:
        json.loads(literal, strict=False)
    except ValueError:
        return False
    return True


def _plain(text: str) -> str:
    """Return the text of a piece of HTML, one block a line."""
    return unescape(_MARKUP.sub("", _BLOCK.sub("\n", text)))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
