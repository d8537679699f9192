"""Whether the page is an article, how sure that is, and what its reader should be warned of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cleanpage.decide.several_articles import several_articles
from cleanpage.draft import BlockFinding, BodyPrediction, Draft, TextBlock
from cleanpage.fields import next_page
from cleanpage.labels import Label
from cleanpage.model import Article, PageKind
from cleanpage.text import has_surrogates
from cleanpage.text.lazy_regex import lazy

# Each access to a member of an enumeration takes 200 ns in Python 3.11, and there are thousands a page.
_BODY_LABEL, _TOOLS_LABEL, _TRUNCATION = Label.BODY, Label.TOOLS, Label.TRUNCATION
LISTS: dict[PageKind, str] = {
    "listing": "the page is worded and built as lists of other pages are",
    "collection": "the page is worded and built as lists of products are",
}
"""Kinds of pages that lead to others, and what is said of them: no article, whatever they print of these."""
NO_TEXT: frozenset[PageKind] = frozenset(("error", "wall", "empty"))
"""Kinds of pages without a text."""
MIN_ARTICLE = 12.0
"""Ideograms of running text below which nothing is called an article."""
WALL_BODY = 100.0
"""A body below this is none if a rule has found an error message, or a wall before the text."""
CLEAN = 0.95
"""Confidence in a text that was clean already: nothing was to be decided."""
SMALL_BODY = 60.0
"""A body below this is an article only if the page does not look like a list. Measured on the four flattenings of 77
Chinese pages: the bodies that were found on ten list pages hold up to 46, those of articles 83 and more."""
LIST_RATIO = 5.0
"""A list page has so many times more text in headlines than in its body."""
LIST_DATES = 5
"""... or so many dated items ..."""
LIST_SHARE = 0.2
"""... that make up this share of its lines."""
HEADLINE_UNITS = (7.0, 45.0)
"""Shortest and longest headline of a list, in ideograms."""
LIST_LINKED, LIST_ALL_LINKED = 0.5, 0.9
"""Least share of links in a headline of a list, and in one that is nothing but a link."""
PHRASES = 3
"""So many phrases make a statement where the script has no full stops."""
_UNSTOPPED = lazy(r"[\u0e00-\u0eff\u1780-\u17ff]{4,}")
"""A phrase in Thai, Lao or Khmer letters, which know no stops and put a blank between phrases."""
TEASED = 4
"""So many headings that are links, with little text under each, make a section front ..."""
TEASED_UNITS, TEASED_SHARE = 50.0, 0.8
"""... so little text, in ideograms in the mean, and so much of the body."""
_DATED_LINE = lazy(r"^\W*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}\S{0,10}$")
DATED_END = 24
"""Characters at the end of a line that hold all of the date or of the dots that it ends with."""
FEED_PROMPTS, FEED_INSIDE = 15, 3
"""So many equal prompts, so many of them before the body's end, make a feed: under an article they stand behind it."""
HEADLINES, UNSURE_HEADLINES = 0.8, 0.3
"""A body of which so much is headlines, and which is so unlikely to be right, is a list of them. Measured on the four
flattenings of 77 Chinese pages: .91 and more on such lists, up to .66 on articles."""
_TEASER = lazy(r"(?:(?<!…)…|\.\.\.)\S{0,6}$")
_STATES = lazy(r"[。.；;।۔][\"'”’」』）)\]】]*$")


class Verdict(NamedTuple):
    """What is said of the page as a whole."""

    is_article: bool
    page_kind: PageKind
    confidence: float
    warnings: tuple[str, ...]


def judge(draft: Draft, verdicts: Sequence[BlockFinding], article: Article) -> Verdict:
    """Return what is said of the page as a whole."""
    kind, problem = _problem(draft, verdicts, article)
    several = None if kind in NO_TEXT or kind == "forum" else several_articles(draft, verdicts)
    warnings = (*_warnings(draft, verdicts, article, problem), *([several] if several else []))
    outlook = draft.outlook or BodyPrediction(CLEAN, "article")
    if problem:
        return Verdict(False, kind, 0.0 if kind in NO_TEXT else round(outlook.confidence, 3), warnings)
    return Verdict(True, outlook.kind, round(outlook.confidence, 3), warnings)


def _is_headline(block: TextBlock) -> bool:
    """Tell whether a block may be the headline of some other article: short, states nothing, and in HTML is a link."""
    if not HEADLINE_UNITS[0] <= block.units <= HEADLINE_UNITS[1] or (block.is_prose and _STATES.search(block.text)):
        return False
    if block.dom is not None and block.dom.link_share < LIST_LINKED:
        return False
    return block.text.isascii() or len(_UNSTOPPED.findall(block.text)) < PHRASES


