"""Finds the headline and the labelled body in a flattened page, token by token, whatever the lines look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from bench.data import Page
from bench.score import _TOKEN, score, tokens
from cleanpage.text import units

RUN = 5
"""Tokens in a row that tell a place of the body from chance."""
CERTAIN = 0.92
"""F1 of the stretch that was found, against the label: below it the place or the label is in doubt."""
CERTAIN_PART = 0.96
"""The same for a part of a body, which is short."""
LEAK_RUN, LEAK = 8, 20
"""A summary or a second copy: so many tokens outside the stretch, in runs so long (a date has 6), that the body has."""
HEAD = 30
"""Tokens at either end of a body that page and label may cut in another way: ``1 η``, ``МирПрезиденту``."""
TRIMS = 8
"""Pieces at either end that may fall off where the stretch agrees better without: the title in a table of metadata."""
_TITLE_TAG = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_HEADLINE_TAG = re.compile(r"<h1[^>]*>(.*?)</h1>", re.IGNORECASE | re.DOTALL)
_SUFFIX = re.compile(r"\s*[_|｜]|\s+[-–—]|-(?=\D*$)")
_TAG = re.compile(r"<[^>]*>|&\w+;")
_OPENING = "“‘\"'「『（(〔【[《〈«－—"
_CLOSING = "”’\"'」』）)〕】]》〉»。！？!?….，,；;：:、％%"


@dataclass(frozen=True, slots=True)
class Located:
    """A flattened page cut into what stands before the body, the body, and what stands after it."""

    before: str = field(repr=False)
    body: str
    after: str = field(repr=False)
    leaks: bool
    """Whether parts of the body, headline apart, also stand outside of it."""


def locate(text: str, body: str, title: str = "", *, certain: float = CERTAIN) -> Located | None:
    """Return the stretch of ``text`` that is ``body``, less ``title`` at its head; None where that is not certain."""
    spans = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
    here = [text[start:end].lower() for start, end in spans]
    covered = _covered(here, tokens(body))
    best = _heaviest(covered)
    if best is None:
        return None
    first, last = _completed(here, tokens(body), _trimmed(here, tokens(body), covered, best))
    start, end = _widen(text, spans[first][0], spans[last][1])
    if score(text[start:end], body).f1 < certain:
        return None
    headline = title_pattern(title).match(text, start) if title else None
    if headline:
        start = headline.end() + len(text[headline.end() : end]) - len(text[headline.end() : end].lstrip())
    before, after = text[:start], text[end:]
    leaks = any(_leaks(side, body, title) for side in (before, after))
    return Located(before, text[start:end], after, leaks)


def passage(found: Located, part: str) -> str | None:
    """Return the stretch of the body that is ``part``, a piece of the label; None where that is not certain."""
    inner = locate(found.body, part, certain=CERTAIN_PART)
    return inner.body if inner else None


def title_pattern(title: str) -> re.Pattern[str]:
    """Return the pattern of ``title``, whatever stands between its tokens, with the marks that open and close it."""
    words = _TOKEN.findall(title)
    inner = r"[\W_]*?".join(map(re.escape, words))
    if len(words) < len(title) / 2:  # words between blanks: not inside of longer words
        inner = rf"(?<!\w){inner}(?!\w)"
    return re.compile(rf"[“‘「『《〈【（\"(]?{inner}[”’」』》〉】）\")！？!?…]*", re.IGNORECASE)


def headline(page: Page) -> str | None:
    """Return the labelled title or, without one, what HTML and label agree on; None if nothing is certain."""
    if page.title:
        return page.title.strip() if len(page.title.strip()) >= 4 else None
    shown = page.texts["inscriptis"]
    if page.body_has_title:
        return _headline_of_body(page.body or "", shown)
    return _headline_of_html(page.html, shown)


@lru_cache(maxsize=4096)
def _headline_of_html(html: str, shown: str) -> str | None:
    """Return an h1, or the first part of the title tag, that the title tag begins with and that the page shows."""
    tag = _TITLE_TAG.search(html)
    whole = _plain(tag[1]) if tag else ""
    candidates = [_plain(match[1]) for match in _HEADLINE_TAG.finditer(html)]
    candidates.append(_SUFFIX.split(whole)[0])
    for candidate in candidates:
        if units(candidate) >= 6 and whole.startswith(candidate) and title_pattern(candidate).search(shown):
            return candidate
    return None


def _headline_of_body(body: str, shown: str) -> str | None:
    """Return the first lines of a label that the page also shows elsewhere, as the table of a government paper does."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    for count in range(min(4, len(lines)), 0, -1):
        joined = "".join(lines[:count])
        if units(joined) >= 6 and len(title_pattern(joined).findall(shown)) > 1:
            return joined
    return None


