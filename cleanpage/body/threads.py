"""Threads: pages whose content is the posts of several people, a forum's or a question with its answers.

Under an article, what readers write is no body; on such a page it is all there is. The forests judge line by line and
cannot know which of the two a page is. What tells a thread: its address, the kind that the page is likest, the names of
the elements around what they have chosen, or replies that outweigh everything else. In a thread, the texts of all posts
stand in elements of the same names, apart from user, date and buttons, so what is true of most of these texts is taken
to be true of all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, compress
from typing import NamedTuple

from cleanpage.body.dom_features import LEAF
from cleanpage.body.lines import BodyLines, Line
from cleanpage.draft import Draft, Source
from cleanpage.labels import Label
from cleanpage.text.lazy_regex import lazy

AROUND = 24
"""So many elements around a line are looked at."""
SHORT, LONG_POST = 3.0, 150.0
"""Shorter lines, in ideograms, are users and buttons; one line counts no more than that."""
LINKED_LINE = 0.5
"""A line with a larger share of links is no text of a post."""
OUTWEIGH, REPLIES_LEAD = 2.0, 320.0
"""Replies in sentences are the content if they are so many times the text beside them, and that is shorter, in
ideograms, than an article. Measured on sites held out: without the second bound, and where ``og:type`` says article,
wcxb-dev articles lose .001."""
NAMED = 0.5
"""Share of the chosen text that stands in elements that are named after threads."""
SENTENCES = 0.2
"""Least share of a family's text that is in sentences."""
LIKELY_POST, LIKELY_REPLY = 0.3, 0.1
"""Least chance that the text of a family is body, in the mean; that of one that is called replies is underrated."""

MOST_NOTICES = 0.75
"""Share of the texts in elements named after notices from which on the name is another thing's."""

LISTED = frozenset((Label.COMMENTS,))
"""Short posts under a heading that says replies, or behind a button that does, have been taken for what is not body."""

_ADDRESS = lazy(
    r"//(?:[^/]{0,100}\.)?(?:[a-z]{0,20}(?:forums?|bbs)|boards?|discuss|discourse|community|answers|ask)\w{0,6}\."
    r"|/topics/\d|/(?:forums?|threads?|topic|questions?|discussions?|community|boards?|t|d)/[^?#]{0,200}\d"
    r"|(?:view|show)(?:topic|thread)|forum\.php",
    re.IGNORECASE,
)
"""Addresses of threads, as forum systems give them."""
_THREAD = lazy(r"\bthread|bbs|forum|\btopic-?(?:detail|content|body|post)|discussion|postbit|\bquestion")
_REPLY = lazy(r"comment(?!ar)|\brepl(?:y|ies)|answer|disqus|pinglun|huifu|respon[sd]e")
_TEXT = lazy(r"text|body|content|message(?!-user)|prose|markdown|description")
_FRAME = lazy(
    r"\buser(?!text)|author|\bname|date\b|time\b|meta|head|foot|vote|score|like|avatar|tool|action|button|signature"
    r"|\bsig\b|profile|badge|\brank|form\b|login|tagline|byline|info\b|count|share|stat\b|nav|menu|crumb|tags?\b"
)
"""Who posted it, when, and what can be done with it."""
_ASIDE = lazy(
    r"aside|\bside|widget|recent|latest|\bfoot|\bnav|\bhot|relat|recommend|similar|suggest|popup|modal|random|trending"
    r"|\bbtn|popover"
)
_SITE_NOTICE = lazy(r"\balerts?\b|notice(?!-?board)|announce|banner|cookie|\bmodal\b|popup|\bsig\b|signature")
"""What a site says to its visitors beside the posts, dialogs, and what a user has under every post."""
_QUOTE = lazy(r"(?<!to)quote(?!target)")
"""What posts quote of one another stands where it was said."""
_ASIDE_TAGS = frozenset(("aside", "nav", "footer", "form", "header", "select"))
_TEXT_PARTS = LEAF | {"blockquote", "ul", "ol", "dl", "table"}
"""Elements that a text has, rather than stands in."""


