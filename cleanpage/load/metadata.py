"""What a page says about itself: meta elements, the canonical link, times, JSON-LD, dates in scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import islice
from typing import Any

from cleanpage.languages import gathered
from cleanpage.load.bounds import DEEPEST, MOST_COSTLY
from cleanpage.load.dated_elements import around_headline, days_in_attributes, is_another
from cleanpage.load.elements import folded
from cleanpage.load.json_ld import claims_of, nodes_of, types_of
from cleanpage.load.tree_index import TreeIndex
from cleanpage.text.lazy_regex import lazy

SEVERAL = frozenset(("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "article:tag"))
"""Meta elements that stand once for each of several persons or tags; their names are joined by ``; ``."""
TYPES = "schema:types"
"""What schema.org types the page names, in small letters: of the objects of its JSON-LD, then of its microdata."""
_SCHEMA = "schema.org/"
_ITEM_TYPE = lazy(rf"{re.escape(_SCHEMA)}([A-Z]\w{{2,40}})")
_BETWEEN_NAMES = lazy(r"[;,]")
MOST_AUTHORS = 8
"""How many authors of a page are kept."""
PROPERTIES = frozenset(("author", "datepublished", "datemodified"))
"""Microdata that is read where it stands in the page (as meta elements all of it is)."""
_OF_ANOTHER = lazy(r"comment|review|citation|mentions|isrelatedto", re.IGNORECASE)
_PUBLISH = "ublish"
"""What all names of dates in scripts share: a search for a string takes half the time of one for the pattern."""
_DATE_IN_SCRIPT = lazy(
    rf"""{_PUBLISH}(?:(?<=datePublish)ed|(?<=publish)(?:Date|edAt|ed_at|_time)|(?<=firstPublish)ed)(?:\\?["']|&quot;)?\s*:"""
    r"""\s*(?:\\?["']|&quot;)(\d{4}-\d\d-\d\d[^"'&\\<]{0,20})"""
)
"""What scripts that build the page know of its date: ``publishedAt``, ``datePublished`` …"""
_WRITTEN_IN = "publish_time"
"""Name of an element that is empty until a script writes the date into it (WeChat's articles) ..."""
_DATE_WRITTEN = lazy(rf"""=\s*["'](\d{{4}}-\d\d-\d\d(?: \d\d:\d\d)?)["'][^<]{{0,300}}?["']{_WRITTEN_IN}["']""")
"""... and the script that does so; or only what the script does it with:"""
_CREATED = lazy(r"""\bcreateTime\s{0,3}=\s{0,3}["'](\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)["']""")
_CREATED_SECOND = lazy(r"""\b(?:ct|oriCreateTime)\s{0,3}=\s{0,3}["'](1\d{9})["']""")
_CHINA = timezone(timedelta(hours=8))
_TWITTER_PAIRS = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))


def about_itself(root: Any, index: TreeIndex, raw: str) -> dict[str, str]:
    """Return what a parsed page says about itself, by lower-case names; ``index`` is its own, ``raw`` its HTML."""
    found: dict[str, str] = {}
    scripts: list[str] = []
    if language := root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"):
        found["html:lang"] = language.strip()
    persons: dict[str, dict[str, str]] = {}
    for element in _speaking(index):
        for name, content in _claims(element, scripts):
            if content and (content := content.strip()):
                name = name.strip().lower()  # noqa: PLW2901
                if name in SEVERAL:
                    _add_persons(persons.setdefault(name, {}), content)
                else:
                    found.setdefault(name, content)
    found |= {name: "; ".join(filter(None, several.values())) for name, several in persons.items()}
    for name, value in (*_properties(index), *days_in_attributes(index)):
        found.setdefault(name, value)
    if date := _date_in_scripts(raw):
        found.setdefault("script:datepublished", date)
    for label, value in _TWITTER_PAIRS:
        if found.get(label, "").lower() in _written_by() and value in found:
            found.setdefault("twitter:written", found[value])
    nodes = nodes_of(scripts)
    return {**found, **_types(nodes, raw), **claims_of(nodes)}


