"""Reporters of Chinese pages: names out of a reporter's line, and out of the first words of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleanpage.fields.byline import names_in
from cleanpage.fields.shared.names import has_surname, is_name, split_names, surnames
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy

MOST_READ = 160
"""Letters of a paragraph in which a dateline is looked for: a caption may be glued to its front."""
MAX_GLUED, MAX_PLACED = 7, 11
"""Longest name and place without a mark between them, in ideograms: ``林宜静台北``, ``欧阳小文新北市``; those that end
with the word for a county or town: ``方一民台東縣成功鎮``."""

MOST_BEHIND = 16
"""Letters between the last name and the mark that closes the dateline: a place, a day, ``报道``."""

_HAN = r"[\u4e00-\u9fff]"
_GRADE = r"(?:特派|特约|见习|实习|首席|职工|资深|高级|全媒体?|融媒体?|驻站)?"
_ROLE = rf"{_GRADE}(?:记者|通讯员|通信员|评论员|特派员|撰稿人?|采写|撰文|执笔|实习生|作者)"
REPORTER = lazy(
    rf"(?:{_HAN}{{1,8}}?(?:报|网|社|台|刊|媒体|新闻|都|视)(?:驻{_HAN}{{1,4}}?)? ?)?{_ROLE}(?: ?[:/])? ?"
    rf"|(?<![/ 合])编译 ?(?={_HAN}{{2}})"
)
_ROLES = lazy(_ROLE)
_BEHIND_ROLE = lazy(
    rf"(?:[记記]者|通[讯訊][员員]|特派[员員]|[评評][论論][员員]|[实實][习習]生|作者|撰文)(?: ?[:：/／] ?| )"
    rf"({_HAN}{{2}}(?![团組组会會人师師员員家者站社报報网網台部长長])[\u4e00-\u9fff])(?=$|[\s、)）\]】/／;；,，])"
)
"""Three ideograms with a mark on either side of them, behind a role: a name whatever its surname."""
REPORTER_WORDS = (
    "记者", "通讯员", "通信员", "评论员", "特派员", "撰稿", "采写", "撰文", "执笔", "实习生", "作者", "编译",
)  # fmt: skip
"""What every line holds one of that ``REPORTER`` is found in."""
REPORTER_WORD = lazy("|".join(REPORTER_WORDS))
PLACE = lazy(rf"[/ ](?:{_HAN}{{2,5}})(?:报导|报道|电|讯(?!员))")
NAMED_PICTURES = lazy(
    rf"(?:摄影|摄|图片|图|制图|供图) ?[:/|] ?{_HAN}{{2,4}}(?:[、 ]{_HAN}{{2,3}})*(?!{_HAN})"
    rf"|(?<={_HAN} )摄影 (?!报)(?={_HAN}{{2,4}}(?:$|[ )\]])){_HAN}{{2,4}}"
)
"""Who took the pictures, behind the word: ``图/王五``."""
PHOTOGRAPHER = lazy(
    rf"(?:(?<!{_HAN})|(?<=记者)|(?<=讯员))(?:{_HAN}{{2,4}}、){{0,3}}{_HAN}{{2,4}} ?[/|]? ?"
    rf"(?:摄影|摄|图|制图|供图)(?!{_HAN}|/)"
)
_EDITED_BY = lazy(
    rf"(?:(?:(?<=[ 、])|^){_HAN}{{1,4}})?"
    rf"(?:责任编辑|责编|编辑|校对|审核|审校|监制|初审|复审|终审|排版|统筹|翻译|译者|整理)"
    rf" ?[:/|]? ?{_HAN}{{2,4}}(?:[、 ]{_HAN}{{2,4}}){{0,4}}(?!{_HAN})"
)
"""Who did something else to the text, behind the word: ``编辑 李四``."""
_CREDIT = lazy(
    r"(?:综合|整理|编译|报道|报导|文/图|图/文|文/摄|摄/文|文图|图文|(?<=[\s/|,、])[文编])(?=[)\] ]*$)"
    r"|(?<=[\u4e00-\u9fff]{2} )文(?= )"
    r"|^[(\[]?(?:文/图|图/文|(?:文|图|编译|整理) ?[/|:])"
)
_DATELINE_ZH = lazy(
    rf"(?:讯|电|消息|报道|快讯|专稿)\]? ?[(\[] ?(?P<names>[^()\[\]。]{{2,60}}) ?[)\]]"
    rf"|(?:讯|电|消息) ?(?P<open>{_ROLE} ?[^。,:()\[\]]{{2,60}})"
)
_BRACKET = lazy(
    rf"(?:{_HAN}{{2,8}})?[(\[](?P<inside>[^()\[\]。,:]{{4,40}}?)(?:专题|综合|采访|独家)?(?P<said>报导|报道|专?电|讯)[)\]]"
)
_FIRST_BRACKET = lazy(r"[(\[] ?(?P<names>(?:本报|本网|本台|本刊)?(?:记者|通讯员)[^()\[\]。,]{2,40})[)\]](?=\S)")
_REPORTS = lazy(
    rf"(?:\[[^\[\]。]{{2,12}}\] ?)?(?:{_HAN}{{2,10}} ?)?(?:(?:特派|特约|见习|实习|首席)?(?:记者|通讯员)) ?"
    rf"(?!时隔)(?P<names>{_HAN}{{2,7}}(?:[、 ]{_HAN}{{2,7}}){{0,4}}?) ?(?:(?:\d{{1,2}}月)?\d{{1,2}}日)?"
    r"(?:摄影|综合|文/图)?(?P<said>报道|报导|发自|讯|电)"
)
_PLACE_ENDS = "市县縣區区省镇鎮乡鄉村庄莊州山港岛島"
_CLOSED_BY = lazy(r"[)）\]】〕]|报[道导導]")
_DAY = lazy(r"(?:\d{1,2}月)?\d{1,2}日?$")


def reporters(text: str) -> tuple[str, ...]:
    """Return the names in a reporter's line or bracket, without offices, places, photographers."""
    text = _without_others(text)
    first = REPORTER.search(fold(text))
    # What stands before "记者" is the office that sent him.
    text = text[first.start() :] if first else text
    named = names_in(blank_out(_CREDIT, blank_out(REPORTER, text)), surname=True)
    rare = [found[1] for found in _BEHIND_ROLE.finditer(text) if found[1] not in named and is_name(found[1])]
    return tuple(sorted((*named, *rare), key=text.find)) if rare else named


