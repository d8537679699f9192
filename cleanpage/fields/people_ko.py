"""Bylines as Korean papers print them: ``홍길동 기자``, ``[예시일보=홍길동 기자]``, ``(서울) 홍길동 기자 =``."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.byline import Byline
from cleanpage.fields.shared.evidence import Evidence
from cleanpage.text.lazy_regex import lazy

MAX_LINE_KO, MAX_COST_KO = 26.0, 0.55
"""Longest line with such a byline, in ideograms; how far behind the text it may stand (``Evidence.place``)."""
SIGNED_KO = 1.5
"""Score of such a byline, less its place."""
_ROLES_KO = ("기자", "특파원", "위원", "통신원")
"""What every byline holds one of."""
_RANK = "(?:선임|전문|인턴|수습|객원|온라인|시민|사진|본지)"
_ROLE_KO = rf"(?:{_RANK} ?)?(?:기자|특파원|편집위원|논설위원|통신원)"
_NAMED = lazy(rf"(?:^|[\[(【 =/·,])(?!{_RANK})(?P<name>[가-힣]{{2,4}}?) ?{_ROLE_KO}(?![가-힣])")
_DATELINE_KO = lazy(
    r"[\[(【][^\[\]()【】]{2,24}[\])】] ?"
    rf"(?P<names>[가-힣]{{2,4}}(?:[·, ]{{1,2}}(?!{_RANK})[가-힣]{{2,4}}){{0,3}}) ?{_ROLE_KO} ?="
)
_LIST_KO = "(?P<names>[가-힣]{2,4}(?:[·,/ ]{1,2}[가-힣]{2,4}){0,3})"
_OFFICE_KO = lazy(rf"[\[(【][^\[\]()【】]{{2,16}}[=/] ?{_LIST_KO} ?{_ROLE_KO}[\])】]")
"""``[강변일보=홍길동 기자]``."""
_SEVERAL_KO = lazy(rf"(?:^|[\[(【 =/])(?P<names>[가-힣]{{2,4}}(?:[·,/] ?[가-힣]{{2,4}}){{1,3}}) ?{_ROLE_KO}(?![가-힣])")
_BETWEEN = lazy(r"[·,/ ]+")


def korean(page: Evidence) -> Iterator[Byline]:
    """Yield the reporters of lines of their own near the text, and of the dateline that it begins with."""
    if page.draft.language != "ko":
        return
    for i, cost in page.near:
        text = page.blocks[i].text
        if not any(role in text for role in _ROLES_KO):
            continue
        if i == page.lead and (opening := _DATELINE_KO.match(text) or _OFFICE_KO.match(text)):
            yield Byline(i, tuple(_BETWEEN.split(opening["names"])), opening[0], SIGNED_KO - cost, "dateline")
        elif cost <= MAX_COST_KO and page.blocks[i].units <= MAX_LINE_KO and not page.blocks[i].is_prose:
            several = _SEVERAL_KO.search(text)
            names = tuple(_BETWEEN.split(several["names"]) if several else _NAMED.findall(text))
            if names:
                yield Byline(i, names, text, SIGNED_KO - cost, "signed")
