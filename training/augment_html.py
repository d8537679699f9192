"""Makes more labelled HTML pages: most of the article is cut out of the tree.

Labelled notices of a few sentences are few, and in their pages the chrome weighs more than the article does.
"""

from __future__ import annotations

import re
from random import Random
from typing import Any

from lxml import etree
from lxml.html import document_fromstring

from cleanpage.text import units

FOUND = 0.9
"""Share of the label that must be found, in order, in the tree; otherwise the page is not used."""
SURE, TELLING = 8, 20
"""Characters of a text that may stand further on in the label than the one before, and that must stand once."""
LEAST, MOST = 15.0, 160.0
"""Ideograms that are left of a body that is cut, as a range of chance, up to the end of the sentence."""
_SENTENCE = re.compile(r"(?<=[。！？!?])|(?<=[.;…])(?=\s)|(?<=\n)")
_MARK = re.compile(r"[\W_]+")
_TEXTS = "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]"


def key(text: str) -> str:
    """Return the letters and digits of a text."""
    return _MARK.sub("", text)


def shortened(html: str, label: str, rng: Random) -> tuple[str, str] | None:
    """Return the page and its label cut to the first sentences; None if the label is short or not surely found."""
    kept = _beginning(label, rng.uniform(LEAST, MOST))
    if units(kept) > units(label) / 2:
        return None
    try:
        root = document_fromstring(html)
    except (etree.LxmlError, ValueError):
        return None
    found, end = _located(root, key(label)), len(key(kept))
    for node, start in found:
        if start + len(key(node)) > end:
            _put(node, _first(node, end - start))
    return (etree.tostring(root, encoding="unicode", method="html"), kept) if found else None


def _located(root: Any, wanted: str) -> list[tuple[Any, int]]:
    """Return the texts of the tree that the label's key holds, in its order, and where; none if it is not sure.

    Nearly all of the label must be found, and nothing long of it twice.
    """
    nodes = root.xpath(_TEXTS)
    texts, at = [key(node) for node in nodes], 0
    found: list[tuple[Any, int]] = []
    own: list[str] = []
    for node, text in zip(nodes, texts, strict=True):
        start = _place(text, wanted, at)
        if text and start >= 0:
            found.append((node, start))
            own.append(text)
            at = start + len(text)
    whole = "\0".join(texts)
    if sum(map(len, own)) < FOUND * len(wanted) or any(len(t) >= TELLING and whole.count(t) > 1 for t in own):
        return []
    return found


def _beginning(label: str, least: float) -> str:
    """Return the first sentences of the label that make so many ideograms."""
    kept = ""
    for sentence in _SENTENCE.split(label):
        kept += sentence
        if units(kept) >= least:
            break
    return kept.strip()


def _place(text: str, wanted: str, at: int) -> int:
    """Return where a text stands in the label: where the one before ended or, if it is long enough, further on."""
    if wanted.startswith(text, at):
        return at
    return wanted.find(text, at) if len(text) >= SURE else -1


def _first(text: str, count: int) -> str:
    """Return the beginning of a text that holds so many letters and digits, with the marks behind them."""
    for at, char in enumerate(text):
        count -= char.isalnum()
        if count < 0:
            return text[:at]
    return text


def _put(node: Any, text: str) -> None:
    parent = node.getparent()
    if node.is_tail:
        parent.tail = text
    else:
        parent.text = text
