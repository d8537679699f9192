"""The day, or the number, that a thread in flattened text prints at each of its posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleanpage.fields.shared.when import find_dates, find_relative
from cleanpage.text.lazy_regex import lazy

MAX_LABEL = 24
"""Characters of a line that names the day below it: ``Joined``."""
_NUMBER = lazy(r"(?:post |reply |发布 |发表于 )?#\d{1,5}(?!\w)|\d{1,4} ?(?:楼|樓|f)(?!\w)|(?:沙发|板凳|地板|楼主)$")
_SHORT_DAY = lazy(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6} \d{1,2}\b")
_OF_NO_POST = lazy(
    r"\bjoin|\bregist|\bsince\b|\bfounded|\blast (?:visit|active|seen|login|edit|modified|post|reply)"
    r"|\b(?:edited|modified|updated|viewed)\b"
    r"|\binscri|\bbeigetreten|\bmitglied|\bmiembro|\bmembro|\bdołącz|регистр|\bkatıl|注册|加入|登录|最后|编辑|审核"
    r"|(?:\b(?:wrote|said|schrieb|escribió|écrit|escreveu|scritto|napisał)|написал[аи]?|写道|說|说)[ :：↑>]*$"
)
"""Said of days that are those of an account, of a change, of a post that is quoted."""


class Stamp(NamedTuple):
    """What stands before and behind the day or the number of a post in its line, folded."""

    before: str
    after: str


def read_stamp(folded: str, marks: Sequence[str] | None = None) -> Stamp | None:
    """Return what a folded line holds besides days, else besides a post's number; None if it holds neither.

    ``marks`` are those of ``ago_marks`` that the page holds, None if nobody has looked.
    """
    spans = [(when.start, when.end) for when in find_dates(folded, day_first=True)]
    may_be_ago = marks is None or any(mark in folded for mark in marks)
    if not spans and may_be_ago and (ago := find_relative(folded)):
        spans = [(ago.start, ago.end)]
    if not spans and (found := _NUMBER.match(folded) or _SHORT_DAY.search(folded)):
        spans = [found.span()]
    return Stamp(folded[: spans[0][0]], folded[spans[-1][1] :]) if spans else None


def is_of_no_post(folded: str, above: str) -> bool:
    """Tell whether a day is no post's, by its folded line or a short one above."""
    return _OF_NO_POST.search(folded) is not None or (len(above) <= MAX_LABEL and _OF_NO_POST.search(above) is not None)
