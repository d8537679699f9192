"""Lines that their writer signs on Chinese pages: ``李文 文/图``, ``荷塘客 发表于``, ``李文／台北報導``."""

from __future__ import annotations

from cleanpage.fields.byline import names_in
from cleanpage.fields.shared.names import is_name, is_organisation, is_pen_name, split_names
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

_PEN = r"[^\s:|,，。()\[\]]{2,16}"
_ACCOUNT = lazy(
    rf"原创 ?[:|]? (?P<platform>[^\s:|,，。]{{2,20}})(?= |$)"
    rf"|(?:楼主|博主|发帖人|发布者|发布人|up主) (?P<poster>{_PEN})(?= |$)"
    rf"|(?P<posting>{_PEN}) (?:发表于|发布于|发表在|发帖于|上传于|于 {{1,40}}(?:发布|发表))"
    rf"|posted @ {{1,40}}(?P<entry>{_PEN}) {{1,3}}(?:阅读|评论|浏览)"
    r"|(?:\[[^\[\]]{1,4}\] ?)?(?P<book>[\u4e00-\u9fff·]{2,16}) ?/?著(?![\u4e00-\u9fff])"
)
"""Accounts and pen names, which need not look like names: ``楼主 荷塘客``, ``posted @ 2017-06-20 荷塘客 阅读(9)``."""
_ACCOUNT_WORDS = ("原创", "主 ", "人 ", "者 ", "于", "在", "posted", "著")
"""What each line holds one of that ``_ACCOUNT`` matches."""
_WITH_OFFICE = lazy(
    r"(?P<name>[\u4e00-\u9fff]{2,4}) [\u4e00-\u9fff]{1,8}(?:报|网|社|台|刊|媒体|新闻)"
    r"(?:记者|评论员|撰稿人|通讯员|特派员)"
    r"|(?P<sent>[\u4e00-\u9fff]{2,4}) ?/ ?[\u4e00-\u9fff]{2,8}(?:报|网|社|台|刊)"
)
_WITH_WORD = lazy(
    r"(?<![\u4e00-\u9fff/])(?P<name>[\u4e00-\u9fff]{2,4})"
    r"(?: ?/ ?文(?![\u4e00-\u9fff/])| (?:发表|发布|上传)[于在]|/(?:撰文|撰稿))"
    r"|^[(\[]?(?:文/图|图/文|文图|图文) ?[:/|]? ?(?P<both>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
)
_WRITERS = lazy(
    r"(?:[^|]{1,6}[|] ?)?[(\[]?(?P<names>[\u4e00-\u9fff]{2,4}(?:[ 、][\u4e00-\u9fff]{2,4}){0,3})"
    r" ?(?:文/图|图/文|文图|图文)[)\]]?"
)
"""``李文 王平 文/图``, alone on a line."""
_FROM_PLACE = lazy(
    r"(?:^|[ )\]\[])"
    r"(?:(?P<name>[\u4e00-\u9fff]{2,4}) ?/ ?[\u4e00-\u9fff]{2,5}|(?P<alone>[\u4e00-\u9fff]{3,4}) )(?:报导|报道)\]?$"
)


def may_be_account(folded: str) -> bool:
    """Tell whether an account may sign a line, faster than ``signed`` does."""
    return any(map(folded.__contains__, _ACCOUNT_WORDS))


def signed(text: str) -> tuple[str, ...]:
    """Return who signs a line near the headline, its dates left out."""
    folded = fold(text)
    if "图" in folded and (several := _WRITERS.fullmatch(folded)):
        names = names_in(text[several.start("names") : several.end("names")], surname=True)
        return names if len(names) == len(split_names(several["names"])) else ()
    account = _ACCOUNT.match(folded) if may_be_account(folded) else None
    if account is not None:
        name = text[slice(*account.span(account.lastgroup or 0))]
        return (name,) if is_pen_name(fold(name)) and not is_organisation(name) else ()
    found = _WITH_OFFICE.fullmatch(folded) if folded[-1:] in tuple("者员人报网社台刊") else None
    found = found or (_WITH_WORD.search(folded) if any(map(folded.__contains__, "/于在图")) else None)
    found = found or (_FROM_PLACE.search(folded) if folded.endswith(("报导", "报道", "报导]", "报道]")) else None)
    name = text[slice(*found.span(found.lastgroup or 0))] if found else ""
    return (name,) if name and is_name(name, surname=True) else ()
