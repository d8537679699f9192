"""Makes more labelled HTML pages: bodies cut short, in the page of another site, and followed by another article.

Labelled notices of a few sentences are few, and in their pages the chrome weighs more than the article does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
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
MOST_BESIDE = 0.3
"""An element that holds a body can change pages if it holds, for the body's length, at most so much besides."""
_SENTENCE = re.compile(r"(?<=[。！？!?])|(?<=[.;…])(?=\s)|(?<=\n)")
_MARK = re.compile(r"[\W_]+")
_TEXTS = "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]"
_SAYS = "//meta[@name='description' or @property='og:description'] | //script[@type='application/ld+json']"


@dataclass(slots=True)
class _Tree:
    """A parsed page and where its label stands in it; ``key`` gives both without marks and blanks."""

    root: Any
    label: str
    found: list[tuple[Any, int]]
    """Text nodes, and where each begins in the label's key."""


def key(text: str) -> str:
    """Return the letters and digits of a text."""
    return _MARK.sub("", text)


def shortened(html: str, label: str, rng: Random) -> tuple[str, str] | None:
    """Return the page and its label cut to the first sentences; None if the label is short or not surely found."""
    kept = _beginning(label, rng.uniform(LEAST, MOST))
    if units(kept) > units(label) / 2 or (tree := _located(html, label)) is None:
        return None
    end = len(key(kept))
    for node, start in tree.found:
        if start + len(key(node)) > end:
            _put(node, _first(node, end - start))
    return _written(tree), kept


def recombined(
    html: str, label: str, title: str | None, host: str, host_label: str, host_title: str | None
) -> str | None:
    """Return the page ``host`` with the element that holds its body, and its title, replaced by those of ``html``.

    None if one of the bodies is not surely found, or no element holds it and little else.
    """
    ours, theirs = _located(html, label), _located(host, host_label)
    if ours is None or theirs is None or not title or not host_title:
        return None
    element, place = _holder(ours), _holder(theirs)
    if element is None or place is None:
        return None
    element.tail = place.tail
    place.getparent().replace(place, element)
    for saying in theirs.root.xpath(_SAYS):
        saying.getparent().remove(saying)
    for node in theirs.root.xpath("//title/text() | //h1//text() | //h2//text()"):
        if key(host_title) in key(node):
            _put(node, title)
    return _written(theirs)


def followed(html: str, label: str, other: str, other_label: str, other_title: str | None) -> str | None:
    """Return the page with a second article under its own, as pages have them that go on and on; its label stays.

    None if one of the bodies is not surely found, or no element holds it and little else.
    """
    ours, theirs = _located(html, label), _located(other, other_label)
    if ours is None or theirs is None or not other_title:
        return None
    place, element = _holder(ours), _holder(theirs)
    if place is None or element is None:
        return None
    heading = etree.Element("h2")
    heading.text = other_title
    element.tail = place.tail
    place.tail = None
    place.addnext(element)
    place.addnext(heading)
    return _written(ours)


def _located(html: str, label: str) -> _Tree | None:
    """Return the tree if nearly all of the label is found in it, in order, and nothing long of it twice."""
    try:
        root = document_fromstring(html)
    except (etree.LxmlError, ValueError):
        return None
    nodes = root.xpath(_TEXTS)
    texts, wanted, at = [key(node) for node in nodes], key(label), 0
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
        return None
    return _Tree(root, label, found)


def _holder(tree: _Tree) -> Any | None:
    """Return the innermost element that holds the whole body, if that is in the page's body and holds little else."""
    lines = [_around(node) for node, _ in tree.found]
    common = lines[0] if lines else []
    for line in lines[1:]:
        same = [here is there for here, there in zip(common, line, strict=False)]
        common = common[: same.index(False) if False in same else len(same)]
    element = common[-1] if common else None
    if element is None or element.tag in ("html", "body"):
        return None
    return element if len(key("".join(element.itertext()))) <= (1.0 + MOST_BESIDE) * len(key(tree.label)) else None


def _around(node: Any) -> list[Any]:
    """Return the elements around a text, outermost first."""
    parent = node.getparent()
    above: Iterable[Any] = parent.iterancestors()
    return [*reversed([*above]), *([] if node.is_tail else [parent])]


def _written(tree: _Tree) -> str:
    text: str = etree.tostring(tree.root, encoding="unicode", method="html")
    return text


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