def _types(nodes: Sequence[dict[str, Any]], raw: str) -> dict[str, str]:
    """Return what is given under ``TYPES``; nothing if the page names no types."""
    names = dict.fromkeys(found[1] for found in _matches(_ITEM_TYPE, _SCHEMA, raw))
    types = [*types_of(nodes), *map(str.lower, names)]
    return {TYPES: " ".join(types)} if types else {}


def _speaking(index: TreeIndex) -> Iterator[Any]:
    """Yield the elements that say something of the page, no times of comments and related articles."""
    ours = around_headline(index)
    for element in index.telling:
        if element.tag != "time" or not is_another(element, ours):
            yield element


def _matches(pattern: re.Pattern[str], start: str, raw: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begins with a string, at each place of that string."""
    at = raw.find(start)
    while at >= 0:
        if found := pattern.match(raw, at):
            yield found
        at = raw.find(start, at + 1)


def _date_in_scripts(raw: str) -> str:
    """Return the date that a script knows, the empty string if none does."""
    date = next(_matches(_DATE_IN_SCRIPT, _PUBLISH, raw), None)
    if date is None and _WRITTEN_IN in raw:
        date = _DATE_WRITTEN.search(raw) or _CREATED.search(raw)
        second = None if date else _CREATED_SECOND.search(raw)
        if second is not None:
            return datetime.fromtimestamp(int(second[1]), _CHINA).isoformat()
    return date[1] if date else ""


@cache
def _written_by() -> frozenset[str]:
    """Return the labels that a blog's metadata gives the writer."""
    return frozenset(gathered(lambda language: language.written_by))


def _add_persons(known: dict[str, str], content: str) -> None:
    """Add what a meta element says of authors, unless each of its names has been said; names compare as wholes."""
    names = [content.lower(), *map(str.strip, _BETWEEN_NAMES.split(content.lower()))]
    if names[0] not in known:
        known.update({name: known.get(name, "") for name in names} | {names[0]: content})


def _addresses(element: Any) -> Iterator[tuple[str, str | None]]:
    """Yield the page's own address, the base of others, and the language of each version of the page."""
    kinds = (element.get("rel") or "").lower().split()
    if element.tag == "base":
        yield "base", element.get("href")
    elif "canonical" in kinds:
        yield "link:canonical", element.get("href")
    elif "next" in kinds:
        yield "link:next", element.get("href")
    elif "alternate" in kinds and element.get("hreflang"):
        yield f"hreflang:{element.get('href') or ''}", element.get("hreflang")


def _properties(index: TreeIndex) -> Iterator[tuple[str, str]]:
    """Yield the author and days that microdata tell in the page; several days are those of a list."""
    values: dict[str, list[str]] = {}
    for element in index.properties:
        name = element.get("itemprop").strip().lower()
        if name not in PROPERTIES or element.tag == "meta" or _is_another(element):
            continue
        named = element.xpath(".//*[@itemprop='name']") if name == "author" else []
        value = element.get("content") or element.get("datetime") or _text(named[0] if named else element)
        if value and value not in values.setdefault(name, []):
            values[name].append(value)
    for name, found in values.items():
        if name == "author" or len(found) == 1:
            yield f"itemprop:{name}", "; ".join(found[:MOST_AUTHORS])


def _text(element: Any) -> str:
    """Return the text of a short element: its first pieces."""
    return folded("".join(islice(element.itertext(), MOST_COSTLY)))


def _is_another(element: Any) -> bool:
    """Tell whether the property is that of a comment, a review, something cited."""
    around = (f"{outer.get('itemprop') or ''} {outer.get('itemtype') or ''}" for outer in element.iterancestors())
    return any(_OF_ANOTHER.search(names) for names in islice(around, DEEPEST))


def _claims(element: Any, scripts: list[str]) -> Iterator[tuple[str, str | None]]:
    tag, get = element.tag, element.get
    if tag == "meta":
        for name in ("property", "name", "itemprop"):
            if get(name):
                yield get(name), get("content")
    elif tag == "script":
        scripts.append(element.text or "")
    elif tag == "time":
        own = "datepublished" in (get("itemprop") or "").lower() or get("pubdate") is not None
        yield "time:published" if own else "time", get("datetime") or get("content")
    elif "author" in (kinds := (get("rel") or "").lower().split()):
        yield "rel:author", _text(element)
    elif tag != "a" or "next" in kinds:
        yield from _addresses(element)
