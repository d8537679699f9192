"""Who took the pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cleanpage.fields.byline import full_names, names_in
from cleanpage.fields.credits import read_credits
from cleanpage.fields.reporters import NAMED_PICTURES, PHOTOGRAPHER, blank_out
from cleanpage.fields.shared.evidence import Claim, Evidence, Hint
from cleanpage.fields.shared.labels import meanings
from cleanpage.fields.shared.names import is_name, split_names
from cleanpage.labels import Label
from cleanpage.text import fold, is_cjk
from cleanpage.text.lazy_regex import lazy

RULE = "photographers"
FAR, NEAR, MAX_UNITS = 3, 0.3, 40.0
"""Blocks between text and credit; what the place of one by the headline costs at most; longest line of a credit, other
than a caption, in ideograms."""
MOST_CREDIT_LINES = 500
"""Lines that are read for names, the first of a page; of 700 pages none has more than 25."""
_PHOTO_ROLE = lazy(r"记者|通讯员|摄影|制图|供图|摄|图片|图|[ :/|]|本报|本网|新华社")
_KIND = lazy(r"高清|组图|美图|图集|图库|图文|图片|[^\W\d_]图$(?<![制供]图)(?<!记者...图)(?<!记者..图)")
_RARE = lazy(
    r"([\u4e00-\u9fff]{2}(?![者图圖员員社网網报報料])[\u4e00-\u9fff]) 摄"
    r"|(?:图|圖|摄影|攝影) ?[/／:：|｜] ?([\u4e00-\u9fff]{3})"
)
"""Three ideograms and a blank before the word are a name whatever its surname."""
_PHOTO_BY = lazy(
    lambda: (
        rf"(?:^|[\s(\[|.,])(?:{_labels(cjk=False)})"
        r"(?: ?by | ?: ?|/| ?© ?| credit: ?|\. ?| (?:von|di|de|av|af|par) )(?=\S)"
    )
)
_JAPANESE = lazy(
    r"(?:写真|撮影)(?:[・/](?:文|取材))?[・:：＝=/／] ?"
    r"(?P<name>[\u4e00-\u9fff々ヶァ-ヴーぁ-ん]{1,5} ?[\u4e00-\u9fff々ヶァ-ヴーぁ-ん]{1,5})(?=$|[\s)）］\]、，])"
)
_BEHIND = lazy(
    r"(?P<name>[\u4e00-\u9fff]{2,4}|[^\W\d_a-zß-ÿ][^\s,，、()（）&]{0,24}"
    r"(?: [^\W\d_a-zß-ÿ][^\s,，、()（）&]{0,24}){1,3}) ?[(（]"
    r"(?i:摄影|攝影|摄|攝|图|圖|图片|fotos?|photos?|bilder|bild|foto's|kuvat|фото)[)）]"
)
"""``John Roe (Fotos)``, ``王平（摄影）``."""
_END = lazy(r"\s?[/|()\[\]•·,;]|\.(?=\s|$)| (?:for|via|courtesy|in|on)\b")


def _labels(*, cjk: bool) -> str:
    """Return a pattern for the labels of photographers in ideograms, or in other scripts."""
    found = (label for label, meaning in meanings().items() if meaning == "photographer" and is_cjk(label[0]) == cjk)
    return "|".join(re.escape(label).replace("by", " ?by") for label in sorted(found, key=len, reverse=True))


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield a candidate for ``photographers`` for each name, in the page's order."""
    captions = {*page.labelled(Label.CAPTION)}
    others = {*page.labelled(Label.RELATED, Label.COMMENTS, Label.HOT_LIST, Label.NAVIGATION)}
    labelled = {pair.at: pair for pair in page.paired("photographer") if is_cjk(pair.label[0])}
    credited = {pair.at for pair in page.paired("photographer")}
    near = (
        i
        for i in sorted(page.hints[Hint.PICTURE])
        if (page.distances[i] <= FAR or (page.costs[i] or 1.0) <= NEAR)
        and (i not in others or i in credited)
        and (page.blocks[i].units <= MAX_UNITS or i in captions)
    )
    for i in islice(near, MOST_CREDIT_LINES):
        text = page.line(i, MAX_UNITS)[0]
        credits = read_credits(text, page.draft.language) if not page.is_headline(i) else ()
        taken = [name for credit in credits if credit.role == "photographer" for name in credit.names]
        for name in taken:
            yield page.candidate(i, "photographers", name, RULE, 1.0)
        if taken:
            continue
        behind = [name for found in _BEHIND.finditer(text) for name in split_names(found["name"]) if is_name(name)]
        names = [*behind, *(found["name"] for found in _JAPANESE.finditer(text))] or list(_chinese(page.blocks[i].text))
        if i in labelled and not page.in_body(i):
            names += names_in(labelled[i].value, surname=True)
        for name in dict.fromkeys((*names, *_photo_by(text))):
            yield page.candidate(i, "photographers", name, RULE, 1.0)


def _chinese(text: str) -> Iterator[str]:
    """Yield the names of ``图/王五``, ``摄影：王五``, ``记者 王五 摄``."""
    for pattern in () if text.isascii() else (NAMED_PICTURES, PHOTOGRAPHER):
        for found in pattern.finditer(fold(text)):
            # "高清图" and "组图" are kinds of pictures.
            if not _KIND.search(found[0]):
                printed = text[found.start() : found.end()]
                rare = _RARE.fullmatch(printed)
                yield from names_in(blank_out(_PHOTO_ROLE, printed), surname=True) or (
                    (rare[1] or rare[2],) if rare else ()
                )
        text = blank_out(pattern, text)  # the one whom "摄影：王五" follows took none


def _photo_by(text: str) -> Iterator[str]:
    """Yield the full names behind ``Photo by``."""
    for found in _PHOTO_BY.finditer(fold(text)):
        yield from full_names(text[found.end() :], _END)
