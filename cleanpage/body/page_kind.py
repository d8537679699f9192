"""The form of a page: how much of it is running text, how its lines repeat, prices, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cleanpage.body.lines import BodyLines
from cleanpage.body.page_layout import LAYOUT
from cleanpage.body.text_features import OWN, ROW_COLUMNS, SHORT
from cleanpage.body.window_features import Column, total
from cleanpage.labels import Label
from cleanpage.model import PageKind
from cleanpage.text.lazy_regex import lazy

COUNTED_LABELS = (
    Label.PUBLISH, Label.BYLINE, Label.COMMENTS, Label.RELATED, Label.SHARE, Label.PAGER, Label.BREADCRUMB,
    Label.NEWSLETTER, Label.LOGIN, Label.COOKIE,
)  # fmt: skip
"""Labels whose lines are counted, at most ``MOST``."""
MOST = 5  # more lines of a label say no more of a page's kind
FORM = (
    "lines", "units", "decided", "repeated", "most_repeated", "short", "prose", "sentences", "questions", "dated",
    "list_items", "items", "priced", "symbols", "headline", *COUNTED_LABELS,
)  # fmt: skip
"""Columns that the page's lines give; counts of lines are shares of them."""
BODY = ("body_lines", "body_units", "body_share", "body_mean", "body_first", "body_runs", "body_spread", "expected")
"""Columns that the choice of the body gives."""
KINDS: tuple[PageKind, ...] = ("article", "collection", "documentation", "forum", "listing", "product", "service")
"""The kinds of page that are learned."""
PAGE = (*FORM, *BODY, *LAYOUT, *(f"{kind}_tokens" for kind in KINDS))
"""All columns, in order; the last are what ``page_tokens.kind_scores`` gives."""

PRICE_UNITS = 30.0
"""Longest line that names a price, in ideograms; in running text a price is no evidence."""
_PRICE = lazy(r"[$€£¥￥₽]\s?\d|\d\s?(?:[$€£₽元円]|руб|zł)")
_CURRENCY = lazy(r"[$€£¥￥₽元円]|руб|zł")
_REPEATED = ROW_COLUMNS.index("is_repeated")
_END, _PROSE_COLUMNS, _SYMBOLS, _LIST, _ITEM, _DATED_COLUMNS, _TIMES = (
    OWN.index(name) for name in ("end", "prose", "symbols", "list_item", "item", "dated", "repeated")
)


def page_form(page: BodyLines, own: Sequence[Column]) -> tuple[float, ...]:
    """Return the values of ``FORM`` for a page and its lines' columns, which begin with ``OWN``."""
    lines = page.lines
    n = max(1, len(lines))
    free = [line for line in lines if not line.labels]
    short = [line.text for line in free if line.units < PRICE_UNITS]
    has_price = _CURRENCY.search("\n".join(short)) is not None
    priced = sum([_PRICE.search(text) is not None for text in short]) if has_price else 0
    labelled: Counter[Label] = Counter()
    for labels, times in Counter([line.labels for line in lines if line.labels]).items():
        for label in labels:
            labelled[label] += times
    counts = [float(min(MOST, labelled[label])) for label in COUNTED_LABELS]
    return (
        float(n), total(page.units), (n - len(free)) / n,
        own[_REPEATED].count(1.0) / n, max(own[_TIMES], default=0.0),
        sum([line.units < SHORT for line in free]) / n, total(own[_PROSE_COLUMNS]),
        (own[_END].count(2.0) + own[_END].count(3.0)) / n, own[_END].count(2.0) / n,
        total(own[_DATED_COLUMNS]) / n, total(own[_LIST]) / n, total(own[_ITEM]) / n,
        priced / n, total(own[_SYMBOLS]) / n, float(page.headline is not None), *counts,
    )  # fmt: skip


def body_form(units: Sequence[float], kept: Sequence[bool], expected: float) -> tuple[float, ...]:
    """Return the values of ``BODY``: from the lines' lengths, which of them are kept, and the expected F1."""
    n = max(1, len(units))
    body = [i for i, keep in enumerate(kept) if keep]
    size = total([units[i] for i in body])
    turns = sum(keep and not before for keep, before in zip(kept, [False, *kept[:-1]], strict=True))
    spread = (body[-1] - body[0] + 1) / n if body else 0.0
    first = body[0] / n if body else 1.0
    share, length = size / max(1.0, total(units)), size / max(1, len(body))
    return len(body) / n, size, share, length, first, float(turns), spread, expected
