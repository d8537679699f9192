"""What stands inside the body that has been chosen and is not it: teasers of other articles, prompts, comments.

The forests judge a line by its place, and between two paragraphs everything looks like a third. What tells a teaser is
its form: a label, a mark and a headline, or a headline that is nothing but a link. The text behind one is the body's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import compress

from cleanpage.body.lines import Line, ends_of_body, is_said
from cleanpage.draft import PROSE_UNITS
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.load.elements import is_comment_section
from cleanpage.text import ends_sentence
from cleanpage.text.lazy_regex import lazy

MAX_TEASER = 60.0
"""Longest line with a teaser, in ideograms."""
HEADLINE_LENGTHS = (9.0, 45.0)
"""Shortest and longest headline, in ideograms."""
NOTHING_BUT_LINK = 0.9
"""Share of links from which on a line is nothing but a link."""
NEAR = 3
"""A teaser stands at most so many lines from the text on either side."""
REST_PROSE = 12.0
"""Least running text of a line that goes on with the body, in ideograms."""
MOST_PROMPTS = 4
"""Prompts under a body that are looked at."""
LEAST_TEXT = 30.0
"""Ideograms of the body outside the readers' comments without which these are the text."""
HEAD_REACH, NAME_LINE_REST = 12, 24
"""Lines above the body among which the writer's is, and characters on it beside the name."""
MOST_BIOGRAPHY = 0.25
"""Largest share of a body that its writer's biography is: a page about somebody begins with the name too."""
MOST_NESTED = 2
"""Elements named after comments, one in the other, that a comment of a blog stands in."""