def letters_besides(text: str, names: Sequence[str]) -> int:
    """Return how many letters a reporter's line has besides ``names``, offices, places and others' credits."""
    rest = blank_out(_CREDIT, blank_out(REPORTER, _without_others(text)))
    for name in names:
        rest = rest.replace(name, "")
    return sum(map(str.isalpha, rest))


def _without_others(text: str) -> str:
    """Return a line with commas for its places and those who edited it or took its pictures."""
    for pattern in (_EDITED_BY, NAMED_PICTURES, PHOTOGRAPHER, PLACE):
        text = blank_out(pattern, text)
    return text


def opening_reporters(text: str) -> tuple[str, ...]:
    """Return whom the first words of a paragraph name as its reporters, in any of the forms of Chinese papers.

    ``新华社北京5月6日电（记者李明、王红）``, ``中新网兰州1月11日电 (张道正)``, ``本报讯 记者 严华 昨日…``,
    ``【聯合報╱記者李文／台北報導】``, ``（中央社記者李文桃園19日電）``, ``本报记者李文发自北京``.
    """
    folded = fold(text[:MOST_READ])
    return _in_bracket(text, folded) or _behind_dateline(text, folded) or _reporting(text, folded)


def _in_bracket(text: str, folded: str) -> tuple[str, ...]:
    """Read ``【記者李文／台北報導】`` and ``（中央社記者李文台北11日電）``."""
    first = _FIRST_BRACKET.match(folded)
    if first and (names := reporters(text[first.start("names") : first.end("names")])):
        return names
    found = _BRACKET.match(folded)
    if not found:
        return ()
    start = found.start("inside")
    *before, last = _split_at_slashes(text[start : found.end("inside")])
    if REPORTER_WORD.search(fold(last)) is None:
        # The last part is the place, the one before it the names; without a part before it names nobody.
        return reporters(before[-1]) if before else ()
    role = next(REPORTER.finditer(fold(last)))
    listed = last[role.end() :]
    return _without_place(listed[: day.start()] if (day := _DAY.search(fold(listed))) else listed)


