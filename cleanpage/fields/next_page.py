"""Where the article goes on: page numbers, ``下一页``, ``Page 1 of 3``, ``未完待续``, ``rel=next``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleanpage.draft import BlockFinding
from cleanpage.fields.shared.addresses import whole
from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence
from cleanpage.labels import Label
from cleanpage.languages import Language, any_of, any_phrase, gathered
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

RULE = "next_page"
PAGER_BEHIND = 30
"""Blocks behind the body in which a pager is looked for; in HTML each of its numbers may be one."""
PROMPT_CLOSE = 2
"""... and in which a prompt to read on is the article's own and not a teaser's."""
MAX_BESIDE_COUNT = 6
"""Characters besides a count of pages in a line that the body stage may have taken for text."""
MAX_UNITS = 30.0
"""Longest line of a pager, in ideograms."""
LINKED_ADDRESS, NAMED_ADDRESS, GIVEN_ADDRESS = 1.0, 0.9, 0.8
"""Scores of an address that follows the page's own, of one behind ``next page``, of ``rel=next``."""

_NEXT = lazy(lambda: any_phrase(lambda language: language.next_page))
_PAGER = lazy(lambda: rf"\W*(?:(?>{any_phrase(_shown)}|\d{{1,3}})\W*)+")
"""A line of nothing but pages to go to."""
_GOES_ON = lazy(lambda: rf"{_NEXT.pattern}|\d\W*{any_phrase(lambda language: language.next)}\b")
_NEXT_ALONE = lazy(
    lambda: rf"\W*(?:{any_phrase(lambda language: (*language.next_page, *language.next))}|\d{{1,2}}|)\W*"
)
"""What a link to the next page shows."""
_PROMPT = lazy(lambda: rf"\W*{any_of(lambda language: language.read_on)}\W*")
_ENDS = lazy(
    lambda: (
        rf"[(\[] ?{any_of(lambda language: language.continued)} ?[)\]]\W?$"
        rf"|(?:^|\W){any_of(lambda language: language.continues_on)}\W*$"
    )
)
"""With what a text ends that goes on elsewhere."""
_MARKER = lazy(
    r"(?:[_-](?:p(?:age)?[_-]?)?|/(?:p(?:age)?[/_-]?)?|[?&](?:p|pg|page|pn|pageno|pagenum|curpage|paged|seite|pagina)=)"
    r"(?P<n>\d{1,2})(?=\.[a-z]{2,5}$|/?$|&|#)",
    re.IGNORECASE,
)
_NUMBERED = lazy(r"/\d+(?:\.[a-z]{2,5})?/?$", re.IGNORECASE)
_PAGE_NUMBERS = lazy(
    lambda: (
        rf"(?:{any_phrase(lambda language: (*language.page, 'pages', '页码', '页次'))}:? (?:\W*\d{{1,2}}(?!\d))+"
        r"|(?:\W{0,3}[\[(] ?\d{1,2} ?[\])])+)\W*"
    )
)
_PAGE_NUMBER = lazy(r"\d+")
_ONE_TWO = lazy(r"(?<!\d)1\W{1,6}2(?!\d)")
_EXTENSION = lazy(r"\.[a-z]{2,5}$|/$", re.IGNORECASE)


def _counts_pattern() -> str:
    """Return one pattern for all forms of counts; the groups of the k-th are ``n<k>`` and ``of<k>``."""
    page, of = (any_phrase(words) for words in (lambda language: language.page, lambda language: language.page_of))
    common = rf"(?:^|\W){page} ?(?P<n>\d{{1,3}}) ?(?:{of}|/) ?(?P<of>\d{{1,3}})(?!\w)"
    forms = (*gathered(lambda language: language.page_counts), common)
    numbered = (form.replace("(?P<n>", f"(?P<n{k}>").replace("(?P<of>", f"(?P<of{k}>") for k, form in enumerate(forms))
    return "|".join(numbered)


_COUNTS = lazy(_counts_pattern)
"""``Page 1 of 3``, ``第1页/共3页``, ``1/3页``."""


def _shown(language: Language) -> tuple[str, ...]:
    """Return what the links of a pager show besides numbers."""
    return (*language.next_page, *language.next, *language.pager)