def _problem(draft: Draft, verdicts: Sequence[BlockFinding], article: Article) -> tuple[PageKind, str | None]:
    """Return why the page is no article, None if it is one, and what it is then."""
    body = [i for i, verdict in enumerate(verdicts) if verdict.label == _BODY_LABEL]
    size = sum([draft.blocks[i].units for i in body])
    labels = {finding.label for finding in draft.findings} if size < WALL_BODY else ()
    if Label.ERROR in labels:
        return "error", "the page reports an error"
    if Label.WALL in labels:
        return "wall", "the page asks to log in, subscribe or consent first"
    if size < MIN_ARTICLE:
        return "empty", "no running text found"
    outlook = draft.outlook
    if (outlook and outlook.kind == "forum") or len({post.author for post in article.posts if post.author}) > 1:
        return "forum", None  # several people's posts look like a list: all are dated, have one and the same button
    if outlook and (outlook.kind in LISTS or outlook.is_list):
        kind: PageKind = outlook.kind if outlook.kind in LISTS else "listing"
        return kind, LISTS[kind]
    listing = _listing(draft, verdicts, body, dated=article.published is not None)
    return ("listing", listing) if listing else ("article", None)


def _listing(draft: Draft, verdicts: Sequence[BlockFinding], body: Sequence[int], *, dated: bool) -> str | None:
    """Return why the page is a list of others, None if it is not."""
    blocks = [draft.blocks[i] for i in body]
    size = sum([block.units for block in blocks])
    told = sum([block.units for block in blocks if block.glued or not _is_headline(block)])
    if told < SMALL_BODY and _looks_like_a_list(draft.blocks, told, dated=dated):
        return "the page lists headlines"
    inside = range(body[0], body[-1] + 1)
    dates = sum([_is_dated(draft.blocks[i].text) for i in inside])
    teasers = sum([verdicts[i].label == _TRUNCATION or _is_cut_off(draft.blocks[i].text) for i in inside])
    if max(dates, teasers) >= LIST_DATES and dates + teasers > LIST_SHARE * len(inside):
        return "the page lists the beginnings of several texts"
    if told < (1.0 - HEADLINES) * size and draft.outlook and draft.outlook.confidence < UNSURE_HEADLINES:
        return "the page lists headlines"
    if _is_front(blocks, size):
        return "the page lists the beginnings of several texts"
    if _is_feed(draft.blocks, verdicts, body[-1]):
        return "the page is a feed of several texts"
    return None


def _is_front(body: Sequence[TextBlock], size: float) -> bool:
    """Tell whether a body of ``size`` ideograms is headings that lead to other pages, each with a few words."""
    heads = [i for i, block in enumerate(body) if _leads_away(block)]
    if len(heads) < TEASED:
        return False
    under = sum(block.units for block in body[heads[0] :])
    return under >= TEASED_SHARE * size and under <= TEASED_UNITS * len(heads)


def _leads_away(block: TextBlock) -> bool:
    dom = block.dom
    if dom is None or not dom.heading or dom.link_share < LIST_ALL_LINKED:
        return False
    return any(not link.url.startswith("#") for link in dom.links)


def _is_feed(blocks: Sequence[TextBlock], verdicts: Sequence[BlockFinding], end: int) -> bool:
    """Tell whether one and the same prompt (``阅读全文``) stands under many texts, some before the body's end."""
    named = (i for i, verdict in enumerate(verdicts) if verdict.label in (_TOOLS_LABEL, _TRUNCATION))
    prompts = [i for i in named if not blocks[i].glued]  # a mark behind a heading (``[edit]``) stands under no text
    if len(prompts) < FEED_PROMPTS:
        return False
    text, times = Counter(blocks[i].folded for i in prompts).most_common(1)[0]
    return times >= FEED_PROMPTS and sum(blocks[i].folded == text for i in prompts if i < end) >= FEED_INSIDE


def _looks_like_a_list(blocks: Sequence[TextBlock], told: float, *, dated: bool) -> bool:
    if sum(block.units for block in blocks if _is_headline(block)) <= LIST_RATIO * told:
        return False
    return not dated or sum(_is_dated(block.text) for block in blocks) >= LIST_DATES


def _is_dated(text: str) -> bool:
    """Tell whether a line begins or ends with a date."""
    if "20" not in text and "19" not in text:
        return False
    return _DATED_LINE.match(text) is not None or _DATED_LINE.search(text, len(text) - DATED_END) is not None


def _is_cut_off(text: str) -> bool:
    """Tell whether a line ends in dots, as the beginning of another text does."""
    return ("…" in text or "..." in text) and _TEASER.search(text, len(text) - DATED_END) is not None


def _warnings(draft: Draft, verdicts: Sequence[BlockFinding], article: Article, problem: str | None) -> list[str]:
    found = []
    if problem:
        found.append(f"not-article: {problem}")
    elif article.title is None:
        found.append("no-title: no headline was found")
    told = [verdict.label for verdict in verdicts]
    if article.next_page or _TRUNCATION in told or next_page.RULE in [f.rule for f in draft.findings]:
        where = f" at {article.next_page}" if article.next_page else ""
        found.append(f"truncated: the page says that the article continues elsewhere{where}")
    if "\ufffd" in article.source_text or has_surrogates(article.source_text):
        found.append("replacement-characters: the text was decoded wrongly before it was cleaned")
    return found
