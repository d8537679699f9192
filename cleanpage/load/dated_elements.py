"""Dates in attributes of the page's elements: hAtom, RDFa, ``datetime``, ``data-*``; whose element is another's."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Any

from cleanpage.load.bounds import DEEPEST
from cleanpage.load.tree_index import TreeIndex
from cleanpage.text.lazy_regex import lazy

_PUBLISHED_NAME = lazy(
    r"publi[sc]|pub-?date|(?:entry|post|article|news)[-_]?(?:date|time)|posted|date-?created|dc:(?:date|created)"
)
_DATE_NAME = lazy(r"date|time|posted|timestamp")
_MODIFIED_NAME = lazy(r"updat|modif|lastmod")
_NO_DAY_OF_OURS = lazy(r"event|start|end|valid|expir|deadline|birth|countdown|until|calendar")
"""Names of elements with days that nobody published anything on."""
_ANOTHER = lazy(
    r"(?:^|[\s_-])(?:comments?|commentlist|respond|replies|related|recent|popular|recommend\w{0,8}|trending|teasers?"
    r"|mehr|latest|most-read)(?:$|[\s_-])"
)
_NAMING = ("class", "id", "itemprop", "property", "rel")


def days_in_attributes(index: TreeIndex) -> Iterator[tuple[str, str]]:
    """Yield ``attr:published`` and ``attr:modified`` if the page's own elements tell one day for it.

    An element that is called published goes before one that is only called a date; several days are those of a list.
    """
    ours = around_headline(index)
    found: dict[str, list[str]] = {"published": [], "date": [], "modified": []}
    for element, attribute, value in index.days:
        kind = _kind_of_day(f"{_called(element)} {attribute}", _called(element.getparent()))
        if kind and not is_another(element, ours):
            found[kind].append(value)
    for kind, name in (("published", "published"), ("date", "published"), ("modified", "modified")):
        if len({value[:10] for value in found[kind]}) == 1:
            yield f"attr:{name}", found[kind][0]


def around_headline(index: TreeIndex) -> AbstractSet[Any]:
    """Return the elements around the page's first h1: whatever they are called, they hold the article."""
    return frozenset(around for heading in index.heading for around in islice(heading.iterancestors(), DEEPEST))


def is_another(element: Any, ours: AbstractSet[Any]) -> bool:
    """Tell whether an element stands among comments or related articles.

    Beside the text (``aside``) stand days of both kinds: also those of the text itself.
    """
    for outer in islice(element.iterancestors(), DEEPEST):
        if outer in ours:
            return False
        called = f"{outer.get('class') or ''} {outer.get('id') or ''}".lower()
        if outer.tag == "nav" or _ANOTHER.search(called):
            return True
    return False


def _called(element: Any) -> str:
    """Return all that an element is called, in lower case."""
    return " ".join(element.get(name) or "" for name in _NAMING).lower()


def _kind_of_day(names: str, around: str) -> str:
    """Return what an element of these names tells the day of, the empty string for no publication.

    ``around`` are the names of the element around it.
    """
    if _NO_DAY_OF_OURS.search(names):
        return ""
    if _PUBLISHED_NAME.search(names):
        return "published"
    if _MODIFIED_NAME.search(names) or (_MODIFIED_NAME.search(around) and not _PUBLISHED_NAME.search(around)):
        return "modified"
    return "date" if _DATE_NAME.search(names) else ""