_BREAK_LABELS = frozenset(
    (
        Label.RELATED, Label.TOOLS, Label.TRUNCATION, Label.AD, Label.APP, Label.NEWSLETTER, Label.LOGIN, Label.QR,
        Label.SITE_BAR, Label.SHARE, Label.PUBLISH,
    )
)  # fmt: skip
"""What may stand between two paragraphs of one text, behind which more running text must come: footers have it too."""
_PROMPTS = frozenset((Label.APP, Label.NEWSLETTER, Label.TOOLS, Label.BOILERPLATE))
"""Labels of hints that take the last lines off a body."""
_FOOTER = labels_with(Trait.FOOTER)
_NO_TEASER = frozenset((Label.CAPTION, Label.BYLINE, Label.SOURCE, Label.PUBLISH, Label.CONTACT, Label.DOCUMENT))
_LABELLED = lazy(r"\W{0,3}[^\W\d_][^:|>.!?。！？;]{1,38}(?:[:|>]|\] ?| - )\W{0,3}[^\W_].{3,150}")
"""``Read also: headline``, ``LIRE AUSSI - headline``, ``[推荐阅读] headline``."""
_HOST = lazy(r"(?:https?:)?//(?:www\.)?([^/?#:]{1,200})", re.IGNORECASE)
_NO_PAGE = lazy(r"#|[a-z]{2,12}:", re.IGNORECASE)
_FILE = lazy(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|csv|mp3|mp4|jpe?g|png)(?:$|[?#])", re.IGNORECASE)


def without_teasers(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body without the teasers of other articles between its paragraphs."""
    if True not in kept:
        return kept
    last = ends_of_body(kept)[1]
    gone = {i for i in range(1, last) if kept[i] and _is_teaser(lines, kept, i)}
    if _is_labelled_teaser(lines[last]) and last and kept[last - 1] and _is_text(lines[last - 1]):
        gone.add(last)
    return [keep and i not in gone for i, keep in enumerate(kept)] if gone else kept


def _is_teaser(lines: Sequence[Line], kept: Sequence[bool], i: int) -> bool:
    line = lines[i]
    if line.units > MAX_TEASER or not _NO_TEASER.isdisjoint(line.hints):
        return False
    if _is_labelled_teaser(line):
        return _has_text(lines, kept, range(i - NEAR, i)) and _has_text(lines, kept, range(i + 1, i + 1 + NEAR))
    if ends_sentence(line.text):
        return False
    if Label.RELATED in lines[i - 1].labels:
        return _has_text(lines, kept, range(i - 2, i - 1)) and _has_text(lines, kept, range(i + 1, i + 2))
    return all(kept[at] and _is_beside_teaser(lines[at], line) for at in (i - 1, i + 1)) and _is_linked_headline(
        line, lines
    )


def _is_labelled_teaser(line: Line) -> bool:
    """Tell whether a line is a label, a mark and a headline, and a rule takes it for a link to another article."""
    is_short = line.units <= MAX_TEASER and _NO_TEASER.isdisjoint(line.hints)
    return is_short and Label.RELATED in line.hints and _LABELLED.fullmatch(line.folded) is not None


def _has_text(lines: Sequence[Line], kept: Sequence[bool], near: range) -> bool:
    """Tell whether a sentence of the body stands among the lines of ``near``."""
    return any(0 <= i < len(lines) and kept[i] and _is_text(lines[i]) for i in near)


def _is_text(line: Line) -> bool:
    return line.units >= PROSE_UNITS and is_said(line)


def _is_beside_teaser(line: Line, teaser: Line) -> bool:
    """Tell whether a line is running text of the element that a teaser stands in."""
    return _is_text(line) and line.dom is not None and teaser.dom is not None and line.dom.outer == teaser.dom.outer


def _is_linked_headline(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a paragraph of HTML is one link to another page of the site, whose text reads as a headline.

    Measured on 690 labelled pages: of such links to other sites (shops, sources) most are body.
    """
    dom = line.dom
    if dom is None or dom.tag != "p" or dom.lists or len(dom.links) != 1 or dom.link_share < NOTHING_BUT_LINK:
        return False
    url = dom.links[0].url
    if not HEADLINE_LENGTHS[0] <= line.units <= HEADLINE_LENGTHS[1] or _FILE.search(url) is not None:
        return False
    host = _host(url)
    return not host or host == _site(lines)


def _site(lines: Sequence[Line]) -> str:
    """Return the host that most of the page's links with a host name; empty if none does."""
    hosts = Counter(_host(link.url) for line in lines if line.dom is not None for link in line.dom.links)
    del hosts[""]
    return max(hosts, key=lambda host: hosts[host], default="")


def _host(url: str) -> str:
    """Return the host of an address, empty for one within the site; ``#`` for a place in the page, mail and scripts."""
    found = _HOST.match(url)
    if found is not None:
        return found[1].lower()
    return "#" if _NO_PAGE.match(url) else ""


def with_rest(
    lines: Sequence[Line],
    prose: Sequence[float],
    chances: Sequence[float],
    kept: list[bool],
    *,
    least: float,
    short: int,
) -> list[bool]:
    """Return the lines of the body with the running text behind it, up to the furniture that ends it.

    ``least`` is the least chance of such text. What is named may part it from the body (advertisements, related links,
    prompts), and at most ``short`` other lines in a row; they are added with it.
    """
    if True not in kept:
        return kept
    last = ends_of_body(kept)[1]
    added: set[int] = set()
    waiting: list[int] = []
    for i in range(last + 1, len(lines)):
        line = lines[i]
        named = line.labels or line.hints
        if named and named <= _BREAK_LABELS:
            continue
        if line.labels:
            break
        waiting.append(i)
        if prose[i] >= REST_PROSE and not line.hints and chances[i] >= least:
            added.update(waiting)
            waiting = []
        elif len(waiting) > short:
            break
    return [keep or i in added for i, keep in enumerate(kept)] if added else kept


def without_prompts(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body without what it ends with: prompts, the writer's biography, lines of the footer."""
    body = [i for i, keep in enumerate(kept) if keep]
    gone: set[int] = set()
    for i in reversed(body[1:][-MOST_PROMPTS:]):
        if not (_PROMPTS & lines[i].hints or _is_footer(lines, i) or _is_biography(lines, body, i)):
            break
        gone.add(i)
    return [keep and i not in gone for i, keep in enumerate(kept)] if gone else kept


def _is_footer(lines: Sequence[Line], i: int) -> bool:
    """Tell whether a line may be the footer's, and stands right above one that is, or may be."""
    below = lines[i + 1] if i + 1 < len(lines) else None
    return below is not None and bool(_FOOTER & lines[i].hints) and bool(_FOOTER & (below.hints | below.labels))


def _is_biography(lines: Sequence[Line], body: Sequence[int], i: int) -> bool:
    """Tell whether a paragraph begins with the writer's name, which the text before it does not mention."""
    name = " ".join(lines[i].folded.split(" ", 2)[:2]).rstrip(",;:")
    if " " not in name or not ends_sentence(lines[i].text) or Label.BYLINE in lines[i].labels | lines[i].hints:
        return False
    if lines[i].units > MOST_BIOGRAPHY * sum(lines[at].units for at in body):
        return False
    heads = {at for at in range(body[1]) if Label.BYLINE in lines[at].labels | lines[at].hints}
    above = range(max(0, body[0] - HEAD_REACH), body[0])
    heads.update(at for at in above if len(lines[at].text) <= len(name) + NAME_LINE_REST)
    if any(name in lines[at].folded for at in body if at < i and at not in heads):
        return False
    return any(_names(lines[at].folded, name) for at in heads)


def _names(byline: str, name: str) -> bool:
    """Tell whether a byline holds a name, whole: ``by ada`` is no name in ``by ada lund``."""
    before, found, behind = byline.partition(name)
    return bool(found) and (bool(before) or not behind[:2].strip(" ").isalpha())


def without_comments(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body without those in elements that are named after comments, if text stands above.

    Comments on comments, three such elements deep, and those that say more than the text above are a thread's: these
    stay.
    """
    known: dict[tuple[str, ...], int] = {}
    inside: set[int] = set()
    deepest = 0
    for i in compress(range(len(lines)), kept):
        dom = lines[i].dom
        if dom is not None:
            depth = known.get(dom.path)
            if depth is None:
                depth = known[dom.path] = sum(map(is_comment_section, dom.path))
            deepest = max(deepest, depth)
            if depth:
                inside.add(i)
    if not inside or deepest > MOST_NESTED:
        return kept
    above = sum([lines[i].units for i in range(min(inside)) if kept[i]])
    if above < max(LEAST_TEXT, sum([lines[i].units for i in sorted(inside) if _is_text(lines[i])])):
        return kept
    return [keep and i not in inside for i, keep in enumerate(kept)]
