"""Makes more labelled HTML pages: most of the article is cut out of the tree, or structure is built into it.

Labelled notices of a few sentences are few, and in their pages the chrome weighs more than the article does. Labelled
articles are mostly paragraphs (``training.structure``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from random import Random
from typing import Any

from lxml import etree
from lxml.html import document_fromstring

from bench.align import matched
from bench.data import Page
from bench.score import score
from cleanpage.load.elements import is_block
from cleanpage.text import ends_sentence, units
from training.locate import headline
from training.structure import READ_ALSO, Line, Words, is_paragraph, structured

FOUND = 0.9
"""Share of the label that must be found in the tree, or F1; otherwise the page is not used."""
SURE, TELLING = 8, 20
"""Characters of a text that may stand further on in the label than the one before, and that must stand once."""
LEAST, MOST = 15.0, 160.0
"""Ideograms that are left of a body that is cut, as a range of chance, up to the end of the sentence."""
FEWEST = 2
"""Paragraphs of a body that is rebuilt."""
NO_TEXT = frozenset(("title", "script", "style", "noscript", "template", "textarea"))
HEADINGS = (*("h2",) * 6, *("h3",) * 4, "h4", *("strong",) * 4, "b", "p", "p", "span")
"""In what a sub-heading stands, as often as it does; ``strong`` and ``b`` in a paragraph, ``span`` in a ``div``."""
LISTS = (*("ul",) * 5, "ol", "p", "p", "div", "br", "table")
ASIDES = ("p", "p", "div", "ul", "aside", "strong")
CLASSES = ("", "", "", "", "related", "read-more", "inline-links", "embed")
"""Of the elements around links between paragraphs."""
_MARKS = tuple(mark for marks in READ_ALSO.values() for mark in marks)
_BULLET = re.compile(r"\s*(?:[-*•–]|\d+[.)])\s+")
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
    root = _root(html)
    if root is None:
        return None
    found, end = _located(root, key(label)), len(key(kept))
    for node, start in found:
        if start + len(key(node)) > end:
            _put(node, _first(node, end - start))
    return (etree.tostring(root, encoding="unicode", method="html"), kept) if found else None


def lent_by(lenders: Sequence[Page], lang: str) -> Words:
    """Return what other pages lend to one."""
    lines = chain.from_iterable((page.body or "").splitlines() for page in lenders)
    headlines = [title for page in lenders if (title := headline(page))]
    return Words([line for line in lines if is_paragraph(line)], headlines, lang)


def rebuilt(html: str, label: str, words: Words, rng: Random) -> tuple[str, str] | None:
    """Return the page with structure in its body and its label; None if its paragraphs are not surely found.

    What is new stands in elements of its kind, sentences in such as the first paragraph does.
    """
    root = _root(html)
    if root is None:
        return None
    boxes, lines = _boxes(root, label)
    old = [i for i, line in enumerate(lines) if line.is_body]
    if len(old) < FEWEST or score("\n".join(lines[i].text for i in old), label).f1 < FOUND:
        return None
    boxes, lines = boxes[old[0] : old[-1] + 1], lines[old[0] : old[-1] + 1]
    homes = {id(line): box for line, box in zip(lines, boxes, strict=True)}
    made = structured(lines, words, rng)
    like = next((box for box, line in zip(boxes, lines, strict=True) if line.is_paragraph), boxes[0])
    last = start = boxes[0].makeelement("span")
    boxes[0].addprevious(start)
    shown: list[str] = []
    for is_old, run in groupby(made, lambda line: id(line) in homes):
        own = list(run)
        placed = ((homes[id(line)], [line]) for line in own) if is_old else _elements(own, like, rng)
        for element, texts in placed:
            if not is_old:
                last.addnext(element)
            last = element
            shown += [line.text for line in texts if line.is_body]
    kept = {id(line) for line in made}
    for dropped in [start, *(box for at, box in homes.items() if at not in kept)]:
        dropped.drop_tree()
    return etree.tostring(root, encoding="unicode", method="html"), "\n".join(shown)


def _root(html: str) -> Any:
    """Return the tree of a page; None if there is none."""
    try:
        return document_fromstring(html)
    except (etree.LxmlError, ValueError):
        return None


def _boxes(root: Any, label: str) -> tuple[list[Any], list[Line]]:
    """Return the elements of text that hold no other such element, and whether the label has what each says."""
    boxes = [element for element in root.iter("*") if _is_box(element)]
    texts = [" ".join(box.text_content().split()) for box in boxes]
    return boxes, [Line(*pair) for pair in zip(texts, matched(texts, label), strict=True)]


def _is_box(element: Any) -> bool:
    """Tell whether an element is a line of text that holds no other."""
    if _is_inline(element) or element.tag in NO_TEXT or not element.text_content().strip():
        return False
    return all(map(_is_inline, element.iterdescendants("*")))


def _is_inline(element: Any) -> bool:
    return not is_block(element.tag) or ":" in element.tag  # Word's tags of names and dates


def _elements(lines: Sequence[Line], like: Any, rng: Random) -> Iterator[tuple[Any, list[Line]]]:
    """Yield elements of new lines and what stands in them: sentences, sub-headings, lists, links to other pages."""
    for (is_body, is_sentence), run in groupby(lines, lambda line: (line.is_body, ends_sentence(line.text))):
        own = list(run)
        if not is_body:
            yield _aside(own, rng), own
        elif is_sentence:
            attributes = {name: value for name in ("class", "style") if (value := like.get(name))}
            yield from ((_element(like.tag, line.text, attributes), [line]) for line in own)
        elif len(own) == 1:
            yield _heading(own[0].text, rng), own
        else:
            yield _list(own, rng)


def _element(tag: str, text: str, attributes: Mapping[str, str] | None = None) -> Any:
    element = etree.Element(tag, dict(attributes or {}))
    element.text = text
    return element


def _heading(text: str, rng: Random) -> Any:
    tag = rng.choice(HEADINGS)
    if is_block(tag):
        return _element(tag, text)
    outer = etree.Element("div" if tag == "span" else "p")
    outer.append(_element(tag, text))
    return outer


def _list(lines: Sequence[Line], rng: Random) -> tuple[Any, list[Line]]:
    """Return a list as HTML has it, and its items: those of elements of their own mostly lose their marks."""
    tag = rng.choice(LISTS)
    if tag in ("ul", "ol", "table") and rng.random() < 0.8:
        lines = [Line(_BULLET.sub("", line.text) or line.text, True) for line in lines]
    outer = etree.Element({"p": "div", "br": "p"}.get(tag, tag))
    for text, _ in lines:
        if tag == "br":
            etree.SubElement(outer, "br").tail = text
        elif tag == "table":
            row = etree.SubElement(outer, "tr")
            for cell in re.split(r"\t|(?<=:) ", text):
                row.append(_element("td", cell))
        else:
            outer.append(_element("li" if tag in ("ul", "ol") else tag, text))
    return outer, list(lines)


def _aside(lines: Sequence[Line], rng: Random) -> Any:
    """Return links to other pages, what stands before them without a link."""
    tag, name = rng.choice(ASIDES), rng.choice(CLASSES)
    outer = etree.Element("p" if tag == "strong" else tag, {"class": name} if name else {})
    for text, _ in lines:
        inner = etree.SubElement(outer, "li" if tag == "ul" else tag) if tag in ("ul", "strong") else outer
        before = next((mark for mark in _MARKS if text.startswith(mark.strip(" ：:"))), "")
        if text == before.strip(" ：:"):
            outer.append(_element("span", text))
            continue
        if before:
            inner.append(_element("span", before))
        link = etree.SubElement(inner, "a", {"href": f"/{rng.randint(1000, 99999)}.html"})
        link.text = text.removeprefix(before)
    return outer


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