class _Text(NamedTuple):
    """A line that may be the text of a post."""

    family: tuple[str, ...]
    """The two innermost elements around it that are no parts of texts."""
    is_reply: bool
    """Whether they, or those around them, are called replies."""
    size: float
    """Length in ideograms, capped."""


class _Step(NamedTuple):
    """What the name of an element says of its place in a post."""

    frame: bool
    aside: bool
    quote: bool
    notice: bool


class _Around(NamedTuple):
    """What the names of the ``AROUND`` elements around a line say."""

    family: tuple[str, ...]
    reply: bool
    frame: bool
    """Whether the family, or the line's own element, is one."""
    quote: bool
    notice: bool
    aside: int
    """Place of the innermost that is, among those around; -1 if none is."""


def with_posts(
    page: BodyLines, kept: Sequence[bool], chances: Sequence[float], prose: Sequence[float], draft: Draft, *, sure: bool
) -> list[bool] | None:
    """Return which lines are body, the texts of all posts among them; None for a page that is no thread.

    ``prose`` is the running text of each line, in ideograms; ``sure`` if the page looks as threads do, so that any
    reply makes it one.
    """
    beside = _text_beside(page.lines, kept, draft.source)
    if sure:
        beside = min(beside, 0.0)
    if beside >= REPLIES_LEAD:
        return None
    paths = {dom.path for dom in page.doms}
    replying = {step for step in {*chain.from_iterable(paths)} if _called(step)[1]}
    called = {path for path in paths if not replying.isdisjoint(path[-AROUND:])}
    if sum([own for dom, own in zip(page.doms, prose, strict=True) if dom.path in called]) <= OUTWEIGH * beside:
        return None  # most pages
    said = {path: _around(path) for path in paths}
    around = [said[dom.path] for dom in page.doms]
    texts = _texts(page.lines, kept, around, draft)
    notices = _notices(texts, around)
    texts = [None if notice else text for notice, text in zip(notices, texts, strict=True)]
    replies = sum(running for text, running in zip(texts, prose, strict=True) if text and text.is_reply)
    if replies <= OUTWEIGH * beside:
        return None
    sums: dict[tuple[str, ...], list[float]] = {}
    for text, likely, running in zip(texts, chances, prose, strict=True):
        if text is not None:
            own = sums.setdefault(text.family, [0.0] * 4)
            for at, value in enumerate((text.size, text.size * likely, running, float(text.is_reply))):
                own[at] += value
    posts = {
        family
        for family, (size, mass, running, replies) in sums.items()
        if running >= SENTENCES * size and mass >= (LIKELY_REPLY if replies else LIKELY_POST) * size
    }
    chosen = [keep or (text is not None and text.family in posts) for keep, text in zip(kept, texts, strict=True)]
    rest = [keep and not notice for keep, notice in zip(chosen, notices, strict=True)]
    return rest if True in rest else chosen


def _notices(texts: Sequence[_Text | None], around: Sequence[_Around]) -> list[bool]:
    """Return which lines stand in elements named after notices; none if these hold most of the texts.

    On sites held out magic-dev's English forums .752 -> .781 and wcxb-dev's .772 -> .777: 10 pages of 165 changed, all
    for the better.
    """
    found = [own.notice for own in around]
    sizes = [text.size if text else 0.0 for text in texts]
    named = sum(compress(sizes, found))
    return found if named < MOST_NOTICES * sum(sizes) else [False] * len(found)


