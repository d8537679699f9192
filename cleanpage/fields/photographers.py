"""Who took the pictures."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.byline import FULL_NAME, names_in
from cleanpage.fields.reporters import NAMED_PICTURES, PHOTOGRAPHER, blank_out
from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.fields.shared.names import is_name, split_names
from cleanpage.labels import Label
from cleanpage.text import fold, is_cjk
from cleanpage.text.lazy_regex import lazy

RULE = "photographers"
FAR, NEAR, MAX_UNITS = 3, 0.3, 40.0
"""Blocks between text and credit; what the place of one by the headline costs at most; longest line of a credit, other
than a caption, in ideograms."""
_HINTS = ("摄", "图", "phot", "foto", "pictur", "image")
"""What every credit holds one of."""
_ROLE = lazy(r"记者|通讯员|摄影|制图|供图|摄|图片|图|[ :/|]|本报|本网|新华社")
_KIND = lazy(r"高清|组图|美图|图集|图库|图文|图片|[^\W\d_]图$(?<![制供]图)(?<!记者...图)(?<!记者..图)")
_BY = lazy(
    r"(?:^|[\s(\[|.])(?:photo(?:s|graph|graphs|graphy)?|pictures?|images?|fotos?)(?: ?by |: ?|/| ?© ?| credit: ?)(?=\S)"
)
_END = lazy(r"\s?[/|()\[\]•·,;]|\.(?=\s|$)| (?:for|via|courtesy|in|on)\b")


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield a candidate for ``photographers`` for each name, in the page's order."""
    captions = {*page.labelled(Label.CAPTION)}
    others = {*page.labelled(Label.RELATED, Label.COMMENTS, Label.HOT_LIST, Label.NAVIGATION)}
    labelled = {pair.at: pair for pair in page.paired("photographer") if is_cjk(pair.label[0])}
    near = [
        (i, block)
        for i, (block, cost, distance) in enumerate(zip(page.blocks, page.costs, page.distances, strict=True))
        if (distance <= FAR or (cost or 1.0) <= NEAR) and (block.units <= MAX_UNITS or i in captions)
    ]
    for i, block in near:
        if i in others or not any(map(block.folded.__contains__, _HINTS)):
            continue
        names = list(_chinese(block.text))
        if i in labelled and not page.in_body(i):
            names += names_in(labelled[i].value, surname=True)
        for name in dict.fromkeys((*names, *_western(block.text))):
            yield page.candidate(i, "photographers", name, RULE, 1.0)


def _chinese(text: str) -> Iterator[str]:
    """Yield the names of ``图/王五``, ``摄影：王五``, ``记者 王五 摄``."""
    for pattern in () if text.isascii() else (NAMED_PICTURES, PHOTOGRAPHER):
        for found in pattern.finditer(fold(text)):
            # "高清图" and "组图" are kinds of pictures.
            if not _KIND.search(found[0]):
                yield from names_in(blank_out(_ROLE, text[found.start() : found.end()]), surname=True)
        text = blank_out(pattern, text)  # the one whom "摄影：王五" follows took none


def _western(text: str) -> Iterator[str]:
    """Yield the full names behind ``Photo by``."""
    for found in _BY.finditer(fold(text)):
        rest = text[found.end() :]
        end = _END.search(rest)
        for name in split_names(rest[: end.start()] if end else rest):
            if FULL_NAME.fullmatch(name) and is_name(name):
                yield name