def _plain(html: str) -> str:
    return " ".join(_TAG.sub("", html).split())


def _covered(here: Sequence[str], wanted: Sequence[str]) -> list[bool]:
    """Tell of each token of a page whether it lies in a run that also stands in the body."""
    size = min(RUN, len(wanted))
    runs = set(zip(*(wanted[n:] for n in range(size)), strict=False))
    covered = [False] * len(here)
    for at, run in enumerate(zip(*(here[n:] for n in range(size)), strict=False)):
        if run in runs:
            covered[at : at + size] = [True] * size
    return covered


def _heaviest(covered: Sequence[bool]) -> tuple[int, int] | None:
    """Return first and last token of the stretch where the covered outweigh the others by most (Kadane)."""
    best, total, start, found = 0, 0, 0, None
    for at, inside in enumerate(covered):
        if total <= 0:
            total, start = 0, at
        total += 1 if inside else -1
        if total > best:
            best, found = total, (start, at)
    return found


def _trimmed(
    here: Sequence[str], wanted: Sequence[str], covered: Sequence[bool], span: tuple[int, int]
) -> tuple[int, int]:
    """Return the stretch less what stands before a gap, or before the first words, where it agrees better without.

    So too at its end.
    """

    def worth(first: int, last: int) -> float:
        return score(" ".join(here[first : last + 1]), label).f1

    label = " ".join(wanted)
    first, last = span
    best = worth(first, last)
    gaps = [at for at in range(first + 1, last) if not covered[at]]
    starts = [at + 1 for at in gaps if covered[at + 1]][:TRIMS] + _places(here, wanted[:RUN], span)[:TRIMS]
    ends = [at - 1 for at in gaps if covered[at - 1]][-TRIMS:]
    ends += [at + RUN - 1 for at in _places(here, wanted[-RUN:], span)[-TRIMS:]]
    for start in starts:
        if start < last and (value := worth(start, last)) > best:
            first, best = start, value
    for end in reversed(ends):
        if end > first and (value := worth(first, end)) > best:
            last, best = end, value
    return first, last


def _places(here: Sequence[str], run: Sequence[str], span: tuple[int, int]) -> list[int]:
    return [at for at in range(span[0], span[1]) if here[at : at + len(run)] == run]


def _completed(here: Sequence[str], wanted: Sequence[str], span: tuple[int, int]) -> tuple[int, int]:
    """Return the stretch with the first and last words of the body, where page and label cut letters otherwise."""
    first, last = span
    found = here[first : last + 1]
    after = [token[::-1] for token in here[last + 1 : last + 1 + HEAD]]
    return (
        first - _lacking(here[max(0, first - HEAD) : first][::-1], found, wanted),
        last + _lacking(after, _mirrored(found), _mirrored(wanted)),
    )


def _mirrored(words: Sequence[str]) -> list[str]:
    return [word[::-1] for word in reversed(words)]


def _lacking(outside: Sequence[str], found: Sequence[str], wanted: Sequence[str]) -> int:
    """Return how many tokens outside, going away from the stretch, are what ``wanted`` has before its beginning."""
    size = min(RUN, len(found))
    places = (at for at in range(HEAD) if wanted[at : at + size] == found[:size])
    lacking, count = "".join(wanted[: next(places, 0)]), 0
    for token in outside:
        if not lacking.endswith(token):
            break
        lacking = lacking.removesuffix(token)
        count += 1
    return count


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with the marks that open its first sentence and close its last."""
    while start > 0 and text[start - 1] in _OPENING:
        start -= 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return start, end


def _leaks(side: str, body: str, title: str) -> bool:
    if title:
        side = title_pattern(title).sub("\n", side)
    covered = _covered(tokens(side), tokens(body))
    runs = [len(list(run)) for inside, run in groupby(covered) if inside]
    return sum(run for run in runs if run >= LEAK_RUN) >= LEAK
