"""Bylines as Japanese papers print them: ``文● 岡本太一／編集部``, ``取材・文：山田 花子``, ``［山野宏，ITmedia］``."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.byline import NAME_COST, Byline
from cleanpage.fields.shared.evidence import Evidence
from cleanpage.text.lazy_regex import lazy

MAX_LINE = 28.0
"""Longest line with such a byline, in ideograms."""
SIGNED_JA = 1.7
"""Score of a byline behind its mark, less its place; that of a bylined label has 1.9."""
_MARKED = lazy(
    r"^(?:(?:取材|構成|撮影|写真|聞き手|編集)[・、/／&＆])?(?:文|執筆|著者?|筆者|ライター|記者|テキスト)"
    r"(?:[・、/／&＆](?:写真|撮影|取材|構成|編集))?(?: ?[●○◎■◆:：=＝/／|｜]| (?=\S)) ?([^。:：●]{2,40})$"
)
_WITH_PICTURES = lazy(
    r"^(?:取材・)?文[・/／＝=:： ] ?([^。:：●・]{2,14}?)[ 、／/]{1,2}(?:写真|撮影|絵|構成|編集)[・/／＝=:： ]"
)
_BRACKETED_LINE = lazy(r"[［\[]([^［］\[\]。]{3,40})[］\]]$")
_BETWEEN = lazy(r" ?[，,、／/＆&|｜] ?")
_LETTER_JA = r"[\u4e00-\u9fff々ヶァ-ヴーぁ-ん]"
_NAME = lazy(rf"(?=[^\u4e00-\u9fff]{{0,6}}[\u4e00-\u9fff]){_LETTER_JA}{{1,5}} ?{_LETTER_JA}{{1,5}}")
_OFFICE = lazy(r"(?:編集長|新聞|通信|ニュース|放送|支局|部|局|班|室|会|社|誌|記者|監督|教授|ほか)$")
_ROLE_BEHIND_JA = lazy(r" ?(?:記者|編集委員|論説委員|氏|さん|[（(][^（）()]{1,20}[）)])$")


def japanese(page: Evidence) -> Iterator[Byline]:
    """Yield the names of such lines beside the headline; an office in brackets without a person is no byline."""
    if page.draft.language != "ja":
        return
    for i, cost in page.beside:
        block = page.blocks[i]
        if cost > NAME_COST or block.units > MAX_LINE or page.is_headline(i):
            continue
        if page.in_body(i) and i >= page.lead:
            continue
        names = _marked_persons(block.text) or _bracketed(block.text)
        if names:
            yield Byline(i, names, block.text, SIGNED_JA - cost, "signed")


def _marked_persons(text: str) -> tuple[str, ...]:
    """Return the persons behind a mark of the writer."""
    match = _WITH_PICTURES.match(text) or _MARKED.match(text)
    return japanese_persons(match[1]) if match else ()


def _bracketed(text: str) -> tuple[str, ...]:
    """Return the persons in square brackets at the end of a line, if their office closes the list."""
    match = _BRACKETED_LINE.search(text)
    pieces = _BETWEEN.split(match[1]) if match else []
    persons = japanese_persons(match[1]) if match and len(pieces) > 1 else ()
    return persons if persons and pieces[-1] not in persons and pieces[0] == persons[0] else ()


def japanese_persons(text: str) -> tuple[str, ...]:
    """Return the pieces of a list that may be persons' names."""
    pieces = (_ROLE_BEHIND_JA.sub("", piece.strip()) for piece in _BETWEEN.split(text))
    return tuple(dict.fromkeys(piece for piece in pieces if _NAME.fullmatch(piece) and not _OFFICE.search(piece)))
