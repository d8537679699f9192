"""A digest of what the features give for two fixed pages: weights name the one that they were learned with.

A feature that means something else than it did when the weights were learned spoils them without a sign. The digests of
the files in cleanpage/body are compared with today's by tests/unit/test_feature_digest.py: after a change of features,
lines or tokens learn again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import cycle, islice
from math import log
from pathlib import Path

from cleanpage import Config
from cleanpage.body.lines import BodyLines, lines_of
from cleanpage.body.page_kind import body_form, page_form
from cleanpage.body.page_layout import page_layout
from cleanpage.body.page_tokens import page_tokens
from cleanpage.body.stage import beside, columns_of
from cleanpage.body.text_features import own_columns
from cleanpage.body.window_features import Column, column
from cleanpage.draft import BlockFinding, Draft
from cleanpage.labels import Label
from cleanpage.pipeline import load

PAGES = {"text": "page.txt", "html": "page.html"}
WORDS = {"the": 0.5, "harbour": 1.25, "read": -1.5, "码头": 0.75, "share": -2.0}
"""What some words say, for ``columns_of``; of HTML names of elements are looked up in it, too."""
CHANCES = 0.02, 0.9, 0.6, 0.97, 0.3, 0.85, 0.1
"""Chances that the lines are given in turn."""
FOUND = (
    ("Share", Label.SHARE, 1.0), ("Related", Label.RELATED, 1.0), ("Published", Label.PUBLISH, 1.0),
    ("Copyright", Label.COPYRIGHT, 1.0), ("Comments", Label.COMMENTS, 1.0), ("Home", Label.BREADCRUMB, 1.0),
    ("By ", Label.BYLINE, 0.5), ("Read also", Label.RELATED, 0.5),
)  # fmt: skip
"""How lines begin that are found, as what, and how surely."""
DIGITS = 6
"""Digits of a number that count: the last ones may differ with the machine."""
LENGTH = 16
"""Letters of a digest."""


def line_digest(source: str) -> str:
    """Return the digest of the columns that the models of lines are given, ``source`` being ``text`` or ``html``."""
    page = lines_of(_draft(source))
    columns = columns_of(page, own_columns(page.lines), WORDS)
    return _digest(value for numbers in (*columns, *beside(page, *_odds(page))) for value in numbers)


def page_digest(source: str) -> str:
    """Return the digest of the row and the tokens that the models of pages are given."""
    draft = _draft(source)
    page = lines_of(draft)
    own, (_, chances) = own_columns(page.lines), _odds(page)
    kept = [chance > 0.5 for chance in chances]
    row = (*page_form(page, own), *body_form(page.units, kept, 0.5), *page_layout(page, own, kept, chances))
    return _digest((*row, *page_tokens(page, draft.source, kept)))


def _draft(source: str) -> Draft:
    """Return the fixed page with findings for the lines that ``FOUND`` names, whatever today's rules find."""
    raw = (Path(__file__).parent / "digest_pages" / PAGES[source]).read_text(encoding="utf-8")
    draft = load(raw, Config(), kind=source)
    return draft.with_findings(
        BlockFinding(i, label, "digest", "begins like this", score)
        for i, block in enumerate(draft.blocks)
        for words, label, score in FOUND
        if block.text.startswith(words)
    )


def _odds(page: BodyLines) -> tuple[Column, Column]:
    """Return log-odds of the lines and their chances."""
    chances = [*islice(cycle(CHANCES), len(page.lines))]
    return column([log(chance / (1.0 - chance)) for chance in chances]), column(chances)


def _digest(values: Iterable[float | str]) -> str:
    shown = (value if isinstance(value, str) else f"{value:.{DIGITS}g}" for value in values)
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:LENGTH]
