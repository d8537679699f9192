"""The second heading, right under the headline: ``——夜间照明延长到十点``."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.headline_stacked import stacked
from cleanpage.fields.headline_text import is_readable
from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.fields.shared.names import is_name
from cleanpage.text.lazy_regex import lazy

RULE = "subtitle"
MIN_UNITS, MAX_UNITS = 4.0, 40.0
"""Shortest and longest one, in ideograms."""
_CALLED = lazy(
    r"sub-?_?(?:title|head|line)|\bdec?k\b|bajada|untertitel|futi|fubiaoti|subtitulo|sottotitolo|ondertitel|sous-?titre|underrubrik"
)
"""Names of elements with the subtitle."""
_DASHES = "—–-─― "


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the line under the headline that its dash, its element or its place in a pile of headings marks."""
    best = page.headline
    if best is None:
        return
    below = [i for i in (best.last + 1,) if i < len(page.blocks) and _may_be(page, i)]
    for i in (*(i for i in below if _is_marked(page, i)), *(i for i in stacked(page) if not page.is_headline(i))):
        yield page.candidate(i, "subtitle", page.blocks[i].text.lstrip(_DASHES), RULE, 1.0)
        return


def _may_be(page: Evidence, i: int) -> bool:
    """Tell whether a line may be a heading of its own: no date, no credit, no name."""
    block = page.blocks[i]
    plain = i not in page.dates and i not in page.credited and not block.glued and page.keys[i] != ""
    return plain and MIN_UNITS <= block.units <= MAX_UNITS and is_readable(block.text) and not is_name(block.text)


def _is_marked(page: Evidence, i: int) -> bool:
    """Tell whether a line begins with a dash, or stands in a heading or an element that is called so."""
    block = page.blocks[i]
    if block.dom is None:
        return block.folded.startswith("--")
    heads = block.dom.tag in ("h2", "h3") and (i < page.first or (i + 1 < len(page.blocks) and page.has_date(i + 1)))
    return heads or block.folded.startswith("--") or any(_CALLED.search(step) for step in block.dom.path[-2:])
