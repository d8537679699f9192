"""Writers that a line of the page itself tells: ``This post was written by …``, a name under ``About the author``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanpage.fields.byline import BY_END, FULL_NAME, POSITIONS, TOPICS, Byline, is_common
from cleanpage.fields.credits import leading_names
from cleanpage.fields.people_caseless import is_japanese, is_other, stands_elsewhere
from cleanpage.fields.people_html import NO_WRITERS, is_person
from cleanpage.fields.people_ja import japanese_persons
from cleanpage.fields.shared.evidence import ELSEWHERE, Evidence, blocks_of, key
from cleanpage.fields.shared.names import is_name, split_names
from cleanpage.fields.shared.owners import copyright_owners
from cleanpage.fields.shared.suffix import site_parts
from cleanpage.fields.shared.words import words
from cleanpage.text import ends_sentence, fold
from cleanpage.text.lazy_regex import lazy

TOLD_SCORE = 1.3
"""Score of such a name, less its place: a byline under the headline goes before it."""
_SAYS = lazy(
    r"(?:this|the) (?:[a-z]+ ){0,2}(?:post|article|story|column|essay|piece|blog|guide|entry) (?:was|is|has been) "
    r"(?:originally )?(?:written|authored|contributed) by (?:guest (?:author|blogger|writer) )?"
)
_HEADING_ABOUT = lazy(
    r"(?:about the |the |guest |post )?(?:author|writer)s?(?:\(s\))?:?|written by:?|über (?:den autor|die autorin):?"
)
_INTRODUCES = lazy(r"(?P<name>[^\W\d_a-z].{3,40}?),? (?:is|was) (?:an?|the|our) (?P<what>.{3,80})")
_SIGNS = lazy(
    r"[—–―-]{1,2} ?(?P<dash>[^\W\d_].{3,40})|(?P<agency>[^\W\d_][^/]{3,40})/ ?\w{2,10}"
    r"|(?P<own>[^\W\d_][^,]{3,40}), ?(?:фото автора|foto autora|foto dell['’]autore|fotos? (?:del|do) autor)"
)
"""A line that somebody signs at the end: ``— Jane Doe``, ``Jane Doe/dpa``."""
_BRACKETED_SIGNATURE = lazy(r"[（(]([^（()）]{3,16})[）)]")
_INITIALS = lazy(r"(?:\w\. ?)+\w?")
_SENTENCE_CASE = words("be bg ca cs da es fi fr hu it nl no pl pt ro ru sk sv uk vi")
"""Languages whose headings and buttons have one capital, so that a line of two is a name."""
SIGNED_LINES, INTRODUCED, SIGNED_END = 2, 1.0, 0.9
"""Lines from the last of the text on that may be signed; scores of such names."""
OWNER, LEAST_I, TOLD_BLOCKS = 0.4, 0.011, 60
"""Score of the person whose site it is; the least share of ``I`` among the words of so many blocks: 1.1 to 5.6 % on
blogs of eight persons, below on the sites of five firms that are called as persons are (wcxb-dev)."""
SURE_BODY = 0.6
"""Least confidence in the body: those blogs had .81 to .97, flattened forums that are taken for articles less than .31
(magic-dev)."""
_I = lazy(r"\b(?:i|my|i['’](?:m|ve|d|ll))\b")
_OWN_BLOG = lazy(r"['’]s (?:blog|site|website|weblog|notes|journal|diary)$", re.IGNORECASE)
_FIRST = frozenset("tagpwü")
"""First letters of lines that ``_SAYS`` and ``_HEADING_ABOUT`` match."""
MAX_ABOUT_NAME = 12.0
"""Longest line with a name under a heading, in ideograms."""


def named_by_text(page: Evidence) -> Iterator[Byline]:
    """Yield the names of such lines near the text, none from another article's or a reader's."""
    theirs = blocks_of(page.labels, NO_WRITERS)
    for i, cost in page.near:
        block = page.blocks[i]
        if block.folded[:1] not in _FIRST or i in theirs:
            continue
        says = _SAYS.match(block.folded)
        if says:
            end = BY_END.search(block.text, says.end())
            text = block.text[says.end() : end.start() if end else len(block.text)].partition(". ")[0]
            yield from _byline(page, i, text, TOLD_SCORE - cost)
        elif (
            _HEADING_ABOUT.fullmatch(block.folded)
            and i + 1 < len(page.blocks)
            and page.blocks[i + 1].units <= MAX_ABOUT_NAME
        ):
            yield from _byline(page, i + 1, page.blocks[i + 1].text, TOLD_SCORE - cost)


def signed_at_end(page: Evidence) -> Iterator[Byline]:
    """Yield who signs the last line of the text or is introduced by it: ``— Jane Doe``, ``Jane Doe is a reporter``."""
    for i in range(max(page.lead + 1, page.last), min(len(page.blocks), page.last + SIGNED_LINES)) if page.body else ():
        block = page.blocks[i]
        if names := _signature(page, i):
            yield Byline(i, names, block.text, SIGNED_END, "about")
            continue
        signs = _SIGNS.fullmatch(block.text) if block.units <= MAX_ABOUT_NAME * 2 else None
        says = None if signs else _INTRODUCES.match(block.text)
        if says is not None and any(word.strip(",.") in POSITIONS for word in fold(says["what"]).split(" ")):
            yield from _byline(page, i, says["name"], INTRODUCED)
        elif signs is not None:
            yield from _byline(page, i, signs[signs.lastgroup or 0], SIGNED_END)


def _signature(page: Evidence, i: int) -> tuple[str, ...]:
    """Return the names that a line is, and nothing else, behind the last sentence of a text that does not tell of them.

    Japanese ones stand in brackets.
    """
    block = page.blocks[i]
    last = next((j for j in reversed(page.body) if j < i), page.lead)
    if block.units > MAX_ABOUT_NAME or i in page.dates or last <= page.lead or i - last > SIGNED_LINES:
        return ()
    if not ends_sentence(page.blocks[last].text):
        return ()
    if page.draft.language == "ja":
        bracketed = _BRACKETED_SIGNATURE.fullmatch(block.text)
        names = tuple(filter(is_japanese, japanese_persons(bracketed[1]))) if bracketed else ()
    elif page.draft.language in _SENTENCE_CASE and not block.text.isupper():
        names = tuple(leading_names(block.text))
    else:
        return ()
    listed = i + 1 < len(page.blocks) and leading_names(page.blocks[i + 1].text)
    plain = not listed and not any(is_other(name, page.draft.language) or _INITIALS.fullmatch(name) for name in names)
    return names if plain and not any(stands_elsewhere(page, i, name) for name in names) else ()


def owner(page: Evidence) -> Iterator[Byline]:
    """Yield the person after whom a site is called, for its text says ``I`` and nobody signs it; forums have many I."""
    outlook = page.draft.outlook
    if outlook is not None and (outlook.kind != "article" or outlook.confidence < SURE_BODY):
        return
    for name in _names_of_site(page):
        person = _OWN_BLOG.sub("", name)
        if not is_person(page, person) or words(person) & TOPICS:
            continue
        text = " ".join([page.blocks[i].folded for i in page.body[:TOLD_BLOCKS]])
        if len(_I.findall(text)) > LEAST_I * text.count(" "):
            yield Byline(ELSEWHERE, (person,), name, OWNER, "owner")
        return


def _names_of_site(page: Evidence) -> Iterator[str]:
    """Yield what the head, the title's last piece if it is a line of its own, and copyright lines call the site."""
    yield page.draft.source.meta.get("og:site_name", "")
    last = next(site_parts(page.blocks[0].text if page.blocks else ""), ("", ""))[0]
    yield last if key(fold(last)) in page.known else ""
    yield from (name for _, name in copyright_owners(page))


def _byline(page: Evidence, i: int, text: str, score: float) -> Iterator[Byline]:
    """Yield the full names that a text begins with."""
    names = []
    for name in split_names(text):
        if not (FULL_NAME.fullmatch(name) and is_name(name)) or words(name) & TOPICS or is_common(page, name):
            break
        names.append(name)
    if names:
        yield Byline(i, tuple(names), page.blocks[i].text, score, "about")
