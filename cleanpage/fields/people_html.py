"""Who wrote the article, as only HTML tells: elements called author, links to an author's page, the head."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache

from cleanpage.draft import TextBlock
from cleanpage.fields.byline import (
    BY,
    BY_END,
    FULL_NAME,
    MAX_OFFICE_UNITS,
    MAX_UNITS,
    NAME_COST,
    TOPICS,
    Byline,
    is_common,
    undated,
)
from cleanpage.fields.shared.evidence import ELSEWHERE, Evidence, blocks_of, unique
from cleanpage.fields.shared.names import is_name, is_organisation, is_pen_name, is_position, split_names
from cleanpage.fields.shared.words import words
from cleanpage.labels import Trait, labels_with
from cleanpage.text import fold, is_cjk, units
from cleanpage.text.lazy_regex import lazy

_GIVEN = {
    "ld:author": 2.1, "parsely-author": 1.9, "sailthru.author": 1.9, "byl": 1.9, "author": 1.8, "article:author": 1.8,
    "dc.creator": 1.8, "dcterms.creator": 1.8, "citation_author": 1.8, "article.author": 1.8,
    "itemprop:author": 1.75, "rel:author": 1.75,
    "twitter:written": 1.75,
    "ld:author:organization": 0.9,
}  # fmt: skip
"""Where the HTML head names the author, and the score; the printed byline has 1.9 at most, less its place."""
DESK, OWN_SITE = 0.8, 1.2
"""What an element called author says that is no name; a person who is called as the site is."""
MAX_DESK_WORDS = 5  # blanks in a name
BYLINE_LINES = 3
"""Lines of one byline that each link a name."""
UNPRINTED = 0.3
"""What a name of the head costs that stands nowhere on the page: the account that entered the article, mostly."""
CALLED, OWN_NAME = 1.9, 0.1
"""Score of a name in such an element, less its place; what it costs that the site is called so."""
_CALLED = lazy(r"^(?!.*comment).*(?:author|byline|writt?er|creator|contributor|posted-by|zuozhe)")
"""Names of elements with the author's name (the elements' classes are lower case)."""
NO_WRITERS = labels_with(Trait.NO_WRITER)
"""Labels of lines that name nobody who wrote, whatever their element is called."""
_MARKS = " ,|·•"
_ROLE_BEHIND = lazy(r"(?<=\w) (?:Writer|Reporter|Columnist|Journalist|Correspondent)(?=$|, )")
"""What closes a full name without a mark: ``Jane Doe Writer``."""
_BRACKETED_END = lazy(r"[(（][^()（）]*[)）]$")
_SIGN = lazy(r"(?:作者|文|撰文|记者) ?[:/|] ?")
_ABOUT_AUTHOR = lazy(
    r"/(?:authors?|contributors?|writers?|columnists?|journalistes?|journalists?|editors?|reporters?|auteurs?"
    r"|autor(?:en|es|a|as|i|e|ka|zy)?|redakteure?|yazar(?:lar)?)/[^/?#]+/?(?:[?#]|$)"
)
"""Addresses of the page about an author."""
_FIRM = lazy(
    r"\b(?:ltd|limited|llc|inc|gmbh|pvt|s\.a|plc|sp\. z o\.? ?o)\b\.?$|^(?:ооо|зао|оао|ао|ип|иа) | [|—] "
    r"|^(?:www\.)?[\w-]+\.[a-z]{2,3}(?:\.[a-z]{2})?$"
)
"""Firms and sites by their form: what the head names then is who made the page."""
_EDITOR_ACCOUNT = lazy(r"[a-z\d]+(?:[_.\-][A-Za-z\d]+)*|[A-Za-z\d]+(?:[_.][A-Za-z\d]+)+")
"""What an editor is called in the system that keeps a Chinese site's articles."""
_POSTS_BY = lazy(r"(?:view |see |read )?(?:all |more )?(?:posts|articles|stories) (?:by|from) (?=\S)")
_ASKS = lazy(
    r"(?:view|see|read|visit|follow|show) (?:all|more|full|my|the|profile|bio|posts)\b"
    r"|(?:all|more) (?:posts|articles|stories)$"
)
"""What a link to the author's page asks for instead of naming anybody."""
_SITES = ("og:site_name", "ld:publisher", "ld:publisher:organization", "application-name")


def called(page: Evidence) -> Iterator[Byline]:
    """Yield the names in elements that are called author or byline and in links to an author's page, near the text."""
    theirs, sites = blocks_of(page.sure, NO_WRITERS), _sites(page)
    lead, distances = page.lead, page.distances
    merged: dict[int, Byline] = {}
    for i, cost in page.near:
        block = page.blocks[i]
        dom = block.dom
        if dom is None or block.units > MAX_UNITS / 2 or (i >= lead and not distances[i]) or dom.hidden or i in theirs:
            continue
        linked = [link.text for link in dom.links if _ABOUT_AUTHOR.search(link.url)] if dom.links else []
        is_called = any(map(_is_author_element, dom.path[-2:]))
        if not (linked or is_called) or (i > page.last and is_called and _stands_above(page, dom.path)):
            continue
        linked = linked or ([] if not is_called else _named_links(block))
        text = ", ".join(linked) if linked else _without_by(block.text)
        names = tuple(unique(_persons(text)))
        if words(text.removeprefix("The ")) & TOPICS or any(is_common(page, name) for name in names):
            continue
        if names:
            score = CALLED - OWN_NAME if all(fold(name) in sites for name in names) else CALLED
            found = Byline(i, names, block.text, score - cost, "called")
            before = merged.get(dom.ids[-1]) if linked and dom.ids else None
            if before is not None and i - before.block <= BYLINE_LINES:
                found = replace(before, names=tuple(unique((*before.names, *names))))
            merged[dom.ids[-1] if dom.ids else -1] = found
            yield found
        elif cost <= NAME_COST and _is_desk(text, block.text):
            yield Byline(i, (text,), block.text, DESK - cost, "desk")