def _split_at_slashes(text: str) -> list[str]:
    folded, pieces, at = fold(text), [], 0
    for slash in re.finditer("/", folded):
        pieces.append(text[at : slash.start()])
        at = slash.end()
    return [*pieces, text[at:]]


def _behind_dateline(text: str, folded: str) -> tuple[str, ...]:
    """Read the bracket behind ``电``, ``讯``, ``消息``; without a role it holds nothing but names."""
    for found in _DATELINE_ZH.finditer(folded):
        if found["open"]:
            names = _leading_names(text[found.start("open") : found.end("open")], folded[: found.start("open")])
        else:
            inside = text[found.start("names") : found.end("names")]
            if REPORTER_WORD.search(found["names"]):
                names = reporters(inside)
            else:
                whole = split_names(inside)
                early = "。" not in folded[: found.start()] and folded[found.start()] in "讯电消"
                names = tuple(whole) if early and all(map(_is_person, whole)) else ()
        if names:
            return names
    return ()


def _is_person(name: str) -> bool:
    return is_name(name, surname=True) and name[-1] not in _PLACE_ENDS


def _leading_names(text: str, before: str) -> tuple[str, ...]:
    """Return the names, each with a blank or mark behind it, that open ``记者 严华 通讯员李明 昨日…``."""
    if "。" in before:
        return ()
    found: list[str] = []
    *words, _ = blank_out(_ROLES, text).replace("、", " ").split(" ")
    for word in filter(None, words):
        if not is_name(word, surname=True):
            break
        found.append(word)
    return tuple(found)


def _reporting(text: str, folded: str) -> tuple[str, ...]:
    """Read ``本报记者李文发自北京``, ``环球网记者李文1月12日报道``."""
    found = _REPORTS.match(folded)
    if not found:
        return ()
    # "记者 李文 北京报道", but "记者 李文 王平 报道".
    placed = found["said"] != "发自" and found.end("names") == found.start("said")
    return _without_place(blank_out(_ROLES, text[found.start("names") : found.end("names")]), placed=placed)


def _without_place(names: str, *, placed: bool = True) -> tuple[str, ...]:
    """Return the persons in a list behind whose last name a place may stand, with or without a blank."""
    *first, last = [name for name in re.split("[、 ]", names) if name] or [""]
    if placed and first and names[: -len(last)].endswith(" ") and (len(last) != 3 or last[-1] in _PLACE_ENDS):
        last = ""
    elif 3 < len(last) <= (MAX_PLACED if last[-1] in _PLACE_ENDS else MAX_GLUED) and not has_surname(last):
        size = min(4 if fold(last[:2]) in surnames() else 3, len(last) - 2)
        # No county is called 蓮縣: the place behind a short name has three ideograms.
        size -= size == len(last) - 2 and size > 2 and last[-1] in "市县縣"
        last = last[:size]
    return tuple(name for name in (*first, last) if name and is_name(name, surname=True))


def dateline(text: str, names: Sequence[str]) -> str:
    """Return a paragraph up to the mark that closes the last of ``names``."""
    end = text.find(names[-1]) + len(names[-1])
    closing = _CLOSED_BY.search(text, end, end + MOST_BEHIND)
    return text[: closing.end() if closing else end]


def blank_out(pattern: re.Pattern[str], text: str) -> str:
    """Put a comma for each match of ``pattern`` in the folded text."""
    pieces, at = [], 0
    for match in pattern.finditer(fold(text)):
        pieces += [text[at : match.start()], "、"]
        at = match.end()
    return "".join(pieces) + text[at:]
