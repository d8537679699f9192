"""What stands behind the body and belongs to it: what its last line announces with a colon, and the notes it refers to.

Rows, items and notes are short and say nothing that is learned of; that the text points to them tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from cleanpage.body.line_forms import PARAGRAPH_FROM
from cleanpage.body.lines import MOST_LINKS, Line, announces, ends_of_body
from cleanpage.text.lazy_regex import lazy

LEAST_ANNOUNCEMENT = 12.0
"""Shortest line that announces what follows, in ideograms: shorter ones are headings of whatever comes next."""
SURE_ANNOUNCEMENT = 0.5
"""Least chance of being body of such a line: prompts and heads of forms end with a colon too."""
MOST_ANNOUNCED = 60
"""Most lines that a line may announce."""
MOST_NOTES = 100
"""Most lines of notes behind a body."""
_AS_FOLLOWS = lazy(
    r"(?:如下|as follows|the following[^:]{0,30}|wie folgt|folgende[^:]{0,30}|suivante?s?|siguientes?|seguint\w{1,2}"
    r"|seguenti|следующ\w{1,3}[^:]{0,30}|наступн\w{1,3}[^:]{0,30}|następując\w{1,3}[^:]{0,30}|下記の通り|以下の通り"
    r"|다음과 같[^:]{0,12}) ?:$"
)
"""The line below the body announces what is below it, in words."""
_MARKED_NOTE = lazy(r"(\[\d{1,3}\]|[(（]\d{1,3}[)）]|[①-⑳]|[¹²³⁴-⁹]{1,3})[ .:、]?\S")
_NOTES_HEADING = lazy(
    r"(?:注释|注解|脚注|尾注|注|参考文献|参考资料|引文出处|notes?|footnotes?|endnotes?|references|anmerkungen|fußnoten|einzelnachweise"
    r"|quellen|notes et références|références|notas|referencias|referências|примечания|сноски|литература|примітки"
    r"|przypisy|bibliografia|voetnoten|noter|fotnoter|poznámky|dipnotlar|kaynakça|注記|각주|참고문헌)\W{0,2}"
)


def with_announced(lines: Sequence[Line], chances: Sequence[float], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with what its last line announces: short lines up to the next furniture."""
    if True not in kept:
        return kept
    start = last = ends_of_body(kept)[1]
    if last + 1 < len(lines) and _AS_FOLLOWS.search(lines[last + 1].folded) is not None:
        last += 1
    elif not announces(lines[last]) or lines[last].units < LEAST_ANNOUNCEMENT or chances[last] < SURE_ANNOUNCEMENT:
        return kept
    behind = range(last + 1, min(len(lines), last + 1 + MOST_ANNOUNCED))
    added = list(takewhile(lambda i: _may_be_announced(lines[i]), behind))
    return [keep or start < i <= last + len(added) for i, keep in enumerate(kept)] if added else kept


def _may_be_announced(line: Line) -> bool:
    """Tell whether no rule has named a line, and it is short and no link."""
    if line.labels or line.hints or line.units > PARAGRAPH_FROM:
        return False
    return line.dom is None or (not line.dom.hidden and line.dom.link_share < MOST_LINKS)


def with_referred_notes(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the notes right behind it, which begin with marks that stand in it."""
    if True not in kept:
        return kept
    start = ends_of_body(kept)[1] + 1
    is_headed = start < len(lines) and _NOTES_HEADING.fullmatch(lines[start].folded) is not None
    added: list[int] = [start] if is_headed else []
    for i in range(start + is_headed, min(len(lines), start + MOST_NOTES)):
        mark = _MARKED_NOTE.match(lines[i].text)
        if mark is None or lines[i].labels or not (is_headed or _refers(lines, kept, mark[1])):
            break
        added.append(i)
    if len(added) <= is_headed:
        return kept
    return [keep or start <= i <= added[-1] for i, keep in enumerate(kept)]


def _refers(lines: Sequence[Line], kept: Sequence[bool], mark: str) -> bool:
    """Tell whether a mark stands in a line of the body, not at its beginning."""
    return any(keep and mark in line.text[1:] for line, keep in zip(lines, kept, strict=True))
