"""Where the body begins and ends: the standfirst under the headline, in HTML a sign-off behind the last paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from cleanpage.body.line_forms import is_credited
from cleanpage.body.lines import POSSIBLE, TAG_LINES, Line, agrees, ends_of_body
from cleanpage.labels import Label
from cleanpage.text import is_cjk
from cleanpage.text.lazy_regex import lazy

MAX_SIGN_OFF, MOST_SIGN_OFFS = 15.0, 2
"""Longest line of a sign-off, in ideograms, and the most lines."""
REACH = 8
"""A standfirst stands within so many lines under the headline."""
STANDFIRST = (15.0, 150.0)
"""Its least and greatest length, in ideograms."""
BEGINNING = 40
"""Characters by which a standfirst is told to stand in the body again."""
MOST_LINKED_STANDFIRST = 0.3
"""Largest share of links in it."""
FEWEST_DATE = 6
"""Digits of a line that holds a date."""
_DATE_AND_WRITER = frozenset((Label.PUBLISH, Label.BYLINE, Label.SOURCE))
"""What stands between a standfirst and the text."""
_PICTURED = frozenset(("figure", "figcaption"))
_NUMERAL = lazy(r"\d")
_BYLINE_MARK = lazy(r"[=|/／╱·•@:：»›>]")
"""What parts names and offices, or the steps to a page, and stands in few standfirsts."""
_CLAUSES = lazy(r"[，,。、！!？?；;…]")
"""One of these stands in Chinese and Japanese standfirsts, and in few lines with a writer and his office."""
_STANDFIRST = lazy(
    r"(?:^|[^a-z])(?:lead(?:[-_]?(?:text|in|paragraph))?|lede|intro(?:duction|text)?|teaser[-_]?text|stand[-_]?first"
    r"|sub[-_]?(?:head(?:line|ing)?|title)|dek|deck|chap[oô]|summary|excerpt|ingress|vorspann|sottotitolo|entradilla"
    r"|bajada|copete|sumario|linha[-_]?fina|zajawka)(?:$|[^a-z])"
    r"|-(?:sub(?:head(?:line)?|title)|standfirst|lead)$"
)
"""Names of elements that hold a standfirst."""
_GREETING = lazy(r"[^\W\d_][^:/@|()\d_\[\]]{1,35}[,!，、！](?:\s?[^:/@|()\d_\[\]]{1,25})?")
"""``See you soon, Lena``. Names, agencies and sources that end a text are no body: 19 of 25 labelled ones."""
_PICTURE_NAME = lazy(r"caption|media|photo|image|gallery|video|author|byline|share|related")
_NO_STANDFIRST = frozenset((
    Label.CAPTION, Label.BYLINE, Label.SOURCE, Label.PUBLISH, Label.NEWSLETTER, Label.AD, Label.APP, Label.TOOLS,
))  # fmt: skip


def with_standfirst(
    lines: Sequence[Line], chances: Sequence[float], kept: list[bool], headline: int | None
) -> list[bool]:
    """Return the lines of the body with the standfirst under the headline.

    It is the first line in an element named after one, or stands between the headline and the date or the writer.
    """
    first = kept.index(True) if True in kept else 0
    tops = [i for i in range(first) if i == headline or _is_h1(lines[i])]
    if not tops:
        return kept
    under = range(tops[-1] + 1, min(first, tops[-1] + 1 + REACH))
    parts = (i for i in under if _is_named_standfirst(lines[i]) or _is_between_heads(lines, i, range(tops[-1], first)))
    for i in parts:
        if chances[i] >= POSSIBLE and not _stands_again(lines, kept, i):
            return [keep or at == i for at, keep in enumerate(kept)]
    return kept


def _is_between_heads(lines: Sequence[Line], i: int, head: range) -> bool:
    """Tell whether a line stands right under the headline, and only short lines with date or writer behind it."""
    behind = [line for line in lines[i + 1 : head.stop] if not _stands_in_figure(line)]
    if not _may_be_standfirst(lines[i]) or any(not line.labels for line in lines[head.start + 1 : i]):
        return False
    if any(not line.labels and line.units >= STANDFIRST[0] for line in behind):
        return False
    if not any(map(_tells_day_or_writer, behind)) or Label.CAPTION in behind[0].hints or is_credited(lines[i]):
        return False
    titles = [line.folded for line in (*lines[: min(TAG_LINES, head.start)], lines[head.start])]
    text = lines[i].text
    if _BYLINE_MARK.search(text) is not None or (is_cjk(text[0]) and _CLAUSES.search(text) is None):
        return False
    return not _is_day(lines[i]) and not any(agrees(lines[i].folded, key) for key in titles)


def _stands_in_figure(line: Line) -> bool:
    return line.dom is not None and any(step.partition(".")[0] in _PICTURED for step in line.dom.path[-3:])


def _tells_day_or_writer(line: Line) -> bool:
    """Tell whether a line may tell date or writer."""
    return not _DATE_AND_WRITER.isdisjoint(line.labels | line.hints) or _is_day(line)


def _is_day(line: Line) -> bool:
    return len(_NUMERAL.findall(line.text)) >= FEWEST_DATE


def _is_h1(line: Line) -> bool:
    return line.dom is not None and line.dom.tag == "h1"


def _stands_again(lines: Sequence[Line], kept: Sequence[bool], i: int) -> bool:
    """Tell whether the body begins with what a line says, or holds it."""
    start = lines[i].folded[:BEGINNING]
    return any(keep and start in line.folded for line, keep in zip(lines, kept, strict=True))


def _may_be_standfirst(line: Line) -> bool:
    dom = line.dom
    if line.labels or not _NO_STANDFIRST.isdisjoint(line.hints) or (dom is not None and dom.hidden):
        return False
    linked = dom is not None and dom.link_share > MOST_LINKED_STANDFIRST
    return STANDFIRST[0] <= line.units <= STANDFIRST[1] and not linked


def _is_named_standfirst(line: Line) -> bool:
    dom = line.dom
    if dom is None or not _may_be_standfirst(line):
        return False
    names = [step.partition(".")[2] for step in dom.path[-2:]]
    return any(map(_STANDFIRST.search, names)) and not any(map(_PICTURE_NAME.search, names))


def with_sign_off(lines: Sequence[Line], chances: Sequence[float], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the short paragraphs that close the element of its last paragraph."""
    last = ends_of_body(kept)[1] if True in kept else len(kept)
    dom = lines[last].dom if last < len(kept) else None
    if dom is None or dom.tag != "p":
        return kept
    added = []
    for i in range(last + 1, len(lines)):
        if not _is_beside(lines[i], lines[last]):
            break
        added.append(i)
        if len(added) > MOST_SIGN_OFFS or not _is_sign_off(lines[i], chances[i]):
            return kept
    if not added or not _GREETING.fullmatch(lines[added[0]].text):
        return kept
    return [keep or i in added for i, keep in enumerate(kept)]


def _is_beside(line: Line, paragraph: Line) -> bool:
    """Tell whether a line is another paragraph of the same element, of the same names."""
    dom, other = line.dom, paragraph.dom
    return dom is not None and other is not None and dom.outer == other.outer and dom.path == other.path


def _is_sign_off(line: Line, likely: float) -> bool:
    if line.dom is None or line.labels or line.hints or line.dom.hidden:
        return False
    return line.units <= MAX_SIGN_OFF and line.dom.link_share == 0.0 and likely >= POSSIBLE
