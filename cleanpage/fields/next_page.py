"""Where the article goes on: page numbers, ``下一页``, ``Page 1 of 3``, ``未完待续``, ``rel=next``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleanpage.draft import BlockFinding
from cleanpage.fields.shared.addresses import own_address, whole
from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence
from cleanpage.labels import Label
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

RULE = "next_page"
BEHIND = 30
"""Blocks behind the body in which a pager is looked for; in HTML each of its numbers may be one."""
CLOSE = 2
"""... and in which a prompt to read on is the article's own and not a teaser's."""
MAX_UNITS = 30.0
"""Longest line of a pager, in ideograms."""
LINKED, NAMED, GIVEN = 1.0, 0.9, 0.8
"""Scores of an address that follows the page's own, of one behind ``next page``, of ``rel=next``."""

_OF = "of|von|de|di|sur|van|av|af|из|із|z|ze|dari|tổng|din|من|از|από|מתוך|/"
_PAGE = (
    "page|seite|página|pagina|strona|strana|стр(?:аница)?\\.?|сторінка|trang|halaman|sayfa|sida|side|oldal|σελίδα|صفحة"
    "|صفحه|페이지|עמוד|หน้า|पृष्ठ"
)
_COUNTS = (
    lazy(r"第? ?(?P<n>\d{1,3}) ?[页頁]? ?[/|,(]? ?[共总] ?(?P<of>\d{1,3}) ?[页頁]"),
    lazy(r"[共总] ?(?P<of>\d{1,3}) ?页(?: ?[:,/|(]? ?(?:当前|目前)? ?第 ?(?P<n>\d{1,3}) ?页)?"),
    lazy(r"^\W{0,3}(?:页[次码数]? ?:? ?)?(?P<n>\d{1,2}) ?/ ?(?P<of>\d{1,2}) ?页\W{0,3}$"),
    lazy(rf"(?:^|[^\w])(?:{_PAGE}) ?(?P<n>\d{{1,3}}) ?(?:{_OF}) ?(?P<of>\d{{1,3}})(?!\w)"),
    lazy(r"^\W{0,3}(?P<n>\d{1,2}) ?(?:ページ|페이지) ?/ ?(?:全 ?)?(?P<of>\d{1,2}) ?(?:ページ|페이지)?\W{0,3}$"),
)
"""``第1页/共3页``, ``共3页``, ``1/3页``, ``Page 1 of 3``."""
_NEXT = (
    "下一页|后一页|下页|next page|nächste seite|page suivante|(?:página siguiente|siguiente página)|próxima página"
    "|pagina successiva|volgende pagina|następna strona|další strana|следующая страница|наступна сторінка"
    "|次のページ(?:へ)?|次へ"
    "|다음 ?페이지|sonraki sayfa|trang sau|halaman berikutnya|nästa sida|neste side|næste side|következő oldal"
    "|pagina următoare|الصفحة التالية|صفحه بعدی?|หน้าถัดไป|अगला पृष्ठ|επόμενη σελίδα|העמוד הבא"
)
_PAGER = lazy(
    rf"\W*(?:(?>{_NEXT}|首页|第一页|上一页|前一页|上页|尾页|末页|最后一页|余下全文|全文阅读|阅读全文|单页阅读|本页阅读全文"
    r"|first|previous page|previous|prev|next|last|weiter|zurück|suivante?|précédente?|siguiente|anterior|\d{1,3})\W*)+"
)
"""A line of nothing but pages to go to."""
_GOES_ON = lazy(rf"(?:{_NEXT})|\d\W*(?:next|weiter|suivante?|siguiente)\b")
_NEXT_ALONE = lazy(rf"\W*(?:{_NEXT}|next|weiter|suivante?|siguiente|\d{{1,2}}|)\W*")
"""What a link to the next page shows."""
_PROMPT = lazy(
    r"\W*(?:(?:点击|点此)?(?:展开|阅读|查看|显示|余下|剩余)(?:阅读)?(?:更多|余下|剩余)?(?:全文|全部|全部内容)|未完待续"
    r"|to be continued|continue reading(?: (?:below|the (?:main |full )?(?:story|article)))?"
    r"|read the (?:full|whole) (?:story|article)"
    r"|fortsetzung folgt|weiterlesen|ganzen artikel lesen|lire la suite|seguir leyendo|continuar leyendo"
    r"|continua a leggere|continue lendo|czytaj dalej|lees verder"
    r"|читать далее|читати далі|続きを読む|계속 읽기|devamını oku)\W*"
)
_ENDS = lazy(
    r"[(\[] ?(?:未完待续|未完|(?:未完,? ?)?(?:下转|转|接)第?[一二三四五六七八九十\da-z]{1,4}[版页]"
    r"|to be continued|fortsetzung folgt|à suivre|continuará|continua|продолжение следует|つづく) ?[)\]]\W?$"
    r"|^\W*下转第?[一二三四五六七八九十\da-z]{1,4}版\W*"
    r"|(?:^|\W)continued on (?:the next page|page \w{1,4})\W*$"
)
"""With what a text ends that goes on elsewhere."""
_MARKER = lazy(
    r"(?:[_-](?:p(?:age)?[_-]?)?|/(?:p(?:age)?[/_-]?)?|[?&](?:p|pg|page|pn|pageno|pagenum|curpage|paged|seite|pagina)=)"
    r"(?P<n>\d{1,2})(?=\.[a-z]{2,5}$|/?$|&|#)",
    re.IGNORECASE,
)
_NUMBERED = lazy(r"/\d+(?:\.[a-z]{2,5})?/?$", re.IGNORECASE)
_EXTENSION = lazy(r"\.[a-z]{2,5}$|/$", re.IGNORECASE)


