"""Which paragraphs of HTML are items of lists, which stand in an item below its first line, and their numbers.

``<li><p>`` is an item as ``<li>`` is: Markdown and editors write lists either way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from cleanpage.draft import LISTS, TextBlock
from cleanpage.model import ParagraphKind

ListPlace = tuple[ParagraphKind, int, int]
"""Kind, level and number of a paragraph, as ``model.Paragraph`` has them."""


def list_places(blocks: Iterable[TextBlock], lines: Iterable[TextBlock]) -> Iterator[ListPlace]:
    """Yield the place of each line of the body, given by its first block; ``blocks`` are all of the page.

    The first line of an item makes the item, if it stands in it directly: cards and posts are laid out as items too,
    with elements of their own in them, or a heading above. Linear in the blocks and the depth of their elements.
    """
    numbers: dict[int, int] | None = None
    is_item: dict[int, bool] = {}
    for line in lines:
        dom, kind = line.dom, line.kind
        around = _items(dom.path) if dom is not None else ()
        if dom is None:
            yield kind, 0, 0
            continue
        level = dom.heading if kind == "heading" else len(dom.lists) if kind == "list_item" else 0
        own = dom.ids[around[-1]] if around else 0
        opens = bool(own) and own not in is_item
        if opens:
            is_item[own] = kind == "list_item" or (kind == "paragraph" and around[-1] >= len(dom.path) - 2)
        if not is_item.get(own) or kind not in ("list_item", "paragraph"):
            yield kind, level, 0
        elif opens:
            if dom.lists[-1] == "ol" and numbers is None:
                numbers = _item_numbers(blocks)
            yield "list_item", len(dom.lists), numbers[own] if numbers and dom.lists[-1] == "ol" else 0
        else:
            yield "paragraph", len(dom.lists), 0


def _item_numbers(blocks: Iterable[TextBlock]) -> dict[int, int]:
    """Return for each item of a list, by the number of its element, which one it is, those without text left out."""
    numbers: dict[int, int] = {}
    counts: Counter[int] = Counter()
    for dom in (block.dom for block in blocks if block.dom is not None):
        for at in _items(dom.path):
            item, around = dom.ids[at], dom.ids[at - 1]
            if item not in numbers:
                counts[around] += 1
                numbers[item] = counts[around]
    return numbers


@lru_cache(maxsize=1024)
def _items(path: Sequence[str]) -> tuple[int, ...]:
    """Return where in the path of an element its items of lists stand, outermost first."""
    if " li" not in " ".join(path):  # as on most pages
        return ()
    tags = [step.partition(".")[0] for step in path]
    return tuple(i for i in range(1, len(tags)) if tags[i] == "li" and tags[i - 1] in LISTS)
