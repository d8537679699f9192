"""What stands side by side under a headline in elements of its own becomes lines: section, name, place, day.

A style sheet sets them apart; without it ``<span>Jane Doe</span><span>4 March 2025</span>`` is one word. The marks of
links to a heading itself are no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from cleanpage.load.bounds import MOST_COSTLY
from cleanpage.load.elements import BLANKS, NAMING, PIECES, PREFORMATTED, SKIPPED, is_block, storable
from cleanpage.load.tree_index import TreeIndex
from cleanpage.text import ends_sentence
from cleanpage.text.lazy_regex import lazy

LEVELS_OUT, MOST_TEXTS = 4, 12
"""Elements around the h1 behind which its publish line may stand; texts of one of them."""
MAX_PART, MAX_META_LINE, MOST_PART_WORDS = 60, 160, 8
"""Longest part and longest line in characters; most words of a part: more are a sentence."""
_META_PARTS = frozenset(("span", "time", "a", "em", "i", "b", "strong", "small", "cite", "label"))
_DAY_OF_PART = lazy(r"(?:(?:19|20|25)\d\d|[12۱۲]?[34۳۴][\d۰-۹]{2})(?![\d۰-۹])|\d{1,2}[./-]\d{1,2}[./-]\d\d(?!\d)")
_GOES_ON_INSIDE = lazy(r"(?i:\W|\b(?:by|and|und|et|e|y|i|von|par|por|di|door|av|af|del?|le|on|am|em|el|il))$")
"""What goes on in the next part: a label, a mark, a word before a name or a day."""
_SENTENCE_INSIDE = lazy(r"[。！？；，,;!?] ?[^\d\s]|[。！？；，;!?]$")
_PERMALINK = lazy(r"[#¶§🔗⚓∞\u200b\ufe0e\ufe0f\[\]]{1,3}")
_LINKED_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def part_meta(index: TreeIndex) -> None:
    """Give each part of the lines with a day, under the first h1 of a tree, a block of its own. Looks at so many."""
    for heading in index.heading:
        for node in list(islice(_elements_below(heading), MOST_COSTLY)):
            if is_block(node.tag) and node.tag not in PIECES | PREFORMATTED | SKIPPED and len(node) > 1:
                parts = _meta_parts(node)
                block = None
                for (_, before), (part, _) in zip([(None, ""), *parts], parts, strict=False):
                    block = _as_line(part, block if _GOES_ON_INSIDE.search(before) else None)


def drop_permalinks(root: Any) -> None:
    """Take the marks out of headings that link to these: ``Options ¶``. Linear in the tree."""
    for link in root.iter("a"):
        if "#" not in link.get("href", "#") or not any(around.tag in _LINKED_HEADINGS for around in _holders(link)):
            continue
        if _PERMALINK.fullmatch("".join(islice(link.itertext(), MOST_TEXTS)).strip()):
            for inner in link.iter():
                inner.text = None
                inner.tail = inner.tail if inner is link else None


def _holders(node: Any) -> Iterator[Any]:
    return islice(node.iterancestors(), LEVELS_OUT)


def _elements_below(heading: Any) -> Iterator[Any]:
    """Yield the elements behind a heading in the elements around it, in the order of the page, up to its text."""
    around = heading
    for _ in range(LEVELS_OUT):
        for sibling in around.itersiblings():
            for node in sibling.iter():
                if node.text is not None and len(node.text) > MAX_META_LINE and node.tag not in SKIPPED:
                    return
                yield node
        around = around.getparent()
        if around is None or around.tag == "body":
            return


def _meta_parts(node: Any) -> list[tuple[Any, str]]:
    """Return the inline elements that an element is made of, with their texts; none unless one is a day."""
    if not _shows_nothing(node.text):
        return []
    parts = []
    for child in node:
        if not _shows_nothing(child.tail) or (child.tag not in _META_PARTS and not is_block(child.tag)):
            return []
        text = _part_text(child) if child.tag in _META_PARTS else ""
        if text:
            parts.append((child, text))
        if len(parts) > MOST_TEXTS:
            return []
    texts = [text for _, text in parts]
    dated = any(child.tag == "time" or _DAY_OF_PART.search(text) for child, text in parts)
    short = sum(map(len, texts)) <= MAX_META_LINE and all(map(_may_be_part, texts))
    return parts if len(parts) > 1 and dated and short else []


def _part_text(part: Any) -> str:
    texts = list(islice(part.itertext(), MOST_TEXTS))
    return BLANKS.sub(" ", "".join(texts)).strip()


def _may_be_part(text: str) -> bool:
    """Tell whether a text may be a name, a section, a day, rather than words of a sentence."""
    plain = len(text) <= MAX_PART and text.count(" ") < MOST_PART_WORDS
    return (
        plain
        and any(map(str.isalnum, text))
        and not ends_sentence(text.rstrip(":："))
        and _SENTENCE_INSIDE.search(text) is None
    )


def _shows_nothing(text: str | None) -> bool:
    return text is None or text.isspace() or not text


def _as_line(part: Any, block: Any) -> Any:
    """Put an inline element into a block, a new one that is called as it is if there is none; return the block.

    ``By`` keeps off the name behind it.
    """
    if part.text and part.text[-1].islower() and len(part) and (part[0].text or "")[:1].isupper():
        part.text = f"{storable(part.text)} "
    if block is not None:
        block[-1].tail, block.tail, part.tail = " ", storable(part.tail) or None, None
        block.append(part)
        return block
    block = etree.Element("div", {name: storable(part.get(name)) for name in NAMING if part.get(name)})
    part.addprevious(block)
    block.tail, part.tail = storable(part.tail) or None, None
    block.append(part)
    return block
