"""The one line that most speaks for as the headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from cleanpage.draft import TextBlock
from cleanpage.fields.byline import BY
from cleanpage.fields.credits import is_credit_line
from cleanpage.fields.headline_features import FIRST_LINES, Line, expensive_score, is_heading, set_scene, weigh_early
from cleanpage.fields.headline_text import (
    AFTER_LEAD,
    BEFORE_LEAD,
    MAX_UNITS,
    MIN_UNITS,
    SUBTITLE,
    given_titles,
    is_readable,
    line_of,
)
from cleanpage.fields.shared.evidence import Evidence, Headline, blocks_of, key
from cleanpage.fields.shared.labels import DOCUMENT_MEANINGS
from cleanpage.fields.shared.names import is_name
from cleanpage.fields.shared.suffix import headline_part
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.text import fold, units
from cleanpage.text.lazy_regex import lazy

_NO_HEADLINE = labels_with(Trait.FOOTER) | {Label.NAVIGATION}
"""On a copy of a page inside another the footer's lines stand above the headline."""
_CREDITED = ("source", "author", "reporter", "photographer", "editor")
MAX_VALUE = 12.0
"""Longest value, in ideograms, of a label whose line is no headline; behind ``Editor:`` a headline may speak."""
_STOPS = "。；;"
"""A headline may cry or ask, but does not end as a sentence does (a Latin full stop may: ``U.S.``)."""
_CREDIT = lazy(r"(?:供图|配图|摄)\)?$|(?:制图|供图|摄影|^图) ?[/:|] ?[^:。]{2,20}\)?$")
"""So end captions that name who took the picture."""
_E_PAPER = ("数字报", "电子报", "电子版", "数字版", "数字报刊", "e-paper", "epaper")
_PROVIDED_BY = ("provided by", "distributed by")
_MASTHEAD = lazy(r"[^\W\d_][\w 《》]{1,20}(?:[电数]\S{2,3}|e-?paper)")
"""The name of a paper with that of its edition on the web; whose release it is."""


def heaviest_line(page: Evidence, h1: AbstractSet[int], sites: AbstractSet[int]) -> Iterator[Headline]:
    """Yield the line that most speaks for; what is dear to find out is asked only where it can still decide."""
    scene = set_scene(page, h1)
    whole = dict(_whole_lines(page))
    inner = {i for line, last in whole.items() for i in range(line.i, last + 1)}
    lines = [*(line_of(page, i) for i in possible(page) if i not in inner), *whole]
    never = _never(page)
    lines = [line for line in lines if line.i not in never or is_heading(page.blocks[line.i])]
    lines = [line for line in lines if line.i not in sites] if sites else lines
    lines = [line for line in lines if not _names_publisher(page.blocks, line.i)]
    ranked = list(zip(weigh_early(scene, lines), lines, strict=True))
    ranked.sort(key=lambda item: -item[0])
    best: tuple[float, Line] | None = None
    most_late = scene.most_late
    for early, line in ranked:
        if best is not None and early + most_late < best[0]:
            break
        if is_readable(line.text):
            score = early + expensive_score(scene, line)
            better = best is None or (score, -line.i) > (best[0], -best[1].i)
            if better and not _is_credit(page.blocks[line.i]):
                best = score, line
    if best is not None:
        yield Headline(best[1].i, whole.get(best[1], best[1].i), best[1].text, best[1].key, best[0])


def _never(page: Evidence) -> AbstractSet[int]:
    """Return the blocks that are no headline whatever speaks for them: the footer's, menus, credits, labelled values.

    What only stands in a run of the footer's lines may be one: the run may have begun above the headline.
    """
    findings = (finding for label in _NO_HEADLINE for finding in page.findings.get(label, ()))
    named = {finding.block for finding in findings if finding.via != "run"}
    credited = {
        pair.at
        for pair in page.paired(*_CREDITED)
        if page.blocks[pair.at].text.startswith(pair.label) and units(pair.value) <= MAX_VALUE
    }
    apart = (pair for pair in page.paired(*DOCUMENT_MEANINGS) if pair.block != pair.at)
    values = {pair.block for pair in apart if page.has_document_row(pair.at)}
    return (blocks_of(page.sure, _NO_HEADLINE) & named) | credited | values | page.menus


def _names_publisher(blocks: Sequence[TextBlock], i: int) -> bool:
    """Tell whether a line of flattened text is the masthead of an e-paper, or stands below ``Provided by``."""
    folded = blocks[i].folded
    if blocks[i].dom is not None:
        return False
    masthead = folded.endswith(_E_PAPER) and _MASTHEAD.fullmatch(folded) is not None
    return masthead or (i > 0 and blocks[i - 1].folded.endswith(_PROVIDED_BY))


def _is_credit(block: TextBlock) -> bool:
    """Tell whether a line names who took a picture, or says nothing but who wrote it."""
    if ("图" in block.folded or "摄" in block.folded) and _CREDIT.search(block.folded):
        return True
    if block.dom is None:
        return is_credit_line(block.text)
    by = BY.match(block.folded) if block.kind != "heading" else None
    return by is not None and " " in block.text[by.end() :] and is_name(block.text[by.end() :])


def _whole_lines(page: Evidence) -> Iterator[tuple[Line, int]]:
    """Yield the lines that were cut at an inner full stop or quote and are one headline, each with its last block.

    They stand in one h1, or the HTML head or another of the first lines says them whole.
    """
    blocks, stop = page.blocks, min(page.lead + AFTER_LEAD, len(page.blocks))
    starts = [i for i in range(stop - 1) if blocks[i + 1].glued and not blocks[i].glued]
    runs = [(i, *page.line(i, MAX_UNITS)) for i in starts]
    keys = {i: key(fold(text)) for i, text, _ in runs}
    given = [key(fold(title)) for title in given_titles(page)]
    opening = [(j, own) for j, own in keys.items() if j < FIRST_LINES]
    for i, text, last in runs:
        own = headline_part(text, page.known, page.draft.endings) if i < FIRST_LINES else text
        said = [*given, *(other for j, other in opening if j != i)]
        agreed = is_heading(blocks[i]) or any(title.startswith(key(fold(own))) for title in said)
        ends = not any(block.glued for block in blocks[last + 1 : last + 2])
        if agreed and last > i and ends:
            yield Line(i, own, key(fold(own)), units(own)), last


def possible(page: Evidence) -> Iterator[int]:
    """Yield the short lines before the body and, in case the body begins too early, shortly after its first line."""
    stop = min(page.lead + AFTER_LEAD, len(page.blocks))
    first = max(FIRST_LINES, page.lead - BEFORE_LEAD)
    before = (i for i in page.top_headings if FIRST_LINES <= i < first and is_heading(page.blocks[i]))
    for i in (*range(min(FIRST_LINES, stop)), *before, *range(first, stop)):
        block = page.blocks[i]
        if not MIN_UNITS <= block.units <= MAX_UNITS or (block.is_prose and block.text[-1] in _STOPS):
            continue
        if not block.folded.startswith(SUBTITLE) and not (i in page.rows and page.has_document_row(i)):
            yield i