def _stands_above(page: Evidence, path: tuple[str, ...]) -> bool:
    """Tell whether a line above the text stands in such elements too: they belong to each of several posts."""
    return any(block.dom is not None and block.dom.path == path for block in page.blocks[: page.lead])


@lru_cache(maxsize=4096)
def _is_author_element(step: str) -> bool:
    return _CALLED.search(step) is not None


def _persons(text: str) -> Iterator[str]:
    """Yield the names in a text; beside what somebody is, one word alone is a part of that."""
    bare = _ROLE_BEHIND.sub("", text)
    pieces = split_names(bare)
    titled = bare != text or any(map(is_position, pieces))
    for name in pieces:
        if is_name(name, surname=_is_han(name)) and (" " in name or not titled):
            yield name


def _named_links(block: TextBlock) -> list[str]:
    """Return the persons that a byline links, if it begins with one: ``Marta LindStaff Writer``."""
    links = [link.text.strip() for link in block.dom.links] if block.dom else []
    said = _without_by(block.text)
    names = [text for text in links if is_name(text, surname=_is_han(text)) and " " in text]
    return names if names and said.startswith(names[0]) and said != names[0] else []


def _is_desk(name: str, line: str) -> bool:
    """Tell whether ``name``, found in a ``line``, may be what somebody signs with who gives no person's name."""
    if not is_pen_name(fold(name)) or ":" in fold(name) or name.count(" ") >= MAX_DESK_WORDS:
        return False
    if is_cjk(name[-1]) and is_organisation(name):
        return False
    # A Chinese line that says more is no signature: "正有 0 人评论".
    return not is_cjk(name[-1]) or (undated(line).strip(_MARKS).endswith(name) and units(name) <= MAX_OFFICE_UNITS)


def _is_han(name: str) -> bool:
    return 2 <= len(name) <= 4 and all(map(is_cjk, name))


def _without_by(text: str) -> str:
    """Return what a byline says besides its date, ``By`` and what ends the names."""
    text = undated(text).lstrip(_MARKS)
    by = BY.match(fold(text)) or _SIGN.match(fold(text))
    text = text[by.end() if by else 0 :]
    end = BY_END.search(text)
    return text[: end.start() if end else len(text)].strip(_MARKS)


def given(page: Evidence) -> Iterator[Byline]:
    """Yield what the HTML head names."""
    meta = page.draft.source.meta
    if not page.blocks:
        return
    nobody = _sites(page) | {fold(name) for pair in page.paired("editor") for name in split_names(pair.value)}
    for field, score in _GIVEN.items():
        if not meta.get(field):
            continue
        persons = _taken_apart(_without_label(meta[field]), field)
        names = tuple(unique(name for name in persons if _is_given(name, nobody)))
        if not names and len(persons) == 1 and is_person(page, persons[0]):
            yield Byline(ELSEWHERE, tuple(persons), meta[field], OWN_SITE, "meta")
        text = page.draft.source.text
        printed = any(name in text or fold(name) in text.lower() for name in names)
        if names and not printed and page.draft.language == "zh" and all(map(_EDITOR_ACCOUNT.fullmatch, names)):
            return
        if names:
            yield Byline(ELSEWHERE, names, meta[field], score if printed else score - UNPRINTED, "meta")
            return


def _sites(page: Evidence) -> set[str]:
    """Return what the HTML head calls the site, folded."""
    return {fold(page.draft.source.meta.get(name, "")) for name in _SITES}


def _without_label(text: str) -> str:
    """Return what stands behind ``By``, and behind ``Posts by`` in the link to all that a person wrote."""
    by = BY.match(fold(text)) or _POSTS_BY.match(fold(text))
    return text[by.end() :] if by else text


def is_person(page: Evidence, name: str) -> bool:
    """Tell whether a site is called as a person is: none of the words stands in lower case in the body."""
    whole = FULL_NAME.fullmatch(name) and is_name(name)
    return bool(whole) and not any(is_common(page, word) for word in name.split(" "))


def _taken_apart(text: str, field: str) -> list[str]:
    """Return the names in a text: JSON-LD keeps them apart, elsewhere what is no list of persons is one name."""
    if field.startswith("ld:") or "; " in text:
        return [_without_label(name) for name in text.split("; ")]
    names = split_names(text)
    return names if all(is_name(name) for name in names) else [text]


def _is_given(name: str, nobody: AbstractSet[str]) -> bool:
    """Tell whether a name that the head gives may be the author's: pen names and desks are, site and editor are not.

    Chinese pages name the site there more often than anybody, so two to four ideograms must be a person's name.
    """
    folded = fold(name)
    if (
        folded in nobody
        or _ASKS.match(folded)
        or _FIRM.search(folded)
        or (any(map(is_cjk, name)) and is_organisation(_BRACKETED_END.sub("", name)))
    ):
        return False
    if _is_han(name):
        return is_name(name, surname=True)
    slogan = any(map(is_cjk, name)) and ("," in folded or units(name) > MAX_OFFICE_UNITS)
    return is_pen_name(folded) and not slogan