class _Address(NamedTuple):
    """An address without what numbers its page."""

    whole: str
    stem: str
    n: int


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield ``next_page`` and the finding that a line says that the article goes on elsewhere."""
    if not page.body:
        return
    own = page.draft.source.address
    for i in _blocks_behind(page):
        link = _next_link(page, i, own)
        if link:
            yield page.candidate(i, "next_page", *link)
        if link or _is_unfinished(page, i, own):
            score = 0.5 if page.in_body(i) else 1.0
            yield BlockFinding(i, Label.TRUNCATION, RULE, "says that the article continues elsewhere", score)
    for address in whole(own, [page.draft.source.meta.get("link:next", "")]):
        if _follows(own, address):
            yield page.candidate(ELSEWHERE, "next_page", address, RULE, GIVEN_ADDRESS)


def _blocks_behind(page: Evidence) -> Iterator[int]:
    """Yield the last block of the body and those behind it, up to comments and lists of other articles."""
    others = {*page.labels.get(Label.COMMENTS, ()), *page.labels.get(Label.RELATED, ())}
    # Of a text without chrome all lines are the body.
    first = max(0, page.last - PROMPT_CLOSE) if page.draft.is_clean else page.last
    for i in range(first, min(page.last + PAGER_BEHIND, len(page.blocks))):
        close = i - page.last <= PROMPT_CLOSE and _PROMPT.fullmatch(page.blocks[i].folded)
        if i in others and not close and not _is_pager(page.blocks[i].folded):
            return
        if page.blocks[i].units <= MAX_UNITS or i == page.last:
            yield i


def _is_pager(folded: str) -> bool:
    return _PAGER.fullmatch(folded) is not None


def _counts_up(folded: str) -> bool:
    """Tell whether a line is nothing but the numbers of several pages, from the first on: ``[1] [2] [3]``."""
    numbers = list(map(int, _PAGE_NUMBER.findall(folded))) if _PAGE_NUMBERS.fullmatch(folded) else []
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _is_unfinished(page: Evidence, i: int, own: str) -> bool:
    """Tell whether a line says that this is not the article's last page."""
    block = page.blocks[i]
    short = block.units <= MAX_UNITS and not block.is_prose
    if i == page.last and ((short and _PROMPT.fullmatch(block.folded)) or _ENDS.search(block.folded[-60:])):
        return True
    if i <= page.last and not short:
        return False
    count = _COUNTS.search(block.folded) if _PAGE_NUMBER.search(block.folded) else None
    if i <= page.last and count and len(block.folded) - len(count[0]) > MAX_BESIDE_COUNT:
        return False
    if count is not None:
        told = {name.rstrip("0123456789"): int(value) for name, value in count.groupdict().items() if value}
        return told.get("n", _numbered_address(own).n) < told["of"]
    if block.dom is None and (_counts_up(block.folded) or (_is_pager(block.folded) and _GOES_ON.search(block.folded))):
        return True  # in HTML the link to the next page would say so
    near = i - page.last <= PROMPT_CLOSE and (block.dom is None or not block.dom.hidden)
    return near and bool(_PROMPT.fullmatch(block.folded) or _ENDS.search(block.folded))


def _next_link(page: Evidence, i: int, own: str) -> tuple[str, str, float] | None:
    """Return the address of the next page that a line links, the rule and the score."""
    dom = page.blocks[i].dom
    for link in dom.links if dom is not None and not page.in_body(i) else ():
        text = fold(link.text)
        address = next(whole(own, [link.url]), "") if _NEXT_ALONE.fullmatch(text) else ""
        if not address:
            continue
        if _follows(own, address) or (not own and _is_second(page.blocks[i].folded, text, address)):
            return address, RULE, LINKED_ADDRESS
        # Without numbers in the address only the words tell; "next" alone is the next article.
        if (
            _NEXT.search(text)
            and _numbered_address(address).whole != _numbered_address(own).whole
            and not _numbered_address(own).n > _numbered_address(address).n
        ):
            return address, RULE, NAMED_ADDRESS
    return None


def _numbered_address(url: str) -> _Address:
    """Return an address with the number of its page, 1 if it has none."""
    url = url.partition("#")[0]
    numbers = list(_MARKER.finditer(url))
    whole = _EXTENSION.sub("", url.removeprefix("https:").removeprefix("http:"))
    if not numbers:
        return _Address(whole, whole, 1)
    number = numbers[-1]
    rest = url[: number.start()] + url[number.end() :]
    return _Address(whole, _EXTENSION.sub("", rest.removeprefix("https:").removeprefix("http:")), int(number["n"]))


def _follows(own: str, url: str) -> bool:
    """Tell whether an address is that of the page behind ``own``: ``a_2.html`` behind ``a.html``."""
    here, there = _numbered_address(own), _numbered_address(url)
    second = there.n == 2 and there.stem in (here.whole, _index(here.whole))
    # "/11.html" and "/12.html" are two articles.
    further = here.n > 1 and there.stem == here.stem and there.n == here.n + 1 and not _NUMBERED.search(url)
    return bool(own) and (second or further)


def _is_second(folded: str, shown: str, address: str) -> bool:
    """Tell whether a link is the second of a pager, on a page whose own address nobody gives."""
    return shown == "2" and _numbered_address(address).n == 2 and _ONE_TWO.search(folded) is not None


def _index(whole: str) -> str:
    """Return the address of a folder's index page without its name."""
    return whole.removesuffix("/index")
