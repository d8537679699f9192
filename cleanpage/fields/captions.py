"""Captions of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.evidence import Claim, Evidence, blocks_of, key
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.text import ends_sentence

RULE = "captions"
MAX_DISTANCE = 6
"""Blocks between a caption and the text; pictures of other articles are further away."""

_NO_CAPTIONS = labels_with(Trait.NO_CAPTION)
"""Labels of what stands in elements for captions as well: ``Enlarge image``."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the captions that stand in the body or beside it, each once."""
    seen = set()
    body, sure = page.labels.get(Label.BODY, ()), page.sure.get(Label.CAPTION, ())
    text, credits = page.sure.get(Label.BODY, ()), page.labels.get(Label.BYLINE, ())
    theirs = blocks_of(page.sure, _NO_CAPTIONS)
    for i in sorted({*page.labelled(Label.CAPTION), *_marked(page)}):
        # A hint of a caption rule inside the body gives way to the body stage, but for lines that are no sentences.
        is_text = i in text or i in credits or ends_sentence(page.blocks[i].text)
        if i in theirs or (i in body and i not in sure and is_text):
            continue
        own = key(page.blocks[i].folded) if page.distance(i) <= MAX_DISTANCE else ""
        if own and own not in seen:
            seen.add(own)
            yield page.candidate(i, "captions", page.blocks[i].text, RULE, 1.0)
            if i not in page.labels.get(Label.CAPTION, ()):
                yield page.finding(i, Label.CAPTION, RULE, "stands in an element for captions")


def _marked(page: Evidence) -> Iterator[int]:
    """Yield the lines in elements for captions that the body stage has not taken for text."""
    marked = (i for i, kind in enumerate(page.kinds) if kind == "caption") if "caption" in page.kinds else ()
    return (i for i in marked if page.blocks[i].dom and not page.in_body(i))
