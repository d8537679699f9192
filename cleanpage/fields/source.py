"""Who wrote it first (来源, 稿源, 转自)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanpage.fields.evidence import ELSEWHERE, Claim, Evidence
from cleanpage.fields.when import find_dates
from cleanpage.fields.words import words
from cleanpage.text import fold, is_cjk, units

RULE = "source"
META = 1.6
"""Score of what the head of a Chinese government page says."""
MAX_UNITS = 20.0
"""Longest name of a source in ideograms (60 letters)."""

_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_CITY = re.compile(r" ?\([\u4e00-\u9fff]{2,4}\)$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*|\S+\.(?:com|cn|net|org)\b\S*")
_TRAILING = re.compile(r"(?:作者|记者|编辑|责编) ?:.*$| (?=[\u4e00-\u9fff(\[]).*$|[(\[](?:记者|作者|编辑|责编|\d).*$")
_NO_SOURCE = words("原创 转载 转载文章 未知 不详 本站 本站原创 本网 网络 互联网 网络转载 其他 整理 admin")
_FROM = re.compile(r"^[(\[]?(?:本文)?(?:来源于|转自|转载自|摘自|文章来自) ?:? ?")
_MEDIA = re.compile(r"(?:报|网|在线|社|电视台|电台|周刊|客户端)$")
_QUOTES = "《》“”\"'「」『』"


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield candidates for ``source``."""
    for pair in page.paired("source"):
        cost = page.place(pair.at)
        if cost is None or (page.in_body(pair.at) and page.blocks[pair.at].units > MAX_UNITS * 2):
            continue
        name = _name(pair.value)
        if name:
            yield page.candidate(pair.block, "source", name, RULE, 2.0 - cost)
    given = _name(page.draft.source.meta.get("contentsource", ""))
    if given and page.blocks:
        yield page.candidate(ELSEWHERE, "source", given, f"{RULE}.meta", META)
    for i in page.labelled("source", "publish", "byline"):
        cost = page.place(i)
        if cost is not None and not page.in_body(i):
            yield from _unlabelled(page, i, cost)


def _unlabelled(page: Evidence, i: int, cost: float) -> Iterator[Claim]:
    """Yield ``本文来源于《财经网》`` and a newspaper that stands alone behind a date."""
    block = page.blocks[i]
    match = _FROM.match(block.folded)
    if match is not None:
        name = _name(block.text[match.end() :])
        if name:
            yield page.candidate(i, "source", name, f"{RULE}.from", 1.5 - cost)
        return
    dates = page.dates.get(i, ())
    if not dates:
        return
    for rest in (block.text[dates[-1].end :], block.text[: dates[0].start]):
        name = _name(rest.strip(" |,，()（）【】[]"))
        if name and _MEDIA.search(name) and units(name) <= 10:
            yield page.candidate(i, "source", name, f"{RULE}.beside_date", 0.5 - cost)


def _name(value: str) -> str | None:
    """Return the source's name out of what is printed behind the label, None if there is none."""
    value = _ADDRESS.sub("", value).strip(" ,，;；|")
    if sum(value.count(mark) for mark in "(（") != sum(value.count(mark) for mark in ")）"):
        value = value.strip("()（） ")
    elif _BRACKETED.fullmatch(value):
        value = value[1:-1]
    dates = find_dates(fold(value))
    if dates:
        value = value[: dates[0].start].strip()
    folded = _CITY.sub("", fold(value))
    if any(map(is_cjk, folded[:6])):
        folded = _TRAILING.sub("", folded)
    name = value[: len(folded)].strip(_QUOTES + " ,，.。")
    if len(name) < 2 or units(name) > MAX_UNITS or fold(name) in _NO_SOURCE:
        return None
    return name