class _Address(NamedTuple):
    """An address without what numbers its page."""

    whole: str
    stem: str
    n: int


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield ``next_page`` and the finding that a line says that the article goes on elsewhere."""
    if not page.body:
        return
    own = own_address(page)
    for i in _behind(page):
        link = _link(page, i, own)
        if link:
            yield page.candidate(i, "next_page", *link)
        if link or _goes_on(page, i, own):
            score = 0.5 if page.in_body(i) else 1.0
            yield BlockFinding(i, Label.TRUNCATION, RULE, "says that the article continues elsewhere", score)
    for address in whole(own, [page.draft.source.meta.get("link:next", "")]):
        if _follows(own, address):
            yield page.candidate(ELSEWHERE, "next_page", address, RULE, GIVEN)


def _behind(page: Evidence) -> Iterator[int]:
    """Yield the last block of the body and those behind it, up to comments and lists of other articles."""
    others = {*page.labels.get(Label.COMMENTS, ()), *page.labels.get(Label.RELATED, ())}
    for i in range(page.last, min(page.last + BEHIND, len(page.blocks))):
        if i in others and not _is_pager(page.blocks[i].folded):
            return
        if page.blocks[i].units <= MAX_UNITS or i == page.last:
            yield i


def _is_pager(folded: str) -> bool:
    return _PAGER.fullmatch(folded) is not None


def _goes_on(page: Evidence, i: int, own: str) -> bool:
    """Tell whether a line says that this is not the article's last page."""
    block = page.blocks[i]
    if i == page.last:
        return _ENDS.search(block.folded[-60:]) is not None
    forms = _COUNTS if any(map(str.isdigit, block.folded)) else ()
    count = next(filter(None, (form.search(block.folded) for form in forms)), None)
    if count is not None:
        here = int(count["n"] or _address(own).n)
        return here < int(count["of"])
    if _is_pager(block.folded) and _GOES_ON.search(block.folded):
        return block.dom is None  # in HTML the link to the next page would say so
    near = i - page.last <= CLOSE and (block.dom is None or not block.dom.hidden)
    return near and bool(_PROMPT.fullmatch(block.folded) or _ENDS.search(block.folded))


def _link(page: Evidence, i: int, own: str) -> tuple[str, str, float] | None:
    """Return the address of the next page that a line links, the rule and the score."""
    dom = page.blocks[i].dom
    for link in dom.links if dom is not None and not page.in_body(i) else ():
        text = fold(link.text)
        address = next(whole(own, [link.url]), "")
        if not address or not _NEXT_ALONE.fullmatch(text):
            continue
        if _follows(own, address):
            return address, RULE, LINKED
        # Without numbers in the address only the words tell; "next" alone is the next article.
        if (
            re.search(_NEXT, text)
            and _address(address).whole != _address(own).whole
            and not _address(own).n > _address(address).n
        ):
            return address, RULE, NAMED
    return None


def _address(url: str) -> _Address:
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
    here, there = _address(own), _address(url)
    second = there.n == 2 and there.stem in (here.whole, _index(here.whole))
    # "/11.html" and "/12.html" are two articles.
    further = here.n > 1 and there.stem == here.stem and there.n == here.n + 1 and not _NUMBERED.search(url)
    return bool(own) and (second or further)


def _index(whole: str) -> str:
    """Return the address of a folder's index page without its name."""
    return whole.removesuffix("/index")
