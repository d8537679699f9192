"""Captions of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.reporters import PHOTOGRAPHER
from cleanpage.fields.shared.evidence import Claim, Evidence, blocks_of, key
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.text import ends_sentence, fold

RULE = "captions"
MAX_UNITS = 60.0
"""Longest line that is cut into sentences, in ideograms, and a caption as a whole."""
MOST_NAMED = 0.25
"""Photographers for each line of the body, of a text that has captions beside it."""
_ELEMENT, _CUT = "stands in an element for captions", "a line that ends with the photographer's name"
MAX_FROM_TEXT = 6
"""Blocks between a caption and the text; pictures of other articles are further away."""

_NO_CAPTIONS = labels_with(Trait.NO_CAPTION)
"""Labels of what stands in elements for captions as well: ``Enlarge image``."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the captions that stand in the body or beside it, each once."""
    seen = set()
    body, sure = page.labels.get(Label.BODY, ()), page.sure.get(Label.CAPTION, ())
    text, credits = page.sure.get(Label.BODY, ()), page.labels.get(Label.BYLINE, ())
    theirs = blocks_of(page.sure, _NO_CAPTIONS)
    cut = {i: line for i in page.labelled(Label.CAPTION) if (line := _cut_line(page, i))}
    cut = {} if cut and _is_picture_story(page) else cut
    for i in sorted({*page.labelled(Label.CAPTION), *_marked_captions(page)}):
        # A hint of a caption rule inside the body gives way to the body stage, but for lines that are no sentences.
        is_text = i in text or i in credits or ends_sentence(page.blocks[i].text)
        if i in theirs or (i in body and i not in sure and is_text and i not in cut):
            continue
        first, caption = cut.get(i, (i, page.blocks[i].text))
        own = key(fold(caption)) if page.distance(i) <= MAX_FROM_TEXT else ""
        if own and own not in seen:
            seen.add(own)
            yield page.candidate(i, "captions", caption, RULE, 1.0)
            for part in range(first, i + 1):
                if i in cut or part not in page.labels.get(Label.CAPTION, ()):
                    yield page.finding(part, Label.CAPTION, RULE, _CUT if i in cut else _ELEMENT)


def _is_picture_story(page: Evidence) -> bool:
    """Tell whether photographers are named all over the body: then its captions are the text."""
    named = sum(PHOTOGRAPHER.search(page.blocks[i].folded) is not None for i in page.body)
    return named > MOST_NAMED * sum(not page.blocks[i].glued for i in page.body)


def _cut_line(page: Evidence, i: int) -> tuple[int, str] | None:
    """Return the first block and the text of a line that was cut before the photographer's name with which it ends."""
    first = i
    while first > 0 and page.blocks[first].glued:
        first -= 1
    ends = not any(block.glued for block in page.blocks[i + 1 : i + 2])
    if first == i or not ends or not PHOTOGRAPHER.search(page.blocks[i].folded):
        return None
    text, last = page.line(first, MAX_UNITS)
    return (first, text) if last == i else None


def _marked_captions(page: Evidence) -> Iterator[int]:
    """Yield the lines in elements for captions that the body stage has not taken for text."""
    marked = (i for i, kind in enumerate(page.kinds) if kind == "caption") if "caption" in page.kinds else ()
    return (i for i in marked if page.blocks[i].dom and not page.in_body(i))
