"""The body that a page does not show: in JSON-LD, in what scripts build the page from, or in a frame of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from cleanpage.draft import BODY_IN_DATA, PROSE_UNITS, Dom, is_prose
from cleanpage.load.bounds import MOST_COSTLY
from cleanpage.load.elements import folded
from cleanpage.load.json_body import body_in_json, plain
from cleanpage.text import ends_sentence, is_blank, units
from cleanpage.text.lazy_regex import lazy

LEAST_UNSEEN = 300
"""Shortest body, in characters, that is taken from JSON; shorter ones of JSON-LD are abstracts, unless the page shows
less prose than they hold."""
LEAST_UNITS = 60.0
"""Shortest body, in ideograms, that is taken from other JSON, on pages that show next to nothing."""
PROBE, PROBE_EVERY, SHOWN = 20, 60, 0.5
"""A body is shown if this share of its pieces, so long and so far apart, in letters and digits, stands on the page."""
EMPTY, MUCH = 2_000, 2.0
"""The scripts of a page that shows fewer characters are looked into; of a text so many times as long as what it shows.
On pages that show more, such texts are other people's posts, terms and teasers."""
JSON_SENTENCES = 3
"""So many lines of a body in other JSON end a sentence."""
UNSEEN_ELEMENT = 1_000_000_000
"""Number of the first element that the page does not have."""
JSON_WARNING = "body-in-json: the page shows no article; the body was taken from JSON in the page, or from a frame"

_TITLE_TAG = lazy(r"<(title|script|style)\b[^<>]{0,300}>[^<]{0,100000}</\1>", re.IGNORECASE)
_DATA = lazy(r"[\[{]\s{0,9}(?:[\[{]\s{0,9})?\"[^\"]{1,80}\"\s{0,9}[:,]")
"""How the JSON of a hidden ``textarea`` begins."""
_NO_LETTERS = lazy(r"[\W_]+")


def unseen_body(said: str, root: Any, shown: Sequence[str]) -> Iterator[tuple[str, Dom]]:
    """Yield the paragraphs of a body that none of the lines ``shown`` holds, and a place for each.

    ``said`` is the body that JSON-LD or a ``meta`` gives; where it gives none, and the page shows next to nothing, the
    article that other JSON of the page below ``root`` holds, or the ``srcdoc`` of a frame, counts.
    """
    shown = [line for line in shown if not (line[:1] in "[{" and _DATA.match(line))]
    text, size = plain(said), sum(map(len, shown))
    if len(text) < LEAST_UNSEEN and not _is_all(text, shown):
        text = ""
    if not text and size < EMPTY:
        text = max(body_in_json(root), _in_frames(root), key=len)
        ends = sum(map(ends_sentence, text.split("\n")))
        long = units(text) >= LEAST_UNITS and len(text) > MUCH * size
        text = text if ends >= JSON_SENTENCES and long else ""
    if text and not _is_text_shown(text, shown):
        lines = (line for line in map(folded, text.splitlines()) if not is_blank(line))
        for number, line in enumerate(lines, UNSEEN_ELEMENT + 2):
            yield line, Dom("p", ("body", BODY_IN_DATA, "p"), (UNSEEN_ELEMENT, UNSEEN_ELEMENT + 1, number))


def _in_frames(root: Any) -> str:
    """Return the longest text that a frame's ``srcdoc`` holds, one block a line, without what is no prose around it."""
    texts = [_TITLE_TAG.sub("", frame.get("srcdoc", "")) for frame in islice(root.iter("iframe"), MOST_COSTLY)]
    lines = [line.strip() for line in plain(max(texts, key=len, default="")).splitlines()]
    prose = [number for number, line in enumerate(lines) if is_prose(line, units(line))]
    return "\n".join(lines[prose[0] : prose[-1] + 1]) if prose else ""


def _is_all(text: str, shown: Iterable[str]) -> bool:
    """Tell whether a short text is prose, and more of it than the page shows."""
    if units(text) < PROSE_UNITS or not ends_sentence(text.rstrip()):
        return False
    return sum(len(line) for line in shown if is_prose(line, units(line))) < len(text)


def _is_text_shown(text: str, shown: Iterable[str]) -> bool:
    there, own = _letters("".join(shown)), _letters(text)
    probes = [own[at : at + PROBE] for at in range(0, len(own) - PROBE, PROBE_EVERY)]
    least = SHOWN * len(probes)
    found = at = 0
    for left, probe in zip(range(len(probes), 0, -1), probes, strict=True):
        if not found < least <= found + left:
            break
        place = there.find(probe, at)  # what a page shows mostly stands in the same order
        at = there.find(probe, 0, at + PROBE) if place < 0 else place
        found, at = found + (at >= 0), max(at, 0)
    return found >= least


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).lower()