def _text_beside(lines: Sequence[Line], kept: Sequence[bool], source: Source) -> float:
    """Return how much text, in ideograms, the forests have chosen that replies must outweigh; -1 for a sure thread."""
    if _ADDRESS.search(_page_address(source.meta, source.url)):
        return -1.0
    called: dict[tuple[str, ...], tuple[bool, bool]] = {}
    size = named = beside = 0.0
    for line, keep in zip(lines, kept, strict=True):
        if keep and line.dom:
            path, own = line.dom.path, min(line.units, LONG_POST)
            if path not in called:
                steps = [_called(step) for step in path[-AROUND:]]
                called[path] = any(thread for thread, _ in steps), any(reply for _, reply in steps)
            thread, reply = called[path]
            size += own
            named += own * thread
            beside += own * (not reply)
    if named > NAMED * size:
        return -1.0
    return REPLIES_LEAD if source.meta.get("og:type", "").lower().startswith("article") else beside


def _page_address(meta: Mapping[str, str], url: str | None) -> str:
    return url or meta.get("link:canonical") or meta.get("og:url") or ""


def _texts(lines: Sequence[Line], kept: Sequence[bool], around: Sequence[_Around], draft: Draft) -> list[_Text | None]:
    """Return the lines that may be texts of posts; None for the others.

    A quotation that stands for the post it quotes, which is its copy, may be one: that text stands nowhere else.
    """
    origins = {finding.duplicate_of[0] for finding in draft.findings if finding.duplicate_of}
    chosen = [line.dom for line, keep in zip(lines, kept, strict=True) if keep and line.dom]
    ours = {number for dom in chosen for number in dom.ids[-AROUND:]}
    hidden = any(dom.hidden for dom in chosen)
    texts = []
    for line, own in zip(lines, around, strict=True):
        is_post = _is_text(line, own, hidden=hidden) and (
            draft.blocks[line.first].content[0] in origins or _is_among(line, own, ours)
        )
        texts.append(_Text(own.family, own.reply, min(line.units, LONG_POST)) if is_post else None)
    return texts


def _is_text(line: Line, own: _Around, *, hidden: bool) -> bool:
    """Tell whether a line reads as text and stands where texts may; ``hidden`` if the body is."""
    dom = line.dom
    if dom is None or line.labels - LISTED or line.units < SHORT or dom.link_share >= LINKED_LINE:
        return False
    return bool(dom.path) and not own.frame and (hidden or not dom.hidden)


def _is_among(line: Line, own: _Around, ours: set[int]) -> bool:
    """Tell whether a line stands beside the body; ``ours`` are the elements that hold lines of it."""
    if own.quote or line.dom is None:
        return False
    return own.aside < 0 or own.aside < sum(number in ours for number in line.dom.ids[-AROUND:])


def _around(path: tuple[str, ...]) -> _Around:
    near = path[-AROUND:]
    end = len(near)
    while end > 1 and near[end - 1].partition(".")[0] in _TEXT_PARTS:
        end -= 1
    family = near[max(0, end - 2) : end]
    steps = [_step(step) for step in near]
    return _Around(
        family,
        any(_called(step)[1] for step in near),
        any(_step(step).frame for step in (*family, *near[-1:])),
        any(step.quote for step in steps),
        any(step.notice for step in steps),
        max((at for at, step in enumerate(steps) if step.aside), default=-1),
    )


@lru_cache(maxsize=4096)
def _step(step: str) -> _Step:
    tag, _, names = step.partition(".")
    is_text = _TEXT.search(names) is not None
    is_frame = not is_text and _FRAME.search(names) is not None
    is_aside = tag in _ASIDE_TAGS or _ASIDE.search(names) is not None
    is_quote = _QUOTE.search(names) is not None or (tag == "blockquote" and not is_text)
    return _Step(is_frame, is_aside, is_quote, _SITE_NOTICE.search(names) is not None)


@lru_cache(maxsize=4096)
def _called(step: str) -> tuple[bool, bool]:
    """Return whether an element is called a thread, and whether replies."""
    names = step.partition(".")[2]
    return _THREAD.search(names) is not None, _REPLY.search(names) is not None
